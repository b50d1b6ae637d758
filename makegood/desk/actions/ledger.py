"""The ledger: what arrived is stored raw and committed before anybody judges it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

from makegood.desk.crashpoints import crashpoint
from makegood.desk.models import InboxItem, RawItem, Staff
from makegood.desk.prepared import prepared
from makegood.rules.policy import Role

from . import rows

LEASE = timedelta(minutes=1)
AT_EASE = 4_000_000
"""Bytes of letters that are read together; a greater one is read by itself."""
TRIES = 3
"""A letter that made reading fail this often is set aside as a case, so that the queue goes on."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Something that came through a door, as it came."""

    door: str
    way: str
    source_id: str
    body: bytes
    """What may be read. Where the original holds a card number, a masked copy."""
    sealed: bytes | None = None
    size: int
    sha256: str
    """Of the original."""
    received_at: datetime
    envelope_from: str = ""
    envelope_to: tuple[str, ...] = ()


def fingerprint(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def store(arrival: Arrival, *, now: datetime) -> tuple[InboxItem, bool]:
    """Store an arrival and commit it. Returns the item, and whether it is new.

    The same source id again (a mailbox read twice, a sender that missed our "250") is the same item.
    Only after this returns may a sender be told "accepted".
    """
    return store_all([arrival], now=now)[0]


def store_all(arrivals: Sequence[Arrival], *, now: datetime) -> list[tuple[InboxItem, bool]]:
    """Store arrivals and commit them in one transaction; returns each one's item and whether it is new.

    All of them are stored when this returns, and none if it raises.
    """
    items = _known(arrivals)
    new = {_name(arrival): arrival for arrival in reversed(arrivals) if _name(arrival) not in items}
    if new:
        try:
            made = _create([arrival for arrival in arrivals if new.get(_name(arrival)) is arrival], now=now)
        except IntegrityError:
            # Another process stored one of them a moment ago.
            if len(arrivals) == 1:
                return [(InboxItem.objects.get(way=arrivals[0].way, source_id=arrivals[0].source_id), False)]
            return [store(arrival, now=now) for arrival in arrivals]
        items |= {(item.way, item.source_id): item for item in made}
    return [(items[_name(arrival)], new.get(_name(arrival)) is arrival) for arrival in arrivals]


def _name(arrival: Arrival) -> tuple[str, str]:
    return arrival.way, arrival.source_id


def _known(arrivals: Sequence[Arrival]) -> dict[tuple[str, str], InboxItem]:
    ways, names = {a.way for a in arrivals}, [a.source_id for a in arrivals]
    found = InboxItem.objects.filter(way__in=ways, source_id__in=names)
    return {(item.way, item.source_id): item for item in found}


def _create(arrivals: Sequence[Arrival], *, now: datetime) -> list[InboxItem]:
    with transaction.atomic(durable=_is_outermost()):
        items = rows.create(
            [
                InboxItem(
                    door=arrival.door,
                    way=arrival.way,
                    source_id=arrival.source_id,
                    received_at=min(arrival.received_at, now),
                    stored_at=now,
                    envelope_from=arrival.envelope_from[:320],
                    envelope_to=list(arrival.envelope_to),
                    size=arrival.size,
                    sha256=arrival.sha256,
                )
                for arrival in arrivals
            ]
        )
        rows.create(
            [
                RawItem(item=item, body=arrival.body, sealed=arrival.sealed)
                for item, arrival in zip(items, arrivals, strict=True)
            ]
        )
        crashpoint("ledger.before_commit")
    crashpoint("ledger.after_commit")
    return items


def _is_outermost() -> bool:
    return not transaction.get_connection().in_atomic_block


def claim(*, now: datetime) -> InboxItem | None:
    """Take the oldest item nobody has judged, under a lease, or None.

    While nobody works here who could own a case, items wait: they are stored, and nothing is lost. A letter
    that came to two doors is judged in the order in which it was stored, whoever dies over it.
    """
    if not somebody_can_own():
        return None
    free = _free(now)
    for item in _next(_stored().filter(free), 20):
        taken = _stored().filter(free, pk=item.pk, attempts=item.attempts)
        if taken.update(lease_until=now + LEASE, attempts=item.attempts + 1):
            return InboxItem.objects.select_related("raw").get(pk=item.pk)
    return None


def anything_waits(*, now: datetime) -> bool:
    """Say whether there is an item that may be claimed: what an idle desk asks each second, without a lock."""
    return bool(_one_that_waits(now))


@prepared("pk")
def _one_that_waits(now: datetime) -> models.QuerySet[InboxItem]:
    return _stored().filter(_free(now))[:1]


def claim_some(limit: int, *, now: datetime) -> list[InboxItem]:
    """Take the oldest items that nobody has tried yet, under a lease, oldest first, as many as are read at ease.

    None while nobody could own a case. What was tried before is judged by itself: it may be what somebody died over.
    """
    if not somebody_can_own():
        return []
    with transaction.atomic():
        # Whoever holds a row has claimed it a moment ago.
        untried = _stored().filter(_free(now), attempts=0).select_for_update(skip_locked=True)
        taken: list[int] = []
        size = 0
        for item in _next(untried, limit):
            size += item.size
            if taken and size > AT_EASE:
                break
            taken.append(item.pk)
        InboxItem.objects.filter(pk__in=taken).update(lease_until=now + LEASE, attempts=models.F("attempts") + 1)
    return list(InboxItem.objects.filter(pk__in=taken).select_related("raw").order_by("received_at", "pk"))


def let_go_untried(items: Sequence[InboxItem]) -> None:
    """Give items back that were claimed with others and not judged; it does not count as a try."""
    held = InboxItem.objects.filter(pk__in=[item.pk for item in items], state=InboxItem.State.STORED, attempts=1)
    held.update(lease_until=None, attempts=0)


def _stored() -> models.QuerySet[InboxItem]:
    return InboxItem.objects.filter(state=InboxItem.State.STORED)


def _free(now: datetime) -> models.Q:
    """Return which items nobody holds."""
    return models.Q(lease_until=None) | models.Q(lease_until__lt=now)


def _next(waiting: models.QuerySet[InboxItem], count: int) -> list[InboxItem]:
    """Return the oldest of these whose turn it is, up to `count`: none that an equal one precedes.

    Looked through a page at a time, since in one statement the whole queue would be compared with itself.
    """
    oldest = waiting.order_by("received_at", "pk").only("pk", "sha256", "size", "attempts")
    for at in itertools.count(step=count):
        page = list(oldest[at : at + count])
        equal = _stored().filter(sha256__in={item.sha256 for item in page}).order_by()
        first = set(equal.values("sha256").annotate(first=models.Min("pk")).values_list("first", flat=True))
        if (turn := [item for item in page if item.pk in first]) or len(page) < count:
            return turn
    raise AssertionError("counting never ends")


def somebody_can_own() -> bool:
    """Return whether there is anybody who could own a case."""
    return bool(_possible_owner())


@prepared("pk")
def _possible_owner() -> models.QuerySet[Staff]:
    return Staff.objects.filter(is_active=True).exclude(role=str(Role.ADMIN)).order_by()[:1]


def let_go(item: InboxItem, *, until: datetime, counted: bool = True) -> None:
    """Give an item back to be tried again later. Not `counted` where the fault was not the item's."""
    attempts = item.attempts if counted else max(0, item.attempts - 1)
    stored = InboxItem.objects.filter(pk=item.pk, state=InboxItem.State.STORED)
    stored.update(lease_until=until, attempts=attempts)


def settle(item: InboxItem, state: InboxItem.State, *, now: datetime, code: str = "", why: str = "") -> None:
    """Say where an item ended. Part of the transaction that makes it so."""
    changed = InboxItem.objects.filter(pk=item.pk, state=InboxItem.State.STORED).update(
        state=state, code=code, why=why[:300], settled_at=now, lease_until=None
    )
    if not changed:
        raise AlreadySettled(item.pk)


def settle_all(
    items: Sequence[InboxItem], state: InboxItem.State, *, now: datetime, code: str = "", why: str = ""
) -> None:
    """Say that these items ended alike. Part of the transaction that makes it so."""
    stored = InboxItem.objects.filter(pk__in=[item.pk for item in items], state=InboxItem.State.STORED)
    if stored.update(state=state, code=code, why=why[:300], settled_at=now, lease_until=None) != len(items):
        raise AlreadySettled(*(item.pk for item in items))


class AlreadySettled(Exception):  # noqa: N818  (not an error: somebody was quicker)
    """Another worker has judged this item already; whatever was about to happen must not."""


def suppress(item: InboxItem, *, code: str, why: str, now: datetime) -> None:
    """Stop an item as an automatic loop. It stays in the ledger, counted and readable."""
    with transaction.atomic():
        settle(item, InboxItem.State.SUPPRESSED, now=now, code=code, why=why)


def count_same(item: InboxItem, of: InboxItem, *, now: datetime) -> None:
    """Record that an item is the same letter as another; it ends where that one ended."""
    with transaction.atomic():
        settle(
            item,
            InboxItem.State.JOINED,
            now=now,
            code="same_letter",
            why="the same letter to another address of ours",
        )
        InboxItem.objects.filter(pk=item.pk).update(same_as=of)
