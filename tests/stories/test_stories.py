"""The five stories, told from the outside in both modes, and every listed capability named by an assertion."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from makegood.story import script
from makegood.story.script import StoryErrors

ROOT = Path(__file__).resolve().parents[2]
STORIES = ROOT / "stories"
FILES = sorted(STORIES.glob("*.yaml"))
MODES = ("history", "makegood")

LISTED = frozenset(
    [f"S0-{n:02}" for n in (1, 2, 3, 4, 5, 8, 9, 12, 13, 14, 18)]
    + [f"S1-{n:02}" for n in (8, 9, 11, 13, 14, 16, 17, 18)]
    + [f"S2-{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22)]
    + [f"S3-{n:02}" for n in (1, 2, 4, 10, 11, 12, 13, 16)]
    + [f"S4-{n:02}" for n in (3, 4, 5, 15, 16, 19)]
)
"""The capabilities this version claims (issue 2, section 7; issue 6)."""


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a desk in which nothing has happened yet."""
    home = tmp_path_factory.mktemp("empty")
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env={"MAKEGOOD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "makegood.server.settings"},
        cwd=ROOT,
        timeout=180,
        check=True,
    )
    return home / "makegood.sqlite3"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_story_comes_out_as_it_says(path: Path, mode: str, empty: Path) -> None:
    # In a process of its own: a story has its own database, clock and mail servers.
    told = subprocess.run(
        [sys.executable, "-m", "tests.stories.teller", str(empty), str(path), "--mode", mode, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert told.returncode in (0, 1), told.stderr
    verdicts = json.loads(told.stdout)["verdicts"]
    assert verdicts
    assert [v for v in verdicts if not v["good"]] == []


def named(mode: str) -> frozenset[str]:
    return frozenset().union(*(script.read(path, mode=mode).names for path in FILES))


def test_every_listed_capability_is_named_by_an_assertion_of_some_story() -> None:
    assert LISTED - (named("history") | named("makegood")) == frozenset()


def test_no_story_names_a_capability_that_is_not_claimed() -> None:
    assert (named("history") | named("makegood")) - LISTED == frozenset()


def test_every_story_expects_something_in_both_modes() -> None:
    for path in FILES:
        for mode in MODES:
            assert script.read(path, mode=mode).expectations, (path.name, mode)


def test_every_mistake_in_a_story_is_told_at_once(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("clock: {zone: Mars, start: noon}\nevents: [{at: later, sings: loud}]\nsongs: []\n")
    with pytest.raises(StoryErrors) as told:
        script.read(wrong, mode="history")
    text = "\n".join(told.value.errors)
    assert all(words in text for words in ("clock", "events no. 1", "songs"))


def test_a_story_that_comes_out_otherwise_is_found_with_exit_code_1(tmp_path: Path) -> None:
    lie = tmp_path / "lie.yaml"
    lie.write_text(
        "clock: {zone: America/Chicago, start: 2026-03-02 10:00}\nuntil: +1h\n"
        "events:\n  - letter: {who: a@b.example, subject: Hello, text: Where is it}\n"
        "expect:\n  - cases: 7\n"
    )
    told = subprocess.run(
        [sys.executable, "-m", "makegood.cli", "story", str(lie)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 1, told.stderr
    assert "NOT AS EXPECTED" in told.stdout
