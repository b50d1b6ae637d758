"""DuckDB finds in all cases at once exactly what the rule book finds in each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

pytest.importorskip("ibis", reason="needs the extra `audit`: pip install 'makegood[audit]'")

from makegood.audit.engines import DuckDB
from makegood.rules.logs import LogEvent
from makegood.rules.policy_file import read
from makegood.rules.spans import parse
from tests.agreement.engines import Row, all_at_once, one_by_one
from tests.agreement.random_logs import FRIDAY, random_log
from tests.rules.policy_texts import HOUSE

POLICY = read(HOUSE, version=1, name="house")
SILENCE = POLICY.kinds["silence"]


def silent_for(limit: str, *, budget: int = 2) -> object:
    kinds = {**POLICY.kinds, "silence": replace(SILENCE, within=parse(limit))}
    return replace(POLICY, kinds=kinds, handoff_budget=budget)


OTHERS = {limit: silent_for(limit, budget=1) for limit in ("26 hours", "2 days", "end of 3 business days")}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDB]:
    engine = DuckDB(tmp_path_factory.mktemp("work"), memory="200MB", threads=1)
    yield engine
    engine.close()


@settings(
    max_examples=6,
    deadline=None,
    # The first difference is told case by case, so nothing is gained by looking for a smaller seed.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), other=st.sampled_from(sorted(OTHERS)), days=st.none() | st.integers(1, 30))
def test_a_random_log_is_judged_alike_one_by_one_and_all_at_once(
    seed: int, other: str, days: int | None, engine: DuckDB, tmp_path: Path
) -> None:
    events = random_log(seed, cases=150)
    as_of = max(e.at for e in events) if days is None else FRIDAY + timedelta(days=days, seconds=1, microseconds=5)
    policies = [POLICY, OTHERS[other]]

    verdicts = all_at_once(events, engine, tmp_path, policies=policies, as_of=None if days is None else as_of)

    for policy, (facts, found) in zip(policies, verdicts, strict=True):
        one_facts, one_found = one_by_one(events, policy=policy, as_of=as_of)
        assert_same(facts, one_facts, events)
        assert_same(found, one_found, events, case=1)


def assert_same(ours: list[Row], theirs: list[Row], events: list[LogEvent], *, case: int = 0) -> None:
    """Say at the first difference which case it is in, row by row."""
    if ours == theirs:
        return
    different = {row[case] for row in {*ours} ^ {*theirs}} or {row[case] for row in ours}
    first = min(different)
    told = sorted((e for e in events if e.case_id == first), key=lambda e: (e.at, e.row))
    shown = [*map(str, told), "all at once:", *(str(r) for r in ours if r[case] == first)]
    shown += ["one by one:", *(str(r) for r in theirs if r[case] == first)]
    pytest.fail("\n".join(shown))
