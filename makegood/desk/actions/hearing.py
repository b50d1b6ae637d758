"""What messages seem to say: proposed when they come and when they go, confirmed or overruled by people.

A proposal moves nothing. What a person says to it is kept beside it, so that how well the house is
understood is a number that can be opened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from makegood.desk import access, models
from makegood.desk.queries import merged
from makegood.language import listening
from makegood.language.listening import Reading
from makegood.language.times import Spoken
from makegood.rules import incoming, refusals
from makegood.rules.policy import Policy

from . import rows, wishes
from .promises import Words
from .record import deciding

SAME_MOMENT = timedelta(minutes=15)
"""“Within 24 hours” ends later at every press of a key; within this long it is the same promise."""
Task, Verdict, Reader = models.Heard.Task, models.Heard.Verdict, models.Heard.Reader


# ── whose clock the words are read on ────────────────────────────────────────


def our_clock(by: models.Staff, policy: Policy, *, at: datetime) -> Spoken:
    """Return the clock on which a colleague's "tomorrow at noon" is read: his own zone, his own calendar."""
    hours = policy.calendars.get(by.calendar) or policy.calendars[policy.default_calendar]
    zone = by.time_zone or hours.zone
    return Spoken(said_at=at, zone=zone, locale=listening.locale_of(zone), hours=hours)


def their_clock(customer: models.Customer | None, policy: Policy, *, at: datetime) -> Spoken:
    """Return the clock on which a customer's words are read: his zone where we know it, else the house's."""
    hours = policy.calendars[policy.default_calendar]
    zone = (customer.time_zone if customer else "") or hours.zone
    return Spoken(said_at=at, zone=zone, locale=listening.locale_of(zone), hours=hours)


# ── a message of the customer's ──────────────────────────────────────────────


def listen(came: Iterable[tuple[models.Contact, Policy]], *, now: datetime) -> None:
    """Keep what messages of customers seem to say. Part of the transaction that keeps the messages."""
    heard: list[tuple[models.Contact, Reading]] = []
    for contact, policy in came:
        spoken = their_clock(contact.customer, policy, at=contact.received_at)
        readings = listening.incoming(contact.text, spoken=spoken, declared=contact.case.language)
        heard += [(contact, reading) for reading in readings]
    _save(heard, reader=Reader.RULES, now=now)


def keep(contact: models.Contact, readings: Iterable[Reading], *, reader: models.Heard.Reader, now: datetime) -> None:
    """Keep proposals about a message, none of them judged."""
    _save([(contact, reading) for reading in readings], reader=reader, now=now)


def confirm(
    contact_id: int,
    *,
    labels: Collection[str],
    also: Collection[int] = (),
    by: models.Staff,
    now: datetime,
) -> None:
    """Say what a message is. `also` are the proposals besides its labels that are right: need-by, wish, references.

    A need-by that is right is on the record, and the reply is due then if that is sooner. What he would like is
    his wish, where none is known yet. A message that asks for somebody higher has asked for a manager.
    Raises Refusal for a label there is not, Http404 for a message of a case that is not his.
    """
    unknown = set(labels) - set(incoming.LABELS)
    if unknown:
        raise refusals.Refusal(sentence=f"“{sorted(unknown)[0][:40]}” is nothing a message can be.")
    contact = access.contact_for(by, contact_id)
    joined = contact.standing == models.Contact.Standing.JOINED
    if contact.direction != models.Contact.Direction.IN or not joined:
        raise refusals.Refusal(sentence="Only what a customer wrote on this case can be read so.")
    with deciding(merged.key_of(contact.case_id), now=now) as d:
        rows = list(contact.heard.select_for_update())
        chosen = tuple(label for label in incoming.LABELS if label in labels)
        incoming.note_reading(d.u, contact=contact.pk, labels=chosen, by=by.pk, at=now)
        for row in rows:
            right = row.label in labels if row.task == Task.LABEL else row.pk in also
            newly = right and row.verdict != Verdict.CONFIRMED
            _judge(row, right=right, by=by, at=now)
            acts = d.u.case.open and not d.u.case.quarantined
            if newly and acts and row.task == Task.NEED_BY and row.due_at is not None:
                incoming.note_need_by(d.u, need_by=row.due_at, words=row.words[:300], by=by.pk, at=now)
            if newly and acts and row.task == Task.WISH and not d.row.wishes.exists():
                wishes.say_within(d, row.words, door=contact.door, by=by, now=now)
        missed = set(labels) - {row.label for row in rows if row.task == Task.LABEL}
        _keep_missed(contact, Task.LABEL, missed, by=by, at=now)
        models.Contact.objects.filter(pk=contact.pk).update(kinds=list(chosen))


