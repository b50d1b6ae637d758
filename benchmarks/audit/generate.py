"""A log like a real desk's, of any size, the same for the same seed.

    python -m benchmarks.audit.generate EVENTS FILE

About twelve rows a case, most far fewer and a few hundreds: 600 teams and 4,000 people of very unequal
load, office hours, ties in time, questions, promises kept and broken, cases closed and opened again.
Rows come in order of time, as a desk writes them, so a case's own rows lie far apart.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SEED = 20260302
CASES_AT_ONCE = 50_000
START = 1_735_689_600  # 2025-01-01, in seconds
YEAR = 365 * 86_400
WHAT = np.array(
    [
        "opened", "customer_wrote", "staff_wrote", "note", "asked_customer", "handoff", "assigned", "state",
        "promised", "promise_kept", "escalated", "went_public", "went_to_executive", "offer_made", "offer_lapsed",
        "other",
    ]
)  # fmt: skip
OPENED, CUSTOMER, STAFF, NOTE, ASKED, HANDOFF, ASSIGNED, STATE, PROMISED, KEPT = range(10)
WEIGHTS = np.array([0, 17, 22, 24, 6, 8, 3, 0, 4, 3, 0.5, 0.2, 0.1, 0.8, 0.4, 11])
STATES = np.array(["open", "waiting_customer", "waiting_other", "done"])
OPEN, WAITING_CUSTOMER, WAITING_OTHER, DONE = range(4)
NONE = -1

Array = Any


def write(events: int, path: Path) -> int:
    """Write a log of about so many rows; return how many there are."""
    parts = path.with_suffix(".parts")
    parts.mkdir(exist_ok=True)
    made = nth = 0
    while made < events:
        table = _cases(nth)
        table = table.slice(0, min(len(table), events - made))
        pq.write_table(table, parts / f"{nth:05}.parquet")
        made += len(table)
        nth += 1
    _in_order_of_time(parts, path)
    for part in parts.iterdir():
        part.unlink()
    parts.rmdir()
    return made


def _in_order_of_time(parts: Path, path: Path) -> None:
    con = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(parts.parent / "spill")})
    con.execute(
        f"""copy (select * replace (row_number() over (order by "at", "row") as "row") from '{parts}/*.parquet'
        order by "at", "row") to '{path}' (format parquet)"""
    )
    con.close()


def _cases(nth: int) -> pa.Table:
    """Return the rows of one batch of cases."""
    random = np.random.default_rng([SEED, nth])
    rows = np.clip(random.lognormal(2.05, 0.85, CASES_AT_ONCE), 2, 400).astype(np.int64)
    case = np.repeat(np.arange(CASES_AT_ONCE), rows)
    first = np.r_[0, np.cumsum(rows)[:-1]]
    step = np.arange(len(case)) - first[case]
    last = step == rows[case] - 1
    what = random.choice(len(WHAT), len(case), p=WEIGHTS / WEIGHTS.sum())
    what[step == 0] = OPENED
    closed = random.random(CASES_AT_ONCE) < 0.93
    ends = (last & closed[case]) | (random.random(len(case)) < 0.012)
    what[ends & (step > 0)] = STATE
    state = _states(what, ends, random)
    moment = _moments(case, first, random)
    team = _teams(case, first, what, random)
    person = (team * 7 + random.integers(0, 7, len(case))) % 4000
    of_customer = (what == CUSTOMER) | (what == OPENED)
    number = case + nth * CASES_AT_ONCE
    promise = np.char.add("p", (number * 8 + random.integers(0, 2, len(case))).astype(str))
    return pa.table(
        {
            "case_id": pa.array(np.char.add("CS", np.char.zfill(number.astype(str), 8))),
            "at": pa.array(moment, pa.timestamp("us")),
            "row": pa.array(np.arange(len(case)) + nth * 10_000_000 + 1, pa.int64()),
            "what": pa.array(WHAT[what]),
            "state": pa.array(STATES[np.maximum(state, 0)], mask=state == NONE),
            "team": pa.array(np.char.add("team ", team.astype(str)), mask=of_customer & (step > 0)),
            "person": pa.array(np.char.add("person ", person.astype(str)), mask=of_customer),
            "actor": pa.array(np.where(of_customer, "customer", np.where(what == STATE, "automatic", "staff"))),
            "substantive": pa.array(random.random(len(case)) < 0.7, mask=what != STAFF),
            "due_at": pa.array(
                moment + (random.exponential(2.5 * 86_400, len(case)) * 1e6).astype(np.int64),
                pa.timestamp("us"), mask=what != PROMISED,
            ),
            "promise": pa.array(promise, mask=(what != PROMISED) & (what != KEPT)),
            "channel": pa.array(np.array(["mail", "phone", "form", "social"])[(number * 7919) % 11 % 4]),
            "customer": pa.array(np.char.add("customer ", ((number * 6007) % 700_000).astype(str))),
        }
    )  # fmt: skip


def _states(what: Array, ends: Array, random: Any) -> Array:
    state = np.full(len(what), NONE)
    state[what == CUSTOMER] = OPEN
    state[what == OPENED] = OPEN
    asks_and_waits = (what == ASKED) & (random.random(len(what)) < 0.9)
    state[asks_and_waits] = WAITING_CUSTOMER
    state[(what == NOTE) & (random.random(len(what)) < 0.04)] = WAITING_OTHER
    state[(what == STAFF) & (random.random(len(what)) < 0.25)] = WAITING_CUSTOMER
    state[ends & (what == STATE)] = DONE
    return state


def _moments(case: Array, first: Array, random: Any) -> Array:
    """Return microseconds since 1970: gaps of very unequal length, mostly in office hours, some of none."""
    gap = (random.lognormal(8.6, 2.0, len(case)) * 1e6).astype(np.int64)
    gap[random.random(len(case)) < 0.08] = 0
    gap[first] = (random.random(len(first)) * YEAR * 1e6).astype(np.int64)
    total = np.cumsum(gap)
    moment = START * 1_000_000 + total - np.r_[0, total[first[1:] - 1]][case]
    day, within = np.divmod(moment, 86_400_000_000)
    at_work = day * 86_400_000_000 + 50_400_000_000 + within // 3  # 14:00 to 22:00 UTC: a day's work in Chicago
    office = random.random(len(first)) < 0.85
    return np.where(office[case], at_work, moment) // 1_000_000 * 1_000_000


def _teams(case: Array, first: Array, what: Array, random: Any) -> Array:
    """Return whose each row is: a few teams have most, and one in three handoffs goes back."""
    drawn = np.minimum(random.zipf(1.35, len(case)), 600) - 1
    home = drawn[first]
    moved = what == HANDOFF
    since = np.maximum.accumulate(np.where(moved, np.arange(len(case)), 0))
    away = since >= first[case]
    goes_home = random.random(len(case)) < 0.33
    return np.where(away & ~goes_home[since], drawn[since], home[case])


if __name__ == "__main__":
    print(write(int(sys.argv[1]), Path(sys.argv[2])))
