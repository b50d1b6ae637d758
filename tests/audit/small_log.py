"""Tables as an audit writes them, small and made up, for tests of what is made from them.

`case` and `finding` fill in what a test doesn't care about. `desk` invents a whole desk by a seed,
skewed like a real one, for pages that must be looked at.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MONDAY_TEN = datetime(2026, 3, 2, 16, tzinfo=UTC)
"""Monday 2 March 2026, 10:00 in Chicago."""
AS_OF = datetime(2026, 6, 1, 16, tzinfo=UTC)
PEOPLE = ("Priya Raman", "Tom Hale", "Luis Ferrer", "Adaeze Obi", "Marta Olsen")

_AT = pa.timestamp("us")
CASES = pa.schema(
    [("case_id", pa.string()), ("first_at", _AT), ("last_at", _AT), ("closed", pa.bool_()), ("closed_at", _AT)]
    + [(name, pa.int64()) for name in ("teams", "handoffs", "returns", "reopens", "asks")]
    + [
        (name, pa.float64())
        for name in (
            "longest_gap_open_hours",
            "longest_gap_desk_hours",
            "longest_silence_hours",
            "longest_silence_business_hours",
        )
    ]
    + [("first_reply_at", _AT), ("first_substantive_reply_at", _AT)]
    + [(name, pa.int64()) for name in ("promises", "promises_kept", "promises_late", "promises_broken")]
    + [(name, pa.string()) for name in ("last_team", "last_person", "channel", "customer")]
    + [("contacts_known", pa.bool_())]
)
FINDINGS = pa.schema(
    [
        ("code", pa.string()),
        ("case_id", pa.string()),
        ("since", _AT),
        ("due", _AT),
        ("until", _AT),
        ("team", pa.string()),
        ("evidence", pa.string()),
    ]
)
EVENTS = pa.schema(
    [
        ("case_id", pa.string()),
        ("at", _AT),
        ("row", pa.int64()),
        ("what", pa.string()),
        ("state", pa.string()),
        ("team", pa.string()),
        ("person", pa.string()),
        ("actor", pa.string()),
        ("substantive", pa.bool_()),
        ("due_at", _AT),
        ("promise", pa.string()),
        ("channel", pa.string()),
        ("customer", pa.string()),
    ]
)

Row = dict[str, Any]


def case(case_id: str, **facts: Any) -> Row:
    """One case, closed after two days with an answer after three hours, unless said otherwise."""
    first = facts.get("first_at", MONDAY_TEN)
    row: Row = dict.fromkeys(CASES.names)
    row |= {
        "first_at": first,
        "last_at": first + timedelta(days=2),
        "closed": True,
        "closed_at": first + timedelta(days=2),
        "teams": 1,
        "handoffs": 0,
        "returns": 0,
        "reopens": 0,
        "asks": 0,
        "longest_silence_hours": 3.0,
        "longest_silence_business_hours": 3.0,
        "first_reply_at": first + timedelta(hours=1),
        "first_substantive_reply_at": first + timedelta(hours=3),
        "promises": 0,
        "promises_kept": 0,
        "promises_late": 0,
        "promises_broken": 0,
        "last_team": "Front desk",
        "contacts_known": True,
    }
    return row | {"case_id": case_id} | facts


def finding(code: str, case_id: str, **facts: Any) -> Row:
    """One finding: due on Tuesday at ten, ended on Thursday at ten, unless said otherwise."""
    row: Row = {
        "code": code,
        "case_id": case_id,
        "since": MONDAY_TEN,
        "due": MONDAY_TEN + timedelta(days=1),
        "until": MONDAY_TEN + timedelta(days=3),
        "team": "Front desk",
        "evidence": "{}",
    }
    return row | facts


def event(case_id: str, at: datetime, row: int, what: str = "other", **facts: Any) -> Row:
    """One row of a log."""
    return dict.fromkeys(EVENTS.names) | {"case_id": case_id, "at": at, "row": row, "what": what} | facts


def write(folder: Path, cases: Sequence[Row], findings: Sequence[Row] = (), events: Sequence[Row] = ()) -> Path:
    """Write the three tables; return the log's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows, schema in (
        ("cases", cases, CASES),
        ("findings", findings, FINDINGS),
        ("events", events, EVENTS),
    ):
        plain = [{key: _naive(value) for key, value in row.items()} for row in rows]
        pq.write_table(pa.Table.from_pylist(plain, schema=schema), folder / f"{name}.parquet")
    return folder / "events.parquet"


