"""One audit: a log in, its tables out.

    cases       one row a case: the facts
    findings    one row for each thing that a check found
    facts.json  how much there is of each

Findings under a second policy and so on go to `findings.2`, `findings.3` …; what does not depend on the policy is
the same in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from makegood.rules.histories import History
from makegood.rules.policy import Policy

from . import facts
from .engines import Engine
from .findings import MOMENTS, findings, named
from .log import moment, scan

if TYPE_CHECKING:
    import ibis.expr.types as ir

Progress = Callable[[str, int], None]
"""Told what comes next, and how many rows it is about."""

CASES = tuple(field.name for field in fields(History))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one audit found, in numbers."""

    engine: str
    as_of: datetime
    events: int
    cases: int
    findings: dict[str, int]
    """How many of each code, under the first policy."""
    knows: dict[str, bool]
    """What the log records at all (`rules.histories.Knows`)."""


def run(
    log: str | Path,
    *,
    policies: Sequence[Policy],
    as_of: datetime | None,
    engine: Engine,
    out: str | Path,
    progress: Progress | None = None,
) -> Outcome:
    """Judge a log under each policy and write the tables into `out`.

    Without `as_of` the day of the audit is that of the log's last row. Raises NothingToAudit.
    """
    tell = progress or (lambda _what, _rows: None)
    table = engine.log(str(log))
    tell("looking through the log", 0)
    looked = scan(engine, table, as_of=as_of)
    tell("telling each case's story", looked.rows)
    told = facts.tell(engine, table, looked, policies[0])
    tell("writing the facts", looked.rows)
    engine.write(facts.named(told).select(*CASES), str(out), "cases", moments=facts.MOMENTS)
    tell("asking the checks", looked.rows)
    counts = _write_findings(told, str(out), "findings")
    for nth, policy in enumerate(policies[1:], 2):
        tell(f"asking them again under {policy.name}", looked.rows)
        _write_findings(facts.under(told, policy), str(out), f"findings.{nth}")
    outcome = Outcome(
        engine=engine.name,
        as_of=moment(looked.as_of),
        events=looked.rows,
        cases=engine.rows(told.cases.aggregate(cases=told.cases.count()))[0]["cases"],
        findings=counts,
        knows=asdict(looked.known),
    )
    if "://" not in str(out):
        _write_facts(outcome, Path(out))
    return outcome


def _write_findings(told: facts.Told, out: str, name: str) -> dict[str, int]:
    found: ir.Table = told.engine.keep(findings(told), "findings")
    told.engine.write(named(found, told), out, name, moments=MOMENTS)
    counted = found.group_by("code").aggregate(count=found.count())
    return dict(sorted((row["code"], row["count"]) for row in told.engine.rows(counted)))


def _write_facts(outcome: Outcome, out: Path) -> None:
    told = {**asdict(outcome), "as_of": outcome.as_of.isoformat()}
    (out / "facts.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
