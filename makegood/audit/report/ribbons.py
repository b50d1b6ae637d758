"""The longest waits as promise ribbons, all on one calendar, as the design's calendar form draws them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from .. import kinds
from ..people import Stretch
from ..words import day, filled_text, months, span
from ..words import gettext as _
from .markup import Html, filled, tag


def ribbons(stretches: Sequence[Stretch], *, as_of: datetime, zone: str) -> Html:
    """Return the list: what was owed, when it was due, and how far past it we are."""
    local = ZoneInfo(zone)
    first = min(one.since for one in stretches)
    last = max(one.until or as_of for one in stretches)
    axis = _Axis(first - (last - first) * 0.02, last, local)
    rows = [tag("li", tag("div", axis.names(), class_="bar"), class_="axis-row", aria_hidden="true")]
    rows += [_row(one, axis, as_of=as_of, target=f"#wait-{nth}") for nth, one in enumerate(stretches, 1)]
    return tag("ol", rows, class_="waits")


class _Axis:
    """One calendar from left to right, with a line at the beginning of each month, or of each year."""

    def __init__(self, first: datetime, last: datetime, zone: ZoneInfo) -> None:
        self.first, self.zone = first, zone
        self.length = max(last - first, timedelta(minutes=1))
        self.marks = _beginnings(first.astimezone(zone), last.astimezone(zone))

    def x(self, at: datetime) -> str:
        return f"{max(0.0, min(100.0, (at - self.first) / self.length * 100)):.2f}%"

    def width(self, start: datetime, end: datetime) -> str:
        return f"{max(0.0, (end - start) / self.length * 100):.2f}%"

    def names(self) -> Html:
        # Every other one is left out on a phone, where they would touch.
        texts = [
            tag("text", name, x=self.x(at), y=12, class_="where-wide" if nth % 2 else None)
            for nth, (at, name) in enumerate(self.marks)
            if (at - self.first) / self.length < 0.94
        ]
        return tag("svg", texts, height=16, width="100%", aria_hidden="true")

    def grid(self) -> list[Html]:
        return [tag("line", class_="rb-grid", x1=self.x(at), x2=self.x(at), y1=0, y2=20) for at, _name in self.marks]


def _beginnings(first: datetime, last: datetime) -> list[tuple[datetime, str]]:
    """The beginnings of months, thinned to twelve at most; of a span of days, those of days."""
    if last - first < timedelta(days=40):
        step = max(1, (last - first).days // 6)
        start = (first + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        days = (start + timedelta(days=nth) for nth in range(0, 41, step))
        return [(at, day(at, year=False)) for at in days if at < last]
    found = []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        at = datetime(year, month, 1, tzinfo=first.tzinfo)
        if at >= last:
            break
        found.append(at)
    every = -(-len(found) // 10) or 1
    return [
        (at, f"{months()[at.month - 1]} {at.year}" if nth == 0 or at.month <= every else months()[at.month - 1])
        for nth, at in enumerate(found[::every])
    ]


def _row(one: Stretch, axis: _Axis, *, as_of: datetime, target: str) -> Html:
    late = one.until is not None
    state = "late" if late else "broken"
    word = _("ended {span} late") if late else _("{span} over")
    glyph = tag(
        "svg", tag("use", href="#i-tick" if late else "#i-box"), class_="i", viewBox="0 0 16 16", aria_hidden="true"
    )
    due = one.due.astimezone(axis.zone)
    who = one.customer or one.case_id
    name = tag("b", tag("a", who, href=target) if one.told.moments else who)
    case = tag("span", " ", one.case_id, class_="dim code") if one.customer else None
    said = tag("span", name, case, " ", tag("span", kinds.name(one.code), class_="mut"))
    end = tag(
        "span",
        tag("span", glyph, filled_text(word, span=span(one.over_hours)), class_="st st-broken"),
        " ",
        tag("span", filled(_("due {day}"), day=tag("time", day(due), datetime=due.isoformat())), class_="dim"),
        class_="end",
    )
    return tag("li", said, end, tag("div", _bar(one, axis, state=state, as_of=as_of), class_="bar"))


def _bar(one: Stretch, axis: _Axis, *, state: str, as_of: datetime) -> Html:
    until = one.until or as_of
    label = filled_text(
        _("From {since}, due {due}, ended {until}") if one.until else _("From {since}, due {due}, not ended"),
        since=day(one.since.astimezone(axis.zone)),
        due=day(one.due.astimezone(axis.zone)),
        until=day(until.astimezone(axis.zone)),
    )
    parts = [
        *axis.grid(),
        tag("rect", class_="rb-fill", x=axis.x(one.since), y=6, width=axis.width(one.since, one.due), height=8),
        tag(
            "rect",
            class_="rb-over",
            x=axis.x(one.due),
            y=6,
            width=axis.width(one.due, until),
            height=8,
            fill="url(#rb-hatch)",
        ),
        tag("line", class_="rb-said", x1=axis.x(one.since), x2=axis.x(one.since), y1=3, y2=17),
        tag("line", class_="rb-due", x1=axis.x(one.due), x2=axis.x(one.due), y1=0, y2=20),
        tag("use", href="#g-tick" if one.until else "#g-open", x=axis.x(until), y=10),
    ]
    return tag("svg", parts, class_="rb rb-cal", height=20, data_state=state, role="img", aria_label=label)
