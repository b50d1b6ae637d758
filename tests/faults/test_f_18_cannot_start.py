"""F-18: a disk that is read-only, a right that is lost, a secret that is missing: one sentence, and no start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.small_disk import small_disk

ROOT = Path(__file__).resolve().parents[2]


def started(tmp_path: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a person does; ends by itself because it can't run."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKEGOOD_")}
    return subprocess.run(
        [sys.executable, "-m", "makegood.cli", *words],
        cwd=ROOT,
        env={**kept, "MAKEGOOD_HOME": str(tmp_path / "home"), "MAKEGOOD_PORT": "0", **settings},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that may only be read."""
    with small_disk(tmp_path / "disk", 1) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk.folder)], check=True)
        yield disk.folder


def refused(ended: subprocess.CompletedProcess[str], *names: str) -> None:
    said = (ended.stdout + ended.stderr).strip()
    assert ended.returncode == 2, said
    assert "Traceback" not in said
    assert all(name in said for name in names), said
    assert "is open at" not in said, "nothing began to run"


@pytest.mark.parametrize("role", ["serve", "watch"])
def test_a_secret_that_is_missing_is_named(tmp_path: Path, role: str) -> None:
    ended = started(tmp_path, role, MAKEGOOD_SECRET_KEY_FILE=str(tmp_path / "no-such-secret"))
    refused(ended, "MAKEGOOD_SECRET_KEY_FILE", "no-such-secret")
    assert not (tmp_path / "home" / "makegood.sqlite3").exists(), "not even a database was begun"


def test_a_home_on_a_read_only_disk_is_named(tmp_path: Path, read_only: Path) -> None:
    ended = started(tmp_path, "serve", MAKEGOOD_HOME=str(read_only / "home"))
    refused(ended, "MAKEGOOD_HOME", "Read-only file system")


def test_a_home_that_turned_read_only_is_named(tmp_path: Path, read_only: Path) -> None:
    refused(started(tmp_path, "mail", MAKEGOOD_HOME=str(read_only)), str(read_only))


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused(started(tmp_path, "serve", MAKEGOOD_HOME=str(tmp_path / "file")), "MAKEGOOD_HOME")


def test_a_policy_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused(started(tmp_path, "watch", MAKEGOOD_POLICY=str(tmp_path / "gone.toml")), "gone.toml")


def test_a_database_that_can_not_be_reached_is_named(tmp_path: Path) -> None:
    ended = started(tmp_path, "watch", MAKEGOOD_DATABASE_URL="postgresql://makegood:hunter-two@127.0.0.1:9/makegood")
    refused(ended, "MAKEGOOD_DATABASE_URL")
    assert "hunter-two" not in ended.stdout + ended.stderr
