"""F-11: thousands of letters wait. They are judged in bounded memory, oldest first, and how many wait can be seen.

Two thousand here; a million, with its rates, is measured by `make bench`.
"""

from __future__ import annotations

import os
import random
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions.ledger import fingerprint
from makegood.desk.queries.ledger import equation
from makegood.intake.judging import TOGETHER, judge_waiting
from makegood.intake.mail import file_door
from tests.intake.letters import letter

BACKLOG = 2_000
MOST = 40 * 1024 * 1024
"""Bytes by which the process may grow while it judges them all."""


def back_up(count: int, *, until: datetime) -> None:
    """Let so many letters lie stored and unread, one a minute, written down in any order."""
    numbers = list(range(count))
    random.Random(11).shuffle(numbers)
    raws = {
        number: letter(
            f"It broke, and nobody answers. {number}",
            sender=f"n{number}@calm.example",
            subject=f"Matter {number}",
            message_id=f"<{number}@calm.example>",
        )
        for number in numbers
    }
    items = models.InboxItem.objects.bulk_create(
        models.InboxItem(
            door="mail",
            way="smtp",
            source_id=str(number),
            received_at=until - timedelta(minutes=count - number),
            stored_at=until - timedelta(minutes=count - number),
            envelope_from=f"n{number}@calm.example",
            envelope_to=["help@larkfield.example"],
            size=len(raws[number]),
            sha256=fingerprint(raws[number]),
        )
        for number in numbers
    )
    models.RawItem.objects.bulk_create(
        models.RawItem(item=item, body=raws[number]) for item, number in zip(items, numbers, strict=True)
    )


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def settled() -> list[datetime]:
    return list(models.InboxItem.objects.exclude(state="stored").values_list("received_at", flat=True))


def shown_as_waiting(cast: Cast, now: datetime) -> int:
    """How many letters the doors page says are being read."""
    client = Client()
    with clock.reading(lambda: now):
        client.force_login(cast.ruth)
        page = client.get("/doors/")
    assert page.status_code == 200
    found = re.search(
        r"(\d[\d,. ]*)</b>?\s*being read|(\d+)[^<]{0,20}being read", re.sub(r"\s+", " ", page.content.decode())
    )
    assert found is not None
    return int(re.sub(r"\D", "", found[1] or found[2]))


def test_a_backlog_is_worked_off_oldest_first_in_bounded_memory_while_it_is_seen_to_shrink(
    cast: Cast, home: Path, monday_ten: datetime
) -> None:
    back_up(BACKLOG, until=monday_ten)
    begin = equation(since=monday_ten - timedelta(days=9), until=monday_ten)
    assert (begin.waiting, begin.received) == (BACKLOG, BACKLOG)
    judged, sizes = 0, []
    while did := judge_waiting(monday_ten):
        assert did <= TOGETHER, "a letter that comes now waits for no more than this"
        judged += did
        sizes.append(resident())
        if judged == BACKLOG // 2:
            half = settled()
            cut = monday_ten - timedelta(minutes=BACKLOG // 2)
            assert len(half) == BACKLOG // 2 and max(half) < cut, "the older half, and nothing of the newer"
            assert shown_as_waiting(cast, monday_ten + timedelta(minutes=1)) > 0
    assert judged == BACKLOG
    assert models.Case.objects.count() == BACKLOG
    assert equation(since=monday_ten - timedelta(days=9), until=monday_ten).waiting == 0
    # What the first batches need is needed once; what grew from there on would grow for ever.
    assert max(sizes[10:]) - sizes[10] < MOST, f"{(max(sizes[10:]) - sizes[10]) // 2**20} MB more"


def test_what_came_first_is_due_first_though_it_was_read_last(cast: Cast, home: Path, monday_ten: datetime) -> None:
    back_up(60, until=monday_ten)
    while judge_waiting(monday_ten + timedelta(hours=5)):
        pass
    replies = models.Promise.objects.filter(kind="reply").order_by("due_at").values_list("case__subject", flat=True)
    assert list(replies) == sorted(replies, key=lambda subject: int(subject.split()[1]))
    assert models.Case.objects.filter(received_at__lt=monday_ten).count() == 60, "no clock began when we got to it"


def test_an_import_tells_how_far_it_is_after_every_letter(cast: Any, tmp_path: Path, monday_ten: datetime) -> None:
    for number in range(30):
        raw = letter(f"Old matter {number}.", message_id=f"<old{number}@calm.example>")
        (tmp_path / f"{number:02}.eml").write_bytes(raw)
    told: list[int] = []
    file_door.take((tmp_path,), door="", now=monday_ten, progress=lambda so_far: told.append(so_far.found))
    assert told == list(range(1, 31))
    assert pytest.approx(file_door.count((tmp_path,))) == 30
