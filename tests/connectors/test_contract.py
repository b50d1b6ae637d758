"""What every connector promises, asked of each: once however often, found by its key, exact about what it knows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from makegood.connectors import line
from makegood.connectors.base import LONGEST_SENTENCE, Fate
from tests.connectors.benches import ALL, OVER_A_NETWORK, SECRET, Bench, bench
from tests.connectors.fake_api import (
    CUT_AFTER,
    CUT_BEFORE,
    DRIP,
    ELSEWHERE,
    FAIL_AFTER,
    FAIL_BEFORE,
    GARBAGE,
    TOO_MANY,
)

MAY_HAVE_HAPPENED = (CUT_AFTER, CUT_BEFORE, FAIL_AFTER, FAIL_BEFORE, GARBAGE)
LOST_AFTER = (CUT_AFTER, FAIL_AFTER, GARBAGE)


@pytest.fixture(params=ALL)
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench(request.param, tmp_path) as found:
        yield found


@pytest.fixture(params=OVER_A_NETWORK)
def far(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with bench(request.param, tmp_path) as found:
        yield found


# ── all of them ──────────────────────────────────────────────────────────────


def test_an_order_carried_out_twice_has_one_effect_and_one_answer(each: Bench) -> None:
    first = each.connector.carry_out(each.order)
    again = each.connector.carry_out(each.order)
    assert again == first
    if each.connector.name == "by_hand":
        assert first.fate is Fate.BY_HAND
        assert first.sentence == "Ridge Tent (219.00 USD)"
    else:
        assert first.fate is Fate.DONE
        assert first.reference
        assert each.effects() == 1


def test_an_order_is_found_by_its_key_and_another_is_not(each: Bench) -> None:
    assert each.connector.ask(each.order) is None
    done = each.connector.carry_out(each.order)
    if done.fate is Fate.BY_HAND:
        proven = replace(each.order, evidence="Receipt 4711, handed over at the counter")
        found = each.connector.ask(proven)
        assert found is not None
        assert (found.fate, found.evidence) == (Fate.DONE, proven.evidence)
        return
    found = each.connector.ask(each.order)
    assert found is not None
    assert (found.fate, found.reference, found.evidence) == (Fate.DONE, done.reference, done.evidence)
    assert each.connector.ask(replace(each.order, key="another")) is None


def test_two_workers_at_once_have_one_effect(each: Bench) -> None:
    with ThreadPoolExecutor(4) as pool:
        fates = {outcome.fate for outcome in pool.map(each.connector.carry_out, [each.order] * 4)}
    assert fates <= {Fate.DONE, Fate.BY_HAND}
    assert each.effects() <= 1


def test_taking_back_says_what_can_be_done(each: Bench) -> None:
    done = each.connector.carry_out(each.order)
    back = each.connector.reverse(replace(each.order, reference=done.reference))
    assert back.fate in (Fate.DONE, Fate.NEVER, Fate.BY_HAND)
    assert back.sentence or back.fate is Fate.DONE


def test_what_a_connector_does_not_do_is_trouble_that_says_so_and_calls_nobody(far: Bench) -> None:
    outcome = far.connector.carry_out(replace(far.order, kind="replacement"))
    assert outcome.fate is Fate.TROUBLE
    assert "by hand" in outcome.sentence
    assert far.api is not None
    assert far.api.asked == []


# ── over a network ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("mood", MAY_HAVE_HAPPENED)
def test_what_may_have_happened_is_unknown_and_is_asked_for_before_it_is_done_again(far: Bench, mood: str) -> None:
    far.next_goes(mood)
    assert far.connector.carry_out(far.order).fate is Fate.UNKNOWN
    found = far.connector.ask(far.order)
    assert (found is not None) == (mood in LOST_AFTER)
    again = far.connector.carry_out(far.order)
    assert again.fate is Fate.DONE
    assert found is None or found.reference == again.reference
    assert far.effects() == 1


@pytest.mark.parametrize("mood", LOST_AFTER)
def test_they_may_forget_our_key_and_still_be_asked(far: Bench, mood: str) -> None:
    far.next_goes(mood)
    far.connector.carry_out(far.order)
    assert far.api is not None
    kept: dict[str, object] = far.api.answer.__self__.kept  # type: ignore[attr-defined]
    kept.clear()
    found = far.connector.ask(far.order)
    assert found is not None
    assert found.fate is Fate.DONE
    assert far.effects() == 1


def test_an_answer_that_drips_in_for_ever_is_unknown(far: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TIMEOUT", 0.15)
    far.next_goes(DRIP)
    outcome = far.connector.carry_out(far.order)
    assert (outcome.fate, outcome.code) == (Fate.UNKNOWN, "timed-out")
    assert far.effects() == 1


def test_too_many_requests_means_later_and_not_sooner_than_they_say(far: Bench) -> None:
    far.next_goes(TOO_MANY)
    outcome = far.connector.carry_out(far.order)
    assert (outcome.fate, outcome.code, outcome.wait) == (Fate.LATER, "too-many", timedelta(seconds=7))
    assert far.effects() == 0


def test_a_wrong_key_is_trouble_that_names_the_setting_and_not_the_key(far: Bench) -> None:
    assert far.locked_out is not None
    outcome = far.locked_out.carry_out(far.order)
    assert (outcome.fate, outcome.code) == (Fate.TROUBLE, "key-refused")
    assert "MAKEGOOD_" in outcome.sentence
    assert "wrong" not in repr(outcome)
    assert far.effects() == 0


def test_an_address_that_leads_elsewhere_is_not_followed(far: Bench) -> None:
    far.next_goes(ELSEWHERE)
    assert far.connector.carry_out(far.order).code == "led-elsewhere"


def test_they_cannot_be_asked_now_is_not_that_they_do_not_have_it(far: Bench) -> None:
    far.next_goes(CUT_AFTER)
    far.connector.carry_out(far.order)
    assert far.api is not None
    far.api.read_moods.append(FAIL_BEFORE)
    found = far.connector.ask(far.order)
    assert found is not None
    assert found.fate is Fate.UNKNOWN


def test_neither_a_key_nor_a_code_is_in_what_is_logged(far: Bench) -> None:
    done = far.connector.carry_out(far.order)
    for secret in ("sk_test_51", "shpat_fake", SECRET, done.shown_once or SECRET):
        assert secret not in repr(done)
    assert len(done.sentence) <= LONGEST_SENTENCE
