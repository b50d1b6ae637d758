"""One exchange: which addresses are called at all, and what it means that nobody answers."""

from __future__ import annotations

import pytest

from makegood.connectors import at_hand, line
from makegood.connectors.base import Connector, Fate, NotSetUp, redacted
from makegood.connectors.shopify import Shopify
from makegood.connectors.stripe import Stripe
from tests.connectors.benches import an_order

NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.stripe.com",
        "http://api.stripe.com",
        "https://me:secret@api.stripe.com",
        "https://a/?b",
        "ftp://a",
        "https://[",
        "https://a b",
    ],
)
def test_an_address_that_a_key_must_not_go_to_is_refused_without_saying_the_key(url: str) -> None:
    with pytest.raises(NotSetUp) as refused:
        line.place("MAKEGOOD_STRIPE_URL", url)
    assert refused.value.sentence.startswith("MAKEGOOD_STRIPE_URL must")
    assert "secret" not in refused.value.sentence


@pytest.mark.parametrize(
    "url", ["https://api.stripe.com", "http://localhost:9", "http://127.0.0.1:9/x", "http://[::1]:9"]
)
def test_https_anywhere_and_http_on_this_machine_only(url: str) -> None:
    assert line.place("MAKEGOOD_STRIPE_URL", url).host


@pytest.mark.parametrize(
    "connector",
    [Stripe(url=NOWHERE, key="sk_test_x", secret="s"), Shopify(url=NOWHERE, token="shpat_x", secret="s")],
    ids=["stripe", "shopify"],
)
@pytest.mark.parametrize("kind", ["refund", "code"])
def test_where_nobody_listens_nothing_was_sent_and_it_is_tried_again(connector: Connector, kind: str) -> None:
    order = an_order(kind, payment="pi_1" if connector.name == "stripe" else "1001")
    outcome = connector.carry_out(order)
    assert (outcome.fate, outcome.code) == (Fate.LATER, "unreachable")
    asked = connector.ask(order)
    assert asked is not None
    assert asked.fate is Fate.UNKNOWN, "not being able to ask is no answer"


@pytest.mark.parametrize(
    ("settings", "name", "says"),
    [
        ({}, "stripe", "MAKEGOOD_STRIPE_KEY"),
        ({"MAKEGOOD_STRIPE_KEY": "pk_live_browser"}, "stripe", "secret or restricted"),
        ({"MAKEGOOD_STRIPE_KEY": "sk_live_1", "MAKEGOOD_STRIPE_URL": "http://elsewhere.example"}, "stripe", "https://"),
        ({}, "shopify", "MAKEGOOD_SHOPIFY_URL and MAKEGOOD_SHOPIFY_TOKEN"),
        ({"MAKEGOOD_SHOPIFY_URL": "https://larkfield.example"}, "shopify", "MAKEGOOD_SHOPIFY_TOKEN"),
        ({"MAKEGOOD_STRIPE_KEY_FILE": "/nowhere/key"}, "stripe", "can't be read"),
        ({}, "paypal", "no connector"),
    ],
)
def test_what_is_not_set_up_says_which_setting_is_missing(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], name: str, says: str
) -> None:
    for key, value in settings.items():
        monkeypatch.setenv(key, value)
    (sentence,) = at_hand.missing([name])
    assert says in sentence
    assert "sk_live" not in sentence
    assert "pk_live" not in sentence


def test_a_house_that_uses_neither_shop_misses_nothing() -> None:
    assert at_hand.missing(["console", "by_hand", "codes"]) == []


def test_a_key_comes_from_a_file_and_no_letter_of_it_into_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("secrets") / "stripe"
    path.write_text("sk_live_51OfLarkfield\n")
    monkeypatch.setenv("MAKEGOOD_STRIPE_KEY_FILE", str(path))
    assert at_hand.missing(["stripe"]) == []
    assert "51OfLarkfield" not in repr(at_hand.connector("stripe"))


@pytest.mark.parametrize("said", ["Invalid key sk_live_51abc***xyz.", "bad token shpat_0123", "rk_test_a1 is wrong"])
def test_what_looks_like_a_key_is_taken_out_of_what_others_say(said: str) -> None:
    hidden = redacted(said)
    assert "…" in hidden
    assert not any(sign in hidden for sign in ("51abc", "0123", "a1"))
