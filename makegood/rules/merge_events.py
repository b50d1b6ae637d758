"""Two cases that are one matter: what happens to each of them, and what each event makes of its case.

The case that goes is closed under its own number and points to the one that is kept; the kept one takes over what
is owed. Both journals say so, and the two can be parted again. `merging` decides; nothing here does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .event import Event
from .values import replace

if TYPE_CHECKING:
    from .cases import Case


@dataclass(frozen=True, kw_only=True)
class CaseMerged(Event):
    """This case goes on in another one."""

    name = "case.merged"
    into: int
    why: str


@dataclass(frozen=True, kw_only=True)
class CaseAbsorbed(Event):
    """Another case goes on in this one, with what it had come to."""

    name = "case.absorbed"
    case: int
    rung: int
    """How high its ladder had been climbed: what it still owes is told no lower here."""
    apologies: int
    substantive_at: datetime | None
    wish_asked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CaseParted(Event):
    """This case, which went on in another one, is a case of its own again."""

    name = "case.parted"
    of: int


@dataclass(frozen=True, kw_only=True)
class CaseDivided(Event):
    """A case that went on in this one is a case of its own again."""

    name = "case.divided"
    case: int


def _merged(case: Case, event: CaseMerged) -> Case:
    ball = type(case.ball).NOBODY
    return replace(case, open=False, closed_at=event.at, ball=ball, ball_until=None, offer=None, merged_into=event.into)


def _absorbed(case: Case, event: CaseAbsorbed) -> Case:
    substantive = [at for at in (case.substantive_at, event.substantive_at) if at is not None]
    return replace(
        case,
        absorbed=(*case.absorbed, event.case),
        lowest_rung=max(case.lowest_rung, event.rung),
        apologies=case.apologies + event.apologies,
        substantive_at=max(substantive, default=None),
        wish_asked_at=case.wish_asked_at or event.wish_asked_at,
    )


def _parted(case: Case, _: CaseParted) -> Case:
    ball = type(case.ball).US
    return replace(case, open=True, closed_at=None, ball=ball, ball_until=None, merged_into=None)


def _divided(case: Case, event: CaseDivided) -> Case:
    return replace(case, absorbed=tuple(pk for pk in case.absorbed if pk != event.case))


MEANING: dict[type[Event], Callable[[Case, Any], Case]] = {
    CaseMerged: _merged,
    CaseAbsorbed: _absorbed,
    CaseParted: _parted,
    CaseDivided: _divided,
}
