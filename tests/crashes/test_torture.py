"""Five hundred random kills, about half of them at named places; `make torture N=10000` does the same for longer."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.crashes.kitchen import SERVER, Kitchen
from tests.crashes.torture import HOUSE, torture

#: Five hundred in a run of all tests. On PostgreSQL a house costs more and the same code runs, so that has one.
KILLS = 3 * HOUSE if not SERVER else HOUSE
SEEDS = [os.environ.get("TORTURE_SEED") or str(random.SystemRandom().randrange(10**6))]


@pytest.mark.parametrize("house", range(-(-KILLS // HOUSE)))
def test_a_desk_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice(
    house: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Kitchen(tmp_path) as kitchen:
        wrong = torture(
            kitchen, kitchen.furnished(), kills=min(HOUSE, KILLS - house * HOUSE), seed=int(SEEDS[0]) + house
        )
    said = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{said}", end="")  # noqa: T201  (the seed and the figures, whatever comes)
    assert wrong == [], said
