"""The page of a case, and what one writes there: replies, notes, who else is writing."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import contacts, letters, notes
from makegood.desk.queries import house, timeline
from makegood.rules.refusals import Refusal, SomebodyElseAnswered

from . import case_page
from .door import StaffRequest, staff_only, to_case
from .replying import Reply


@staff_only("GET")
def case(request: StaffRequest, number: str) -> HttpResponse:
    """One case: what was said, what is owed, who hears next."""
    return case_page.show(request, access.case_for(request.user, number), now=clock.now())


@staff_only("POST")
def reply(request: StaffRequest, number: str) -> HttpResponse:
    """Write to the customer. What can't be sent comes back as it was typed, with the reason."""
    now, row = clock.now(), access.case_for(request.user, number)
    form = _form(request, row)
    if not form.is_valid():
        return case_page.show(request, row, now=now, form=form, status=422)
    try:
        _send(request, row, form, now=now)
    except SomebodyElseAnswered as refusal:
        return _ask_to_confirm(request, row, form, refusal, now=now)
    except Refusal as refusal:
        return case_page.show(request, row, now=now, form=form, refusal=refusal, status=409)
    messages.success(request, _("Written. It counts once their mail server has accepted it."))
    return to_case(number)


def _form(request: StaffRequest, row: models.Case) -> Reply:
    zone = house.zone_of(request.user, facts.policy(row.policy))
    return Reply(request.POST, promises=row.promises.all(), zone=zone)


def _send(request: StaffRequest, row: models.Case, form: Reply, *, now: datetime) -> None:
    typed = form.cleaned_data
    letters.reply(
        row.pk,
        by=request.user,
        text=typed["text"],
        kinds=typed["kinds"],
        says=form.says,
        keeps=typed["keeps"],
        seen=typed["seen"],
        confirmed=typed["confirmed"],
        now=now,
    )


def _ask_to_confirm(
    request: StaffRequest, row: models.Case, form: Reply, refusal: Refusal, *, now: datetime
) -> HttpResponse:
    """Show what the others wrote, and everything that was typed, with a button to send it anyway."""
    theirs = timeline.written_since(row, form.cleaned_data["seen"], not_by=request.user)
    again = request.POST.copy()
    again["confirmed"], again["seen"] = "on", str(row.head_seq)
    zone = house.zone_of(request.user, facts.policy(row.policy))
    form = Reply(again, promises=row.promises.all(), zone=zone)
    form.is_valid()
    form.written_meanwhile = list(theirs)
    return case_page.show(request, row, now=now, form=form, refusal=refusal, status=409)


@staff_only("POST")
def note(request: StaffRequest, number: str) -> HttpResponse:
    """Keep a note. It never leaves the house."""
    now, row = clock.now(), access.case_for(request.user, number)
    text = request.POST.get("text", "")[:100_000]
    if text.strip():
        notes.add(row.pk, text=text, by=request.user, now=now)
        messages.success(request, _("Note kept. Nobody outside sees it."))
    else:
        messages.warning(request, _("There was nothing to keep: write something first."))
    return to_case(number)


@staff_only("POST")
def composing(request: StaffRequest, number: str) -> HttpResponse:
    """Say that a reply is being written here, and hear who else writes one."""
    now, row = clock.now(), access.case_for(request.user, number)
    writing = letters.compose_here(row, by=request.user, now=now)
    contacts.see(row, now=now)
    return render(request, "staff/others.html", {"writing": writing})
