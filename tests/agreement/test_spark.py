"""Spark finds in all cases at once exactly what the rule book finds in each by itself.

Start-up takes longer than everything else, so one log is judged here; DuckDB judges more of them.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("ibis", reason="needs the extra `audit`: pip install 'makegood[audit]'")
pytest.importorskip("pyspark", reason="needs the extra `spark`: pip install 'makegood[audit,spark]'")

from makegood.audit.engines import Spark
from makegood.rules import verdicts
from makegood.rules.checks.check import Check
from tests.agreement.engines import all_at_once, one_by_one
from tests.agreement.random_logs import random_log
from tests.agreement.test_duckdb import OTHERS, POLICY, assert_same

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java (Debian's openjdk-17-jre-headless)"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own
]

EVERY_CHECK = {check.code for check in vars(verdicts).values() if isinstance(check, Check)}
"""Those that a log can be judged by; the remedies' MG701 and MG702 among them."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    settings = {"spark.sql.shuffle.partitions": "2", "spark.default.parallelism": "2"}
    engine = Spark(str(tmp_path_factory.mktemp("work")), master="local[2]", settings=settings)
    yield engine
    engine.close()
    logging.getLogger("py4j").setLevel(logging.WARNING)  # else it talks to a stream that pytest has closed


def test_a_random_log_in_which_every_check_finds_something_is_judged_alike_one_by_one_and_by_spark(
    engine: Spark, tmp_path: Path
) -> None:
    events = random_log(1, cases=150)
    policies = [POLICY, OTHERS["26 hours"]]

    judged = all_at_once(events, engine, tmp_path, policies=policies, as_of=None)

    for policy, (facts, found) in zip(policies, judged, strict=True):
        one_facts, one_found = one_by_one(events, policy=policy, as_of=max(e.at for e in events))
        assert {code for code, *_ in one_found} == EVERY_CHECK
        assert_same(facts, one_facts, events)
        assert_same(found, one_found, events, case=1)
