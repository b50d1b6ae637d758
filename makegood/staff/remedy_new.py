"""The page that proposes a remedy: everything that fits, side by side, with what it costs and what it is worth."""

from __future__ import annotations

from datetime import datetime
from string import ascii_uppercase
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import remedies
from makegood.desk.queries import house
from makegood.rules.catalogue import CEILING, KEPT_BAND, REJECTED_BAND
from makegood.rules.refusals import Refusal
from makegood.rules.remedy_steps import Step
from makegood.ui import plots

from . import giving, pages, remedy_panel, words
from .door import StaffRequest, staff_only, to_case
from .proposing import Asked, Proposing
from .remedy_acts import offered


@staff_only("GET", "HEAD", "POST")
def remedy_new(request: StaffRequest, number: str) -> HttpResponse:
    """Look at what fits; a POST proposes what was ticked and, within one's authority, offers it at once."""
    now, row = clock.now(), access.case_for(request.user, number)
    form = _form(request, row)
    if not form.is_bound:
        return _show(request, row, form, now=now)
    if not form.is_valid():
        return _show(request, row, form, now=now, status=422)
    try:
        return _propose(request, row, form, now=now)
    except Refusal as refusal:
        return _show(request, row, form, now=now, refusal=refusal, status=409)


@staff_only("POST")
def remedy_late(request: StaffRequest, number: str) -> HttpResponse:
    """Say, while somebody fills in a proposal, what of it would come after they need it. Keeps nothing."""
    now, row = clock.now(), access.case_for(request.user, number)
    form, need_by = _form(request, row), facts.case(row).need_by
    zone = house.zone_of(request.user, form.policy)
    context = {"late": form.late(need_by, now=now), "taken": form.taken, "need_by": need_by, "zone": zone, "now": now}
    return render(request, "staff/remedy_late.html", context)


def _form(request: StaffRequest, row: models.Case) -> Proposing:
    """Return the form as it was sent, or as the address of the page asks for it."""
    policy = facts.policy(row.policy)
    typed = request.POST if request.method == "POST" else None
    return Proposing(
        typed,
        asked=Asked(typed if typed is not None else request.GET, policy),
        policy=policy,
        zone=house.zone_of(request.user, policy),
        language=row.language,
        taken=request.GET.getlist("take"),
        things=facts.case(row).items,
        item=request.GET.get("item", ""),
    )


def _propose(request: StaffRequest, row: models.Case, form: Proposing, *, now: datetime) -> HttpResponse:
    # It stands in the place of what failed for the same thing, if anything did (`rules.proposing`).
    number = remedies.propose(row.pk, form.wanted(), by=request.user, now=now)
    made = row.remedies.get(number=number)
    place = f"remedy-{number}"
    if made.step == Step.PROPOSED:
        needs = words.role(made.needs) if made.needs else _("somebody else")
        text = _("Proposed. It waits for a yes of: {role}. The clock for that runs.")
        messages.success(request, text.format(role=needs))
        return to_case(row.number, place)
    if request.POST.get("then") != "offer":
        messages.success(request, _("Approved by your own authority. Nothing was sent yet."))
        return to_case(row.number, place)
    text, late = form.cleaned_data["words"].strip(), form.cleaned_data["although_late"]
    try:
        remedies.offer(row.pk, number, by=request.user, text=text, although_late=late, now=now)
    except Refusal as refusal:
        why = pages.as_refused(refusal)
        messages.warning(request, " ".join((why.title, *(reason.text for reason in why.reasons))))
        messages.success(request, _("It is approved, and not offered yet."))
        return to_case(row.number, place)
    messages.success(request, offered(text))
    return to_case(row.number, place)


def _show(
    request: StaffRequest,
    row: models.Case,
    form: Proposing,
    *,
    now: datetime,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    folded, surroundings = facts.case(row), facts.house(row.policy)
    context: dict[str, Any] = {
        "case": row,
        "facts": folded,
        "form": form,
        "asked": form.asked,
        "wish": row.wishes.last(),
        "gate": folded.wish_at is None and not folded.wish_passed,
        "failed": remedy_panel.after_failures(folded.failed_remedies),
        "purse": giving.purse(request.user, row, surroundings, now=now),
        "scale": _scale(form),
        "late": form.late(folded.need_by, now=now),
        "taken": form.taken,
        "need_by": folded.need_by,
        "refused": pages.as_refused(refusal) if refusal else None,
    }
    return pages.page(request, "staff/remedy_new.html", context, now=now, place="cases", status=status)


def _scale(form: Proposing) -> SafeString | str:
    """The useful band of this price with every option on it; nothing before somebody says the price."""
    paid = form.asked.paid
    if not paid:
        return ""
    low, high = KEPT_BAND if form.asked.keeps else REJECTED_BAND
    marks = []
    for letter, option in zip(ascii_uppercase, form.options, strict=False):
        value = option.suggestion.value if option.suggestion else None
        if value and value.currency == paid.currency:
            marks.append(plots.Mark(name=letter, percent=value.minor * 100 / paid.minor))
    label = _(
        "What each option is worth to them, from 0 to 200 % of the price. "
        "{low} to {high} % does most; above {ceiling} % more does not help."
    )
    return plots.band(
        marks, low=low, high=high, ceiling=CEILING, label=label.format(low=low, high=high, ceiling=CEILING)
    )
