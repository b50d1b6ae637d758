"""Everything a report says, as values: asked of the tables once, then written as a page, a PDF and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from makegood.rules.hours import Hours

from . import cells, lengths
from . import flows as handing
from .groups import Group, side_by_side
from .listings import Listings
from .measures import Measure, measure
from .openings import lay_ruler
from .people import Stretch, ToCall, longest, to_call
from .survival import Curve
from .tables import SLIPPED, STILL_WAITING, Pick, Tables, found
from .week import Week, week
from .what_if import Outlook, seen

BY = ("team", "channel", "month", "customer")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said about the audit itself: whose log, read how well, by which policy, when."""

    source: str
    """The name of the file that was read."""
    as_of: datetime
    written_at: datetime
    policy: str
    hours: Hours
    reading: dict[str, Any] = field(default_factory=dict)
    """What the reader wrote into `reading.json`."""
    notes: tuple[str, ...] = ()
    """What the reader noticed, in the reader's own language."""
    version: str = ""
    """Of the program."""
    outlooks: tuple[Outlook, ...] = ()
    """What other policies make of the same log, in the order they were given."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """How many cases one sort of finding was made of, and in how many it was the first slip."""

    code: str
    cases: int
    findings: int
    first: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """One audit, ready to be written in any form."""

    facts: Facts
    cases: int
    closed: int
    states_known: bool
    """Whether the log says of any case that it was open or done."""
    first_at: datetime | None
    last_at: datetime | None
    slipped: int
    waiting: int
    contacts_known: bool
    substance_known: bool
    """Whether the log tells replies that say something from receipts."""
    measures: dict[str, Measure]
    kinds: tuple[Kind, ...]
    substance: Curve
    any_reply: Curve
    silence: Curve
    silence_elapsed: Curve
    flows: handing.Flows | None
    stretches: tuple[Stretch, ...]
    week: Week
    groups: dict[str, list[Group]]
    calls: tuple[ToCall, ...]
    outlooks: tuple[Outlook, ...]
    listings: Listings

    @property
    def zone(self) -> str:
        """The zone in which the report tells times: that of the policy's calendar."""
        return self.facts.hours.zone

    @property
    def day_hours(self) -> float:
        """Hours of one business day."""
        return self.facts.hours.day_seconds / 3600


def gather(tables: Tables, facts: Facts) -> Report:
    """Ask the tables everything that the report says."""
    lay_ruler(tables, facts.hours)
    n, closed, stated, first, last, known = tables.one(
        "SELECT count(*), count(*) FILTER (closed), count(closed) > 0, min(first_at), max(last_at), "
        "coalesce(bool_or(contacts_known), false) FROM cases"
    )
    handed = handing.flows(tables)
    report = Report(
        facts=facts,
        cases=n,
        closed=closed,
        states_known=stated,
        first_at=_aware(first),
        last_at=_aware(last),
        slipped=tables.count(SLIPPED),
        waiting=tables.count(STILL_WAITING),
        contacts_known=known,
        substance_known=tables.has("cases", "first_substantive_reply_at"),
        measures=measure(tables),
        kinds=_kinds(tables),
        substance=lengths.in_open_hours(tables, lengths.TO_SUBSTANCE),
        any_reply=lengths.in_open_hours(tables, lengths.TO_ANY_REPLY),
        silence=lengths.longest_silences(tables, "longest_silence_business_hours"),
        silence_elapsed=lengths.longest_silences(tables, "longest_silence_hours"),
        flows=handed,
        stretches=tuple(longest(tables)),
        week=week(tables, facts.hours.zone),
        groups={by: side_by_side(tables, by) for by in BY},
        calls=tuple(to_call(tables)),
        outlooks=(seen(tables, policy=facts.policy, hours=facts.hours), *facts.outlooks),
        listings=Listings(),
    )
    _list(tables, report)
    return report


def _kinds(tables: Tables) -> tuple[Kind, ...]:
    rows = tables.rows(
        """
        SELECT code, count(DISTINCT case_id), count(*), coalesce(any_value(firsts), 0)
        FROM findings LEFT JOIN (SELECT first_slip AS code, count(*) AS firsts FROM story GROUP BY 1) USING (code)
        GROUP BY code ORDER BY 2 DESC, code
        """
    )
    return tuple(Kind(code=code, cases=cases, findings=many, first=first) for code, cases, many, first in rows)


def _list(tables: Tables, report: Report) -> None:
    """Keep the cases behind every number that the report will show."""
    lists = report.listings
    lists.add(tables, "all", Pick(), rows=25)
    lists.add(tables, "waiting", STILL_WAITING)
    for key, one in report.measures.items():
        if one.cases is not None:
            lists.add(tables, key, one.cases)
    for kind in report.kinds:
        lists.add(tables, kind.code, found([kind.code]))
        lists.add(tables, f"first-{kind.code}", Pick(f"first_slip = '{kind.code}'"), of="story")
    for by, groups in report.groups.items():
        if not tells_apart(by, groups):
            continue
        for nth, group in enumerate(groups):
            lists.add(tables, f"{by}-{nth}", group.cases & SLIPPED, rows=25)
    cells.add_matrix(lists, tables, report.flows)
    cells.add_week(lists, tables, report.week, report.zone)
    _late_answers(tables, report)


def tells_apart(by: str, groups: list[Group]) -> bool:
    """Whether a table of these groups says anything: there are two, and some customer has cases enough."""
    return len(groups) > 1 and (by != "customer" or any(group.slipped.shown for group in groups if group.name))


def _late_answers(tables: Tables, report: Report) -> None:
    """Keep who had waited one and five business days: the points that the curve is labelled at."""
    for days in (1, 5):
        hours = days * report.day_hours
        for key, wait in (("substance", lengths.TO_SUBSTANCE), ("reply", lengths.TO_ANY_REPLY)):
            if key == "substance" and not report.substance_known:
                continue
            report.listings.add(tables, f"{key}-{days}", lengths.longer_than(wait, hours), of="story")
        column = "longest_silence_business_hours"
        report.listings.add(tables, f"silence-{days}", Pick(f"{column} > {hours}"))


def _aware(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(tzinfo=UTC)
