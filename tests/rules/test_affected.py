"""One cause, many customers: everybody stands in one place, is one person, and a letter to many has no logic."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import affected, blanks
from makegood.rules.affected import Giving, Reckoning, Standing, Telling
from tests.conftest import MONDAY_TEN

people = st.lists(st.tuples(st.sampled_from(Telling), st.sampled_from(Giving)), max_size=60)


@settings(max_examples=50)
@given(people)
def test_whatever_becomes_of_people_the_equation_adds_up(some: list[tuple[Telling, Giving]]) -> None:
    standing = Counter(affected.standing(telling, giving) for telling, giving in some)
    r = Reckoning(affected=len(some), standing=standing, telling=Counter(telling for telling, _ in some))
    assert r.adds_up
    assert r.settled + r.count(Standing.UNDER_WAY, Standing.WITH_PERSON) == len(some) == r.told + r.untold


def test_somebody_lost_or_named_twice_makes_the_equation_wrong() -> None:
    fine = Reckoning(affected=1, standing={Standing.REMEDIED: 1}, telling={Telling.ACCEPTED: 1})
    assert fine.done
    assert not Reckoning(affected=2, standing=fine.standing, telling=fine.telling).adds_up
    assert not Reckoning(affected=1, standing=fine.standing, telling=fine.telling, twice=1).adds_up
    assert not Reckoning(affected=1, standing=fine.standing, telling=fine.telling, strays=1).adds_up


@pytest.mark.parametrize(
    ("telling", "giving", "standing"),
    [
        (Telling.WAITING, Giving.WAITING, Standing.UNDER_WAY),
        (Telling.ACCEPTED, Giving.UNDER_WAY, Standing.UNDER_WAY),
        (Telling.BOUNCED, Giving.WAITING, Standing.WITH_PERSON),
        (Telling.NO_ADDRESS, Giving.NOTHING, Standing.WITH_PERSON),
        (Telling.ACCEPTED, Giving.FAILED, Standing.WITH_PERSON),
        (Telling.ACCEPTED, Giving.IMPOSSIBLE, Standing.WITH_PERSON),
        (Telling.BOUNCED, Giving.CONFIRMED, Standing.REMEDIED),
        (Telling.UNREACHABLE, Giving.WAITING, Standing.UNREACHABLE),
        (Telling.UNREACHABLE, Giving.CONFIRMED, Standing.REMEDIED),
        (Telling.BY_HAND, Giving.NOTHING, Standing.REMEDIED),
        (Telling.ACCEPTED, Giving.DECLINED, Standing.DECLINED),
    ],
)
def test_where_somebody_stands(telling: Telling, giving: Giving, standing: Standing) -> None:
    assert affected.standing(telling, giving) is standing


def test_what_a_person_did_by_hand_outlives_a_bounce() -> None:
    assert affected.told_by(Telling.BY_HAND, "bounced") is Telling.BY_HAND
    assert affected.told_by(Telling.WRITTEN, "bounced") is Telling.BOUNCED
    assert affected.told_by(Telling.ACCEPTED, "bounced") is Telling.BOUNCED


def test_one_person_is_known_by_address_customer_and_order_and_never_by_name() -> None:
    assert affected.keys(mail="Rosa@quill.example", customer=7, order="# 88-1973") == (
        "customer:7",
        "mail:rosa@quill.example",
        "order:881973",
    )
    assert affected.keys() == ()
    assert affected.fold_order("No.88_1973") == affected.fold_order("NO 88-1973")


def test_who_heard_it_from_a_partner_first_has_a_gap_above_zero() -> None:
    assert affected.notice_gap(MONDAY_TEN + timedelta(hours=1), MONDAY_TEN) == timedelta(hours=1)
    assert affected.notice_gap(MONDAY_TEN - timedelta(hours=1), MONDAY_TEN) < timedelta(0)


def test_a_spike_is_five_cases_and_more_than_three_times_what_is_usual() -> None:
    spikes = affected.spikes({"buckle": 9, "tent": 9, "rope": 4, "stove": 5}, {"tent": 28 * 3, "stove": 28}, windows=28)
    assert [(s.word, s.count) for s in spikes] == [("buckle", 9)]


def test_courtesies_and_short_words_name_no_cause() -> None:
    assert affected.telling_words("Please help: my Buckle of order 88-1973 broke, gracias") == {
        "buckle", "88-1973", "broke",
    }  # fmt: skip
    assert affected.count_words(["buckle buckle", "Buckle!"]) == {"buckle": 2}


# ── letters to many ──────────────────────────────────────────────────────────


def test_blanks_are_filled_once_and_what_is_filled_in_is_only_data() -> None:
    text = "Dear {name}, order {order}{item}."
    assert blanks.wrong(text) == ()
    assert blanks.used(text) == {"name", "order", "item"}
    values = {"name": "{owner}\r\nBcc: x", "order": "{{7*7}}", "owner": "Ruth"}
    assert blanks.fill(text, values) == "Dear {owner} Bcc: x, order {{7*7}}."
