"""F-14: the line to the database is cut when COMMIT passes, or the database restarts. Asked again, all is done once.

On PostgreSQL a proxy lets the COMMIT through and swallows the answer; on SQLite the commit says that it failed when
it had not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.crashes.cutter import Cutter
from tests.crashes.kitchen import SERVER, Kitchen, Told
from tests.watch.mail_server import MailServer


class Stage:
    """A house, a mail server, and who cuts the line to the database."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._kitchen = stack.enter_context(Kitchen(folder))
        self._furnished = self._kitchen.furnished()
        self.cutter: Cutter | None = None
        if SERVER:
            place = urlsplit(SERVER)
            self.cutter = stack.enter_context(Cutter((str(place.hostname), int(place.port or 5432))))

    def lived(self, fault: str) -> tuple[Told, dict[str, Any], MailServer]:
        """Live through a case under this fault; returns what was said, the end, and the mails."""
        line: dict[str, Any] = {}
        if self.cutter is not None and fault == "cut":
            line = {"through": self.cutter.port, "cutter": self.cutter.control}
        with MailServer() as server, self._kitchen.copy(self._furnished, f"f14-{fault or 'peace'}") as home:
            told = self._kitchen.do(home, "tests.faults.asked_twice:ask", fault=fault, mail=server.url, **line)
            assert told.code == 0, told.last("failed")
            return told, json.loads((home / "end.json").read_text("utf-8")), server


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(stack, tmp_path_factory.mktemp("f14"))


@pytest.fixture(scope="module")
def in_peace(stage: Stage) -> tuple[Told, dict[str, Any], MailServer]:
    """The same case, and nothing breaks."""
    return stage.lived("")


@pytest.mark.parametrize("fault", ["cut", "restart"])
def test_whatever_is_asked_again_because_no_answer_came_is_done_once(
    stage: Stage, in_peace: tuple[Told, dict[str, Any], MailServer], fault: str
) -> None:
    told, end, server = stage.lived(fault)
    quiet, peace, sent = in_peace
    assert quiet.last("broken") == [] == told.last("broken")
    assert sum(quiet.all("failed")) == 0
    failed = {step: count for step, count in zip(told.all("step"), told.all("failed"), strict=True) if count}
    assert len(failed) >= 5, f"hardly anything was struck: {failed}"
    assert max(failed.values()) == 1, "asked once more is enough"
    for story in (*end["journal"].values(), *peace["journal"].values()):
        for _, facts in story:
            # PostgreSQL counts on past what was rolled back.
            facts.pop("note", None)
    for part, expected in peace.items():
        assert end[part] == expected, f"{part}: {_differ(end[part], expected)}"
    assert Counter(m.subject for m in server.taken) == Counter(m.subject for m in sent.taken)
    assert set(Counter(m.message_id for m in server.taken).values()) == {1}
    if stage.cutter is not None and fault == "cut":
        assert stage.cutter.cuts >= 10


def _differ(one: Any, other: Any) -> str:
    """The first thing in which two ends differ."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next((f"{key}: {_differ(one[key], other[key])}" for key in one if one[key] != other[key]), "")
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return next((f"{nth}: {_differ(a, b)}" for nth, (a, b) in enumerate(pairs) if a != b), "one is longer")
    return f"{one} and not {other}"
