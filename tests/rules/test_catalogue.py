"""The catalogue proposes what fits the failure, and says where compensation does most, and where it harms."""

from __future__ import annotations

import pytest

from makegood.rules.catalogue import Cost, Failure, Suggestion, judge_value, suggest
from makegood.rules.money import Money
from tests.rules.policy_texts import house

CATALOGUE = house().remedies
PRICE = Money("USD", 21_900)


def suggested(failure: Failure, *, kept: bool = False, price: Money | None = PRICE) -> dict[str, Suggestion]:
    found = suggest(failure, kept=kept, price=price, entries=CATALOGUE, currency="USD")
    return {each.entry.key: each for each in found}


def test_words_answer_how_he_was_treated_and_goods_what_he_got() -> None:
    outcome, process = suggested(Failure.OUTCOME), suggested(Failure.PROCESS)

    assert {"refund", "replacement", "choose_any"} <= set(outcome)
    assert "apology" not in outcome
    assert {"apology", "explanation", "credit"} <= set(process)
    assert "refund" not in process
    assert set(suggested(Failure.BOTH)) == set(CATALOGUE)


def test_something_else_is_always_there_and_last() -> None:
    for failure in Failure:
        assert list(suggested(failure))[-1] == "custom"


def test_who_gives_it_back_is_helped_most_between_60_and_120_percent() -> None:
    found = suggested(Failure.OUTCOME)

    assert found["refund"].in_band
    assert not found["part_refund"].in_band
    assert found["part_refund"].reasons == ("This is 33 % of the price. They give it back: 60 to 120 % does most.",)
    assert list(found).index("refund") < list(found).index("part_refund")


def test_who_keeps_it_is_helped_most_by_the_first_parts() -> None:
    found = suggested(Failure.OUTCOME, kept=True)

    assert found["part_refund"].in_band
    assert "the first parts do most" in found["refund"].reasons[0]


@pytest.mark.parametrize(("percent", "above"), [(150, False), (151, True), (200, True)])
def test_above_150_percent_it_says_why_not_and_refuses_nothing(percent: int, above: bool) -> None:
    worth = judge_value(PRICE.percent(percent), kept=False, price=PRICE)

    assert worth.above_ceiling is above
    assert any("say why" in reason for reason in worth.reasons) is above


def test_without_a_price_nobody_says_how_much_it_is_of_it() -> None:
    found = suggested(Failure.OUTCOME, price=None)

    assert found["refund"].cost is None
    assert found["express"].cost == Money("USD", 3_500)
    assert not found["express"].in_band
    assert "not known" in found["express"].reasons[0]
    assert not judge_value(Money("EUR", 100), kept=False, price=PRICE).in_band
    assert not judge_value(Money("USD", 100), kept=False, price=Money("USD", 0)).above_ceiling


def test_a_cost_is_the_price_a_part_of_it_or_a_fixed_sum() -> None:
    assert [str(cost) for cost in (Cost(percent=100), Cost(percent=60), Cost(fixed=2_500))] == [
        "price", "percent 60", "fixed 2500",
    ]  # fmt: skip
    assert Cost(percent=60).of(PRICE, "USD") == Money("USD", 13_140)
    assert Cost(percent=100).of(Money("JPY", 500), "USD") == Money("JPY", 500)
    assert Cost(fixed=2_500).of(None, "USD") == Money("USD", 2_500)


def test_a_title_is_said_in_the_customers_language_where_the_house_has_it() -> None:
    assert CATALOGUE["refund"].title_in("es") == "Su dinero de vuelta, por la vía en que pagó"
    assert CATALOGUE["refund"].title_in("fr") == "Your money back, the way you paid"
