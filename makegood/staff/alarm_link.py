"""The link in an alarm's mail: GET shows what rings and changes nothing, the button says "I have it".

No sign-in: the secret is the proof. A mail scanner that fetches the link answers nothing (A-53).
"""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import alarms, links
from makegood.rules.refusals import Refusal

from . import pages, words
from .drawn import ribbon_of

Purpose = models.Link.Purpose


def acknowledge_link(request: HttpRequest, secret: str) -> HttpResponse:
    """What rings on the case behind the link, and the one button."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    now = clock.now()
    link = links.open_link(secret, Purpose.ACKNOWLEDGE, now=now)
    if link is None or link.staff is None or not access.cases_for(link.staff).filter(pk=link.case_id).exists():
        raise Http404
    return _answer(request, link, now=now) if request.method == "POST" else _show(request, link, now=now)


def _answer(request: HttpRequest, link: models.Link, *, now: datetime) -> HttpResponse:
    try:
        alarms.acknowledge_by_link(link, now=now)
    except Refusal as refusal:
        return _show(request, link, now=now, refusal=refusal, status=409)
    links.opened(link, now=now)
    return _show(request, link, now=now, done=True)


def _show(
    request: HttpRequest,
    link: models.Link,
    *,
    now: datetime,
    done: bool = False,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    policy = facts.policy(link.case.policy)
    ringing = {p.number for p in facts.case(link.case).ringing}
    rows = link.case.promises.filter(number__in=ringing).order_by("-said", "due_at")
    context = {
        "case": link.case,
        "person": link.staff,
        "done": done,
        "refused": pages.as_refused(refusal) if refusal else None,
        "promises": [
            {"row": p, "ribbon": ribbon_of(p, now=now, form="full"), "title": words.clock_title(p.kind, policy)}
            for p in rows
        ],
    }
    return pages.plain_page(request, "staff/acknowledge_link.html", context, now=now, status=status)
