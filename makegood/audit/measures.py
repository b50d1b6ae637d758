"""The measures of `metrics.md` that another desk's log supports, each with its count, interval and cases.

    M-01 slip rate · M-03 time to a substantive reply · M-04 substance gap · M-05 time to closing
    M-06 promises kept · M-09 handoffs · M-10 longest silence · M-11 drip asks · M-12 had to escalate
    M-14 recovery, as a band · M-29 a second case · M-33 alarms (see `what_if`)

What the log can't say is a measure with a reason in place of a number: never 0 %, never 100 %.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from . import kinds, lengths
from .intervals import LEAST, Share
from .tables import SLIPPED, Pick, Tables, found
from .words import gettext_noop as later

TOO_FEW = later("not shown: fewer than 20")
NOT_RECORDED = later("not in this log")
AT_ONCE = later("not shown: half were answered within no open time at all")
NEVER_REACHED = later("not reached: most still wait")

SECOND_CASE_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number, or why there is none."""

    id: str
    """As `metrics.md` numbers it."""
    key: str
    unit: str
    """`share`, `hours`, `business hours`, `times`, `a case`, or `cases`."""
    n: int = 0
    hits: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    cases: Pick | None = None
    """The cases that are counted in `hits`, or that the number is made of."""
    why_not: str = ""
    """Why there is no value, in English; a key of the catalogue."""
    more: dict[str, float | None] = field(default_factory=dict)

    @property
    def shown(self) -> bool:
        return self.value is not None


def measure(tables: Tables) -> dict[str, Measure]:
    """Return every measure by its key. Needs the ruler."""
    made = (one for make in _MEASURES for one in make(tables))
    return {one.key: one for one in made}


def of_share(id: str, key: str, share: Share, cases: Pick | None, *, unit: str = "share") -> Measure:
    """Return a share with its interval, or that there are too few cases for one."""
    low, high = share.interval
    shown = share.shown
    return Measure(
        id=id,
        key=key,
        unit=unit,
        n=share.n,
        hits=share.hits,
        cases=cases,
        value=share.value if shown else None,
        low=low if shown else None,
        high=high if shown else None,
        why_not="" if shown else TOO_FEW,
    )


def _share(tables: Tables, id: str, key: str, hit: Pick, among: Pick) -> Measure:
    share = Share(hits=tables.count(among & hit), n=tables.count(among))
    return of_share(id, key, share, among & hit)


def _slips(tables: Tables) -> list[Measure]:
    return [_share(tables, "M-01", "slipped", SLIPPED, Pick())]


def _replies(tables: Tables) -> list[Measure]:
    """M-03 and M-04: the gap between a reply and a reply that says something."""
    substance = Pick("contacts_known")
    if not tables.has("cases", "first_reply_at"):
        keys = (
            ("M-03", "first_substantive", "business hours"),
            ("M-03", "first_substantive_elapsed", "hours"),
            ("M-03", "first_reply", "business hours"),
            ("M-04", "substance_gap", "times"),
        )
        return [Measure(id=id, key=key, unit=unit, why_not=NOT_RECORDED) for id, key, unit in keys]
    open_hours = _median(tables, "M-03", "first_substantive", "business hours", lengths.TO_SUBSTANCE)
    any_reply = _median(tables, "M-03", "first_reply", "business hours", lengths.TO_ANY_REPLY)
    passed = _median(tables, "M-03", "first_substantive_elapsed", "hours", lengths.TO_SUBSTANCE)
    why_not = AT_ONCE if any_reply.value == 0 else open_hours.why_not or any_reply.why_not
    gap = Measure(id="M-04", key="substance_gap", unit="times", n=open_hours.n, why_not=why_not, cases=substance)
    if open_hours.value is not None and any_reply.value:
        gap = Measure(
            id="M-04",
            key="substance_gap",
            unit="times",
            n=open_hours.n,
            value=open_hours.value / any_reply.value,
            cases=substance,
        )
    return [open_hours, any_reply, passed, gap]


def _median(tables: Tables, id: str, key: str, unit: str, wait: lengths.Wait) -> Measure:
    how = lengths.in_open_hours if unit == "business hours" else lengths.elapsed
    curve = how(tables, wait)
    value = curve.reached(0.5) if curve.shown else None
    why_not = "" if value is not None else NEVER_REACHED if curve.shown else TOO_FEW
    return Measure(
        id=id,
        key=key,
        unit=unit,
        n=curve.n,
        value=value,
        why_not=why_not,
        cases=wait.of,
        more={"p90": curve.reached(0.9) if curve.shown else None, "open": float(curve.open)},
    )


