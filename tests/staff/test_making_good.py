"""Making it right on the staff's pages: the wish first, what one may give, options side by side, each step."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import cases, wishes

from .conftest import Hand, SignedIn, case_url, text_of

Fields = dict[str, object]


def aside(page: str, name: str) -> str:
    """One section of the page of a case."""
    found = re.search(rf'<section id="{name}".*?</section>', page)
    assert found, name
    return found[0]


def proposal(client: Client, case: models.Case, *, query: str = "", **fields: object) -> Fields:
    """The form as the page has it, with what the test fills in; `o-KEY-field` for an option."""
    page = client.get(case_url(case, "remedy-new") + query)
    assert page.status_code == 200
    key = re.search(r'name="key" value="([0-9a-f-]+)"', page.content.decode())
    assert key
    asked = {"failure": "outcome", "kept": "no", "price": "219.00", "currency": "USD"}
    return {"key": key[1], "then": "offer", **asked, **fields}


@pytest.fixture
def heard(buckle: models.Case, cast: Cast, hand: Hand) -> models.Case:
    """Rosalía's case, on which she has said what she would like."""
    wishes.say(buckle.pk, words="A pack I can trust.", door="mail", by=cast.priya, now=hand.at)
    buckle.refresh_from_db()
    return buckle


SUBSTITUTE = {"o-substitute-take": "on", "o-substitute-title": "A Fell 48", "o-substitute-cost": "124.00"}
REFUND = {"o-refund-take": "on", "o-refund-title": "My money back", "o-refund-cost": "219", "o-refund-means": "88-1973"}


def test_the_wish_is_asked_before_anything_is_offered(priya: Client, buckle: models.Case) -> None:
    page = text_of(priya.get(case_url(buckle)))
    assert "What would they like to have happen?" in aside(page, "wish")
    assert "First their wish" in aside(page, "remedies")
    assert priya.post(case_url(buckle, "wish-ask")).status_code == 302
    assert "We asked, and have not heard it yet." in text_of(priya.get(case_url(buckle)))
    words = "A pack I can trust\nbefore we leave on the 21st."
    assert priya.post(case_url(buckle, "wish-say"), {"words": words}).status_code == 302
    page = text_of(priya.get(case_url(buckle)))
    assert "A pack I can trust<br>before we leave on the 21st." in aside(page, "wish")
    assert "Written down by Priya Raman." in aside(page, "wish")
    assert "First their wish" not in page


def test_the_gate_is_passed_only_with_a_reason_that_stays(priya: Client, buckle: models.Case) -> None:
    assert priya.post(case_url(buckle, "wish-pass"), {"why": " "}).status_code == 409
    assert priya.post(case_url(buckle, "wish-pass"), {"why": "She can't be reached before Friday."}).status_code == 302
    assert "She can&#x27;t be reached before Friday." in aside(text_of(priya.get(case_url(buckle))), "wish")


def test_an_offer_before_the_wish_comes_back_with_everything_typed(priya: Client, buckle: models.Case) -> None:
    sent = proposal(priya, buckle, **SUBSTITUTE, words="Choose what you like.")
    response = priya.post(case_url(buckle, "remedy-new"), sent)
    assert response.status_code == 409
    page = text_of(response)
    assert "Nothing was changed." in page
    assert 'value="A Fell 48"' in page
    assert "Choose what you like.</textarea>" in page
    assert str(sent["key"]) in page
    assert not buckle.remedies.exists()


def test_several_things_are_offered_side_by_side_and_they_choose(
    priya: Client, heard: models.Case, hand: Hand, weeks: Weeks
) -> None:
    arrives = (hand.at + timedelta(days=5)).date().isoformat()
    fields = {**SUBSTITUTE, **REFUND, "o-substitute-arrives": arrives, "o-substitute-stock": "2"}
    response = priya.post(
        case_url(heard, "remedy-new"), proposal(priya, heard, **fields, words="Choose what suits you, Rosalía.")
    )
    assert response.status_code == 302, text_of(response)
    made = heard.remedies.get()
    assert response["Location"].endswith(f"#remedy-{made.number}")
    assert made.step == "offered"
    assert [(o.title, o.cost) for o in made.options.all()] == [("A Fell 48", 12_400), ("My money back", 21_900)]
    remedies = aside(text_of(priya.get(case_url(heard))), "remedies")
    assert "A choice of 2" in remedies
    assert "Remedy 1: offered, their turn." in text_of(priya.get(case_url(heard)))
    assert "offered, their turn" in remedies
    assert "$124.00" in remedies
    assert 'class="rb rb-thin"' in remedies
    assert heard.contacts.filter(direction="out").last().text.startswith("Choose what suits you")


