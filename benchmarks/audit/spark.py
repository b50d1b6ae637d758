"""The whole audit of one log on a Spark cluster; says how long it took to get a session."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.audit.policy import POLICY
from makegood.audit.engines import Spark
from makegood.audit.run import run

began = time.perf_counter()
with tempfile.TemporaryDirectory(prefix="spark-", dir=Path(sys.argv[1]).parent) as folder:
    engine = Spark(folder, master=sys.argv[2], settings={"spark.executor.memory": "2500m"})
    ready = time.perf_counter() - began
    outcome = run(sys.argv[1], policies=[POLICY], as_of=None, engine=engine, out=Path(folder) / "out")
    engine.close()
print(f"of which start-up {ready:.1f} s; {outcome.cases:,} cases, {sum(outcome.findings.values()):,} findings")
