"""Who works here: roles, absences, coming and leaving."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.config import clock
from makegood.desk import access, facts, models
from makegood.desk.actions import people as people_actions
from makegood.desk.queries import house
from makegood.rules.policy import Role

from . import pages, words
from .door import StaffRequest, staff_only, to_page
from .replying import DATE, EARLIEST, LATEST, TIME


class Excuse(forms.Form):
    """An absence: from when, until when, and who takes what falls due."""

    from_date = forms.DateField(label=gettext_lazy("Away from"), widget=DATE)
    from_time = forms.TimeField(label=gettext_lazy("at"), required=False, widget=TIME)
    to_date = forms.DateField(
        label=gettext_lazy("Back on"), required=False, widget=DATE, help_text=gettext_lazy("Empty: until it is ended.")
    )
    to_time = forms.TimeField(label=gettext_lazy("at"), required=False, widget=TIME)
    cover = forms.ModelChoiceField(
        label=gettext_lazy("Cases go to"),
        queryset=models.Staff.objects.none(),
        required=False,
        empty_label=gettext_lazy("whoever is next on the ladder"),
    )
    why = forms.CharField(label=gettext_lazy("Why (for colleagues)"), required=False, max_length=120)

    def __init__(self, *args: Any, zone: str, staff: models.Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        others = models.Staff.objects.filter(is_active=True).exclude(pk=staff.pk).order_by("name")
        self.fields["cover"].queryset = others  # type: ignore[attr-defined]  # a model's choice field, as above

    def moment(self, day_field: str, hour_field: str) -> datetime | None:
        """Return a day and an hour on the reader's clock; without an hour, midnight."""
        day: date | None = self.cleaned_data.get(day_field)
        hour: time | None = self.cleaned_data.get(hour_field)
        # The desk refuses what lies further off than two years; here it is only kept computable.
        day = min(max(day, EARLIEST), LATEST) if day else None
        return datetime.combine(day, hour or time(), tzinfo=self.zone).astimezone(ZoneInfo("UTC")) if day else None


