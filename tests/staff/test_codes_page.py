"""The counter: a code is typed, seen, and redeemed once; no address and no page of the list holds its text."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes
from makegood.rules import code_text
from makegood.rules.codes import Worth
from makegood.rules.money import Money

from .conftest import Hand, SignedIn, text_of


@pytest.fixture
def issued(buckle: models.Case, cast: Cast, hand: Hand) -> codes.Issued:
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 20_000), single=False))
    return codes.issue(wanted, customer=buckle.customer, now=hand.at, by=cast.priya, case=buckle)


def test_a_code_held_up_is_redeemed_on_an_order(issued: codes.Issued, cast: Cast, signed_in: SignedIn) -> None:
    counter = signed_in(cast.tom)

    seen = counter.post(reverse("codes"), {"code": issued.text.lower()})
    assert seen.status_code == 200 and seen["Cache-Control"] == "no-store"
    assert "$200.00 left, for Rosalía Quintero and nobody else." in text_of(seen)
    typed = {"code": issued.text, "order": "1044", "total": "$150,00", "his": "on"}
    assert counter.post(reverse("code-redeem"), typed | {"total": "150.005"}).status_code == 422
    assert counter.post(reverse("code-redeem"), typed | {"his": ""}).status_code == 422
    done = counter.post(reverse("code-redeem"), typed, follow=True)

    assert "$150.00 taken off. Left on the code: $50.00." in done.content.decode()
    assert issued.text not in done.content.decode()
    again = counter.post(reverse("code-redeem"), typed, follow=True)
    assert "Nothing was taken twice." in again.content.decode()
    assert models.Redemption.objects.get().by == cast.tom
    page = counter.get(reverse("code", args=[issued.row.pk])).content.decode()
    assert "order 1044" in page and issued.text not in page


@pytest.mark.parametrize("typed", ["", "MAKE-GOOD", "x" * 300])
def test_what_is_no_code_is_refused_in_words(typed: str, cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.tom).post(reverse("codes"), {"code": typed})

    assert answer.status_code in (409, 422)


def test_a_wrong_sign_is_pointed_at(issued: codes.Issued, cast: Cast, signed_in: SignedIn) -> None:
    wrong = issued.text[:-1] + ("2" if issued.text[-1] != "2" else "3")

    answer = signed_in(cast.tom).post(reverse("codes"), {"code": wrong})

    assert (answer.status_code, "Look at the seventh group again." in answer.content.decode()) == (409, True)


def test_whoever_guesses_at_the_counter_waits(issued: codes.Issued, cast: Cast, signed_in: SignedIn) -> None:
    counter = signed_in(cast.tom)
    for n in range(10):
        assert counter.post(reverse("codes"), {"code": code_text.written(bytes([n + 1]) * 16)}).status_code == 409

    assert "Too many wrong codes" in counter.post(reverse("codes"), {"code": issued.text}).content.decode()
    assert signed_in(cast.priya).post(reverse("codes"), {"code": issued.text}).status_code == 200


def test_a_team_lead_gives_a_lost_one_anew_and_an_agent_can_not(
    issued: codes.Issued, cast: Cast, signed_in: SignedIn
) -> None:
    where = reverse("code-end", args=[issued.row.pk])
    assert signed_in(cast.tom).post(where, {"why": "lost", "how": "replace"}).status_code == 404
    assert signed_in(cast.wen).get(reverse("code", args=[issued.row.pk])).status_code == 404
    lead = signed_in(cast.marta)

    assert lead.post(where, {"why": "", "how": "replace"}).status_code == 422
    assert lead.post(where, {"why": "lost in a flood", "how": "replace"}).status_code == 302
    assert lead.post(where, {"why": "again", "how": "revoke"}).status_code == 409
    new = models.Code.objects.get(state="open")
    assert lead.post(reverse("code-end", args=[new.pk]), {"why": "a mistake", "how": "revoke"}).status_code == 302
    assert not models.Code.objects.filter(state="open").exists()


def test_those_of_cases_one_may_not_see_are_not_listed(
    issued: codes.Issued, cast: Cast, signed_in: SignedIn, monday_ten: datetime
) -> None:
    assert "Any pack" in signed_in(cast.priya).get(reverse("codes")).content.decode()
    assert "Any pack" not in signed_in(cast.wen).get(reverse("codes")).content.decode()


def test_what_codes_of_one_age_may_still_cost_opens_to_these_codes(
    issued: codes.Issued, cast: Cast, hand: Hand, signed_in: SignedIn
) -> None:
    old = codes.Wanted(title="An old tent", worth=Worth(value=Money("USD", 7_000)))
    codes.issue(old, customer=issued.row.customer, now=hand.at - timedelta(days=100), case=issued.row.case)
    head = signed_in(cast.ruth)
    budgets = head.get(reverse("budgets")).content.decode()
    links = re.findall(r'href="(/codes/\?currency=USD&amp;age=\d)#all"', budgets)

    young, aged = (text_of(head.get(html.unescape(link))) for link in dict.fromkeys(links))

    assert "Any pack" in young and "An old tent" not in young and "$200.00</b> may still be taken off" in young
    assert "An old tent" in aged and "Any pack" not in aged and "90 to 180 days old" in aged
    assert signed_in(cast.tom).get("/codes/?currency=USD&age=9").status_code == 404
    assert signed_in(cast.wen).get("/codes/?currency=USD&age=0").content.decode().count("Any pack") == 0
