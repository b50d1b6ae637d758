"""What a policy says about making it right: its catalogue, budgets, rates, and the clocks that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .catalogue import CONNECTORS, WORDS, Cost, Entry, Evidence, Failure, RemedyKind
from .money import EXPONENTS
from .policy import Budget, Kind, Period, Role, Signal
from .policy_tables import Complaints, Table, Where, one_of
from .reminding import Reminders

_GIVERS = [role for role in Role if role is not Role.ADMIN]
_COST = re.compile(r"(fixed|percent) +([0-9][0-9_]*)", re.ASCII)
_MOST = 10**15


def catalogue(table: Table, *, budgets: Iterable[str]) -> dict[str, Entry]:
    """Return the remedies of the catalogue by key."""
    return {name: _entry(each, name, list(budgets)) for name, each in table.named()}


def _entry(table: Table, key: str, budgets: list[str]) -> Entry:
    kind = RemedyKind(table.choice("kind", list(RemedyKind)))
    titles = table.table("titles", required=False)
    free = kind in WORDS or kind is RemedyKind.CUSTOM
    cost = _cost(table, "cost", Cost() if free else None)
    if kind in WORDS and cost != Cost():
        table.complain("cost", f"an {kind} costs nothing", "no cost, or another kind")
    lasts = table.count("lasts_days") if table.has("lasts_days") else None
    entry = Entry(
        key=key,
        title=table.text("title"),
        titles={language: titles.text(language) for language in titles.content},
        kind=kind,
        failures=_failures(table),
        cost=cost,
        value=_cost(table, "value", cost),
        most=table.count("most") if table.has("most") else None,
        evidence=Evidence(table.choice("evidence", list(Evidence), Evidence.CUSTOMER)),
        connector=table.choice("connector", CONNECTORS, "by_hand"),
        within_days=table.count("within_days", 10),
        lasts_days=lasts,
        budget=table.choice("budget", budgets, budgets[0] if len(budgets) == 1 else ""),
    )
    if lasts is not None and (entry.connector != "codes" or lasts < 1):
        table.complain("lasts_days", "is for codes of our own, and a day at least", 'connector = "codes", or nothing')
    table.done()
    return entry


def _failures(table: Table) -> tuple[Failure, ...]:
    found = {Failure(each) for each in table.choices("failures", list(Failure))}
    if Failure.BOTH in found:
        found = {Failure.OUTCOME, Failure.PROCESS}
    return tuple(failure for failure in Failure if failure in found)


def _cost(table: Table, key: str, default: Cost | None) -> Cost:
    if not table.has(key) and default is not None:
        return default
    said = table.text(key)
    if said == "price":
        return Cost(percent=100)
    match = _COST.fullmatch(said)
    number = int(match.group(2)) if match and len(match.group(2)) < 20 else -1
    if match is None or not 0 <= number <= (_MOST if match.group(1) == "fixed" else 1000):
        if said and not table.complaints.about((*table.where, key)):
            instead = '"price", "percent 30", or "fixed 2_500" in the minor unit of the currency'
            table.complain(key, f'"{said[:40]}" is no cost', instead)
        return Cost()
    return Cost(fixed=number) if match.group(1) == "fixed" else Cost(percent=number)


def budgets(table: Table, *, currency: str) -> dict[str, Budget]:
    """Return the budgets by name. `currency` is the house's."""
    return {name: _budget(each, name, currency) for name, each in table.named()}


def _budget(table: Table, name: str, currency: str) -> Budget:
    titles = table.table("titles", required=False)
    found = Budget(
        name=name,
        title=table.text("title", name),
        titles={language: titles.text(language) for language in titles.content},
        amount=table.count("amount"),
        currency=_code(table, "currency", table.text("currency", currency)),
        period=Period(table.choice("period", list(Period), Period.MONTH)),
        owner=Role(table.choice("owner", _GIVERS)),
    )
    if found.amount > _MOST:
        table.complain("amount", "is more than this program counts with", f"at most {_MOST}")
    table.done()
    return found


def reminders(table: Table) -> Reminders:
    """Return when customers who want it are reminded of their codes."""
    usual = Reminders()
    found = Reminders(
        days_before_end=table.count("days_before_end", usual.days_before_end),
        days_unused=table.count("days_unused", usual.days_unused),
    )
    table.done()
    return found


def rates(table: Table, *, currency: str) -> dict[str, Decimal]:
    """Return what one main unit of other currencies is worth in the house's."""
    found = {}
    for code in table.content:
        said = table.text(code)
        if table.complaints.about((*table.where, code)) or _code(table, code, code) != code:
            continue
        if code == currency:
            table.complain(code, "is the house's own currency", "the other currencies only")
            continue
        rate = _decimal(said)
        if rate is None:
            table.complain(code, f'"{said[:40]}" is no rate', f'what 1 {code} is worth in {currency}: "1.08"')
        else:
            found[code] = rate
    return found


