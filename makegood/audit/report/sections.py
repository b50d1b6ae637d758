"""What went wrong, how long silence lasts, who hands cases to whom, the longest waits, and when in the week."""

from __future__ import annotations

from .. import kinds
from ..flows import Flows
from ..gather import Kind, Report
from ..words import gettext as _
from ..words import ngettext, number, share, weekdays
from ..words import span as length
from . import plots
from .linked import address, count, opens, said
from .markup import Child, Html, filled, tag
from .ribbons import ribbons


def section(id: str, title: str, *content: Child, class_: str | None = None) -> Html:
    """Return one section under its heading."""
    return tag("section", tag("h2", title, id=id), content, aria_labelledby=id, class_=class_)


def figure(id: str, label: str, picture: Child, caption: Child) -> Html:
    """Return a picture that scrolls by keyboard where it is too wide, with what it says below."""
    region = tag("div", picture, class_="fig", tabindex="0", role="region", aria_label=label)
    return tag("figure", region, tag("figcaption", caption), id=f"fig-{id}")


# ── how they slipped ─────────────────────────────────────────────────────────


def slips(report: Report) -> Html:
    """Return the two tables: the first thing that went wrong, each case once; and everything else found."""
    first = sorted((kind for kind in report.kinds if kind.first), key=lambda kind: -kind.first)
    other = [kind for kind in report.kinds if kind.code not in kinds.SLIPS]
    parts: list[Child] = []
    if first:
        parts.append(_bars(report, first, _("First thing that went wrong"), firsts=True))
    if other:
        parts += [
            tag("h3", _("Also found")),
            tag(
                "p", _("These wear customers out. By themselves they do not count as a slip; a case may have several.")
            ),
            _bars(report, other, _("What was found"), firsts=False),
        ]
    if not parts:
        parts.append(tag("p", _("No check found anything.")))
    return section("s3", _("How they slipped"), parts, class_="long")


def _bars(report: Report, rows: list[Kind], title: str, *, firsts: bool) -> Html:
    values = [kind.first if firsts else kind.cases for kind in rows]
    most = max(values)
    body = [
        tag(
            "tr",
            tag("th", kinds.name(kind.code), " ", tag("span", kind.code, class_="dim code"), scope="row"),
            tag("td", count(report, f"first-{kind.code}" if firsts else kind.code, value), class_="r num"),
            tag("td", _bar(value / most), class_="kbar"),
        )
        for kind, value in zip(rows, values, strict=True)
    ]
    foot = None
    if firsts:
        foot = tag(
            "tfoot",
            tag(
                "tr",
                tag("th", _("Together, each once"), scope="row"),
                tag("td", number(report.slipped), class_="r"),
                tag("td"),
            ),
        )
    columns = (
        tag("th", title, scope="col"),
        tag("th", _("Cases"), scope="col", class_="r"),
        tag("th", tag("span", _("Bar"), class_="vh"), scope="col"),
    )
    return tag("table", tag("thead", tag("tr", columns)), tag("tbody", body), foot, class_="table kinds-t")


def _bar(part: float) -> Html:
    rect = tag("rect", class_="job-go", x=0, y=1, height=10, width=f"{part * 100:.2f}%")
    return tag("svg", rect, height=12, width="100%", aria_hidden="true")


# ── silence ──────────────────────────────────────────────────────────────────


def silence(report: Report) -> Html:
    """Return the curve of waiting: for replies where the log holds letters, else of silences on record."""
    if report.contacts_known and report.any_reply.shown and not report.substance_known:
        return section("s2", _("How long silence lasts"), tag("p", _reply_words(report)), _reply_plot(report))
    if report.contacts_known and report.substance.shown:
        return section("s2", _("How long silence lasts"), tag("p", _waiting_words(report)), _waiting_plot(report))
    if report.silence.shown:
        return section("s2", _("How long silence lasts"), tag("p", _silence_words(report)), _silence_plot(report))
    why = (
        _("There are too few cases for a curve.")
        if report.silence.n
        else _("This log does not say when anybody was silent.")
    )
    return section("s2", _("How long silence lasts"), tag("p", why))


def _waiting_words(report: Report) -> Html:
    day = report.day_hours
    any_reply, substance, week = report.any_reply.at(day), report.substance.at(day), report.substance.at(5 * day)
    return filled(
        _(
            "After one business day {answered} had an answer of some kind. Counting only replies that say something, "
            "it was {told}. After a working week {left} still had nothing."
        ),
        answered=opens(report, "reply-1", share(1 - any_reply.share, 0)),
        told=opens(report, "substance-1", share(1 - substance.share, 0)),
        left=opens(report, "substance-5", share(week.share, 0)),
    )


