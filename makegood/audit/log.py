"""The log made ready to be counted: what it records, one number that orders its rows, small codes for words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import ibis
import ibis.expr.datatypes as dt

from makegood.rules.histories import Knows
from makegood.rules.logs import Actor, State, What

from .engines import Engine

if TYPE_CHECKING:
    import ibis.expr.types as ir

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
SECOND = 1_000_000
_UNITS = (SECOND, 1000, 1)
_MOST = 2**59
"""Orders stay below this, so that they are whole numbers of 64 bits with room to spare."""

_SHORT = 2**31
"""Whole numbers below this are kept in 32 bits: what is ordered and carried is moved around several times."""

KINDS = {what: nth for nth, what in enumerate(What)}
"""What a row says, as a code."""

STATES = {State.OPEN: 0, State.WAITING_OTHER: 1, State.WAITING_CUSTOMER: 2, State.DONE: 3}
"""States as codes: up to `OURS` it is our turn."""
OURS, CUSTOMERS, DONE = 1, STATES[State.WAITING_CUSTOMER], STATES[State.DONE]


class NothingToAudit(ValueError):  # noqa: N818  (a refusal, as the house calls it)
    """The log has no row up to the moment that was asked about."""

    code = "nothing_to_audit"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What one look through the whole log shows."""

    rows: int
    known: Knows
    as_of: int
    """Microseconds since 1970, as all moments in here."""
    first: int
    unit: int
    """The longest of a second, a millisecond and a microsecond that all times are multiples of."""
    first_row: int
    last_row: int

    @property
    def orders_fit(self) -> bool:
        """Whether time and row of every event fit into one number."""
        return ((self.as_of - self.first) // self.unit + 1) * self._rows_a_moment < _MOST

    @property
    def _rows_a_moment(self) -> int:
        return self.last_row - self.first_row + 1

    def order(self, log: ir.Table) -> ir.IntegerValue:
        """Return the number by which a case's rows are ordered: time first, then row."""
        return self._since(log) * self._rows_a_moment + (log.row - self.first_row)

    def _since(self, log: ir.Table) -> ir.IntegerValue:
        return (log.t - self.first) // self.unit if self.unit > 1 else log.t - self.first

    def short(self, log: ir.Table) -> dict[str, ir.IntegerValue]:
        """Return time and row of each event as small numbers: `s` units since the first, and `r`."""
        long = (self.as_of - self.first) // self.unit >= _SHORT, self._rows_a_moment >= _SHORT
        s, r = self._since(log), log.row - self.first_row
        order = {} if self.orders_fit else {"n": log.n}
        return {"s": s if long[0] else s.cast("int32"), "r": r if long[1] else r.cast("int32"), **order}

    @property
    def order_of_short(self) -> str:
        """The order of a row, in SQL, from its small numbers."""
        return f"(cast(s as bigint) * {self._rows_a_moment} + r)" if self.orders_fit else "n"

    def at(self, s: ir.IntegerValue) -> ir.IntegerValue:
        """Return the moment that a small number stands for."""
        return s.cast("int64") * self.unit + self.first

    def long(self, rows: ir.Table) -> ir.Table:
        """Return rows with time `t`, `row` and order `n` from their small numbers."""
        r = rows.r.cast("int64")
        told = {"t": self.at(rows.s), "row": r + self.first_row}
        if self.orders_fit:
            told["n"] = rows.s.cast("int64") * self._rows_a_moment + r
        return rows.mutate(**told)


def ticks(at: datetime) -> int:
    """Return a moment in microseconds since 1970."""
    return (at - EPOCH) // MICRO


def moment(at: int) -> datetime:
    """Return the moment that so many microseconds since 1970 are."""
    return EPOCH + at * MICRO


def scan(engine: Engine, log: ir.Table, *, as_of: datetime | None) -> Scan:
    """Look through the log. Without a day to look back from, it is that of the last row.

    Raises NothingToAudit.
    """
    if as_of is not None:
        log = log.filter(log.t <= ticks(as_of))
    told = log.aggregate(
        rows=log.count(),
        first=log.t.min(),
        last=log.t.max(),
        first_row=log.row.min(),
        last_row=log.row.max(),
        within_second=_any(log.t % SECOND != 0),
        within_milli=_any(log.t % 1000 != 0),
        contacts=_any(log.what == What.STAFF_WROTE.value),
        substance=_any(log.substantive.notnull()),
        asks=_any(log.what == What.ASKED_CUSTOMER.value),
        teams=_any(log.team.notnull()),
        people=_any(log.person.notnull()),
        states=_any(log.state.notnull()),
        promises=_any(log.what == What.PROMISED.value),
        arrivals=_any(log.what == What.REMEDY_ARRIVED.value),
    )
    found = engine.rows(told)[0]
    if not found["rows"]:
        raise NothingToAudit("the log has no row" + (f" up to {as_of:%Y-%m-%d %H:%M}" if as_of else ""))
    known = Knows(**{name: bool(found[name]) for name in Knows.__dataclass_fields__})
    return Scan(
        rows=found["rows"],
        known=known,
        as_of=found["last"] if as_of is None else ticks(as_of),
        first=found["first"],
        unit=_UNITS[bool(found["within_second"]) + bool(found["within_milli"])],
        first_row=found["first_row"],
        last_row=found["last_row"],
    )


def _any(holds: ir.BooleanValue) -> ir.IntegerScalar:
    return holds.fill_null(False).cast("int8").max()


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names made into whole numbers, which are compared and counted several times as fast."""

    cases: ir.Table
    """`case_id` and its number `k`, and by which `channel` and from which `customer` it came."""
    teams: ir.Table
    """`team` and its number `k`."""
    people: ir.Table


def names(engine: Engine, log: ir.Table) -> Names:
    """Number the names that a log uses."""
    return Names(
        cases=engine.number(_said(log), "case_names"),
        teams=engine.number(log.filter(log.team.notnull()).select("team").distinct(), "team_names"),
        people=engine.number(log.filter(log.person.notnull()).select("person").distinct(), "people_names"),
    )


def _said(log: ir.Table) -> ir.Table:
    """Return by which door and from whom each case came, as its first row that says so has it."""
    return log.group_by("case_id").aggregate(
        channel=_name_of_first(log.channel, log.n, where=log.channel.notnull()),
        customer=_name_of_first(log.customer, log.n, where=log.customer.notnull()),
    )


# Engines can look for a highest number as they go; Ibis would have the rows of each case put in order for it.
def _extreme(name: str, kind: dt.DataType) -> Callable[..., Any]:
    named = ibis.udf.agg.builtin(name=name, signature=((kind, dt.int64), kind))
    return cast("Callable[..., Any]", named(lambda _what, _by: None))


number_of_last = _extreme("max_by", dt.int64)
"""The number that stands where another is highest."""
_name_of_first = _extreme("min_by", dt.string)


def in_order(engine: Engine, log: ir.Table, looked: Scan) -> ir.Table:
    """Return the rows up to that day, each with the number `n` by which those of its case are ordered."""
    log = log.filter(log.t <= looked.as_of)
    if looked.orders_fit:
        return log.mutate(n=looked.order(log))
    # Times of microseconds over many years: the rows of each case are counted instead.
    within = ibis.window(group_by="case_id", order_by=["t", "row"])
    return engine.keep(log.mutate(n=ibis.row_number().over(within)), "ordered")


def ready(log: ir.Table, looked: Scan, named: Names) -> ir.Table:
    """Return the rows, ordered by `s` and `r` (`Scan.short`), with what each means in numbers and flags."""
    human = (log.actor != Actor.AUTOMATIC.value).fill_null(True)
    told = log.select(
        "case_id",
        "team",
        "person",
        kind=ibis.cases(*((log.what == what.value, ibis.literal(kind, "int8")) for what, kind in KINDS.items())),
        code=_code(log),
        speaks=_speaks(log, looked.known, human),
        human=human,
        due=(log.what == What.PROMISED.value).ifelse(log.due, ibis.null("int64")),
        **looked.short(log),
    )
    cases, teams, people = named.cases.select("case_id", "k"), named.teams, named.people
    told = told.join(cases, "case_id").drop("case_id")
    told = _numbered(told, teams, "team") if looked.known.teams else told.mutate(team=ibis.null("int64"))
    return _numbered(told, people, "person") if looked.known.people else told.mutate(person=ibis.null("int64"))


def _numbered(rows: ir.Table, names_of: ir.Table, column: str) -> ir.Table:
    """Return rows with a name's number in the place of the name."""
    numbers = names_of.select(name=column, number="k")
    joined = rows.left_join(numbers, rows[column] == numbers.name)
    return joined.drop(column, "name").rename({column: "number"})


def is_any(rows: ir.Table, *what: What) -> ir.BooleanValue:
    """Return whether each row is one of these."""
    return rows.kind.isin([KINDS[each] for each in what])


def _code(log: ir.Table) -> ir.IntegerValue:
    return ibis.cases(*((log.state == state.value, ibis.literal(code, "int8")) for state, code in STATES.items()))


def _speaks(log: ir.Table, known: Knows, human: ir.BooleanValue) -> ir.BooleanValue:
    """Return whether a row is a substantive reply (`histories.speaks`)."""
    unmarked = ibis.cases(
        (log.what == What.STAFF_WROTE.value, human & (not known.substance)),
        (log.what.isin([What.PROMISED.value, What.OFFER_MADE.value]), human),
        else_=False,
    )
    ours = [What.STAFF_WROTE.value, What.PROMISED.value, What.OFFER_MADE.value, What.ASKED_CUSTOMER.value]
    return ibis.cases((log.what.notin(ours), False), (log.substantive.notnull(), log.substantive), else_=unmarked)
