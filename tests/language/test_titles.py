"""No remedy of a catalogue is tied to a review, in any language that the house says it in."""

from __future__ import annotations

import pytest

from makegood.language import titles
from makegood.rules.policy_file import PolicyErrors
from tests.rules.policy_texts import house, with_change


def test_the_house_policy_buys_no_reviews() -> None:
    titles.refuse_bought_reviews(house())


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("A credit of 25 dollars", "A credit of 25 dollars if you remove your review", "remedies.credit.title"),
        ("Un crédito de 25 dólares", "25 dólares si borra su reseña", "remedies.credit.titles.es"),
    ],
)
def test_a_title_that_buys_one_is_refused_with_its_place(old: str, new: str, where: str) -> None:
    with pytest.raises(PolicyErrors) as refused:
        titles.refuse_bought_reviews(house(with_change(old, new)))

    assert [error.where for error in refused.value.errors] == [where]
