"""A letter of Rosalía's on a Monday at ten, and the hands that deal with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, delivery, outbox, rounds
from makegood.desk.actions.contacts import Incoming
from tests.desk.hit import of_seven as of_seven
from tests.desk.hit import small_steps as small_steps


@pytest.fixture
def letter(cast: Cast, monday_ten: datetime) -> models.Case:
    """Rosalía writes to the mailbox; the case is Priya's."""
    return contacts.open_case(
        Incoming(
            received_at=monday_ten,
            from_address="rosalia@quintero.example",
            from_name="Rosalía Quintero",
            subject="Hip-belt buckle snapped",
            text="The buckle snapped on the first day out.",
        ),
        door=cast.policy.doors["mail"],
        item=None,
        owner=cast.priya.pk,
        now=monday_ten,
    )


@pytest.fixture
def carry() -> Callable[[datetime], int]:
    """Let every waiting mail be accepted by its receiver's server; return how many there were."""

    def all_of_them(now: datetime) -> int:
        count = 0
        while item := outbox.claim("test", now=now):
            delivery.accepted(item, answer="250 taken", now=now)
            count += 1
        return count

    return all_of_them


@pytest.fixture
def until() -> Callable[[datetime], None]:
    """Let time go on: wake every case at each moment it wants to be woken."""

    def let_time_pass(moment: datetime) -> None:
        for _ in range(500):
            waking = models.Case.objects.filter(wakes_at__lte=moment).order_by("wakes_at").first()
            if waking is None or waking.wakes_at is None:
                return
            rounds.wake(waking.pk, now=waking.wakes_at)

    return let_time_pass


@pytest.fixture
def hour() -> timedelta:
    return timedelta(hours=1)
