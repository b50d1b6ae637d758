"""The outbox: written with what caused it, claimed under a lease, settled with what the server said."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from makegood.desk import models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.models import OutboxItem
from makegood.desk.prepared import prepared

LEASE = timedelta(minutes=2)
BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes until the next try, the last one for ever: the promise clock runs, so nobody is forgotten."""
WORD_BACK_OFF = 5
"""The longest wait for word to our own people: an alarm must not lie for hours after an outage."""
SPREAD = 20
"""Per cent by which waits differ from mail to mail, so that a server that is back isn't stormed."""
GIVE_UP_AFTER = timedelta(days=5)
ONCE_MORE = "may have arrived, and goes once more: "
"""How the answer of an automatic mail begins that goes a second time; there is no third by itself."""


def new_message_id(domain: str) -> str:
    """Return a Message-ID that is this mail's for ever, however often it is sent."""
    return f"<{secrets.token_hex(16)}@{domain}>"


def written(
    *,
    message_id: str,
    purpose: str,
    to_address: str,
    body: bytes,
    now: datetime,
    envelope_from: str = "",
    case: models.Case | None = None,
    contact: models.Contact | None = None,
) -> OutboxItem:
    """Return a mail as a row of the outbox that is not saved yet."""
    return OutboxItem(
        message_id=message_id,
        purpose=purpose,
        to_address=to_address,
        body=body,
        written_at=now,
        next_at=now,
        envelope_from=envelope_from,
        case=case,
        contact=contact,
    )


def enqueue(
    *,
    message_id: str,
    purpose: str,
    to_address: str,
    body: bytes,
    now: datetime,
    envelope_from: str = "",
    case: models.Case | None = None,
    contact: models.Contact | None = None,
) -> OutboxItem:
    """Put a mail into the outbox. Part of the transaction that causes it."""
    item = written(
        message_id=message_id,
        purpose=purpose,
        to_address=to_address,
        body=body,
        now=now,
        envelope_from=envelope_from,
        case=case,
        contact=contact,
    )
    item.save(force_insert=True)
    return item


def claim(worker: str, *, now: datetime) -> OutboxItem | None:
    """Take the next mail that is due, under a lease, or None.

    A lease that ran out is taken over, and first, unless its worker had begun to hand the mail over: that
    one may have arrived, and is `in_doubt`.
    """
    # Two questions, not one with "or": SQLite would read the whole outbox, each second, to answer that.
    for free, due in ((_left_lying(now), _left_lying_due), (_WAITING, _waiting_due)):
        for pk, attempts in due(now):
            taken = OutboxItem.objects.filter(free, pk=pk, attempts=attempts).update(
                state=OutboxItem.State.SENDING,
                lease_until=now + LEASE,
                lease_by=worker,
                attempts=attempts + 1,
            )
            if taken:
                crashpoint("outbox.after_claim")
                return OutboxItem.objects.select_related("contact", "case").get(pk=pk)
    return None


_WAITING = Q(state=OutboxItem.State.WAITING)


def _left_lying(now: datetime) -> Q:
    return Q(state=OutboxItem.State.SENDING, lease_until__lt=now, handed_at=None)


@prepared("pk", "attempts")
def _left_lying_due(now: datetime) -> QuerySet[OutboxItem]:
    return _next_ones(OutboxItem.objects.filter(_left_lying(now), next_at__lte=now))


@prepared("pk", "attempts")
def _waiting_due(now: datetime) -> QuerySet[OutboxItem]:
    return _next_ones(OutboxItem.objects.filter(_WAITING, next_at__lte=now))


def _next_ones(due: QuerySet[OutboxItem]) -> QuerySet[OutboxItem]:
    return due.order_by("next_at", "pk")[:20]


def hand_over(item: OutboxItem, *, now: datetime) -> bool:
    """Write down that the last byte is about to go out; False if another worker holds the mail by now.

    Committed before the byte goes, so that whoever finds the row after a crash knows that the mail
    may have arrived.
    """
    return bool(_held(item).update(handed_at=now))


def in_doubt(*, now: datetime) -> OutboxItem | None:
    """Return the oldest mail whose worker died after it began to hand it over, or None."""
    for (pk,) in _handed_over_and_left(now):
        return OutboxItem.objects.select_related("contact", "case").get(pk=pk)
    return None


@prepared("pk")
def _handed_over_and_left(now: datetime) -> QuerySet[OutboxItem]:
    left = OutboxItem.objects.filter(state=OutboxItem.State.SENDING, lease_until__lt=now, handed_at__isnull=False)
    return left.order_by("next_at", "pk")[:1]


def _held(item: OutboxItem) -> QuerySet[OutboxItem]:
    """Return the row as long as this claim of it is the last one."""
    return OutboxItem.objects.filter(pk=item.pk, state=OutboxItem.State.SENDING, attempts=item.attempts)


