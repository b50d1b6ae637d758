"""Whether the sections of a policy make sense with each other.

The one thing a policy may not do is leave an open case without a running
clock, or a clock that runs out to nobody. So the kinds in `CORE` may be
re-timed and never removed or hollowed out, ladders climb and end with an
executive, and ranges, warnings and limits are the right way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from . import spans
from .hours import Hours, HoursRefused
from .policy import Authority, Door, Kind, Ladder, Role, Signal, Span, Unit
from .policy_tables import Complaints, Where, dotted

_RISING: tuple[Role | None, ...] = (None, Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE)
_BUSINESS = (Unit.BUSINESS_HOURS, Unit.BUSINESS_DAYS)
# Every hour of one ordinary week: enough to see whether one span can end before another.
_MONDAY = datetime(2026, 6, 1, tzinfo=UTC)
_WEEK = [_MONDAY + timedelta(hours=hour) for hour in range(7 * 24)]


@dataclass(frozen=True, kw_only=True)
class _Core:
    """What a kind needs to do its part of "an open case always has a running clock"."""

    opens_on: frozenset[Signal]
    """It must open on each of these."""
    kept_by: frozenset[Signal]
    """Nothing else may keep it."""
    why: str
    pausable: bool = True
    only_our_turn: bool | None = None


def _core(opens_on: Iterable[Signal], kept_by: Iterable[Signal], why: str, *, pausable: bool = True) -> _Core:
    return _Core(opens_on=frozenset(opens_on), kept_by=frozenset(kept_by), why=why, pausable=pausable)


_SUBSTANCE = (Signal.REPLY_SUBSTANTIVE, Signal.REPLY_ANSWER, Signal.REPLY_SENIOR)

CORE: Mapping[str, _Core] = {
    "reply": _core([Signal.CONTACT_RECEIVED], _SUBSTANCE, "a customer who wrote waits for substance"),
    "silence": _Core(
        opens_on=frozenset([Signal.CONTACT_RECEIVED, Signal.REPLY_SUBSTANTIVE]),
        kept_by=frozenset(_SUBSTANCE),
        why="nobody waits unseen while it is our turn",
        only_our_turn=True,
    ),
    "update": _core([Signal.REPLY_SUBSTANTIVE], _SUBSTANCE, "an open case goes on getting news"),
    "ask": _core(
        [Signal.ASK_FIRST],
        [Signal.CONTACT_RECEIVED, Signal.CASE_CLOSED, *_SUBSTANCE],
        "a question nobody answered is looked at again",
    ),
    "handoff": _core([Signal.HANDOFF_OFFERED], [Signal.HANDOFF_SETTLED], "an offered case is taken or returned"),
    "executive": _core(
        [Signal.EXECUTIVE_LETTER],
        [Signal.HANDOFF_ACCEPTED, *_SUBSTANCE],
        "a letter to an executive gets one answer or a named delegate",
    ),
    "manager": _core([Signal.MANAGER_ASKED], [Signal.REPLY_SENIOR], "who asks for a manager hears from one"),
    "quarantine": _core(
        [Signal.CASE_QUARANTINED], [Signal.QUARANTINE_JUDGED], "what nobody could read is judged by a person"
    ),
    "resolution": _core(
        [Signal.CASE_OPENED],
        [Signal.CASE_CLOSED],
        "it is the one clock nothing pauses, and every open case has it",
        pausable=False,
    ),
}


def core_is_whole(kinds: Mapping[str, Kind], complaints: Complaints) -> None:
    """Complain about a kind of `CORE` that is missing, or that no longer does its part."""
    for name, core in CORE.items():
        if name not in kinds:
            instead = f"[kinds.{name}] as in the house policy; its time may be changed, it may not go"
            complaints.add(("kinds", name), f"is missing: {core.why}", instead)
        elif not complaints.about(("kinds", name)):
            _does_its_part(kinds[name], core, complaints)


def _does_its_part(kind: Kind, core: _Core, complaints: Complaints) -> None:
    where: Where = ("kinds", kind.name)
    if missing := core.opens_on - set(kind.opens_on):
        what = f"must open on {_listed(missing)}: {core.why}"
        complaints.add((*where, "opens_on"), what, _listed(core.opens_on | set(kind.opens_on)))
    if hollow := set(kind.kept_by) - core.kept_by:
        what = f"can't be kept by {_listed(hollow)}: {core.why}"
        complaints.add((*where, "kept_by"), what, "only from " + _listed(core.kept_by))
    if kind.pausable and not core.pausable:
        complaints.add((*where, "pausable"), f"can't be pausable: {core.why}", "pausable = false")
    if core.only_our_turn is not None and kind.only_our_turn is not core.only_our_turn:
        complaints.add((*where, "only_our_turn"), f"is what this kind is for: {core.why}", "true")


def _listed(signals: Iterable[Signal]) -> str:
    return "[" + ", ".join(f'"{each}"' for each in Signal if each in set(signals)) + "]"


def warnings_come_in_time(kinds: Mapping[str, Kind], hours: Hours, complaints: Complaints) -> None:
    """Complain about a warning so early that it could only come before its promise was made."""
    for kind in kinds.values():
        where: Where = ("kinds", kind.name, "warn")
        if complaints.about(where[:2]):
            continue
        for warn in kind.warn:
            if warn.to_end_of_day:
                plain = f'"{warn.count} {warn.unit}"'
                complaints.add(where, f'"{warn}" is a deadline, not a distance', plain)
            elif not any(_warned_after(start, warn, kind.within, hours) for start in _WEEK):
                what = f"{warn} before due is longer than the promise, {kind.within}"
                complaints.add(where, what, f"less than {kind.within}")


def _warned_after(start: datetime, warn: Span, within: Span, hours: Hours) -> bool:
    try:
        return spans.before(warn, spans.due_at(within, start, hours), hours) > start
    except (HoursRefused, OverflowError):
        return False


def ranges_are_the_right_way_round(doors: Mapping[str, Door], hours: Hours, complaints: Complaints) -> None:
    """Complain about a standing promise whose near end may come at or after its far end."""
    for name, door in doors.items():
        for nth, standing in enumerate(door.standing):
            where: Where = ("doors", name, "standing", nth)
            near, due = standing.near, standing.due
            if near is None or complaints.about(where):
                continue
            if any(spans.due_at(near, at, hours) >= spans.due_at(due, at, hours) for at in _WEEK):
                what = f"near ({near}) doesn't always come before due ({due})"
                complaints.add((*where, "near"), what, f"a time shorter than {due}, in {due.unit}")


def ladders_climb(ladders: Mapping[str, Ladder], hours: Iterable[Hours], complaints: Complaints) -> None:
    """Complain about a ladder that doesn't begin at once, climb in order and end with an executive."""
    days = [each.day_seconds for each in hours]
    for name, ladder in ladders.items():
        where: Where = ("ladders", name, "rungs")
        if complaints.about(where) or not ladder.rungs:
            continue
        _ladder_counts_business_time(ladder, where, complaints)
        if ladder.rungs[0].after.count:
            what = "the first rung hears late; a clock that runs out is told to somebody at once"
            complaints.add((*where, 0, "after"), what, '"0 business hours"')
        for nth, (lower, upper) in enumerate(pairwise(ladder.rungs), start=1):
            if _RISING.index(upper.role) < _RISING.index(lower.role):
                what = f"{upper.name} stands below {lower.name}, who hears earlier"
                complaints.add((*where, nth, "role"), what, f"somebody no lower than {lower.name}")
            if not all(_seconds(upper.after, day) > _seconds(lower.after, day) for day in days):
                what = f"{upper.name} hears no later than {lower.name}"
                complaints.add((*where, nth, "after"), what, f"a time longer than {lower.after}")
        if ladder.rungs[-1].role is not Role.EXECUTIVE:
            what = f"ends with {ladder.rungs[-1].name}; the last rung never ends, so it is an executive"
            complaints.add(where, what, 'a last rung {role = "executive", after = …}')


