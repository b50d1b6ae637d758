"""What the customer would like to have happen: asked, said in his words, or passed over with a reason."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import refusals, remedies

from .promises import words_hash
from .record import Decision, deciding

LONGEST = 4_000
PAGE = "page"


def ask(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Record that he was asked what he would like to have happen."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        remedies.ask_wish(d.u, by=by.pk, at=now)


def say(case_id: int, *, words: str, door: str, by: models.Staff, now: datetime) -> None:
    """Write down his wish, word for word, as a member of staff heard it by `door`."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        say_within(d, words, door=door, by=by, now=now)


def say_by_customer(link: models.Link, *, words: str, now: datetime) -> None:
    """Record the wish that he wrote on his own page."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        say_within(d, words, door=PAGE, by=None, now=now)


def pass_gate(case_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Offer without having heard his wish, for a reason that is counted."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        remedies.pass_wish(d.u, why=cards.mask(why.strip())[:300], by=by.pk, at=now)


def say_within(d: Decision, words: str, *, door: str, by: models.Staff | None, now: datetime) -> None:
    """Keep his wish, word for word. Part of a decision."""
    kept = cards.mask(words.strip())[:LONGEST]
    if not kept:
        raise refusals.Refusal(sentence="Write down what he would like to have happen.")
    last = d.row.wishes.last()
    if last is not None and (last.words, last.door) == (kept, door):
        return  # A double click: he wishes one thing.
    digest = words_hash(kept)
    remedies.say_wish(d.u, words_hash=digest, by=by.pk if by else None, at=now)
    models.Wish.objects.create(case=d.row, words=kept, words_hash=digest, said_at=now, door=door[:60], staff=by)