def _waiting_plot(report: Report) -> Html:
    scale = plots.scale_for([report.substance, report.any_reply], report.day_hours)
    same = report.any_reply.steps == report.substance.steps
    lines = [plots.Line(curve=report.substance, style="real", label=_("{share} no reply of substance"))]
    if not same:
        lines.insert(0, plots.Line(curve=report.any_reply, style="naive", label=_("{share} no reply at all")))
    picture = plots.survival(
        lines,
        scale,
        limit=report.day_hours,
        limit_text=_("one business day"),
        title=_("Share of customers still waiting, by business days since the case began."),
        foot=_("business days since the case began"),
    )
    caption = filled(
        _(
            "Kaplan–Meier, n = {n}; the {open} cases in which no such reply was ever sent count as waiting until they "
            "were closed or the log ends, and are not dropped. Solid: no reply of substance, shaded 95 % interval. "
            "Dashed: no reply at all."
        ),
        n=number(report.substance.n),
        open=number(report.substance.open),
    )
    return figure("survival", _("Survival curve of silence"), picture, caption)


def _reply_words(report: Report) -> Html:
    day = report.day_hours
    return filled(
        _(
            "After one business day {answered} had an answer of some kind, after a working week {left} still had none. "
            "This log does not tell answers that say something from receipts."
        ),
        answered=opens(report, "reply-1", share(1 - report.any_reply.at(day).share, 0)),
        left=opens(report, "reply-5", share(report.any_reply.at(5 * day).share, 0)),
    )


def _reply_plot(report: Report) -> Html:
    curve = report.any_reply
    picture = plots.survival(
        [plots.Line(curve=curve, style="real", label=_("{share} no reply at all"))],
        plots.scale_for([curve], report.day_hours),
        limit=report.day_hours,
        limit_text=_("one business day"),
        title=_("Share of customers still waiting, by business days since the case began."),
        foot=_("business days since the case began"),
    )
    caption = filled(
        _(
            "Kaplan–Meier, n = {n}; the {open} cases in which nobody ever replied count as waiting until they were "
            "closed or the log ends, and are not dropped. Shaded: 95 % interval."
        ),
        n=number(curve.n),
        open=number(curve.open),
    )
    return figure("survival", _("Survival curve of silence"), picture, caption)


def _silence_words(report: Report) -> Html:
    day = report.day_hours
    one, five = report.silence.at(day), report.silence.at(5 * day)
    return filled(
        _(
            "This log holds no letters, so silence is the longest time in which nothing at all was recorded on an open "
            "case while it was our turn. In {one} of the cases it was longer than one business day, in {five} longer "
            "than a working week."
        ),
        one=opens(report, "silence-1", share(one.share, 0)),
        five=opens(report, "silence-5", share(five.share, 0)),
    )


def _silence_plot(report: Report) -> Html:
    scale = plots.scale_for([report.silence], report.day_hours)
    line = plots.Line(curve=report.silence, style="real", label=_("{share} were left alone for longer"))
    picture = plots.survival(
        [line],
        scale,
        limit=report.day_hours,
        limit_text=_("one business day"),
        title=_("Share of cases whose longest silence lasted longer than so many business days."),
        foot=_("business days of the longest silence"),
    )
    caption = filled(
        _(
            "Kaplan–Meier, n = {n}; the longest silence of the {open} cases that are still open may "
            "yet grow and counts "
            "as not ended. Shaded: 95 % interval."
        ),
        n=number(report.silence.n),
        open=number(report.silence.open),
    )
    return figure("survival", _("Survival curve of silence"), picture, caption)


# ── handoffs ─────────────────────────────────────────────────────────────────


def handoffs(report: Report) -> Html:
    """Return the matrix of teams: rows give, columns receive, red frames where cases come straight back."""
    title = _("Where cases are handed around")
    if report.flows is None:
        text = _("This log says of no case that it went from one team to another.")
        return section("s4", title, tag("p", text))
    flows, mean = report.flows, report.measures["handoffs"]
    worst = _worst_pairs(flows)
    words: list[Child] = [
        filled(_("{n} handoffs, {mean} a case."), n=opens(report, "handoffs", number(flows.total)), mean=said(mean))
    ]
    if worst:
        pairs = "; ".join(
            ngettext("{home} and {away}, {n} time", "{home} and {away}, {n} times", times).format(
                home=home, away=away, n=number(times)
            )
            for home, away, times in worst
        )
        words += [
            " ",
            filled(
                _("The red frames mark the pairs that send cases back to where they came from: {pairs}."), pairs=pairs
            ),
        ]
    if worst and flows.round_trip_hours is not None:
        words += [" ", filled(_("Each round trip took a median of {span}."), span=length(flows.round_trip_hours))]
    framed = {pair for home, away, _n in worst for pair in ((home, away), (away, home))}
    ping = report.measures["ping_pong"]
    caption: list[Child] = [_("Rows give, columns receive.")]
    if flows.folded:
        caption += [
            " ",
            filled(_("The {n} teams that hand on least are one row and one column."), n=number(flows.folded)),
        ]
    if ping.shown:
        caption += [
            " ",
            filled(
                _(
                    "Ping-pong, a case that comes back or goes on three times without a substantive reply: "
                    "{share} of cases."
                ),
                share=opens(report, "ping_pong", said(ping)),
            ),
        ]
    picture = figure("handoffs", _("Handoff matrix"), _matrix(report, flows, framed), caption)
    return section("s4", title, tag("p", words), picture)


