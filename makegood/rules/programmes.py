"""What public terms promise, when an entitlement may end, and when we hold his and he holds nothing.

A programme is public terms with every version that was published. Whoever enters is held to the version he saw: what
we give him may be as wide as that, or wider, never narrower. An end runs against the customer only while the delay is
his: as long as a case of his about it is open it stands still, and goes on when a person says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .codes import named
from .money import Money
from .refusals import Refusal

WARN_DAYS = (14, 7, 1)
"""How many days before an end somebody who can act hears of it."""


class NarrowerThanPromised(Refusal):
    """This gives less than the terms he saw. It was not sent; everybody who saw them is proposed as an incident."""

    code = "narrower_than_promised"


class MoreThanPromised(Refusal):
    """This gives more than the terms promise. Whoever runs the programme may; or offer it as a remedy on a case."""

    code = "more_than_promised"


class GivenOnce(Refusal):
    """This entry was given what its terms promise. Take that back first, or offer a remedy on a case."""

    code = "given_once"


class EntitlementsAreOpen(Refusal):
    """This programme can't end yet: somebody still holds something from it."""

    code = "entitlements_are_open"


class SubstituteIsLess(Refusal):
    """A substitute must be worth at least as much, and be good for at least as much, as what it replaces."""

    code = "substitute_is_less"


class NoLongerExtends(Refusal):
    """An extension must end later than before, and lie ahead."""

    code = "no_longer_extends"


class CaseStillOpen(Refusal):
    """The case about it is still open. The end stands still until it closes."""

    code = "case_still_open"


class NotFrozen(Refusal):
    """Nothing stands still here: the end runs, or there is none."""

    code = "not_frozen"


class EntitlementIsOver(Refusal):
    """This entitlement is over: it was used, answered or has ended."""

    code = "entitlement_is_over"


class CodeStandsForIt(Refusal):
    """A code stands for this. It counts as used when the code is redeemed."""

    code = "code_stands_for_it"


class ProgrammeIsOver(Refusal):
    """This programme has ended, and nobody can enter it any more."""

    code = "programme_is_over"


class NothingPublishedYet(Refusal):
    """No terms were in force at that moment. Publish them first, or say when he really entered."""

    code = "nothing_published_yet"


class TermsOutOfOrder(Refusal):
    """Terms were published at this moment or after it. A new version comes after those there are."""

    code = "terms_out_of_order"


class TermsNeedWords(Refusal):
    """Terms need their text, as the public reads it."""

    code = "terms_need_words"


# ── what is promised, and what is given ──────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What somebody may expect, as a program can compare it."""

    percent: int = 0
    """Percent off; 0 where a sum is promised."""
    value: Money | None = None
    """A sum; beside a percentage, the most it takes off. None beside a percentage: as much as that is."""
    scope: frozenset[str] = frozenset()
    """What it is for; empty for anything we sell."""
    excluded: frozenset[str] = frozenset()
    least: Money | None = None
    """What must be spent at least."""
    days: int | None = None
    """How long it lasts from the day it is given; None without end."""
    uses: int = 1

    def plain(self) -> dict[str, Any]:
        """Return them as JSON can hold them, each set in order, so that equal terms are written alike."""
        return {
            "percent": self.percent,
            "value": _money(self.value),
            "scope": sorted(self.scope),
            "excluded": sorted(self.excluded),
            "least": _money(self.least),
            "days": self.days,
            "uses": self.uses,
        }


def from_plain(written: Mapping[str, Any]) -> Terms:
    """Return the terms that `Terms.plain` wrote."""
    return Terms(
        percent=written["percent"],
        value=_read_money(written["value"]),
        scope=named(written["scope"]),
        excluded=named(written["excluded"]),
        least=_read_money(written["least"]),
        days=written["days"],
        uses=written["uses"],
    )


def _money(money: Money | None) -> list[str | int] | None:
    return None if money is None else [money.currency, money.minor]


