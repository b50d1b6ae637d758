"""Where a customer's mail and money go: changed by one person, checked by another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access
from makegood.desk.actions import payouts
from makegood.rules.refusals import Refusal

from .door import StaffRequest, staff_only, to_case
from .remedy_acts import said

PLACE = "moves"


@staff_only("POST")
def address(request: StaffRequest, number: str) -> HttpResponse:
    """Write to the customer at another address from now on."""
    now, row = clock.now(), access.case_for(request.user, number)
    payouts.change_address(row.pk, address=said(request.POST.get("address", ""), most=320), by=request.user, now=now)
    messages.success(request, _("We write there from now on. The old address is told."))
    return to_case(number, PLACE)


@staff_only("POST")
def payment(request: StaffRequest, number: str) -> HttpResponse:
    """Note another payment of theirs, to which money may go back."""
    now, row = clock.now(), access.case_for(request.user, number)
    reference = said(request.POST.get("reference", ""), most=200)
    if not reference:
        raise Refusal(sentence=_("Write down the payment’s reference, as the bank or the shop names it."))
    payouts.note_means(row.pk, reference=reference, by=request.user, now=now)
    messages.success(request, _("Noted. If they had paid in another way before, they are told."))
    return to_case(number, PLACE)


@staff_only("POST")
def checked(request: StaffRequest, number: str) -> HttpResponse:
    """Somebody else asked the customer: what changed is theirs."""
    now, row = clock.now(), access.case_for(request.user, number)
    payouts.check(row.pk, by=request.user, now=now)
    messages.success(request, _("On the record: you asked them, and it is theirs. What waited is ordered."))
    return to_case(number, PLACE)
