"""F-13: what comes from outside comes ten times, out of order, three days late. The end is that of a day in peace.

There are no webhooks in this version. What calls on us again and again is: mail servers, mailboxes, the reports that
programs send, our own canaries, and the customer's form.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import canaries, contacts
from makegood.intake.mail.arrivals import from_mailbox
from tests.intake.desk import MINUTE, deliver_all, hand_in, judge_all
from tests.intake.letters import letter
from tests.intake.test_programs import report
from tests.watch.house import watch_until

IVO = "ivo@else.example"
TENT = letter("My tent never came.", subject="Tent", sender=f"Ivo Brandt <{IVO}>", message_id="<two@else.example>")
LAMP = letter("The lamp went out.", subject="Lamp", sender="Ann <ann@calm.example>", message_id="<three@calm.example>")
Call = Callable[[datetime], object]


def first_calls() -> list[Call]:
    """The letters themselves."""

    def fetched(now: datetime) -> None:
        # The mailbox names it anew each time; its bytes are the same.
        name = f"box:{int(now.timestamp())}"
        from_mailbox(LAMP, door="mail", source_id=name, size=len(LAMP), received_at=now, now=now)

    return [
        lambda now: hand_in(letter(), now=now),
        lambda now: hand_in(TENT, now=now, sender=IVO),
        fetched,
    ]


def later_calls(now: datetime) -> list[Call]:
    """What follows: a report that an acknowledgement came back, a form, a canary, a letter itself once more."""
    ours = models.OutboxItem.objects.get(purpose="acknowledgement", case__contacts__from_address=IVO)
    case = models.Case.objects.get(contacts__from_address="rosa@quiet.example")
    link = models.Link.objects.filter(case=case, purpose=models.Link.Purpose.PAGE).order_by("pk")[0]
    canaries.fly(every=timedelta(minutes=15), now=now)
    canary = bytes(models.OutboxItem.objects.get(purpose="canary").body)
    deliver_all(now)
    return [
        lambda at: hand_in(report(ours.message_id, to=IVO), now=at, sender=""),
        lambda at: contacts.write_from_page(link, text="Any news of it?", once="the-form", now=at),
        lambda at: hand_in(canary, now=at, sender=""),
        lambda at: hand_in(TENT, now=at, sender=IVO),
    ]


def end() -> dict[str, Any]:
    """What it adds up to, told by customers, without moments."""
    stories: dict[str, list[str]] = {}
    for name, case in models.Entry.objects.exclude(case=None).order_by("pk").values_list("name", "case"):
        who = (
            models.Contact.objects.filter(case=case, direction="in")
            .order_by("pk")
            .values_list("from_address", flat=True)
        )
        stories.setdefault(who[0], []).append(name)
    kept = models.Contact.objects.values_list("from_address", "direction", "standing", "text")
    return {
        "stories": {who: sorted(names) for who, names in stories.items()},
        "contacts": sorted(kept),
        "promises": sorted(models.Promise.objects.values_list("case__contacts__from_address", "kind", "outstanding")),
        "mails": sorted(models.OutboxItem.objects.exclude(purpose="notice").values_list("purpose", "to_address")),
        "canaries": models.Canary.objects.exclude(back_at=None).count(),
    }


def lived(monday_ten: datetime, chance: random.Random | None) -> dict[str, Any]:
    """Let four days go by under a watch. Each call comes in its turn; nine times more, if `chance` says when."""
    calls: list[tuple[datetime, Call]] = []
    half_past = monday_ten + 30 * MINUTE
    _plan(calls, first_calls(), since=monday_ten, chance=chance, late=20 * MINUTE)
    _come(calls, until=half_past)
    _plan(calls, later_calls(half_past), since=half_past + MINUTE, chance=chance, late=timedelta(days=3))
    _come(calls, until=monday_ten + timedelta(days=4))
    return end()


def _plan(
    calls: list[tuple[datetime, Call]],
    new: list[Call],
    *,
    since: datetime,
    chance: random.Random | None,
    late: timedelta,
) -> None:
    turns = [(since + number * MINUTE, call) for number, call in enumerate(new)]
    calls += turns
    if chance is not None:
        calls += [(at + chance.random() * late, call) for at, call in turns for _ in range(9)]


def _come(calls: list[tuple[datetime, Call]], *, until: datetime) -> None:
    calls.sort(key=itemgetter(0))
    while calls and calls[0][0] <= until:
        at, call = calls.pop(0)
        watch_until(at)
        call(at)
        judge_all(at)
    watch_until(until)


@pytest.fixture
def in_peace(cast: Any, monday_ten: datetime) -> dict[str, Any]:
    """Each thing once, in order."""
    from django.db import transaction

    with transaction.atomic():
        found = lived(monday_ten, None)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_ten_times_in_any_order_is_once(in_peace: dict[str, Any], cast: Any, monday_ten: datetime, seed: int) -> None:
    assert len(in_peace["contacts"]) > 3 and in_peace["canaries"] == 1
    found = lived(monday_ten, random.Random(seed))
    for part, expected in in_peace.items():
        assert found[part] == expected, part
    assert not models.InboxItem.objects.filter(state="stored").exists()
