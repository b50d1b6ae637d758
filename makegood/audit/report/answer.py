"""The first thing a reader sees: one sentence with the answer in it, and five figures."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from .. import kinds
from ..gather import Report
from ..words import clock, day, ngettext, number, share, span
from ..words import gettext as _
from ..words import gettext_noop as later
from .linked import business, count, interval, opens, said
from .markup import Child, Html, filled, tag

ONE_IN = (
    later("One case in two"),
    later("One case in three"),
    later("One case in four"),
    later("One case in five"),
    later("One case in six"),
    later("One case in seven"),
    later("One case in eight"),
    later("One case in nine"),
    later("One case in ten"),
    later("One case in eleven"),
    later("One case in twelve"),
)
"""From the second on. Where none fits, a percentage stands instead."""


def head(report: Report) -> Html:
    """Return the header: whose log it was, the answer, and what to do about it."""
    return tag("header", tag("p", _source(report), class_="promise-src"), tag("h1", answer(report)), _then(report))


def _source(report: Report) -> Html:
    zone = ZoneInfo(report.zone)
    written = report.facts.written_at.astimezone(zone)
    first, last = report.first_at, report.last_at
    return filled(
        _("{audit} of {source}: {cases} cases, {first} to {last}. Written {written} {zone}."),
        audit=tag("b", _("Makegood audit")),
        source=report.facts.source,
        cases=number(report.cases),
        first=day(first.astimezone(zone)) if first else "–",
        last=day(last.astimezone(zone)) if last else "–",
        written=tag("time", f"{day(written)} {clock(written)}", datetime=written.isoformat()),
        zone=tag("span", written.tzname() or report.zone, class_="z"),
    )


def answer(report: Report) -> Html:
    """Return the sentence that answers: did customers slip, how many, of how many, and how."""
    if not report.cases:
        return filled(_("There is no case in this log, so nothing can be said about it."))
    if not report.slipped:
        sentence = ngettext(
            "Nobody slipped: the one case of this log did not wait past a promise or past the silence limit.",
            "Nobody slipped: none of {n} cases waited past a promise or past the silence limit.",
            report.cases,
        )
        return filled(sentence, n=tag("strong", number(report.cases)))
    hits = tag(
        "strong",
        filled(_("{n} of {total}"), n=count(report, "slipped", report.slipped), total=number(report.cases)),
    )
    return filled(_("{how_many} slipped: {hits} {how}."), how_many=_how_many(report), hits=hits, how=_how(report))


def plain_answer(report: Report) -> str:
    """The same as plain text, for a title and a terminal."""
    import html
    import re

    return html.unescape(re.sub(r"<[^>]+>", "", answer(report)))


def _how_many(report: Report) -> str:
    if report.slipped == report.cases:
        return _("Every case")
    part = report.slipped / report.cases
    if report.cases < 20:
        return ngettext("{n} case", "{n} cases", report.slipped).format(n=report.slipped)
    one_in = 1 / part
    nearest = round(one_in)
    if 2 <= nearest <= 12 and abs(one_in - nearest) / nearest < 0.08:
        return _(ONE_IN[nearest - 2])
    if round(part, 2) == 1:
        return _("Nearly every case")
    if part > 0.5:
        return _("More than half of the cases, {share},").format(share=share(part, 0))
    return _("{share} of the cases").format(share=share(part, 1 if part < 0.1 else 0))


def _how(report: Report) -> str:
    """In words only what was found: a log without promises breaks none."""
    firsts = {kind.code for kind in report.kinds if kind.code in kinds.SLIPS}
    promise = bool(firsts & set(kinds.BROKEN_PROMISE))
    silence = bool(firsts & set(kinds.SILENCE))
    if promise and silence:
        return (
            _("waited past a promise or past the silence limit, or had to push themselves")
            if firsts & set(kinds.ESCALATED)
            else _("waited past a promise or past the silence limit")
        )
    if promise:
        return _("waited past a promise")
    if silence:
        return _("waited past the silence limit")
    if firsts & set(kinds.NO_OWNER):
        return _("had nobody who owned them")
    return _("had to push, or were never reached")


def _then(report: Report) -> Html | None:
    if not report.slipped:
        return None
    zone = ZoneInfo(report.zone)
    as_of = report.facts.as_of.astimezone(zone)
    when = tag("time", f"{day(as_of)} {clock(as_of)}", datetime=as_of.isoformat())
    if not report.waiting:
        return tag("p", filled(_("None of them still waits on {day}."), day=when))
    lines: list[Child] = [
        filled(
            ngettext("{n} of them still waits on {day}.", "{n} of them still wait on {day}.", report.waiting),
            n=count(report, "waiting", report.waiting),
            day=when,
        )
    ]
    if report.calls:
        shown = len(report.calls)
        named = ngettext(
            "The one who has waited longest is named {here}.",
            "The {n} who have waited longest are named {here}, in the order in which to call them.",
            shown,
        )
        lines += [" ", filled(named, n=number(shown), here=tag("a", _("below"), href="#twenty"))]
    return tag("p", lines)


def figures(report: Report) -> Html:
    """Return the five figures, each with its interval, and each a link to its cases."""
    measures = report.measures
    kept, substance = measures["promises_kept"], measures["first_substantive"]
    five = [
        _share_figure(report, "slipped", _("slipped, {hits} of {n}")),
        _share_figure(report, "promises_kept", _("promises kept on time, {hits} of {n}")),
        _figure(
            _("median to a reply of substance"),
            opens(report, "first_substantive", said(substance)),
            _reply_note(report),
        )
        if substance.shown
        else _silence_figure(report),
        _figure(
            _("had to escalate, in public or to a manager"),
            opens(report, "escalated", number(measures["escalated"].hits or 0)),
            _escalated_note(report),
        ),
        _figure(_("still waiting"), count(report, "waiting", report.waiting), _longest(report)),
    ]
    if kept.why_not and kept.n == 0:
        five[1] = _handoff_figure(report)
    return tag(
        "section",
        tag("h2", _("Five figures"), id="s1", class_="vh"),
        tag("dl", five, class_="figures"),
        aria_labelledby="s1",
    )


def _figure(name: Child, value: Child, note: Child) -> Html:
    return tag("div", tag("dt", name), tag("dd", value), tag("dd", note, class_="ci"))


def _share_figure(report: Report, key: str, name: str) -> Html:
    one = report.measures[key]
    text = name.format(hits=number(one.hits or 0), n=number(one.n))
    if not one.shown:
        return _figure(text, count(report, key, one.hits or 0), said(one))
    note = interval(one)
    if key == "promises_kept" and any(told["code"] == "letters_read" for told in report.facts.reading.get("notes", ())):
        note = _("{interval}; read in letters, so the upper end").format(interval=note)
    return _figure(text, opens(report, key, said(one)), note)


def _reply_note(report: Report) -> str:
    any_reply = report.measures["first_reply"]
    if any_reply.value is None:
        return _("business hours")
    return _("business hours; to any reply {any}").format(any=said(any_reply))


def _silence_figure(report: Report) -> Html:
    """What stands in for the wait for a reply of substance: for any reply, the longest silence, or to closing."""
    any_reply = report.measures["first_reply"]
    if any_reply.shown and not report.substance_known:
        return _figure(_("median to any reply"), opens(report, "first_reply", said(any_reply)), _("business hours"))
    median = report.silence.reached(0.5) if report.silence.shown else None
    if median is not None:
        value = opens(report, "longest_silence", business(median))
        return _figure(_("median of the longest silence of a case"), value, _("business hours"))
    closing = report.measures["to_closing"]
    if closing.shown:
        return _figure(_("median to closing"), opens(report, "to_closing", said(closing)), _("elapsed"))
    return _figure(_("median to a reply of substance"), "–", _("not in this log"))


def _handoff_figure(report: Report) -> Html:
    """Where a log holds no promises, being handed around stands in their place."""
    one = report.measures["ping_pong"]
    if one.n == 0:
        return _figure(_("promises kept on time"), "–", _("not in this log"))
    text = _("passed back and forth, {hits} of {n}").format(hits=number(one.hits or 0), n=number(one.n))
    return _figure(text, opens(report, "ping_pong", said(one) if one.shown else number(one.hits or 0)), interval(one))


def _escalated_note(report: Report) -> str:
    one = report.measures["escalated"]
    if not one.hits:
        return _("as far as the log says")
    return f"{said(one)}, {interval(one)}" if one.shown else said(one)


def _longest(report: Report) -> str:
    if not report.calls:
        return ""
    return _("longest {span}").format(span=span(report.calls[0].over_hours))
