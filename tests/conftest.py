"""What all tests share: a home of their own, the cast, and a clock that stands still."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

# Before Django reads its settings: nothing a test does may touch the folder a person works in.
os.environ.setdefault("MAKEGOOD_HOME", tempfile.mkdtemp(prefix="makegood-tests-"))

CHICAGO = ZoneInfo("America/Chicago")
MONDAY_TEN = datetime(2026, 3, 2, 10, 0, tzinfo=CHICAGO).astimezone(UTC)


@pytest.fixture
def monday_ten() -> datetime:
    """Monday 2 March 2026, 10:00 in Chicago: a quiet week before the clocks change."""
    return MONDAY_TEN


@pytest.fixture
def cast(db: None, monday_ten: datetime) -> Iterator[object]:
    """Larkfield Outdoor, its staff and its policy, in an empty database."""
    from makegood.demo import cast as the_cast
    from makegood.desk import facts

    facts.forget_policies()
    yield the_cast.load(now=monday_ten, password=None)
    facts.forget_policies()
