"""Writing to the customer: a person's replies, and what every mail of ours to him has.

A mail is put into the outbox in the transaction of the decision that causes
it. Nothing here counts as said: that comes when the customer's server has
accepted it (`delivery`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from makegood import config
from makegood.desk import access, models
from makegood.desk.queries import merged
from makegood.language import cards, tone
from makegood.notify.email import compose, reply_address
from makegood.notify.email.reply_address import ReplyAddress
from makegood.notify.email.words import Envelope, PromiseLine, ReplyLetter
from makegood.rules import outgoing, refusals
from makegood.rules.policy import Policy

from . import hearing, links, outbox
from .promises import Words, check
from .record import Decision, deciding

COMPOSING_FOR = timedelta(seconds=60)


def mail_domain(policy: Policy) -> str:
    """Return the domain of our reply addresses."""
    given = config.get("MAKEGOOD_MAIL_DOMAIN")
    if given:
        return given
    addresses = [a for door in policy.doors.values() for a in door.addresses if "@" in a]
    return addresses[0].partition("@")[2] if addresses else (urlsplit(config.base_url()).hostname or "localhost")


def sender_address(policy: Policy, door: str) -> str:
    """Return the address we write from: the door's own if it is a mail door that is nobody's, else the first."""
    own = policy.doors.get(door)
    public = [d for d in policy.doors.values() if d.kind == "mail" and not d.executive and d.addresses]
    if own is not None and own in public:
        return own.addresses[0]
    return public[0].addresses[0] if public else f"desk@{mail_domain(policy)}"


def page_url(secret: str) -> str:
    return f"{config.base_url()}/c/{secret}/"


def customer_address(row: models.Case) -> str:
    """Return where the customer is reached by mail, or an empty string."""
    changed = row.customer.address_changes.select_related("address").last()
    if changed is not None:
        return changed.address.value
    written = row.contacts.filter(direction="in", standing="joined").exclude(from_address="").order_by("-received_at")
    addresses = set(row.customer.addresses.filter(kind="mail").values_list("value", flat=True))
    return next((c.from_address for c in written if c.from_address in addresses), next(iter(sorted(addresses)), ""))


def envelope(d: Decision, *, from_name: str, message_id: str, now: datetime) -> Envelope:
    """Return the envelope of a mail to the case's customer, threaded onto his last message."""
    row = d.row
    said = models.Contact.objects.filter(case__in=merged.family(row.pk)).exclude(message_id="")
    his = said.filter(direction="in", standing="joined").order_by("-received_at").first()
    thread = said.order_by("received_at").values_list("message_id", flat=True)
    return envelope_to(
        d,
        to_address=customer_address(row),
        from_name=from_name,
        message_id=message_id,
        in_reply_to=his.message_id if his else "",
        references=tuple(thread),
        now=now,
    )


def envelope_to(
    d: Decision,
    *,
    to_address: str,
    from_name: str,
    message_id: str,
    in_reply_to: str,
    references: Sequence[str],
    now: datetime,
) -> Envelope:
    """Return the envelope of a mail whose thread is known: `references` are its message ids, oldest first."""
    policy, row = d.u.house.policy, d.row
    answer_to = ReplyAddress(case=row.pk, who="c", id=row.customer_id)
    return Envelope(
        message_id=message_id,
        to_address=to_address,
        to_name=row.customer.name,
        from_name=f"{from_name}, {policy.name}" if from_name else policy.name,
        from_address=sender_address(policy, row.door),
        reply_to=reply_address.make(answer_to, domain=mail_domain(policy)),
        in_reply_to=in_reply_to,
        references=tuple(references)[-10:],
        at=now,
        language=row.language,
        zone=row.customer.time_zone or d.u.house.hours(policy.default_calendar).zone,
        house=policy.name,
    )


# ── a reply ──────────────────────────────────────────────────────────────────


def reply(
    case_id: int,
    *,
    by: models.Staff,
    text: str,
    kinds: Sequence[str],
    says: Sequence[Words] = (),
    keeps: Sequence[int] = (),
    seen: int | None = None,
    confirmed: bool = False,
    subject: str = "",
    now: datetime,
) -> models.Contact:
    """Write to the customer. `seen` is the journal entry the writer had before his eyes.

    Raises SomebodyElseAnswered if another wrote since then or is writing now, unless `confirmed`;
    PromiseNeedsADate, DateIsPast; RemedyForReview; CaseIsClosed.
    """
    row = access.case_by_id(by, case_id)
    says = [replace(words, words=cards.mask(words.words)) for words in says]
    _refuse_empty(text, kinds, says, now=now)
    with deciding(row.pk, now=now) as d:
        if (sent := sent_already(d.row, by, text=text, says=says, seen=seen)) is not None:
            return sent
        if not confirmed:
            refuse_collision(d.row, by, seen=seen, now=now)
        contact = write_reply(d, by=by, text=text, kinds=kinds, says=says, keeps=keeps, subject=subject, now=now)
        d.row.composing.filter(staff=by).delete()
    return contact


