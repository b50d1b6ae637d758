"""Rendering a staff page: what surrounds it, in whose zone its times are, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from makegood.desk import access, models
from makegood.desk.queries import house, ledger
from makegood.notify import recorded
from makegood.rules.refusals import Refusal
from makegood.ui import money, shell

from .long_lists import Long

if TYPE_CHECKING:
    from .door import StaffRequest

PAGE = 50
SHEETS = ("staff/staff.css", "staff/remedies.css")
"""Sheets beside those of the shared look."""


def page(
    request: StaffRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    now: datetime,
    place: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page for somebody who is signed in. `place` is the entry of the navigation it belongs to."""
    reader = request.user
    policy = house.policy()
    surroundings = {
        "shell": _shell(reader, name=policy.name if policy else "", place=place, now=now, found=_found(request)),
        "zone": house.zone_of(reader, policy),
        "now": now,
        "theme": reader.theme,
        "reader": reader,
        "more": SHEETS,
    }
    return render(request, template, surroundings | dict(context or {}), status=status)


def _found(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:100]


def _shell(reader: models.Staff, *, name: str, place: str, now: datetime, found: str) -> shell.Shell:
    pulse = ledger.pulse(now=now)
    urls = {"today": reverse("board"), "cases": reverse("cases"), "doors": reverse("ledger")}
    urls["remedies"] = reverse("remedies")
    if access.may_see_incidents(reader):
        urls["incidents"] = reverse("incidents")
    alerts = {"doors": _("something needs attention")} if pulse.trouble else {}
    return shell.Shell(
        house=name,
        home_url=reverse("board"),
        places=shell.places(urls | {"people": reverse("people")}, current=place, alerts=alerts),
        find_url=reverse("cases"),
        found=found,
        me=shell.Me(name=reader.name, settings_url=reverse("settings"), sign_out_url=reverse("sign-out")),
        watch=shell.heartbeat(pulse.at, now, url=reverse("ledger")),
    )


def plain_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, now: datetime, status: int = 200
) -> HttpResponse:
    """Render a page that needs no sign-in. Times are the house's."""
    policy = house.policy()
    surroundings = {
        "shell": shell.Shell(house=policy.name if policy else "", home_url=reverse("board")),
        "zone": policy.calendars[policy.default_calendar].zone if policy else "UTC",
        "now": now,
        "more": SHEETS,
    }
    return render(request, template, surroundings | dict(context), status=status)


def refused(request: StaffRequest, refusal: Refusal, *, now: datetime) -> HttpResponse:
    """Render why something was refused, with status 409, and give back what was written in the form."""
    context = {"refused": as_refused(refusal), "back_url": back_to(request), "written": _written(request.POST)}
    return page(request, "makegood/refused.html", context, now=now, status=409)


def _written(form: QueryDict) -> list[str]:
    """Return the texts of a form: what has several words, and is neither a password nor a code."""
    values = (text for name, texts in form.lists() if name != "code" and "password" not in name for text in texts)
    return [text for text in values if len(text.split()) > 1]


def as_refused(refusal: Refusal, links: Sequence[shell.Reason] = ()) -> shell.Refused:
    """Return a refusal as the shared look shows it, in the reader's language where the catalogue has it."""
    reasons = links or tuple(shell.Reason(text=money.amounts(recorded.say(r))) for r in refusal.reasons)
    return shell.Refused(title=recorded.say(refusal.sentence), code=refusal.code, reasons=tuple(reasons))


_ROOMS = {
    "people": "people",
    "doors": "ledger",
    "settings": "settings",
    "incidents": "incidents",
    "remedies": "remedies",
    "codes": "codes",
    "programmes": "programmes",
}


def back_to(request: HttpRequest) -> str:
    """The page a button stands on: that of its case, incident or programme, or of its room."""
    match = request.resolver_match
    number = match.kwargs.get("number") if match else None
    if number:
        return reverse("case", args=[number])
    if match and match.url_name and match.url_name.startswith("incident-") and "pk" in match.kwargs:
        return reverse("incident", args=[match.kwargs["pk"]])
    if match and "programme" in match.kwargs:
        return reverse("programme", args=[match.kwargs["programme"]])
    room = request.path.strip("/").partition("/")[0]
    return reverse(_ROOMS.get(room, "board"))


def paged(rows: QuerySet[Any, Any] | Sequence[Any], request: HttpRequest, size: int = PAGE) -> Page[Any]:
    """Return the page of a long list that was asked for; a number that makes no sense is the nearest that does."""
    return Long(rows, size).get_page(request.GET.get("page"))


def query(request: HttpRequest, *names: str) -> str:
    """Return the search words of the address that a pager must keep, ending in "&"."""
    kept = [(name, request.GET[name]) for name in names if request.GET.get(name)]
    return f"{urlencode(kept)}&" if kept else ""


def may(reader: models.Staff) -> dict[str, bool]:
    """Return what somebody may do, for the templates."""
    return {"ledger": access.may_see_ledger(reader), "people": access.may_change_people(reader)}
