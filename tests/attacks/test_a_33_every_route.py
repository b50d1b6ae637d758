"""A-33, A-34: every address of every door × every kind of person × numbers that are not his.

The addresses come from the resolver, so one that is new and not declared fails. What a person may not see
is not there (404), whatever he sends; who is not signed in is sent to the sign-in; a method that is none gets
405. None of it changes a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from makegood.desk import access
from makegood.desk.models import Staff
from tests.attacks.declared_routes import ABOVE, API, CASES, CUSTOMER, EVERYBODY, FORM, OPEN, PROPOSED, ROOMS, allowed
from tests.attacks.two_teams import Grown, House, Route, browser, changed, everything, routes, shut, standing

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ROUTES = routes()


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        yield found


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Client]:
    """A browser for every kind of person; "" is nobody, and `gone` left while signed in."""
    cast = house.cast
    named = {name: cast[name] for name in ("priya", "wen", "marta", "ruth", "grace", "sam")}
    found = {name: browser(staff) for name, staff in (named | {"ned": house.ned, "gone": house.gone}).items()}
    Staff.objects.filter(pk=house.gone.pk).update(is_active=False)
    return found | {"": browser()}


def ask(client: Client, method: str, address: str, typed: dict[str, Any] | None = None) -> HttpResponse:
    response = getattr(client, method.lower())(address, typed if method == "POST" else None)
    shut(response)
    return response


def let_go(client: Client, method: str, address: str, typed: dict[str, Any] | None = None) -> int:
    """Ask for what one may have, then undo it, so that everybody finds the house as it was."""
    with transaction.atomic():
        response = ask(client, method, address, typed)
        transaction.set_rollback(True)
    return response.status_code


def test_every_address_of_every_door_is_declared() -> None:
    assert set(ROUTES) == {*CASES, *ROOMS, *OPEN, *CUSTOMER, *API}


# ── cases ────────────────────────────────────────────────────────────────────


def numbers(route: Route, grown: Grown) -> dict[str, Any]:
    contact = grown.proposed if route.where in PROPOSED else grown.contact
    given = {"number": grown.case.number, "contact": contact, "promise": grown.promise, "pk": grown.file}
    given |= {"holding": grown.holding, "remedy": grown.remedy, "verb": "order", "item": 1}
    return {name: given[name] for name in route.takes}


def not_there(route: Route, mine: Grown, other: Grown) -> Iterator[dict[str, Any]]:
    """Numbers that lead nowhere, whoever asks: unknown ones, ones that look alike, and two cases' mixed."""
    own, foreign = numbers(route, mine), numbers(route, other)
    if "number" in own:
        number = mine.case.number
        variants = ["2026-9999", number[:-1], f"{number}0", f"{number}%20", f"%20{number}", "%25", "2026-____", "*"]
        variants += [str(mine.case.pk), number.replace("-", ""), "%F0%9F%92%A3", f"{number}%0A", "..;"]
        variants += [number.translate({ord(d): chr(0xFF10 + int(d)) for d in "0123456789"}), "-1", str(2**63 + 1)]
        yield from ({**own, "number": variant} for variant in variants)
    for name in ("contact", "promise", "pk", "holding", "remedy"):
        if name in own:
            yield from ({**own, name: wrong} for wrong in (0, 99_999, 2**31, 2**63, 2**63 + 1, 10**40))
    for name in own.keys() & {"contact", "holding"}:
        yield {**own, name: foreign[name]}
        yield {**own, "number": foreign["number"]}
    if "verb" in own:
        yield from ({**own, "verb": wrong} for wrong in ("offer-all", "Order", "__class__", "-"))


@pytest.mark.parametrize("where", CASES)
def test_a_case_is_there_for_who_may_see_it_and_for_nobody_else(
    where: str, house: House, people: dict[str, Client]
) -> None:
    route, expected, before = ROUTES[where], CASES[where], everything()
    answers = {}
    for name, client in people.items():
        for grown, seers in ((house.support, ABOVE | {"priya", "marta"}), (house.wholesale, ABOVE | {"wen", "ned"})):
            address = route.address(numbers(route, grown))
            if name in seers:
                answers[name, grown.case.number] = let_go(client, expected.method, address, expected.typed)
                continue
            response = ask(client, expected.method, address, expected.typed)
            if name in EVERYBODY:
                assert response.status_code == 404, (name, address)
            else:
                assert_sent_to_sign_in(response)
            assert_tells_nothing(response, grown)
    assert changed(before, everything()) == {}
    assert {answers["priya", house.support.case.number], answers["wen", house.wholesale.case.number]} == {
        expected.there
    }
    assert set(answers.values()) <= {200, 302, 409, 422}


@pytest.mark.parametrize("where", CASES)
def test_numbers_that_do_not_belong_together_lead_nowhere_even_for_who_sees_everything(
    where: str, house: House, people: dict[str, Client]
) -> None:
    route, expected, before = ROUTES[where], CASES[where], everything()
    for name in ("ruth", "priya"):
        for given in not_there(route, house.support, house.wholesale):
            response = ask(people[name], expected.method, route.address(given), expected.typed)
            assert response.status_code == 404, (name, route.address(given))
            assert_tells_nothing(response, house.wholesale)
        if "number" in route.takes:
            given = {**numbers(route, house.support), "number": f"{house.support.case.number}%00"}
            assert ask(people[name], expected.method, route.address(given), expected.typed).status_code == 400
    assert changed(before, everything()) == {}


