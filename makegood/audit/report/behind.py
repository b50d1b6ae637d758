"""The cases behind the numbers: every link of the report leads here."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .. import kinds
from ..gather import Report
from ..listings import Line, Listing
from ..words import day, ngettext, number, weekdays
from ..words import gettext as _
from ..words import gettext_noop as later
from ..words import span as length
from .calls import timeline
from .markup import Child, Html, filled, tag
from .sections import section

TITLES = {
    "all": later("All cases"),
    "waiting": later("Still waiting"),
    "slipped": later("Slipped"),
    "first_substantive": later("Cases in which replies are known"),
    "first_reply": later("Cases in which replies are known"),
    "first_substantive_elapsed": later("Cases in which replies are known"),
    "substance_gap": later("Cases in which replies are known"),
    "to_closing": later("All cases"),
    "promises_kept": later("A promise kept late or not at all"),
    "handoffs": later("Handed on at least once"),
    "ping_pong": later("Passed back and forth"),
    "longest_silence": later("Cases with a silence on record"),
    "drip_asks": later("Asked at two times or more"),
    "escalated": later("The customer had to escalate"),
    "not_contradicted": later("Closed and never reopened"),
    "second_case": later("Came back with another case"),
    "substance-1": later("No reply of substance within one business day"),
    "substance-5": later("No reply of substance within five business days"),
    "reply-1": later("No reply at all within one business day"),
    "reply-5": later("No reply at all within five business days"),
    "silence-1": later("Left alone for longer than one business day"),
    "silence-5": later("Left alone for longer than five business days"),
}
CELLS = {
    "hand": later("Handoffs, from team to team"),
    "week": later("Slips, hour by hour of the week"),
}


def lists(report: Report) -> Html:
    """Return every list, closed until somebody follows a number into it."""
    lead = filled(
        _(
            "Every number above opens the list it counts. A list shows its first cases; the question "
            "under it finds all "
            "of them in the files beside this report ({files}), with DuckDB or anything that reads Parquet or CSV."
        ),
        files=tag("code", "cases.parquet, findings.parquet"),
    )
    rows = [_listing(report, listing) for listing in report.listings if listing.times is None]
    more = [_folded(report, title, kind) for kind, title in CELLS.items()]
    waits = [timeline(report, f"wait-{nth}", one) for nth, one in enumerate(report.stretches, 1) if one.told.moments]
    return section(
        "behind",
        _("The cases behind the numbers"),
        tag("p", lead),
        tag("div", rows, more, class_="lists"),
        tag("h3", _("The longest waits")) if waits else None,
        tag("div", waits, class_="lists") if waits else None,
        class_="break long",
    )


def _folded(report: Report, name: str, kind: str) -> Html | None:
    """Return the lists of one picture's cells, folded once more: there may be hundreds."""
    cells = [_listing(report, listing) for listing in report.listings if listing.key.startswith(f"{kind}-")]
    return tag("details", tag("summary", _(name)), tag("div", cells, class_="cells")) if cells else None


def title(report: Report, key: str) -> str:
    """Return what a list is called."""
    if key in TITLES:
        return _(TITLES[key])
    kind, _dash, rest = key.partition("-")
    if kind == "first":
        return _("First thing that went wrong: {kind}").format(kind=kinds.name(rest))
    if kind in report.groups:
        group = report.groups[kind][int(rest)]
        unnamed = _("all others") if group.folded else _("none named")
        return _("Slipped, {group}").format(group=group.name or unnamed)
    if kind == "hand" and report.flows:
        giver, receiver = (report.flows.teams[int(place)] or _("all others") for place in rest.split("-"))
        return _("{giver} to {receiver}").format(giver=giver, receiver=receiver)
    if kind == "week":
        weekday, hour = map(int, rest.split("-"))
        return f"{weekdays()[weekday]} {hour:02d}:00"
    return kinds.name(key)


def _listing(report: Report, listing: Listing) -> Html:
    heads = [
        tag("th", name, scope="col")
        for name in (
            _("Case"),
            _("Began"),
            _("Slipped"),
            _("By"),
            _("Longest silence"),
            _("Handoffs"),
            _("Team"),
            _("State"),
        )
    ]
    table = tag(
        "table",
        tag("thead", tag("tr", heads)),
        tag("tbody", [_line(report, line) for line in listing.lines]),
        class_="table",
    )
    left = listing.count - len(listing.lines)
    number_of = listing.count if listing.times is None else listing.times
    notes: list[Child] = []
    if number_of != listing.count:
        text = ngettext("All in {n} case. ", "In {n} cases, some of them several times. ", listing.count)
        notes.append(filled(text, n=number(listing.count)))
    if left:
        notes.append(filled(_("{n} more. "), n=number(left)))
    if listing.sql:
        notes.append(tag("code", listing.sql, class_="sql"))
    inside = tag(
        "div",
        table,
        tag("p", notes, class_="note") if notes else None,
        id=f"l-{listing.key}",
        class_="scroll-x",
        tabindex="0",
        role="region",
        aria_label=title(report, listing.key),
    )
    summary = tag("summary", title(report, listing.key), " ", tag("span", number(number_of), class_="num dim"))
    return tag("details", summary, inside)


def _line(report: Report, line: Line) -> Html:
    zone = ZoneInfo(report.zone)
    slipped = day(line.slipped_at.astimezone(zone)) if line.slipped_at else "–"
    silence = "–" if line.silence_hours is None else length(line.silence_hours)
    return tag(
        "tr",
        tag("th", line.case_id, tag("span", " ", line.customer, class_="dim") if line.customer else None, scope="row"),
        tag("td", day(line.first_at.astimezone(zone)), class_="num"),
        tag("td", slipped, class_="num"),
        tag("td", kinds.name(line.first_slip) if line.first_slip else "–"),
        tag("td", silence, class_="num"),
        tag("td", "–" if line.handoffs is None else number(line.handoffs), class_="r num"),
        tag("td", line.team or "–"),
        tag("td", _("closed") if line.closed else _("open")),
    )
