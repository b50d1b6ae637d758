"""A company that never sleeps, with few people and short clocks: the world that the proof searches.

It is open every hour of the week, in UTC, so only distances in time matter and
states that differ by nothing else are one state. `normal` brings a state into
the form in which equal futures are equal values; test_proof.py compares it with
the untouched story over long random walks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import product
from typing import TypeVar

from makegood.rules.cases import Case, Offer
from makegood.rules.contacts import Reply
from makegood.rules.escalation import House
from makegood.rules.hours import Hours
from makegood.rules.people import Absence, People, Person
from makegood.rules.policy import Door, Kind, Ladder, Pauses, Policy, Role, Rung, Signal, Span, Unit
from makegood.rules.promises import Climb, Promise

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""Every state is looked at from this moment: what is past lies before it, what is due after it."""

HOUR = timedelta(hours=1)
ANN, BEN, LEA, HAL, EVE, ELI = range(1, 7)
_ROLES = (Role.AGENT, Role.AGENT, Role.LEAD, Role.HEAD, Role.EXECUTIVE, Role.EXECUTIVE)

WAITING, LAST, ASKED, WRITTEN, STRANGE, OLD = range(1, 7)
"""Contacts in normal form: one that waits for an answer, our last one, an older ask, one that no server
has taken yet, a stranger's, an older reply."""

MAIL = Door(name="mail", kind="mail", title="Mailbox")
EXECUTIVE = Door(name="executive", kind="mail", title="Executive mailbox", executive=True)
ALWAYS = Hours(zone="UTC", weekly=dict.fromkeys(range(7), ((time(0), time.max),)))


def hours(count: int) -> Span:
    return Span(count=count, unit=Unit.BUSINESS_HOURS)


def small_policy(
    *,
    reply: int = 8,
    silence: int = 8,
    update: int = 16,
    ask: int = 12,
    handoff: int = 4,
    executive: int = 8,
    manager: int = 4,
    quarantine: int = 4,
    resolution: int = 24,
    rungs: tuple[int, int, int, int] = (0, 8, 12, 20),
    repeat: int = 4,
    grace: int = 8,
    pause: int = 8,
    answered_for: int = 20,
    warn: int | None = 4,
    silence_pauses: bool = False,
) -> Policy:
    """Return a policy with the house's nine clocks, in whole hours."""
    s = Signal
    substance = (s.REPLY_SUBSTANTIVE,)
    warned = (hours(warn),) if warn else ()
    clocks = [
        _kind("reply", reply, s.CONTACT_RECEIVED, kept_by=substance, pausable=True, warn=warned),
        _kind(
            "silence",
            silence,
            s.CONTACT_RECEIVED,
            s.REPLY_SUBSTANTIVE,
            kept_by=substance,
            only_our_turn=True,
            pausable=silence_pauses,
        ),
        _kind("update", update, s.REPLY_SUBSTANTIVE, kept_by=substance, restarts=True),
        _kind("ask", ask, s.ASK_FIRST, kept_by=(s.CONTACT_RECEIVED, *substance, s.CASE_CLOSED), ladder="ask"),
        _kind("handoff", handoff, s.HANDOFF_OFFERED, kept_by=(s.HANDOFF_SETTLED,)),
        _kind("executive", executive, s.EXECUTIVE_LETTER, kept_by=(*substance, s.HANDOFF_ACCEPTED)),
        _kind("manager", manager, s.MANAGER_ASKED, kept_by=(s.REPLY_SENIOR,)),
        _kind("quarantine", quarantine, s.CASE_QUARANTINED, kept_by=(s.QUARANTINE_JUDGED,)),
        _kind("resolution", resolution, s.CASE_OPENED, kept_by=(s.CASE_CLOSED,)),
    ]
    roles: tuple[Role | None, ...] = (None, Role.LEAD, Role.HEAD, Role.EXECUTIVE)
    house = tuple(Rung(role=role, after=hours(after)) for role, after in zip(roles, rungs, strict=True))
    asked = (house[0], Rung(role=None, after=hours(8)), Rung(role=Role.EXECUTIVE, after=hours(16)))
    return Policy(
        name="small",
        version=1,
        currency="USD",
        calendars={"always": ALWAYS},
        default_calendar="always",
        kinds={kind.name: kind for kind in clocks},
        ladders={
            "house": Ladder(name="house", rungs=house, repeat=hours(repeat), grace=hours(grace)),
            "ask": Ladder(name="ask", rungs=asked, repeat=hours(repeat), grace=hours(grace)),
        },
        pauses=Pauses(limit=hours(pause)),
        doors={"mail": MAIL, "executive": EXECUTIVE},
        handoff_budget=2,
        answered_for=hours(answered_for),
        quiet_after=hours(24),
        alarm_limit=Span(count=1, unit=Unit.MINUTES),
        vague_words={},
    )


