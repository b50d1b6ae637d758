"""Making a dated promise, standing by what a door says by itself, keeping it, and being let off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import events as ev
from . import refusals, spans
from .cases import Case
from .policy import Door, Source
from .promises import Promise
from .unfolding import Unfolding

STANDING = "standing "
"""What the kind of a door's own promise begins with; the door's name follows."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A dated promise as a person or a text of ours said it."""

    due_at: datetime
    near_at: datetime | None = None
    words_hash: str = ""
    source: Source = Source.PERSON
    replaces: int | None = None


def promise(u: Unfolding, said: Said, *, by: int | None, at: datetime, contact: int | None) -> None:
    """Make a dated promise. One it replaces keeps its place in the record.

    Only what was said to the customer can be replaced by what is said to him: a clock of the
    house's own runs on whatever we promise.
    """
    number = u.case.next_number
    replaced = _replaceable(u.case, said.replaces)
    calendar = u.house.calendar_of(by if by is not None else u.case.owner)
    u.happen(
        ev.PromiseMade(
            at=at,
            by=by,
            number=number,
            kind="said",
            source=str(said.source),
            due_at=said.due_at,
            near_at=said.near_at,
            said=True,
            calendar=calendar,
            zone=u.house.hours(calendar).zone,
            words_hash=said.words_hash,
            contact=contact,
            from_at=at,
            ancestor=replaced,
        )
    )
    if replaced is not None:
        u.happen(ev.PromiseReplaced(at=at, by=by, number=replaced, successor=number))


def _replaceable(case: Case, number: int | None) -> int | None:
    if number is None or number > len(case.promises):
        return None
    older = case.promise(number)
    return number if older.said and older.outstanding else None


def keep_promise(u: Unfolding, *, number: int, by: int, at: datetime, why: str) -> None:
    """Record that what was promised has happened, with what shows it.

    A clock of the house's own is kept by what it measures and by nothing else: nobody keeps the
    reply clock without a reply.
    """
    u.happen(ev.PromiseKept(at=at, by=by, number=_said_and_owed(u.case, number).number, why=why))


def release_promise(u: Unfolding, *, number: int, at: datetime, by_customer: bool) -> None:
    """Let us off a promise, if it is the customer who says so. One that broke stays broken, and rings no more."""
    if not by_customer:
        raise refusals.OnlyTheCustomerReleases
    u.happen(ev.PromiseReleased(at=at, number=_said_and_owed(u.case, number).number))


def _said_and_owed(case: Case, number: int) -> Promise:
    found = case.promise(number)
    if not found.outstanding:
        raise refusals.PromiseIsOver
    if not found.said:
        raise refusals.ClockOfTheHouse
    return found


# ── what a door says by itself ───────────────────────────────────────────────


def is_standing(promise: Promise) -> bool:
    """Return whether a door made this promise by itself."""
    return promise.kind.startswith(STANDING)


def stand_by_the_doors_words(
    u: Unfolding, door: Door, *, at: datetime, contact: int, from_at: datetime | None = None
) -> None:
    """Open the promises that the door makes by itself to whoever comes through it (at `from_at`).

    Two languages of one greeting say the same promise, so only the first of each source counts.
    While an older one is owed, a further contact opens no later one.
    """
    if u.case.outstanding(STANDING + door.name):
        return
    hours = u.house.hours(u.house.calendar_of(u.case.owner))
    came_at = from_at or at
    for source in dict.fromkeys(words.source for words in door.standing):
        words = next(w for w in door.standing if w.source is source)
        near_at = spans.due_at(words.near, came_at, hours) if words.near else None
        due_at = spans.due_at(words.due, came_at, hours)
        term = _Term(from_at=came_at, due_at=due_at, near_at=near_at)
        _stand(u, door, source, term, contact=contact, at=at)


def stand_by_acknowledgement(
    u: Unfolding, door: Door, *, due_at: datetime, contact: int, at: datetime
) -> None:
    """Open the promise that our automatic acknowledgement makes where the door's own words make none."""
    _stand(u, door, Source.AUTOMATIC, _Term(from_at=at, due_at=due_at), contact=contact, at=at)


@dataclass(frozen=True, kw_only=True)
class _Term:
    from_at: datetime
    due_at: datetime
    near_at: datetime | None = None


def _stand(u: Unfolding, door: Door, source: Source, term: _Term, *, contact: int, at: datetime) -> None:
    calendar = u.house.calendar_of(u.case.owner)
    u.happen(
        ev.PromiseMade(
            at=at,
            number=u.case.next_number,
            kind=STANDING + door.name,
            source=str(source),
            due_at=term.due_at,
            near_at=term.near_at,
            said=True,
            calendar=calendar,
            zone=u.house.hours(calendar).zone,
            contact=contact,
            from_at=term.from_at,
        )
    )
