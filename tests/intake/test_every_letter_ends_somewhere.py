"""Whatever arrives: received = joined + set aside + stopped, and none of it breaks the judge."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.queries.ledger import equation
from tests.intake.desk import hand_in, judge_all
from tests.intake.letters import GRACE, HELP, letter
from tests.intake.mail.mails import corpus, mail
from tests.intake.mail.test_mutated import mutilated

State = models.InboxItem.State

STRANGE = [
    b"",
    b"\x00",
    b"\xff" * 1_000,
    letter("before \x01 after").replace(b"\x01", b"\x00"),
    mail(more="Subject: =?utf-8?b?AGEA?=\n"),
    mail(more='Content-Type: text/plain; charset="utf-16"\n'),
    mail("odd: ").replace(b"odd: ", b"odd: \xed\xa0\x80\xed\xbf\xbf"),
    mail(more="From: =?utf-8?b?7aCA?= <odd@mail.example>\n"),
    letter(sender=f'"{"x" * 5_000}" <a@b.example>', subject="y" * 5_000),
    letter(message_id=f"<{'z' * 240}@quiet.example>", headers={"References": "<a@b> " * 5_000}),
]


def all_end(raws: list[bytes], now: datetime, *, sender: str = "x@else.example") -> Counter[str]:
    for number, raw in enumerate(raws):
        hand_in(
            raw, now=now + timedelta(seconds=number), sender=sender, to=(HELP, GRACE) if number % 7 == 0 else (HELP,)
        )
    later = now + timedelta(hours=1)
    judge_all(later)
    counts = equation(since=now, until=later)
    assert counts.waiting == 0 and counts.adds_up and counts.received >= len(raws)
    broken = models.InboxItem.objects.filter(attempts__gt=1)
    assert [bytes(item.raw.body) for item in broken] == [], "judging failed on these"
    return Counter(models.InboxItem.objects.values_list("state", flat=True))


@pytest.mark.parametrize("sender", ["x@else.example", ""])
def test_strange_letters(cast: Any, monday_ten: datetime, sender: str) -> None:
    all_end(STRANGE, monday_ten, sender=sender)


def test_mutilated_letters(cast: Any, monday_ten: datetime) -> None:
    chance = random.Random(1_905)
    all_end([mutilated(chance) for _ in range(150)], monday_ten)


@pytest.mark.parametrize("folder", ["mail/automated", "mail/reply-trimmer/emails"])
def test_the_shared_corpora(cast: Any, monday_ten: datetime, folder: str) -> None:
    found = sorted(path for path in corpus(folder).iterdir() if path.suffix in (".eml", ".txt"))
    assert len(found) > 50
    ended = all_end([path.read_bytes() for path in found], monday_ten, sender="")
    if folder.endswith("automated"):
        assert ended[State.SUPPRESSED] > ended[State.QUARANTINED], "bounces of others' mails are no cases of ours"


def test_an_envelope_of_any_bytes_is_kept(cast: Any, monday_ten: datetime) -> None:
    strange = b"r\xf6sa\x00@quiet.example".decode("utf-8", "surrogateescape")
    (item,) = hand_in(letter(), now=monday_ten, sender=strange, to=("help+\udcff@larkfield.example",))
    item.refresh_from_db()
    assert item.envelope_from == "r\ufffdsa@quiet.example"
    assert judge_all(monday_ten) == 1
