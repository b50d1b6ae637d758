"""F-24: watchers run twice or eight times by mistake. Together they do exactly what one does, and nothing twice."""

from pathlib import Path
from typing import Any

import pytest

from tests.watch import processes

CASES = 12
MOMENT = "2026-03-05T15:00:00+00:00"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("many") / "home"
    return processes.prepare(home, CASES)


@pytest.fixture(scope="module")
def by_one(house: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one watcher alone makes of it."""
    return watched(house, tmp_path_factory.mktemp("one") / "home", count=1)


def watched(house: Path, home: Path, *, count: int) -> dict[str, Any]:
    processes.copy(house, home)
    watchers = [processes.start(home, "watch", MOMENT) for _ in range(count)]
    for watcher in watchers:
        assert watcher.stdout is not None
        assert watcher.stdout.readline() == "ready\n"
    for watcher in watchers:
        assert watcher.stdin is not None
        watcher.stdin.write("go\n")
        watcher.stdin.flush()
    for watcher in watchers:
        _, err = watcher.communicate(timeout=processes.PATIENCE)
        assert watcher.returncode == 0, err
    return processes.state(home)


@pytest.mark.parametrize("count", [2, 8])
def test_many_watchers_do_exactly_what_one_does(
    house: Path, by_one: dict[str, Any], tmp_path: Path, count: int
) -> None:
    assert len(by_one["alarms"]) >= 2 * CASES
    assert watched(house, tmp_path / "home", count=count) == by_one
