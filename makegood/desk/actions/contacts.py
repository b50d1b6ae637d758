"""A message comes in: it opens a case, joins one, or is laid before an owner.

Each is one transaction with the ledger item it came from.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from makegood.desk import access, models
from makegood.desk.queries import merged
from makegood.language import cards
from makegood.rules import incoming, refusals
from makegood.rules.policy import Door

from . import customers, ledger, letters, messages
from .messages import Coming
from .messages import File as File
from .messages import Incoming as Incoming
from .openings import open_case as open_case
from .record import deciding, deciding_all

Quarantined = models.InboxItem.State.QUARANTINED
Joined = models.InboxItem.State.JOINED


def join(
    message: Incoming,
    *,
    case_id: int,
    door: Door,
    item: models.InboxItem | None,
    now: datetime,
    wants_answer: bool = True,
) -> models.Contact:
    """Let a message of the case's own customer join it."""
    one = Joining(message=message, case_id=case_id, door=door, item=item, wants_answer=wants_answer)
    return join_all([one], now=now)[0]


@dataclass(frozen=True, kw_only=True)
class Joining:
    """A message of a case's own customer that joins it."""

    message: Incoming
    case_id: int
    door: Door
    item: models.InboxItem | None
    wants_answer: bool = True


def join_all(joinings: Sequence[Joining], *, now: datetime) -> list[models.Contact]:
    """Let messages join, each a case of its own, all in one transaction."""
    with deciding_all([j.case_id for j in joinings], now=now, actor="mail") as decisions:
        coming = [
            Coming(row=d.row, message=j.message, door=j.door, item=j.item, customer=d.row.customer)
            for j, d in zip(joinings, decisions, strict=True)
        ]
        kept = messages.keep_all(coming, now=now)
        for j, d, contact in zip(joinings, decisions, kept, strict=True):
            at = min(j.message.received_at, now)
            incoming.receive(d.u, contact=contact.pk, door=j.door, at=at, wants_answer=j.wants_answer)
            if j.message.verified and j.message.from_address:
                customers.prove(d.row.customer, j.message.from_address, now=now)
        ledger.settle_all([j.item for j in joinings if j.item is not None], Joined, now=now)
    return kept


def propose(
    message: Incoming, *, case_id: int, door: Door, item: models.InboxItem | None, why: str, now: datetime
) -> models.Contact:
    """Lay a message before a case's owner: its sender is nobody we can vouch for. He gets no history."""
    with deciding(case_id, now=now, actor="mail") as d:
        contact = messages.keep(d.row, message, door=door, item=item, customer=None, now=now)
        contact.standing = models.Contact.Standing.PROPOSED
        contact.save(update_fields=["standing"])
        incoming.propose(d.u, contact=contact.pk, why=why[:300], at=now)
        if item is not None:
            ledger.settle(item, Quarantined, code="proposed", why=why, now=now)
    return contact


def join_proposed(contact_id: int, *, by: models.Staff, now: datetime) -> None:
    """The owner says that a proposed message belongs to the case."""
    contact = access.contact_for(by, contact_id)
    with deciding(contact.case_id, now=now) as d:
        _judge(contact, models.Contact.Standing.JOINED)
        door = d.u.house.policy.doors[contact.door]
        incoming.take_proposed(d.u, contact=contact.pk, door=door, at=now, last=_was_last(contact))


def part_proposed(contact_id: int, *, by: models.Staff, now: datetime) -> models.Case:
    """The owner says that a proposed message is a matter of its own: it becomes a case with all its clocks."""
    contact = access.contact_for(by, contact_id)
    with deciding(contact.case_id, now=now) as d:
        _judge(contact, models.Contact.Standing.DECLINED)
        incoming.decline_proposed(d.u, contact=contact.pk, by=by.pk, at=now, last=_was_last(contact))
        return _own_case(contact, owner=d.u.case.owner, door=d.u.house.policy.doors[contact.door], now=now)


def split(contact_id: int, *, by: models.Staff, now: datetime) -> models.Case:
    """Make a message that waits for its answer, and is another matter, a case of its own with all its clocks.

    The case that holds the first letter is about that letter, so it stays. Raises NotAnotherMatter.
    """
    contact = access.contact_for(by, contact_id)
    with deciding(merged.key_of(contact.case_id), now=now) as d:
        first = contact.case.contacts.filter(direction="in").order_by("received_at", "pk").first()
        if contact == first or contact.pk not in d.u.case.unanswered_by or d.u.case.quarantined:
            raise refusals.NotAnotherMatter
        models.Contact.objects.filter(pk=contact.pk).update(standing=models.Contact.Standing.DECLINED)
        incoming.mark_needs_no_answer(d.u, contact=contact.pk, word="split", by=by.pk, at=now)
        return _own_case(contact, owner=d.u.case.owner, door=d.u.house.policy.doors.get(contact.door), now=now)


