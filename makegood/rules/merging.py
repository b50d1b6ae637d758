"""Two cases of one customer that are one matter: one goes on in the other, and they can be parted again.

What the case that goes still owes is owed by the case that is kept, under the same words and the same date; of
two clocks of one kind the one that falls due first runs on. Nothing is owed by neither, at no moment: both cases
change in one decision. Letters, notes and remedies stay where they are, so nobody reads what he could not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from . import clocks, closing, merge_events, ownership, refusals
from . import events as ev
from .cases import Ball, Case
from .promises import Promise
from .unfolding import Unfolding


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the record knows of a promise beside its fold."""

    by: int | None
    words_hash: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two cases: its key in the record, the number that people say, and the case as it unfolds."""

    key: int
    number: str
    u: Unfolding


def reasons_not_to_merge(gone: Case, kept: Case) -> tuple[str, ...]:
    """Return every reason why `gone` can't go on in `kept`, as sentences; empty when it can."""
    reasons = []
    if not (gone.open and kept.open):
        reasons.append("Both cases must be open: open the closed one again first.")
    if gone.quarantined or kept.quarantined:
        reasons.append("One of them is set aside: judge it first.")
    if gone.proposed or kept.proposed:
        reasons.append("A stranger's message waits to be judged on one of them: judge it first.")
    if gone.pending:
        reasons.append("A reply on it has not reached the customer's mail server yet: wait until it is accepted.")
    if gone.remedies or gone.holdings or gone.items:
        reasons.append("It has remedies, things of its own, or property that we hold: merge the other case into it.")
    if gone.absorbed:
        reasons.append("Another case goes on in it: merge the other way round, or part them first.")
    return tuple(reasons)


def merge(gone: Side, kept: Side, told: Mapping[int, Told], *, why: str, by: int | None, at: datetime) -> None:
    """Let one case go on in another. Raises CannotMerge with every reason against it.

    `told` has what the record knows of the promises of the case; one made in this very decision is a clock.
    """
    reasons = reasons_not_to_merge(gone.u.case, kept.u.case)
    if reasons:
        raise refusals.CannotMerge(*reasons)
    if gone.u.case.offer is not None:
        ownership.return_offer(gone.u, by=by, at=at, why="the case goes on in another one")
    clocks.resume(gone.u, at=at)
    _absorb(gone, kept.u, by=by, at=at)
    for promise in gone.u.case.outstanding():
        zone = kept.u.house.hours(promise.calendar).zone
        of_now = Told(by=None, words_hash="", zone=zone)
        _carry(promise, gone.key, kept.u, told.get(promise.number, of_now), at=at)
        why_ended = f"it goes on in {kept.number}"
        gone.u.happen(ev.PromiseEnded(at=at, by=by, number=promise.number, why=why_ended))
    gone.u.happen(merge_events.CaseMerged(at=at, by=by, into=kept.key, why=why))


def _absorb(gone: Side, kept: Unfolding, *, by: int | None, at: datetime) -> None:
    """Take over what the case had come to: how high it rang, who waits, when he needs it, whose turn it is."""
    case = gone.u.case
    heard = [p.climb.rung for p in case.outstanding() if p.climb is not None]
    kept.happen(
        merge_events.CaseAbsorbed(
            at=at,
            by=by,
            case=gone.key,
            rung=max([case.lowest_rung, *heard]),
            apologies=case.apologies,
            substantive_at=case.substantive_at,
            wish_asked_at=case.wish_asked_at,
        )
    )
    waits_since = case.unanswered_at
    if waits_since is not None:
        for contact in case.unanswered_by:
            kept.happen(ev.ContactReceived(at=waits_since, contact=contact, door=case.door))
    if case.need_by is not None and (kept.case.need_by is None or case.need_by < kept.case.need_by):
        kept.happen(ev.NeedByNoted(at=at, by=by, need_by=case.need_by))
        clocks.need_sooner(kept, need_by=case.need_by, at=at)
    if case.ball is Ball.US and kept.case.ball is not Ball.US:
        clocks.resume(kept, at=at)
        clocks.pass_ball(kept, Ball.US, at=at)


def _carry(promise: Promise, gone: int, kept: Unfolding, told: Told, *, at: datetime) -> None:
    """Owe a promise on the kept case, unless a clock of its kind falls due there sooner."""
    older = None if promise.said else next(iter(kept.case.outstanding(promise.kind)), None)
    if older is not None and (older.broken_at is not None or older.due_at <= promise.due_at):
        return
    number = kept.case.next_number
    kept.happen(
        ev.PromiseMade(
            at=at,
            by=told.by,
            number=number,
            kind=promise.kind,
            source=promise.source,
            due_at=promise.due_at,
            near_at=promise.near_at,
            said=promise.said,
            calendar=promise.calendar,
            zone=told.zone,
            words_hash=told.words_hash,
            contact=promise.contact,
            from_at=promise.from_at,
            ancestor=older.number if older is not None else None,
            from_case=gone,
            from_number=promise.number,
        )
    )
    if older is not None:
        kept.happen(ev.PromiseReplaced(at=at, number=older.number, successor=number))


def part(gone: Side, kept: Side, *, by: int, at: datetime) -> None:
    """Let the case that went on in another be a case of its own again, with what it still owes.

    What was kept meanwhile stays kept, and whom we answered is answered. What the customer wrote meanwhile
    stays on the case to which it came. Raises NotMerged.
    """
    merged_at, waited_for = gone.u.case.closed_at, gone.u.case.unanswered_by
    if gone.u.case.merged_into != kept.key or merged_at is None:
        raise refusals.NotMerged
    owed = [p for p in gone.u.case.promises if p.ended_at == merged_at and _still_owed(p, gone, kept, merged_at)]
    gone.u.happen(merge_events.CaseParted(at=at, by=by, of=kept.key))
    for promise in owed:
        gone.u.happen(ev.PromiseUnkept(at=at, number=promise.number, why="the cases were parted"))
    for contact in waited_for:
        if contact not in kept.u.case.unanswered_by:
            gone.u.happen(ev.ContactMarked(at=at, contact=contact, word="answered"))
    closing.run_on(gone.u, at=at, why="the cases were parted")
    clocks.begin_all_silences(gone.u, at=at)
    _let_go(gone, kept.u, waited_for, by=by, at=at)


def _still_owed(promise: Promise, gone: Side, kept: Side, merged_at: datetime) -> bool:
    carried = [p for p in kept.u.case.promises if (p.from_case, p.from_number) == (gone.key, promise.number)]
    if carried:
        return carried[-1].outstanding
    since = [p for p in kept.u.case.promises if p.kind == promise.kind and p.kept_at is not None]
    return not any(p.kept_at is not None and p.kept_at >= merged_at for p in since)


def _let_go(gone: Side, kept: Unfolding, waited_for: tuple[int, ...], *, by: int, at: datetime) -> None:
    """End on the kept case what is owed by the other one again. What took the place of a clock there stays."""
    kept.happen(merge_events.CaseDivided(at=at, by=by, case=gone.key))
    for contact in waited_for:
        if contact in kept.case.unanswered_by:
            kept.happen(ev.ContactMarked(at=at, by=by, contact=contact, word="parted"))
    for promise in kept.case.outstanding():
        if promise.from_case == gone.key and promise.ancestor is None:
            kept.happen(ev.PromiseEnded(at=at, by=by, number=promise.number, why="the cases were parted"))
    if kept.case.open:
        clocks.begin_all_silences(kept, at=at)
