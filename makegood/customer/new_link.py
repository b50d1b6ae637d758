"""Asking for a new private link: one address is typed, and whoever asks hears the same, known or not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from makegood.config import clock
from makegood.desk.actions import new_links
from makegood.desk.queries import house
from makegood.ui.network import address_of, fingerprint

from . import proof
from .door import closed_to_the_world

LONGEST = 320
"""Characters of a mail address."""


@csrf_exempt  # see `proof`: this door sets no cookie; a forged form could only have us write to him whom it names
def new_link(request: HttpRequest) -> HttpResponse:
    """The form, and the one answer to it. A scanner that opens the address changes nothing."""
    if request.method in ("GET", "HEAD"):
        return _page({})
    if request.method != "POST":
        return closed_to_the_world(HttpResponseNotAllowed(("GET", "HEAD", "POST")))
    typed = request.POST.get("address", "").strip()
    if not typed or len(typed) > LONGEST or "\x00" in typed or not proof.from_our_site(request):
        return _page({"wrong": True, "typed": typed[:LONGEST].replace("\x00", "")}, status=400)
    if not new_links.ask(typed, network=fingerprint(address_of(request)), now=clock.now()):
        return _page({"too_often": True, "typed": typed}, status=429)
    return _page({"asked": True})


def _page(said: dict[str, Any], *, status: int = 200) -> HttpResponse:
    policy = house.policy()
    around = {"shell": {"house": policy.name} if policy else {}}
    return closed_to_the_world(HttpResponse(render_to_string("customer/new_link.html", around | said), status=status))