def test_a_file_of_a_strangers_message_is_there_for_the_owner_to_judge_and_for_no_other_team(
    house: House, people: dict[str, Client]
) -> None:
    for name, seen in (("priya", 200), ("marta", 200), ("wen", 404), ("ned", 404)):
        assert ask(people[name], "GET", f"/attachments/{house.support.proposed_file}/").status_code == seen


# ── numbers inside a form ────────────────────────────────────────────────────


def test_a_number_of_another_case_inside_a_form_of_ones_own_touches_nothing_there(
    house: House, people: dict[str, Client]
) -> None:
    mine, other = house.support, house.wholesale
    base = f"/cases/{mine.case.number}"
    foreign = {"case": other.case.pk, "number": other.case.number, "contact": other.contact, "pk": other.case.pk}
    for name in ("priya", "ruth"):
        for where, typed in (
            (f"{base}/contacts/{mine.contact}/read/", {"labels": "complaint", "also": [other.heard]}),
            (f"{base}/reply/", {"text": "Hello.", "kinds": "answer", "seen": 10**6, "keeps": 99, "replaces": 99}),
            (f"{base}/note/", {"text": "x"}),
            (f"{base}/acknowledge/", {"back": other.case.number}),
        ):
            with transaction.atomic():
                before = rows_of(other)
                ask(people[name], "POST", where, foreign | typed)
                assert rows_of(other) == before
                transaction.set_rollback(True)


def rows_of(grown: Grown) -> list[object]:
    """Every row that belongs to a case."""
    case = grown.case
    said = (case.promises, case.contacts, case.notes, case.outbox)
    found = (*said, case.alarms, case.handoffs, case.notices, case.links, case.wishes, case.remedies, case.holdings)
    heads = type(case).objects.filter(pk=case.pk).values_list()
    heard = [list(contact.heard.values_list()) for contact in case.contacts.all()]
    return [list(heads), heard, *(list(rows.order_by("pk").values_list()) for rows in found)]


# ── the house ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("where", ROOMS)
def test_a_room_of_the_house_is_there_for_who_may_enter_and_for_nobody_else(
    where: str, house: House, people: dict[str, Client]
) -> None:
    route, room, before = ROUTES[where], ROOMS[where], everything()
    given = {"item": house.support.item, "tom": house.cast.tom.pk, "absence": house.absence.pk, "name": "x.eml"}
    given |= {"incident": house.incident, **house.rights}
    own = {"person": house.affected, "source": house.uploaded, "programme": "trade-in", "verb": "x"}
    address = route.address({name: own.get(name, given.get(room.given, "")) for name in route.takes})
    method = "POST" if "POST" in room.methods else "GET"
    for name, client in people.items():
        if name in room.who:
            assert let_go(client, method, address, room.typed) == room.there, name
            continue
        response = ask(client, method, address, room.typed)
        if name in EVERYBODY:
            assert response.status_code == 404, name
        else:
            assert_sent_to_sign_in(response)
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("where", [where for where, room in ROOMS.items() if room.given in ("item", "tom", "absence")])
def test_a_number_that_nobody_has_leads_nowhere(where: str, house: House, people: dict[str, Client]) -> None:
    room, before = ROOMS[where], everything()
    for wrong in (0, 99_999, 2**63, 2**63 + 1, "-1", "1%20", "1e1", "0x1", "%D9%A1"):
        address = ROUTES[where].address({"pk": wrong})
        method = "POST" if "POST" in room.methods else "GET"
        assert ask(people["sam"], method, address, room.typed).status_code == 404, address
    assert changed(before, everything()) == {}


def test_lists_search_and_figures_show_no_case_of_another_team(house: House, people: dict[str, Client]) -> None:
    hidden = {"priya": house.wholesale, "marta": house.wholesale, "wen": house.support, "ned": house.support}
    for name, other in hidden.items():
        writer = str(other.case.customer)
        words = ("?q=" + other.case.number, "?q=" + writer.split()[0])
        pages = ["/", "/doors/", "/doors/set-aside/", "/understood/", "/people/", "/doors/items/"]
        tasks = ("label", "kind", "promise", "wish", "reference")
        rows = [f"/understood/messages/?task={task}&verdict=open" for task in tasks]
        for address in [*pages, *rows, "/cases/", *("/cases/" + asked for asked in words)]:
            text = ask(people[name], "GET", address).content.decode()
            assert other.case.subject not in text, (name, address)
            assert writer not in text, (name, address)
            assert f"/cases/{other.case.number}/" not in text, (name, address)


# ── doors without a sign-in ──────────────────────────────────────────────────


