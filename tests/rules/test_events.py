"""The journal's vocabulary: every event goes into plain values and comes back the same."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.rules import cases, written_events
from makegood.rules import events as ev
from tests.rules.company import Desk

MOMENTS = st.datetimes(timezones=st.just(UTC))
STRANGE = st.datetimes(timezones=st.sampled_from([timezone(timedelta(hours=5, minutes=45)), UTC]))
NUMBERS = st.integers(1, 2**40)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=30),
    bool: st.booleans(),
    int: NUMBERS,
    int | None: st.none() | NUMBERS,
    datetime: MOMENTS | STRANGE,
    datetime | None: st.none() | MOMENTS,
    tuple[int, ...]: st.lists(NUMBERS, max_size=4).map(tuple),
    tuple[str, ...]: st.lists(st.text(max_size=10), max_size=4).map(tuple),
}


@cache
def events(kind: type[ev.Event]) -> st.SearchStrategy[ev.Event]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{f.name: VALUES[hints[f.name]] for f in fields(kind)})


@given(st.sampled_from(sorted(ev.KINDS)).flatmap(lambda name: events(ev.KINDS[name])))
def test_every_event_comes_back_from_json_as_it_was(event: ev.Event) -> None:
    written = json.loads(json.dumps(written_events.plain(event)))

    assert written_events.from_plain(event.name, event.at, event.by, written) == event


def test_names_are_a_place_and_what_happened_there() -> None:
    for name, kind in ev.KINDS.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z]+", name), name
        place = name.partition(".")[0]
        assert kind.__name__.lower().startswith(place[:4]), (name, kind)


def test_the_fold_knows_every_event_but_the_opening() -> None:
    assert set(cases._MEANING) == set(ev.KINDS.values()) - {ev.CaseOpened}


def test_a_name_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        written_events.from_plain("case.evaporated", datetime(2026, 3, 2, tzinfo=UTC), None, {})


def test_a_field_of_a_later_version_is_passed_over() -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)

    assert written_events.from_plain("case.closed", at, 1, {"mood": "calm"}) == ev.CaseClosed(at=at, by=1)


def test_a_field_that_came_later_is_written_only_where_it_says_something() -> None:
    """What an earlier version wrote has the same hash today, and is read as it was."""
    at = datetime(2026, 3, 2, tzinfo=UTC)
    made = ev.PromiseMade(
        at=at, number=1, kind="reply", source="policy", due_at=at, calendar="chicago", zone="UTC", from_at=at
    )
    written = written_events.plain(made)

    assert "remedy" not in written
    assert written_events.from_plain(made.name, at, None, written) == made
    assert written_events.plain(replace(made, remedy=3))["remedy"] == 3


def test_a_whole_story_survives_the_journal() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "ask")
    desk.watch("2026-03-10 11:00")

    plain = [(e.name, e.at, e.by, json.loads(json.dumps(written_events.plain(e)))) for e in desk.story]

    assert cases.fold(written_events.from_plain(*entry) for entry in plain) == desk.case


def test_a_story_opens_with_its_case() -> None:
    with pytest.raises(ValueError, match=r"opens with case\.opened"):
        cases.fold([ev.CaseClosed(at=datetime(2026, 3, 2, tzinfo=UTC))])
    with pytest.raises(ValueError, match="without events"):
        cases.fold([])
