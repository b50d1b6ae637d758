"""Making a dated promise, keeping it, and being let off it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from . import events as ev
from . import refusals
from .policy import Source
from .unfolding import Unfolding


@dataclass(frozen=True, kw_only=True)
class Said:
    """A dated promise as a person or a text of ours said it."""

    due_at: datetime
    near_at: datetime | None = None
    words_hash: str = ""
    source: Source = Source.PERSON
    replaces: int | None = None


def promise(u: Unfolding, said: Said, *, by: int | None, at: datetime, contact: int | None) -> None:
    """Make a dated promise. One it replaces keeps its place in the record."""
    number = u.case.next_number
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
            ancestor=said.replaces,
        )
    )
    if said.replaces is not None and u.case.promise(said.replaces).outstanding:
        u.happen(ev.PromiseReplaced(at=at, by=by, number=said.replaces, successor=number))


def keep_promise(u: Unfolding, *, number: int, by: int, at: datetime, why: str) -> None:
    """Record that what was promised has happened, with what shows it."""
    if not u.case.promise(number).outstanding:
        raise refusals.PromiseIsOver
    u.happen(ev.PromiseKept(at=at, by=by, number=number, why=why))


def release_promise(u: Unfolding, *, number: int, at: datetime, by_customer: bool) -> None:
    """Let us off a promise, if it is the customer who says so and it has not run out."""
    if not by_customer:
        raise refusals.OnlyTheCustomerReleases
    if not u.case.promise(number).outstanding:
        raise refusals.PromiseIsOver
    u.happen(ev.PromiseReleased(at=at, number=number))