def _closing(tables: Tables) -> list[Measure]:
    return [_median(tables, "M-05", "to_closing", "hours", lengths.TO_CLOSING)]


def _promises(tables: Tables) -> list[Measure]:
    """M-06: what was promised and not let go by the customer; broken and open-past-due stay in the count."""
    kept, late, broken = tables.one(
        "SELECT coalesce(sum(promises_kept), 0), coalesce(sum(promises_late), 0), "
        "coalesce(sum(promises_broken), 0) FROM cases"
    )
    known = tables.has("cases", "promises")
    if not known:
        return [Measure(id="M-06", key="promises_kept", unit="share", why_not=NOT_RECORDED)]
    share = Share(hits=int(kept), n=int(kept + late + broken))
    return [of_share("M-06", "promises_kept", share, Pick("promises_late + promises_broken > 0"))]


def _handoffs(tables: Tables) -> list[Measure]:
    if not tables.has("cases", "handoffs"):
        return [
            Measure(id="M-09", key="handoffs", unit="a case", why_not=NOT_RECORDED),
            Measure(id="M-09", key="ping_pong", unit="share", why_not=NOT_RECORDED),
        ]
    n, total, most = tables.one("SELECT count(handoffs), sum(handoffs), max(handoffs) FROM cases")
    handoffs = Measure(
        id="M-09",
        key="handoffs",
        unit="a case",
        n=n,
        hits=int(total),
        value=total / n if n >= LEAST else None,
        cases=Pick("handoffs > 0"),
        why_not="" if n >= LEAST else TOO_FEW,
        more={"most": float(most)},
    )
    return [handoffs, _share(tables, "M-09", "ping_pong", found(kinds.PING_PONG), Pick("handoffs IS NOT NULL"))]


def _silence(tables: Tables) -> list[Measure]:
    """M-10: the part of a case's life that was its one longest silence."""
    n, silent, lived = tables.one(
        """
        SELECT count(*), sum(least(longest_silence_hours, lived)) FILTER (lived > 0), sum(lived) FILTER (lived > 0)
        FROM (
            SELECT longest_silence_hours, (epoch_us(lasted_to) - epoch_us(first_at)) / 3.6e9 AS lived
            FROM story WHERE longest_silence_hours IS NOT NULL
        )
        """
    )
    if not n:
        return [Measure(id="M-10", key="longest_silence", unit="share", why_not=NOT_RECORDED)]
    shown = n >= LEAST and bool(lived)
    return [
        Measure(
            id="M-10",
            key="longest_silence",
            unit="share",
            n=n,
            value=silent / lived if shown else None,
            cases=Pick("longest_silence_hours IS NOT NULL"),
            why_not="" if shown else TOO_FEW,
        )
    ]


def _asks(tables: Tables) -> list[Measure]:
    if not tables.has("cases", "asks"):
        return [Measure(id="M-11", key="drip_asks", unit="share", why_not=NOT_RECORDED)]
    return [_share(tables, "M-11", "drip_asks", Pick("asks >= 2"), Pick("asks IS NOT NULL"))]


def _escalated(tables: Tables) -> list[Measure]:
    return [_share(tables, "M-12", "escalated", found(kinds.ESCALATED), Pick())]


def _recovery(tables: Tables) -> list[Measure]:
    """M-14: no log of another desk holds the customer's own yes, so only the upper end is known.

    Closed and never reopened is "not contradicted". Nobody may call it recovered.
    """
    among = Pick("closed AND reopens IS NOT NULL")
    made = _share(tables, "M-14", "not_contradicted", Pick("reopens = 0"), among)
    return [made if made.n else Measure(id="M-14", key="not_contradicted", unit="share", why_not=NOT_RECORDED)]


def _second_case(tables: Tables) -> list[Measure]:
    """M-29: of closed cases, those whose customer came with another within 90 days of the closing."""
    if not tables.has("cases", "customer"):
        return [Measure(id="M-29", key="second_case", unit="share", why_not=NOT_RECORDED)]
    again = Pick(
        "case_id IN (SELECT one.case_id FROM cases AS one ASOF JOIN cases AS other "
        "ON one.customer = other.customer AND one.closed_at < other.first_at "
        f"WHERE one.closed AND other.first_at <= one.closed_at + INTERVAL {SECOND_CASE_DAYS} DAY)"
    )
    return [_share(tables, "M-29", "second_case", again, Pick("closed AND customer IS NOT NULL"))]


_MEASURES: tuple[Callable[[Tables], list[Measure]], ...] = (
    _slips,
    _replies,
    _closing,
    _promises,
    _handoffs,
    _silence,
    _asks,
    _escalated,
    _recovery,
    _second_case,
)
