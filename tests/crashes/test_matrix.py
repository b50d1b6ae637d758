"""The crash matrix (F-01, F-02, F-03, F-04, F-14, F-16): every boundary, broken in four ways, on this database.

A child lives a small day and is broken at a named place: killed, by an exception, by a disk that is full, or by a
connection that dies after COMMIT was sent. P1 to P8 are asked at that moment. The killed one is started again, the
others go on as a loop does; the day is lived to its end, and the end is compared with that of a day in peace.
"""

from __future__ import annotations

import ast
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crashes.cutter import Cutter
from tests.crashes.kitchen import SERVER, Kitchen, Told
from tests.crashes.places import INCIDENTS, MAKING_GOOD, PLACES
from tests.house.reading import modules
from tests.intake.letters import letter
from tests.servers import dovecot
from tests.watch.mail_server import MailServer

FAULTS = ("kill", "exception", "disk full", "cut")
#: Each fault where it can differ: a connection is cut where there is a server at its other end, and a full disk and an
#: exception break the same lines of ours on both. MATRIX=all tries all of them on either.
HERE: tuple[str, ...] = ("kill", "cut") if SERVER else ("kill", "exception", "disk full")
if os.environ.get("MATRIX") == "all":
    HERE = FAULTS
#: The first time a place is passed, and where another time means something else: which, and what it is then.
TIMES: dict[str, dict[int, str]] = {
    **{place: {1: "two letters together", 2: "one by itself"} for place in PLACES if place.startswith("intake.")},
    "record.after_journal": {1: "two cases open", 5: "a reply was accepted", 9: "a promise breaks"},
    "action.before_commit": {
        1: "a copy joins",
        2: "a reply is written",
        3: "a reply was accepted",
        7: "a promise breaks",
    },
    "action.after_commit": {2: "a reply is written", 3: "a reply was accepted", 7: "a promise breaks"},
    "attachment.before_row": {1: "a letter's", 2: "the page's"},
    "word.before_commit": {1: "of the desk itself", 5: "of a broken promise"},
    **{place: {1: "an acknowledgement", 4: "a reply"} for place in PLACES if place.startswith("outbox.")},
}
SAME = "the end is the same"
AGAIN = "the same, and an automatic mail went once more under its Message-ID"
UNCERTAIN = "whether a reply arrived is uncertain, and its owner was told"
LOUD = "something stepped aside for an hour, and those who look after the house were told"
#: What a mail's last byte going out makes unknowable, and what our own mistakes make loud. All else ends the same.
ENDS: dict[tuple[str, str], dict[str, str]] = {
    ("outbox.after_hand_over", "an acknowledgement"): {"disk full": AGAIN},
    ("outbox.after_hand_over", "a reply"): dict.fromkeys(("kill", "exception", "disk full"), UNCERTAIN),
    ("outbox.after_250", "an acknowledgement"): dict.fromkeys(("kill", "exception", "disk full"), AGAIN),
    ("outbox.after_250", "a reply"): dict.fromkeys(("kill", "exception", "disk full"), UNCERTAIN),
    ("outbox.before_settle", "an acknowledgement"): {"kill": AGAIN, "disk full": AGAIN, "exception": LOUD},
    ("outbox.before_settle", "a reply"): {"kill": UNCERTAIN, "disk full": UNCERTAIN, "exception": LOUD},
    ("record.after_journal", "a reply was accepted"): {"kill": UNCERTAIN, "disk full": UNCERTAIN, "exception": LOUD},
    ("action.before_commit", "a reply was accepted"): {"kill": UNCERTAIN, "disk full": UNCERTAIN, "exception": LOUD},
    ("action.after_commit", "a reply was accepted"): {"exception": LOUD},
}
CELLS = [
    pytest.param(place, nth, what, fault, id=f"{place}{f' ({what})' if what else ''}-{fault}")
    for place in PLACES
    for nth, what in TIMES.get(place, {1: ""}).items()
    for fault in HERE
]


