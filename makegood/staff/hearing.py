"""What a draft seems to say while it is written, and what a customer's message was by a person's word.

The draft is read and forgotten: nothing is kept, nothing is marked, nothing is promised until its writer says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import hearing, second_readings
from makegood.desk.actions.promises import Words
from makegood.desk.queries import heard, house
from makegood.language import listening, tone
from makegood.language.listening import Reading
from makegood.rules.incoming import LABELS
from makegood.rules.outgoing import SUBSTANTIVE

from . import heard_words as said
from . import pages
from .door import StaffRequest, staff_only, to_case
from .replying import MOST_CLOCKS, clock_of, one_line, still_taken

Task = models.Heard.Task
DRAFT = 20_000
"""Characters of a draft that are read while it is written; all of it is read when it is sent."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A promise found in the draft."""

    words: str
    due_at: datetime | None
    near_at: datetime | None
    clock: str
    """The value of its box; empty where there is no date to take."""
    taken: bool
    past: bool


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a draft seems to say, as the composer shows it."""

    kinds: tuple[Reading, ...]
    substantive: bool
    promises: tuple[Found, ...]
    partners: tuple[Reading, ...]
    hints: tuple[said.Hint, ...]
    may_ask: bool
    """Whether there is a second reader to ask."""


@staff_only("POST")
def draft(request: StaffRequest, number: str) -> HttpResponse:
    """Read the draft of a reply and show what it seems to be. Keeps nothing."""
    now, row = clock.now(), access.case_for(request.user, number)
    zone = house.zone_of(request.user, facts.policy(row.policy))
    context = {"draft": read(request, row, now=now), "zone": zone, "now": now, "case": row}
    return render(request, "staff/draft.html", context)


def read(request: StaffRequest, row: models.Case, *, now: datetime) -> Draft:
    """Return what the draft that was sent with a request seems to say."""
    readings = _readings(request, row, now=now)
    text, taken = request.POST.get("text", "")[:DRAFT], request.POST.getlist("clocks")
    return as_shown(text, readings, taken=taken, row=row, now=now)


def _readings(request: StaffRequest, row: models.Case, *, now: datetime) -> tuple[Reading, ...]:
    spoken = hearing.our_clock(request.user, facts.policy(row.policy), at=now)
    return listening.outgoing(request.POST.get("text", "")[:DRAFT], spoken=spoken, declared=row.language)


@staff_only("POST")
def second_draft(request: StaffRequest, number: str) -> HttpResponse:
    """Read the draft once more, with the second reader's word beside ours. Keeps nothing."""
    now, row = clock.now(), access.case_for(request.user, number)
    text, ours = request.POST.get("text", "")[:DRAFT], _readings(request, row, now=now)
    failed = ""
    try:
        theirs = second_readings.read_draft(text, case=row, by=request.user, now=now)
    except second_readings.ReaderFailed as error:
        theirs, failed = (), error.code
    known = {second_readings.as_same(r.task, r.label, r.due_at, r.words) for r in ours}
    both = [*ours, *(r for r in theirs if second_readings.as_same(r.task, r.label, r.due_at, r.words) not in known)]
    shown = as_shown(text, both, taken=request.POST.getlist("clocks"), row=row, now=now)
    zone = house.zone_of(request.user, facts.policy(row.policy))
    context = {"draft": shown, "zone": zone, "now": now, "case": row, "asked": True, "failed": failed}
    return render(request, "staff/draft.html", context)


def as_shown(text: str, readings: Sequence[Reading], *, taken: Sequence[str], row: models.Case, now: datetime) -> Draft:
    """Return what the composer shows of a draft."""
    kinds = tuple(r for r in readings if r.task == Task.KIND)
    promises = [r for r in readings if r.task == Task.PROMISE and r.label == "us"]
    # A promise without a date is shown as one; the hint would only say it again.
    shown_already = {"undated_assurance"} if any(r.due_at is None for r in promises) else set()
    return Draft(
        kinds=kinds,
        substantive=any(k.label in SUBSTANTIVE for k in kinds),
        promises=tuple(_found(r, taken=taken, now=now) for r in _each_once(promises)[:MOST_CLOCKS]),
        partners=tuple(r for r in readings if r.task == Task.PROMISE and r.label == "partner"),
        may_ask=bool(text.strip()) and second_readings.wanted(),
        hints=tuple(h for h in _hints(text, row) if h.code not in shown_already),
    )


def _each_once(promises: Sequence[Reading]) -> list[Reading]:
    """Return the promises without those that say the same again."""
    return list({(one_line(r.words).casefold(), r.due_at): r for r in promises}.values())


