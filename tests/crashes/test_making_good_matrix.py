"""The crash matrix of remedies (F-01, F-02, F-04, F-14, F-31, F-32): every boundary from the proposal to the till.

As in `test_matrix`, a child lives a day and is broken at a named place; P1 to P8 are asked at that moment, the day is
lived to its end, and the end is that of a day in peace. The payer's own ledger is compared, too: he pays once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from makegood.config import shipped
from tests.connectors.fake_stripe import KEY, FakeStripe, stripe
from tests.crashes.cutter import Cutter
from tests.crashes.kitchen import SERVER, Kitchen, Told
from tests.crashes.payer import policy
from tests.crashes.places import MAKING_GOOD
from tests.crashes.test_matrix import FAULTS, HERE

DAY = "tests.crashes.making_good_day"
#: The first time a place is passed, and where another time means something else: which, and what it is then.
TIMES: dict[str, dict[int, str]] = {
    **{place: {1: "set aside", 3: "spent"} for place in MAKING_GOOD if place.startswith("books.")},
}
CELLS = [
    pytest.param(place, nth, fault, id=f"{place}{f' ({what})' if what else ''}-{fault}")
    for place in MAKING_GOOD
    for nth, what in TIMES.get(place, {1: ""}).items()
    for fault in (HERE if HERE == FAULTS else ("kill",))
]
"""A kill at each place; the other faults with MATRIX=all, since `test_matrix` breaks the same lines by them."""
LOUD = [("order.before_commit", "exception")]
"""Where our own mistake makes an order step aside for an hour; those who look after the house are told."""


class Stage:
    """What the days are lived with: an oven, somebody who pays, and who cuts connections."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.payer: FakeStripe = stack.enter_context(stripe())
        self._kitchen = stack.enter_context(Kitchen(folder))
        self._furnished = self._kitchen.empty("furnished")
        made = self._kitchen.do(self._furnished, f"{DAY}:furnish", policy=policy(shipped.demo_policy()))
        assert made.code == 0, made.last("failed")
        self._days = 0
        self._settings = {"MAKEGOOD_STRIPE_URL": self.payer.api.url, "MAKEGOOD_STRIPE_KEY": KEY}
        self.cutter: Cutter | None = None
        if SERVER:
            place = urlsplit(SERVER)
            self.cutter = stack.enter_context(Cutter((str(place.hostname), int(place.port or 5432))))

    def day(self, crash_at: str = "", fault: str = "", **words: Any) -> tuple[list[Told], dict[str, Any]]:
        """Live a day, and what was left of it by a process that knows nothing of the first; returns the end."""
        self._days += 1
        self.payer.refunds.clear()
        self.payer.kept.clear()
        self.payer.paid("pi_tent", 50_000)
        line: dict[str, Any] = {}
        if self.cutter is not None:
            self.cutter.rest()
            line = {"through": self.cutter.port, "cutter": self.cutter.control} if fault == "cut" else {}
        words |= {"mail": "smtp://127.0.0.1:1", "settings": self._settings}
        with self._kitchen.copy(self._furnished, f"day{self._days}") as home:
            told = [self._kitchen.do(home, f"{DAY}:live", crash_at=crash_at, fault=fault, **words, **line)]
            if told[0].code == -9:
                heard, moment = told[0].all("heard"), told[0].last("moment")
                told.append(self._kitchen.do(home, f"{DAY}:live", heard=heard, moment=moment, **words))
            assert told[-1].code == 0, told[-1].last("failed")
            return told, json.loads((home / "end.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(stack, tmp_path_factory.mktemp("making_good"))


@pytest.fixture(scope="module")
def in_peace(stage: Stage) -> dict[str, Any]:
    """The end of a day on which nothing broke."""
    told, end = stage.day(tells_places=True)
    assert told[0].last("promises") == []
    assert set(told[0].all("passed")) >= set(MAKING_GOOD)
    assert (end["steps"], end["codes"]) == ({"confirmed": 2}, {"redeemed": 1})
    assert end["redeemed"] == [["1001", 500]]
    merged = [name for name, _ in end["journal"]["ines@more.example"]]
    assert [merged.count(f"case.{what}") for what in ("merged", "absorbed", "parted", "divided")] == [1] * 4
    assert sum(end["sums"].values()) == end["owed"] == 0
    return end


@pytest.mark.parametrize(("place", "nth", "fault"), CELLS)
def test_broken_anywhere_each_is_made_good_once(
    stage: Stage, in_peace: dict[str, Any], place: str, nth: int, fault: str
) -> None:
    told, end = stage.day(f"{place}:{nth}", fault)
    assert told[0].all("struck") == [fault], f"{place} was not passed {nth} times"
    assert (told[0].code == -9) is (fault == "kill")
    assert [found for one in told for asked in (*one.all("broken"), *one.all("promises")) for found in asked] == []
    if (place, fault) in LOUD:
        assert {"order.crashed"} == set(end.pop("house")) - set(in_peace["house"])
        assert {staff for _, _, staff, kind in end.pop("notices") if kind == "order.crashed"} >= {"Ruth Kessel"}
    assert end == {name: in_peace[name] for name in end}
    assert [(refund["amount"], refund["status"]) for refund in stage.payer.refunds] == [(40_000, "succeeded")]


@pytest.mark.parametrize(
    ("step", "place"),
    [
        *(("merge", place) for place in ("record.after_journal", "action.before_commit", "action.after_commit")),
        ("part", "action.before_commit"),
    ],
)
def test_killed_while_two_cases_are_merged_or_parted_both_or_neither_changed(
    stage: Stage, in_peace: dict[str, Any], step: str, place: str
) -> None:
    told, end = stage.day(place, "kill", crash_in=step)
    assert (told[0].all("struck"), told[0].code) == (["kill"], -9)
    assert [found for one in told for asked in (*one.all("broken"), *one.all("promises")) for found in asked] == []
    assert end == in_peace
