"""What the desk writes to a customer by itself: the acknowledgement, and the question after closing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q

from makegood import config
from makegood.desk import models
from makegood.desk.queries.given import without_tag
from makegood.notify.email import compose
from makegood.notify.email.words import Acknowledgement, ClosingQuestion, PromiseLine
from makegood.rules import incoming
from makegood.rules.policy import Door

from . import links, outbox, rounds, rows
from .letters import customer_address, envelope, envelope_to, mail_domain, page_url
from .record import Decision

LIMIT = "MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR"
"""The setting above which somebody is using the desk to bomb others (A-16), and the rest go without one."""


@dataclass(frozen=True, kw_only=True)
class Acknowledging:
    """A case that was just opened by a message."""

    decision: Decision
    door: Door
    contact: models.Contact


def acknowledge(opened: Sequence[Acknowledging], *, now: datetime) -> None:
    """Acknowledge first messages: at most once a day to a mailbox, and never to what looks automatic.

    What the acknowledgement promises is promised either way: the door says it to everybody.
    """
    promises = [_promise(one, now=now) for one in opened]
    able = [
        (one, promise)
        for one, promise in zip(opened, promises, strict=True)
        if not one.decision.u.case.quarantined and compose.is_address(one.contact.from_address)
    ]
    if not able:
        return
    addresses = _unacknowledged([one.contact.from_address for one, _ in able], now=now)
    wanted: dict[str, tuple[Acknowledging, PromiseLine]] = {}
    for one, promise in able:
        if one.contact.from_address in addresses:
            wanted.setdefault(without_tag(one.contact.from_address), (one, promise))
    left = max(0, config.number(LIMIT) - _lately(now))
    _show_limit(reached=len(wanted) > left, now=now)
    chosen = dict(islice(wanted.items(), left))
    _write(list(chosen.values()), now=now)
    told = {*chosen, *(one.contact.from_address for one, _ in chosen.values())}
    models.CustomerAddress.objects.filter(kind="mail", value__in=told).update(acknowledged_on=now.date())


def _unacknowledged(addresses: Sequence[str], *, now: datetime) -> set[str]:
    asked = {*addresses, *map(without_tag, addresses)}
    found = models.CustomerAddress.objects.filter(kind="mail", value__in=asked, acknowledged_on=now.date())
    told = set(found.values_list("value", flat=True))
    left = {address for address in addresses if told.isdisjoint((address, without_tag(address)))}
    tagged = {address for address in left if without_tag(address) != address}
    return left - _told_by_another_tag(tagged, now=now) if tagged else left


def _told_by_another_tag(tagged: Collection[str], *, now: datetime) -> set[str]:
    """Return those of these addresses whose mailbox heard of us today: `victim+1@`, `victim+2@` are one victim (A-16).

    Looked for among the day's acknowledgements, which `LIMIT` bounds, and only where an address has a tag.
    """
    same = Q()
    for local, _, domain in {without_tag(address).rpartition("@") for address in tagged}:
        same |= Q(to_address__startswith=f"{local}+", to_address__endswith=f"@{domain}")
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    written = models.OutboxItem.objects.filter(same, purpose="acknowledgement", written_at__gte=today)
    told = {without_tag(address) for address in written.values_list("to_address", flat=True)}
    return {address for address in tagged if without_tag(address) in told}


def _lately(now: datetime) -> int:
    lately = models.OutboxItem.objects.filter(purpose="acknowledgement", written_at__gt=now - timedelta(hours=1))
    return lately.count()


def _show_limit(*, reached: bool, now: datetime) -> None:
    """Show beside the doors that letters go without an acknowledgement, until none do."""
    if reached:
        trouble = f"More than {config.number(LIMIT)} acknowledgements in an hour: further letters get none ({LIMIT})."
        rounds.show_trouble("acknowledgements", trouble, now=now)
    else:
        models.Heartbeat.objects.filter(name="acknowledgements").exclude(trouble="").update(trouble="")


def _promise(one: Acknowledging, *, now: datetime) -> PromiseLine:
    d, kind = one.decision, f"standing {one.door.name}"
    if not d.u.case.outstanding(kind):
        owed = d.u.case.outstanding("reply")
        due_at = owed[0].due_at if owed else now + timedelta(days=1)
        at = one.contact.received_at
        incoming.stand_by_acknowledgement(d.u, one.door, due_at=due_at, contact=one.contact.pk, at=at)
    standing = d.u.case.outstanding(kind)[0]
    return PromiseLine(words="", said_at=standing.from_at, due_at=standing.due_at, near_at=standing.near_at)


def _write(chosen: Sequence[tuple[Acknowledging, PromiseLine]], *, now: datetime) -> None:
    """Put the acknowledgements into the outbox, each with a private link of its own."""
    staff = models.Staff.objects.only("name", "role")
    owners = staff.in_bulk({one.decision.u.case.owner for one, _ in chosen})
    secrets = links.make_all([(one.decision.row, one.decision.row.customer) for one, _ in chosen], now=now)
    mails = []
    for (one, promise), secret in zip(chosen, secrets, strict=True):
        d = one.decision
        message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
        owner = owners[d.u.case.owner]
        letter = Acknowledgement(
            envelope=envelope_to(
                d,
                to_address=one.contact.from_address,
                from_name="",
                message_id=message_id,
                in_reply_to=one.contact.message_id,
                references=[one.contact.message_id] if one.contact.message_id else (),
                now=now,
            ),
            case=d.row.number,
            owner=owner.name,
            owner_role=owner.role,
            promise=promise,
            page_url=page_url(secret),
        )
        mails.append(
            outbox.written(
                message_id=message_id,
                purpose="acknowledgement",
                to_address=one.contact.from_address,
                body=compose.acknowledgement(letter),
                case=d.row,
                now=now,
            )
        )
    rows.create(mails)


def ask_if_right(d: Decision, *, now: datetime) -> None:
    """After closing, ask the customer whether it is right again."""
    address = customer_address(d.row)
    if d.u.case.substantive_at is None or not compose.is_address(address):
        return
    owner = models.Staff.objects.get(pk=d.u.case.owner)
    message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
    secret = links.make(d.row, models.Link.Purpose.PAGE, customer=d.row.customer, now=now)
    letter = ClosingQuestion(
        envelope=envelope(d, from_name=owner.name, message_id=message_id, now=now),
        case=d.row.number,
        owner=owner.name,
        page_url=page_url(secret),
    )
    outbox.enqueue(
        message_id=message_id,
        purpose="closing",
        to_address=address,
        body=compose.closing_question(letter),
        case=d.row,
        now=now,
    )
