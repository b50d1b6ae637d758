"""Letting one case of a customer go on in another, and parting them again. Both are locked and change together."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.rules import merging, refusals, remedies, rounds
from makegood.rules.merging import Side, Told

from .promises import words_hash
from .record import Decision, deciding_all


def merge(case_id: int, *, gone: str, why: str, by: models.Staff, now: datetime) -> models.Case:
    """Let the case of number `gone` go on in this one; returns the one that went.

    Raises Http404 for a case that is not his to see, CannotMerge with every reason, NeedsReason without one.
    """
    kept, going = access.case_by_id(by, case_id), access.case_for(by, gone)
    if kept.pk == going.pk:
        raise refusals.CannotMerge("It is this very case.")
    if kept.customer_id != going.customer_id:
        raise refusals.CannotMerge("They are cases of two customers, and one would read what the other wrote.")
    if not why.strip():
        raise refusals.NeedsReason
    with deciding_all([going.pk, kept.pk], now=now) as (goes, keeps):
        if _hangs_on(goes.row):
            raise refusals.CannotMerge("Codes, entitlements or an incident hang on it: merge the other case into it.")
        _take_the_wish(goes, keeps, now=now)
        _carry(goes, keeps, why=why.strip()[:300], by=by.pk, now=now)
    return going


def carry_again(goes: Decision, keeps: Decision, *, now: datetime) -> None:
    """Let a merged case that came to life again (a mail of ours came back) go on in the other one at once.

    Where that can't be, it stays a case of its own with its clocks, so that nothing is owed by nobody.
    """
    if goes.u.case.open and not merging.reasons_not_to_merge(goes.u.case, keeps.u.case):
        _carry(goes, keeps, why="a mail of ours came back", by=None, now=now)


def part(case_id: int, *, by: models.Staff, now: datetime) -> models.Case:
    """Let a merged case be a case of its own again; returns the one in which it had gone on. Raises NotMerged."""
    going = access.case_by_id(by, case_id)
    if going.merged_into_id is None:
        raise refusals.NotMerged
    with deciding_all([going.pk, going.merged_into_id], now=now) as (goes, keeps):
        merging.part(_side(goes), _side(keeps), by=by.pk, at=now)
        for d in (goes, keeps):
            rounds.advance(d.u, now=now)
        return keeps.row


def _hangs_on(row: models.Case) -> bool:
    held = (row.codes, row.entitlements, row.frozen, row.affected)
    return any(rows.exists() for rows in held)


def _take_the_wish(goes: Decision, keeps: Decision, *, now: datetime) -> None:
    """What he said he wishes is not asked for a second time."""
    wish = goes.row.wishes.last()
    if wish is None or keeps.u.case.wish_at is not None or not keeps.u.case.open:
        return
    remedies.say_wish(keeps.u, words_hash=wish.words_hash, by=wish.staff_id, at=now)
    keeps.row.wishes.create(
        words=wish.words, words_hash=wish.words_hash, said_at=wish.said_at, door=wish.door, staff=wish.staff
    )


def _carry(goes: Decision, keeps: Decision, *, why: str, by: int | None, now: datetime) -> None:
    told = {}
    for row in goes.row.promises.all():
        digest = words_hash(row.words) if row.words else ""
        if row.words:
            keeps.words[digest] = row.words
        told[row.number] = Told(by=row.staff_id, words_hash=digest, zone=row.zone)
    merging.merge(_side(goes), _side(keeps), told, why=why, by=by, at=now)
    # What is overdue rings at once: nobody waits for the next round to hear of it.
    rounds.advance(keeps.u, now=now)


def _side(decision: Decision) -> Side:
    return Side(key=decision.row.pk, number=decision.row.number, u=decision.u)
