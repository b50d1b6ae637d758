"""A till asks what a code is worth and redeems it; whatever goes wrong has one shape and says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, tokens
from makegood.desk.queries.tokens import RIGHTS
from makegood.rules import code_text
from makegood.rules import codes as code_rules
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from makegood.rules.refusals import Refusal
from tests.staff.conftest import Hand

HERS = "rosalia@quintero.example"
Answer = tuple[int, dict[str, Any]]
Ask = Callable[..., Answer]


@pytest.fixture(autouse=True)
def hand(monday_ten: datetime) -> Iterator[Hand]:
    standing = Hand(monday_ten)
    with clock.reading(standing):
        yield standing


@pytest.fixture
def secret(cast: Cast, monday_ten: datetime) -> str:
    return tokens.make("till", may=["codes.look_up", "codes.redeem"], now=monday_ten)


@pytest.fixture
def ask(secret: str) -> Ask:
    def asked(verb: str, body: Any, *, token: str = secret, **more: Any) -> Answer:
        written = body if isinstance(body, str) else json.dumps(body)
        response = Client().post(
            f"/api/v1/codes/{verb}",
            written,
            content_type=more.get("content_type", "application/json"),
            headers={"authorization": f"Bearer {token}"} if token else {},
        )
        assert response["Cache-Control"] == "no-store"
        return response.status_code, response.json()

    return asked


@pytest.fixture
def code(cast: Cast, monday_ten: datetime) -> str:
    rosalia = models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=monday_ten)
    rosalia.addresses.create(value=HERS)
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 20_000), single=False))
    return codes.issue(wanted, customer=rosalia, now=monday_ten, by=cast.priya).text


def order(text: str, **more: object) -> dict[str, object]:
    return {"code": text, "customer": HERS, "order": "1001", "currency": "USD", "total": "150.00"} | more


def test_a_till_sees_what_a_code_is_worth(ask: Ask, code: str) -> None:
    status, told = ask("look-up", {"code": code.lower().replace("-", ""), "customer": HERS.upper()})

    assert status == 200
    assert (told["title"], told["left"], told["currency"]) == ("Any pack", "200.00", "USD")
    assert (told["redeemable"], told["single_use"], told["ends_at"]) == (True, False, None)
    assert code not in json.dumps(told)


def test_it_redeems_once_for_an_order_however_often_it_asks(ask: Ask, code: str) -> None:
    first, again, rest = ask("redeem", order(code)), ask("redeem", order(code)), ask("redeem", order(code, order="2"))

    assert first == (
        200,
        {"id": first[1]["id"], "order": "1001", "currency": "USD", "amount": "150.00", "left": "50.00", "again": False},
    )
    assert again[1] == first[1] | {"again": True}
    assert (rest[1]["amount"], rest[1]["left"]) == ("50.00", "0.00")
    assert models.Redemption.objects.values_list("token__name", "order").count() == 2
    status, told = ask("redeem", order(code, order="3"))
    assert (status, told["error"]["code"]) == (409, "code_is_over")
    assert told["error"]["reasons"] == ["It was redeemed."]


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ({"code": "x" * 300}, 400, "bad_body"),
        ({"customer": ""}, 400, "bad_body"),
        ({"total": 150.0}, 400, "bad_body"),
        ({"total": "150.005"}, 400, "bad_body"),
        ({"total": "1e5"}, 400, "bad_body"),
        ({"currency": "XXX"}, 400, "bad_body"),
        ({"order": "a\x00b"}, 400, "bad_body"),
        ({"order": None}, 400, "bad_body"),
        ({"order": "\ud800"}, 400, "bad_body"),
        ({"items": "boots"}, 400, "bad_body"),
        ({"ammount": "1.00"}, 400, "bad_body"),
        ({"amount": "150.01"}, 409, "more_than_is_left"),
        ({"total": "0.00"}, 409, "order_costs_nothing"),
        ({"total": "-5.00"}, 409, "order_costs_nothing"),
        ({"currency": "EUR"}, 409, "wrong_currency"),
        ({"customer": "dmitri@halloran.example"}, 409, "code_of_another"),
        ({"code": "MAKE-GOOD"}, 409, "code_mistyped"),
        ({"code": code_text.written(bytes(16))}, 404, "code_unknown"),
    ],
)
def test_what_cant_be_done_is_said_and_changes_nothing(
    ask: Ask, code: str, body: dict[str, object], status: int, name: str
) -> None:
    answered, told = ask("redeem", order(code, **body))

    assert (answered, told["error"]["code"]) == (status, name)
    assert told["error"]["sentence"]
    assert code not in json.dumps(told)
    assert not models.Redemption.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "[" * 50_000, " " * 70_000 + "{}"])
def test_a_body_that_is_none_is_refused_in_a_sentence(ask: Ask, body: str) -> None:
    assert ask("redeem", body)[0] == 400


def test_only_a_token_with_the_right_is_heard(ask: Ask, code: str, cast: Cast, monday_ten: datetime) -> None:
    reader = tokens.make("window", may=["codes.look_up"], now=monday_ten, by=cast.sam)
    tokens.revoke("till", now=monday_ten, by=cast.sam)

    assert ask("look-up", {"code": code, "customer": HERS}, token=reader)[0] == 200
    assert ask("redeem", order(code), token=reader)[0] == 403
    for bad in ("", "mg_nothing", "x" * 1_000, reader[:-1]):
        assert ask("redeem", order(code), token=bad)[0] == 401
    assert ask("redeem", order(code))[0] == 401
    assert not models.Entry.objects.filter(facts__icontains=reader).exists()


def test_an_address_takes_a_post_and_what_is_not_there_is_json_too(secret: str) -> None:
    client = Client(headers={"authorization": f"Bearer {secret}"})

    assert (client.get("/api/v1/codes/redeem").status_code, client.get("/api/v1/codes/redeem")["Allow"]) == (
        405,
        "POST",
    )
    assert client.get("/api/v2/anything").json()["error"]["code"] == "not_there"


def test_a_form_is_no_json(ask: Ask) -> None:
    assert ask("redeem", "code=x", content_type="application/x-www-form-urlencoded")[0] == 400


def test_whoever_guesses_waits_a_quarter_of_an_hour(ask: Ask, code: str, hand: Hand) -> None:
    for n in range(10):
        assert ask("look-up", {"code": code_text.written(bytes([n + 1]) * 16), "customer": HERS})[0] == 404

    status, told = ask("look-up", {"code": code, "customer": HERS})
    assert (status, told["error"]["code"]) == (429, "too_many_wrong_codes")
    hand.move(minutes=16)
    assert ask("look-up", {"code": code, "customer": HERS})[0] == 200


def test_every_refusal_a_till_may_meet_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs/api.md").read_text("utf-8")
    kinds = [kind for file in (code_rules, code_text) for kind in vars(file).values() if isinstance(kind, type)]

    assert [k.code for k in kinds if issubclass(k, Refusal) and k is not Refusal and f"`{k.code}`" not in page] == []
    assert [right for right in RIGHTS if f"`{right}`" not in page] == []
