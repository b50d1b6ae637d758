"""What a reader reads, on the screen and on paper, in the order in which questions come up."""

from __future__ import annotations

from ..gather import Report
from . import answer, calls, method, sections, sides
from .markup import Html, tag


def content(report: Report, lists: Html | str = "", **attributes: str) -> Html:
    """Return all parts of the report; `lists` are the cases behind its numbers, which paper leaves to the files."""
    if not report.cases:
        return tag("main", answer.head(report), method.method(report), class_="report", **attributes)
    parts = (
        answer.head(report),
        answer.figures(report),
        sections.slips(report),
        sections.silence(report),
        sections.handoffs(report),
        sections.waits(report),
        sections.when(report),
        sides.teams(report),
        sides.others(report),
        calls.twenty(report),
        sides.what_if(report),
        method.measures(report),
        lists,
        method.method(report),
    )
    return tag("main", parts, class_="report", **attributes)