def test_a_link_opens_only_what_it_was_made_for(house: House, people: dict[str, Client]) -> None:
    before = everything()
    mine = house.support
    wrong = (mine.link, mine.expired, mine.revoked, "x" * 32, mine.bell[:-1], "0", mine.case.number, "%00")
    for name in ("", "priya"):
        for secret in wrong:
            assert ask(people[name], "GET", f"/a/{secret}/").status_code == 404
            assert ask(people[name], "POST", f"/a/{secret}/").status_code == 404
        for secret in (mine.bell, mine.expired, mine.revoked, "x" * 32):
            for where in (one for one in CUSTOMER if "<str:secret>" in one):
                given = {"secret": secret, "number": mine.promise, "pk": mine.file, "anything": f"{secret}/x"}
                method = "POST" if FORM & CUSTOMER[where] else "GET"
                assert ask(people[name], method, ROUTES[where].address(given)).status_code == 404
        assert ask(people[name], "GET", f"/a/{mine.bell}/").status_code == 200
    assert changed(before, everything()) == {}


def test_the_link_of_an_alarm_answers_its_own_case_in_its_own_name_and_dies_with_the_job(
    house: House, people: dict[str, Client]
) -> None:
    with transaction.atomic():
        other = rows_of(house.wholesale)
        assert ask(people["wen"], "POST", f"/a/{house.support.bell}/").status_code == 200
        answered = house.support.case.alarms.exclude(acknowledged_by=None)
        assert set(answered.values_list("acknowledged_by", flat=True)) == {house.cast.priya.pk}
        assert rows_of(house.wholesale) == other
        Staff.objects.filter(pk=house.cast.priya.pk).update(is_active=False)
        assert ask(people["wen"], "GET", f"/a/{house.support.bell}/").status_code == 404
        transaction.set_rollback(True)


@pytest.mark.parametrize("where", [where for where in CUSTOMER if "number" in where or "pk" in where])
def test_a_customer_reaches_by_his_own_link_nothing_of_another(
    where: str, house: House, people: dict[str, Client]
) -> None:
    before, mine, other = everything(), house.support, house.wholesale
    name = "number" if "number" in where else "pk"
    wrong = [0, 99, 99_999, 2**63, 2**63 + 1, 10**40, other.file, other.proposed_file, mine.proposed_file]
    for number in wrong if name == "pk" else [0, 99, 2**63, 10**40]:
        for client in (people[""], people["priya"]):
            method = "GET" if "GET" in CUSTOMER[where] else "POST"
            response = ask(client, method, ROUTES[where].address({"secret": mine.link, name: number}))
            assert response.status_code == 404, number
            assert_tells_nothing(response, other)
    assert changed(before, everything()) == {}


def test_a_customers_page_shows_his_own_case_whoever_opens_it(house: House, people: dict[str, Client]) -> None:
    for client in (people[""], people["wen"]):
        for where in ("c/<str:secret>/", "c/<str:secret>/copy/"):
            response = ask(client, "GET", ROUTES[where].address({"secret": house.support.link}))
            assert response.status_code == 200
            assert house.support.case.subject in response.content.decode()
            assert_tells_nothing(response, house.wholesale)


def test_who_holds_a_customers_link_is_not_signed_in(house: House) -> None:
    client = browser()
    ask(client, "GET", f"/c/{house.support.link}/")
    for where, expected in CASES.items():
        address = ROUTES[where].address(numbers(ROUTES[where], house.support))
        assert_sent_to_sign_in(ask(client, expected.method, address, expected.typed))


# ── methods ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("where", [where for where in ROUTES if "anything" not in where])
def test_a_method_that_an_address_does_not_have_is_refused_to_everybody_and_changes_nothing(
    where: str, house: House, people: dict[str, Client]
) -> None:
    route, before = ROUTES[where], everything()
    anybody = {"pk": house.cast.tom.pk, "name": "x", "person": 1, "source": 1, "programme": "x", "verb": "x"}
    given = numbers(route, house.support) if where in CASES else anybody
    if "secret" in route.takes:
        link = house.support.bell if where.startswith("a/") else house.support.link
        given = {"secret": link, "number": house.support.promise, "pk": house.support.file}
    for method in set(METHODS) - allowed(where):
        for name in ("", "wen", "ruth"):
            if where == "sign-in/code/" and name:
                continue
            assert ask(people[name], method, route.address(given)).status_code == 405, (name, method)
    assert changed(before, everything()) == {}


def assert_sent_to_sign_in(response: HttpResponse) -> None:
    assert response.status_code == 302
    assert re.match(r"/sign-in/(\?|$)", response.headers["Location"])


def assert_tells_nothing(response: HttpResponse, of: Grown) -> None:
    body = b"" if response.streaming else response.content
    for word in (of.case.subject, str(of.case.customer), f"Private words about {of.case.number}"):
        assert word.encode() not in body


def test_what_the_table_says_of_sight_is_what_the_house_says(house: House) -> None:
    """Guards this module: were `access` to see nothing or all, the tests above would prove little."""
    for grown, seers in ((house.support, {"priya", "marta"}), (house.wholesale, {"wen"})):
        for name in ("priya", "marta", "wen"):
            assert access.cases_for(house.cast[name]).filter(pk=grown.case.pk).exists() is (name in seers)
