"""Offering a case, taking it, sending it back."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import ownership, refusals
from makegood.rules.policy import Role

from .notes import write_note
from .record import deciding


def offer(case_id: int, *, to: models.Staff, by: models.Staff, note: str = "", now: datetime) -> None:
    """Offer a case to somebody. It stays with its owner until he accepts."""
    row = access.case_by_id(by, case_id)
    may_pass_on(row, by)
    with deciding(row.pk, now=now) as d:
        written = write_note(d, text=note, by=by, now=now) if note.strip() else None
        ownership.offer(d.u, to=to.pk, by=by.pk, at=now, note=written)


def accept(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Take an offered case."""
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        ownership.accept_offer(d.u, by=by.pk, at=now)


def give_back(case_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Say no to an offered case, or take one's own offer back."""
    row = access.case_by_id(by, case_id)
    if by.pk not in (row.offered_to_id, row.owner_id):
        raise refusals.NotOffered
    with deciding(row.pk, now=now) as d:
        ownership.return_offer(d.u, by=by.pk, at=now, why=cards.mask(why)[:300])


def may_pass_on(row: models.Case, by: models.Staff) -> None:
    """Refuse unless he owns the case or stands above."""
    if by.pk != row.owner_id and by.role == str(Role.AGENT):
        raise refusals.NotTheOwner
