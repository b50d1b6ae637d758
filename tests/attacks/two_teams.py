"""Two teams that may see nothing of each other, with a case each; and every address of the desk, walked from its root.

Each case has one of everything that has a number: contacts, a file, a stranger's message with a file, promises,
an alarm that rings, an offer, a note, links that open and links that no longer do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, models, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from makegood.config import clock
from makegood.demo import cast as demo
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import facts
from makegood.desk.actions import (
    codes,
    contacts,
    entitlements,
    handoffs,
    holdings,
    incident_lists,
    incidents,
    ledger,
    links,
    mismatches,
    notes,
    people,
    policies,
    programmes,
    remedies,
    wishes,
)
from makegood.desk.actions.contacts import File, Incoming
from makegood.desk.actions.entitlements import Grant
from makegood.desk.actions.promises import Words
from makegood.desk.actions.record import deciding
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.desk.models import Absence, Attachment, Case, Contact, Heard, Link, Staff
from makegood.rules import events as ev
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from makegood.rules.policy import Role
from makegood.rules.programmes import Terms
from tests.conftest import MONDAY_TEN

NOW = MONDAY_TEN + timedelta(days=2, hours=3)
ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")
IVO = Writer(name="Ivo Brandt", address="ivo@brandt.example")
LONG_AGO = timedelta(days=900)


@dataclass(frozen=True, kw_only=True)
class Grown:
    """One case, and the numbers of what belongs to it."""

    case: Case
    owner: Staff
    contact: int
    """A joined message with HTML, an original and a file."""
    proposed: int
    file: int
    proposed_file: int
    item: int
    promise: int
    """Said by the owner, and broken."""
    heard: int
    link: str
    expired: str
    revoked: str
    bell: str
    """The link in the owner's alarm."""
    holding: int
    remedy: int
    """Approved by the owner's own authority, and not offered yet."""


@dataclass(frozen=True, kw_only=True)
class House:
    """What a test of addresses asks about."""

    cast: Cast
    ned: Staff
    """Lead of *wholesale*."""
    gone: Staff
    """Somebody who left, in whose browser a session is still open."""
    support: Grown
    wholesale: Grown
    absence: Absence
    """Of an agent of *support*."""
    incident: int
    """The head of service's, from the case of *support*."""
    affected: int
    """Somebody on its list, and a list that was uploaded."""
    uploaded: int
    rights: dict[str, int]
    """The keys of a code of *support*'s customer, and of an entrant, an entitlement and a mismatch of `trade-in`."""


@contextmanager
def standing(django_db_blocker: Any) -> Iterator[House]:
    """One house for all tests of a module, gone afterwards; the clock stands at NOW."""
    with django_db_blocker.unblock(), clock.reading(lambda: NOW), transaction.atomic():
        facts.forget_policies()
        cache.clear()
        yield grow()
        transaction.set_rollback(True)
    facts.forget_policies()


def grow() -> House:
    """Fill an empty database."""
    cast = demo.load(now=MONDAY_TEN, password=None)
    team = policies.team("wholesale")
    ned, gone = (
        people.hire(email=f"{key}@larkfield.example", name=name, role=role, team=team, now=MONDAY_TEN, by=cast.sam)
        for key, name, role in (("ned", "Ned Aldous", Role.LEAD), ("una", "Una Prior", Role.AGENT))
    )
    weeks = Weeks(cast)
    first = _case(weeks, ROSALIA, subject="Hip-belt buckle snapped", owner=cast.priya)
    second = _case(weeks, IVO, subject="Forty tents short", owner=cast.wen)
    weeks.until(NOW - timedelta(hours=1))
    for case, owner, to in ((first, cast.priya, cast.luis), (second, cast.wen, ned)):
        handoffs.offer(case.pk, to=to, by=owner, note="Please take it.", now=NOW - timedelta(minutes=50))
    people.excuse(
        cast.tom, from_at=NOW + timedelta(days=3), to_at=None, cover=cast.priya, why="skis", by=cast.tom, now=NOW
    )  # fmt: skip
    incident = incidents.open_from_case(first.pk, title="Lot 25-K", by=cast.ruth, now=NOW)
    kept = incident_lists.upload(incident.pk, name="x.csv", content=[b"email\nx"], by=cast.ruth, now=NOW)
    return House(
        cast=cast,
        ned=ned,
        gone=gone,
        support=_grown(first, cast.priya),
        wholesale=_grown(second, cast.wen),
        absence=cast.tom.absences.get(),
        incident=incident.pk,
        affected=incident.people.get().pk,
        uploaded=kept.pk,
        rights=_rights(first, cast),
    )


def _rights(case: Case, cast: Cast) -> dict[str, int]:
    terms = Terms(value=Money("USD", 500))
    more = {"by": cast.ruth, "now": NOW}
    programme = programmes.start("trade-in", "Trade in", text="Five off.", terms=terms, owner=cast.ruth, **more)
    entered = [
        programmes.enter(programme, customer=case.customer, entered_at=NOW, reference=ref, **more) for ref in "ab"
    ]
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 500)))
    return {
        "code": codes.issue(wanted, customer=case.customer, case=case, **more).row.pk,
        "entrant": entered[0].pk,
        "held": entitlements.issue(entered[1], Grant(title="Five off", terms=terms), **more).row.pk,
        "stopped": mismatches.found(entered[0].version, terms, ["It ends sooner than the terms say."], **more).pk,
    }