def _kind(
    name: str,
    within: int,
    *opens_on: Signal,
    kept_by: tuple[Signal, ...],
    pausable: bool = False,
    only_our_turn: bool = False,
    restarts: bool = False,
    ladder: str = "house",
    warn: tuple[Span, ...] = (),
) -> Kind:
    return Kind(
        name=name,
        title=name,
        opens_on=opens_on,
        kept_by=kept_by,
        within=hours(within),
        pausable=pausable,
        only_our_turn=only_our_turn,
        restarts=restarts,
        ladder=ladder,
        warn=warn,
    )


POLICIES = {
    # Every time a multiple of twelve hours, so that most states meet again: for the deepest search.
    "all in half days": small_policy(
        reply=12, silence=12, update=24, ask=12, handoff=12, executive=12, manager=12, quarantine=12,
        resolution=24, repeat=12, grace=12, pause=12, answered_for=24, warn=None, rungs=(0, 12, 24, 36),
    ),
    # As in words.md: reply and silence run out together, repeats come between the rungs.
    "as the house": small_policy(),
    # The other way round: silence before reply, rungs before repeats, pauses longer than what they pause.
    "short silence, long pauses": small_policy(
        reply=12, silence=4, update=8, ask=4, handoff=12, resolution=16, repeat=12, grace=4, pause=16,
        answered_for=4, warn=8, rungs=(0, 4, 8, 12), silence_pauses=True,
    ),
    # Resolution runs out first, acknowledging buys more than the whole ladder, offers outlive everything.
    "resolution first": small_policy(
        reply=16, silence=20, update=28, ask=8, handoff=20, executive=4, manager=12, quarantine=12,
        resolution=8, repeat=8, grace=24, pause=4, answered_for=12, warn=12, rungs=(0, 4, 12, 16),
    ),
}  # fmt: skip


# ── who is in ────────────────────────────────────────────────────────────────

Status = timedelta | str
"""Of one person: "in", "gone", or how long he has been away."""

Statuses = tuple[Status, ...]
EVERYBODY_IN: Statuses = ("in",) * 6


@cache
def people_of(statuses: Statuses, cover: int | None = None) -> People:
    """Return the company in which each person is as `statuses` say, seen from NOW."""
    everybody = []
    for nth, (role, status) in enumerate(zip(_ROLES, statuses, strict=True), start=1):
        absences: tuple[Absence, ...] = ()
        if isinstance(status, timedelta):
            absences = (Absence(from_at=NOW - status, cover=cover if cover != nth else None),)
        everybody.append(Person(id=nth, role=role, active=status != "gone", absences=absences))
    return People(tuple(everybody))


@cache
def house_of(policy_name: str, statuses: Statuses, cover: int | None = None) -> House:
    return House(policy=POLICIES[policy_name], people=people_of(statuses, cover))


@cache
def companies(owner: int, status: Status) -> tuple[Statuses, ...]:
    """Return every company in which the owner is as `status` says and each other person is in or away.

    Whoever is away has been so for longer than matters.
    """
    others: list[tuple[Status, ...]] = [("in", HOUR)] * 6
    others[owner - 1] = (status,)
    return tuple(product(*others))


@dataclass(frozen=True)
class State:
    """One case at NOW, and its owner. Who else is in is not part of it: anybody may come and go between moves."""

    case: Case
    owner: Status = "in"
    cover: int | None = None
    """Who stands in for an owner who is away."""
    last: int | None = None
    """Our last message, if it can still bounce."""


# ── the normal form ──────────────────────────────────────────────────────────


