"""Side by side: teams, doors, months and customers with their intervals, and two policies on one history."""

from __future__ import annotations

from collections.abc import Sequence

from ..gather import Report, tells_apart
from ..groups import Group
from ..intervals import Share
from ..what_if import Outlook
from ..words import gettext as _
from ..words import gettext_noop as later
from ..words import ngettext, number, share
from . import plots
from .linked import address, business, opens
from .markup import Child, Html, filled, tag
from .sections import figure, section

VERDICTS = {
    "more": later("more than the others"),
    "fewer": later("fewer than the others"),
    "not shown": later("no difference shown"),
}
OTHERS = {
    "team": later("{n} other teams"),
    "channel": later("{n} other doors"),
    "customer": later("{n} other customers"),
    "month": later("{n} earlier months"),
}
WITHOUT = {
    "team": later("no team named"),
    "channel": later("no door named"),
    "customer": later("no customer named"),
    "month": later("no month named"),
}
TITLES = {
    "channel": later("By door"),
    "month": later("By month in which the case began"),
    "customer": later("By customer"),
}
HEADS = {"team": later("Team"), "channel": later("Door"), "month": later("Month"), "customer": later("Customer")}


def teams(report: Report) -> Html | None:
    """Return the teams that held cases last, with intervals, and whether they differ from the others."""
    groups = report.groups["team"]
    if len(groups) < 2:
        return None
    names = [_name(group, "team") for group in groups]
    overall = report.slipped / report.cases
    drawn = [nth for nth, group in enumerate(groups) if group.slipped.shown]
    rows = [plots.Row(group=groups[nth], name=names[nth], target=address(report, f"team-{nth}")) for nth in drawn]
    differ = [group for group in groups if group.against_rest and group.against_rest.verdict == "more"]
    words = _("By the team that held the case last. The red line is all cases together, {share}. ").format(
        share=share(overall)
    )
    if differ:
        words += _("Slipping more often than the others by more than chance: {teams}.").format(
            teams=", ".join(group.name for group in differ)
        )
    else:
        words += _("No team slips more often than the others by more than chance explains.")
    caption = _(
        "Point and 95 % interval (Wilson). A filled red point stands out even when so many teams are compared "
        "(Newcombe, Bonferroni); a hollow one does not, which does not say that it is like the others."
    )
    few = len(groups) - len(drawn)
    notes: list[Child] = [caption]
    if few:
        text = ngettext(
            "{n} team with fewer than 20 cases is in the table alone.",
            "{n} teams with fewer than 20 cases are in the table alone.",
            few,
        )
        notes += [" ", filled(text, n=number(few))]
    drawing = figure("teams", _("Slip rate by team"), plots.teams(rows, overall), notes) if rows else None
    return section(
        "s9", _("Teams side by side"), tag("p", words), drawing, _table(report, "team", groups, names), class_="long"
    )


def others(report: Report) -> Html | None:
    """Return the same by door, month and customer, as far as the log tells them apart."""
    parts: list[Child] = []
    for by in ("channel", "month", "customer"):
        groups = report.groups[by]
        if not tells_apart(by, groups):
            continue
        parts += [tag("h3", _(TITLES[by])), _table(report, by, groups, [_name(group, by) for group in groups])]
    return section("s10", _("By door, month and customer"), parts, class_="long") if parts else None


def _name(group: Group, by: str) -> str:
    if group.name or group.folded:
        return group.name or _(OTHERS[by]).format(n=number(group.folded))
    return _(WITHOUT[by])


