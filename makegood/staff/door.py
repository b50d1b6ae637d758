"""What every staff view passes through: the method, the sign-in, and refusals turned into a kind page.

A view reads the clock, parses, calls one action and renders. Whatever an
action refuses ends here as a page with status 409 that says why and that
nothing was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from makegood.config import clock
from makegood.desk import models
from makegood.rules.refusals import Refusal

from . import pages

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: models.Staff


View = Callable[Concatenate[StaffRequest, P], HttpResponse]
OpenView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def staff_only(*methods: str) -> Callable[[View[P]], OpenView[P]]:
    """Let only these methods through, and only people who are signed in and still work here."""
    allowed = ("GET", "HEAD") if methods == ("GET",) else methods

    def guard(view: View[P]) -> OpenView[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if not isinstance(request.user, models.Staff) or not request.user.is_active:
                return to_sign_in(request, stands="GET" in allowed)
            refuse_nul(request)
            known: StaffRequest = request  # type: ignore[assignment]  # its user was just looked at
            try:
                return view(known, *args, **kwargs)
            except Refusal as refusal:
                return pages.refused(known, refusal, now=clock.now())

        return guarded

    return guard


def refuse_nul(request: HttpRequest) -> None:
    """Raise BadRequest for a NUL in the address or in what was typed: no keyboard makes one, no column holds one."""
    typed = (value for words in (request.GET, request.POST) for _, values in words.lists() for value in values)
    if "\x00" in request.path or any("\x00" in value for value in typed):
        raise BadRequest("A NUL in the address or in a form.")


KEPT = "#kept"
"""Tells the page after a sign-in to give back what was typed into its form: see kept.js."""


def to_sign_in(request: HttpRequest, *, stands: bool = False) -> HttpResponse:
    """Send somebody to the sign-in, and after it back to the page he asked for, or to that of the form he sent.

    `stands`: whether the form's own address is a page, too.
    """
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    asked = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        # A form can't be sent again by a link; the page it stood on can be opened again, and has kept its words.
        asked = (asked if stands else pages.back_to(request)) + KEPT
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': asked})}")


def to_case(number: str, place: str = "") -> HttpResponse:
    """Back to a case, at a place on its page."""
    return HttpResponseRedirect(f"{reverse('case', args=[number])}{'#' + place if place else ''}")


def to_page(name: str) -> HttpResponse:
    return redirect(name)