class Position(forms.Form):
    """Role and team."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[(str(r), words.ROLES[r]) for r in Role])
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=models.Team.objects.order_by("title"),
        required=False,
        empty_label=gettext_lazy("no team"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") in (str(Role.AGENT), str(Role.LEAD)) and cleaned.get("team") is None:
            self.add_error("team", _("An agent and a team lead need a team: without one they see no case."))
        return cleaned


class Hire(Position):
    """Somebody new."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Mail address"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("First password"),
        help_text=gettext_lazy("At least ten characters. They change it in their settings."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    field_order = ("name", "email", "password", "role", "team")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if models.Staff.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody with this address works here already, or did."))
        return email

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


@staff_only("GET")
def people(request: StaffRequest) -> HttpResponse:
    """Everybody, those who are in first."""
    now = clock.now()
    everybody = (
        models.Staff.objects.select_related("team")
        .prefetch_related("absences__cover")
        .annotate(owns=Count("owned", filter=Q(owned__open=True)))
        .order_by("-is_active", "name")
    )
    found = pages.paged(everybody, request)
    directory = facts.people()
    rows = [{"staff": staff, "away": _away(staff, now)} for staff in found]
    active = [p for p in directory.everybody if p.active]
    context = {
        "rows": rows,
        "page_obj": found,
        "active": len(active),
        "present": sum(p.here(now) for p in active),
        "may": pages.may(request.user),
    }
    return pages.page(request, "staff/people.html", context, now=now, place="people")


def _away(staff: models.Staff, now: datetime) -> models.Absence | None:
    return next((a for a in staff.absences.all() if a.from_at <= now and (a.to_at is None or now < a.to_at)), None)


@staff_only("GET")
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """One colleague: absences now and to come, role, and what the reader may change."""
    return _person(request, _staff(pk), now=clock.now())


def _person(
    request: StaffRequest,
    staff: models.Staff,
    *,
    now: datetime,
    excuse: Excuse | None = None,
    position: Position | None = None,
    status: int = 200,
) -> HttpResponse:
    zone = house.zone_of(request.user, house.policy())
    coming = staff.absences.filter(Q(to_at=None) | Q(to_at__gt=now)).select_related("cover")
    context = {
        "staff": staff,
        "away": _away(staff, now),
        "coming": coming,
        "owns": staff.owned.filter(open=True).count(),
        "excuse": excuse or Excuse(zone=zone, staff=staff),
        "position": position or Position(initial={"role": staff.role, "team": staff.team_id}),
        "may": pages.may(request.user) | {"excuse": access.may_excuse(request.user, staff) and staff.is_active},
    }
    return pages.page(request, "staff/person.html", context, now=now, place="people", status=status)


def _staff(pk: int) -> models.Staff:
    found = models.Staff.objects.select_related("team").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@staff_only("POST")
def excuse(request: StaffRequest, pk: int) -> HttpResponse:
    """Record an absence."""
    now, staff = clock.now(), _staff(pk)
    if not access.may_excuse(request.user, staff):
        raise Http404
    form = Excuse(request.POST, zone=house.zone_of(request.user, house.policy()), staff=staff)
    if not form.is_valid():
        return _person(request, staff, now=now, excuse=form, status=422)
    from_at = form.moment("from_date", "from_time")
    assert from_at is not None
    people_actions.excuse(
        staff,
        from_at=from_at,
        to_at=form.moment("to_date", "to_time"),
        cover=form.cleaned_data["cover"],
        why=form.cleaned_data["why"],
        by=request.user,
        now=now,
    )
    messages.success(request, _("Recorded. Alarms go past {name} while away.").format(name=staff.name))
    return to_page("people")


@staff_only("POST")
def come_back(request: StaffRequest, pk: int) -> HttpResponse:
    """End an absence, or strike out one that has not begun."""
    now = clock.now()
    absence = models.Absence.objects.select_related("staff").filter(pk=pk).first()
    if absence is None:
        raise Http404
    people_actions.come_back(absence, by=request.user, now=now)
    messages.success(request, _("{name} is in again.").format(name=absence.staff.name))
    return to_page("people")


@staff_only("POST")
def change_role(request: StaffRequest, pk: int) -> HttpResponse:
    """Give somebody another role or team."""
    now, staff = clock.now(), _staff(pk)
    if not access.may_change_people(request.user):
        raise Http404
    form = Position(request.POST)
    if not form.is_valid():
        return _person(request, staff, now=now, position=form, status=422)
    role, team = Role(form.cleaned_data["role"]), form.cleaned_data["team"]
    people_actions.change_role(staff, role=role, team=team, by=request.user, now=now)
    messages.success(request, _("{name} is {role} now.").format(name=staff.name, role=words.role(role)))
    return to_page("people")


@staff_only("POST")
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody leaves: cases move up at once, links and sessions end."""
    now, staff = clock.now(), _staff(pk)
    people_actions.leave(staff, by=request.user, now=now)
    messages.success(request, _("{name} has left. Every open case has a new owner.").format(name=staff.name))
    return to_page("people")


@staff_only("GET", "HEAD", "POST")
def hire(request: StaffRequest) -> HttpResponse:
    """Add somebody."""
    now = clock.now()
    if not access.may_change_people(request.user):
        raise Http404
    form = Hire(request.POST) if request.method == "POST" else Hire()
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return pages.page(request, "staff/hire.html", {"form": form}, now=now, place="people", status=status)
    typed = form.cleaned_data
    people_actions.hire(
        email=typed["email"],
        name=typed["name"],
        role=Role(typed["role"]),
        team=typed["team"],
        password=typed["password"],
        by=request.user,
        now=now,
    )
    messages.success(request, _("{name} can sign in now.").format(name=typed["name"]))
    return to_page("people")
