"""Making it right: the wish, what is proposed, approved, offered and chosen, and whether it arrived.

Each function lets events take effect on the unfolding case, or raises a
Refusal and changes nothing. Sums, budgets and limits were judged before
(`authority`); `at` is when it happened. A remedy that is not over always has
a clock of its own: each step opens the next one's and keeps its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .authority import Verdict
from .cases import Case
from .policy import Role
from .remedy_steps import Remedy as Remedy
from .remedy_steps import Step as Step
from .unfolding import Unfolding


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing he can choose. Money is in minor units of the proposal's currency."""

    key: str
    """The key of an entry of the catalogue, or `custom`; `code#2` where an entry comes twice."""
    kind: str
    cost: int
    value: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody wants to give."""

    failure: str
    """outcome, process or both."""
    currency: str
    options: tuple[Option, ...]
    words_hash: str
    """Of what the customer will read."""
    why: str
    ancestor: int | None = None
    """The failed remedy it stands in for."""
    incident: int | None = None


def ask_wish(u: Unfolding, *, by: int, at: datetime) -> None:
    """Record that we asked him what he would like to have happen."""


def say_wish(u: Unfolding, *, words_hash: str, by: int | None, at: datetime) -> None:
    """Record his wish, written down by somebody of ours (`by`) or said by himself (None). He may say it again."""


def pass_wish(u: Unfolding, *, why: str, by: int, at: datetime) -> None:
    """Go on without knowing his wish. It needs a reason, and it is counted."""


def propose(u: Unfolding, proposal: Proposal, *, allowed: Verdict, by: int | None, at: datetime) -> int:
    """Propose a remedy and return its number; within the proposer's authority it is approved at once.

    `by` is None for an incident's job, whose approval stands behind it.
    """
    raise NotImplementedError


def approve(u: Unfolding, *, number: int, role: Role, by: int, at: datetime) -> None:
    """Approve what somebody else proposed, with the authority of `role`."""


def deny(u: Unfolding, *, number: int, why: str, by: int, at: datetime) -> None:
    """Say no to what was proposed, with a reason; nothing stays reserved."""


def offer(
    u: Unfolding,
    *,
    number: int,
    by: int | None,
    at: datetime,
    contact: int | None = None,
    expires_at: datetime | None = None,
    arrives_at: datetime | None = None,
    although_late: bool = False,
) -> None:
    """Tell him what he can have; `contact` is the letter that did. Telling him again changes nothing but that.

    `arrives_at` is when he would have it: after his need-by it is refused unless `although_late`.
    """


def accept(u: Unfolding, *, number: int, option: str, words_hash: str, at: datetime, by: int | None = None) -> None:
    """He chose one of the options; `by` is who wrote his choice down, None where he chose himself."""


def order(u: Unfolding, *, number: int, key: str, by: int | None, at: datetime) -> None:
    """Let it be carried out, once. What needs no choice of his may be ordered as soon as it is approved."""


def ship(u: Unfolding, *, number: int, reference: str, at: datetime, by: int | None = None) -> None:
    """It is on its way."""


def deliver(u: Unfolding, *, number: int, evidence: str, at: datetime, by: int | None = None) -> None:
    """It arrived, and `evidence` shows it."""


def confirm(
    u: Unfolding, *, number: int, evidence: str, at: datetime, weak: bool = False, by: int | None = None
) -> None:
    """He has it and it is right: he says so, or (`weak`) evidence or his silence does."""


def decline(u: Unfolding, *, number: int, why: str, at: datetime, by: int | None = None) -> None:
    """He does not want it; `by` is who wrote that down."""


def lapse(u: Unfolding, *, number: int, at: datetime) -> None:
    """An offer ran out. Only where the delay is his: it was his turn when it did."""


def fail(u: Unfolding, *, number: int, why: str, at: datetime, by: int | None = None) -> None:
    """Making it right went wrong, too: one rung up, told at once; after the third an executive hears."""


def reverse(u: Unfolding, *, number: int, why: str, by: int | None, at: datetime) -> None:
    """Take it back: before he was told of it, or after it was ordered. An offer that he has stands."""


def hold_property(u: Unfolding, *, holding: int, what: str, by: int | None, at: datetime) -> None:
    """We hold something of his from now on: the case stays open until he has it again."""


def return_property(u: Unfolding, *, holding: int, by: int | None, at: datetime) -> None:
    """He has it again."""


def reasons_undone(case: Case) -> tuple[str, ...]:
    """Return why this case can't close for its remedies and what we hold, as sentences."""
    return ()
