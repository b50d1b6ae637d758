"""Every address of the staff door, tried by everybody: what one may not see is not there (A-33, A-43, A-53)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, holdings, ledger, remedies, wishes
from makegood.desk.actions.contacts import File
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.rules.money import Money
from makegood.staff.urls import urlpatterns

from .conftest import Hand, SignedIn

ROUTES = {str(pattern.name): pattern for pattern in urlpatterns}
WITHOUT_SIGN_IN = {"sign-in", "sign-in-code", "acknowledge-link"}
ONLY_POST = {
    "sign-out", "reply", "note", "composing", "acknowledge", "offer", "accept", "return", "close", "reopen", "judge",
    "keep-promise", "page-link", "end-page-links", "join-proposed", "part-proposed", "needs-no-answer", "excuse",
    "come-back", "change-role", "leave", "theme", "password", "draft", "confirm-read",
    "second-draft", "wish-ask", "wish-say", "wish-pass", "holding-take", "holding-return", "remedy-act",
    "address-change", "payment-note", "change-check", "item-name", "item-settle", "remedy-late",
    "remedy-offer", "remedy-choose", "order-act", "code-redeem", "code-end", "programme-publish", "programme-enter",
    "programme-end", "mismatch-settle", "incident-wave-off", "incident-person", "incident-upload", "incident-add",
    "incident-letter", "incident-partner", "incident-remedy", "incident-option", "incident-dry-run",
    "merge", "part", "split-contact", "reply-went", "reply-again", "mails-in-doubt",
    "incident-approve", "incident-start", "incident-pause", "incident-go-on", "incident-close",
    "incident-have", "incident-close-cases",
}  # fmt: skip
BOTH = {"sign-in", "sign-in-code", "acknowledge-link", "hire", "settings", "remedy-new", "codes", "incident-new"} | {
    "programme-start", "programme-issue", "entitlement",
}  # fmt: skip

KEEPS = {"holding-return": {"custody"}, "remedy-act": {"offering"}, "remedy-offer": {"offering"}}
"""Kinds of clock that a form keeps by what it is for: the thing is back, the remedy is ordered or offered."""


def kwargs_of(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.converters)


OF_A_CASE = {name for name, pattern in ROUTES.items() if "number" in kwargs_of(pattern)} | {"attachment"}


def shut(response: HttpResponseBase) -> None:
    """Close a response as a server would, but not the test's own connection with it."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


@pytest.fixture
def foreign(cast: Cast, buckle: models.Case, hand: Hand) -> models.Case:
    """A case of *support* with a file, an HTML body, a remedy, a thing of hers with us; Wen may see nothing of it."""
    message = contacts.Incoming(
        received_at=hand.at,
        from_address="rosalia@quintero.example",
        text="Attached.",
        html="<p>Hi</p>",
        files=(File(name="photo.png", declared_type="image/png", content=b"x"),),
    )
    arrival = ledger.Arrival(
        door="mail", way="smtp", source_id="1", body=b"raw", size=3, sha256="0" * 64, received_at=hand.at
    )  # fmt: skip
    item, _ = ledger.store(arrival, now=hand.at)
    contacts.join(message, case_id=buckle.pk, door=cast.policy.doors["mail"], item=item, now=hand.at)
    wishes.say(buckle.pk, words="A new one, please.", door="phone", by=cast.priya, now=hand.at)
    holdings.take(buckle.pk, what="the pack", by=cast.priya, now=hand.at)
    strap = Choice(title="A new strap", cost=Money("USD", 400))
    want = Wanted(key=UUID(int=1), failure="outcome", choices=(strap,), why="It broke at once.")
    remedies.propose(buckle.pk, want, by=cast.priya, now=hand.at)
    return buckle


def address(name: str, case: models.Case, cast: Cast) -> str:
    """The address of a route, with the numbers of the foreign case filled in."""
    contact = case.contacts.exclude(html="").get()
    given = {
        "number": case.number,
        "contact": contact.pk,
        "promise": case.promises.first().number,
        "secret": "0" * 32,
        "name": "x.eml",
        "remedy": case.remedies.get().number,
        "holding": case.holdings.get().pk,
        "verb": "not-done" if name == "order-act" else "order",
        "person": 1,
        "item": 1,
        "source": 1,
        "programme": "trade-in",
        "pk": contact.attachments.get().pk if name == "attachment" else cast.tom.pk,
    }
    return reverse(name, kwargs={key: given[key] for key in kwargs_of(ROUTES[name])})


def method_of(name: str) -> str:
    return "post" if name in ONLY_POST else "get"


def everything(case: models.Case) -> list[object]:
    """All that a request could have changed, as far as anybody could see it afterwards."""
    tables = (models.Entry, models.Contact, models.Promise, models.Case, models.OutboxItem, models.Link, models.Note)
    rows: list[object] = [list(table.objects.order_by("pk").values_list()) for table in tables]
    more = (models.Absence, models.Handoff, models.Alarm, models.Composing, models.Heard)
    rows += [list(table.objects.order_by("pk").values_list()) for table in more]
    given = (models.Wish, models.Remedy, models.Holding, models.Order, models.Code, models.Programme, models.Incident)
    rows += [list(table.objects.order_by("pk").values_list()) for table in given]
    rows.append(list(models.Staff.objects.order_by("pk").values_list("pk", "role", "is_active", "password", "theme")))
    return rows


