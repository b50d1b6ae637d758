"""Notes: what colleagues write to each other. They never leave the house."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.language import cards
from makegood.rules import events as ev

from .record import Decision, deciding


def write_note(decision: Decision, *, text: str, by: models.Staff, now: datetime) -> int:
    """Add a note within a decision and return its key."""
    note = models.Note.objects.create(case=decision.row, staff=by, written_at=now, text=cards.mask(text.strip()))
    decision.u.happen(ev.NoteWritten(at=now, by=by.pk, note=note.pk))
    return note.pk


def add(case_id: int, *, text: str, by: models.Staff, now: datetime) -> None:
    """Add a note to a case."""
    row = access.case_by_id(by, case_id)
    if text.strip():
        with deciding(row.pk, now=now) as d:
            write_note(d, text=text, by=by, now=now)
