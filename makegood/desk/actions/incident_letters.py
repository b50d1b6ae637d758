"""Telling everybody: one letter, filled in for each, on the case of each, through the outbox like any other reply.

It is an answer of a person's to people who may not have asked yet: it bears the incident owner's name, is news, and
counts as said to each when his own server has accepted it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from makegood.desk import models, reading
from makegood.language import cards
from makegood.notify.email import compose, gift_words
from makegood.notify.email.words import Envelope, ReplyLetter
from makegood.rules import affected, blanks, closing, outgoing
from makegood.rules.affected import Giving, Telling
from makegood.rules.money import Money
from makegood.rules.remedies import Remedy

from . import links, outbox, rows
from .letters import envelope_to, mail_domain, page_url
from .record import Decision

KINDS = ("news",)
"""A new fact about the cause: what opens a case's clocks anew, and says nothing that was not said."""


def write(incident: models.Incident, told: Sequence[tuple[models.Affected, Decision]], *, now: datetime) -> int:
    """Write the letter to each of these people, each on his own case; returns to how many. Part of a transaction.

    A case that was closed opens again: it is not over.
    """
    able = [(person, d) for person, d in told if compose.is_address(person.address)]
    for person, _ in told:
        if not compose.is_address(person.address):
            _stand(person, Telling.NO_ADDRESS)
    message_ids = [outbox.new_message_id(mail_domain(d.u.house.policy)) for _, d in able]
    filled = [_filled(incident, person, d) for person, d in able]
    contacts = rows.create(
        [
            models.Contact(
                case=d.row,
                direction="out",
                standing="waiting",
                door="mail",
                kinds=list(KINDS),
                received_at=now,
                staff=incident.owner,
                customer=d.row.customer,
                from_name=incident.owner.name,
                to_addresses=[person.address],
                subject=subject,
                text=text,
                message_id=message_id,
            )
            for (person, d), (subject, text), message_id in zip(able, filled, message_ids, strict=True)
        ]
    )
    secrets = links.make_all([(d.row, d.row.customer) for _, d in able], now=now)
    mails = []
    for (person, d), contact, secret in zip(able, contacts, secrets, strict=True):
        if not d.u.case.open:
            closing.reopen(d.u, at=now, unresolved=False, by=incident.owner_id)
        outgoing.write(d.u, contact=contact.pk, kinds=KINDS, by=incident.owner_id, at=now)
        person.contact = contact
        _stand(person, Telling.WRITTEN)
        mails.append(_mail(incident, person, d, contact, page_url(secret), now=now))
    rows.create(mails)
    return len(told)


def say_given(
    incident: models.Incident, given: Sequence[tuple[models.Affected, Decision, Remedy]], *, words: str, now: datetime
) -> None:
    """Tell each of these people what he was given, with the words of whoever gives it. Part of a transaction.

    Whoever has no address is told by a person, as the rest was told him.
    """
    able = [each for each in given if compose.is_address(each[0].address)]
    titles = _titles([(d, remedy) for _, d, remedy in able])
    secrets = links.make_all([(d.row, d.row.customer) for _, d, _ in able], now=now)
    mails = []
    for (person, d, remedy), secret in zip(able, secrets, strict=True):
        subject, text = gift_words.given(
            titles=titles[d.row.pk, remedy.number],
            words=words,
            chooses=remedy.ordered_at is None,
            language=d.row.language,
        )
        message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
        envelope = _envelope(incident, person, d, message_id, now=now)
        letter = ReplyLetter(
            envelope=envelope, case=d.row.number, subject=subject, text=text, page_url=page_url(secret)
        )
        mails.append(
            outbox.written(
                message_id=message_id,
                purpose="given",
                to_address=person.address,
                body=compose.reply(letter),
                envelope_from=envelope.from_address,
                case=d.row,
                now=now,
            )
        )
    rows.create(mails)


def _titles(given: Sequence[tuple[Decision, Remedy]]) -> dict[tuple[int, int], list[str]]:
    """Return what each of these remedies is called, by case and number."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    cases_ = reading.keys([d.row.pk for d, _ in given])
    options = models.RemedyOption.objects.filter(remedy__case__in=cases_).order_by("remedy", "nth")
    for case, number, title in options.values_list("remedy__case", "remedy__number", "title"):
        found[case, number].append(title)
    return found


def _stand(person: models.Affected, telling: Telling) -> None:
    person.telling = str(telling)
    person.standing = str(affected.standing(telling, Giving(person.giving)))


def _filled(incident: models.Incident, person: models.Affected, d: Decision) -> tuple[str, str]:
    letter = incident.letters.get(d.row.language) or incident.letters.get("en") or next(iter(incident.letters.values()))
    values = {
        "name": person.name or d.row.customer.name or person.address,
        "order": person.order,
        "item": person.item,
        "amount": Money(incident.currency, person.amount).plain() if person.amount is not None else "",
        "case": d.row.number,
        "owner": incident.owner.name,
        "house": d.u.house.policy.name,
    }
    subject, text = (cards.mask(blanks.fill(letter[part], values)) for part in ("subject", "text"))
    return subject[:300], text


def _mail(
    incident: models.Incident,
    person: models.Affected,
    d: Decision,
    contact: models.Contact,
    url: str,
    *,
    now: datetime,
) -> models.OutboxItem:
    envelope = _envelope(incident, person, d, contact.message_id, now=now)
    letter = ReplyLetter(envelope=envelope, case=d.row.number, subject=contact.subject, text=contact.text, page_url=url)
    return outbox.written(
        message_id=contact.message_id,
        purpose="reply",
        to_address=person.address,
        body=compose.reply(letter),
        envelope_from=envelope.from_address,
        case=d.row,
        contact=contact,
        now=now,
    )


def _envelope(
    incident: models.Incident, person: models.Affected, d: Decision, message_id: str, *, now: datetime
) -> Envelope:
    return envelope_to(
        d,
        to_address=person.address,
        from_name=incident.owner.name,
        message_id=message_id,
        in_reply_to="",
        references=(),
        now=now,
    )
