"""F-22: a zone gets another name, or a country gives up changing its clocks, while promises run.

What was promised stays where it was; what is made from then on follows the new rules; the doctor names what differs.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from makegood.config import shipped
from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import policies
from makegood.desk.queries import invariants
from makegood.rules import hours as rule_of_hours
from makegood.rules import policy_file, spans
from makegood.rules.hours import Hours
from tests.watch.house import a_complaint, watch_until

WEEK = dict.fromkeys(range(5), ((time(9), time(17)),))
RENAMED = [("Europe/Kiev", "Europe/Kyiv"), ("America/Godthab", "America/Nuuk"), ("Asia/Calcutta", "Asia/Kolkata")]


@pytest.mark.parametrize(("old", "new"), RENAMED)
def test_a_zone_is_the_same_under_its_old_name_and_its_new_one(old: str, new: str) -> None:
    for start in (datetime(2026, 3, 27, 12, 7, tzinfo=UTC), datetime(2026, 10, 23, 12, 7, tzinfo=UTC)):
        one, other = (Hours(zone=zone, weekly=WEEK).due(start, 20 * 3600) for zone in (old, new))
        assert one == other


@pytest.mark.parametrize("zone", [zone for pair in RENAMED for zone in pair])
def test_a_policy_may_name_either(zone: str) -> None:
    text = shipped.demo_policy().replace("America/Chicago", zone)
    assert text != shipped.demo_policy()
    policy = policy_file.read(text, version=1, name="House", laws=shipped.law_texts())
    assert zone in {hours.zone for hours in policy.calendars.values()}


@pytest.fixture
def chicago_stops_changing_its_clocks(tmp_path: Path) -> Iterator[None]:
    """A newer database of zones, in which Chicago keeps standard time all year, as Regina does."""
    found = resources.files("tzdata").joinpath("zoneinfo", "America", "Regina").read_bytes()
    (tmp_path / "America").mkdir()
    (tmp_path / "America" / "Chicago").write_bytes(found)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[str(tmp_path), *before])
    _forget()
    yield
    zoneinfo.reset_tzpath(to=before)
    _forget()


def _forget() -> None:
    """Do as a process does that starts anew with another database of zones."""
    ZoneInfo.clear_cache()
    rule_of_hours._year.cache_clear()
    facts.forget_policies()


@pytest.fixture
def case(cast: Cast, home: Path) -> models.Case:
    """Came in on Friday before the clocks change: its reply is due on Monday at ten by the clock on the wall."""
    friday_ten = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
    return a_complaint(cast, at=friday_ten)


DUE = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)


def test_a_promise_that_runs_stays_where_it_was_and_the_doctor_names_it(
    case: models.Case, request: pytest.FixtureRequest
) -> None:
    reply = case.promises.get(kind="reply")
    assert reply.due_at == DUE
    assert invariants.every_time_recomputes(now=DUE).holds
    request.getfixturevalue("chicago_stops_changing_its_clocks")
    named = [v.what for v in invariants.every_time_recomputes(now=DUE).violations]
    assert "promise 2 (reply) is due 2026-03-09 15:00 UTC, and its policy says otherwise" in named
    watch_until(DUE)
    reply.refresh_from_db()
    assert (reply.due_at, reply.state, reply.broken_at) == (DUE, "broken", DUE), "it rings when it was promised to"


def test_a_promise_made_from_then_on_follows_the_new_rules(
    chicago_stops_changing_its_clocks: None, case: models.Case
) -> None:
    assert case.promises.get(kind="reply").due_at == DUE + timedelta(hours=1)
    assert invariants.every_time_recomputes(now=DUE).holds


def test_an_entry_says_what_the_new_rules_change_and_nothing_gets_later(
    case: models.Case, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("chicago_stops_changing_its_clocks")
    saturday = DUE - timedelta(days=2)
    before = case.promises.get(kind="reply")
    changed = policies.recompute(case.pk, why="Chicago keeps standard time", now=saturday)
    assert changed >= 1
    told = case.journal.filter(name="promise.recomputed", facts__number=before.number).get()
    assert told.facts["due_at"] == (DUE + timedelta(hours=1)).isoformat()
    assert (told.facts["moved"], told.facts["why"]) == (False, "Chicago keeps standard time")
    assert case.promises.get(kind="reply").due_at == DUE, "he was shown this time"
    assert invariants.every_time_recomputes(now=DUE).holds
    assert invariants.history_is_straight(now=DUE).holds
    assert policies.recompute(case.pk, why="again", now=saturday) == 0, "once"


def test_a_clock_that_the_new_rules_make_due_sooner_is_due_sooner(
    cast: Cast, home: Path, request: pytest.FixtureRequest
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # As if it had been made while Chicago kept standard time: the rules of today say an hour sooner.
        later = spans.due_at
        patch.setattr(spans, "due_at", lambda *words: later(*words) + timedelta(hours=1))
        case = a_complaint(cast, at=datetime(2026, 3, 6, 16, 0, tzinfo=UTC))
    assert case.promises.get(kind="reply").due_at == DUE + timedelta(hours=1)
    policies.recompute(case.pk, why="Chicago changes its clocks after all", now=DUE - timedelta(days=2))
    assert case.promises.get(kind="reply").due_at == DUE
    assert invariants.every_time_recomputes(now=DUE).holds and invariants.history_is_straight(now=DUE).holds
    watch_until(DUE)
    assert case.promises.get(kind="reply").broken_at == DUE
