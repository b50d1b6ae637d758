"""A-36: a file is for who may see its message now. Its number, its name on disk, yesterday's address open nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from makegood import config
from makegood.config import clock
from makegood.desk.actions import contacts, customers, links, people, policies
from makegood.desk.actions.contacts import Incoming
from makegood.desk.models import Attachment, Contact, Link, Staff
from makegood.rules.policy import Role
from tests.attacks.two_teams import NOW, Grown, House, browser, own, shut, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        yield found


def status(client: Client, address: str, method: str = "GET", **headers: str) -> int:
    response = client.generic(method, address, headers=headers)
    shut(response)
    return int(response.status_code)


def his(grown: Grown, pk: int | None = None, link: str = "") -> str:
    return f"/c/{link or grown.link}/files/{pk or grown.file}/"


# ── guessing ─────────────────────────────────────────────────────────────────


def test_of_all_numbers_each_opens_the_files_of_his_own_messages_only(house: House) -> None:
    last = Attachment.objects.order_by("-pk")[0].pk
    for grown in (house.support, house.wholesale):
        opened = {pk for pk in range(last + 5) if status(browser(), his(grown, pk or 10**9)) == 200}
        assert opened == {grown.file}
    seen = {
        "wen": {house.wholesale.file, house.wholesale.proposed_file},
        "tom": {house.support.file, house.support.proposed_file},
    }
    for name, own_files in seen.items():
        client = browser(house.cast[name])
        assert {pk for pk in range(last + 5) if status(client, f"/attachments/{pk}/") == 200} == own_files


def test_the_name_under_which_the_bytes_lie_opens_nothing_for_anybody(house: House) -> None:
    kept = Attachment.objects.get(pk=house.support.file)
    assert (config.home() / "attachments" / kept.stored_as).is_file()
    for client in (browser(), browser(house.cast.priya), browser(house.cast.sam)):
        for room in (
            "/",
            "/static/",
            "/media/",
            "/files/",
            "/attachments/",
            "/sent/",
            f"/c/{house.support.link}/files/",
        ):
            for name in (kept.stored_as, f"{kept.stored_as}/", kept.sha256, kept.name):
                assert status(client, room + name) in (301, 302, 404)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}, {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"}],
)
def test_no_header_and_no_method_opens_a_file_or_tells_that_it_is_there(
    house: House, method: str, headers: dict[str, str]
) -> None:
    there, nowhere = house.wholesale.file, 10**9
    for client in (browser(), browser(house.cast.priya)):
        for address in (f"/attachments/{there}/", his(house.support, there), f"/attachments/{nowhere}/"):
            assert status(client, address, method, **headers) in (302, 404)
    foreign = browser(house.cast.priya).get(f"/attachments/{there}/", headers=headers)
    unknown = browser(house.cast.priya).get(f"/attachments/{nowhere}/", headers=headers)
    assert foreign.content == unknown.content
    assert sorted(foreign.headers.items()) == sorted(unknown.headers.items())


# ── replaying ────────────────────────────────────────────────────────────────


def revoke(house: House) -> None:
    links.take_back(house.support.case, by=house.cast.priya, now=NOW)


def another_takes_part_instead(house: House) -> None:
    someone = Incoming(received_at=NOW, from_address="someone@else.example", from_name="Someone Else")
    case = house.support.case
    type(case).objects.filter(pk=case.pk).update(customer=customers.of_messages([someone], now=NOW)[0])


def the_message_is_not_of_this_case_after_all(house: House) -> None:
    Contact.objects.filter(pk=house.support.contact).update(standing=Contact.Standing.DECLINED)


@pytest.mark.parametrize("change", [revoke, another_takes_part_instead, the_message_is_not_of_this_case_after_all])
def test_an_address_that_opened_a_file_opens_nothing_once_the_right_is_gone(
    house: House, change: Callable[[House], None]
) -> None:
    client = browser()
    assert status(client, his(house.support)) == 200
    change(house)
    assert status(client, his(house.support)) == 404
    assert status(client, his(house.support), Range="bytes=0-3") == 404


def test_a_link_that_is_over_or_was_made_for_something_else_opens_no_file(house: House) -> None:
    mine = house.support
    for link in (mine.expired, mine.revoked, mine.bell, mine.link[:-1], house.wholesale.link, "x" * 32):
        assert status(browser(), his(mine, link=link)) == 404
    later = NOW + links.LIFE[Link.Purpose.PAGE]
    with clock.reading(lambda: later - timedelta(seconds=1)):
        assert status(browser(), his(mine)) == 200
    with clock.reading(lambda: later):
        assert status(browser(), his(mine)) == 404


def tom(house: House) -> Staff:
    """Tom as the table has him: other tests change the one of the cast."""
    return Staff.objects.get(pk=house.cast.tom.pk)


def leaves(house: House) -> Staff:
    people.leave(tom(house), by=house.cast.ruth, now=NOW)
    return tom(house)


def is_moved(house: House) -> Staff:
    team = policies.team("wholesale")
    people.change_role(tom(house), role=Role.AGENT, team=team, by=house.cast.ruth, now=NOW)
    return tom(house)


def loses_the_case(house: House) -> Staff:
    own(house.support.case, house.cast.wen, now=NOW)
    return tom(house)


@pytest.mark.parametrize("change", [leaves, is_moved, loses_the_case])
def test_a_colleagues_open_browser_opens_no_file_once_the_right_is_gone(
    house: House, change: Callable[[House], Staff]
) -> None:
    client = browser(tom(house))
    address = f"/attachments/{house.support.file}/"
    assert status(client, address) == 200
    change(house)
    assert status(client, address) in (302, 404)


def test_a_strangers_file_goes_with_his_message_where_that_goes(house: House) -> None:
    """Parted, it is a case of its own: its file is there and nowhere else, and the first customer never sees it."""
    mine = house.support
    assert status(browser(), his(mine, mine.proposed_file)) == 404
    other = contacts.part_proposed(mine.proposed, by=house.cast.priya, now=NOW)
    assert Attachment.objects.get(pk=mine.proposed_file).contact.case == other
    assert status(browser(), his(mine, mine.proposed_file)) == 404
    assert status(browser(house.cast.priya), f"/attachments/{mine.proposed_file}/") == 200
    assert status(browser(house.cast.wen), f"/attachments/{mine.proposed_file}/") == 404


def test_no_answer_with_a_file_is_kept_by_a_cache_on_the_way(house: House) -> None:
    for client, address in (
        (browser(), his(house.support)),
        (browser(house.cast.priya), f"/attachments/{house.support.file}/"),
    ):
        response = client.get(address)
        shut(response)
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["Content-Disposition"].startswith("attachment")
