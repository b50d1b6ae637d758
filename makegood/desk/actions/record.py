"""Applying a decision: journal, promises, alarms, remedies, books, notices and the case's columns, in one transaction.

`deciding` is how every action takes hold of a case: it locks the row, folds
the journal, lets time catch up, and writes down whatever the decision let
happen. A Refusal raised inside leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from makegood.desk import facts, models
from makegood.desk.chain import Line
from makegood.desk.crashpoints import crashpoint
from makegood.rules import events as ev
from makegood.rules import rounds, spans
from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.people import People
from makegood.rules.promises import Promise
from makegood.rules.unfolding import Unfolding

from . import incident_rows, journal, notices, rows, written_alarms, written_promises, written_remedies
from .written_promises import Happened, is_shown


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
    before: rows.Before = field(init=False, repr=False)
    """The columns of the row when it was taken hold of."""

    def __post_init__(self) -> None:
        self.before = rows.read(self.row, FOLLOWS_THE_JOURNAL)


@contextmanager
def deciding(case_id: int, *, now: datetime, actor: str = "staff", people: People | None = None) -> Iterator[Decision]:
    """Take hold of a case, let time catch up with it, and record what the body lets happen."""
    with deciding_all([case_id], now=now, actor=actor, people=people) as (decision,):
        yield decision


@contextmanager
def deciding_all(
    case_ids: Sequence[int], *, now: datetime, actor: str = "staff", people: People | None = None
) -> Iterator[list[Decision]]:
    """Take hold of several cases, each of them once, and record in one transaction what the body lets happen.

    The decisions come in the order of `case_ids`.
    """
    with transaction.atomic():
        people = people or facts.people()
        # Locked in one order whoever asks, so that two who want the same cases never wait for each other.
        found = models.Case.objects.select_for_update(of=("self",)).select_related("policy", "customer")
        light = found.defer("policy__text", "policy__laws", "policy__holidays").filter(pk__in=case_ids)
        rows = {row.pk: row for row in light.order_by("pk")}
        if len(rows) != len(case_ids):
            raise models.Case.DoesNotExist
        stories = facts.all_cases(list(rows.values()))
        decisions = []
        for pk in case_ids:
            u = Unfolding(stories[pk], facts.house(rows[pk].policy, people), now=now)
            rounds.advance(u, now=now)
            decisions.append(Decision(row=rows[pk], u=u, actor=actor, by_time=len(u.events)))
        yield decisions
        record_all(decisions, now=now)
        crashpoint("action.before_commit")
    crashpoint("action.after_commit")


def record(decision: Decision, *, now: datetime) -> None:
    """Write down what a decision let happen. Does nothing when nothing did."""
    record_all([decision], now=now)


def record_all(decisions: Sequence[Decision], *, now: datetime) -> None:
    """Write down what these decisions let happen, each on a case of its own, in as few statements as one would need."""
    moved = [d for d in decisions if d.u.events]
    if not moved:
        return
    entries = {d.row.pk: _entries(d, now=now) for d in moved}
    journal.save(line for lines in entries.values() for line in lines)
    crashpoint("record.after_journal")
    stories = [Happened(row=d.row, u=d.u, words=d.words) for d in moved]
    written_promises.save(stories, now=now)
    written_alarms.save(stories, entries, now=now)
    written_remedies.save(stories, now=now)
    for decision in moved:
        save_handoffs(decision.row, decision.u.events)
        bring_up_to_date(decision.row, decision.u)
    rows.update([(d.row, d.before) for d in moved], FOLLOWS_THE_JOURNAL)
    incident_rows.follow((d.row, d.u) for d in moved)
    told = ((d.row, d.u.house.people, zip(d.u.events, entries[d.row.pk], strict=True)) for d in moved)
    notices.write(told, now=now)


def _entries(decision: Decision, *, now: datetime) -> list[Line]:
    row, events, nth = decision.row, decision.u.events, decision.by_time
    return [
        *journal.append(row, events[:nth], actor="watch", now=now),
        *journal.append(row, events[nth:], actor=decision.actor, now=now),
    ]


FOLLOWS_THE_JOURNAL = (
    "owner_id",
    "offered_to_id",
    "team_id",
    "policy_id",
    "open",
    "quarantined",
    "ball",
    "ball_until",
    "closed_at",
    "unanswered_at",
    "substantive_at",
    "need_by",
    "asks",
    "apologised_twice",
    "next_due_at",
    "rung",
    "slipped_at",
    "wakes_at",
    "crashed_until",
    "merged_into_id",
    "head_seq",
    "head_hash",
)
"""The columns of a case that are what its journal adds up to."""


def bring_up_to_date(row: models.Case, u: Unfolding) -> None:
    """Set on the row what the case now adds up to."""
    case = u.case
    moved = row.owner_id != case.owner
    row.owner_id = case.owner
    row.offered_to_id = case.offer.to if case.offer else None
    row.open, row.quarantined = case.open, case.quarantined
    row.ball, row.ball_until = str(case.ball), case.ball_until
    row.closed_at = case.closed_at
    row.unanswered_at, row.substantive_at = case.unanswered_at, case.substantive_at
    row.need_by = case.need_by
    row.merged_into_id = case.merged_into
    row.asks, row.apologised_twice = case.asks, "MG205" in case.findings
    owed = case.outstanding()
    row.next_due_at = next_due(case, owed, u)
    row.rung = max([p.climb.rung for p in owed if p.climb], default=-1)
    row.slipped_at = row.slipped_at or slipped_at(u.events, u.house)
    row.wakes_at = u.wakes_at
    row.crashed_until = None
    if moved:
        row.team_id = models.Staff.objects.values_list("team_id", flat=True).get(pk=case.owner) or row.team_id


def next_due(case: Case, owed: Sequence[Promise], u: Unfolding) -> datetime | None:
    """Return when the next promise the customer would notice is due; one that broke counts as it did."""
    if not case.open:
        return None
    return min([_falls_due(p) for p in owed if is_shown(p, u)] or map(_falls_due, owed), default=None)


def _falls_due(promise: Promise) -> datetime:
    """Return when a promise falls due; of a paused one, when it would if its pause lasted to the limit."""
    if promise.paused and promise.paused_at and promise.paused_until:
        return promise.due_at + (promise.paused_until - promise.paused_at)
    return promise.due_at


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


def save_handoffs(row: models.Case, happened: list[ev.Event]) -> None:
    """Write offers of the case and their answers."""
    for event in happened:
        if isinstance(event, ev.HandoffOffered):
            row.handoffs.create(from_staff_id=row.owner_id, to_staff_id=event.to, offered_at=event.at)
        elif isinstance(event, ev.HandoffAccepted):
            _waiting(row).update(accepted_at=event.at)
        elif isinstance(event, ev.HandoffReturned) or (isinstance(event, ev.OwnerChanged) and event.why != "handoff"):
            _waiting(row).update(returned_at=event.at, why=event.why[:300])


def _waiting(row: models.Case) -> QuerySet[models.Handoff]:
    return row.handoffs.filter(accepted_at=None, returned_at=None)
