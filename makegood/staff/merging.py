"""Two cases that are one matter, and one case that is two: letting one go on in another, and parting them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.actions import contacts, merging
from makegood.rules.refusals import CannotMerge

from .door import StaffRequest, staff_only, to_case


class Merge(forms.Form):
    """Which of the customer's open cases goes on in this one, and what shows that both are one matter."""

    other = forms.ChoiceField(label=gettext_lazy("Which one goes on here?"))
    why = forms.CharField(label=gettext_lazy("What shows that both are one matter?"), max_length=300)

    def __init__(self, *args: Any, cases: Iterable[models.Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [  # type: ignore[attr-defined]  # a choice field, as above
            (case.number, f"{case.number} {case.subject[:60]}".strip()) for case in cases
        ]


@staff_only("POST")
def merge(request: StaffRequest, number: str) -> HttpResponse:
    """Let another case of the same customer go on in this one."""
    now, row = clock.now(), access.case_for(request.user, number)
    others = access.cases_for(request.user).filter(customer=row.customer, open=True).exclude(pk=row.pk)
    form = Merge(request.POST, cases=others)
    if not form.is_valid():
        raise CannotMerge(_("Choose one of this customer’s open cases, and say what shows that both are one matter."))
    typed = form.cleaned_data
    gone = merging.merge(row.pk, gone=typed["other"], why=typed["why"], by=request.user, now=now)
    messages.success(
        request,
        _("{number} goes on here. What was owed there is owed here, by the same dates.").format(number=gone.number),
    )
    return to_case(number)


@staff_only("POST")
def part(request: StaffRequest, number: str) -> HttpResponse:
    """Let a case that went on in another one be a case of its own again."""
    now, row = clock.now(), access.case_for(request.user, number)
    kept = merging.part(row.pk, by=request.user, now=now)
    messages.success(
        request,
        _("It is a case of its own again, with what it still owes. {number} goes on, too.").format(number=kept.number),
    )
    return to_case(number)


@staff_only("POST")
def split(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """A message of the customer's is another matter: it becomes a case of its own, with its clocks."""
    now, found = clock.now(), access.contact_for(request.user, contact)
    if found.case.number != number:
        raise Http404
    own = contacts.split(found.pk, by=request.user, now=now)
    messages.success(request, _("It is a case of its own now: {number}.").format(number=own.number))
    return to_case(own.number)
