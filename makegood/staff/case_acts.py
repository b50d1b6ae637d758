"""What one does to a case besides writing: hand it over, answer an alarm, keep a promise, close, judge."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import alarms, contacts, handoffs, letters, links, promises
from makegood.desk.actions import cases as case_actions
from makegood.rules.refusals import CannotReceive, Refusal

from . import pages
from .door import StaffRequest, staff_only, to_case, to_page
from .replying import Kept, Offer


@staff_only("POST")
def acknowledge(request: StaffRequest, number: str) -> HttpResponse:
    """I have it."""
    now, row = clock.now(), access.case_for(request.user, number)
    alarms.acknowledge(row.pk, by=request.user, now=now)
    messages.success(
        request, _("You have it: {who}. It is silent now, and climbs on if nothing follows.").format(who=row.customer)
    )
    return to_page("board") if request.POST.get("back") == "board" else to_case(number)


@staff_only("POST")
def offer(request: StaffRequest, number: str) -> HttpResponse:
    """Offer the case to somebody who is in."""
    now, row = clock.now(), access.case_for(request.user, number)
    people = facts.people()
    here = [p for p in models.Staff.objects.filter(is_active=True).exclude(pk=row.owner_id) if people.here(p.pk, now)]
    form = Offer(request.POST, people=here)
    if not form.is_valid():
        raise CannotReceive(_("Choose somebody from the list: only people who are in are on it."))
    to = next(p for p in here if p.pk == form.cleaned_data["to"])
    handoffs.offer(row.pk, to=to, by=request.user, note=form.cleaned_data["note"], now=now)
    messages.success(request, _("Offered. It stays with its owner until it is accepted."))
    return to_case(number)


@staff_only("POST")
def accept(request: StaffRequest, number: str) -> HttpResponse:
    """Take an offered case."""
    now, row = clock.now(), access.case_for(request.user, number)
    handoffs.accept(row.pk, by=request.user, now=now)
    messages.success(request, _("It is yours now."))
    return to_case(number)


@staff_only("POST")
def give_back(request: StaffRequest, number: str) -> HttpResponse:
    """Send an offered case back, or take one's own offer back."""
    now, row = clock.now(), access.case_for(request.user, number)
    handoffs.give_back(row.pk, why=request.POST.get("why", ""), by=request.user, now=now)
    messages.success(request, _("The offer is over. The case stays with its owner."))
    still_mine_to_see = access.cases_for(request.user).filter(pk=row.pk).exists()
    return to_case(number) if still_mine_to_see else to_page("board")


@staff_only("POST")
def close(request: StaffRequest, number: str) -> HttpResponse:
    """Close, if nothing is owed. The customer is asked whether it is right again."""
    now, row = clock.now(), access.case_for(request.user, number)
    case_actions.close(row.pk, by=request.user, now=now)
    messages.success(
        request, _("Closed. The customer is asked whether it is right again, and can open it with one click.")
    )
    return to_case(number)


@staff_only("POST")
def reopen(request: StaffRequest, number: str) -> HttpResponse:
    """Open a closed case again."""
    now, row = clock.now(), access.case_for(request.user, number)
    case_actions.reopen(row.pk, by=request.user, now=now)
    messages.success(request, _("Open again. The first clock runs on as if it had never stopped."))
    return to_case(number)


@staff_only("POST")
def keep_promise(request: StaffRequest, number: str, promise: int) -> HttpResponse:
    """Record that what was promised has happened, with what shows it."""
    now, row = clock.now(), access.case_for(request.user, number)
    if not row.promises.filter(number=promise).exists():
        raise Http404
    form = Kept(request.POST)
    if not form.is_valid():
        raise Refusal(sentence=_("Say what shows that it was kept: a tracking number, a receipt, who saw it."))
    promises.keep(row.pk, promise, why=form.cleaned_data["why"], by=request.user, now=now)
    messages.success(request, _("Kept, and on the record with what shows it."))
    return to_case(number, "promises")


@staff_only("POST")
def judge(request: StaffRequest, number: str) -> HttpResponse:
    """Say what a message that was set aside is."""
    now, row = clock.now(), access.case_for(request.user, number)
    verdict, why = request.POST.get("genuine"), request.POST.get("why", "")
    if verdict not in ("yes", "no"):
        raise Refusal(sentence=_("Say whether it is a complaint or not."))
    if verdict == "no" and not why.strip():
        raise Refusal(sentence=_("Say why it is no complaint: whoever reads the record later will ask."))
    case_actions.judge(row.pk, genuine=verdict == "yes", why=why, by=request.user, now=now)
    messages.success(
        request,
        _("A complaint: its clocks run from when it came in.")
        if verdict == "yes"
        else _("Put away. It stays in the ledger, with your reason."),
    )
    return to_page("quarantine") if request.POST.get("back") == "quarantine" else to_case(number)


# ── messages that want a word ────────────────────────────────────────────────


@staff_only("POST")
def join_proposed(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """A stranger's message belongs to this case."""
    now = clock.now()
    contacts.join_proposed(_contact(request, number, contact).pk, by=request.user, now=now)
    messages.success(request, _("It belongs to this case now. Nothing of the case was sent to its sender."))
    return to_case(number)


@staff_only("POST")
def part_proposed(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """A stranger's message is a matter of its own."""
    now = clock.now()
    own = contacts.part_proposed(_contact(request, number, contact).pk, by=request.user, now=now)
    messages.success(request, _("It is a case of its own now: {number}.").format(number=own.number))
    return to_case(number)


@staff_only("POST")
def needs_no_answer(request: StaffRequest, number: str, contact: int) -> HttpResponse:
    """A message was thanks or a mere note: no reply is owed for it."""
    now = clock.now()
    word = "thanks" if request.POST.get("word") == "thanks" else "note"
    contacts.mark_needs_no_answer(_contact(request, number, contact).pk, word=word, by=request.user, now=now)
    messages.success(request, _("Marked. No reply is owed for it."))
    return to_case(number)


def _contact(request: StaffRequest, number: str, pk: int) -> models.Contact:
    contact = access.contact_for(request.user, pk)
    if contact.case.number != number:
        raise Http404
    return contact


# ── the customer's page ──────────────────────────────────────────────────────


@staff_only("POST")
def page_link(request: StaffRequest, number: str) -> HttpResponse:
    """Make a new private link for the customer, shown once. Who made it is on the house's record."""
    now, row = clock.now(), access.case_for(request.user, number)
    secret = links.hand_out(row, by=request.user, now=now)
    context = {"case": row, "url": letters.page_url(secret)}
    return pages.page(request, "staff/page_link.html", context, now=now, place="cases")


@staff_only("POST")
def end_page_links(request: StaffRequest, number: str) -> HttpResponse:
    """End every private link of the customer on this case."""
    now, row = clock.now(), access.case_for(request.user, number)
    ended = links.take_back(row, by=request.user, now=now)
    text = ngettext(
        "{n} link ended. The next mail carries a new one.",
        "{n} links ended. The next mail carries a new one.",
        ended,
    )
    messages.success(request, text.format(n=ended))
    return to_case(number)
