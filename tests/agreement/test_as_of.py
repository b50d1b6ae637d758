"""To look as of an earlier day is to look at the log as it was on that day: nothing later is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

pytest.importorskip("ibis", reason="needs the extra `audit`: pip install 'makegood[audit]'")

from makegood.audit.engines import DuckDB
from makegood.rules.logs import LogEvent
from tests.agreement.engines import Verdict, all_at_once, one_by_one
from tests.agreement.random_logs import random_log
from tests.agreement.test_duckdb import POLICY


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), hours=st.integers(1, 24 * 25))
def test_as_of_a_moment_is_the_log_cut_at_that_moment(seed: int, hours: int, tmp_path: Path) -> None:
    events = random_log(seed, cases=80)
    as_of = min(e.at for e in events) + timedelta(hours=hours, microseconds=7)
    cut = [event for event in events if event.at <= as_of]
    (whole,), (known_then,) = (_judged(log, tmp_path / name, as_of) for log, name in ((events, "all"), (cut, "cut")))
    assert whole == known_then
    assert one_by_one(events, policy=POLICY, as_of=as_of) == one_by_one(cut, policy=POLICY, as_of=as_of)


def test_a_row_at_the_very_moment_is_known_and_one_a_microsecond_later_is_not(tmp_path: Path) -> None:
    events = random_log(3, cases=20)
    last = max(e.at for e in events)
    ((facts, _),) = _judged(events, tmp_path / "at", last)
    ((before, _),) = _judged(events, tmp_path / "before", last - timedelta(microseconds=1))
    assert max(row[2] for row in facts) == last
    assert max(row[2] for row in before) < last


def _judged(events: Sequence[LogEvent], folder: Path, as_of: datetime) -> list[Verdict]:
    folder.mkdir(exist_ok=True)
    engine = DuckDB(folder / "work", memory="200MB", threads=1)
    try:
        return all_at_once(events, engine, folder, policies=[POLICY], as_of=as_of)
    finally:
        engine.close()