def write_reply(
    d: Decision,
    *,
    by: models.Staff,
    text: str,
    kinds: Sequence[str],
    says: Sequence[Words] = (),
    keeps: Sequence[int] = (),
    subject: str = "",
    now: datetime,
) -> models.Contact:
    """Write a reply within a decision: the contact, the event, and the mail in the outbox."""
    marked = tuple(dict.fromkeys([*kinds, *(["promise"] if says else [])]))
    message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
    if not compose.is_address(customer_address(d.row)):
        raise refusals.CannotReceive(
            "This customer has no mail address we can write to. Find another way to reach him."
        )
    contact = models.Contact.objects.create(
        case=d.row,
        direction="out",
        standing="waiting",
        door="mail",
        kinds=list(marked),
        received_at=now,
        staff=by,
        customer=d.row.customer,
        from_name=by.name,
        to_addresses=[customer_address(d.row)],
        subject=subject or answer_subject(d.row),
        # A card number is not for mail, whoever typed it.
        text=cards.mask(text.strip()),
        message_id=message_id,
        keeps=list(keeps),
        says=[words.plain() for words in says],
    )
    outgoing.write(d.u, contact=contact.pk, kinds=marked, by=by.pk, at=now)
    hearing.judge_ours(contact, d.u.house.policy, marked=marked, says=says, by=by)
    secret = links.make(d.row, models.Link.Purpose.PAGE, customer=d.row.customer, now=now)
    letter = ReplyLetter(
        envelope=envelope(d, from_name=by.name, message_id=message_id, now=now),
        case=d.row.number,
        subject=contact.subject,
        text=contact.text,
        promises=tuple(PromiseLine(words=w.words, said_at=now, due_at=w.due_at, near_at=w.near_at) for w in says),
        page_url=page_url(secret),
    )
    outbox.enqueue(
        message_id=message_id,
        purpose="reply",
        to_address=letter.envelope.to_address,
        body=compose.reply(letter),
        envelope_from=letter.envelope.from_address,
        case=d.row,
        contact=contact,
        now=now,
    )
    return contact


def answer_subject(row: models.Case) -> str:
    subject = row.subject or row.number
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _refuse_empty(text: str, kinds: Sequence[str], says: Sequence[Words], *, now: datetime) -> None:
    if not text.strip():
        raise refusals.Refusal(sentence="There is nothing to send: write something first.")
    unknown = set(kinds) - set(outgoing.OUTGOING_KINDS)
    if unknown:
        raise refusals.Refusal(sentence=f"“{sorted(unknown)[0][:40]}” is no kind of reply.")
    if "promise" in kinds and not says:
        raise refusals.UndatedAssurance("Set the date of the promise, or take the kind “promise” away.")
    if tone.hangs_on_review(text):
        raise refusals.RemedyForReview
    for words in says:
        check(words, now=now)


def sent_already(
    row: models.Case, by: models.Staff, *, text: str, says: Sequence[Words], seen: int | None
) -> models.Contact | None:
    """Return the letter that this very form has sent before: a double click, or Back and Send again."""
    if seen is None:
        return None
    written = row.journal.filter(name="contact.written", seq__gt=seen, by=by)
    contacts = [entry.facts["contact"] for entry in written]
    same = row.contacts.filter(pk__in=contacts, text=cards.mask(text.strip()))
    return next((c for c in same if c.says == [words.plain() for words in says]), None)


def refuse_collision(row: models.Case, by: models.Staff, *, seen: int | None, now: datetime) -> None:
    """Refuse if somebody answered since the writer looked (he himself in another tab, too), or is answering now."""
    others = row.composing.exclude(staff=by).filter(at__gt=now - COMPOSING_FOR).select_related("staff")
    names = sorted({c.staff.name for c in others})
    if seen is not None:
        since = row.journal.filter(name="contact.written", seq__gt=seen).select_related("by")
        names += sorted({entry.by.name for entry in since if entry.by})
    if names:
        raise refusals.SomebodyElseAnswered(*(f"{name}." for name in dict.fromkeys(names)))


def compose_here(row: models.Case, *, by: models.Staff, now: datetime) -> list[str]:
    """Note that somebody has a reply open; return the names of others who have one open too."""
    models.Composing.objects.update_or_create(case=row, staff=by, defaults={"at": now})
    others = row.composing.exclude(staff=by).filter(at__gt=now - COMPOSING_FOR).select_related("staff")
    return [c.staff.name for c in others]
