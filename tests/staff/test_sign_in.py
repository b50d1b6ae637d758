"""Signing in: throttled, with a second step where one is set, and never on to another site."""

from __future__ import annotations

import base64

import pytest
from django.http import HttpResponse
from django.test import Client

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.queries.sign_ins import BY_ADDRESS, BY_BOTH, WINDOW
from makegood.staff.one_time_codes import code_at

from .conftest import Hand, text_of

PASSWORD = "a trail needs no password"


@pytest.fixture
def tom(cast: Cast, hand: Hand) -> models.Staff:
    cast.tom.set_password(PASSWORD)
    cast.tom.save()
    return cast.tom


def attempt(
    client: Client, password: str = PASSWORD, email: str = "tom@larkfield.example", **more: str
) -> HttpResponse:
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def test_mail_address_and_password_let_one_in(client: Client, tom: models.Staff) -> None:
    assert attempt(client)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_address_is_taken_in_any_case(client: Client, tom: models.Staff) -> None:
    assert attempt(client, email="Tom@Larkfield.Example").status_code == 302


def test_without_a_sign_in_every_page_leads_there_and_back(client: Client, tom: models.Staff) -> None:
    asked = client.get("/cases/?q=brandt")
    assert asked["Location"] == "/sign-in/?next=%2Fcases%2F%3Fq%3Dbrandt"
    assert attempt(client, next="/cases/?q=brandt")["Location"] == "/cases/?q=brandt"


def test_a_form_that_was_sent_too_late_leads_back_to_its_page_which_has_kept_its_words(client: Client) -> None:
    sent = client.post("/cases/2026-0001/remedies/new/", {"words": "We are sorry."})
    assert sent["Location"] == "/sign-in/?next=%2Fcases%2F2026-0001%2Fremedies%2Fnew%2F%23kept"
    assert client.post("/cases/2026-0001/wish/say/")["Location"] == "/sign-in/?next=%2Fcases%2F2026-0001%2F%23kept"
    assert client.post("/incidents/7/letter/")["Location"] == "/sign-in/?next=%2Fincidents%2F7%2F%23kept"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, tom: models.Staff) -> None:
    wrong = attempt(client, "wrong")
    unknown = attempt(client, "wrong", email="nobody@larkfield.example")
    assert wrong.status_code == unknown.status_code == 422
    said = "Mail address and password do not belong together."
    assert said in text_of(wrong)
    assert said in text_of(unknown)


def test_who_left_cannot_sign_in(client: Client, tom: models.Staff) -> None:
    tom.is_active = False
    tom.save()
    assert attempt(client).status_code == 422


def test_a_password_never_ends_in_the_journal(client: Client, tom: models.Staff) -> None:
    attempt(client, "x", email="my secret typed into the wrong field")
    entry = models.Entry.objects.get(name="sign_in.failed")
    assert "secret" not in str(entry.facts)


def test_after_too_many_tries_an_account_waits_even_with_the_right_password(
    client: Client, tom: models.Staff, hand: Hand
) -> None:
    for _ in range(BY_BOTH):
        assert attempt(client, "wrong").status_code == 422
    refused = attempt(client)
    assert refused.status_code == 429
    assert "Wait 15 minutes" in text_of(refused)
    hand.move(seconds=WINDOW.total_seconds() + 1)
    assert attempt(client).status_code == 302


def test_after_too_many_tries_an_address_waits_whatever_account_it_tries(client: Client, tom: models.Staff) -> None:
    for number in range(BY_ADDRESS):
        attempt(client, "wrong", email=f"guess{number}@larkfield.example")
    assert attempt(client).status_code == 429
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert attempt(elsewhere).status_code == 302


def test_a_forwarded_address_counts_only_from_a_proxy_we_trust(
    tom: models.Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(BY_ADDRESS):
        liar = Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        attempt(liar, "wrong", email=f"guess{number}@larkfield.example")
    assert attempt(Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="192.0.2.200")).status_code == 429
    monkeypatch.setenv("MAKEGOOD_TRUSTED_PROXIES", "203.0.113.9")
    assert attempt(Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="192.0.2.200")).status_code == 302


def test_a_session_planted_before_the_sign_in_is_worth_nothing_after_it(client: Client, tom: models.Staff) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    attempt(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "///evil.example",
        "/\t/evil.example",
        " //evil.example",
        "evil.example",
    ],
)
def test_the_sign_in_never_leads_to_another_site(client: Client, tom: models.Staff, elsewhere: str) -> None:
    assert attempt(client, next=elsewhere)["Location"] == "/"


def test_signing_out_takes_a_button_and_ends_the_session(client: Client, tom: models.Staff) -> None:
    attempt(client)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


# ── the second step ──────────────────────────────────────────────────────────

SEED = b"12345678901234567890"


@pytest.fixture
def tom_with_codes(tom: models.Staff) -> models.Staff:
    tom.totp_secret = base64.b32encode(SEED).decode()
    tom.save()
    return tom


def code(hand: Hand) -> str:
    return code_at(SEED, int(hand.at.timestamp()) // 30)


def test_the_password_alone_does_not_let_in_who_has_codes(
    client: Client, tom_with_codes: models.Staff, hand: Hand
) -> None:
    assert attempt(client, next="/cases/")["Location"] == "/sign-in/code/"
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/code/", {"code": code(hand)})["Location"] == "/cases/"
    assert client.get("/").status_code == 200


def test_a_wrong_code_is_counted_and_refused(client: Client, tom_with_codes: models.Staff) -> None:
    attempt(client)
    for _ in range(BY_BOTH):
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 429


def test_a_code_that_was_used_lets_nobody_in_again(client: Client, tom_with_codes: models.Staff, hand: Hand) -> None:
    attempt(client)
    client.post("/sign-in/code/", {"code": code(hand)})
    over_the_shoulder = Client()
    attempt(over_the_shoulder)
    assert over_the_shoulder.post("/sign-in/code/", {"code": code(hand)}).status_code == 422


def test_the_second_step_is_open_for_five_minutes_and_not_without_the_first(
    client: Client, tom_with_codes: models.Staff, hand: Hand
) -> None:
    assert client.post("/sign-in/code/", {"code": code(hand)})["Location"] == "/sign-in/"
    attempt(client)
    hand.move(minutes=6)
    assert client.post("/sign-in/code/", {"code": code(hand)})["Location"] == "/sign-in/"
