"""Programmes on screen: begun, entered, less than the terms stopped, answered, ended."""

from __future__ import annotations

from django.urls import reverse

from makegood.demo.cast import Cast
from makegood.desk import models

from .conftest import Hand, SignedIn

TERMS = {"percent": "", "value": "50.00", "currency": "usd", "scope": "", "excluded": "", "least": "", "days": ""}
WORDS = "Send us your old pack, and take 50 dollars off any new one."
FIRST = {"name": "trade-in", "title": "Packs for packs", "text": WORDS, "where": "larkfield.example/trade-in", **TERMS}


def test_a_programme_from_its_first_terms_to_its_end(
    buckle: models.Case, cast: Cast, hand: Hand, signed_in: SignedIn
) -> None:
    ruth, priya, marta = signed_in(cast.ruth), signed_in(cast.priya), signed_in(cast.marta)
    page = reverse("programme", args=["trade-in"])
    assert ruth.post(reverse("programme-start"), FIRST | {"value": ""}).status_code == 422
    assert ruth.post(reverse("programme-start"), FIRST)["Location"] == page
    hand.move(hours=24)

    # Somebody enters, and is held to the version he saw, whatever is published later.
    entry = {"customer": "rosalia@quintero.example", "reference": "parcel 7", "entered_on": "2026-03-02"}
    assert priya.post(reverse("programme-enter", args=["trade-in"]), entry).status_code == 302
    narrow = {"text": "Selected packs only.", **TERMS, "scope": "blue pack"}
    assert ruth.post(reverse("programme-publish", args=["trade-in"]), narrow).status_code == 302
    shown = priya.get(page).content.decode()
    assert WORDS in shown and "Selected packs only." in shown and "as published" in shown
    entrant = models.Entrant.objects.get()
    assert entrant.version.number == 1

    # Less than that is stopped, and stands on the page until somebody deals with it.
    give = reverse("programme-issue", args=["trade-in", entrant.pk])
    assert WORDS in marta.get(give).content.decode()
    stopped = marta.post(give, {"title": "Coupon", "as_code": "on", **TERMS, "scope": "blue pack"})
    assert stopped.status_code == 409 and "only for selected products" in stopped.content.decode()
    assert "It was stopped." in ruth.get(page).content.decode()
    mismatch = models.Mismatch.objects.get()
    assert ruth.post(reverse("mismatch-settle", args=[mismatch.pk]), {"why": "New coupons."}).status_code == 302
    assert priya.post(give, {"title": "Fifty off", "as_code": "on", **TERMS}).status_code == 404
    more = marta.post(give, {"title": "Sixty off", "as_code": "on", **TERMS, "value": "60.00"})
    assert more.status_code == 409 and "more than the terms promise" in more.content.decode()
    assert marta.post(give, {"title": "Fifty off", "as_code": "on", **TERMS}).status_code == 302

    # It ends when everybody has an answer.
    end = reverse("programme-end", args=["trade-in"])
    refused = ruth.post(end)
    assert refused.status_code == 409 and "Rosalía Quintero: Fifty off" in refused.content.decode()
    held = reverse("entitlement", args=[models.Entitlement.objects.get().pk])
    assert "It never ends." in ruth.get(held).content.decode()
    less = {"how": "substitute", "title": "Forty off", **TERMS, "value": "40.00"}
    assert ruth.post(held, less).status_code == 409
    assert ruth.post(held, {"how": "nothing there is"}).status_code == 422
    assert ruth.post(held, {"how": "extend", "until": ""}).status_code == 302
    assert ruth.post(end).status_code == 302
    assert "Ended" in priya.get(page).content.decode()
    assert models.Code.objects.get().customer == buckle.customer


def test_whoever_may_not_run_programmes_finds_no_button_that_does(cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.ruth).post(reverse("programme-start"), FIRST)
    agent = signed_in(cast.priya)

    assert agent.get(reverse("programmes")).status_code == 200
    assert agent.get(reverse("programme-start")).status_code == 404
    assert agent.post(reverse("programme-publish", args=["trade-in"]), FIRST).status_code == 404
    assert agent.post(reverse("programme-end", args=["trade-in"])).status_code == 404
    assert (
        reverse("programme-end", args=["trade-in"])
        not in agent.get(reverse("programme", args=["trade-in"])).content.decode()
    )