def normal(state: State, house: House, *, now: datetime) -> State:
    """Return the state in which everything that can't matter any more is alike, seen from NOW.

    Promises that are over and can't come back are dropped and the rest renumbered; times are
    moved so that `now` is NOW; moments that only matter as past are one past moment.
    """
    case, shift = state.case, NOW - now
    contacts = _Contacts(state.last)
    kept = [p for p in case.promises if p.outstanding or _comes_back(p, case, state.last)]
    # No rule asks which of two kinds was promised first; within a kind the order stays.
    kept.sort(key=lambda p: p.kind)
    promises = tuple(
        _promise(p, number, case, house, contacts, shift=shift) for number, p in enumerate(kept, 1)
    )
    owner, away = _SAME.get(case.owner, case.owner), _away(state.owner, now - NOW)
    needs_receipt = not any(p.kind == "resolution" for p in promises)
    normal_case = changed(
        case,
        owner=owner,
        owned_at=NOW if away == "in" else max(case.owned_at + shift, NOW - HOUR),
        opened_at=NOW,
        received_at=case.received_at + shift if needs_receipt else NOW,
        closed_at=None if case.open else NOW,
        ball_until=_moved(case.ball_until, shift),
        offer=Offer(to=BEN if owner == ANN else ANN, by=None, at=NOW) if case.offer else None,
        promises=promises,
        unanswered_at=_earlier(case.unanswered_at, shift, exact=case.quarantined),
        unanswered_by=(WAITING,) if case.unanswered_by else (),
        substantive_at=_replied(case.substantive_at, _LAST_REPLY_AT, shift, exact=case.quarantined),
        replies=_replies(case, state.last, shift, budget=house.policy.handoff_budget),
        asked=contacts.asked(case.asked),
        owners=_owners(case.owners, house.policy.handoff_budget),
        lowest_rung=min(case.lowest_rung, 3),
        findings=(),
        pending=(WRITTEN,) * len(case.pending),
        proposed=(STRANGE,) * len(case.proposed),
        executive_by=WAITING if case.executive_by else None,
        acknowledged_by=None,
        apologies=0,
        need_by=None,
        last_at=NOW,
    )
    return State(normal_case, away, state.cover if away != "in" else None, LAST if state.last else None)


_SAME = {ANN: ANN, BEN: ANN, LEA: LEA, HAL: LEA, EVE: LEA, ELI: LEA}
"""To a case its owner is an agent or somebody above; which one decides only who hears of it."""


def _away(status: Status, passed: timedelta) -> Status:
    # Beyond the hour after which a case moves on, it doesn't matter how long he has been away.
    return min(status + passed, HOUR) if isinstance(status, timedelta) else status


def _comes_back(promise: Promise, case: Case, last: int | None) -> bool:
    """Whether a promise that is over can be owed again: its mail bounces, or the case is reopened."""
    return (last is not None and promise.kept_by == last) or (promise.kind == "resolution" and not case.open)


class _Contacts:
    """The names that contacts have in normal form."""

    def __init__(self, last: int | None) -> None:
        self._last = last
        self.can_bounce = last is not None

    def one(self, contact: int | None) -> int | None:
        """Return LAST or nothing: no rule asks which other contact kept a promise, or began it."""
        return LAST if contact is not None and contact == self._last else None

    def asked(self, contacts: tuple[int, ...]) -> tuple[int, ...]:
        """Only whether anything was asked matters, and whether it goes when our last message bounces."""
        return tuple(sorted({LAST if c == self._last else ASKED for c in contacts}))


Value = TypeVar("Value")


def changed(value: Value, /, **fields: object) -> Value:
    """Return a frozen value with some fields changed: `dataclasses.replace`, in a third of its time."""
    made = object.__new__(type(value))
    made.__dict__.update(value.__dict__)
    made.__dict__.update(fields)
    return made


def _promise(
    promise: Promise,
    number: int,
    case: Case,
    house: House,
    contacts: _Contacts,
    *,
    shift: timedelta,
) -> Promise:
    broken, owed = promise.broken_at is not None, promise.outstanding
    kind = house.policy.kinds.get(promise.kind)
    measures_silence = kind is not None and kind.only_our_turn
    warns = owed and not broken and (promise.near_at is not None or (kind is not None and bool(kind.warn)))
    due_at = promise.due_at + shift
    if not promise.paused:
        due_at = NOW if owed and broken else max(due_at, NOW)
    # A warning counts from both: when the clock began, and when it was last owed anew.
    from_at = max(promise.from_at, promise.owed_at) + shift if warns else NOW
    if measures_silence and not warns and not (owed and broken):
        from_at = _order_among_replies(promise, case, can_bounce=contacts.can_bounce)
    return changed(
        promise,
        number=number,
        from_at=from_at,
        owed_at=from_at if warns else NOW,
        due_at=due_at,
        near_at=_moved(promise.near_at, shift) if warns else None,
        contact=contacts.one(promise.contact) if owed and not promise.said else None,
        paused_at=_moved(promise.paused_at, shift),
        paused_until=_moved(promise.paused_until, shift),
        warned=promise.warned if warns else 0,
        broken_at=NOW if broken else None,
        kept_at=NOW if promise.kept_at else None,
        kept_by=contacts.one(promise.kept_by),
        ended_at=NOW if promise.ended_at else None,
        ancestor=None,
        climb=_climb(promise, house, shift) if owed and promise.climb else None,
    )


