"""The whole audit of one log: all facts, all checks, all tables. No report."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.audit.policy import POLICY
from makegood.audit.engines import DuckDB
from makegood.audit.run import run

with tempfile.TemporaryDirectory(prefix="audit-", dir=Path(sys.argv[1]).parent) as folder:
    memory = {"memory": sys.argv[2]} if len(sys.argv) > 2 and sys.argv[2] else {}
    engine = DuckDB(Path(folder), **memory)
    outcome = run(sys.argv[1], policies=[POLICY], as_of=None, engine=engine, out=Path(folder) / "out")
    engine.close()
print(f"{outcome.cases:,} cases, {sum(outcome.findings.values()):,} findings")
