"""What others carry out for us, and what a person must do by hand: a list of tasks, and of orders that are stuck."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import order_tasks
from makegood.desk.actions.order_tasks import Proof
from makegood.desk.queries import orders as queries
from makegood.notify import recorded
from makegood.rules.money import Money

from . import pages
from .door import StaffRequest, staff_only, to_page
from .downloads import as_download, harmless

State = models.Order.State
STATES = {
    State.WAITING: gettext_lazy("waits for something of ours"),
    State.SENDING: gettext_lazy("is being sent"),
    State.TAKEN: gettext_lazy("they have it"),
    State.UNKNOWN: gettext_lazy("nobody knows"),
    State.BY_HAND: gettext_lazy("to be done by hand"),
}
CONNECTORS: Mapping[str, str | Words] = {
    "by_hand": gettext_lazy("by hand"),
    "console": gettext_lazy("on paper only"),
    "codes": gettext_lazy("our own codes"),
    "stripe": "Stripe",
    "shopify": "Shopify",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """An order in a list."""

    row: models.Order
    who: str
    """The customer's name, or an address where nobody knows it."""
    amount: Money | None
    connector: str | Words
    state: str | Words
    answer: str
    """What was heard of it last, in the reader's language as far as it is known there."""


@staff_only("GET")
def orders(request: StaffRequest) -> HttpResponse:
    """Tasks to do by hand and orders that are stuck, of the cases one may see, the oldest first."""
    now = clock.now()
    tasks = pages.paged(queries.tasks_for(request.user), request)
    stuck = queries.stuck_for(request.user)
    context = {
        "page_obj": tasks,
        "tasks": [_line(row) for row in tasks.object_list],
        "stuck": [_line(row) for row in stuck[: pages.PAGE]],
        "stuck_count": stuck.count(),
    }
    return pages.page(request, "staff/orders.html", context, now=now, place="remedies")


def _line(row: models.Order) -> Line:
    return Line(
        row=row,
        who=row.case.customer.name or _address(row.case.customer) or str(row.case.customer),
        amount=Money(row.currency, row.minor) if row.currency and row.minor else None,
        connector=CONNECTORS.get(row.connector, row.connector),
        state=STATES.get(State(row.state), row.state),
        answer=recorded.say(row.answer),
    )


def _address(customer: models.Customer) -> str:
    return customer.addresses.filter(kind="mail").values_list("value", flat=True).first() or ""


@staff_only("POST")
def act(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Say what became of an order. Every refusal says why, and nothing was changed."""
    do = _ACTS.get(verb)
    if do is None:
        raise Http404
    said = request.POST.get("said", "").strip()
    do(request, pk, said, clock.now())
    messages.success(request, str(_DONE[verb]))
    return to_page("orders")


def _done(request: StaffRequest, pk: int, said: str, now: datetime) -> None:
    kept = request.FILES.get("file")
    largest = order_tasks.LARGEST_PROOF
    proofs = (Proof(name=harmless(kept.name or ""), content=kept.read(largest + 1)),) if kept else ()
    reference = request.POST.get("reference", "")
    order_tasks.done(pk, evidence=said, reference=reference, proofs=proofs, by=request.user, now=now)


_ACTS: dict[str, Callable[[StaffRequest, int, str, datetime], None]] = {
    "done": _done,
    "not-done": lambda request, pk, said, now: order_tasks.not_done(pk, why=said, by=request.user, now=now),
    "by-hand": lambda request, pk, said, now: order_tasks.by_hand_instead(pk, why=said, by=request.user, now=now),
    "refused": lambda request, pk, said, now: order_tasks.refused(pk, why=said, by=request.user, now=now),
    "supply": lambda request, pk, said, now: order_tasks.supply(pk, payment=said, by=request.user, now=now),
    "now": lambda request, pk, _said, now: order_tasks.try_now(pk, by=request.user, now=now),
}
_DONE = {
    "done": gettext_lazy("Written down as done, with what shows it."),
    "not-done": gettext_lazy("It is a task by hand now. Nothing is sent again by itself."),
    "by-hand": gettext_lazy("It is a task by hand now. Nothing is sent again by itself."),
    "refused": gettext_lazy("The remedy failed, and somebody higher hears it."),
    "supply": gettext_lazy("It is tried with this payment at once."),
    "now": gettext_lazy("It is looked at within a second or two."),
}


@staff_only("GET")
def proof(request: StaffRequest, pk: int) -> HttpResponse:
    """A file that shows that something was done."""
    found = queries.proof_for(request.user, pk)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="proof-{pk}"'
    return as_download(response)
