"""Applying a decision: journal, promises, alarms, notices and the case's columns, in one transaction.

`deciding` is how every action takes hold of a case: it locks the row, folds
the journal, lets time catch up, and writes down whatever the decision let
happen. A Refusal raised inside leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from makegood.desk import facts, models
from makegood.desk.crashpoints import crashpoint
from makegood.rules import events as ev
from makegood.rules import rounds, spans
from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.people import People
from makegood.rules.promises import Promise, State
from makegood.rules.unfolding import Unfolding

from . import journal, notices


@dataclass
class Decision:
    """A case in somebody's hands: its row, its facts as they unfold, and the words of new promises."""

    row: models.Case
    u: Unfolding
    actor: str
    words: dict[str, str] = field(default_factory=dict)
    """words_hash → the words, for promises said in this decision."""
    by_time: int = 0
    """How many of the first events time alone brought."""


@contextmanager
def deciding(case_id: int, *, now: datetime, actor: str = "staff", people: People | None = None) -> Iterator[Decision]:
    """Take hold of a case, let time catch up with it, and record what the body lets happen."""
    with transaction.atomic():
        row = models.Case.objects.select_for_update(of=("self",)).select_related("policy").get(pk=case_id)
        u = Unfolding(facts.case(row), facts.house(row.policy, people), now=now)
        rounds.advance(u, now=now)
        decision = Decision(row=row, u=u, actor=actor, by_time=len(u.events))
        yield decision
        record(decision, now=now)
        crashpoint("action.before_commit")
    crashpoint("action.after_commit")


def record(decision: Decision, *, now: datetime) -> None:
    """Write down what a decision let happen. Does nothing when nothing did."""
    row, u = decision.row, decision.u
    if not u.events:
        return
    by_time, by_somebody = u.events[: decision.by_time], u.events[decision.by_time :]
    entries = [
        *journal.append(row, by_time, actor="watch", now=now),
        *journal.append(row, by_somebody, actor=decision.actor, now=now),
    ]
    models.Entry.objects.bulk_create(entries)
    crashpoint("record.after_journal")
    save_promises(row, u.events, u.case, u, words=decision.words, now=now)
    save_alarms(row, u.events, entries, u.case, now=now)
    save_handoffs(row, u.events)
    save_case(row, u)
    notices.write(row, entries, now=now)


def save_case(row: models.Case, u: Unfolding) -> None:
    """Write onto the row what the case now adds up to."""
    case = u.case
    moved = row.owner_id != case.owner
    row.owner_id = case.owner
    row.offered_to_id = case.offer.to if case.offer else None
    row.open, row.quarantined = case.open, case.quarantined
    row.ball, row.ball_until = str(case.ball), case.ball_until
    row.closed_at = case.closed_at
    row.unanswered_at, row.substantive_at = case.unanswered_at, case.substantive_at
    row.need_by = case.need_by
    row.asks, row.apologised_twice = case.asks, "MG205" in case.findings
    row.next_due_at = next_due(case, u)
    row.rung = max((p.climb.rung for p in case.outstanding() if p.climb), default=-1)
    row.slipped_at = row.slipped_at or slipped_at(u.events, u.house)
    row.wakes_at = rounds.wakes_at(case, u.house)
    row.crashed_until = None
    if moved:
        row.team_id = models.Staff.objects.values_list("team_id", flat=True).get(pk=case.owner) or row.team_id
    row.save()


def next_due(case: Case, u: Unfolding) -> datetime | None:
    """Return when the next promise the customer would notice is due; one that broke counts as it did."""
    if not case.open:
        return None
    due = [_falls_due(p) for p in case.outstanding() if is_shown(p, u)]
    return min(due, default=min((_falls_due(p) for p in case.outstanding()), default=None))


def _falls_due(promise: Promise) -> datetime:
    """Return when a promise falls due; of a paused one, when it would if its pause lasted to the limit."""
    if promise.paused and promise.paused_at and promise.paused_until:
        return promise.due_at + (promise.paused_until - promise.paused_at)
    return promise.due_at


def is_shown(promise: Promise, u: Unfolding) -> bool:
    """Return whether the customer sees it: what was said, and clocks that the policy shows."""
    kind = u.house.policy.kinds.get(promise.kind)
    return promise.said or (kind is not None and kind.shown)


def slipped_at(happened: list[ev.Event], house: House) -> datetime | None:
    """Return when these events made the case a slip: told too late, or the customer had to climb himself."""
    limit, hours = house.policy.alarm_limit, house.hours(house.policy.default_calendar)
    for event in happened:
        if isinstance(event, ev.AlarmMissed):
            return event.at
        if isinstance(event, ev.AlarmRaised) and event.numbers and not event.repeat:
            if event.told_at > spans.due_at(limit, event.at, hours):
                return event.at
            continue
        if isinstance(event, ev.FindingMade) and event.code == "MG302":
            return event.at
    return None


