"""The legal policies that ship: each loads beside the house's own clocks, and a faulty one is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from makegood.rules import spans
from makegood.rules.policy import Source
from makegood.rules.policy_file import law_ids
from tests.rules.policy_texts import LAWS, errors_of, house, including


@pytest.mark.parametrize("law_id", sorted(LAWS))
def test_each_shipped_law_loads_beside_the_house_policy(law_id: str) -> None:
    policy = house(including(law_id), LAWS)
    (law,) = policy.laws
    assert law.id == law_id
    assert law.verified_on == "2026-11-22"
    theirs = [kind for kind in policy.kinds.values() if kind.law == law_id]
    assert theirs
    assert all(kind.source is Source.LAW for kind in theirs)
    assert not any(kind.pausable for kind in theirs), "a law's clock doesn't pause"
    assert law.confidence == "high" or "Re-read" in LAWS[law_id] or "draft" in LAWS[law_id]
    assert "Not legal advice" in LAWS[law_id]


def test_all_laws_load_together_each_with_its_own_clock() -> None:
    policy = house(including(*LAWS), LAWS)
    assert [law.id for law in policy.laws] == list(LAWS)
    assert len(policy.kinds) == len(house().kinds) + sum(text.count("\n[kinds.") for text in LAWS.values())


def test_eight_weeks_end_at_midnight_of_the_last_day() -> None:
    policy = house(including("fca-disp-8w").replace("America/Chicago", "Europe/London"), LAWS)
    kind = policy.kind("fca-8w")
    received = datetime(2026, 4, 2, 12, tzinfo=UTC)
    hours = policy.calendars[policy.default_calendar]
    assert spans.due_at(kind.within, received, hours) == datetime(2026, 5, 28, 23, tzinfo=UTC)


def test_an_unknown_law_is_told_with_the_one_that_was_meant() -> None:
    (error,) = errors_of(including("fca-disp-8weeks"), LAWS)
    assert error.where == "include"
    assert error.instead == '"fca-disp-8w"'
    assert error.line == 5


def test_a_mistake_in_a_law_file_names_the_law() -> None:
    broken = LAWS | {"dot-259": LAWS["dot-259"].replace("end of 60 days", "sixty days")}
    (error,) = errors_of(including("dot-259"), broken)
    assert error.where == "law dot-259: kinds.dot-259-answer.within"
    assert error.line == LAWS["dot-259"].splitlines().index('within = "end of 60 days"') + 1


def test_a_law_that_is_no_toml_or_another_law_or_a_second_one_of_a_kind_is_refused() -> None:
    assert errors_of(including("odd"), {"odd": "= 1"})[0].where == "law odd: the file"
    assert errors_of(including("odd"), {"odd": LAWS["fca-ack"]})[0].where == "law odd: law.id"
    thief = LAWS["fca-ack"].replace("kinds.fca-ack", "kinds.reply")
    assert errors_of(including("fca-ack"), {"fca-ack": thief})[0].where == "law fca-ack: kinds.reply"


def test_a_door_can_ask_which_laws_a_policy_needs() -> None:
    assert law_ids(including("fca-ack", "ccpa")) == ("fca-ack", "ccpa")
    assert law_ids("include = 3") == ()
    assert law_ids("= no toml") == ()


def test_a_law_counts_on_the_calendar_named_law_if_there_is_one() -> None:
    own = house(including("fca-ack"), LAWS)
    assert own.kind("fca-ack").calendar == "owner"
    text = including("fca-ack") + '\n[calendars.law]\nzone = "Europe/London"\nhours.mon-fri = "09:00-17:00"\n'
    theirs = house(text, LAWS)
    assert theirs.kind("fca-ack").calendar == "law"
    assert theirs.kind("reply").calendar == "owner"
