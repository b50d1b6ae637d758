"""A real standalone Spark cluster on this machine: one master and two workers, from the pip package."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = 2
PATIENCE = 180


@contextmanager
def cluster(*, memory: str = "3g") -> Iterator[str]:
    """Start a master and its workers, yield the master's address, and end them."""
    from pyspark.find_spark_home import _find_spark_home

    home = Path(_find_spark_home())
    port, pages = _free_port(), _free_port()
    master = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [[f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(pages)]]
    one = [f"{deploy}.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", memory, "--webui-port", "0"]
    commands += [[*one, master]] * WORKERS
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            processes.append(_start(home, command, environment))
            _wait(pages, workers=len(processes) - 1)
        yield master
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(timeout=60)


def _start(home: Path, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [str(home / "bin" / "spark-class"), *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(pages: int, *, workers: int) -> None:
    """Wait until the master answers and knows so many workers. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{pages}/json/", timeout=5) as answer:
                if json.load(answer)["aliveworkers"] >= workers:
                    return
        except (OSError, ValueError, KeyError):
            pass
        time.sleep(0.5)
    raise TimeoutError(f"the cluster did not come up in {PATIENCE} s")


def on_a_cluster(log: Path, events: int) -> None:
    """Print how long the audit of a log takes on a cluster, and how much of it is start-up."""
    with cluster() as master:
        started = time.perf_counter()
        found = subprocess.run(
            [sys.executable, "-m", "benchmarks.audit.spark", str(log), master],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        took = time.perf_counter() - started
    print(f"{events:,} events on Spark, {WORKERS} workers: {took:.1f} s, {found.stdout.strip()}", flush=True)
