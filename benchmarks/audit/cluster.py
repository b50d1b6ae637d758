"""A real standalone Spark cluster on this machine: one master and two workers, from the pip package."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from benchmarks.audit.policy import POLICY
from makegood.audit.engines import DuckDB
from makegood.audit.run import run

WORKERS = 2
PATIENCE = 300
"""Seconds for each part of the cluster to come up: on a busy machine Java alone takes half a minute."""
DAEMONS = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m"}


@contextmanager
def cluster(*, memory: str = "3g") -> Iterator[str]:
    """Start a master and its workers, yield the master's address, and end them and all that they started."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port, pages = _free_port(), _free_port()
    master = f"spark://127.0.0.1:{port}"
    deploy, here = "org.apache.spark.deploy", ["--host", "127.0.0.1"]
    processes: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="makegood-cluster-", ignore_cleanup_errors=True) as work:
        one = [f"{deploy}.worker.Worker", *here, "--cores", "1", "--memory", memory, "--webui-port", "0"]
        try:
            ports = ["--port", str(port), "--webui-port", str(pages)]
            processes.append(_start(home, [f"{deploy}.master.Master", *here, *ports]))
            _wait(pages, processes, workers=0)
            processes += [_start(home, [*one, "--work-dir", work, master]) for _nth in range(WORKERS)]
            _wait(pages, processes, workers=WORKERS)
            yield master
        finally:
            for process in reversed(processes):
                _end(process)


def _start(home: Path, command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(home / "bin" / "spark-class"), *command],
        env={**os.environ, "SPARK_HOME": str(home), **DAEMONS},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that what it starts can be ended with it
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=30)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(pages: int, processes: list[subprocess.Popen[bytes]], *, workers: int) -> None:
    """Wait until the master answers and knows so many workers. Raises TimeoutError; RuntimeError where one ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any(process.poll() is not None for process in processes):
            raise RuntimeError("a part of the cluster ended by itself")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{pages}/json/", timeout=5) as answer:
                if json.load(answer)["aliveworkers"] >= workers:
                    return
        except (OSError, ValueError, KeyError):
            pass
        time.sleep(0.25)
    raise TimeoutError(f"the cluster did not come up in {PATIENCE} s")


def on_a_cluster(log: Path, events: int) -> None:
    """Print how long the audit of a log takes on a cluster, and how much of it is start-up.

    Raises RuntimeError where a case or a finding is not what DuckDB makes of it.
    """
    with tempfile.TemporaryDirectory(prefix="makegood-tables-", dir=log.parent) as folder:
        here, there = Path(folder) / "here", Path(folder) / "there"
        with cluster() as master:
            started = time.perf_counter()
            command = [sys.executable, "-m", "benchmarks.audit.spark", str(log), master, str(there)]
            found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            took = time.perf_counter() - started
        print(f"{events:,} events on Spark, {WORKERS} workers: {took:.1f} s, {found.stdout.strip()}", flush=True)
        engine = DuckDB(Path(folder))
        run(log, policies=[POLICY], as_of=None, engine=engine, out=here)
        engine.close()
        for name in ("cases", "findings"):
            _compare(here / f"{name}.parquet", there / f"{name}.parquet")
    print("every case and every finding is the same on DuckDB", flush=True)


def _compare(here: Path, there: Path) -> None:
    for one, other in ((here, there), (there, here)):
        (more,) = duckdb.sql(f"select count(*) from (from '{one}' except all from '{other}')").fetchall()[0]
        if more:
            raise RuntimeError(f"{more:,} rows of {one} are not in {other}")
