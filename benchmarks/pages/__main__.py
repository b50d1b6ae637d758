"""`python -m benchmarks.pages [--cases N | --home FOLDER] [--readers 1,16] [--seconds S] [--pause P]`.

Readers ask again as soon as a page has come, page by page. With `--pause` that is followed by people at work: so
many as the largest number of readers, each of whom opens any of the pages and then looks at it for P seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .house import House
    from .places import Place

LIMIT = 400
"""So many times one page is read at most in one repetition."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--home", default="", help="a MAKEGOOD_HOME with a desk grown before")
    parser.add_argument("--readers", default="1,16")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each page, number of readers and repetition")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds, on average, that people look at a page")
    parser.add_argument("--minutes", type=float, default=2.0, help="how long people are at work")
    asked = parser.parse_args()
    os.environ["MAKEGOOD_HOME"] = asked.home or tempfile.mkdtemp(prefix="makegood-pages-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.server.settings")
    import django

    django.setup()
    _desk(asked.cases)
    from .house import open_house
    from .places import places

    with open_house() as house:
        pages = places()
        for page in pages:
            _read_once(house, page)
        for readers in map(int, asked.readers.split(",")):
            _measure(house, pages, readers, seconds=asked.seconds, repetitions=asked.repetitions)
        if asked.pause:
            most = max(map(int, asked.readers.split(",")))
            _at_work(house, pages, most, pause=asked.pause, seconds=asked.minutes * 60)
        print(f"{house.feeder.taken} letters came in meanwhile; the web process holds {house.memory():.0f} MB")


def _desk(cases: int) -> None:
    """Say what desk is measured; grow it where there is none."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.large_desk.growing import grow
    from benchmarks.large_desk.sink import size
    from makegood import config
    from makegood.config import clock
    from makegood.desk import models

    call_command("migrate", verbosity=0)
    if not models.Staff.objects.exists():
        os.environ["MAKEGOOD_SECRET_KEY"] = config.secret_key()
        grow(cases, seed=1, now=clock.now(), progress=lambda text: print(f"  {text}", file=sys.stderr))
    found, open_ones = models.Case.objects.count(), models.Case.objects.filter(open=True).count()
    rows = models.Entry.objects.count()
    print(f"{connection.vendor}: {found:,} cases, {open_ones:,} open, {rows:,} journal rows, {size() / 1e9:.1f} GB")
    connection.close()


def _measure(house: House, pages: list[Place], readers: int, *, seconds: float, repetitions: int) -> None:
    """Print a line for each page: percentiles over all readings, and how far the repetitions differ."""
    print(f"\n{readers} reading at once        p50 ms   p95 ms  (min–median–max of p95)   CPU ms a page   ÷ floor")
    waits: dict[str, list[list[float]]] = {page.name: [] for page in pages}
    cpu: dict[str, list[float]] = {page.name: [] for page in pages}
    for _ in range(repetitions):
        for page in pages:
            before = house.cpu()
            found = _read(house, page, readers, seconds)
            waits[page.name].append(found)
            cpu[page.name].append((house.cpu() - before) * 1000 / len(found))
    floor = statistics.median(cpu[pages[0].name])
    for page in pages:
        every = sorted(wait for one in waits[page.name] for wait in one)
        tails = sorted(_share(sorted(one), 0.95) for one in waits[page.name])
        spread = "–".join(f"{tail:.0f}" for tail in (tails[0], statistics.median(tails), tails[-1]))
        used = statistics.median(cpu[page.name])
        p50, p95 = _share(every, 0.5), _share(every, 0.95)
        print(f"{page.name:<26} {p50:8.1f} {p95:8.1f}  {spread:^26} {used:13.1f} {used / floor:9.1f}", flush=True)


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _read(house: House, page: Place, readers: int, seconds: float) -> list[float]:
    """Let so many people read this page again and again; return how long each reading took, in ms."""
    waits: list[float] = []
    until = time.monotonic() + seconds

    def read_on() -> None:
        line = HTTPConnection("127.0.0.1", house.port, timeout=120)
        own: list[float] = []
        while (not own or time.monotonic() < until) and len(own) < LIMIT:
            own.append(_request(line, page))
        line.close()
        waits.extend(own)

    _all_at_once([threading.Thread(target=read_on) for _ in range(readers)])
    return waits


def _at_work(house: House, pages: list[Place], people: int, *, pause: float, seconds: float) -> None:
    """Let so many people open pages, any of them, and look at each for a while; print what each page took."""
    waits: dict[str, list[float]] = {page.name: [] for page in pages}
    before, until = house.cpu(), time.monotonic() + seconds

    def work(seed: int) -> None:
        chance, line = random.Random(seed), HTTPConnection("127.0.0.1", house.port, timeout=120)
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.0, 2 * pause))
            page = chance.choice(pages)
            waits[page.name].append(_request(line, page))
        line.close()

    _all_at_once([threading.Thread(target=work, args=(seed,)) for seed in range(people)])
    opened = sum(map(len, waits.values()))
    core = (house.cpu() - before) / seconds
    print(f"\n{people} people, {opened / seconds:.1f} pages a second, {core:.0%} of a core   p50 ms   p95 ms   pages")
    for page in pages:
        found = sorted(waits[page.name])
        print(f"{page.name:<52} {_share(found, 0.5):8.1f} {_share(found, 0.95):8.1f} {len(found):7}")
    every = sorted(wait for one in waits.values() for wait in one)
    print(f"{'all of them':<52} {_share(every, 0.5):8.1f} {_share(every, 0.95):8.1f} {opened:7}", flush=True)


def _all_at_once(threads: list[threading.Thread]) -> None:
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _read_once(house: House, page: Place) -> None:
    line = HTTPConnection("127.0.0.1", house.port, timeout=300)
    took = _request(line, page)
    line.close()
    print(f"  {page.name}: first reading {took:.0f} ms", file=sys.stderr, flush=True)


def _request(line: HTTPConnection, page: Place) -> float:
    began = time.perf_counter()
    line.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{page.name} answered {answer.status}")
    return (time.perf_counter() - began) * 1000


main()
