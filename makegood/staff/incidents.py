"""Incidents: one cause, many customers. The list of them, a new one, one with its equation, and its people by name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.actions import incidents as actions
from makegood.desk.queries import house, incident_cases, searching
from makegood.desk.queries import incidents as queries
from makegood.notify import recorded
from makegood.rules import incident_refusals as no
from makegood.rules.affected import TOLD, Reckoning, Standing, Telling
from makegood.rules.money import Money
from makegood.rules.people_lists import harmless

from . import incident_words as words
from . import pages
from .door import StaffRequest, staff_only
from .downloads import harmless as harmless_name
from .incident_forms import New, Partner, Remedy, Upload, letter_of

FIRST = 8
"""So many people who need somebody are named on the incident's own page."""
MOST_FOUND = 2_000
"""Cases that one search puts on a list."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The job as a picture: three stretches that fill the whole width."""

    done: str
    go: str
    go_from: str
    hand: str
    hand_from: str


def bar(reckoning: Reckoning) -> Bar:
    """Return the widths of settled, under way and with a person, in per cent."""
    whole = max(reckoning.affected, 1)
    done = 100 * reckoning.settled / whole
    go = 100 * reckoning.count(Standing.UNDER_WAY) / whole
    hand = 100 * reckoning.count(Standing.WITH_PERSON) / whole
    return Bar(
        done=f"{done:.2f}%", go=f"{go:.2f}%", go_from=f"{done:.2f}%", hand=f"{hand:.2f}%", hand_from=f"{done + go:.2f}%"
    )


@staff_only("GET")
def incidents(request: StaffRequest) -> HttpResponse:
    """Every incident somebody may see, and what may be one."""
    now = clock.now()
    access.refuse_incidents(request.user)
    found = pages.paged(access.incidents_for(request.user).select_related("owner"), request)
    rows = [{"incident": one, "r": queries.reckon(one)} for one in found]
    context = {"page_obj": found, "rows": rows, "proposals": queries.proposals(request.user, now=now)}
    return pages.page(request, "staff/incidents.html", context, now=now, place="incidents")


