"""Every case somebody may see, and the search: any word of a case, newest first, with the place that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse

from makegood.config import clock
from makegood.desk.queries import board as boards
from makegood.desk.queries import house, pieces, searching
from makegood.desk.queries.listed import listed
from makegood.desk.queries.snippets import Snippet

from . import pages
from .board import Line, line
from .door import StaffRequest, staff_only


@dataclass(frozen=True, kw_only=True)
class Result:
    """A case that was found, as the board shows it, and why it was found."""

    line: Line
    why: Snippet


@staff_only("GET")
def cases(request: StaffRequest) -> HttpResponse:
    """The list of cases; with `q`, those that hold its words."""
    typed = request.GET.get("q", "").strip()
    return _results(request, typed) if typed else _everything(request)


def _everything(request: StaffRequest) -> HttpResponse:
    now, policy = clock.now(), house.policy()
    zone = house.zone_of(request.user, policy)
    found = pages.paged(boards.everything(request.user).values_list("pk", flat=True), request)
    rows = [boards.row(one, now=now, zone=zone) for one in listed(list(found))]
    context = {"lines": [line(row, now=now, policy=policy) for row in rows], "page_obj": found}
    return pages.page(request, "staff/cases.html", context, now=now, place="cases")


def _results(request: StaffRequest, typed: str) -> HttpResponse:
    now, policy = clock.now(), house.policy()
    zone = house.zone_of(request.user, policy)
    before = _before(request)
    found = searching.search(request.user, typed, before=before)
    results = [
        Result(line=line(boards.row(hit.found, now=now, zone=zone), now=now, policy=policy), why=hit.why)
        for hit in found.hits
    ]
    context = {
        "typed": typed[:100],
        "found": found,
        "results": results,
        "first_page": before is None,
        "newest_url": "?" + urlencode({"q": typed[:200]}),
        "older_url": "?" + urlencode({"q": typed[:200], "before": found.older}) if found.older else "",
    }
    return pages.page(request, "staff/found.html", context, now=now, place="cases")


def _before(request: StaffRequest) -> int | None:
    """Where the page before this one ended; what makes no sense is the first page."""
    text = request.GET.get("before", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return None
    return int(text) if 0 < int(text) < pieces.LATEST else None
