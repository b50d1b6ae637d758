"""Measure and print: see the package."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from . import post
from .side import Side

CACHE = Path("var/bench")
PEER = "django-helpdesk"
#: First letters that both desks have taken in before: what is answered to.
BASE = 400
SEED_OF_BASE, SEED = 1, 2


def main() -> None:
    """Read the command line, then measure speed or memory."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    asked.add_argument("--mails", type=int, default=2000, help="mails of one run")
    asked.add_argument("--repeat", type=int, default=3, help="runs of each side, taking turns")
    asked.add_argument("--memory", type=int, default=0, metavar="N", help="instead, watch the memory over N mails")
    told = asked.parse_args()
    server = os.environ.get("MAKEGOOD_DATABASE_URL", "")
    CACHE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="intake-", dir=CACHE)).resolve()
    try:
        if told.memory:
            watch_memory(folder, told.memory)
        else:
            compare(folder, server, mails=told.mails, repeat=told.repeat)
    finally:
        shutil.rmtree(folder)


def compare(folder: Path, server: str, *, mails: int, repeat: int) -> None:
    """Give both desks the same mails, taking turns, and print what they made of them a second."""
    python, version = peer_environment()
    mine = Side(
        name="Makegood",
        command=(sys.executable, "-m", "benchmarks.intake.ours"),
        home_name="MAKEGOOD_HOME",
        url_name="MAKEGOOD_DATABASE_URL",
        folder=folder,
        server=server,
    )
    theirs = Side(
        name=f"{PEER} {version}",
        command=(str(python), str(Path(__file__).with_name("peer_desk.py"))),
        home_name="PEER_HOME",
        url_name="PEER_DATABASE_URL",
        folder=folder,
        server=server,
    )
    size = make_mails(folder, mine, theirs, count=mails)
    print(
        f"{database_of(server)}; {mails:,} mails of {size / mails / 1000:.1f} KB, {repeat} runs each, taking turns",
        flush=True,
    )
    runs = []
    for nth in range(repeat):
        runs.append((mine.take(folder / "mails", nth), theirs.take(folder / "mails", nth)))
        print(
            f"  run {nth + 1}: " + ", ".join(f"{run['wall']:.1f} s, CPU {run['cpu']:.1f} s" for run in runs[-1]),
            flush=True,
        )
    for kind, word in (("wall", "by the clock"), ("cpu", "a CPU second of the program")):
        print(f"mails {word}, min–median–max")
        for nth, side in enumerate((mine, theirs)):
            print(f"  {side.name:24} {spread(run[nth]['mails'] / run[nth][kind] for run in runs)}")
        print(f"  {'ratio':24} {spread((b[kind] / a[kind] for a, b in runs), digits=1)}")
    print(f"afterwards: Makegood {runs[-1][0]}; {PEER} {runs[-1][1]}")


def make_mails(folder: Path, mine: Side, theirs: Side, *, count: int) -> int:
    """Write the mails, whose answers name the threads as both desks know them; returns their bytes."""
    write(folder / "first", post.first_letters(range(BASE), seed=SEED_OF_BASE))
    shutil.copytree(folder / "first", folder / "first of the peer")
    names, tickets = mine.prepare(folder / "first"), theirs.prepare(folder / "first of the peer")
    threads = []
    for number in range(BASE):
        address = post.person(number, SEED_OF_BASE).address
        threads.append(post.Thread(number=number, message_id=names[address], tag=f"[care-{tickets[address]}]"))
    return write(folder / "mails", post.morning(count, threads, seed=SEED, base=SEED_OF_BASE))


def write(folder: Path, mails: Iterable[bytes]) -> int:
    """Write each mail into a file of its own; returns their bytes."""
    folder.mkdir()
    return sum((folder / f"{number:06}.eml").write_bytes(raw) for number, raw in enumerate(mails))


def watch_memory(folder: Path, total: int) -> None:
    """Let one process take many mails in, and print what it holds on the way."""
    environment = {**os.environ, "MAKEGOOD_HOME": str(folder), "MAKEGOOD_DATABASE_URL": ""}
    command = [sys.executable, "-m", "benchmarks.intake.ours"]
    print(f"SQLite; {total:,} mails into one process")
    subprocess.run([*command, "prepare"], env=environment, stdout=subprocess.DEVNULL, check=True)
    subprocess.run([*command, "grow", str(total)], env=environment, check=True)


def peer_environment() -> tuple[Path, str]:
    """Return the Python that has the peer, installed on first use, and which version it is."""
    python = CACHE / "helpdesk" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "helpdesk")], check=True)
        packages = [f"{PEER}>=2.6", "psycopg[binary]"]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    ask = f"from importlib.metadata import version; print(version('{PEER}'))"
    said = subprocess.run([str(python), "-c", ask], stdout=subprocess.PIPE, check=True, text=True)
    return python.absolute(), said.stdout.strip()


def database_of(server: str) -> str:
    """Name the database, and say whether what it commits would survive a power cut."""
    if not server:
        return "SQLite, each program with its own settings"
    with psycopg.connect(server) as connection:
        told: Any = [connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")]  # type: ignore[index]
    return "PostgreSQL, durable" if told == ["on", "on"] else "PostgreSQL, NOT durable (fsync is off)"


def spread(numbers: Iterable[float], digits: int = 0) -> str:
    """Write min–median–max."""
    found = sorted(numbers)
    return "–".join(f"{number:,.{digits}f}" for number in (found[0], median(found), found[-1]))


if __name__ == "__main__":
    main()
