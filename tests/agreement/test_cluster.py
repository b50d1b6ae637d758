"""The command on a real standalone cluster, one master and two workers, finds what it finds on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("ibis", reason="needs the extra `audit`: pip install 'makegood[audit]'")
pytest.importorskip("pyspark", reason="needs the extra `spark`: pip install 'makegood[audit,spark]'")

import pyarrow.parquet as pq

from benchmarks.audit.cluster import cluster

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "uci_incident_700.csv"
SETTINGS = {
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
    # Seven hundred cases are over before Java would have made its code fast.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
}
PATIENCE = 1200
"""Seconds: half a minute where nothing else runs, many times that on a busy machine."""

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java (Debian's openjdk-17-jre-headless)"),
    pytest.mark.skipif(os.environ.get("CLUSTER") != "yes", reason="takes minutes; CLUSTER=yes runs it"),
]


def audit(out: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the seven hundred incidents."""
    mapping = ROOT / "examples" / "mappings" / "uci_incident.toml"
    given = " ".join(f"--conf {name}={value}" for name, value in SETTINGS.items())
    return subprocess.run(
        [sys.executable, "-m", "makegood.cli", "audit", str(DATA), "--map", str(mapping), "--out", str(out), *words],
        cwd=ROOT,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_SUBMIT_ARGS": f"{given} pyspark-shell"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def rows(file: Path) -> list[dict[str, Any]]:
    return sorted(pq.read_table(file).to_pylist(), key=repr)


def lines(file: Path) -> list[str]:
    return sorted(file.read_text("utf-8").splitlines())


@pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not on this machine")
def test_seven_hundred_incidents_are_judged_alike_here_and_on_a_cluster(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    alone = audit(here, "--json")

    with cluster(memory="512m") as master:
        together = audit(there, "--json", "--quiet", "--engine", "spark", "--master", master)

    assert (together.returncode, together.stderr) == (alone.returncode, ""), together.stderr
    assert json.loads(together.stdout)["cases"] == 700
    for name in ("cases", "findings"):
        assert rows(there / f"{name}.parquet") == rows(here / f"{name}.parquet")
        assert pq.read_schema(there / f"{name}.parquet").equals(pq.read_schema(here / f"{name}.parquet"))
        assert lines(there / f"{name}.csv") == lines(here / f"{name}.csv")
    assert {path.name for path in there.iterdir()} == {path.name for path in here.iterdir()}
    assert (there / "report.pdf").stat().st_size > 20_000