def test_the_lists_of_this_test_name_real_routes() -> None:
    assert set(ROUTES) >= ONLY_POST | BOTH | WITHOUT_SIGN_IN
    assert len(OF_A_CASE) >= 20


@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_a_case_of_another_team_is_not_there_by_any_address_and_stays_as_it_was(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    before = everything(foreign)
    everything_typed = {"text": "x", "why": "x", "to": cast.wen.pk, "genuine": "no", "seen": 0, "word": "thanks"}
    client = signed_in(cast.wen)
    response = getattr(client, method_of(name))(address(name, foreign, cast), everything_typed)
    assert response.status_code == 404
    assert "Rosalía" not in response.content.decode()
    assert everything(foreign) == before


@pytest.mark.parametrize("name", sorted(OF_A_CASE))
def test_a_case_of_ones_own_team_or_below_is_there(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    for who in ("priya", "tom", "marta", "ruth", "grace", "sam"):
        response = getattr(signed_in(cast[who]), method_of(name))(address(name, foreign, cast), {"seen": 0})
        shut(response)
        # `keep-promise` of the first clock, `accept` of no offer and their like are refused, not hidden.
        assert response.status_code in (200, 302, 409, 422), who


@pytest.mark.parametrize("name", sorted(set(ROUTES) - WITHOUT_SIGN_IN - {"sign-out"}))
def test_without_a_sign_in_every_address_leads_to_it_and_changes_nothing(
    name: str, foreign: models.Case, cast: Cast, client: Client
) -> None:
    before = everything(foreign)
    response = getattr(client, method_of(name))(address(name, foreign, cast), {"text": "x"})
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    assert everything(foreign) == before


@pytest.mark.parametrize("name", sorted(ONLY_POST))
def test_an_address_that_changes_something_answers_a_get_with_405(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn, client: Client
) -> None:
    before = everything(foreign)
    for browser in (client, signed_in(cast.ruth)):
        for method in (browser.get, browser.head, browser.put, browser.delete):
            assert method(address(name, foreign, cast)).status_code == 405
    assert everything(foreign) == before


@pytest.mark.parametrize("name", sorted(set(ROUTES) - ONLY_POST))
def test_looking_changes_nothing_whoever_looks(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    before = everything(foreign)
    for who in ("priya", "marta", "ruth", "sam"):
        shut(signed_in(cast[who]).get(address(name, foreign, cast)))
    assert everything(foreign) == before


@pytest.mark.parametrize("name", sorted(set(ROUTES) - ONLY_POST - BOTH))
def test_an_address_that_only_shows_takes_no_post(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    assert signed_in(cast.ruth).post(address(name, foreign, cast)).status_code == 405


@pytest.mark.parametrize("name", sorted(ONLY_POST | {"settings"}))
def test_no_form_is_taken_without_its_proof_of_origin(name: str, foreign: models.Case, cast: Cast, hand: Hand) -> None:
    before = everything(foreign)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ruth)
    assert strict.post(address(name, foreign, cast), {"text": "x"}).status_code == 403
    assert everything(foreign) == before


def _columns() -> Iterator[str]:
    for model in (models.Staff, models.Case, models.Contact, models.Promise, models.Absence):
        for column in model._meta.get_fields():
            yield column.name


@pytest.mark.parametrize("name", sorted((ONLY_POST | {"settings"}) - {"leave", "change-role", "sign-out"}))
def test_posting_every_column_to_every_address_gives_nobody_a_role_a_case_or_a_right(
    name: str, foreign: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    columns = dict.fromkeys(_columns(), "1") | {"role": "admin", "is_superuser": "on", "owner": str(cast.tom.pk)}
    wanted = columns | {"is_active": "", "email": "x@x.example", "team": "", "standing": "accepted", "state": "kept"}
    signed_in(cast.tom).post(address(name, foreign, cast), wanted)
    cast.tom.refresh_from_db()
    foreign.refresh_from_db()
    assert (cast.tom.role, cast.tom.is_superuser, cast.tom.is_active) == ("agent", False, True)
    assert (cast.tom.email, cast.tom.team) == ("tom@larkfield.example", cast.priya.team)
    assert foreign.owner == cast.priya
    assert not foreign.contacts.filter(direction="out", standing="accepted").exists()
    kept = foreign.promises.filter(said=False, state="kept").values_list("kind", flat=True)
    assert set(kept) <= KEEPS.get(name, set()), name


def test_a_number_is_matched_whole_and_never_as_a_pattern(foreign: models.Case, priya: Client) -> None:
    for wrong in ("%", "2026", foreign.number[:-1], foreign.number + "0", "*", "2026-____"):
        assert priya.get(reverse("case", args=[wrong])).status_code == 404


def test_side_doors_tell_nothing_of_a_foreign_case(foreign: models.Case, cast: Cast, signed_in: SignedIn) -> None:
    wen = signed_in(cast.wen)
    for url in ("/", "/cases/", "/cases/?q=Rosal", f"/cases/?q={foreign.number}", "/doors/", "/doors/set-aside/"):
        page = wen.get(url).content.decode()
        assert "Rosalía" not in page
        assert not re.search(rf'href="[^"]*{foreign.number}', page)
