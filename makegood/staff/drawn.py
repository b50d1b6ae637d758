"""A promise's row as its ribbon: which of its moments the picture is drawn from."""

from __future__ import annotations

from datetime import datetime

from makegood.desk import models
from makegood.desk.queries import board
from makegood.ui.ribbon import Form, Pause, Ribbon, ribbon


def ribbon_of(promise: models.Promise, *, now: datetime, form: Form | str = Form.THIN) -> Ribbon:
    """Return the ribbon of a promise at `now`."""
    state = promise.state
    pauses = [_pause(period) for period in promise.pauses]
    return ribbon(
        promise.from_at,
        board.due_at(promise, now=now),
        now,
        near_at=promise.near_at,
        kept_at=promise.kept_at,
        broken=promise.broken_at is not None,
        replaced_at=promise.settled_at if state in ("replaced", "ended") or _was_replaced(promise) else None,
        released_at=promise.settled_at if state == "released" else None,
        pauses=pauses,
        paused=promise.running and bool(pauses) and pauses[-1][1] is None,
        form=form,
    )


def _was_replaced(promise: models.Promise) -> bool:
    """Broken stays broken when a new promise takes its place; the hatch then ends where he was told."""
    return promise.state == "broken" and promise.settled_at is not None


def _pause(period: list[str | None]) -> Pause:
    start, end = period
    assert start is not None
    return datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None
