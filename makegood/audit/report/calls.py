"""The twenty to call today, each with its timeline to open."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from .. import kinds
from ..gather import Report
from ..people import Moment, Stretch, ToCall
from ..words import clock, day, number
from ..words import gettext as _
from ..words import gettext_noop as later
from ..words import span as length
from .markup import Child, Html, filled, tag
from .sections import section

WHAT = {
    "opened": later("opened"),
    "customer_wrote": later("the customer wrote"),
    "staff_wrote": later("we wrote"),
    "note": later("a note"),
    "asked_customer": later("we asked the customer"),
    "handoff": later("handed on"),
    "assigned": later("assigned"),
    "state": later("state"),
    "promised": later("promised"),
    "promise_kept": later("promise kept"),
    "promise_released": later("promise let go by the customer"),
    "escalated": later("the customer escalated"),
    "went_public": later("the customer went public"),
    "went_to_executive": later("the customer went to an executive"),
    "offer_made": later("an offer was made"),
    "offer_lapsed": later("an offer lapsed"),
    "other": later("something else"),
}
STATES = {
    "open": later("open"),
    "waiting_customer": later("waiting for the customer"),
    "waiting_other": later("waiting for others"),
    "done": later("done"),
}


def twenty(report: Report) -> Html:
    """Return who still waits, the longest first, and under each name what happened so far."""
    if not report.calls:
        return section("twenty", _("Whom to call today"), tag("p", _why_nobody(report)))
    n = len(report.calls)
    title = _("Twenty to call today") if n == 20 else _("To call today")
    lead = _("In this order. Ask what would make it right before you offer. Each name opens what happened so far.")
    heads = [
        tag("th", name, scope="col")
        for name in (_("Who"), _("Over"), _("What went wrong"), _("Who had it last"), _("Waits since"))
    ]
    rows = [_row(report, nth, one) for nth, one in enumerate(report.calls, 1)]
    table = tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), class_="table stackable")
    told = [timeline(report, f"call-{nth}", one) for nth, one in enumerate(report.calls, 1) if one.told.moments]
    parts: list[Child] = [tag("p", lead)]
    if not report.states_known:
        text = _(
            "This log does not say when a case was closed. Who is named here is owed something that the log "
            "never shows as done; it may have been done since, and nothing here can tell."
        )
        parts.append(tag("p", text, class_="note"))
    parts += [table, tag("div", told, class_="timelines")]
    return section("twenty", title, parts, class_="break long")


def _why_nobody(report: Report) -> Html:
    if not report.states_known:
        text = _("This log does not say which cases are open, so nobody can be named.")
    elif report.closed == report.cases:
        text = _(
            "Every case of this log is closed at its end, so there is nobody to call. "
            "An export of closed cases alone can't tell who waits today."
        )
    else:
        text = _("{n} of {total} cases are open at the end of this log; nobody waits past a promise or a limit.")
    return filled(text, n=number(report.cases - report.closed), total=number(report.cases))


def _row(report: Report, nth: int, one: ToCall) -> Html:
    codes = sorted(one.codes, key=lambda code: (code not in kinds.SLIPS, code))
    wrong = ", ".join(kinds.name(code) for code in codes[:3])
    holder = " · ".join(filter(None, (one.person, one.team))) or "–"
    since = one.waits_since.astimezone(ZoneInfo(report.zone))
    who: Child = one.customer or one.case_id
    if one.told.moments:
        who = tag("a", who, href=f"#call-{nth}")
    number_ = tag("span", " ", one.case_id, class_="dim code") if one.customer else None
    return tag(
        "tr",
        tag("th", who, number_, scope="row"),
        tag("td", length(one.over_hours), class_="num"),
        tag("td", wrong),
        tag("td", holder, class_="mut"),
        tag("td", tag("time", day(since), datetime=since.isoformat()), class_="mut"),
    )


def timeline(report: Report, key: str, one: ToCall | Stretch) -> Html:
    """Return what happened in a case so far, folded under its name. Silences of more than a day are told, too."""
    zone = ZoneInfo(report.zone)
    told: list[Child] = []
    last: datetime | None = None
    for place, moment in enumerate(one.told.moments):
        if one.told.left_out and place == 5:
            told.append(tag("li", filled(_("{n} rows left out"), n=number(one.told.left_out)), class_="gap"))
            last = None
        if last is not None and (moment.at - last).total_seconds() > 86_400:
            silent = (moment.at - last).total_seconds() / 3600
            told.append(tag("li", filled(_("nothing for {span}"), span=length(silent)), class_="gap"))
        told.append(_moment(moment, zone))
        last = moment.at
    if last is not None:
        quiet = (report.facts.as_of - last).total_seconds() / 3600
        if quiet >= 1:
            told.append(tag("li", filled(_("nothing since, for {span}"), span=length(quiet)), class_="gap now"))
    name = filled(_("{who}, case {case}"), who=one.customer, case=one.case_id) if one.customer else one.case_id
    inside = tag("ol", told, id=key, class_="told")
    return tag("details", tag("summary", name, " ", tag("span", length(one.over_hours), class_="dim")), inside)


def _moment(moment: Moment, zone: ZoneInfo) -> Html:
    at = moment.at.astimezone(zone)
    what = _(WHAT[moment.what]) if moment.what in WHAT else moment.what
    if moment.what == "state" and moment.state in STATES:
        what = _(STATES[moment.state])
    notes = [what]
    if moment.state in STATES and (moment.what, moment.state) != ("opened", "open") and moment.what != "state":
        notes.append(_(STATES[moment.state]))
    if moment.what == "staff_wrote" and moment.substantive is False:
        notes.append(_("nothing of substance"))
    if moment.actor == "automatic":
        notes.append(_("automatic"))
    by = " · ".join(filter(None, (moment.person, moment.team)))
    solid = moment.what in ("staff_wrote", "promise_kept") and moment.substantive is not False
    stamp = tag("time", f"{day(at)} {clock(at)}", datetime=at.isoformat())
    return tag(
        "li",
        stamp,
        " ",
        tag("b", ", ".join(notes)),
        " ",
        tag("span", by, class_="dim") if by else None,
        class_="solid" if solid else None,
    )
