"""The report as one page of HTML: no network, no script, all it needs inside."""

from __future__ import annotations

from ..gather import Report
from ..words import gettext as _
from ..words import language
from . import answer, behind, calls, method, sections, sides
from .markup import Html, filled, tag
from .sheet import SPRITE, screen


def page(report: Report) -> str:
    """Return the whole document."""
    title = filled(_("Audit of {source}"), source=report.facts.source)
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title, " · Makegood"),
        tag("style", Html(screen())),
    ]
    body = [tag("a", _("Skip to the answer"), class_="skip", href="#main"), content(report), SPRITE]
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang=language())}\n"


def content(report: Report) -> Html:
    """Return what a reader reads, in the order in which questions come up."""
    if not report.cases:
        return tag("main", answer.head(report), method.method(report), id="main", class_="report")
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
        behind.lists(report),
        method.method(report),
    )
    return tag("main", parts, id="main", class_="report")
