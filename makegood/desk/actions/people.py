"""Staff come, are away, change roles, leave. Nothing they owned is left without an owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from makegood.desk import access, facts, models
from makegood.rules import refusals, rounds
from makegood.rules.policy import Role

from . import journal
from .promises import FURTHEST
from .record import deciding


def hire(
    *,
    email: str,
    name: str,
    role: Role,
    team: models.Team | None,
    password: str | None = None,
    hashed: str = "",
    now: datetime,
    by: models.Staff | None = None,
    time_zone: str = "",
    language: str = "en",
) -> models.Staff:
    """Add somebody to the staff. Without a password (or its hash) they can't sign in until one is set."""
    with transaction.atomic():
        staff = models.Staff(
            email=email.lower(), name=name, role=str(role), team=team, time_zone=time_zone, language=language
        )
        staff.set_password(password)
        staff.password = hashed or staff.password
        staff.save()
        journal.write_house("staff.hired", {"staff": staff.pk, "role": str(role)}, now=now, by=by)
    return staff


def excuse(
    staff: models.Staff,
    *,
    from_at: datetime,
    to_at: datetime | None,
    cover: models.Staff | None,
    why: str,
    by: models.Staff,
    now: datetime,
) -> models.Absence:
    """Record that somebody is away. Alarms skip upwards; after an open hour his cases go to somebody who is in."""
    if not access.may_excuse(by, staff):
        raise Http404
    if to_at is not None and to_at <= from_at:
        raise refusals.Refusal(sentence="An absence must end after it begins.")
    if abs(from_at - now) > FURTHEST or (to_at is not None and to_at - now > FURTHEST):
        raise refusals.DateIsTooFar
    with transaction.atomic():
        absence = models.Absence.objects.create(staff=staff, from_at=from_at, to_at=to_at, cover=cover, why=why[:120])
        journal.write_house(
            "staff.excused",
            {"staff": staff.pk, "from": from_at.isoformat(), "to": to_at.isoformat() if to_at else None},
            now=now,
            by=by,
        )
        look_again(staff, now=now)
    return absence


def come_back(absence: models.Absence, *, by: models.Staff, now: datetime) -> None:
    """End an absence now."""
    if not access.may_excuse(by, absence.staff):
        raise Http404
    with transaction.atomic():
        if absence.from_at >= now:
            absence.delete()
        else:
            absence.to_at = now
            absence.save(update_fields=["to_at"])
        journal.write_house("staff.returned", {"staff": absence.staff_id}, now=now, by=by)
        look_again(absence.staff, now=now)


def leave(staff: models.Staff, *, by: models.Staff | None, now: datetime) -> None:
    """Somebody leaves. His cases move up in the same transaction; his links and sessions end."""
    if by is not None and not access.may_change_people(by):
        raise Http404
    _refuse_last_executive(staff)
    with transaction.atomic():
        staff.is_active, staff.left_at = False, now
        staff.set_unusable_password()
        staff.save(update_fields=["is_active", "left_at", "password"])
        models.Link.objects.filter(staff=staff, revoked_at=None).update(revoked_at=now)
        journal.write_house("staff.left", {"staff": staff.pk}, now=now, by=by)
        look_again(staff, now=now)


def change_role(staff: models.Staff, *, role: Role, team: models.Team | None, by: models.Staff, now: datetime) -> None:
    """Give somebody another role or team."""
    if not access.may_change_people(by):
        raise Http404
    if role is not Role.EXECUTIVE:
        _refuse_last_executive(staff)
    with transaction.atomic():
        staff.role, staff.team = str(role), team
        staff.save(update_fields=["role", "team"])
        journal.write_house("staff.role_changed", {"staff": staff.pk, "role": str(role)}, now=now, by=by)
        look_again(staff, now=now)


def _refuse_last_executive(staff: models.Staff) -> None:
    others = models.Staff.objects.filter(role=str(Role.EXECUTIVE), is_active=True).exclude(pk=staff.pk)
    if staff.role == str(Role.EXECUTIVE) and not others.exists():
        raise refusals.LastExecutive


def look_again(staff: models.Staff, *, now: datetime) -> None:
    """Let time catch up with every open case that this person owns or was offered."""
    theirs = models.Case.objects.filter(Q(owner=staff) | Q(offered_to=staff), open=True)
    everybody = facts.people()
    for pk in theirs.order_by("pk").values_list("pk", flat=True):
        with deciding(pk, now=now, actor="program", people=everybody) as d:
            rouse = rounds.wakes_at(d.u.case, d.u.house)
            # Nothing may have happened yet; still the hour at which it will has changed.
            models.Case.objects.filter(pk=pk).update(wakes_at=rouse)
            d.row.wakes_at = rouse


def save_own_settings(staff: models.Staff, *, time_zone: str, language: str, theme: str) -> None:
    """Somebody changes how the desk shows itself to him."""
    staff.time_zone, staff.language, staff.theme = time_zone, language, theme
    staff.save(update_fields=["time_zone", "language", "theme"])


def place(staff: models.Staff, *, calendar: str, time_zone: str) -> None:
    """Record where somebody works: whose opening hours count for what he owes, and his own time zone."""
    staff.calendar = calendar or staff.calendar
    staff.time_zone = time_zone or staff.time_zone
    staff.save(update_fields=["calendar", "time_zone"])


def change_own_password(staff: models.Staff, *, password: str, now: datetime) -> None:
    """Somebody sets a new password. His other sessions end."""
    with transaction.atomic():
        staff.set_password(password)
        staff.save(update_fields=["password"])
        journal.write_house("staff.password_changed", {"staff": staff.pk}, now=now, by=staff)
