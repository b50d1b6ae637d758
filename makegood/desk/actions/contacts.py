"""A message comes in: it opens a case, joins one, or is laid before an owner.

Each is one transaction with the ledger item it came from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from makegood import config
from makegood.desk import access, facts, models
from makegood.language import cards, which
from makegood.rules import incoming, refusals
from makegood.rules.policy import Door

from . import cases, customers, hearing, ledger, letters
from .record import deciding, record

Quarantined = models.InboxItem.State.QUARANTINED
Joined = models.InboxItem.State.JOINED


WE_WRITE = ("en", "es")
"""Languages the desk writes in; a letter in another one is answered in English."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that came with a message. The name is the sender's word for it and nothing more."""

    name: str
    declared_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message as its door read it."""

    received_at: datetime
    from_address: str = ""
    """Normalised; empty where no sender could be read."""
    from_name: str = ""
    to_addresses: tuple[str, ...] = ()
    verified: bool = False
    subject: str = ""
    text: str = ""
    folded: str = ""
    html: str = ""
    language: str = ""
    message_id: str = ""
    automatic: bool = False
    kinds: tuple[str, ...] = ()
    """What the reading took it for: `thanks`. A proposal; a person may say otherwise."""
    trouble: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


def open_case(
    message: Incoming,
    *,
    door: Door,
    item: models.InboxItem | None,
    now: datetime,
    owner: int | None = None,
    quarantine: str = "",
    code: str = "",
    acknowledge: bool = True,
) -> models.Case:
    """Open a case for a message. With `quarantine` (a sentence why) it is set aside for a person to judge."""
    with transaction.atomic():
        customer = _customer(message, now=now)
        d = cases.open_new(
            customer=customer,
            door=door,
            subject=message.subject,
            received_at=message.received_at,
            now=now,
            owner=owner,
            quarantined=bool(quarantine),
            why=quarantine,
            language=_language(message),
        )
        contact = keep_contact(d.row, message, door=door, item=item, customer=customer, now=now)
        incoming.receive(d.u, contact=contact.pk, door=door, at=min(message.received_at, now))
        if acknowledge and not message.automatic:
            letters.acknowledge(d, door=door, contact=contact, address=message.from_address, now=now)
        record(d, now=now)
        if item is not None:
            state = Quarantined if quarantine else Joined
            ledger.settle(item, state, code=code, why=quarantine, now=now)
    return d.row


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
    with deciding(case_id, now=now, actor="mail") as d:
        customer = d.row.customer
        contact = keep_contact(d.row, message, door=door, item=item, customer=customer, now=now)
        at = min(message.received_at, now)
        incoming.receive(d.u, contact=contact.pk, door=door, at=at, wants_answer=wants_answer)
        if message.verified and message.from_address:
            customers.prove(customer, message.from_address, now=now)
        if item is not None:
            ledger.settle(item, Joined, code="automatic" if message.automatic else "", now=now)
    return contact


def propose(
    message: Incoming, *, case_id: int, door: Door, item: models.InboxItem | None, why: str, now: datetime
) -> models.Contact:
    """Lay a message before a case's owner: its sender is nobody we can vouch for. He gets no history."""
    with deciding(case_id, now=now, actor="mail") as d:
        contact = keep_contact(d.row, message, door=door, item=item, customer=None, now=now)
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
        door = d.u.house.policy.doors[contact.door]
        own = open_case(_as_message(contact), door=door, item=None, owner=d.u.case.owner, now=now)
        models.Attachment.objects.filter(contact=contact).update(contact=own.contacts.get(direction="in"))
    return own


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
    with deciding(contact.case_id, now=now) as d:
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
        contact = keep_contact(d.row, message, door=door, item=item, customer=d.row.customer, now=now)
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


# ── rows ─────────────────────────────────────────────────────────────────────


def _customer(message: Incoming, *, now: datetime) -> models.Customer:
    if not message.from_address:
        return customers.nobody(name=message.from_name, now=now)
    language = _language(message)
    return customers.by_address(message.from_address, name=message.from_name, language=language, now=now)


def _language(message: Incoming) -> str:
    """Return the language he wrote in, if we write it too; what his program declared where the words don't tell."""
    told = which.language(message.text, declared=message.language).label
    return told if told in WE_WRITE else ""


def keep_contact(
    row: models.Case,
    message: Incoming,
    *,
    door: Door,
    item: models.InboxItem | None,
    customer: models.Customer | None,
    now: datetime,
) -> models.Contact:
    contact = models.Contact.objects.create(
        case=row,
        direction="in",
        door=door.name,
        automatic=message.automatic,
        kinds=list(message.kinds),
        received_at=min(message.received_at, now),
        customer=customer,
        from_name=message.from_name[:200],
        from_address=message.from_address[:320],
        to_addresses=list(message.to_addresses),
        verified=message.verified,
        subject=message.subject[:500],
        text=message.text,
        folded=message.folded,
        html=message.html,
        message_id=message.message_id[:300],
        trouble=list(message.trouble),
        item=item,
    )
    for file in message.files:
        _keep_file(contact, file)
    if not message.automatic:
        hearing.listen(contact, facts.policy(row.policy), now=now)
    return contact


def _keep_file(contact: models.Contact, file: File) -> None:
    """Write the file under a random name first, then its row: a crash between leaves no row without a file."""
    folder = config.home() / "attachments"
    folder.mkdir(mode=0o700, exist_ok=True)
    stored_as = secrets.token_hex(32)
    path = folder / stored_as
    path.write_bytes(file.content)
    path.chmod(0o600)
    models.Attachment.objects.create(
        contact=contact,
        name=file.name[:255],
        declared_type=file.declared_type[:120],
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        stored_as=stored_as,
    )
