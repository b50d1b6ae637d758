"""What one does to an incident: its list, its letter, its remedy, its job, and its people one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access
from makegood.desk.actions import incident_alarms, incident_lists, incident_people, incident_remedies
from makegood.desk.actions import incidents as actions
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import house
from makegood.desk.queries import incidents as queries
from makegood.rules import incident_refusals as no
from makegood.rules.refusals import Refusal
from makegood.ui import money as writing

from .door import StaffRequest, staff_only, to_page
from .incident_forms import Letter, Partner, Remedy, Upload
from .incidents import show, to_incident


@staff_only("POST")
def upload(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a list; the watch reads it, and the page says how far."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    form = Upload(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, row, now=now, status=422, upload=form)
    file = form.cleaned_data["file"]
    incident_lists.upload(row.pk, name=file.name or "", content=file.chunks(), by=request.user, now=now)
    messages.success(request, _("Kept. It is being read; each row ends on the list or comes back with a reason."))
    return to_incident(pk, "lists")


@staff_only("POST")
def add_case(request: StaffRequest, pk: int) -> HttpResponse:
    """Put the customer of a case on the list."""
    row = access.incident_for(request.user, pk)
    case = access.case_for(request.user, request.POST.get("number", "").strip())
    verdict = incident_people.add_case(row.pk, case.pk, by=request.user, now=clock.now())
    if verdict == incident_people.NEW:
        messages.success(request, _("{who} is on the list, with the case they have.").format(who=case.customer))
    elif verdict == incident_people.AGAIN:
        messages.success(request, _("{who} was on the list already.").format(who=case.customer))
    else:
        raise no.CannotBeListed(sentence=verdict)
    return to_incident(pk, "lists")


@staff_only("POST")
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what everybody is told, in one language."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    form = Letter(request.POST)
    if not form.is_valid():
        return show(request, row, now=now, status=422, letters=[form])
    data = form.cleaned_data
    actions.write_letter(
        row.pk, language=data["language"], subject=data["subject"], text=data["text"], by=request.user, now=now
    )
    messages.success(request, _("The letter is written. Nobody gets it before you say so."))
    return to_incident(pk, "told")


@staff_only("POST")
def partner(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down who else told them."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    form = Partner(request.POST)
    if not form.is_valid():
        return show(request, row, now=now, status=422, partner=form)
    told_at = form.moment(house.zone_of(request.user, house.policy()))
    actions.note_partner(row.pk, partner=form.cleaned_data["partner"], told_at=told_at, by=request.user, now=now)
    return to_incident(pk, "told")


@staff_only("POST")
def remedy(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what everybody is given."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    policy = house.policy()
    if policy is None:
        raise Refusal(sentence=_("There is no policy yet."))
    form = Remedy(request.POST, policy=policy, currency=row.currency)
    if not form.is_valid():
        return show(request, row, now=now, status=422, remedy=form)
    incident_remedies.choose(row.pk, form.gift(), by=request.user, now=now)
    messages.success(request, _("Chosen. Make the dry run next: it counts and gives nothing."))
    return to_incident(pk, "cost")


@staff_only("POST")
def option(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer to everybody what one of them was granted."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    nth = request.POST.get("granted", "")
    granted = queries.granted_otherwise(row)
    if not (nth.isascii() and nth.isdigit() and len(nth) < 4 and int(nth) < len(granted)):
        raise no.OfferedAlready
    one = granted[int(nth)]
    custom = {} if one.catalogue else {"cost": one.cost, "kind": one.kind}
    choice = Choice(catalogue=one.catalogue, title="" if one.catalogue else one.title, **custom)  # type: ignore[arg-type]  # as its fields are
    incident_remedies.add_option(row.pk, choice, by=request.user, now=now)
    messages.success(request, _("Everybody may choose it, too. Make the dry run again: the sum may be another."))
    return to_incident(pk, "cost")


@staff_only("POST")
def dry_run(request: StaffRequest, pk: int) -> HttpResponse:
    """Count what it would cost. Nothing is given."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    total = incident_remedies.dry_run(row.pk, by=request.user, now=now)
    messages.success(request, _("The dry run comes to {sum}. Nothing was given.").format(sum=writing.said(total)))
    return to_incident(pk, "cost")


@staff_only("POST")
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Approve the sum, as it stood on the page."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    total = request.POST.get("total", "")
    if not (total.isascii() and total.isdigit() and len(total) < 18):
        raise no.AnotherSum
    incident_remedies.approve(row.pk, total=int(total), by=request.user, now=now)
    messages.success(request, _("Approved. The job stops by itself before it would give a cent more."))
    return to_incident(pk, "cost")


@staff_only("POST")
def start(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the job open cases, tell people, or give remedies."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    actions.start(row.pk, request.POST.get("task", ""), by=request.user, now=now)
    messages.success(request, _("The job runs. You can pause it at any person."))
    return to_incident(pk, "job")


@staff_only("POST")
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop the job before its next people."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    actions.pause(row.pk, by=request.user, now=now)
    messages.success(request, _("Paused. What was done stays done; nobody else is touched."))
    return to_incident(pk, "job")


@staff_only("POST")
def go_on(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the job go on where it stood."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    actions.go_on(row.pk, by=request.user, now=now)
    messages.success(request, _("The job goes on where it stood."))
    return to_incident(pk, "job")


@staff_only("POST")
def have_it(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that one sees to it that everybody is told; nobody else hears for a while."""
    row = access.incident_for(request.user, pk)
    incident_alarms.have_it(row.pk, by=request.user, now=clock.now())
    messages.success(request, _("It is yours. Whoever is above hears only if somebody is still untold later."))
    return to_incident(pk, "told")


@staff_only("POST")
def close_cases(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the job close the cases of whoever is settled."""
    row = access.incident_for(request.user, pk)
    actions.close_cases(row.pk, why=request.POST.get("why", ""), by=request.user, now=clock.now())
    messages.success(request, _("The job closes them, each by its own rules. What can’t be closed stays open."))
    return to_incident(pk, "job")


@staff_only("POST")
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an incident whose equation has come out."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    actions.close(row.pk, told_back=request.POST.get("told_back", ""), by=request.user, now=now)
    messages.success(request, _("Closed. Everybody has a place in its equation, by name."))
    return to_incident(pk)


@staff_only("POST")
def person(request: StaffRequest, pk: int, person: int) -> HttpResponse:
    """Somebody was told another way, can't be reached, or has another address."""
    now, row = clock.now(), access.incident_for(request.user, pk)
    found = access.affected_of(row, person)
    what, why = request.POST.get("what", ""), request.POST.get("why", "")
    if what == "told":
        actions.tell_by_hand(row.pk, found.pk, why=why, by=request.user, now=now)
    elif what == "unreachable":
        actions.give_up(row.pk, found.pk, why=why, by=request.user, now=now)
    elif what == "address":
        actions.correct_address(row.pk, found.pk, address=why, by=request.user, now=now)
    else:
        raise no.NotOneOfThree
    messages.success(request, _("On the record: {who}.").format(who=found.name or found.address or found.order))
    return to_incident(pk, "people")


@staff_only("POST")
def wave_off(request: StaffRequest) -> HttpResponse:
    """Say that a proposed spike is none."""
    word = request.POST.get("word", "").strip()
    if not word:
        raise no.NoWord
    actions.wave_off(word, by=request.user, now=clock.now())
    messages.success(request, _("Not proposed again for a week."))
    return to_page("incidents")
