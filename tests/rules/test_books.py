"""The books sum to zero whatever happens, and what was set aside is spent once or given back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import books
from makegood.rules import remedy_events as rev
from makegood.rules.books import Posting, Transfer, Unbalanced
from makegood.rules.cases import Case
from makegood.rules.money import Money
from makegood.rules.refusals import Refusal
from makegood.rules.remedies import Remedy, Step
from makegood.rules.unfolding import Unfolding
from tests.rules.moves import Impossible
from tests.rules.moves import Step as Moving
from tests.rules.proof import WISHED, beginning
from tests.rules.remedy_moves import REMEDY_MOVES
from tests.rules.small_world import EVERYBODY_IN, NOW, house_of

AMOUNTS = st.integers(1, 10**9)


def test_a_transfer_that_makes_or_loses_money_is_none() -> None:
    for postings in (
        (),
        (Posting("a", "USD", 1),),
        (Posting("a", "USD", 1), Posting("b", "USD", -2)),
        (Posting("a", "USD", 1), Posting("b", "EUR", -1)),
    ):
        with pytest.raises(Unbalanced):
            Transfer("k", postings)


def test_nothing_is_no_transfer() -> None:
    assert books.reserve(1, 1, "recovery", Money("USD", 0)) is None
    assert books.choose(1, 1, "recovery", reserved_cost=Money("USD", 5), chosen_cost=Money("USD", 5)) is None


def test_what_a_code_costs_is_owed_until_it_is_redeemed() -> None:
    assert books.spent("code") == books.spent("credit") == books.LIABILITY
    assert books.spent("refund") == "spent:refund"


def test_each_step_of_each_remedy_has_a_key_of_its_own() -> None:
    keys = {books.remedy_key(case, number, step) for case in (1, 11) for number in (1, 11) for step in Step}

    assert len(keys) == 2 * 2 * len(Step)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(REMEDY_MOVES)), min_size=5, max_size=40))
def test_whatever_happens_to_remedies_the_books_sum_to_zero_and_nothing_is_spent_twice(moves: list[str]) -> None:
    u = Unfolding(beginning(WISHED, "as the house").case, house_of("as the house", EVERYBODY_IN), now=NOW)
    written: list[Transfer] = []
    for nth, name in enumerate(moves):
        before, so_far = u.case, len(u.events)
        try:
            REMEDY_MOVES[name](Moving(u, "in", None, None, 100 + nth))
        except (Refusal, Impossible):
            assert u.case is before, f"“{name}” was refused and changed something"
            continue
        case = before
        for event in u.events[so_far:]:
            written += [t for t in [_booked(case, u.case, event)] if t]

    keys = [transfer.key for transfer in written]
    assert len(keys) == len(set(keys))
    postings = [posting for transfer in written for posting in transfer.postings]
    assert not any(books.sums(postings).values())
    held = books.balances(postings)
    waiting = [r for r in u.case.remedies if r.counts and r.ordered_at is None]
    assert held.get((books.reserved(""), "USD"), 0) == sum(r.cost().minor for r in waiting)
    spent = [r for r in u.case.remedies if r.ordered_at is not None and (r.step is not Step.REVERSED or r.lost)]
    assert -held.get((books.budget(""), "USD"), 0) == sum(r.cost().minor for r in (*waiting, *spent))


def _booked(before: Case, after: Case, event: object) -> Transfer | None:
    """Return what the desk writes for an event: one transfer, or none."""
    number = getattr(event, "number", 0)
    if not str(getattr(event, "name", "")).startswith("remedy."):
        return None
    remedy: Remedy = after.remedy(number)
    if isinstance(event, rev.RemedyProposed):
        return books.reserve(1, number, "", Money("USD", max(event.costs)))
    was = before.remedy(number) if number <= len(before.remedies) else remedy
    if isinstance(event, rev.RemedyAccepted):
        return books.choose(1, number, "", reserved_cost=was.cost(), chosen_cost=remedy.cost())
    if isinstance(event, rev.RemedyOrdered):
        return books.spend(1, number, "", remedy.chosen_kind, remedy.cost())
    if isinstance(event, rev.RemedyReversed) and event.lost:
        return None
    over = isinstance(event, rev.RemedyDenied | rev.RemedyDeclined | rev.RemedyFailed | rev.RemedyReversed)
    if over and was.ordered_at is None:
        return books.give_back(1, number, "", str(remedy.step), was.cost())
    if isinstance(event, rev.RemedyReversed):
        return books.take_back(1, number, "", remedy.chosen_kind, remedy.cost())
    return None
