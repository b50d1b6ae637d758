"""Money as a picture: authority as a bar, the useful band as a scale, a budget over its period.

SVG whose geometry is attributes, never style, as in `drawing`. Each picture
has a sentence for who cannot see it, and everything in it that is a number of
cases leads to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from . import wording
from .wording import Reader

WIDE = 200
"""Per cent of the price at the right end of the scale."""
NEAR = 4
"""Marks that are nearer than so much of the price would cover each other."""
LEFT, RIGHT, TOP, BOTTOM = 76, 840, 24, 260
LINES = 4
TICKS = 6


def bar(parts: Sequence[tuple[str, float]], whole: float) -> SafeString:
    """Return lengths one after the other within a whole, each with its class; what is too long is cut off.

    A decoration: the sentence below it says the same in numbers.
    """
    at, drawn = 0.0, []
    for name, length in parts:
        share = max(0.0, min(length / whole, 1 - at)) if whole > 0 else 0.0
        if share:
            drawn.append((name, _percent(at), _percent(share)))
        at += share
    return format_html(
        '<svg aria-hidden="true" focusable="false"><rect class="bg" x="0" y="0" width="100%" height="8"/>{}</svg>',
        format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="8"/>', drawn),
    )


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One option on the scale: its letter, and what it is worth to the customer, in per cent of the price."""

    name: str
    percent: float


def band(marks: Iterable[Mark], *, low: int, high: int, ceiling: int, label: str) -> SafeString:
    """Return the useful band on a scale from nothing to twice the price, the ceiling, and the options on it."""
    return format_html(
        '<svg class="scale" role="img" aria-label="{}"><line class="base" x1="0" x2="100%" y1="26.5" y2="26.5"/>'
        '<rect class="useful" x="{}" y="18" width="{}" height="8"/>'
        '<line class="ceiling" x1="{}" x2="{}" y1="8" y2="30"/>{}{}</svg>',
        label,
        _percent(low / WIDE),
        _percent((high - low) / WIDE),
        _percent(ceiling / WIDE),
        _percent(ceiling / WIDE),
        format_html_join(
            "",
            '<text x="{}" y="46" text-anchor="{}">{} %</text>',
            ((_percent(p / WIDE), _anchor(p), p) for p in (0, low, high, ceiling, WIDE)),
        ),
        format_html_join(
            "",
            '<g><line class="mark" x1="{0}" x2="{0}" y1="14" y2="30"/>'
            '<text class="lab" x="{0}" y="11" text-anchor="{1}">{2}</text></g>',
            ((_percent(min(m.percent, WIDE) / WIDE), _anchor(m.percent), m.name) for m in _together(marks)),
        ),
    )


def _together(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks from left to right; those that would cover each other stand as one, with all their letters."""
    drawn: list[Mark] = []
    for mark in sorted(marks, key=lambda m: m.percent):
        if drawn and mark.percent - drawn[-1].percent < NEAR:
            drawn[-1] = Mark(name=f"{drawn[-1].name} {mark.name}", percent=drawn[-1].percent)
        else:
            drawn.append(mark)
    return drawn


def _anchor(percent: float) -> str:
    return "start" if percent <= 0 else "end" if percent >= WIDE else "middle"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A moment at which the sum changed, the sum from then on in minor units, and the page of the case."""

    at: datetime
    total: int
    url: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What was given out of one budget in one period, and what is set aside beside it."""

    from_at: datetime
    to_at: datetime
    now: datetime
    given: Sequence[Step]
    held: Sequence[Step]
    """Given and set aside together."""
    limit: int
    title: str
    limit_words: str
    amounts: Sequence[tuple[int, str]]
    """The lines across: minor units, and how they are written."""


def spending(plot: Spending, reader: Reader) -> SafeString:
    """Return the two staircases of a budget under its limit; each step of the lower one leads to its case."""
    top = max(plot.limit, *(s.total for s in (*plot.given, *plot.held)), *(a for a, _ in plot.amounts), 1)
    # Left to right is the period; bottom to top is money.
    across = _across(plot)
    parts = [
        format_html('<title id="sp-t">{}</title>', plot.title),
        *_lines(plot, top),
        *_days(plot, reader, across),
        _limit(plot, top),
        format_html('<path class="naive" d="{}"/>', _stairs(plot.held, plot, across, top)),
        format_html('<path class="real" d="{}"/>', _stairs(plot.given, plot, across, top)),
        *(_dot(step, across, top) for step in plot.given if step.url),
    ]
    return format_html(
        '<svg class="plot" viewBox="0 0 {} {}" role="group" aria-labelledby="sp-t">{}</svg>',
        RIGHT + 20,
        BOTTOM + 40,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


@dataclass(frozen=True)
class _Across:
    start: datetime
    length: float

    def x(self, at: datetime) -> str:
        share = (at - self.start).total_seconds() / self.length
        return _short(LEFT + max(0.0, min(share, 1.0)) * (RIGHT - LEFT))


def _across(plot: Spending) -> _Across:
    return _Across(plot.from_at, max((plot.to_at - plot.from_at).total_seconds(), 1.0))


def _lines(plot: Spending, top: int) -> Iterable[SafeString]:
    for minor, words in plot.amounts:
        y = _y(minor, top)
        yield format_html(
            '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
            LEFT, RIGHT, y, y, LEFT - 8, _short(float(y) + 4), words,
        )  # fmt: skip


def _days(plot: Spending, reader: Reader, across: _Across) -> Iterable[SafeString]:
    step = (plot.to_at - plot.from_at) / TICKS
    for tick in range(TICKS + 1):
        at = plot.from_at + step * tick
        # The period ends with its last moment, which belongs to the day before.
        day = at - timedelta(seconds=1) if tick == TICKS else at
        yield format_html(
            '<line class="axis" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
            '<text x="{0}" y="{3}" text-anchor="{4}">{5}</text>',
            across.x(at), BOTTOM, BOTTOM + 5, BOTTOM + 20, "end" if tick == TICKS else "middle",
            wording.day(day, reader),
        )  # fmt: skip


def _limit(plot: Spending, top: int) -> SafeString:
    y = _y(plot.limit, top)
    return format_html(
        '<line class="limit" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="t-bad lab" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT, RIGHT, y, y, RIGHT, _short(float(y) - 7), plot.limit_words,
    )  # fmt: skip


def _stairs(steps: Sequence[Step], plot: Spending, across: _Across, top: int) -> str:
    path = [f"M{LEFT} {_y(0, top)}"]
    path += [f"H{across.x(step.at)}V{_y(step.total, top)}" for step in steps]
    return "".join(path) + f"H{across.x(min(plot.now, plot.to_at))}"


def _dot(step: Step, across: _Across, top: int) -> SafeString:
    return format_html(
        '<a href="{}"><circle class="step" cx="{}" cy="{}" r="5"><title>{}</title></circle></a>',
        step.url, across.x(step.at), _y(step.total, top), step.title,
    )  # fmt: skip


def _y(minor: int, top: int) -> str:
    return _short(BOTTOM - minor / top * (BOTTOM - TOP))


def _percent(share: float) -> str:
    return f"{_short(share * 100)}%"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
