"""How the desk shows itself to one person: zone, language, light or dark; and the password."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import people
from makegood.desk.queries import house

from . import pages
from .door import StaffRequest, staff_only, to_page

THEMES = ("system", "light", "dark")


class Settings(forms.Form):
    """Zone and language."""

    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        required=False,
        max_length=64,
        help_text=gettext_lazy("Such as America/Chicago. Empty: that of the house."),
        widget=forms.TextInput({"list": "zones", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=django_settings.LANGUAGES)

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(
                _("There is no zone “%(zone)s”. Write continent and city, such as Europe/Madrid."),
                params={"zone": zone},
            )
        return zone


class Password(forms.Form):
    """The old password and the new one, twice."""

    old = forms.CharField(
        label=gettext_lazy("Password until now"), widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy("At least ten characters."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("New password once more"), widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, staff: models.Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_old(self) -> str:
        old = str(self.cleaned_data["old"])
        if not self.staff.check_password(old):
            raise forms.ValidationError(_("This is not your password until now."))
        return old

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        validate_password(new, self.staff)
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and cleaned.get("again") != cleaned["new"]:
            self.add_error("again", _("The two new passwords differ. Type the second one again."))
        return cleaned


@staff_only("GET", "HEAD", "POST")
def settings(request: StaffRequest) -> HttpResponse:
    """Zone and language."""
    if request.method != "POST":
        return _show(request)
    form = Settings(request.POST)
    if not form.is_valid():
        return _show(request, form=form, status=422)
    typed = form.cleaned_data
    people.save_own_settings(
        request.user, time_zone=typed["time_zone"], language=typed["language"], theme=request.user.theme
    )
    with override(typed["language"]):
        messages.success(request, _("Saved."))
    return to_page("settings")


@staff_only("POST")
def theme(request: StaffRequest) -> HttpResponse:
    """Light, dark, or as the system has it."""
    me, chosen = request.user, request.POST.get("theme", "")
    if chosen in THEMES:
        people.save_own_settings(me, time_zone=me.time_zone, language=me.language, theme=chosen)
    return to_page("settings")


@staff_only("POST")
def password(request: StaffRequest) -> HttpResponse:
    """A new password; this session stays, all others end."""
    now, form = clock.now(), Password(request.POST, staff=request.user)
    if not form.is_valid():
        return _show(request, password=form, status=422)
    people.change_own_password(request.user, password=form.cleaned_data["new"], now=now)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
    return to_page("settings")


def _show(
    request: StaffRequest, *, form: Settings | None = None, password: Password | None = None, status: int = 200
) -> HttpResponse:
    me = request.user
    context = {
        "form": form or Settings(initial={"time_zone": me.time_zone, "language": me.language}),
        "password": password or Password(staff=me),
        "zones": _zones(),
        "house_zone": house.zone_of(models.Staff(), house.policy()),
    }
    return pages.page(request, "staff/settings.html", context, now=clock.now(), status=status)


@cache
def _zones() -> list[str]:
    # Walks a directory tree, so once is enough.
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
