"""Codes at the shop's own counter: what one is worth, redeeming it, taking it back, giving it anew.

A code is typed into a form and never stands in an address. Whoever works here may look one up that a customer holds
up; which codes there are is shown only for the cases he may see.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.actions import codes as actions
from makegood.desk.actions import redeeming
from makegood.desk.actions.redeeming import Till
from makegood.desk.queries import codes as queries
from makegood.rules import codes as rules
from makegood.rules.codes import State
from makegood.rules.money import EXPONENTS, Money
from makegood.ui import money

from . import pages
from .code_forms import HeldUp, Redeem, Why
from .door import StaffRequest, staff_only, to_page

STATES = {
    State.OPEN: pgettext_lazy("code", "open"),
    State.REDEEMED: gettext_lazy("redeemed"),
    State.REVOKED: gettext_lazy("taken back"),
    State.REPLACED: gettext_lazy("replaced by a new one"),
    State.LAPSED: gettext_lazy("ended"),
}


@staff_only("GET", "HEAD", "POST")
def codes(request: StaffRequest) -> HttpResponse:
    """Look up a code that somebody holds up; below, the codes of the cases one may see, or those of one age."""
    now, aged = clock.now(), _aged(request) if request.method != "POST" else None
    form = HeldUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        row = redeeming.look_up(typed, customer=None, till=Till(staff=request.user), now=now)
        return _held_up(request, row, Redeem(card=queries.card(row), initial={"code": typed}), now=now)
    visible = _visible(request.user)
    shown = queries.of_age(visible, currency=aged[0], band=aged[1], now=now) if aged else visible
    found = pages.paged(shown, request)
    context = {
        "age": age_words(aged[1]) if aged else "",
        "owed": Money(aged[0], shown.aggregate(sum=Sum("left"))["sum"] or 0) if aged else None,
        "query": pages.query(request, "currency", "age"),
        "form": form,
        "rows": [{"code": row, "left": queries.card(row).left, "state": STATES[State(row.state)]} for row in found],
        "page_obj": found,
        "open": (shown if aged else visible.filter(state=State.OPEN)).count(),
        "may_budgets": access.may_see_ledger(request.user),
    }
    status = 422 if form.is_bound else 200
    return pages.page(request, "staff/codes.html", context, now=now, place="remedies", status=status)


def age_words(band: int) -> str:
    """Return how old the codes of a band of the liability are."""
    if band >= len(rules.AGES):
        return _("older than {n} days").format(n=rules.AGES[-1].days)
    if band == 0:
        return _("up to {n} days old").format(n=rules.AGES[0].days)
    return _("{first} to {last} days old").format(first=rules.AGES[band - 1].days, last=rules.AGES[band].days)


def _aged(request: StaffRequest) -> tuple[str, int] | None:
    """Return the currency and the band that the address asks for, or None. Raises Http404 for others than there are."""
    currency, band = request.GET.get("currency", ""), request.GET.get("age", "")
    if not currency and not band:
        return None
    if currency not in EXPONENTS or band not in {str(n) for n in range(len(rules.AGES) + 1)}:
        raise Http404
    return currency, int(band)


@staff_only("POST")
def redeem(request: StaffRequest) -> HttpResponse:
    """Take a code off an order."""
    now = clock.now()
    till = Till(staff=request.user)
    row = redeeming.look_up(request.POST.get("code", ""), customer=None, till=till, now=now)
    form = Redeem(request.POST, card=queries.card(row))
    if not form.is_valid():
        return _held_up(request, row, form, now=now, status=422)
    done = redeeming.redeem(row, form.order_of(), till=till, now=now)
    said = _("This order had it already: {amount}. Nothing was taken twice.") if done.again else _(
        "{amount} taken off. Left on the code: {left}."
    )  # fmt: skip
    messages.success(request, said.format(amount=money.said(done.amount), left=money.said(done.left)))
    return to_page("codes")


def _held_up(
    request: StaffRequest, row: models.Code, form: Redeem, *, now: datetime, status: int = 200
) -> HttpResponse:
    card = queries.card(row)
    context = {
        "code": row,
        "card": card,
        "over": rules.over(card, now=now),
        "state": STATES[State(row.state)],
        "orders": _orders(row),
        "form": form,
    }
    page = pages.page(request, "staff/code_held_up.html", context, now=now, place="remedies", status=status)
    page["Cache-Control"] = "no-store"
    return page


@staff_only("GET")
def code(request: StaffRequest, pk: int) -> HttpResponse:
    """One code without its text: what it is worth, on which orders it was redeemed, and what may be done."""
    row = _one(request.user, pk)
    return _code(request, row, now=clock.now())


def _code(request: StaffRequest, row: models.Code, *, now: datetime, why: Why | None = None) -> HttpResponse:
    context = {
        "code": row,
        "card": queries.card(row),
        "state": STATES[State(row.state)],
        "orders": _orders(row),
        "readable": bool(queries.text_of(row)),
        "may_end": row.state == State.OPEN and access.may_end_codes(request.user),
        "why": why or Why(),
    }
    status = 422 if why else 200
    return pages.page(request, "staff/code.html", context, now=now, place="remedies", status=status)


@staff_only("POST")
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a code back, or give its customer a new one for what is left."""
    now, row = clock.now(), _one(request.user, pk)
    if not access.may_end_codes(request.user):
        raise Http404
    form = Why(request.POST)
    if not form.is_valid():
        return _code(request, row, now=now, why=form)
    if request.POST.get("how") == "replace":
        actions.replace(row, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(
            request, _("{name} has a new code, and finds it on the private page.").format(name=row.customer)
        )
    else:
        actions.revoke(row, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("Taken back. Nobody can redeem it any more."))
    return to_page("codes")


def _orders(row: models.Code) -> list[dict[str, object]]:
    found = row.redemptions.select_related("by", "token")
    return [{"row": each, "amount": Money(row.currency, each.amount)} for each in found]


def _visible(who: models.Staff) -> QuerySet[models.Code]:
    return queries.visible_to(access.cases_for(who), everything=access.may_end_codes(who))


def _one(who: models.Staff, pk: int) -> models.Code:
    found = _visible(who).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
