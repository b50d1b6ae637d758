"""How it was counted, how good the log is, and what this report cannot see."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .. import kinds
from ..gather import Report
from ..measures import Measure
from ..words import clock, day, number, share
from ..words import gettext as _
from ..words import gettext_noop as later
from .linked import bounds, business, opens, said
from .markup import Child, Html, filled, tag
from .sections import section

NAMES = {
    "slipped": later("Cases that slipped"),
    "first_substantive": later("Median to the first reply of substance, business hours"),
    "first_reply": later("Median to any reply (first response time), business hours"),
    "first_substantive_elapsed": later("Median to the first reply of substance, elapsed"),
    "substance_gap": later("Substance gap: the first of these over the second"),
    "to_closing": later("Median to closing, elapsed; whether it was made right is not in this log"),
    "promises_kept": later("Promises kept on time"),
    "handoffs": later("Handoffs a case"),
    "ping_pong": later("Cases passed back and forth"),
    "longest_silence": later("Part of the time that cases were open which was their one longest silence"),
    "drip_asks": later("Cases in which the customer was asked at two times or more"),
    "escalated": later("Cases in which the customer had to escalate"),
    "not_contradicted": later("Recovered: at most (closed and never reopened). No customer's own yes is in this log"),
    "second_case": later("Customers back with another case within 90 days of closing"),
}


def measures(report: Report) -> Html:
    """Return every measure with its number, interval and count, or why there is none."""
    heads = [
        tag("th", _("Measure"), scope="col"),
        tag("th", _("Value"), scope="col", class_="r"),
        tag("th", _("Interval"), scope="col", class_="r"),
        tag("th", _("Of"), scope="col", class_="r"),
    ]
    rows = [_measure(report, one) for one in report.measures.values()]
    table = tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), class_="table measures")
    return section(
        "s12",
        _("All measures"),
        tag("div", table, class_="scroll-x", tabindex="0", role="region", aria_label=_("All measures")),
        class_="long",
    )


def _measure(report: Report, one: Measure) -> Html:
    value: Child = opens(report, one.key, said(one)) if one.shown else said(one)
    beside = bounds(one)
    if one.more.get("p90"):
        beside = _("nine in ten within {span}").format(span=business(one.more["p90"] or 0.0))
    return tag(
        "tr",
        tag("th", tag("span", one.id, class_="dim code"), " ", _(NAMES[one.key]), scope="row"),
        tag("td", value, class_="r num" if one.shown else "r"),
        tag("td", beside, class_="r num"),
        tag("td", number(one.n) if one.n else "–", class_="r num"),
    )


def method(report: Report) -> Html:
    """Return the end of the report: the file, the rules, and their limits."""
    zone = ZoneInfo(report.zone)
    as_of = report.facts.as_of.astimezone(zone)
    paragraphs: list[Child] = [
        tag("p", _reading(report)),
        _rejected(report),
        tag(
            "p",
            filled(
                _(
                    "Judged as of {day} by the policy “{policy}”: opening hours and holidays of {zone}, "
                    "{hours} hours to a "
                    "business day. Nothing after that moment was looked at. A case that has no end in the log "
                    "counts as open."
                ),
                day=f"{day(as_of)} {clock(as_of)} {as_of.tzname()}",
                policy=report.facts.policy,
                zone=report.zone,
                hours=number(report.day_hours, 0 if report.day_hours == int(report.day_hours) else 1),
            ),
        ),
        tag(
            "p",
            _(
                "A case slipped if it was at any time past a due promise or past the silence limit, without an owner "
                "or with a message that did not arrive, or if its customer had to escalate himself. It stays a slip "
                "after it was made good. Whether somebody inside was told in time is not in another desk’s log, so "
                "nobody is taken to have been."
            ),
        ),
        tag(
            "p",
            filled(
                _(
                    "A share is shown from {least} cases on, with Wilson’s interval; differences with "
                    "Newcombe’s; times by Kaplan "
                    "and Meier with open cases kept in. How loudly a customer can complain was read for no number here."
                ),
                least=number(20),
            ),
        ),
        _cannot(report),
        tag(
            "p",
            filled(
                _(
                    "Every number can be counted again from the files beside this report, and the files again from "
                    "the log: {command}. Makegood {version}."
                ),
                command=tag("code", f"makegood audit {report.facts.source}"),
                version=report.facts.version,
            ),
            class_="note",
        ),
    ]
    return section("s7", _("Method and data quality"), paragraphs, class_="long")


def _reading(report: Report) -> Html:
    reading = report.facts.reading
    rows, rejected, ignored = (reading.get(name) for name in ("rows", "rejected", "ignored"))
    if not isinstance(rows, int):
        return filled(_("The log was read as it was given: {source}."), source=report.facts.source)
    left = (
        tag("span", " ", filled(_("{n} rows are no events by the mapping and were left out."), n=number(ignored)))
        if ignored
        else None
    )
    if not rejected:
        all_read = filled(
            _("All {rows} rows of {source} could be read."), rows=number(rows), source=report.facts.source
        )
        return Html(all_read + (left or ""))
    some = filled(
        _(
            "Of {rows} rows of {source} {rejected} could not be read ({share}); they are listed with "
            "their line numbers in {file}."
        ),
        rows=number(rows),
        source=report.facts.source,
        rejected=number(rejected),
        share=share(rejected / rows, 2),
        file=tag("code", "rejected.csv"),
    )
    return Html(some + (left or ""))


def _rejected(report: Report) -> Html | None:
    notes = report.facts.notes
    if not notes:
        return None
    return tag(
        "div",
        tag("p", _("What the reader noticed:")),
        tag("ul", [tag("li", note) for note in notes[:20]], class_="plain"),
    )


def _cannot(report: Report) -> Html:
    missing = [
        text
        for known, text in (
            (report.contacts_known, _("letters and calls, so whether anybody replied")),
            (report.substance_known, _("which replies said anything")),
            (report.measures["promises_kept"].n > 0, _("promises with a date")),
            (report.measures["second_case"].n > 0, _("who the customer was")),
            (any(kind.code in kinds.ESCALATED for kind in report.kinds), _("customers who went over somebody’s head")),
            (bool(report.groups["channel"]), _("the door by which a case came in")),
        )
        if not known
    ]
    lead = (
        tag("p", _("What this report cannot see, because the log does not say it, or never said it:"))
        if missing
        else None
    )
    always = _("What happened outside the desk: telephone calls nobody wrote down, letters that never became a case.")
    if not missing:
        return tag("p", _("What this report cannot see. "), always)
    return tag("div", lead, tag("ul", [tag("li", text) for text in missing], tag("li", always), class_="plain"))
