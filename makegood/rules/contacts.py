"""What messages do to a case: who waits for an answer, what a reply settled, and what a bounce unsettles.

Each function is the meaning of one event for the case (`cases.after`); none of
them decides anything. Contacts are known by the ids the desk gave them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from . import events as ev
from .values import replace

if TYPE_CHECKING:
    from .cases import Case


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A substantive reply and what it settled, so that a bounce can unsettle it."""

    contact: int
    at: datetime
    unanswered_before: datetime | None
    unanswered_by_before: tuple[int, ...]
    asked_before: tuple[int, ...]
    owners_before: tuple[int, ...]
    by: int | None = None
    answers: bool = False
    """Whether it answered or offered, so that a second one by somebody else may contradict it."""


def received(case: Case, event: ev.ContactReceived) -> Case:
    case = _no_longer_proposed(case, event.contact)
    if case.quarantined and event.executive and case.executive_by is None:
        case = replace(case, executive_by=event.contact)
    if not event.wants_answer:
        return case
    # A mail that was held up on its way may be older than one that is here already.
    oldest = event.at if case.unanswered_at is None else min(case.unanswered_at, event.at)
    return replace(case, unanswered_at=oldest, unanswered_by=(*case.unanswered_by, event.contact))


def proposed(case: Case, event: ev.ContactProposed) -> Case:
    return replace(case, proposed=(*case.proposed, event.contact))


def _no_longer_proposed(case: Case, contact: int) -> Case:
    if contact not in case.proposed:
        return case
    return replace(case, proposed=tuple(c for c in case.proposed if c != contact))


def marked(case: Case, event: ev.ContactMarked) -> Case:
    case = _no_longer_proposed(case, event.contact)
    left = tuple(c for c in case.unanswered_by if c != event.contact)
    return replace(case, unanswered_by=left, unanswered_at=case.unanswered_at if left else None)


def written(case: Case, event: ev.ContactWritten) -> Case:
    return replace(case, pending=(*case.pending, event.contact))


def _settled(case: Case, contact: int) -> Case:
    if contact not in case.pending:
        return case
    return replace(case, pending=tuple(c for c in case.pending if c != contact))


def accepted(case: Case, event: ev.ContactAccepted) -> Case:
    case = _settled(case, event.contact)
    asked = (event.contact,) if "ask" in event.kinds else ()
    if "apology" in event.kinds:
        case = replace(case, apologies=case.apologies + 1)
    if not event.substantive:
        return replace(case, asked=(*case.asked, *asked))
    reply = Reply(
        contact=event.contact,
        at=event.at,
        unanswered_before=case.unanswered_at,
        unanswered_by_before=case.unanswered_by,
        asked_before=case.asked,
        owners_before=case.owners,
        by=event.by,
        answers=bool({"answer", "offer"} & set(event.kinds)),
    )
    return replace(
        case,
        substantive_at=event.at,
        replies=(*case.replies, reply),
        unanswered_at=None,
        unanswered_by=(),
        asked=asked,
        owners=(case.owner,),
    )


def refused(case: Case, event: ev.ContactRefused) -> Case:
    return _settled(case, event.contact) if event.final else case


def bounced(case: Case, event: ev.ContactBounced) -> Case:
    case = _settled(case, event.contact)
    # A question that came back was never asked.
    case = replace(case, asked=tuple(c for c in case.asked if c != event.contact))
    undone = next((r for r in case.replies if r.contact == event.contact), None)
    return case if undone is None else _unsettled(case, undone)


def _unsettled(case: Case, undone: Reply) -> Case:
    """Return the case as if this reply had settled nothing, whatever came after it.

    A later reply may have answered the customer all the same, but nobody can know that from here:
    what the bounced mail settled is open again until a person looks.
    """
    left = tuple(r for r in case.replies if r is not undone)
    waiting = [t for t in (undone.unanswered_before, case.unanswered_at) if t is not None]
    unsettled = replace(
        case,
        replies=left,
        substantive_at=left[-1].at if left else None,
        unanswered_at=min(waiting, default=None),
        unanswered_by=(*undone.unanswered_by_before, *case.unanswered_by),
    )
    if undone is not case.replies[-1]:
        return unsettled
    owners = (*undone.owners_before, *case.owners[1:])
    return replace(unsettled, asked=(*undone.asked_before, *case.asked), owners=owners)