def _found(reading: Reading, *, taken: Sequence[str], now: datetime) -> Found:
    due_at, value, ticked = reading.due_at, "", False
    if due_at is not None and due_at > now:
        words = Words(words=reading.words[:500], due_at=due_at, near_at=reading.near_at)
        kept = still_taken(words, taken)
        value, ticked = kept or clock_of(words), bool(kept)
    return Found(
        words=reading.words,
        due_at=due_at,
        near_at=reading.near_at,
        clock=value,
        taken=ticked,
        past=due_at is not None and due_at <= now,
    )


def _hints(text: str, row: models.Case) -> list[said.Hint]:
    """Return the hints about the tone of a draft, beside what was said on the case before."""
    before = row.contacts.exclude(text="").order_by("-received_at", "-pk").only("direction", "text")[:20]
    ours = [c.text for c in before if c.direction == "out"]
    theirs = next((c.text for c in before if c.direction == "in"), "")
    return [said.hint(h.code, h.words) for h in tone.hints(text, earlier=ours, customer_text=theirs)]


# ── what a customer's message is ─────────────────────────────────────────────


@staff_only("POST")
def confirm(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """Say what a message is: as it was read, or otherwise."""
    now = clock.now()
    row = access.contact_for(request.user, contact)
    if row.case.number != number:
        raise Http404
    also = [int(pk) for pk in request.POST.getlist("also") if pk.isascii() and pk.isdigit() and len(pk) < 19]
    hearing.confirm(row.pk, labels=request.POST.getlist("labels"), also=also, by=request.user, now=now)
    messages.success(request, _("Read so, by your word. It is on the record."))
    return to_case(number, f"c{contact}")


@dataclass(frozen=True, kw_only=True)
class Label:
    """One thing a message can be, as a box."""

    name: str
    title: str
    ticked: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What was read out of a customer's message, and whether a person has said so."""

    labels: tuple[Label, ...]
    others: tuple[models.Heard, ...]
    judged: bool

    @property
    def said(self) -> tuple[Label, ...]:
        return tuple(label for label in self.labels if label.ticked)

    @property
    def climbs(self) -> bool:
        """Whether confirming it tells somebody higher."""
        return any(label.name == "escalation_request" for label in self.said)


def understood(rows: Sequence[models.Heard]) -> Understood:
    """Return what a message's proposals amount to: those of a person where he spoke, else those of the reading."""
    own = [row for row in rows if row.task == Task.LABEL]
    judged = any(row.verdict != "open" for row in rows)
    standing = {row.label: row for row in own if row.verdict != "overruled"}
    return Understood(
        labels=tuple(
            Label(
                name=name,
                title=said.label(name),
                ticked=name in standing,
                why=standing[name].words if name in standing else "",
            )
            for name in LABELS
        ),
        others=tuple(row for row in rows if row.task != Task.LABEL and row.verdict != "overruled"),
        judged=judged,
    )


# ── how well the house is understood ─────────────────────────────────────────


@staff_only("GET")
def figures(request: StaffRequest) -> HttpResponse:
    """How often people agreed with what was read, on the cases the reader may see."""
    found = heard.figures(request.user)
    judged = sum(f.confirmed + f.overruled + f.missed for f in found)
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for figure in found:
        line = {"figure": figure, "title": said.heard(figure.task, figure.label)}
        groups.setdefault(said.task(figure.task), []).append(line)
    title = ngettext("People judged {n} proposal.", "People judged {n} proposals.", judged).format(n=judged)
    context = {"groups": groups.items(), "judged": judged, "title": title}
    return pages.page(request, "staff/understood.html", context, now=clock.now())


@staff_only("GET")
def behind(request: StaffRequest) -> HttpResponse:
    """The messages behind one number of the figures."""
    task, label, verdict, reader = (request.GET.get(n, "")[:200] for n in ("task", "label", "verdict", "reader"))
    if task not in Task.values or verdict not in models.Heard.Verdict.values:
        raise Http404
    rows = heard.behind(request.user, task=task, label=label, verdict=verdict, reader=reader)
    context = {
        "page_obj": pages.paged(rows, request),
        "title": said.heard(task, label) or said.task(task),
        "verdict": said.VERDICTS[verdict],
        "query": pages.query(request, "task", "label", "verdict", "reader"),
        "zone": house.zone_of(request.user, house.policy()),
    }
    return pages.page(request, "staff/understood_rows.html", context, now=clock.now())