def mark_accepted(item: OutboxItem, *, answer: str, now: datetime) -> bool:
    """The server took it. Returns False if that was known already."""
    return _settle(item, OutboxItem.State.ACCEPTED, answer=answer, now=now)


def mark_refused(item: OutboxItem, *, answer: str, now: datetime) -> bool:
    """The server will never take it."""
    return _settle(item, OutboxItem.State.REFUSED, answer=answer, now=now)


def mark_uncertain(item: OutboxItem, *, answer: str, now: datetime) -> bool:
    """The server may have taken it before the line went dead. A person decides; nothing is sent again blindly."""
    return _settle(item, OutboxItem.State.UNCERTAIN, answer=answer, now=now)


def _without_secrets(body: bytes | memoryview) -> bytes:
    """Return a settled mail's header alone: its text held private links, which are kept as hashes only."""
    head, _, _ = bytes(body).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n"


def _settle(item: OutboxItem, state: OutboxItem.State, *, answer: str, now: datetime) -> bool:
    crashpoint("outbox.before_settle")
    open_states = (OutboxItem.State.WAITING, OutboxItem.State.SENDING, OutboxItem.State.UNCERTAIN)
    over = {} if state == OutboxItem.State.UNCERTAIN else {"body": _without_secrets(item.body)}
    return bool(
        OutboxItem.objects.filter(pk=item.pk, state__in=open_states).update(
            state=state, answer=answer[:500], settled_at=now, lease_until=None, **over
        )
    )


def give_back(worker: str) -> bool:
    """Let others have what this worker took and won't send, since it stops; says whether one is handed over already.

    What has begun to be handed over stays its own: only it can hear what the server says.
    """
    mine = OutboxItem.objects.filter(state=OutboxItem.State.SENDING, lease_by=worker)
    mine.filter(handed_at=None).update(state=OutboxItem.State.WAITING, lease_until=None)
    return mine.exists()


def try_later(item: OutboxItem, *, answer: str, now: datetime) -> datetime | None:
    """Give a mail back to be tried again; returns when, or None where another worker holds it by now."""
    wait = BACK_OFF[min(max(item.attempts, 1), len(BACK_OFF)) - 1]
    if is_to_ourselves(item):
        wait = min(wait, WORD_BACK_OFF)
    spread = 1 + item.pk * 37 % (SPREAD + 1) / 100
    next_at = now + timedelta(seconds=round(wait * 60 * spread))
    said = f"{ONCE_MORE}{answer}" if goes_once_more(item) and not answer.startswith(ONCE_MORE) else answer
    given_back = _held(item).update(
        state=OutboxItem.State.WAITING, next_at=next_at, answer=said[:500], lease_until=None, handed_at=None
    )
    return next_at if given_back else None


def is_to_ourselves(item: OutboxItem) -> bool:
    """Return whether a mail is word to our own people or a canary: to hear of it twice hurts nobody."""
    return item.contact_id is None and item.purpose in ("notice", "canary")


def goes_once_more(item: OutboxItem) -> bool:
    """Return whether an automatic mail was handed over before, and nobody heard what became of it."""
    return item.answer.startswith(ONCE_MORE)


def step_aside(item: OutboxItem, *, until: datetime) -> None:
    """Leave a mail that made us fail alone for a while, as it is."""
    OutboxItem.objects.filter(pk=item.pk, state=OutboxItem.State.SENDING).update(lease_until=until)


def bring_forward(*, now: datetime) -> int:
    """Let everything that waits for another try go at once: the mail server is back. Returns how many."""
    waiting = OutboxItem.objects.filter(state=OutboxItem.State.WAITING, next_at__gt=now, attempts__gt=0)
    return waiting.update(next_at=now)


def after_the_clock_went_back(*, now: datetime) -> None:
    """See that no mail waits for a moment that was only read off a wrong clock."""
    unsent = OutboxItem.objects.filter(state=OutboxItem.State.WAITING, next_at__gt=now)
    unsent.filter(Q(attempts=0) | Q(next_at__gt=now + timedelta(minutes=max(BACK_OFF)))).update(next_at=now)
    OutboxItem.objects.filter(state=OutboxItem.State.SENDING, lease_until__gt=now + LEASE).update(
        lease_until=now + LEASE
    )


def send_again(item: OutboxItem, *, now: datetime) -> None:
    """Let an uncertain mail go out once more, under its own Message-ID, because a person said so."""
    OutboxItem.objects.filter(pk=item.pk, state=OutboxItem.State.UNCERTAIN).update(
        state=OutboxItem.State.WAITING, next_at=now, settled_at=None, handed_at=None
    )