def save_promises(
    row: models.Case,
    happened: list[ev.Event],
    case: Case,
    u: Unfolding,
    *,
    words: dict[str, str],
    now: datetime,
) -> None:
    """Make new promise rows, and bring those that these events touched up to date."""
    touched = {e.number for e in happened if hasattr(e, "number")}
    for event in happened:
        if isinstance(event, ev.AlarmRaised):
            touched |= set(event.numbers)
    made = {e.number: e for e in happened if isinstance(e, ev.PromiseMade)}
    rows = {p.number: p for p in row.promises.filter(number__in=touched)} if touched - made.keys() else {}
    for number in sorted(touched):
        fact = case.promise(number)
        promise = rows.get(number) or _new_promise(row, made[number], fact, u, words=words)
        _bring_up_to_date(promise, fact, happened, now=now)
        promise.save()
        rows[number] = promise


def _new_promise(
    row: models.Case, made: ev.PromiseMade, fact: Promise, u: Unfolding, *, words: dict[str, str]
) -> models.Promise:
    ancestor = row.promises.filter(number=made.ancestor).first() if made.ancestor else None
    return models.Promise(
        case=row,
        number=made.number,
        kind=made.kind,
        source=made.source,
        staff_id=made.by,
        said=made.said,
        shown=is_shown(fact, u),
        words=words.get(made.words_hash, "") or _standing_words(made, u, row.language),
        contact_id=made.contact,
        from_at=made.from_at,
        made_at=made.at,
        first_due_at=made.due_at,
        due_at=made.due_at,
        near_at=made.near_at,
        calendar=made.calendar,
        zone=made.zone,
        ancestor=ancestor,
    )


def _standing_words(made: ev.PromiseMade, u: Unfolding, language: str) -> str:
    door = u.house.policy.doors.get(made.kind.removeprefix("standing "))
    said = [w for w in door.standing if str(w.source) == made.source] if door else []
    return next((w.words for w in said if w.language == language), said[0].words if said else "")


def _bring_up_to_date(promise: models.Promise, fact: Promise, happened: list[ev.Event], *, now: datetime) -> None:
    promise.due_at = fact.due_at
    promise.state = str(fact.state)
    promise.running, promise.outstanding = fact.running, fact.outstanding
    promise.broken_at, promise.kept_at = fact.broken_at, fact.kept_at
    promise.kept_by_id = fact.kept_by
    over = fact.state in (State.RELEASED, State.REPLACED, State.ENDED) or fact.replaced_by
    if over and promise.settled_at is None:
        promise.settled_at = fact.released_at or fact.ended_at or _last(happened)
    for event in happened:
        if getattr(event, "number", None) == promise.number:
            _note_pause(promise, event)
            if isinstance(event, ev.PromiseKept) and event.why:
                promise.evidence = event.why
        if isinstance(event, ev.AlarmRaised) and promise.number in event.numbers and event.to:
            promise.told_at = promise.told_at or now


def _note_pause(promise: models.Promise, event: ev.Event) -> None:
    if isinstance(event, ev.PromisePaused):
        promise.pauses = [*promise.pauses, [event.at.isoformat(), None]]
    elif promise.pauses and promise.pauses[-1][1] is None:
        promise.pauses = [*promise.pauses[:-1], [promise.pauses[-1][0], event.at.isoformat()]]


def _last(happened: list[ev.Event]) -> datetime:
    return max(event.at for event in happened)


def save_alarms(
    row: models.Case,
    happened: list[ev.Event],
    entries: list[models.Entry],
    case: Case,
    *,
    now: datetime,
) -> None:
    """Write each rung that was told, and end those whose cause is answered or settled."""
    for event, entry in zip(happened, entries, strict=True):
        if isinstance(event, ev.AlarmRaised | ev.AlarmMissed):
            missed = isinstance(event, ev.AlarmMissed)
            # An alarm about no promise (asked for a manager) is word, not a bell: its promise rings later.
            over_at = now if missed or not event.numbers else None
            alarm = models.Alarm.objects.create(
                case=row,
                seq=entry.seq,
                numbers=list(event.numbers),
                rung=event.rung,
                due_at=event.at,
                told_at=event.told_at,
                repeat=getattr(event, "repeat", False),
                missed=missed,
                skipped=list(getattr(event, "skipped", ())),
                over_at=over_at,
            )
            alarm.to.set(getattr(event, "to", ()))
        elif isinstance(event, ev.AlarmAcknowledged):
            row.alarms.filter(over_at=None).update(over_at=event.at, acknowledged_by=event.by)
    ringing = {p.number for p in case.ringing} if case.open else set()
    for alarm in row.alarms.filter(over_at=None):
        if not ringing & set(alarm.numbers):
            alarm.over_at = now
            alarm.save(update_fields=["over_at"])


def save_handoffs(row: models.Case, happened: list[ev.Event]) -> None:
    """Write offers of the case and their answers."""
    for event in happened:
        if isinstance(event, ev.HandoffOffered):
            row.handoffs.create(from_staff_id=row.owner_id, to_staff_id=event.to, offered_at=event.at)
            continue
        waiting = row.handoffs.filter(accepted_at=None, returned_at=None)
        if isinstance(event, ev.HandoffAccepted):
            waiting.update(accepted_at=event.at)
        elif isinstance(event, ev.HandoffReturned) or (isinstance(event, ev.OwnerChanged) and event.why != "handoff"):
            waiting.update(returned_at=event.at, why=event.why[:300])