class Stage:
    """What the days are lived with: an oven, a mail server, a mailbox, and who cuts connections."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.server = stack.enter_context(MailServer())
        self._mailboxes = stack.enter_context(dovecot.running())
        self._kitchen = stack.enter_context(Kitchen(folder))
        self._furnished = self._kitchen.furnished()
        self._days = 0
        self.cutter: Cutter | None = None
        if SERVER:
            place = urlsplit(SERVER)
            self.cutter = stack.enter_context(Cutter((str(place.hostname), int(place.port or 5432))))

    def day(self, crash_at: str = "", fault: str = "", **words: Any) -> tuple[list[Told], dict[str, Any]]:
        """Live a day, and what was left of it by a process that knows nothing of the first; returns the end."""
        self._days += 1
        box = self._mailboxes.seen_by(f"day{self._days}")
        box.append(letter("My tent never came.", subject="Tent", sender="ines@more.example"))
        words |= {"mail": self.server.url, "mailbox": box.url("&then=seen")}
        line: dict[str, Any] = {}
        if self.cutter is not None:
            self.cutter.rest()
            line = {"through": self.cutter.port, "cutter": self.cutter.control} if fault == "cut" else {}
        self.server.taken.clear()
        with self._kitchen.copy(self._furnished, f"day{self._days}") as home:
            told = [self._kitchen.do(home, "day", crash_at=crash_at, fault=fault, **words, **line)]
            if told[0].code == -9:
                heard, moment = told[0].all("heard"), told[0].last("moment")
                told.append(self._kitchen.do(home, "day", heard=heard, moment=moment, **words))
            assert told[-1].code == 0, told[-1].last("failed")
            return told, json.loads((home / "end.json").read_text("utf-8"))

    def times(self) -> Counter[str]:
        """Return how often the server took each mail."""
        return Counter(mail.message_id for mail in self.server.taken)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(stack, tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def in_peace(stage: Stage) -> dict[str, Any]:
    """The end of a day on which nothing broke."""
    told, end = stage.day()
    assert told[0].last("promises") == []
    assert set(stage.times().values()) == {1}
    return end


def test_the_list_of_places_is_that_of_the_code() -> None:
    called = {
        node.args[0].value
        for module in modules("makegood", "tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "crashpoint"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert called == {*PLACES, *MAKING_GOOD, *INCIDENTS}


def test_a_cell_that_ends_otherwise_is_a_cell() -> None:
    known = {(place, what) for place in PLACES for what in TIMES.get(place, {1: ""}).values()}
    assert set(ENDS) <= known


@pytest.mark.imap
@pytest.mark.parametrize(("place", "nth", "what", "fault"), CELLS)
def test_broken_anywhere_the_day_ends_as_it_should(
    stage: Stage, in_peace: dict[str, Any], place: str, nth: int, what: str, fault: str
) -> None:
    told, end = stage.day(f"{place}:{nth}", fault)
    assert told[0].all("struck") == [fault], f"{place} was not passed {nth} times"
    assert (told[0].code == -9) is (fault == "kill")
    expected = ENDS.get((place, what), {}).get(fault, SAME)
    broken = [found for one in told for asked in (*one.all("broken"), *one.all("promises")) for found in asked]
    # P6 has one limit: a case that makes our own program fail rests for an hour, and the doctor says so.
    assert [b for b in broken if not (expected == LOUD and "it made the watch fail" in b)] == []
    CHECKS[expected](stage, end, in_peace)


def _same(stage: Stage, end: dict[str, Any], peace: dict[str, Any]) -> None:
    assert end == peace
    assert set(stage.times().values()) == {1}
    assert len(stage.times()) == len(end["mails"])


def _again(stage: Stage, end: dict[str, Any], peace: dict[str, Any]) -> None:
    assert end == peace
    assert sorted(stage.times().values())[-2:] == [1, 2]
    twice = next(mail for mail in stage.server.taken if stage.times()[mail.message_id] == 2)
    assert twice.sender in ("", "<>"), "only a mail that nothing answers goes by itself once more"


def _uncertain(stage: Stage, end: dict[str, Any], peace: dict[str, Any]) -> None:
    assert end["uncertain"] == ["reply"]
    assert end["told that nobody knows"] == [True]
    assert sum(mail.subject.startswith("Re: ") for mail in stage.server.taken) <= 1
    assert set(stage.times().values()) == {1}
    # What it would have kept is owed still, and nobody's letter is touched by it.
    assert ["rosa@quiet.example", 2, "reply", "broken"] in end["promises"]
    for untouched in ("items", "raws", "files", "cursors", "house", "seals", "canaries"):
        assert end[untouched] == peace[untouched], untouched
    others = [case for case in peace["journal"] if case != "rosa@quiet.example"]
    assert {case: end["journal"][case] for case in others} == {case: peace["journal"][case] for case in others}


def _loud(stage: Stage, end: dict[str, Any], peace: dict[str, Any]) -> None:
    failed = [name for name in end["house"] if name.endswith(".failed")]
    assert len(failed) == 1
    assert [name for name in end["house"] if name != failed[0]] == peace["house"]
    told = {staff for _, _, staff, kind in end["notices"] if kind == failed[0]}
    assert {"Ruth Kessel", "Sam Whitlock"} <= told
    for untouched in ("items", "raws", "files", "cursors", "seals", "canaries"):
        assert end[untouched] == peace[untouched], untouched
    assert [case[0] for case in end["cases"]] == [case[0] for case in peace["cases"]]
    assert sum(mail.subject.startswith("Re: ") for mail in stage.server.taken) <= 1


CHECKS = {SAME: _same, AGAIN: _again, UNCERTAIN: _uncertain, LOUD: _loud}