def _worst_pairs(flows: Flows) -> list[tuple[str, str, int]]:
    """The pairs, whichever way round, between which cases come back most; three at most, among the teams shown."""
    both: dict[tuple[str, str], int] = {}
    for (home, away), times in flows.returned.items():
        pair = (home, away) if (away, home) not in both else (away, home)
        both[pair] = both.get(pair, 0) + times
    shown = [(home, away, n) for (home, away), n in both.items() if home in flows.teams and away in flows.teams]
    return sorted(shown, key=lambda one: (-one[2], one))[:3]


def _matrix(report: Report, flows: Flows, framed: set[tuple[str, str]]) -> Html:
    most = max(max(row) for row in flows.counts)
    names = [team or _("all others") for team in flows.teams]
    heads = [tag("th", tag("span", name, class_="team"), scope="col") for name in names]
    body = []
    for giver, (team, name) in enumerate(zip(flows.teams, names, strict=True)):
        cells = [
            _cell(report, (giver, receiver), flows.counts[giver][receiver], most, framed=(team, other) in framed)
            for receiver, other in enumerate(flows.teams)
        ]
        total = tag("td", tag("b", number(sum(flows.counts[giver]))))
        body.append(tag("tr", tag("th", name, scope="row"), cells, total))
    top = tag("tr", tag("th", _("from, to"), scope="col"), heads, tag("th", _("all"), scope="col"))
    return tag("table", tag("thead", top), tag("tbody", body), class_="table heat")


def _cell(report: Report, place: tuple[int, int], value: int, most: int, *, framed: bool) -> Html:
    if not value:
        return tag("td", "·", class_="h0", aria_label=_("none"))
    level = 3 if value > most * 0.4 else 2 if value > most * 0.15 else 1 if value > most * 0.03 else 0
    classes = f"h{level} pp" if framed else f"h{level}"
    return tag("td", opens(report, f"hand-{place[0]}-{place[1]}", number(value)), class_=classes)


# ── the longest waits, and the week ──────────────────────────────────────────


def waits(report: Report) -> Html | None:
    """Return the longest overruns as ribbons on one calendar."""
    if not report.stretches:
        return None
    promises = all(one.code in kinds.BROKEN_PROMISE for one in report.stretches)
    title = _("The longest promises") if promises else _("The longest waits")
    lead = _("What was owed, when it was due, and how far past it went. One case is one line.")
    note = _(
        "All on one calendar. Grey is the time there was, from its beginning to due; hatched is what came after. "
        "A tick closes it; an arrow goes on past the end of the log."
    )
    drawn = ribbons(report.stretches, as_of=report.facts.as_of, zone=report.zone)
    return section(
        "s5", title, tag("p", lead), tag("div", drawn, id="fig-waits"), tag("p", note, class_="note"), class_="long"
    )


def when(report: Report) -> Html | None:
    """Return the week: in which hours promises and limits ran out."""
    total = sum(map(sum, report.week))
    if not total:
        return None
    if len({hour for day in report.week for hour, count in enumerate(day) if count}) == 1 and total > 1:
        text = _("This log tells days and no times of day, so nothing can be said about hours.")
        return section("s8", _("When in the week it happens"), tag("p", text))
    days = [sum(hours) for hours in report.week]
    worst = max(range(7), key=lambda nth: days[nth])
    words = filled(
        _(
            "When a silence began or a promise ran out, {n} in all. Most on {day}, {share} of them. "
            "An hour that stands out is one at which things are set aside."
        ),
        n=number(total),
        day=weekdays()[worst],
        share=share(days[worst] / total, 0),
    )
    picture = plots.when(report.week, lambda day, hour: address(report, f"week-{day}-{hour}"))
    caption = filled(_("Hours of the day in {zone}. The darker, the more."), zone=report.zone)
    return section(
        "s8",
        _("When in the week it happens"),
        tag("p", words),
        figure("week", _("Slips by hour of the week"), picture, caption),
    )
