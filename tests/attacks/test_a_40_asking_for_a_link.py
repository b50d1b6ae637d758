"""A-40: asking for a new private link tells nobody whom we know, and brings nobody a link but the customer himself."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import links, new_links, payouts
from tests.intake.desk import MINUTE, case_of, receive
from tests.intake.letters import MALLORY, ROSA, letter

PAGE = "/c/new-link/"
STRANGER = "nobody@else.example"


def ask(address: str, *, now: datetime, **more: Any) -> Any:
    with clock.reading(lambda: now):
        return Client().post(PAGE, {"address": address}, **more)


def answer_all(*, now: datetime) -> None:
    while new_links.answer_next(now=now):
        pass


def sent_to(address: str) -> list[models.OutboxItem]:
    return list(models.OutboxItem.objects.filter(purpose="new_link", to_address=address).order_by("pk"))


@pytest.fixture
def case(cast: Cast, monday_ten: datetime) -> models.Case:
    return case_of(receive(letter(), now=monday_ten))


def test_known_and_unknown_hear_the_same_and_cost_the_same(case: models.Case, monday_ten: datetime) -> None:
    pages, costs = [], []
    for address in (ROSA, STRANGER, "no address at all"):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(address, now=monday_ten + MINUTE)
        pages.append((answer.status_code, answer.content, sorted(answer.headers.items())))
        costs.append(len(asked))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][0] == 200
    assert len(set(costs)) == 1, "whose address it is, the watch looks later"
    assert not models.OutboxItem.objects.filter(purpose="new_link").exists()


def test_the_link_goes_to_the_customer_alone_and_opens_his_page(case: models.Case, monday_ten: datetime) -> None:
    now = monday_ten + MINUTE
    for address in (ROSA.upper(), STRANGER, MALLORY):
        ask(address, now=now)
    answer_all(now=now)
    (mail,) = models.OutboxItem.objects.filter(purpose="new_link")
    assert (mail.to_address, mail.case, mail.envelope_from) == (ROSA, case, "")
    said = message_from_bytes(bytes(mail.body), policy=default)
    assert said["Auto-Submitted"] == "auto-generated"
    text = said.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    secret = text.split("/c/")[1].split("/")[0]
    link = links.open_link(secret, models.Link.Purpose.PAGE, now=now)
    assert link is not None and (link.case, link.customer) == (case, case.customer)
    assert case.subject not in text and "Rosa" not in text, "whoever typed it chose no word of the mail"


def test_an_address_that_we_no_longer_write_to_gets_none(case: models.Case, cast: Cast, monday_ten: datetime) -> None:
    payouts.change_address(case.pk, address="rosa@new.example", by=cast.ruth, now=monday_ten)
    for address in (ROSA, "rosa@new.example"):
        ask(address, now=monday_ten + MINUTE)
    answer_all(now=monday_ten + MINUTE)
    assert [bool(sent_to(address)) for address in (ROSA, "rosa@new.example")] == [False, True]


def test_nobody_is_mailed_more_than_once_an_hour_and_three_times_a_day(case: models.Case, monday_ten: datetime) -> None:
    for half_hour in range(16):
        now = monday_ten + half_hour * timedelta(minutes=31)
        ask(ROSA, now=now, REMOTE_ADDR=f"192.0.2.{half_hour}")
        answer_all(now=now)
    assert len(sent_to(ROSA)) == new_links.TO_ONE_ADDRESS


def test_a_network_that_asks_for_many_waits_whomever_it_names(case: models.Case, monday_ten: datetime) -> None:
    for nth in range(new_links.FROM_ONE_NETWORK):
        assert ask(f"a{nth}@else.example", now=monday_ten).status_code == 200
    refused = [ask(address, now=monday_ten) for address in (ROSA, STRANGER)]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert refused[0].content.replace(ROSA.encode(), b"") == refused[1].content.replace(STRANGER.encode(), b"")
    assert ask(ROSA, now=monday_ten, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_on_another_site_has_us_write_to_nobody(
    case: models.Case, monday_ten: datetime, headers: dict[str, str]
) -> None:
    assert ask(ROSA, now=monday_ten, headers=headers).status_code == 400
    assert not models.LinkRequest.objects.exists()


def test_the_mail_names_our_own_address_whatever_host_was_asked(case: models.Case, monday_ten: datetime) -> None:
    ask(ROSA, now=monday_ten, headers={"X-Forwarded-Host": "evil.example"})
    answer_all(now=monday_ten)
    assert b"evil.example" not in bytes(sent_to(ROSA)[0].body)


def test_a_request_that_makes_us_fail_stands_in_nobodys_way_and_all_are_forgotten_after_a_day(
    case: models.Case, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(ROSA, now=monday_ten)
    ask(MALLORY, now=monday_ten)
    def fail(*_: object, **__: object) -> bool:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(new_links, "_send", fail)
        with pytest.raises(RuntimeError):
            new_links.answer_next(now=monday_ten)
    answer_all(now=monday_ten + MINUTE)
    assert not models.LinkRequest.objects.filter(looked_at=None).exists()
    answer_all(now=monday_ten + timedelta(days=1, minutes=1))
    assert not models.LinkRequest.objects.exists()


def test_opening_the_page_changes_nothing_and_a_link_that_opens_nothing_leads_there(
    cast: Cast, monday_ten: datetime
) -> None:
    with clock.reading(lambda: monday_ten):
        assert Client().get(PAGE).status_code == 200
        gone = Client().get("/c/" + "x" * 32 + "/")
    assert gone.status_code == 404 and PAGE in gone.content.decode()
    assert not models.LinkRequest.objects.exists()