def _naive(value: Any) -> Any:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def desk(folder: Path, *, cases: int = 2000, teams: Sequence[str], seed: int = 7) -> Path:
    """Invent a desk: a few teams do most, most cases are quick, some are forgotten. Consistent enough to look at."""
    chance = random.Random(seed)
    weights = [1 / (nth + 1) for nth in range(len(teams))]
    tables: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
    for nth in range(cases):
        _invent(chance, f"C-{nth:05d}", teams, weights, *tables)
    return write(folder, *tables)


def _invent(
    chance: random.Random,
    name: str,
    teams: Sequence[str],
    weights: Sequence[float],
    cases: list[Row],
    findings: list[Row],
    events: list[Row],
) -> None:
    first = MONDAY_TEN + timedelta(hours=chance.uniform(0, 85 * 24))
    walk = chance.choices(teams, weights, k=1 + min(6, int(chance.expovariate(0.9))))
    walk = [team for nth, team in enumerate(walk) if nth == 0 or team != walk[nth - 1]]
    reply, substance = chance.expovariate(1 / 6), chance.expovariate(1 / 6) + chance.expovariate(1 / 20)
    forgotten = chance.random() < 0.03
    substance += 5000 * forgotten
    closed = chance.random() < 0.9 and not forgotten
    lasted = substance + chance.expovariate(1 / 60)
    end = min(AS_OF, first + timedelta(hours=lasted)) if closed else AS_OF
    answered = first + timedelta(hours=substance)
    person, channel = chance.choice(PEOPLE), chance.choice(("mail", "phone", "form"))
    told = end if answered > end else answered
    handed = [first + (told - first) * (nth + 1) / (len(walk) + 1) for nth in range(len(walk) - 1)]
    events.append(event(name, first, 1, "opened", team=walk[0], actor="customer", state="open", channel=channel))
    for nth, at in enumerate(handed):
        events.append(event(name, at, nth + 2, "handoff", team=walk[nth + 1], actor="staff", person=person))
    if answered <= end:
        events.append(event(name, answered, 20, "staff_wrote", substantive=True, actor="staff", person=person))
    if closed:
        events.append(event(name, end, 30, "state", state="done", actor="staff", person=person))
    promises = int(chance.random() < 0.4)
    broken = promises and chance.random() < 0.25
    silence = (told - first).total_seconds() / 3600
    cases.append(
        case(
            name,
            first_at=first,
            last_at=end,
            closed=closed,
            closed_at=end if closed else None,
            teams=len(set(walk)),
            handoffs=len(walk) - 1,
            returns=len(walk) - len(set(walk)),
            reopens=int(chance.random() < 0.05),
            asks=int(chance.expovariate(1.5)),
            longest_silence_hours=silence,
            longest_silence_business_hours=silence * 0.24,
            first_reply_at=first + timedelta(hours=min(reply, substance)) if answered <= end else None,
            first_substantive_reply_at=answered if answered <= end else None,
            promises=promises,
            promises_kept=promises - int(broken),
            promises_late=0,
            promises_broken=int(broken),
            last_team=walk[-1],
            last_person=person,
            channel=channel,
            customer=f"Customer {chance.randrange(600)}",
        )
    )
    findings += _slips(chance, name, walk, first=first, told=told, broken=bool(broken), done=end if closed else None)


def _slips(
    chance: random.Random,
    name: str,
    walk: Sequence[str],
    *,
    first: datetime,
    told: datetime,
    broken: bool,
    done: datetime | None,
) -> list[Row]:
    """What checks would find in such a case: silence until somebody told the customer something, and the rest."""
    found = []
    limit = first + timedelta(hours=33)
    if told > limit:
        until = None if told >= AS_OF and done is None else told
        found.append(finding("MG401", name, since=first, due=limit, until=until, team=walk[-1]))
    due = first + timedelta(hours=chance.uniform(10, 200))
    kept = due + timedelta(hours=chance.expovariate(1 / 100)) if chance.random() < 0.7 else None
    if broken and due < AS_OF and (kept is None or kept < AS_OF):
        code = "MG102" if kept is None else "MG101"
        found.append(finding(code, name, since=first, due=due, until=kept, team=walk[-1]))
    if len(walk) > 2 and (walk[0] == walk[2] or len(walk) > 3):
        found.append(finding("MG202", name, since=first, due=None, until=first, team=walk[-1]))
    if chance.random() < 0.02:
        found.append(finding("MG302", name, since=first, due=None, until=first, team=walk[-1]))
    return found