def test_while_it_is_typed_it_is_said_what_would_come_after_they_need_it(
    priya: Client, heard: models.Case, cast: Cast, hand: Hand
) -> None:
    late = case_url(heard, "remedy-late")
    assert text_of(priya.post(late, SUBSTITUTE)).strip() == "", "nobody knows of a day"
    need_by = hand.at + timedelta(days=6)
    cases.note_need_by(heard.pk, need_by=need_by, words="before the 21st", by=cast.priya, now=hand.at)
    both = {**SUBSTITUTE, **REFUND, "o-refund-cost": "not read yet"}
    page = text_of(priya.post(late, both))
    assert "A substitute that you choose" in page, "7 days, as the catalogue says"
    assert "Your money back" not in page, "5 days"
    assert "They see on their page which of them comes too late." in page
    page = text_of(priya.post(late, {**both, "o-refund-arrives": "2027-01-01"}))
    assert "Nothing that you took comes in time" in page
    assert not heard.remedies.exists()


def test_money_to_a_new_address_waits_until_a_second_person_has_asked(
    priya: Client, heard: models.Case, cast: Cast, signed_in: SignedIn
) -> None:
    assert priya.post(case_url(heard, "address-change"), {"address": "not one"}).status_code == 409
    assert priya.post(case_url(heard, "address-change"), {"address": "rosalia.q@cove.example"}).status_code == 302
    page = text_of(priya.get(case_url(heard)))
    assert "Nothing worth money goes there before" in page and "I have asked them" not in page
    assert priya.post(case_url(heard, "change-check")).status_code == 409
    marta = signed_in(cast.marta)
    assert "I have asked them: it is theirs" in text_of(marta.get(case_url(heard)))
    assert marta.post(case_url(heard, "change-check")).status_code == 302
    assert "Nothing worth money goes there before" not in text_of(priya.get(case_url(heard)))


def test_each_of_several_things_is_made_right_by_itself(priya: Client, heard: models.Case) -> None:
    for what in ("The pack", "The tent"):
        assert priya.post(case_url(heard, "item-name"), {"what": what}).status_code == 302
    sent = proposal(priya, heard, query="?item=2", **SUBSTITUTE, item="2")
    assert priya.post(case_url(heard, "remedy-new"), sent).status_code == 302
    assert heard.remedies.get().about == "The tent"
    page = text_of(priya.get(case_url(heard)))
    assert "A thing of this case is not right yet" in page
    settle = case_url(heard, "item-settle", 1)
    assert priya.post(settle, {"why": " "}).status_code == 409
    assert priya.post(settle, {"why": "She keeps it."}).status_code == 302
    assert "needs nothing" in aside(text_of(priya.get(case_url(heard))), "remedies")


def test_nothing_is_ticked_before_somebody_ticks_it(priya: Client, heard: models.Case) -> None:
    page = text_of(priya.get(case_url(heard, "remedy-new")))
    ticked = re.compile(r'name="o-(\w+)-take"[^>]* checked')
    assert ticked.findall(page) == []
    page = text_of(priya.get(case_url(heard, "remedy-new") + "?take=refund&price=219&kept=no"))
    assert ticked.findall(page) == ["refund"]
    assert 'name="o-refund-cost" value="219.00"' in page
    assert "in the useful band" in page
    assert 'class="scale" role="img"' in page
    assert not heard.remedies.exists()


def test_what_can_not_be_read_is_said_beside_its_field(priya: Client, heard: models.Case) -> None:
    none = proposal(priya, heard)
    response = priya.post(case_url(heard, "remedy-new"), none)
    assert response.status_code == 422
    assert "Take at least one thing to offer" in text_of(response)
    bad = {**SUBSTITUTE, "o-substitute-cost": "1.234"}
    response = priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **bad))
    assert response.status_code == 422
    page = text_of(response)
    assert "USD has 2 digits after the point." in page
    assert '<a href="#id-o-substitute-cost">' in page, "the summary on top leads there"
    assert page.count("field-bad") == 1, "nothing else is marked"


def test_what_is_above_ones_authority_waits_in_the_inbox_of_who_may(
    priya: Client, heard: models.Case, signed_in: SignedIn, cast: Cast, hand: Hand
) -> None:
    dear = {**REFUND, "o-refund-cost": "343.00", "o-refund-value": "343.00"}
    assert priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **dear)).status_code == 302
    made = heard.remedies.get()
    assert (made.step, made.needs) == ("proposed", "lead")
    assert "not yours to decide" in text_of(priya.get(reverse("remedies")))
    marta = signed_in(cast.marta)
    page = text_of(marta.get(reverse("remedies")))
    assert "1 remedy waits for a yes." in page
    assert "$343.00" in page
    assert 'class="rb rb-thin"' in page
    url = case_url(heard, "remedy-act", made.number, "approve")
    assert priya.post(url).status_code == 409
    assert marta.post(url, {"back": "approvals"})["Location"] == reverse("remedies")
    made.refresh_from_db()
    assert (made.step, made.approved_by) == ("approved", cast.marta)
    assert "Nothing waits for a yes." in text_of(marta.get(reverse("remedies")))


