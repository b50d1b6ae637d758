"""A row of a log is checked before anybody believes it."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from makegood.rules.logs import COLUMNS, LogEvent, LogRefused, What

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def row(**more: Any) -> LogEvent:
    return LogEvent(**{"case_id": "A-1", "at": NOON, "row": 1, "what": "note", **more})


def test_the_columns_of_the_table_are_the_fields_of_a_row_in_their_order() -> None:
    assert list(COLUMNS) == [field.name for field in fields(LogEvent)]


def test_a_time_of_another_zone_is_kept_in_utc_and_a_word_becomes_one_of_ours() -> None:
    event = row(at=datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=1))))

    assert event.at == NOON
    assert event.at.tzinfo is UTC
    assert event.what is What.NOTE


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2026, 3, 2, 12)),  # noqa: DTZ001  (that is the point)
        ("at", datetime(1900, 1, 1, tzinfo=UTC)),
        ("at", datetime(9999, 12, 31, tzinfo=UTC)),
        ("due_at", datetime(2026, 3, 2, 12)),  # noqa: DTZ001
        ("case_id", ""),
        ("case_id", " "),
        ("row", 0),
        ("what", "closed"),
        ("what", None),
        ("state", "shut"),
        ("actor", "robot"),
        ("team", ""),
    ],
)
def test_what_no_row_may_say_is_refused_with_its_column_and_value(column: str, value: object) -> None:
    with pytest.raises(LogRefused) as refused:
        row(**{column: value})

    assert refused.value.column == column
    assert refused.value.value == value