@staff_only("GET", "HEAD", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """A new incident: from one case, from what a search finds, from a proposed spike, or with its list to come."""
    now = clock.now()
    access.refuse_incidents(request.user)
    if request.method != "POST":
        number, word = request.GET.get("case", ""), request.GET.get("word", "")[:60]
        case = access.case_for(request.user, number) if number else None
        first = {"title": case.subject if case else word, "words": word, "case": number, "word": word}
        context = {"form": New(initial=first), "case": case}
        return pages.page(request, "staff/incident_new.html", context, now=now, place="incidents")
    form = New(request.POST)
    valid = form.is_valid()
    number = form.cleaned_data.get("case", "")
    case = access.case_for(request.user, number) if number else None
    if not valid:
        context = {"form": form, "case": case}
        return pages.page(request, "staff/incident_new.html", context, now=now, place="incidents", status=422)
    word = form.cleaned_data["word"]
    made = _open(request, form.cleaned_data, case, word, now=now)
    messages.success(request, _("Open. Nobody is told and nothing is given before you say so."))
    return to_incident(made.pk)


def _open(
    request: StaffRequest, typed: dict[str, Any], case: models.Case | None, word: str, *, now: datetime
) -> models.Incident:
    by, title, cause = request.user, typed["title"], typed["cause"]
    if case is not None:
        return actions.open_from_case(case.pk, title=title, cause=cause, by=by, now=now)
    if wanted := typed["words"].strip():
        proposed = [p for p in queries.proposals(by, now=now) if p.spike.word == word]
        spike = bool(proposed) and wanted == word
        found = list(proposed[0].cases) if spike else _found(request, wanted)
        origin = models.Incident.Origin.SPIKE if spike else models.Incident.Origin.QUERY
        return actions.open_from_cases(found, title=title, cause=cause, origin=origin, source=wanted, by=by, now=now)
    return actions.open_incident(title=title, cause=cause, by=by, now=now)


def _found(request: StaffRequest, wanted: str) -> list[int]:
    """Return the cases that hold these words, newest first. Raises Refusal for none, and for more than a list takes."""
    found: list[int] = []
    before: int | None = None
    while len(found) <= MOST_FOUND:
        some = searching.search(request.user, wanted, before=before)
        found += [hit.case.pk for hit in some.hits]
        before = some.older
        if before is None:
            break
    if not found:
        raise no.NoCaseFound
    if len(found) > MOST_FOUND:
        raise no.TooManyCases
    return found


def to_incident(pk: int, place: str = "") -> HttpResponse:
    """Back to an incident, at a place on its page."""
    return HttpResponseRedirect(f"{reverse('incident', args=[pk])}{'#' + place if place else ''}")


# ── one incident ─────────────────────────────────────────────────────────────


@staff_only("GET")
def incident(request: StaffRequest, pk: int) -> HttpResponse:
    """One incident: who is hit, what it costs before the first cent, how far each is, and who needs a person."""
    return show(request, access.incident_for(request.user, pk), now=clock.now())


def show(
    request: StaffRequest,
    row: models.Incident,
    *,
    now: datetime,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """Render an incident; `forms` are those that came back with something wrong."""
    reckoning = queries.reckon(row)
    policy = house.policy()
    context: dict[str, Any] = {
        "incident": row,
        "r": reckoning,
        "bar": bar(reckoning),
        "standings": (standings := words.standings(reckoning)),
        "standing_now": [part for part in standings if part.count],
        "tellings": words.tellings(reckoning),
        "progress": queries.progress(row, now=now),
        "at_rest": queries.at_rest(row, reckoning),
        "steps": words.steps(row, reckoning),
        "lines": queries.cost_lines(row),
        "total": Money(row.currency, row.dry_run_total) if row.dry_run_at and row.currency else None,
        "approved": Money(row.currency, row.approved) if row.approved is not None and row.currency else None,
        "given": Money(row.currency, row.given) if row.currency else None,
        "impossible": queries.impossible(row),
        "gap": queries.notice_gap(row),
        "open_cases": incident_cases.open_ones(row).count(),
        "lists": row.lists.select_related("by").order_by("-pk")[:20],
        "needing": queries.people(row, standing=str(Standing.WITH_PERSON))[:FIRST],
        "letters": [
            letter_of(row, language)
            for language in actions.LANGUAGES
            if language not in row.letters or not row.tells_since
        ],
        "written": row.letters,
        "remedy_titles": words.remedy_titles(row, policy),
        "granted": queries.granted_otherwise(row),
        "may_approve": bool(row.dry_run_at) and row.dry_run_by_id != request.user.pk,
        "upload": Upload(),
        "partner": Partner(),
        "remedy": Remedy(policy=policy, currency=row.currency) if policy else None,
    }
    return pages.page(request, "staff/incident.html", context | forms, now=now, place="incidents", status=status)


@staff_only("GET")
def people(request: StaffRequest, pk: int) -> HttpResponse:
    """The people of an incident who stand so, a page at a time."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    standing, telling = request.GET.get("standing", ""), request.GET.get("telling", "")
    found = pages.paged(queries.people(row, standing=standing, telling=telling), request)
    seen = set(access.cases_for(request.user).filter(pk__in=[p.case_id for p in found]).values_list("pk", flat=True))
    context = {
        "incident": row,
        "page_obj": found,
        "rows": [{"person": p, "may_see": p.case_id in seen, "told": Telling(p.telling) in TOLD} for p in found],
        "query": pages.query(request, "standing", "telling"),
        "standing": standing,
        "telling": telling,
        "standings": words.STANDINGS,
        "tellings": words.TELLINGS,
    }
    return pages.page(request, "staff/incident_people.html", context, now=now, place="incidents")


@staff_only("GET")
def open_cases(request: StaffRequest, pk: int) -> HttpResponse:
    """The cases of an incident that are open: which of them the job would close now, and what stands against the rest.

    Nothing is closed by looking.
    """
    now, row = clock.now(), access.incident_for(request.user, pk)
    found = pages.paged(incident_cases.open_ones(row), request)
    listed = list(found)
    rows = [
        {"person": person, "case": person.case, "reasons": reasons}
        for person, reasons in zip(listed, incident_cases.reasons(row, listed), strict=True)
    ]
    context = {
        "incident": row,
        "page_obj": found,
        "rows": rows,
        "can": sum(not one["reasons"] for one in rows),
        "query": "",
    }
    return pages.page(request, "staff/incident_cases.html", context, now=now, place="incidents")


@staff_only("GET")
def rejected(request: StaffRequest, pk: int, source: int) -> HttpResponse:
    """The rows of a list that named nobody, each with the reason, as CSV that no spreadsheet takes for formulas."""
    kept = access.incident_for(request.user, pk).lists.filter(pk=source).first()
    if kept is None:
        raise Http404
    name = harmless_name(f"{kept.name.rpartition('.')[0] or kept.name}-{_('rejected')}.csv")
    # A list is bounded, and so is this; written at once, in the reader's language.
    response = HttpResponse("".join(_rejected_rows(kept)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


class _Echo:
    """Gives each line back as it is written."""

    def write(self, line: str) -> str:
        return line


def _rejected_rows(kept: models.AffectedList) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([_("line"), _("why"), *[harmless(one) for one in kept.columns]]))
    for row in kept.rejects.order_by("line", "pk").iterator(chunk_size=1_000):
        yield str(writer.writerow([row.line, recorded.say(row.why), *[harmless(str(cell)) for cell in row.cells]]))
