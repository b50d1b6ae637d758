"""Random logs of a small desk: short cases in which everything that can be said is said in any order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from makegood.rules.logs import Actor, LogEvent, State, What

FRIDAY = datetime(2026, 2, 27, 14, tzinfo=UTC)
"""A week before the clocks change in Chicago."""

TEAMS = ("Front desk", "Warehouse", 'Billing "B"')
PEOPLE = ("Ann", "Ben", "Lea")
PROMISES = ("refund", "call", None)
GAPS = (0, 0, 1, 59, 900, 3600, 7 * 3600, 8 * 3600, 24 * 3600, 65 * 3600, 200 * 3600)
WEIGHTS = {
    What.CUSTOMER_WROTE: 6,
    What.STAFF_WROTE: 5,
    What.ASKED_CUSTOMER: 4,
    What.HANDOFF: 4,
    What.STATE: 5,
    What.PROMISED: 3,
    What.PROMISE_KEPT: 2,
    What.REMEDY_ORDERED: 2,
}
MUTE = {
    "substance": ("substantive",),
    "teams": ("team",),
    "people": ("person",),
    "states": ("state",),
}
"""What a desk may fail to record, and the column that is then blank."""


def random_log(seed: int, *, cases: int) -> list[LogEvent]:
    """Return the rows of so many cases, in no order. Some desks never record some things."""
    random = Random(seed)
    silent_about = {name for name in (*MUTE, "contacts", "asks") if random.random() < 0.12}
    words = [w for w in What if not _unsaid(w, silent_about)]
    finest = random.choice((timedelta(seconds=1), timedelta(milliseconds=1), timedelta(microseconds=1)))
    lines = list(range(1, cases * 12 + 1))
    if random.random() < 0.5:
        random.shuffle(lines)
    rows = iter(lines)
    told = [event for nth in range(cases) for event in _case(random, f"case {nth}", words, finest, rows)]
    told = [_without(event, silent_about) for event in told]
    random.shuffle(told)
    return told


def _unsaid(what: What, silent_about: set[str]) -> bool:
    return (what is What.STAFF_WROTE and "contacts" in silent_about) or (
        what is What.ASKED_CUSTOMER and "asks" in silent_about
    )


def _without(event: LogEvent, silent_about: set[str]) -> LogEvent:
    shown = {name: getattr(event, name) for name in LogEvent.__dataclass_fields__}
    blank = {column: None for name in silent_about for column in MUTE.get(name, ())}
    return LogEvent(**{**shown, **blank})


def _case(
    random: Random, case_id: str, words: list[What], finest: timedelta, rows: Iterator[int]
) -> Iterator[LogEvent]:
    at = FRIDAY + timedelta(minutes=random.randrange(0, 20_000))
    for nth in range(random.randint(1, 12)):
        first = nth == 0 and random.random() < 0.7
        what = What.OPENED if first else random.choices(words, [WEIGHTS.get(w, 1) for w in words])[0]
        yield _row(random, case_id, at, what, next(rows))
        at += timedelta(seconds=random.choice(GAPS)) + finest * random.choice((0, 0, 1, 17, 1999))


def _row(random: Random, case_id: str, at: datetime, what: What, row: int) -> LogEvent:
    promise = what in (What.PROMISED, What.PROMISE_KEPT, What.PROMISE_RELEASED)
    return LogEvent(
        case_id=case_id,
        at=at,
        row=row,
        what=what,
        state=random.choice(tuple(State)) if random.random() < 0.4 else None,
        team=random.choice(TEAMS) if random.random() < 0.6 else None,
        person=random.choice(PEOPLE) if random.random() < 0.3 else None,
        actor=random.choice((*Actor, None)),
        substantive=random.choice((True, False, None)),
        due_at=at + timedelta(hours=random.choice((-1, 0, 1, 8, 50, 400)))
        if promise and random.random() < 0.9
        else None,
        promise=random.choice(PROMISES) if promise else None,
        channel=random.choice(("mail", "phone", None)),
        customer=random.choice(("Mia", None)),
    )
