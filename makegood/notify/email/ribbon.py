"""The promise ribbon in a mail: cells of a table, and `|=====-----|`. No picture, nothing to fetch.

Drawn on elapsed time from *said* to *due*, as on every page. Past due, the
whole width is said to the end, and the promised part is never under 30 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from .moments import span
from .words import PromiseLine

SOON = timedelta(hours=1)
LEAST_PROMISED = 30
WIDTH = 40
"""Characters between the marks of the plain form."""

COLOURS = {"run": "#1d4176", "soon": "#85510a", "kept": "#1a6a49"}
GREY = "#5a626b"


@dataclass(frozen=True, kw_only=True)
class Ribbon:
    """One promise, ready to be drawn. Shares are whole percent of the bar."""

    state: str
    """run, soon, kept, late, broken, released, replaced or ended: also the class of the cells."""
    promised: int
    """From said to due; what is left of 100 is the overrun."""
    filled: int
    """How much of the promised part is gone, in percent of that part; at least 1, so that it is seen."""
    near: int | None
    """The near end of a range, in percent of the promised part."""
    word: str
    """The state in words; empty while the promise simply runs, since "time left" is stale when it is read."""

    @property
    def over(self) -> int:
        return 100 - self.promised

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, GREY)

    def plain(self) -> str:
        """Draw it in characters: `=` time gone, `-` time left, `:` the near end, `/` past due."""
        if self.over:
            promised = max(round(WIDTH * self.promised / 100), 1)
            return f"|{'=' * promised}|{'/' * (WIDTH - promised)}>"
        done = max(round(WIDTH * self.filled / 100), 1)
        bar = "=" * done + "-" * (WIDTH - done)
        if self.near is not None:
            at = min(round(WIDTH * self.near / 100), WIDTH - 1)
            bar = f"{bar[:at]}:{bar[at + 1 :]}"
        return f"|{bar}|"


def ribbon(promise: PromiseLine, *, now: datetime) -> Ribbon:
    """Work out how a promise looks at `now`; a kept one as it was when it was kept."""
    whole = promise.due_at - promise.said_at
    until = promise.kept_at or now
    past = max(until - promise.due_at, timedelta())
    state = _state(promise, until=until, now=now)
    promised = 100
    if past and state in ("broken", "late"):
        promised = min(max(round(100 * _share(whole, whole + past)), LEAST_PROMISED), 99)
    near = promise.near_at if promise.near_at and promise.said_at < promise.near_at < promise.due_at else None
    return Ribbon(
        state=state,
        promised=promised,
        filled=min(max(round(100 * _share(until - promise.said_at, whole)), 1), 100),
        near=round(100 * _share(near - promise.said_at, whole)) if near else None,
        word=_word(state, past=past, early=promise.due_at - until),
    )


def _state(promise: PromiseLine, *, until: datetime, now: datetime) -> str:
    if promise.state in ("released", "replaced", "ended"):
        return promise.state
    if promise.state in ("kept", "kept late") or promise.kept_at:
        return "late" if promise.state == "kept late" or until > promise.due_at else "kept"
    if promise.state == "broken" or now > promise.due_at:
        return "broken"
    near = promise.near_at is not None and now >= promise.near_at
    return "soon" if near or promise.due_at - now <= SOON else "run"


def _share(part: timedelta, whole: timedelta) -> float:
    """Part of a whole, 0 to 1; of a promise without length everything is gone."""
    return min(max(part / whole, 0.0), 1.0) if whole > timedelta() else 1.0


def _word(state: str, *, past: timedelta, early: timedelta) -> str:
    match state:
        case "soon":
            return gettext("Due soon: {span} left").format(span=span(early))
        case "kept":
            return gettext("Kept")
        case "late":
            return gettext("Kept late, by {span}").format(span=span(past)) if past else gettext("Kept late")
        case "broken":
            return gettext("Broken, {span} over").format(span=span(past)) if past else gettext("Broken")
        case "released":
            return gettext("Released")
        case "replaced":
            return gettext("Replaced by a new promise")
        case "ended":
            return gettext("No longer running")
    return ""