def _table(report: Report, by: str, groups: Sequence[Group], names: Sequence[str]) -> Html:
    kept = any(group.kept.n for group in groups)
    median = any(group.median is not None for group in groups)
    heads: list[Child] = [tag("th", _(HEADS[by]), scope="col")]
    for title in (_("Cases"), _("Slipped"), _("95 % interval"), _("Against the others"), _("Handoffs")):
        heads.append(tag("th", title, scope="col", class_="r"))
    if kept:
        heads.append(tag("th", _("Promises kept"), scope="col", class_="r"))
    if median:
        heads.append(tag("th", _("Median to substance, business h"), scope="col", class_="r"))
    body = [
        _row(report, f"{by}-{nth}", group, name, kept=kept, median=median)
        for nth, (group, name) in enumerate(zip(groups, names, strict=True))
    ]
    table = tag("table", tag("thead", tag("tr", heads)), tag("tbody", body), class_="table sides")
    return tag("div", table, class_="scroll-x", tabindex="0", role="region", aria_label=_(HEADS[by]))


def _row(report: Report, key: str, group: Group, name: str, *, kept: bool, median: bool) -> Html:
    slipped = group.slipped
    low, high = slipped.interval
    few = _("not shown")
    verdict = _(VERDICTS[group.against_rest.verdict]) if group.against_rest else ("–" if group.name == "" else few)
    cells: list[Child] = [
        tag("th", name, scope="row"),
        tag("td", number(slipped.n), class_="r num"),
        tag("td", opens(report, key, _share(slipped) or number(slipped.hits)), class_="r num"),
        tag("td", f"{number(low * 100, 1)}–{number(high * 100, 1)}" if slipped.shown else few, class_="r num"),
        tag("td", verdict, class_="r"),
        tag("td", "–" if group.handoffs is None else number(group.handoffs, 2), class_="r num"),
    ]
    if kept:
        cells.append(tag("td", _share(group.kept) or few, class_="r num"))
    if median:
        cells.append(tag("td", few if group.median is None else business(group.median), class_="r num"))
    return tag("tr", cells)


def _share(one: Share) -> str:
    return share(one.value or 0.0) if one.shown else ""


# ── two policies ─────────────────────────────────────────────────────────────


def what_if(report: Report) -> Html | None:
    """Return the policies beside each other; nothing where only one was given."""
    if len(report.outlooks) < 2:
        return None
    rows = (
        (_("Cases that slipped"), [_slips(one) for one in report.outlooks]),
        (_("Promises kept late or not at all"), [number(one.promises_broken) for one in report.outlooks]),
        (_("Silences past the limit"), [number(one.silences) for one in report.outlooks]),
        (_("Alarms in all"), [number(one.alarms) for one in report.outlooks]),
        (_("Alarms a person a working day"), [_daily(one) for one in report.outlooks]),
        (
            _("Done within one business day of the alarm"),
            [_share(one.answered) or _("not shown") for one in report.outlooks],
        ),
    )
    heads = [tag("th", "", scope="col"), *(tag("th", one.policy, scope="col", class_="r") for one in report.outlooks)]
    body = [
        tag("tr", tag("th", title, scope="row"), [tag("td", value, class_="r num") for value in values])
        for title, values in rows
    ]
    first, second = report.outlooks[0], report.outlooks[1]
    words = filled(
        _(
            "The same history, judged by each policy. Under {second} {b} cases slip, under {first} {a}. "
            "An alarm is a clock that ran out; “a person” is one of the {people} who were the last to hold a case."
        ),
        first=tag("b", first.policy),
        second=tag("b", second.policy),
        a=number(first.slipped.hits),
        b=number(second.slipped.hits),
        people=number(first.people),
    )
    note = _(
        "“Done within one business day” is weaker than it sounds: the old desk rang no alarms, so "
        "nobody acted because of one."
    )
    return section(
        "s11",
        _("What if: the policies compared"),
        tag("p", words),
        tag("table", tag("thead", tag("tr", heads)), tag("tbody", body), class_="table"),
        tag("p", note, class_="note"),
    )


def _slips(one: Outlook) -> str:
    return f"{number(one.slipped.hits)} ({_share(one.slipped)})" if one.slipped.shown else number(one.slipped.hits)


def _daily(one: Outlook) -> str:
    value = one.alarms_a_person_a_day
    return _("not in this log") if value is None else number(value, 2)
