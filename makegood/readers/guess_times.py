"""Which of the usual formats a column of times is written in, and whether that is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import moments
from .moments import format_of

_ENOUGH = 0.9
"""Of the values of a column that have to fit."""
_LOOKED_AT = 500

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_DAYS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y", "%m/%d/%y",
    "%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%b %d %Y",
)  # fmt: skip
FORMATS = ("iso", *(day + clock for day in _DAYS for clock in _CLOCKS), "%a %b %d %H:%M:%S %Y", "epoch", "epoch_ms")
_TWINS = (("%d/%m/", "%m/%d/"), ("%d-%m-", "%m-%d-"))


@dataclass(frozen=True)
class Timed:
    """A column that holds times."""

    format: str
    unsure: bool
    """The other order of day and month fits just as well."""
    zoned: bool
    """Every value says its zone."""


def timed(values: Sequence[str | None]) -> Timed | None:
    """Return how the times of a column are written; None where it holds none."""
    some = list(dict.fromkeys(value for value in values if value is not None))[:_LOOKED_AT]
    if not some:
        return None
    best, share = "", 0.0
    for text in FORMATS:
        fits = sum(_plausible(value, text) for value in some) / len(some)
        if fits > share:
            best, share = text, fits
        if share == 1:
            break
    if share < _ENOUGH:
        return None
    twin = next((b + best[len(a) :] for a, b in _TWINS if best.startswith(a)), None)
    unsure = twin is not None and sum(_plausible(value, twin) for value in some) / len(some) >= share
    walls = [moments.read(value, format_of(best)) for value in some]
    return Timed(best, unsure, all(wall.offset is not None for wall in walls if wall))


def _plausible(value: str, text: str) -> bool:
    if text in moments.EPOCHS and not 9 <= len(value.partition(".")[0]) <= 13:
        return False  # a number of some other kind
    wall = moments.read(value, format_of(text))
    return wall is not None and (text not in moments.EPOCHS or 1995 <= wall.at.year <= 2060)
