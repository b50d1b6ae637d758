"""Which pages are read, by whom, on this desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from benchmarks.large_desk import words
from benchmarks.large_desk.cloning import secret_of
from makegood.desk import access, models
from makegood.desk.actions.links import digest

FLOOR = "settings (the floor)"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One page, and whose sign-in opens it."""

    name: str
    path: str
    cookie: str


def places() -> list[Place]:
    """Return the pages to read, the floor first."""
    agent, lead, head = (models.Staff.objects.get(email=f"{name}@larkfield.example") for name in AS)
    cookies = {person.pk: _signed_in(person) for person in (agent, lead, head)}
    seen = access.cases_for(agent).filter(open=True)
    short, long = (seen.order_by(order).values_list("number", flat=True)[0] for order in ("head_seq", "-head_seq"))
    link = _link()
    customer = link.customer
    assert customer is not None
    pages = [
        (FLOOR, "/settings/", agent),
        ("board, agent", "/", agent),
        ("board, team lead", "/", lead),
        ("board, head of service", "/", head),
        ("board, mine", "/?whose=mine", agent),
        ("board, by door", "/?door=executive", head),
        ("board, by source", "/?source=person", agent),
        ("board, page 20", "/?page=20", agent),
        ("case, short", f"/cases/{short}/", agent),
        ("case, long", f"/cases/{long}/", agent),
        ("cases", "/cases/", agent),
        ("search, a common word", "/cases/?q=buckle", agent),
        ("search, a rare word", f"/cases/?q={words.rare(77)}", agent),
        ("search, a customer", f"/cases/?q={customer.name.split()[1]}", head),
        ("doors", "/doors/", lead),
        ("ledger", "/doors/items/", head),
        ("set aside", "/doors/set-aside/", lead),
    ]
    signed_in = [Place(name=name, path=path, cookie=cookies[who.pk]) for name, path, who in pages]
    return [*signed_in, Place(name="customer's page", path=f"/c/{secret_of(link.pk)}/", cookie="")]


def _link() -> models.Link:
    """The newest private link whose secret we know: a clone's, and of an open case."""
    newest = models.Link.objects.filter(purpose="page", revoked_at=None, case__open=True).order_by("-pk")
    return next(link for link in newest.iterator() if link.digest == digest(secret_of(link.pk)))


AS = ("priya", "marta", "ruth")
"""An agent, a team lead, a head of service."""


def _signed_in(person: models.Staff) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"makegood={session.session_key}"
