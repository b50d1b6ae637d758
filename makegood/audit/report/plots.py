"""The plots as SVG: attributes only, no script, no inline style, so they print and survive forced colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..groups import Group
from ..survival import Curve
from ..week import Week
from ..words import gettext as _
from ..words import number, share, weekdays
from .markup import Html, tag

LEFT, RIGHT, TOP, BOTTOM = 56, 840, 24, 300
NAMED, COUNTED, TALL = 220, 772, 26
"""Of the teams: where names end, where counts begin, how tall a line is."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One curve of a plot. `real` is the solid one, with its interval shaded; `naive` the dashed one."""

    curve: Curve
    style: str
    label: str
    """What is said at the limit: `{share} no reply of substance`."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Time from left to right: how many steps there are, and how many of them make a mark."""

    last: int
    every: int
    hours: float
    """Hours of one step."""

    def x(self, hours: float) -> float:
        return LEFT + min(hours / self.hours / self.last, 1.0) * (RIGHT - LEFT)


def scale_for(curves: Sequence[Curve], day_hours: float) -> Scale:
    """Return business days up to where one in twenty is left, at least ten and at most sixty."""
    wanted = max((curve.reached(0.95) or 60 * day_hours for curve in curves if curve.n), default=0.0)
    last = 10
    for last in (10, 20, 30, 60):
        if wanted <= last * day_hours:
            break
    return Scale(last=last, every=max(1, last // 10), hours=day_hours)


def survival(lines: Sequence[Line], scale: Scale, *, title: str, limit: float, limit_text: str, foot: str) -> Html:
    """Return the share that still waits, over business days."""
    parts: list[Html] = [tag("title", title, id="sv-t")]
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent / 100)
        parts += [
            tag("line", class_="grid", x1=LEFT, x2=RIGHT, y1=y, y2=y),
            tag("text", f"{percent} %", x=LEFT - 8, y=y + 4, text_anchor="end"),
        ]
    for step in range(0, scale.last + 1, scale.every):
        x = _short(scale.x(step * scale.hours))
        parts += [
            tag("line", class_="axis", x1=x, x2=x, y1=BOTTOM, y2=BOTTOM + 5),
            tag("text", number(step), x=x, y=BOTTOM + 20, text_anchor="middle"),
        ]
    for line in lines:
        if line.style == "real":
            parts.append(tag("path", class_="band", d=_band(line.curve, scale)))
        parts.append(tag("path", class_=line.style, d=_steps(line.curve, scale)))
    parts += _limit(lines, scale, limit, limit_text)
    parts.append(tag("text", foot, x=RIGHT, y=BOTTOM + 40, text_anchor="end"))
    return tag(
        "svg", parts, class_="plot", viewBox=f"0 0 {RIGHT + 20} {BOTTOM + 50}", role="img", aria_labelledby="sv-t"
    )


def _limit(lines: Sequence[Line], scale: Scale, limit: float, text: str) -> list[Html]:
    x = scale.x(limit)
    parts = [
        tag("line", class_="limit", x1=_short(x), x2=_short(x), y1=TOP - 8, y2=BOTTOM),
        tag("text", text, class_="t-bad lab", x=_short(x + 6), y=TOP + 2),
    ]
    taken: list[float] = [TOP + 2]
    for line in lines:
        left = line.curve.at(limit).share
        y = _apart(_y(left) - 10, taken)
        taken.append(y)
        strong = line.style == "real"
        if strong:
            parts.append(tag("circle", class_="t-run", cx=_short(x), cy=_short(_y(left)), r=4))
        words = line.label.replace("{share}", share(left, 0))
        parts.append(tag("text", words, class_="lab t-run" if strong else "lab", x=_short(x + 10), y=_short(y)))
    return parts


def _apart(y: float, taken: Sequence[float]) -> float:
    """Return a height at which a label covers no other one."""
    for _try in range(20):
        near = [other for other in taken if abs(other - y) < 16]
        if not near:
            return y
        y = max(near) + 16
    return y


def _y(left: float) -> float:
    return BOTTOM - left * (BOTTOM - TOP)


def _steps(curve: Curve, scale: Scale) -> str:
    """A staircase; of thousands of steps only those that are a third of a pixel apart."""
    path, last_x, last_y = [f"M{LEFT} {TOP}"], float(LEFT), float(TOP)
    for step in curve.steps[1:]:
        if step.at > scale.last * scale.hours:
            break
        x, y = scale.x(step.at), _y(step.share)
        if x - last_x < 0.3 and y - last_y < 0.3:
            continue
        path.append(f"H{_short(x)}V{_short(y)}")
        last_x, last_y = x, y
    return "".join(path) + f"H{RIGHT}"


def _band(curve: Curve, scale: Scale) -> str:
    low, high, at = [f"{LEFT} {TOP}"], [f"{LEFT} {TOP}"], float(LEFT)
    for step in curve.steps[1:]:
        x = scale.x(step.at)
        if step.at > scale.last * scale.hours:
            break
        if x - at < 2:
            continue
        low.append(f"{_short(x)} {_short(_y(step.low))}")
        high.append(f"{_short(x)} {_short(_y(step.high))}")
        at = x
    end = curve.at(scale.last * scale.hours)
    low.append(f"{RIGHT} {_short(_y(end.low))}")
    high.append(f"{RIGHT} {_short(_y(end.high))}")
    return "M" + "L".join(high) + "L" + "L".join(reversed(low)) + "Z"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One group that has cases enough for a share."""

    group: Group
    name: str
    target: str | None
    """Where its cases are listed."""


def teams(rows: Sequence[Row], overall: float) -> Html:
    """Return a line a group: its share as a point, its interval as a bar; and a line at the share of all."""
    most = max(row.group.slipped.interval[1] for row in rows)
    top = next(step for step in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if most <= step or step == 1.0)
    height = 40 + TALL * len(rows)

    def x(value: float) -> float:
        return NAMED + 12 + value / top * (COUNTED - NAMED - 24)

    parts: list[Html] = [tag("title", _("Share of cases that slipped, by team, with 95 % intervals"), id="tm-t")]
    for nth in range(5):
        at = _short(x(top * nth / 4))
        parts += [
            tag("line", class_="grid", x1=at, x2=at, y1=8, y2=height - 28),
            tag("text", share(top * nth / 4, 0 if top > 0.1 else 1), x=at, y=height - 12, text_anchor="middle"),
        ]
    all_x = _short(x(overall))
    parts.append(tag("line", class_="limit", x1=all_x, x2=all_x, y1=4, y2=height - 28))
    for nth, row in enumerate(rows):
        parts += _team(row, 22 + nth * TALL, x)
    return tag("svg", parts, class_="plot teams", viewBox=f"0 0 860 {height}", role="img", aria_labelledby="tm-t")


def _team(row: Row, y: int, x: Callable[[float], float]) -> list[Html]:
    slipped = row.group.slipped
    low, high = slipped.interval
    verdict = row.group.against_rest.verdict if row.group.against_rest else "not shown"
    mark = {"more": "worse", "fewer": "better"}.get(verdict, "same")
    words = tag("text", f"{number(slipped.hits)} / {number(slipped.n)}", x=COUNTED, y=y + 4)
    return [
        tag("text", _cut(row.name, 36), class_="name", x=NAMED, y=y + 4, text_anchor="end"),
        tag("line", class_=f"ci {mark}", x1=_short(x(low)), x2=_short(x(high)), y1=y, y2=y),
        tag("circle", class_=f"pt {mark}", cx=_short(x(slipped.hits / slipped.n)), cy=y, r=5),
        tag("a", words, href=row.target) if row.target else words,
    ]


def when(week: Week, link: Callable[[int, int], str | None]) -> Html:
    """Return the week as 7 rows of 24 hours, the darker the more customers began to wait too long."""
    most = max((count for day in week for count in day), default=0)
    left, top, wide, high = 56, 26, 32, 28
    parts: list[Html] = [tag("title", _("How many slips began in each hour of the week"), id="wk-t")]
    for hour in range(0, 24, 3):
        parts.append(tag("text", f"{hour:02d}", x=left + hour * wide, y=16))
    for day, name in enumerate(weekdays()):
        y = top + day * high
        parts.append(tag("text", name, x=left - 10, y=y + 18, text_anchor="end"))
        for hour, count in enumerate(week[day]):
            x = left + hour * wide
            level = shade(count, most)
            cell = [tag("rect", class_=f"w{level}", x=x, y=y, width=wide - 1, height=high - 1)]
            if count:
                cell.append(
                    tag("text", number(count), class_=f"c{level}", x=x + wide / 2, y=y + 18, text_anchor="middle")
                )
            target = link(day, hour)
            told = f"{name} {hour:02d}:00, {number(count)}"
            parts.append(tag("a", cell, href=target, aria_label=told) if target else Html("".join(cell)))
    return tag(
        "svg",
        parts,
        class_="plot week",
        viewBox=f"0 0 {left + 24 * wide + 12} {top + 7 * high + 6}",
        role="img",
        aria_labelledby="wk-t",
    )


def shade(count: int, most: int) -> int:
    """Return 0 for none to 4 for most: a shade is a quarter of the largest, so small counts still show."""
    return 0 if not count or not most else min(4, 1 + int(4 * count / (most + 1)))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
