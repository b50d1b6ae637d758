"""A session of Spark: whether one can be had, how it starts without a word on the terminal, how it ends.

Spark reads its own settings from `spark-defaults.conf` and from `PYSPARK_SUBMIT_ARGS`; ours win over the former
and give way to the latter.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .words import gettext as _

STANDALONE = "spark://"
ANSWERS_WITHIN = 5.0
"""Seconds in which a master has to take a connection."""
STARTS_WITHIN = 600.0
"""Seconds in which a first worker has to begin: others may be using the cluster."""
LOOKS_EVERY = 0.2

OURS = {
    "spark.app.name": "makegood audit",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "16",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.ansi.enabled": "true",
}


class NoSpark(Exception):  # noqa: N818  (a refusal, as the house calls it)
    """Spark can't be had as asked. The text is for people."""


def refuse_early(master: str) -> None:
    """Raise NoSpark where it is plain beforehand that nothing can be computed: no Java, nobody at the address."""
    if not _java():
        raise NoSpark(_("Spark needs Java 17, and there is none here: install Debian's openjdk-17-jre-headless."))
    if master.startswith(STANDALONE) and not any(map(_answers, master.removeprefix(STANDALONE).split(","))):
        raise NoSpark(_("No Spark master answers at {master}.").format(master=master))


def start(master: str, settings: dict[str, str], *, log: Path | None) -> Any:
    """Return a session. What Java says goes to the file `log`, or to standard error. Raises NoSpark."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    start_java: Any = launch_gateway  # which has no types
    conf = SparkConf(loadDefaults=False).setAll([*OURS.items(), *settings.items(), ("spark.master", master)])
    try:
        if log is None:
            gateway: Any = start_java(conf)
        else:
            with log.open("ab") as written:
                gateway = start_java(conf, {"stdout": written, "stderr": subprocess.STDOUT})
    except PySparkRuntimeError:
        raise NoSpark(_("Java could not be started for Spark, which needs version 17.")) from None
    try:
        session = SparkSession(SparkContext(gateway=gateway))
        if log is None:
            session.sparkContext.setLogLevel("ERROR")
        _wait_for_a_worker(session, master)
    except BaseException:
        end(None)
        raise
    return session


def end(session: Any) -> None:
    """End a session, and the Java process it ran in."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    with suppress(Py4JError, OSError):  # it may be dead already
        if session is not None:
            session.stop()
        elif SparkContext._active_spark_context is not None:
            SparkContext._active_spark_context.stop()
    gateway, SparkContext._gateway, SparkContext._jvm = SparkContext._gateway, None, None
    if gateway is None:
        return
    with suppress(Py4JError, OSError):
        gateway.shutdown()
    if gateway.proc is not None:
        gateway.proc.stdin.close()  # which Java takes for its end
        with suppress(subprocess.TimeoutExpired):
            gateway.proc.wait(timeout=30)
            return
        gateway.proc.kill()
        gateway.proc.wait()


def reason(error: Exception) -> str | None:
    """Return in one line why Spark failed; None for errors that are not Spark's."""
    if type(error).__module__.partition(".")[0] not in ("pyspark", "py4j"):
        return None
    cause, text = getattr(error, "java_exception", None), ""
    with suppress(Exception):  # Java may be gone
        while cause is not None:
            text, cause = str(cause.getMessage() or cause.toString()), cause.getCause()
    lines = (text or str(error)).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".")


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None) is not None


def _answers(address: str) -> bool:
    try:
        parts = urlsplit(f"//{address}")
        with socket.create_connection((parts.hostname or "", parts.port or 7077), timeout=ANSWERS_WITHIN):
            return True
    except (OSError, ValueError):
        return False


def _wait_for_a_worker(session: Any, master: str) -> None:
    """Spark itself would wait for ever, saying nothing. The driver counts as one."""
    if not master.startswith(STANDALONE):
        return
    known = session.sparkContext._jsc.sc().statusTracker()
    for _nth in range(round(STARTS_WITHIN / LOOKS_EVERY)):
        if len(known.getExecutorInfos()) > 1:
            return
        time.sleep(LOOKS_EVERY)
    memory = session.conf.get("spark.executor.memory", "1g")
    text = _("No worker of {master} took the work: it needs one with a core and {memory} of memory free.")
    raise NoSpark(text.format(master=master, memory=memory))