def test_a_no_needs_its_reason_and_reaches_the_case(
    priya: Client, heard: models.Case, signed_in: SignedIn, cast: Cast
) -> None:
    dear = {**REFUND, "o-refund-cost": "343.00", "o-refund-value": "343.00"}
    priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **dear))
    marta, url = signed_in(cast.marta), case_url(heard, "remedy-act", 1, "deny")
    assert marta.post(url, {"said": ""}).status_code == 409
    assert marta.post(url, {"said": "A Fell 48 does."}).status_code == 302
    remedies = aside(text_of(priya.get(case_url(heard))), "remedies")
    assert "denied" in remedies
    assert "A Fell 48 does." in remedies


def test_no_link_alone_changes_anything(priya: Client, heard: models.Case) -> None:
    priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **SUBSTITUTE))
    before = heard.journal.count()
    for name in ("wish-ask", "wish-say", "wish-pass", "holding-take"):
        assert priya.get(case_url(heard, name)).status_code == 405
    for verb in ("approve", "order", "fail", "reverse"):
        assert priya.get(case_url(heard, "remedy-act", 1, verb)).status_code == 405
    for name in ("remedy-offer", "remedy-choose"):
        assert priya.get(case_url(heard, name, 1)).status_code == 405
    assert heard.journal.count() == before


def test_a_colleague_of_another_team_finds_no_case_and_no_remedy(
    priya: Client, heard: models.Case, signed_in: SignedIn, cast: Cast
) -> None:
    priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **REFUND, **{"o-refund-value": "343"}))
    wen = signed_in(cast.wen)
    assert wen.get(case_url(heard, "remedy-new")).status_code == 404
    assert wen.post(case_url(heard, "remedy-act", 1, "approve")).status_code == 404
    assert "Nothing waits for a yes." in text_of(wen.get(reverse("remedies")))
    assert wen.get(reverse("budgets")).status_code == 404


def test_what_we_hold_stands_on_both_sides_until_it_is_given_back(priya: Client, heard: models.Case) -> None:
    taken = {"what": "her Fell 45, slate", "where": "repair bench, shelf 3", "value": "219.00"}
    assert priya.post(case_url(heard, "holding-take"), taken).status_code == 302
    page = text_of(priya.get(case_url(heard)))
    held = aside(page, "holdings")
    assert "her Fell 45, slate" in held
    assert "$219.00" in held
    assert "they hold nothing" in held
    assert 'href="#holdings"' in page
    holding = heard.holdings.get()
    url = case_url(heard, "holding-return", holding.pk)
    assert priya.post(url, {"evidence": ""}).status_code == 409
    assert priya.post(url, {"evidence": "1Z 88 04"}).status_code == 302
    held = aside(text_of(priya.get(case_url(heard))), "holdings")
    assert "nothing of theirs" in held
    assert "1Z 88 04" in held


def test_every_number_of_a_budget_opens_the_cases_behind_it(
    priya: Client, heard: models.Case, signed_in: SignedIn, cast: Cast
) -> None:
    priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **SUBSTITUTE))
    marta = signed_in(cast.marta)
    page = text_of(marta.get(reverse("budgets")))
    assert "We have set aside" in page
    assert page.count("$124.00") >= 2
    assert 'class="plot"' in page
    budget = models.Budget.objects.get()
    held = text_of(marta.get(reverse("remedies-behind"), {"what": "held", "budget": budget.pk}))
    assert "1 remedy is set aside" in held
    assert "Rosalía Quintero" in held
    assert marta.get(reverse("remedies-behind"), {"what": "anything"}).status_code == 404


@pytest.mark.parametrize("many", [1, 4])
def test_a_case_asks_the_same_few_queries_however_many_remedies_it_has(
    priya: Client, heard: models.Case, many: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(many):
        cheap = {**SUBSTITUTE, "o-substitute-cost": "10", "o-substitute-value": "16", "then": "keep"}
        assert priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **cheap)).status_code == 302
    with django_assert_max_num_queries(60):  # type: ignore[operator]  # a fixture of pytest-django
        priya.get(case_url(heard))


def test_the_second_press_of_a_button_finds_it_done_and_ends_where_the_first_did(
    priya: Client, heard: models.Case
) -> None:
    priya.post(case_url(heard, "remedy-new"), proposal(priya, heard, **SUBSTITUTE))
    number = heard.remedies.get().number
    chosen = {"option": heard.remedies.get().options.get().key}
    priya.post(case_url(heard, "remedy-choose", number), chosen)
    if heard.remedies.get().step == "accepted":
        priya.post(case_url(heard, "remedy-act", number, "order"))
    sent = [priya.post(case_url(heard, "remedy-act", number, "ship"), {"said": "1Z 999"}) for _ in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert sent[0]["Location"] == sent[1]["Location"]
    assert "That was done already." in text_of(priya.get(case_url(heard)))
    assert heard.journal.filter(name="remedy.shipped").count() == 1
