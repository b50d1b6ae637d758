"""Numbers that open: a link to the list of the cases that a number counts."""

from __future__ import annotations

from ..gather import Report
from ..measures import Measure
from ..words import gettext as _
from ..words import number, share, span
from .markup import Child, Html, tag


def address(report: Report, key: str) -> str | None:
    """Return where the list of this key stands on the page; None if there is nothing in it."""
    return f"#l-{key}" if key in report.listings else None


def opens(report: Report, key: str, text: Child) -> Html:
    """Return the text as a link to its cases, or as it is where there are none."""
    target = address(report, key)
    return tag("a", text, href=target, class_="opens") if target else tag("span", text)


def count(report: Report, key: str, value: int) -> Html:
    """Return a count of cases that opens."""
    return opens(report, key, number(value))


def said(one: Measure) -> str:
    """Return the value of a measure as text, or why there is none."""
    if one.value is None:
        return _(one.why_not) if one.why_not else ""
    if one.unit == "share":
        return share(one.value)
    if one.unit in ("hours", "business hours"):
        return span(one.value) if one.unit == "hours" else business(one.value)
    if one.unit == "times":
        return f"{number(one.value, 1)} ×"
    return number(one.value, 2)


def business(hours: float) -> str:
    """Return open hours: never as days, which would be read as days of the calendar."""
    return f"{number(hours, 1 if hours < 100 else 0)}\N{NO-BREAK SPACE}h"


def interval(one: Measure) -> str:
    """Return `95 % interval 10.2 to 11.7`; blank where there is none."""
    if one.low is None or one.high is None:
        return ""
    return _("95 % interval {low} to {high}").format(low=number(one.low * 100, 1), high=number(one.high * 100, 1))


def bounds(one: Measure) -> str:
    """Return `10.2–11.7`, for a column that says above what it is."""
    if one.low is None or one.high is None:
        return ""
    return f"{number(one.low * 100, 1)}–{number(one.high * 100, 1)}"
