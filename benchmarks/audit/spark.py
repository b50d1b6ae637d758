"""The whole audit of one log on a Spark cluster, its tables into a folder; says how long it took to get a session."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.audit.policy import POLICY
from makegood.audit.engines import Spark
from makegood.audit.run import run

log, master, out = sys.argv[1:4]
began = time.perf_counter()
with tempfile.TemporaryDirectory(prefix="spark-", dir=Path(log).parent) as folder:
    engine = Spark(folder, master=master, settings={"spark.executor.memory": "2500m"})
    ready = time.perf_counter() - began
    outcome = run(log, policies=[POLICY], as_of=None, engine=engine, out=out)
    engine.close()
print(f"of which start-up {ready:.1f} s; {outcome.cases:,} cases, {sum(outcome.findings.values()):,} findings")
