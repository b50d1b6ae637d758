"""Signing in with mail address and password, then with a one-time code where one is set; signing out.

Tries are counted by account and by network address (A-56); somebody who
tries too often waits, and hears the same words whether the account exists.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import sign_ins
from makegood.desk.queries import sign_ins as tries
from makegood.ui.network import address_of, fingerprint

from . import one_time_codes, pages

LONGEST = 254
"""Characters of a mail address."""
SECOND_STEP = "second_step"
SECOND_STEP_FOR = timedelta(minutes=5)


class SignIn(AuthenticationForm):
    """Mail address and password."""

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        # Django tells the browser how long an address may be, and takes a longer one all the same.
        self.fields["username"].validators.append(MaxLengthValidator(LONGEST))
        self.fields["username"].label = gettext_lazy("Your mail address")
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "type": "email", "inputmode": "email"}

    error_messages = {
        "invalid_login": gettext_lazy("Mail address and password do not belong together. Check both and try again."),
        "inactive": gettext_lazy("Mail address and password do not belong together. Check both and try again."),
    }


class Code(forms.Form):
    """The six digits of an authenticator."""

    code = forms.CharField(
        label=gettext_lazy("Code of your authenticator"),
        help_text=gettext_lazy("Six digits. Each counts once."),
        max_length=12,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and the try."""
    now = clock.now()
    if request.method in ("GET", "HEAD"):
        if isinstance(request.user, models.Staff):
            return HttpResponseRedirect(_safe_next(request))
        return _ask(request, SignIn(request), now=now)
    if request.method != "POST":
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    account, address = fingerprint(request.POST.get("username", "").strip().lower()), fingerprint(address_of(request))
    if tries.must_wait(account=account, address=address, now=now):
        return _too_often(request, now=now)
    form = SignIn(request, data=request.POST)
    if not form.is_valid():
        sign_ins.fail(account=account, address=address, now=now)
        return _ask(request, form, now=now, status=422)
    return _after_password(request, form.get_user(), now=now)


def _after_password(request: HttpRequest, staff: models.Staff, *, now: datetime) -> HttpResponse:
    if not staff.totp_secret:
        return _let_in(request, staff, next_url=_safe_next(request), now=now)
    request.session.cycle_key()
    request.session[SECOND_STEP] = {
        "staff": staff.pk,
        "password": staff.get_session_auth_hash(),
        "at": now.isoformat(),
        "next": _safe_next(request),
    }
    return redirect("sign-in-code")


def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for who has set one up. Open for five minutes after the password."""
    now = clock.now()
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    staff = _half_in(request, now=now)
    if staff is None:
        return redirect("sign-in")
    if request.method != "POST":
        return pages.plain_page(request, "staff/sign_in_code.html", {"form": Code()}, now=now)
    account, address = fingerprint(staff.email), fingerprint(address_of(request))
    if tries.must_wait(account=account, address=address, now=now):
        return _too_often(request, now=now)
    form = Code(request.POST)
    step = _step(staff, form, now=now)
    if step is None:
        sign_ins.fail(account=account, address=address, now=now)
        form.add_error("code", _("This code does not count. Wait for the next one and type that."))
        return pages.plain_page(request, "staff/sign_in_code.html", {"form": form}, now=now, status=422)
    next_url = request.session.pop(SECOND_STEP)["next"]
    return _let_in(request, staff, next_url=next_url, step=step, now=now)


def _half_in(request: HttpRequest, *, now: datetime) -> models.Staff | None:
    kept = request.session.get(SECOND_STEP)
    if not kept or now - datetime.fromisoformat(kept["at"]) > SECOND_STEP_FOR:
        return None
    staff = models.Staff.objects.filter(pk=kept["staff"], is_active=True).exclude(totp_secret="").first()
    # A password that was changed meanwhile opens nothing any more, nor does what it had opened halfway.
    same = staff is not None and constant_time_compare(kept.get("password", ""), staff.get_session_auth_hash())
    return staff if same else None


def _step(staff: models.Staff, form: Code, *, now: datetime) -> int | None:
    if not form.is_valid():
        return None
    after = tries.last_code_step(staff)
    return one_time_codes.matching_step(staff.totp_secret, form.cleaned_data["code"], after=after, now=now)


def _let_in(
    request: HttpRequest, staff: models.Staff, *, next_url: str, now: datetime, step: int | None = None
) -> HttpResponse:
    sign_ins.succeed(staff, address=fingerprint(address_of(request)), step=step, now=now)
    # `login` gives the session a new key, so that one planted before is worth nothing.
    login(request, staff, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(next_url)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    logout(request)
    return redirect("sign-in")


def _ask(request: HttpRequest, form: SignIn, *, now: datetime, status: int = 200) -> HttpResponse:
    wanted = request.POST.get("next", request.GET.get("next", ""))
    return pages.plain_page(request, "registration/login.html", {"form": form, "next": wanted}, now=now, status=status)


def _too_often(request: HttpRequest, *, now: datetime) -> HttpResponse:
    minutes = int(tries.WINDOW.total_seconds()) // 60
    response = pages.plain_page(request, "staff/too_often.html", {"minutes": minutes}, now=now, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _safe_next(request: HttpRequest) -> str:
    """Where to go after the sign-in: a page of this desk, never another site (A-54)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    relative = wanted.startswith("/") and not wanted.startswith("//")
    if relative and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("board")
