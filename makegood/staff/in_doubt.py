"""Letters of which nobody knows whether they arrived: a person looks, and says what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.actions import delivery

from .door import StaffRequest, staff_only, to_case

DIGITS = 19
"""A key of a row has fewer."""


@staff_only("POST")
def went(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """It arrived: what shows it is on the record, and it counts from now on."""
    found = _contact(request, number, contact)
    delivery.say_it_went(found.pk, why=request.POST.get("why", ""), by=request.user, now=clock.now())
    messages.success(request, _("It counts as said from now on, with what shows it."))
    return to_case(number)


@staff_only("POST")
def again(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """It goes out once more, as the same mail."""
    found = _contact(request, number, contact)
    delivery.send_once_more(found.pk, by=request.user, now=clock.now())
    messages.success(request, _("It goes out once more, as the same mail: whoever has it already can know it."))
    return to_case(number)


@staff_only("POST")
def automatic(request: StaffRequest) -> HttpResponse:
    """What the desk wrote by itself and nobody knows of: all that the board showed arrived, or goes once more."""
    shown = [int(pk) for pk in request.POST.getlist("mail") if pk.isascii() and pk.isdigit() and len(pk) < DIGITS]
    arrived = request.POST.get("said") == "arrived"
    count = delivery.say_of_automatic(shown, arrived=arrived, by=request.user, now=clock.now())
    said = (
        ngettext("{n} mail counts as arrived.", "{n} mails count as arrived.", count)
        if arrived
        else ngettext("{n} mail goes out once more.", "{n} mails go out once more.", count)
    )
    messages.success(request, said.format(n=count))
    return redirect("board")


def _contact(request: StaffRequest, number: str, pk: int) -> models.Contact:
    contact = access.contact_for(request.user, pk)
    if contact.case.number != number:
        raise Http404
    return contact
