"""The report as one page of HTML: no network, no script, all it needs inside."""

from __future__ import annotations

from ..gather import Report
from ..words import gettext as _
from ..words import language
from . import behind
from .content import content
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
    lists = behind.lists(report) if report.cases else ""
    skip = tag("a", _("Skip to the answer"), class_="skip", href="#main")
    body = [skip, content(report, lists, id="main"), SPRITE]
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang=language())}\n"
