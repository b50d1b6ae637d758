"""Whatever can be listed is documented, and what is written twice is the same twice."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import version

import pytest

import makegood
from makegood.config import SETTINGS
from tests.house.reading import ROOT, Module, found, modules, planted

SETTING = re.compile(r"\bMAKEGOOD_[A-Z0-9]+(?:_[A-Z0-9]+)*\b")
#: Not for a house to set: a test kills the program at a named place with this one.
SWITCHES_OF_TESTS = {"MAKEGOOD_CRASH_AT"}
HEADING = re.compile(r"^## (?P<version>\d+\.\d+\.\d+) — (?P<date>\d{4}-\d\d-\d\d)$", re.MULTILINE)


def without_docstring(module: Module) -> Iterator[str]:
    """Modules that don't begin with a sentence of what they are for.

    The empty file that Django wants beside migrations is let off.
    """
    if module.path.endswith("/migrations/__init__.py") and not module.text:
        return
    if not (ast.get_docstring(module.tree) or "").strip():
        yield f"{module.path} has no docstring; say in one sentence what it is for"


def _settings_in_code() -> set[str]:
    """Names of environment settings that the program mentions as text; X_FILE is a way to give X."""
    texts = (
        node.value
        for module in modules("makegood")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {name.removesuffix("_FILE") for text in texts for name in SETTING.findall(text)}


def _settings_in_the_set_up() -> set[str]:
    """Names that the Makefile and the scripts read: documented too, but not the program's."""
    places = [ROOT / "Makefile", *(ROOT / "scripts").glob("*.sh")]
    return {name for place in places for name in SETTING.findall(place.read_text("utf-8"))}


def test_a_planted_module_without_a_docstring_is_found() -> None:
    assert len(list(without_docstring(planted("x = 1")))) == 1
    assert list(without_docstring(planted('"""What it is for."""'))) == []


def test_every_module_says_what_it_is_for() -> None:
    assert not found(without_docstring, modules("makegood", "tests", "benchmarks", "scripts"))


def _settings_page() -> str:
    page = ROOT / "docs" / "settings.md"
    if not page.exists():
        pytest.skip("docs/settings.md is not written yet")
    return page.read_text("utf-8")


def test_every_setting_that_the_program_mentions_is_in_the_table() -> None:
    assert sorted(_settings_in_code() - {setting.name for setting in SETTINGS} - SWITCHES_OF_TESTS) == []


def test_every_setting_is_documented_with_its_default() -> None:
    lines = _settings_page().splitlines()
    missing = [
        setting.name
        for setting in SETTINGS
        if not any(f"`{setting.name}`" in line and setting.default in line for line in lines)
    ]
    assert missing == []


def test_every_documented_setting_exists() -> None:
    documented = {name.removesuffix("_FILE") for name in SETTING.findall(_settings_page())}
    assert sorted(documented - {setting.name for setting in SETTINGS} - _settings_in_the_set_up()) == []


def test_the_version_is_the_newest_heading_of_the_changelog() -> None:
    newest = HEADING.search((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert newest, "CHANGELOG.md has no heading like `## 0.1.0 — 2026-11-22`"
    assert version("makegood") == newest["version"], "run `make setup`"
    assert getattr(makegood, "__version__", newest["version"]) == newest["version"]


def test_the_changelog_goes_back_in_time() -> None:
    headings = list(HEADING.finditer((ROOT / "CHANGELOG.md").read_text("utf-8")))
    versions = [tuple(int(part) for part in heading["version"].split(".")) for heading in headings]
    dates = [heading["date"] for heading in headings]
    assert versions == sorted(set(versions), reverse=True)
    assert dates == sorted(dates, reverse=True)


def test_every_command_of_the_makefile_has_its_line_of_help() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    helped = set(re.findall(r"^([a-z-]+):.*## \S", text, re.MULTILINE))
    assert {"setup", "serve", "test", "check", "bench", "lock", "clean"} <= targets
    assert targets - helped == set()