# ── a message of ours ────────────────────────────────────────────────────────


def judge_ours(
    contact: models.Contact, policy: Policy, *, marked: Collection[str], says: Sequence[Words], by: models.Staff
) -> None:
    """Keep what reading would have proposed for our letter, with what its writer marked. Part of its transaction.

    Where the writer marked nothing at all he said nothing about the proposals, and they stay open.
    """
    at = contact.received_at
    readings = listening.outgoing(contact.text, spoken=our_clock(by, policy, at=at), declared=contact.case.language)
    rows = []
    for reading in readings:
        row = models.Heard(**_columns(contact, reading, reader=Reader.RULES, at=at))
        right = reading.label in marked if reading.task == Task.KIND else any(_same(reading, w) for w in says)
        if (marked or says) and _could_be_taken(reading):
            _settle(row, right=right, by=by, at=at)
        rows.append(row)
    models.Heard.objects.bulk_create(rows)
    _keep_missed(contact, Task.KIND, set(marked) - {r.label for r in rows if r.task == Task.KIND}, by=by, at=at)
    read = [r for r in readings if r.task == Task.PROMISE]
    for words in says:
        if not any(_same(reading, words) for reading in read):
            row = _missed(contact, Task.PROMISE, "us", by=by, at=at)
            row.due_at, row.words = words.due_at, words.words
            row.save()


def _could_be_taken(reading: Reading) -> bool:
    """Whether the writer had a box for it: a promise without a date, or somebody else's, he could only leave."""
    return reading.task == Task.KIND or (reading.label == "us" and reading.due_at is not None)


def _same(reading: Reading, words: Words) -> bool:
    """Whether a reading is the promise that was taken: “within 24 hours” ended a little earlier then."""
    return reading.due_at is not None and abs(reading.due_at - words.due_at) <= SAME_MOMENT


# ── rows ─────────────────────────────────────────────────────────────────────


def _columns(
    contact: models.Contact, reading: Reading, *, reader: models.Heard.Reader, at: datetime
) -> dict[str, object]:
    return {
        "contact_id": contact.pk,
        "task": reading.task,
        "reader": str(reader),
        "label": reading.label[:200],
        "due_at": reading.due_at,
        "words": reading.words[:1000],
        "start": reading.start,
        "end": reading.end,
        "rule": reading.rule[:80],
        "sure": reading.sure,
        "language": reading.language,
        "verdict": str(Verdict.OPEN),
        "read_at": at,
    }


def _save(heard: Sequence[tuple[models.Contact, Reading]], *, reader: models.Heard.Reader, now: datetime) -> None:
    """Write proposals down. A message gives several: as rows of the model they would cost more than all reading."""
    made = [_columns(contact, reading, reader=reader, at=now) for contact, reading in heard]
    if made:
        rows.insert(models.Heard, tuple(made[0]), [tuple(each.values()) for each in made])


def _settle(row: models.Heard, *, right: bool, by: models.Staff, at: datetime) -> None:
    row.verdict = Verdict.CONFIRMED if right else Verdict.OVERRULED
    row.judged_by, row.judged_at = by, at


def _judge(row: models.Heard, *, right: bool, by: models.Staff, at: datetime) -> None:
    """Settle a row that is kept already. One that a person put there himself goes when he takes it back."""
    if row.verdict == Verdict.MISSED:
        if not right:
            row.delete()
        return
    _settle(row, right=right, by=by, at=at)
    row.save(update_fields=["verdict", "judged_by", "judged_at"])


def _keep_missed(
    contact: models.Contact, task: models.Heard.Task, labels: Iterable[str], *, by: models.Staff, at: datetime
) -> None:
    models.Heard.objects.bulk_create([_missed(contact, task, label, by=by, at=at) for label in sorted(labels)])


def _missed(
    contact: models.Contact, task: models.Heard.Task, label: str, *, by: models.Staff, at: datetime
) -> models.Heard:
    return models.Heard(
        contact=contact,
        task=task,
        label=label,
        rule="a person",
        sure=1.0,
        verdict=Verdict.MISSED,
        read_at=at,
        judged_by=by,
        judged_at=at,
    )
