"""What the repository holds, and what it must not hold."""

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.reading import ROOT

BORROWED = ROOT.parent / "shared" / "data"
#: Shorter lines can be the same by chance.
TELLING = 120
#: Where packages come from is each machine's business. Written in pieces, so that this file passes.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("snapshot", "debian", "org"),
        ("crates", "io"),
    )
)


@cache
def _tracked() -> tuple[Path, ...]:
    """Every file that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout  # fmt: skip
    names = sorted({name.decode() for name in listed.split(b"\0") if name})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def _long_lines(content: bytes) -> set[bytes]:
    return {line.strip() for line in content.splitlines() if len(line.strip()) >= TELLING}


def copies(ours: Iterable[Path], theirs: Iterable[Path]) -> list[str]:
    """Files of ours that are one of theirs, or that hold a long line of theirs."""
    hashes: set[str] = set()
    lines: set[bytes] = set()
    for path in theirs:
        content = path.read_bytes()
        lines |= _long_lines(content)
        if len(content) > 64:
            hashes.add(hashlib.sha256(content).hexdigest())
    told = []
    for path in ours:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() in hashes:
            told.append(f"{path} is a file of the borrowed data")
        elif _long_lines(content) & lines:
            told.append(f"{path} quotes the borrowed data at length")
    return told


def test_a_planted_copy_of_borrowed_data_is_found(tmp_path: Path) -> None:
    theirs, same, quoting, own = (tmp_path / name for name in ("theirs", "same", "quoting", "own"))
    theirs.write_text("subject: a parcel\n" + "x" * TELLING + "\n")
    same.write_bytes(theirs.read_bytes())
    quoting.write_text("first\n  " + "x" * TELLING + "\nlast\n")
    own.write_text("subject: a parcel\n")
    assert copies([same, quoting, own], [theirs]) == [
        f"{same} is a file of the borrowed data",
        f"{quoting} quotes the borrowed data at length",
    ]


def test_no_borrowed_data_is_in_the_repository() -> None:
    if not BORROWED.exists():
        pytest.skip(f"{BORROWED} is not on this machine")
    theirs = [path for path in BORROWED.rglob("*") if path.is_file()]
    assert theirs
    assert copies(_tracked(), theirs) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    named = [
        f"{path.relative_to(ROOT)} names {host}"
        for path in _tracked()
        for host in HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert named == []


def test_the_licence_is_there_and_is_the_one_that_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


LOCKS = ["requirements.lock", "requirements-audit.lock", "requirements-dev.lock", "requirements-setup.lock"]


def _locked(name: str) -> dict[str, str]:
    """Package → version, as a lock file says."""
    text = (ROOT / name).read_text("utf-8")
    pairs = re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ \\;]+)", text, re.MULTILINE)
    return {canonicalize_name(package): locked for package, locked in pairs}


def _asked_for(name: str) -> list[Requirement]:
    """What pyproject.toml asks for, of which this lock file is the answer."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups, extras = settings["dependency-groups"], settings["project"]["optional-dependencies"]
    lists = {
        "requirements.lock": [settings["project"]["dependencies"]],
        "requirements-audit.lock": [settings["project"]["dependencies"], extras["audit"]],
        "requirements-dev.lock": [settings["project"]["dependencies"], *extras.values(), groups["dev"]],
        "requirements-setup.lock": [groups["setup"], settings["build-system"]["requires"]],
    }
    return [Requirement(line) for lines in lists[name] for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_answers_what_the_project_asks_for(name: str) -> None:
    locked = _locked(name)
    versions = [(asked, locked.get(canonicalize_name(asked.name))) for asked in _asked_for(name)]
    wrong = [str(asked) for asked, version in versions if not version or version not in asked.specifier]
    assert wrong == [], f"{name} is older than pyproject.toml; run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_a_hash_for_every_package_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    packages = [entry for entry in entries if "==" in entry.split("\n")[0]]
    names = {re.split(r"==|\[", entry)[0] for entry in packages}  # two Pythons may need two versions of one
    assert len(names) == len(_locked(name)) > 0
    assert [entry.split("\n")[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def test_tests_run_with_the_packages_that_the_program_runs_with() -> None:
    tests = _locked("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-audit.lock"):
        assert {name: v for name, v in _locked(lock).items() if tests.get(name) != v} == {}


@pytest.mark.parametrize("path", [ROOT / ".ci/run", *sorted((ROOT / "scripts").glob("*.sh"))], ids=str)
def test_a_script_can_be_run_and_stops_at_the_first_failure(path: Path) -> None:
    text = path.read_text("utf-8")
    assert path.stat().st_mode & 0o111, f"chmod +x {path}"
    assert text.startswith("#!/usr/bin/env bash\n#")
    assert "\nset -euo pipefail\n" in text
    subprocess.run(["bash", "-n", str(path)], check=True)
