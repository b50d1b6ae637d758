"""Values are changed quickly, and as `dataclasses.replace` changes them."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from makegood.rules import cases
from makegood.rules import events as ev
from makegood.rules.promises import Promise
from makegood.rules.values import replace
from tests.rules.company import Desk

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROMISE = Promise(
    number=1, kind="reply", source="policy", from_at=NOON, owed_at=NOON, due_at=NOON, calendar="chicago", contact=7
)


def lived() -> Desk:
    desk = Desk("2026-03-02 10:00")
    desk.sends("2026-03-02 11:00", "ask")
    desk.watch("2026-03-20 11:00")
    return desk


def test_a_changed_value_is_what_its_constructor_would_have_made() -> None:
    changed = replace(PROMISE, kept_at=NOON, kept_by=3)

    assert changed == dataclasses.replace(PROMISE, kept_at=NOON, kept_by=3)
    assert hash(changed) == hash(dataclasses.replace(PROMISE, kept_at=NOON, kept_by=3))
    assert PROMISE.kept_at is None


def test_a_changed_value_can_no_more_be_written_to_than_the_first() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(PROMISE, kept_by=3).kept_by = 4  # type: ignore[misc]


def test_a_field_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="Promise has no mood"):
        replace(PROMISE, mood="calm")  # type: ignore[call-arg]


def test_a_promise_that_a_journal_made_has_what_its_constructor_gives_it() -> None:
    desk = lived()
    for made in (event for event in desk.story if isinstance(event, ev.PromiseMade)):
        own = {f.name: getattr(made, f.name) for f in dataclasses.fields(Promise) if hasattr(made, f.name)}
        before = cases.fold(desk.story[: desk.story.index(made)])

        assert cases.after(before, made).promise(made.number) == Promise(**own, owed_at=made.at)


def test_what_happens_leaves_the_case_before_it_as_it_was() -> None:
    first, *rest = lived().story
    case = cases.opened(first)
    for event in rest:
        before = dict(vars(case))
        after = cases.after(case, event)

        assert vars(case) == before
        assert after.last_at == max(case.last_at, event.at)
        case = after