_LAST_REPLY_AT, _REPLY_BEFORE_AT = NOW - HOUR, NOW - 3 * HOUR


def _order_among_replies(silence: Promise, case: Case, *, can_bounce: bool) -> datetime:
    """Return when a silence began, as far as it matters: before or after the reply it is compared with.

    That is our last reply; the one before it once that bounces, and for a silence that it kept.
    """
    last, before = case.substantive_at, case.replies[-2].at if len(case.replies) > 1 else None
    if silence.outstanding and (last is None or silence.from_at >= last):
        return NOW
    after_the_one_before = before is None or silence.from_at >= before
    if silence.outstanding:
        return NOW - 2 * HOUR if can_bounce and after_the_one_before else NOW - 4 * HOUR
    return NOW if after_the_one_before else NOW - 4 * HOUR


def _climb(promise: Promise, house: House, shift: timedelta) -> Climb:
    climb = promise.climb
    assert climb is not None
    top = len(house.ladder(promise.kind).rungs) - 1
    heard, settled = climb.acknowledged_at is not None, climb.rung >= top
    return Climb(
        rung=min(climb.rung, top),
        from_at=NOW if heard or settled else climb.from_at + shift,
        from_rung=0 if heard or settled else climb.from_rung,
        rang_at=NOW if heard else _moved(climb.rang_at, shift),
        acknowledged_at=_moved(climb.acknowledged_at, shift),
        missed=climb.missed,
    )


def _moved(at: datetime | None, shift: timedelta) -> datetime | None:
    return None if at is None else at + shift


def _earlier(at: datetime | None, shift: timedelta, *, exact: bool) -> datetime | None:
    """Return whether he waits; since when matters only for a judgement to come."""
    if at is None:
        return None
    return at + shift if exact else NOW - HOUR


def _replied(at: datetime | None, alike: datetime, shift: timedelta, *, exact: bool) -> datetime | None:
    """Return when we replied: all alike, except where a judgement may still compare it with his letter."""
    if at is None:
        return None
    return at + shift if exact else alike


def _owners(owners: tuple[int, ...], budget: int) -> tuple[int, ...]:
    """Return who owned it, as far as it matters: how many, up to the budget, and who does now."""
    return (*([0] * min(len(owners) - 1, budget)), _SAME.get(owners[-1], owners[-1]))


def _replies(case: Case, last: int | None, shift: timedelta, *, budget: int) -> tuple[Reply, ...]:
    """Return the last reply as it would be undone, and the moment of the one before it."""
    found = []
    # Where no reply clock comes back with a bounce, one is opened from when he wrote.
    exact = not any(p.kind == "reply" and last is not None and p.kept_by == last for p in case.promises)
    for nth, reply in enumerate(case.replies[-2:], start=len(case.replies) - len(case.replies[-2:])):
        alike = _LAST_REPLY_AT if nth == len(case.replies) - 1 else _REPLY_BEFORE_AT
        can_bounce = reply.contact == last and nth == len(case.replies) - 1
        found.append(
            Reply(
                contact=LAST if can_bounce else OLD,
                at=_replied(reply.at, alike, shift, exact=case.quarantined) or NOW,
                unanswered_before=(
                    _earlier(reply.unanswered_before, shift, exact=exact) if can_bounce else None
                ),
                unanswered_by_before=(WAITING,) if can_bounce and reply.unanswered_by_before else (),
                asked_before=(ASKED,) if can_bounce and reply.asked_before else (),
                owners_before=_owners(reply.owners_before, budget) if can_bounce else (),
            )
        )
    if found and found[-1].contact != LAST:
        return (found[-1],)
    return tuple(found)