def _read_money(written: list[Any] | None) -> Money | None:
    return None if written is None else Money(*written)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of published words as they stand, by which anybody can check them."""
    return hashlib.sha256(text.encode()).hexdigest()


def narrower(given: Terms, promised: Terms) -> tuple[str, ...]:
    """Return in what `given` falls short of `promised`, each as a sentence; nothing if it is as good or better."""
    found = [*_in_worth(given, promised), *_in_scope(given, promised)]
    if _above(given.least, promised.least):
        found.append("It asks for a higher order than the terms.")
    if given.days is not None and (promised.days is None or given.days < promised.days):
        found.append("It ends sooner than the terms say.")
    if given.uses < promised.uses:
        found.append("It can be used fewer times than the terms say.")
    return tuple(found)


def _in_worth(given: Terms, promised: Terms) -> list[str]:
    if bool(given.percent) != bool(promised.percent):
        # Nobody can say which is more without the order.
        return ["The terms promise a percentage, or a sum, and this is the other."]
    found = []
    if given.percent < promised.percent:
        found.append("It takes off fewer percent than the terms say.")
    if promised.percent and given.value is None:
        return found
    if promised.percent and promised.value is None:
        return [*found, "It has a limit that the terms don't have."]
    if promised.value is not None and (given.value is None or _above(promised.value, given.value)):
        found.append("It is worth less than the terms say.")
    return found


def _above(one: Money | None, other: Money | None) -> bool:
    """Return whether one sum is above another; of two currencies neither can be said to be within the other."""
    if one is None or not one.minor:
        return False
    return other is None or one.currency != other.currency or one > other


def _in_scope(given: Terms, promised: Terms) -> list[str]:
    if not given.scope:
        left_out = given.excluded - promised.excluded
        if promised.scope:
            left_out &= promised.scope
        return ["It leaves out products that the terms include."] if left_out else []
    if not promised.scope:
        return ["It is only for selected products, and the terms don't say so."]
    missing = (promised.scope - promised.excluded) - (given.scope - given.excluded)
    return ["It leaves out products that the terms include."] if missing else []


# ── the end of an entitlement ────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a customer holds, as far as its end goes."""

    issued_at: datetime
    expires_at: datetime | None
    frozen_at: datetime | None = None
    """Since when its end stands still."""
    warned: int | None = None
    """The last of `WARN_DAYS` that somebody heard."""


class Turn(StrEnum):
    """What time does to an entitlement."""

    WARN = "warn"
    FREEZE = "freeze"
    LAPSE = "lapse"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that time does, dated when it became true."""

    turn: Turn
    at: datetime
    days: int = 0
    """Of a warning: which of `WARN_DAYS`."""


def next_at(held: Held) -> datetime | None:
    """Return when time will next do something to it; None while it stands still or has no end."""
    if held.expires_at is None or held.frozen_at is not None:
        return None
    return min([at for _, at in _warnings(held, held.expires_at)], default=held.expires_at)


def step(held: Held, *, now: datetime, case_since: datetime | None) -> Step | None:
    """Return the next thing that has become true by `now`, or None.

    `case_since` is since when a case of his is open, None if there is none. Whoever waits for our answer loses
    nothing by waiting: his end stands still from that moment on, however late it is noticed.
    """
    due = next_at(held)
    if due is None or held.expires_at is None or due > now:
        return None
    if case_since is not None and case_since < held.expires_at:
        return Step(turn=Turn.FREEZE, at=max(case_since, held.issued_at))
    if held.expires_at <= now:
        return Step(turn=Turn.LAPSE, at=held.expires_at)
    # Of several that passed while the watch stood still, only the nearest is news.
    days, at = max(((d, at) for d, at in _warnings(held, held.expires_at) if at <= now), key=lambda pair: pair[1])
    return Step(turn=Turn.WARN, at=at, days=days)


def _warnings(held: Held, expires_at: datetime) -> list[tuple[int, datetime]]:
    """Return the warnings still to come, with their moments; those before it was given never were any."""
    left = [d for d in WARN_DAYS if held.warned is None or d < held.warned]
    moments = [(d, expires_at - timedelta(days=d)) for d in left]
    return [(d, at) for d, at in moments if at > held.issued_at]


def resumed(held: Held, *, at: datetime) -> datetime:
    """Return its new end if it goes on from `at`: as much is left as when it began to stand still. Raises NotFrozen."""
    if held.frozen_at is None or held.expires_at is None:
        raise NotFrozen
    return held.expires_at + (max(at, held.frozen_at) - held.frozen_at)


def check_extension(held: Held, until: datetime | None, *, now: datetime) -> None:
    """Refuse an extension that is none. Without an end it always is one."""
    if until is not None and (until <= now or held.expires_at is None or until <= held.expires_at):
        raise NoLongerExtends


# ── what each side holds ─────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Balance:
    """What we hold of a customer's, and what he holds of ours, counted."""

    held: int
    """Things of his that are with us."""
    codes: int = 0
    entitlements: int = 0
    offers: int = 0
    """Remedies he was offered, or that are on their way."""
    promises: int = 0
    """Dates we gave him that have not passed."""

    @property
    def unjust(self) -> bool:
        """Whether we have something of his and he has nothing of ours, not even a date."""
        return self.held > 0 and not (self.codes or self.entitlements or self.offers or self.promises)
