"""Keeping a promise, replacing it, and being let off it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import keeping, refusals
from makegood.rules.keeping import Said

from .record import Decision, deciding

FURTHEST = timedelta(days=731)
"""How far ahead a date may lie. Beyond, it is a slip of the hand, and calendars end somewhere."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A dated promise as somebody writes it."""

    words: str
    due_at: datetime
    near_at: datetime | None = None
    replaces: int | None = None

    def plain(self) -> dict[str, object]:
        return {
            "words": self.words,
            "due_at": self.due_at.isoformat(),
            "near_at": self.near_at.isoformat() if self.near_at else None,
            "replaces": self.replaces,
        }


def from_plain(written: dict[str, str | int | None]) -> Words:
    """Return the promise that `Words.plain` wrote."""
    near = written.get("near_at")
    replaces = written.get("replaces")
    return Words(
        words=str(written["words"]),
        due_at=datetime.fromisoformat(str(written["due_at"])),
        near_at=datetime.fromisoformat(str(near)) if near else None,
        replaces=int(replaces) if replaces is not None else None,
    )


def words_hash(words: str) -> str:
    """Return what the journal keeps of the words, so that nobody can change them unseen."""
    return hashlib.sha256(words.encode()).hexdigest()


def said(words: Words, decision: Decision) -> Said:
    """Return the promise for the rules, and keep its words for the row."""
    digest = words_hash(words.words)
    decision.words[digest] = words.words
    return Said(due_at=words.due_at, near_at=words.near_at, words_hash=digest, replaces=words.replaces)


def check(words: Words, *, now: datetime) -> None:
    """Refuse a promise that is empty, undated or due in the past."""
    if not words.words.strip():
        raise refusals.PromiseNeedsADate("Write the words of the promise as the customer will read them.")
    if words.due_at <= now:
        raise refusals.DateIsPast
    if words.due_at > now + FURTHEST:
        raise refusals.DateIsTooFar
    if words.near_at is not None and words.near_at <= now:
        raise refusals.DateIsPast("The near end of a range must lie ahead.")
    if words.near_at is not None and words.near_at >= words.due_at:
        raise refusals.DateIsPast("The near end of a range must lie before its far end.")


def keep(case_id: int, number: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Record that what was promised has happened, with what shows it."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        keeping.keep_promise(d.u, number=number, by=by.pk, at=now, why=cards.mask(why)[:300])


def release_by_customer(link: models.Link, number: int, *, now: datetime) -> None:
    """Let us off a promise: the customer says so on his own page."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        keeping.release_promise(d.u, number=number, at=now, by_customer=True)
