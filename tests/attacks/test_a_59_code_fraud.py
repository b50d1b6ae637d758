"""A-59: a code can't be guessed, redeemed twice, used by another, or read where it was not meant to be read.

That ten orders at once let one win is in tests/desk/test_codes.py, a hundred times a hundred in benchmarks/codes.py.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from makegood.config import clock
from makegood.customer.quiet import HidePrivateLinks
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, tokens
from makegood.desk.queries import codes as queries
from makegood.rules import code_text
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from tests.staff.conftest import Hand

HERS = "rosalia@quintero.example"


@pytest.fixture
def hand(monday_ten: datetime) -> Iterator[Hand]:
    standing = Hand(monday_ten)
    with clock.reading(standing):
        yield standing


@pytest.fixture
def issued(cast: Cast, hand: Hand) -> codes.Issued:
    rosalia = models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=hand.at)
    rosalia.addresses.create(value=HERS)
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 20_000)))
    return codes.issue(wanted, customer=rosalia, now=hand.at, by=cast.priya)


@pytest.fixture
def till(cast: Cast, hand: Hand) -> Client:
    secret = tokens.make("till", may=["codes.look_up", "codes.redeem"], now=hand.at)
    return Client(headers={"authorization": f"Bearer {secret}"})


def ask(till: Client, verb: str, **body: object) -> tuple[int, dict[str, Any]]:
    response = till.post(f"/api/v1/codes/{verb}", json.dumps(body), content_type="application/json")
    return response.status_code, response.json()


def order(text: str, **more: object) -> dict[str, object]:
    return {"code": text, "customer": HERS, "order": "1", "currency": "USD", "total": "50.00"} | more


def guess(nth: int) -> str:
    """A text that is well formed, as somebody who knows the program would make it."""
    return code_text.written(nth.to_bytes(16, "big"))


def test_somebody_who_guesses_is_heard_ten_times_in_a_quarter_of_an_hour(till: Client, issued: codes.Issued) -> None:
    heard = [ask(till, "look-up", code=guess(n), customer=HERS)[0] for n in range(1, 41)]

    assert heard == [404] * queries.BY_ONE + [429] * (40 - queries.BY_ONE)
    # A till hears 300 a quarter of an hour. On ten million open codes, half a chance takes 10^24 years of that.
    assert code_text.BITS == 128


def test_whoever_changes_the_name_with_every_guess_is_stopped_at_the_till_itself(
    till: Client, issued: codes.Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "BY_DOOR", 12)

    heard = [ask(till, "look-up", code=guess(n), customer=f"eve{n}@gap.example")[0] for n in range(1, 16)]

    assert heard == [404] * 12 + [429] * 3


def test_a_code_tells_a_stranger_nothing_and_gives_him_nothing(till: Client, issued: codes.Issued) -> None:
    for verb, body in (("look-up", {"code": issued.text}), ("redeem", order(issued.text))):
        status, told = ask(till, verb, **(body | {"customer": "eve@gap.example"}))
        assert (status, told["error"]["code"], told["error"]["reasons"]) == (409, "code_of_another", [])
        assert "200" not in json.dumps(told) and "Rosal" not in json.dumps(told)
    assert not models.Redemption.objects.exists()


def test_a_shop_can_not_take_more_than_the_order_costs_or_the_code_has(till: Client, issued: codes.Issued) -> None:
    for more in ({"amount": "50.01"}, {"amount": "-1.00"}, {"total": "-50.00"}, {"total": "0.00"}, {"amount": "0.00"}):
        assert ask(till, "redeem", **order(issued.text, **more))[0] == 409
    assert ask(till, "redeem", **order(issued.text))[0] == 200
    assert ask(till, "redeem", **order(issued.text, order="2"))[0] == 409


def test_no_row_but_its_hash_and_no_log_knows_a_code(till: Client, issued: codes.Issued, cast: Cast) -> None:
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.addFilter(HidePrivateLinks())
    logging.getLogger().addHandler(handler)
    try:
        logging.getLogger("makegood").warning("a slip of ours: %s", issued.text)
        logging.getLogger("makegood").warning(f"another: {issued.text.replace('-', '')}, and it went on")
        ask(till, "redeem", **order(issued.text))
        ask(till, "redeem", **order(issued.text, order="2"))
        till.get(f"/api/v1/codes/redeem?code={issued.text}")
    finally:
        logging.getLogger().removeHandler(handler)

    assert "a slip of ours: …" in heard.getvalue() and "another: …, and it went on" in heard.getvalue()
    assert issued.text not in heard.getvalue()
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["private"]
    journal = str(list(models.Entry.objects.values_list("facts", flat=True)))
    assert issued.text not in journal and issued.text.replace("-", "") not in journal
    assert "code.redeemed" in models.Entry.objects.values_list("name", flat=True)


def test_the_database_alone_gives_no_code_away(issued: codes.Issued) -> None:
    """Whoever steals the rows has a seed and a hash; the text follows from the seed only under the server's key."""
    row = models.Code.objects.get()
    guessed = [code_text.derived(key, bytes(row.seed)) for key in (b"", b"codes", row.digest.encode(), bytes(32))]

    assert issued.text.replace("-", "") not in guessed
    assert code_text.derived(queries.key(), bytes(row.seed)) == issued.text.replace("-", "")
