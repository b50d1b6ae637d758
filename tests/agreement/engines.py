"""One log judged twice: one by one by the rule book, and all at once by an engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from makegood.audit.engines import Engine
from makegood.audit.run import run
from makegood.rules.histories import History, judge, knows
from makegood.rules.logs import COLUMNS, LogEvent
from makegood.rules.policy import Policy
from makegood.rules.verdicts import find

Row = tuple[Any, ...]
Verdict = tuple[list[Row], list[Row]]
"""The facts of each case and the findings, as rows in order."""

TYPES = {"text": pa.string(), "moment": pa.timestamp("us"), "number": pa.int64(), "truth": pa.bool_()}
FACTS = [field.name for field in fields(History)]
FINDING = ["code", "case_id", "since", "due", "until", "team", "evidence"]


def write(events: Sequence[LogEvent], path: Path) -> None:
    """Write a log as a reader does."""
    columns = {
        name: pa.array([_plain(getattr(event, name)) for event in events], TYPES[kind])
        for name, kind in COLUMNS.items()
    }
    pq.write_table(pa.table(columns), path)


def _plain(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def one_by_one(events: Sequence[LogEvent], *, policy: Policy, as_of: datetime) -> Verdict:
    """Return what the rule book says of each case by itself."""
    known = knows(events, as_of=as_of)
    cases: dict[str, list[LogEvent]] = defaultdict(list)
    for event in events:
        cases[event.case_id].append(event)
    histories = [judge(case, known=known, policy=policy, as_of=as_of) for case in cases.values()]
    facts = [tuple(getattr(history, name) for name in FACTS) for history in histories if history]
    found = [f for case in cases.values() for f in find(case, known=known, policy=policy, as_of=as_of)]
    return sorted(facts), sorted((tuple(getattr(f, name) for name in FINDING) for f in found), key=repr)


def all_at_once(
    events: Sequence[LogEvent], engine: Engine, folder: Path, *, policies: Sequence[Policy], as_of: datetime | None
) -> list[Verdict]:
    """Return what an engine says of them all, under each policy."""
    log = folder / "events.parquet"
    write(events, log)
    run(log, policies=policies, as_of=as_of, engine=engine, out=folder / "out")
    facts = sorted(_read(folder / "out" / "cases.parquet", FACTS))
    names = ["findings", *(f"findings.{nth}" for nth in range(2, len(policies) + 1))]
    return [(facts, sorted(_read(folder / "out" / f"{name}.parquet", FINDING), key=repr)) for name in names]


def _read(path: Path, columns: list[str]) -> list[Row]:
    table = pq.read_table(path, columns=columns)
    return [tuple(_aware(row[name]) for name in columns) for row in table.to_pylist()]


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
