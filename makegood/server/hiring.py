"""`makegood staff add`: the first people of a new house, before anybody can sign in."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rich.console import Console

from makegood.config import clock
from makegood.desk import models
from makegood.desk.actions import people, policies
from makegood.rules.policy import Role

from . import serving

GOOD, FOUND = 0, 1


def add(*, email: str, name: str, role: str, team: str, password: str) -> int:
    """Add a member of staff. Returns 0, or 1 with a sentence when that can't be done."""
    console = Console(stderr=True, highlight=False)
    serving.prepare()
    if models.Staff.objects.filter(email__iexact=email).exists():
        console.print(f"{email} works here already.")
        return FOUND
    try:
        validate_password(password)
    except ValidationError as error:
        console.print(" ".join(error.messages))
        return FOUND
    people.hire(
        email=email,
        name=name,
        role=Role(role),
        team=policies.team(team) if team else None,
        password=password,
        now=clock.now(),
    )
    Console(highlight=False).print(f"{name} may sign in as {email.lower()}.")
    return GOOD
