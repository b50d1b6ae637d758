"""Fifty random kills, about a third of them at named places; `make torture N=10000` does the same for longer."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.crashes.kitchen import Kitchen
from tests.crashes.torture import furnished, torture

#: Another each time; it is printed, so that what went wrong can be had again.
SEED = int(os.environ.get("TORTURE_SEED") or random.SystemRandom().randrange(10**6))


def test_a_desk_that_is_killed_again_and_again_loses_nothing_and_does_nothing_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Kitchen(tmp_path) as kitchen:
        wrong = torture(kitchen, furnished(kitchen), kills=50, seed=SEED)
    said = capsys.readouterr().out
    with capsys.disabled():
        print(f"\n{said}", end="")  # noqa: T201  (the seed and the figures, whatever comes)
    assert wrong == [], said