def _case(weeks: Weeks, who: Writer, *, subject: str, owner: Staff) -> Case:
    text = f"{subject}. I need an answer before Friday, order 88-1973. I want my money back."
    case = weeks.letter(who, at=MONDAY_TEN, subject=subject, text=text)
    own(case, owner, now=MONDAY_TEN)
    later = MONDAY_TEN + timedelta(hours=1)
    words = f"You will hear from me about {case.number} by five."
    said = Words(words=words, due_at=later + timedelta(hours=6))
    weeks.reply(case, owner, at=later, text=words, kinds=["promise"], says=[said])
    door = weeks.cast.policy.doors["mail"]
    sent = _with_a_file(who.address, f"{who.name}'s photo, as you asked.", name="photo.png", at=later)
    item = _item(f"joined-{case.pk}", who.address, at=later)
    contacts.join(sent, case_id=case.pk, door=door, item=item, now=later)
    strange = _with_a_file("eve@evil.example", "It is mine.", name="eve.pdf", at=later)
    contacts.propose(
        strange, case_id=case.pk, door=door, item=_item(f"proposed-{case.pk}", "eve@evil.example", at=later),
        why="unknown", now=later,
    )  # fmt: skip
    notes.add(case.pk, text=f"Private words about {case.number}.", by=owner, now=later)
    return case


def own(case: Case, by: Staff, *, now: datetime) -> None:
    """Let `by` own the case by the rules, whoever the desk chose."""
    with deciding(case.pk, now=now) as d:
        if d.u.case.owner != by.pk:
            d.u.happen(ev.OwnerChanged(at=now, to=by.pk, was=d.u.case.owner, why="handoff"))


def _with_a_file(sender: str, text: str, *, name: str, at: datetime) -> Incoming:
    return Incoming(
        received_at=at,
        from_address=sender,
        text=text,
        html=f"<p>{text}</p>",
        files=(File(name=name, declared_type="image/png", content=text.encode()),),
    )


def _item(source: str, sender: str, *, at: datetime) -> Any:
    body = f"From: {sender}\r\n\r\n{source}\r\n".encode()
    arrival = ledger.Arrival(
        door="mail", way="smtp", source_id=source, body=body, size=len(body),
        sha256=hashlib.sha256(body).hexdigest(), received_at=at, envelope_from=sender,
    )  # fmt: skip
    return ledger.store(arrival, now=at)[0]


def _grown(case: Case, owner: Staff) -> Grown:
    case.refresh_from_db()
    joined = case.contacts.exclude(html="").get(standing=Contact.Standing.JOINED)
    proposed = case.contacts.get(standing=Contact.Standing.PROPOSED)
    page, expired, revoked = (
        links.make(case, Link.Purpose.PAGE, customer=case.customer, now=at) for at in (NOW, NOW - LONG_AGO, NOW)
    )
    case.links.filter(digest=links.digest(revoked)).update(revoked_at=NOW)
    wishes.say(case.pk, words="A new one, please.", door="phone", by=owner, now=NOW)
    strap = Choice(title="A new strap", cost=Money("USD", 400))
    want = Wanted(key=uuid5(NAMESPACE_URL, case.number), failure="outcome", choices=(strap,), why="It broke at once.")
    remedy = remedies.propose(case.pk, want, by=owner, now=NOW)
    assert joined.item_id is not None and joined.customer_id is not None
    return Grown(
        case=case,
        owner=owner,
        contact=joined.pk,
        proposed=proposed.pk,
        file=Attachment.objects.get(contact=joined).pk,
        proposed_file=Attachment.objects.get(contact=proposed).pk,
        item=joined.item_id,
        promise=case.promises.get(said=True, staff=owner).number,
        heard=Heard.objects.filter(contact__case=case, contact__direction="in").values_list("pk", flat=True)[0],
        link=page,
        expired=expired,
        revoked=revoked,
        bell=links.make(case, Link.Purpose.ACKNOWLEDGE, staff=owner, now=NOW),
        holding=holdings.take(case.pk, what="the pack", by=owner, now=NOW),
        remedy=remedy,
    )


# ── every address ────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address of the desk, as the resolver has it."""

    where: str
    """Such as `cases/<str:number>/reply/`."""
    view: Any
    takes: frozenset[str]

    def address(self, given: dict[str, Any]) -> str:
        """The address with these numbers in it, whatever they are; nothing of it is escaped."""
        found = f"/{self.where}"
        for kind in ("str", "int", "path", "slug"):
            for name in self.takes:
                found = found.replace(f"<{kind}:{name}>", str(given.get(name, "")))
        return found


def routes() -> dict[str, Route]:
    """Return every address the desk answers to, by its pattern."""
    found = [*_walk(get_resolver().url_patterns, "", frozenset())]
    assert len({route.where for route in found}) == len(found)
    return {route.where: route for route in found}


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str, takes: frozenset[str]) -> Iterator[Route]:
    for pattern in patterns:
        where = before + str(pattern.pattern)
        names = takes | set(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, where, names)
        else:
            yield Route(where=where, view=pattern.callback, takes=names)


# ── what a request could have changed ────────────────────────────────────────


def everything() -> dict[str, Any]:
    """Every row of the desk's tables, whatever their names, so that two moments can be compared."""
    tables: list[type[models.Model]] = [*apps.get_app_config("desk").get_models(include_auto_created=True)]
    return {table.__name__: [*table._default_manager.order_by("pk").values_list()] for table in tables}


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What differs between two moments; empty for nothing."""
    return {
        name: [row for row in after[name] if row not in before[name]] or "rows are missing"
        for name in before
        if before[name] != after[name]
    }


def shut(response: HttpResponseBase) -> None:
    """Close a response as a server would, but not the test's own connection with it."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


def browser(staff: Staff | None = None) -> Client:
    """A browser, with this person signed in."""
    client = Client()
    if staff is not None:
        client.force_login(staff)
    return client