def _ladder_counts_business_time(ladder: Ladder, where: Where, complaints: Complaints) -> None:
    for nth, rung in enumerate(ladder.rungs):
        if rung.after.unit not in _BUSINESS or rung.after.to_end_of_day:
            what = f"{rung.after} is no business time, and rungs are climbed when people are in"
            complaints.add((*where, nth, "after"), what, f'"{rung.after.count} business hours" or days')


def _seconds(span: Span, day: int) -> int:
    return span.count * (day if span.unit is Unit.BUSINESS_DAYS else 3600)


def addresses_are_one_doors_each(doors: Mapping[str, Door], complaints: Complaints) -> None:
    """Complain about an address that is none, or that two doors claim."""
    claimed: dict[str, str] = {}
    for name, door in doors.items():
        where: Where = ("doors", name, "addresses")
        for address in door.addresses:
            local, _, domain = address.partition("@")
            if not local or not domain or "@" in domain or any(sign in " ,;<>" for sign in address):
                complaints.add(where, f'"{address}" is no address', 'one such as "help@house.example"')
                continue
            other = claimed.setdefault(address.lower(), name)
            if other != name or list(map(str.lower, door.addresses)).count(address.lower()) > 1:
                complaints.add(where, f'"{address}" is an address of doors.{other} already', "it once")


def authority_rises(authority: Mapping[Role, Authority], complaints: Complaints) -> None:
    """Complain about limits that contradict each other, or a rung that may give less than a lower one."""
    for role, limits in authority.items():
        where: Where = ("authority", str(role))
        for key, more in (("per_customer", limits.per_customer), ("per_day", limits.per_day)):
            if more < limits.per_case and not complaints.about(where):
                complaints.add((*where, key), f"is less than per_case, {limits.per_case}", "at least as much")
        if 0 < limits.per_30_days < limits.per_day and not complaints.about(where):
            complaints.add((*where, "per_30_days"), f"is less than per_day, {limits.per_day}", "at least as much")
    sound = [limits for limits in authority.values() if not complaints.about(("authority", str(limits.role)))]
    for lower, upper in pairwise(sorted(sound, key=lambda limits: _RISING.index(limits.role))):
        if upper.per_case < lower.per_case or upper.per_day < lower.per_day:
            what = f"{upper.role} may give less than {lower.role}, whose requests it approves"
            complaints.add(("authority", str(upper.role)), what, f"no less than authority.{lower.role}")


def nothing_ends_at_midnight(named: Mapping[Where, Span], complaints: Complaints) -> None:
    """Complain about "end of …" where a distance is meant: repeats, grace, pauses, limits."""
    for where, span in named.items():
        if span.to_end_of_day and not complaints.about(where):
            what = f"{dotted(where)} is a distance, not a deadline"
            complaints.add(where, what, f'"{span.count} {span.unit}"')
