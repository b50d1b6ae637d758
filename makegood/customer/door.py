"""Who may come in by a private link, in which language and zone, and what goes out with every answer.

An address that opens nothing (unknown, expired, revoked, too short, of
somebody who no longer takes part) always gets the same page. Opening a page
changes nothing, whoever opens it: mail programs and virus scanners follow
links before people do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import letters, links
from makegood.desk.queries import customer_page, house
from makegood.ui.wording import Reader

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of somebody who holds a private link that opens."""

    request: HttpRequest
    secret: str
    link: models.Link
    now: datetime
    language: str
    chosen: bool
    """Whether the language stands in the address, and so in every address on the page."""
    zone: str
    knows_zone: bool
    """Whether the zone is the customer's own, and not merely the house's."""

    @property
    def reader(self) -> Reader:
        return Reader(zone=ZoneInfo(self.zone), now=self.now)

    def url(self, name: str, *args: object, place: str = "", **query: str) -> str:
        """Return an address below this link, in the language of this visit."""
        words = {"lang": self.language, **query} if self.chosen else query
        asked = f"?{urlencode(words)}" if words else ""
        return f"{reverse(f'customer-{name}', args=[self.secret, *args])}{asked}{'#' + place if place else ''}"

    def to_page(self, done: str = "", place: str = "") -> HttpResponse:
        """Send the browser back to the page, where a reload sends nothing again."""
        response = HttpResponseRedirect(self.url("page", place=place, **({"done": done} if done else {})))
        response.status_code = 303
        return response


View = Callable[..., HttpResponse]


def private(*methods: str) -> Callable[[View], View]:
    """Let only holders of a link through, and only these methods; a form must be from our own page."""
    allowed = tuple({"GET": ("GET", "HEAD")}.get(m, (m,)) for m in methods)
    names = [name for group in allowed for name in group]

    def guard(view: View) -> View:
        @csrf_exempt  # see `proof`: this page has no cookie to keep Django's secret in
        @wraps(view)
        def guarded(request: HttpRequest, secret: str, **more: Any) -> HttpResponse:
            visit = visit_of(request, secret, now=clock.now())
            if visit is None:
                return closed_to_the_world(gone())
            with translation.override(visit.language):
                answer = view(visit, **more) if request.method in names else _no_such_way(visit, names)
                answer.headers["Content-Language"] = visit.language
            return closed_to_the_world(answer)

        return guarded

    return guard


def visit_of(request: HttpRequest, secret: str, *, now: datetime) -> Visit | None:
    """Return the visit a secret allows now, or None."""
    link = links.open_link(secret, models.Link.Purpose.PAGE, now=now)
    if link is None or link.customer is None or not customer_page.is_theirs(link):
        return None
    asked = request.GET.get("lang", "")
    zone = link.customer.time_zone
    return Visit(
        request=request,
        secret=secret,
        link=link,
        now=now,
        language=asked if asked in LANGUAGES else language_of(link),
        chosen=asked in LANGUAGES,
        zone=zone if known_zone(zone) else _house_zone(),
        knows_zone=known_zone(zone),
    )


def language_of(link: models.Link) -> str:
    """Return the language his case is in, as he wrote it; else the one he is known to read; else English."""
    known = [link.case.language, link.customer.language if link.customer else ""]
    return next((language for language in known if language in LANGUAGES), settings.LANGUAGE_CODE)


def known_zone(name: str) -> bool:
    """Return whether this is a time zone we can tell the time in."""
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False


def _house_zone() -> str:
    policy = house.policy()
    return policy.calendars[policy.default_calendar].zone if policy else "UTC"


def gone() -> HttpResponse:
    """The one answer to every address that opens nothing. Says how to write to us, and nothing else."""
    policy = house.policy()
    said = {
        "shell": {"house": policy.name} if policy else {},
        "address": letters.sender_address(policy, "") if policy else "",
    }
    return HttpResponse(render_to_string("customer/gone.html", said), status=404)


def _no_such_way(visit: Visit, names: list[str]) -> HttpResponse:
    said = {
        "title": gettext("Nothing was changed"),
        "text": gettext("This address only takes a form from your page. Open your page, and press the button there."),
        "url": visit.url("page"),
        "link": gettext("To your page"),
    }
    return HttpResponse(render_to_string("customer/plain.html", said), status=405, headers={"Allow": ", ".join(names)})


def closed_to_the_world(response: HttpResponse) -> HttpResponse:
    """Keep the address and the page out of caches, search engines and other sites."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store, private"
    return response
