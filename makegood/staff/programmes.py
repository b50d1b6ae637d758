"""Programmes: their terms with every version, who holds what from them, what was stopped, and ending one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.actions import codes as code_actions
from makegood.desk.actions import entitlements, mismatches
from makegood.desk.actions import programmes as actions
from makegood.desk.actions.entitlements import Grant
from makegood.desk.queries import codes as code_queries
from makegood.desk.queries import house
from makegood.desk.queries import programmes as queries
from makegood.rules.codes import Worth
from makegood.rules.programmes import from_plain
from makegood.ui import money

from . import pages
from .code_forms import Why
from .door import StaffRequest, staff_only, to_page
from .programme_forms import Enter, Extend, Issue, Publish, Start


@staff_only("GET")
def programmes(request: StaffRequest) -> HttpResponse:
    """All programmes, those that run first."""
    who = request.user
    may = {"may_run": access.may_run_programmes(who), "may_budgets": access.may_see_ledger(who)}
    context = {"lines": queries.every(), **may}
    return pages.page(request, "staff/programmes.html", context, now=clock.now(), place="remedies")


@staff_only("GET", "HEAD", "POST")
def start(request: StaffRequest) -> HttpResponse:
    """Begin a programme with the terms that the public reads."""
    now = clock.now()
    _refuse_who_may_not(request.user)
    policy = house.policy()
    form = Start(request.POST or None, initial={"currency": policy.currency if policy else ""})
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return pages.page(request, "staff/programme_new.html", {"form": form}, now=now, place="remedies", status=status)
    typed = form.cleaned_data
    programme = actions.start(
        typed["name"],
        typed["title"],
        text=typed["text"],
        terms=form.terms(),
        owner=request.user,
        by=request.user,
        now=now,
        where=typed["where"],
    )
    return _to(programme)


@staff_only("GET")
def programme(request: StaffRequest, programme: str) -> HttpResponse:
    """One programme: every version word for word, what people hold, and what was stopped."""
    return _programme(request, _one(programme), now=clock.now())


def _programme(
    request: StaffRequest, row: models.Programme, *, now: datetime, status: int = 200, **forms: Form
) -> HttpResponse:
    zone = house.zone_of(request.user, house.policy())
    open_now = queries.open_of(row)
    context: dict[str, Any] = {
        "programme": row,
        "versions": [
            {
                "row": version,
                "terms": words(from_plain(version.terms)),
                "unchanged": queries.unchanged(version),
                "fingerprint": " ".join(version.sha256[at : at + 16] for at in range(0, 64, 16)),
            }
            for version in row.versions.select_related("published_by").order_by("-number")
        ],
        "open": open_now.count(),
        "unanswered": queries.unanswered(row).count(),
        "held": [{"row": each, "frozen": each.frozen_at is not None} for each in open_now[: pages.PAGE]],
        "entrants": models.Entrant.objects.filter(version__programme=row)
        .select_related("customer", "version")
        .prefetch_related("entitlements")
        .order_by("-entered_at")[: pages.PAGE],
        "stopped": models.Mismatch.objects.filter(version__programme=row, settled_at=None).select_related("version"),
        "may_run": access.may_run_programmes(request.user),
        "may_give": access.may_give_promised(request.user),
        "publish": forms.get("publish") or Publish(initial=_last_typed(row)),
        "enter": forms.get("enter") or Enter(zone=zone, initial={"entered_on": now.date()}),
        "why": Why(),
    }
    return pages.page(request, "staff/programme.html", context, now=now, place="remedies", status=status)


def words(terms: Any) -> str:
    """Return terms in a line that a person reads."""
    said = [_("{percent} % off").format(percent=terms.percent)] if terms.percent else []
    if terms.value:
        said.append((_("at most {value}") if terms.percent else "{value}").format(value=money.said(terms.value)))
    said.append(", ".join(sorted(terms.scope)) if terms.scope else _("any product"))
    if terms.excluded:
        said.append(_("but not {products}").format(products=", ".join(sorted(terms.excluded))))
    if terms.least:
        said.append(_("from an order of {least}").format(least=money.said(terms.least)))
    said.append(_("for {days} days").format(days=terms.days) if terms.days else _("without end"))
    return "; ".join(said)


def _last_typed(row: models.Programme) -> dict[str, Any]:
    last = row.versions.order_by("-number").first()
    return {"text": last.text, "where": last.where} | _typed(from_plain(last.terms)) if last else {}


def _typed(terms: Any) -> dict[str, Any]:
    """Return terms as the form shows them."""
    some = terms.value or terms.least
    policy = house.policy()
    return {
        "percent": terms.percent or None,
        "value": f"{terms.value.amount():f}" if terms.value else "",
        "currency": some.currency if some else policy.currency if policy else "",
        "scope": ", ".join(sorted(terms.scope)),
        "excluded": ", ".join(sorted(terms.excluded)),
        "least": f"{terms.least.amount():f}" if terms.least else "",
        "days": terms.days,
    }


@staff_only("POST")
def publish(request: StaffRequest, programme: str) -> HttpResponse:
    """Publish a new version. Whoever entered before is held to the one he saw."""
    now, row = clock.now(), _one(programme)
    _refuse_who_may_not(request.user)
    form = Publish(request.POST)
    if not form.is_valid():
        return _programme(request, row, now=now, status=422, publish=form)
    typed = form.cleaned_data
    actions.publish(row, text=typed["text"], terms=form.terms(), by=request.user, now=now, where=typed["where"])
    messages.success(request, _("Published. Whoever entered before keeps the terms they saw."))
    return _to(row)


@staff_only("POST")
def enter(request: StaffRequest, programme: str) -> HttpResponse:
    """Note that somebody entered."""
    now, row = clock.now(), _one(programme)
    form = Enter(request.POST, zone=house.zone_of(request.user, house.policy()))
    customer = code_queries.customer_at(form.cleaned_data["customer"]) if form.is_valid() else None
    if customer is None:
        if form.is_valid():
            form.add_error("customer", _("No customer has this address. It comes with a first letter or case."))
        return _programme(request, row, now=now, status=422, enter=form)
    entrant = actions.enter(
        row,
        customer=customer,
        entered_at=form.entered_at(),
        reference=form.cleaned_data["reference"],
        by=request.user,
        now=now,
    )
    messages.success(request, _("{who} is held to version {n}.").format(who=customer, n=entrant.version.number))
    return _to(row)


@staff_only("GET", "HEAD", "POST")
def issue(request: StaffRequest, programme: str, pk: int) -> HttpResponse:
    """Give an entrant what the terms he saw promise. Less is stopped."""
    now, row = clock.now(), _one(programme)
    if not access.may_give_promised(request.user):
        raise Http404
    entrant = models.Entrant.objects.select_related("version__programme", "customer").filter(pk=pk).first()
    if entrant is None or entrant.version.programme_id != row.pk:
        raise Http404
    promised = queries.terms_of(entrant.version)
    form = Issue(request.POST or None, initial=_typed(promised) | {"title": row.title})
    if request.method == "POST" and form.is_valid():
        grant = _grant(form)
        if grant is not None:
            entitlements.issue(entrant, grant, by=request.user, now=now)
            messages.success(request, _("Given. {who} finds it on the private page.").format(who=entrant.customer))
            return _to(row)
    context = {"form": form, "programme": row, "entrant": entrant, "terms": words(promised)}
    status = 422 if form.is_bound else 200
    return pages.page(request, "staff/programme_issue.html", context, now=now, place="remedies", status=status)


def _grant(form: Issue) -> Grant | None:
    """Return what was typed, or None where a code has no sum to be worth."""
    terms, title = form.terms(), form.cleaned_data["title"]
    if not form.cleaned_data["as_code"]:
        return Grant(title=title, terms=terms)
    if terms.value is None:
        form.add_error("value", _("A code needs a sum that it takes off at most."))
        return None
    worth = Worth(value=terms.value, percent=terms.percent or 100, scope=terms.scope)
    return Grant(title=title, terms=terms, code=code_actions.Wanted(title=title, worth=worth))


@staff_only("GET", "HEAD", "POST")
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """What becomes of something that a customer holds: extended, replaced by something equal, used, or going on."""
    now = clock.now()
    row = models.Entitlement.objects.select_related("programme", "customer", "frozen_case").filter(pk=pk).first()
    if row is None or row.programme is None:
        raise Http404
    _refuse_who_may_not(request.user)
    zone, how = house.zone_of(request.user, house.policy()), request.POST.get("how", "")
    extend = Extend(request.POST if how == "extend" else None, zone=zone)
    other = Issue(request.POST if how == "substitute" else None, initial=_typed(from_plain(row.terms)))
    if _answered(request, row, how, extend=extend, other=other, now=now):
        return _to(row.programme)
    context = {"row": row, "extend": extend, "other": other, "why": Why(), "terms": words(from_plain(row.terms))}
    status = 422 if request.method == "POST" else 200
    return pages.page(request, "staff/entitlement.html", context, now=now, place="remedies", status=status)


def _answered(
    request: StaffRequest, row: models.Entitlement, how: str, *, extend: Extend, other: Issue, now: datetime
) -> bool:
    """Do what was asked; False where what was typed can't be read."""
    if how == "extend" and extend.is_valid():
        entitlements.extend(row.pk, extend.until_at(), by=request.user, now=now)
    elif how == "substitute" and other.is_valid() and (grant := _grant(other)) is not None:
        entitlements.substitute(row.pk, grant, by=request.user, now=now)
    elif how == "resume":
        entitlements.resume(row.pk, by=request.user, now=now)
    elif how == "claim" and (why := Why(request.POST)).is_valid():
        entitlements.claim(row.pk, evidence=why.cleaned_data["why"], by=request.user, now=now)
    else:
        return False
    messages.success(request, _("Done. {who} has an answer.").format(who=row.customer))
    return True


@staff_only("POST")
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what was done about terms that somebody nearly got less than."""
    row = models.Mismatch.objects.select_related("version__programme").filter(pk=pk).first()
    _refuse_who_may_not(request.user)
    form = Why(request.POST)
    if row is None:
        raise Http404
    if not form.is_valid():
        return _programme(request, row.version.programme, now=clock.now(), status=422)
    mismatches.settle(row, why=form.cleaned_data["why"], by=request.user, now=clock.now())
    return _to(row.version.programme)


@staff_only("POST")
def end(request: StaffRequest, programme: str) -> HttpResponse:
    """End a programme, once everybody who holds something from it has an answer."""
    row = _one(programme)
    _refuse_who_may_not(request.user)
    actions.end(row, by=request.user, now=clock.now())
    messages.success(request, _("Ended. Everybody who held something has an answer."))
    return to_page("programmes")


def _refuse_who_may_not(who: models.Staff) -> None:
    if not access.may_run_programmes(who):
        raise Http404


def _one(name: str) -> models.Programme:
    found = models.Programme.objects.select_related("owner").filter(name=name).first()
    if found is None:
        raise Http404
    return found


def _to(row: models.Programme) -> HttpResponse:
    return HttpResponseRedirect(reverse("programme", args=[row.name]))
