"""Every case somebody may see, found by number, subject, person or address."""

from __future__ import annotations

from django.http import HttpResponse

from makegood.config import clock
from makegood.desk.queries import board as boards
from makegood.desk.queries import house

from . import pages
from .board import line
from .door import StaffRequest, staff_only


@staff_only("GET")
def cases(request: StaffRequest) -> HttpResponse:
    """The list of cases, and the search."""
    now, policy = clock.now(), house.policy()
    zone = house.zone_of(request.user, policy)
    words = request.GET.get("q", "").strip()[:100]
    found = pages.paged(boards.with_promises(boards.find(request.user, words)), request)
    rows = [boards.row(case, now=now, zone=zone) for case in found]
    context = {
        "words": words,
        "lines": [line(row, now=now, policy=policy) for row in rows],
        "page_obj": found,
        "query": pages.query(request, "q"),
    }
    return pages.page(request, "staff/cases.html", context, now=now, place="cases")