def _own_case(contact: models.Contact, *, owner: int, door: Door | None, now: datetime) -> models.Case:
    own = open_case(_as_message(contact), door=door or page_door(), item=None, owner=owner, now=now)
    models.Attachment.objects.filter(contact=contact).update(contact=own.contacts.get(direction="in"))
    with deciding(own.pk, now=now) as d:
        # It may have waited for days: what is overdue rings in this moment, and not at the watch's next round.
        return d.row


def _judge(contact: models.Contact, standing: models.Contact.Standing) -> None:
    proposed = models.Contact.objects.filter(pk=contact.pk, standing=models.Contact.Standing.PROPOSED)
    if not proposed.update(standing=standing):
        raise refusals.AlreadyJudged


def _was_last(contact: models.Contact) -> bool:
    waiting = models.Contact.objects.filter(case=contact.case_id, standing=models.Contact.Standing.PROPOSED)
    return not waiting.exists()


def _as_message(contact: models.Contact) -> Incoming:
    return Incoming(
        received_at=contact.received_at,
        from_address=contact.from_address,
        from_name=contact.from_name,
        to_addresses=tuple(contact.to_addresses),
        subject=contact.subject,
        text=contact.text,
        folded=contact.folded,
        html=contact.html,
        message_id=contact.message_id,
        trouble=tuple(contact.trouble),
    )


def also_at(first: models.Contact, *, door: Door, item: models.InboxItem, now: datetime) -> None:
    """Note that the same letter went to a further address of ours. To an executive's, it opens her clock."""
    with deciding(first.case_id, now=now, actor="mail") as d:
        contact = models.Contact.objects.select_for_update().get(pk=first.pk)
        contact.to_addresses = list(dict.fromkeys([*contact.to_addresses, *item.envelope_to]))
        contact.save(update_fields=["to_addresses"])
        if door.executive:
            incoming.also_to_executive(d.u, contact=contact.pk, door=door, at=min(item.received_at, now))
        ledger.settle(item, Joined, code="same_letter", why="the same letter to another address of ours", now=now)
        models.InboxItem.objects.filter(pk=item.pk).update(same_as=first.item)


def mark_needs_no_answer(contact_id: int, *, word: str, by: models.Staff, now: datetime) -> None:
    """A person read a message as thanks, or a mere note: no reply is owed for it.

    Raises WasToldADate for the letter that opened the case, if we acknowledged it with a date.
    """
    contact = access.contact_for(by, contact_id)
    first = contact.case.contacts.filter(direction="in").order_by("received_at", "pk").first()
    if contact == first and contact.case.outbox.filter(purpose="acknowledgement").exists():
        raise refusals.WasToldADate
    with deciding(merged.key_of(contact.case_id), now=now) as d:
        incoming.mark_needs_no_answer(d.u, contact=contact.pk, word=word[:40], by=by.pk, at=now)
        models.Contact.objects.filter(pk=contact.pk).update(kinds=[word[:40]])


def see(row: models.Case, *, now: datetime) -> None:
    """Note when somebody first looked at the customer's messages on this case."""
    row.contacts.filter(direction="in", seen_at=None).update(seen_at=now)


# ── from the customer's own page ─────────────────────────────────────────────


def write_from_page(
    link: models.Link,
    *,
    text: str,
    files: Sequence[File] = (),
    unresolved: bool = False,
    wants_answer: bool = True,
    kinds: tuple[str, ...] = (),
    once: str = "",
    now: datetime,
) -> models.Contact:
    """The customer writes on his page. `unresolved`: he says that it is not resolved.

    `once` names the form he sent: the same form again (a double click, an answer that was lost on the
    way) is the message we have already.
    """
    text = cards.mask(text)
    raw = text.encode()
    door = page_door()
    arrival = ledger.Arrival(
        door=door.name,
        way="page",
        source_id=f"{link.pk}-{once or secrets.token_hex(8)}",
        body=raw,
        size=len(raw) + sum(len(f.content) for f in files),
        sha256=ledger.fingerprint(raw),
        received_at=now,
    )
    with deciding(link.case_id, now=now, actor="customer") as d:
        item, is_new = ledger.store(arrival, now=now)
        if not is_new:
            return item.contacts.get()
        message = Incoming(
            received_at=now,
            from_address=letters.customer_address(d.row),
            from_name=d.row.customer.name,
            verified=True,
            text=text.strip(),
            kinds=kinds,
            files=tuple(files),
        )
        contact = messages.keep(d.row, message, door=door, item=item, customer=d.row.customer, now=now)
        if unresolved:
            incoming.say_unresolved(d.u, contact=contact.pk, door=door, at=now)
        else:
            incoming.receive(d.u, contact=contact.pk, door=door, at=now, wants_answer=wants_answer)
        ledger.settle(item, Joined, now=now)
    return contact


def ask_for_manager(link: models.Link, *, now: datetime) -> None:
    """The customer asks for somebody higher. While one owes him an answer, asking again adds nothing."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        if not d.u.case.outstanding("manager"):
            incoming.ask_for_manager(d.u, at=now)


def page_door() -> Door:
    """Return the door that the private page is: no words of its own, the clocks of the policy."""
    return Door(name="page", kind="page", title="Customer's page")