def _decimal(said: str) -> Decimal | None:
    try:
        rate = Decimal(said)
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and Decimal("1e-9") < rate < Decimal("1e9") else None


def _code(table: Table, key: str, code: str) -> str:
    told = table.complaints.about((*table.where, key)) or table.complaints.about(("house", "currency"))
    if code in EXPONENTS or told:
        return code
    table.complain(key, f'"{code[:40]}" is no currency', one_of(code, EXPONENTS) if len(code) == 3 else 'such as "EUR"')
    return ""


# ── the clocks that go with them ─────────────────────────────────────────────


@dataclass(frozen=True)
class _Clock:
    opens_on: Signal
    kept_by: frozenset[Signal]
    """Nothing else may keep it."""
    why: str


def _clock(opens_on: Signal, *kept_by: Signal, why: str) -> _Clock:
    return _Clock(opens_on, frozenset({*kept_by, Signal.REMEDY_SETTLED}), why)


_AFTER_OFFER = (Signal.REMEDY_ACCEPTED, Signal.REMEDY_ORDERED)

CLOCKS: Mapping[str, _Clock] = {
    "approval": _clock(
        Signal.REMEDY_PROPOSED_ABOVE, Signal.REMEDY_DECIDED, why="a request for approval gets a yes or a no"
    ),
    "offering": _clock(
        Signal.REMEDY_APPROVED, Signal.REMEDY_OFFERED, *_AFTER_OFFER, why="what was approved is told to the customer"
    ),
    "choice": _clock(Signal.REMEDY_OFFERED, *_AFTER_OFFER, why="an offer without an answer is looked at again"),
    "ordering": _clock(Signal.REMEDY_ACCEPTED, Signal.REMEDY_ORDERED, why="what he chose is ordered"),
    "shipping": _clock(
        Signal.REMEDY_ORDERED,
        Signal.REMEDY_SHIPPED,
        Signal.REMEDY_DELIVERED,
        why="what was ordered gets on its way",
    ),
    "delivery": _clock(Signal.REMEDY_SHIPPED, Signal.REMEDY_DELIVERED, why="what is on its way arrives"),
    "confirmation": _clock(Signal.REMEDY_DELIVERED, why="somebody sees to it that it is right for him"),
    "amends": _clock(Signal.REMEDY_FAILED, why="a remedy that failed is followed by another"),
}
"""The kinds of promises without which a remedy could be forgotten, by name."""

STEPS_WITH_A_CLOCK = frozenset(clock.opens_on for clock in CLOCKS.values())
"""Signals of which each opens a clock in every policy that has remedies."""


def clocks_are_whole(kinds: Mapping[str, Kind], complaints: Complaints) -> None:
    """Complain about a clock of `CLOCKS` that is missing, or that no longer does its part."""
    for name, clock in CLOCKS.items():
        where: Where = ("kinds", name)
        if name not in kinds:
            instead = f"[kinds.{name}] as in the house policy, or no [remedies]; its time may be changed"
            complaints.add(where, f"is missing: {clock.why}", instead)
        elif not complaints.about(where):
            _does_its_part(kinds[name], clock, where, complaints)


def _does_its_part(kind: Kind, clock: _Clock, where: Where, complaints: Complaints) -> None:
    if clock.opens_on not in kind.opens_on:
        complaints.add((*where, "opens_on"), f"must open on {clock.opens_on}: {clock.why}", f'"{clock.opens_on}"')
    if hollow := sorted(set(kind.kept_by) - clock.kept_by):
        allowed = ", ".join(f'"{each}"' for each in Signal if each in clock.kept_by)
        complaints.add((*where, "kept_by"), f"can't be kept by {hollow[0]}: {clock.why}", f"only from [{allowed}]")
    if kind.only_our_turn:
        complaints.add((*where, "only_our_turn"), f"would stop on his turn: {clock.why}", "false")


def rates_are_there(
    budgets: Mapping[str, Budget], rates: Mapping[str, Decimal], currency: str, complaints: Complaints
) -> None:
    """Complain about a budget in a currency that nobody could weigh against an authority."""
    for name, budget in budgets.items():
        known = budget.currency in (currency, "") or budget.currency in rates
        if not known and not complaints.about(("budgets", name)):
            what = f"is in {budget.currency}, for which there is no rate"
            complaints.add(("budgets", name, "currency"), what, f'{budget.currency} = "…" under [rates]')
