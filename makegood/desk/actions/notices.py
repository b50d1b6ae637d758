"""Word for staff, written with what it tells of. A digest carries it out (`notices.mail_digest`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from makegood.desk import models
from makegood.desk.chain import Line
from makegood.rules import events as ev
from makegood.rules import remedy_events as rev
from makegood.rules.people import People
from makegood.rules.policy import Role

from . import rows


@dataclass(frozen=True, kw_only=True)
class Word:
    """Who is told, whether he must answer "I have it", and whether it goes out by mail."""

    to: tuple[int, ...]
    rings: bool = False
    mail: bool = True


_COLUMNS = ("staff_id", "case_id", "seq", "kind", "facts", "rings", "mail", "written_at")


def write(told: Iterable[tuple[models.Case, People, Iterable[tuple[ev.Event, Line]]]], *, now: datetime) -> None:
    """Write the notices that follow from what happened to each case, each event with its journal entry.

    `People` are those who work here.
    """
    notices = (
        (person, row.pk, line.seq, line.name, _told(line), word.rings, word.mail, now)
        for row, people, happened in told
        for event, line in happened
        for word in words_for(row, event, people)
        for person in dict.fromkeys(word.to)
    )
    rows.insert(models.Notice, _COLUMNS, notices)


def _told(line: Line) -> dict[str, Any]:
    return {**line.facts, "happened_at": line.at.isoformat()}


def write_to_house(
    kind: str,
    told: Mapping[str, Any],
    *,
    now: datetime,
    case: models.Case | None = None,
    owner: int | None = None,
) -> None:
    """Tell those who look after the house of trouble with the desk itself, and an owner if one is named."""
    keepers = Q(role__in=[str(Role.ADMIN), str(Role.HEAD)]) | Q(pk=owner)
    models.Notice.objects.bulk_create(
        models.Notice(staff=staff, case=case, kind=kind, facts=dict(told), written_at=now)
        for staff in models.Staff.objects.filter(keepers, is_active=True)
    )


def tell(
    staff: Iterable[models.Staff], *, case: models.Case | None, kind: str, facts: dict[str, object], now: datetime
) -> None:
    """Write word that follows from no event: why a colleague's mail was not sent, say."""
    models.Notice.objects.bulk_create(
        models.Notice(staff=person, case=case, kind=kind, facts=facts, written_at=now) for person in staff
    )


def words_for(row: models.Case, event: ev.Event, people: People) -> Iterator[Word]:
    """Return who hears of an event. What nobody needs to hear gives nothing."""
    match event:
        case ev.AlarmRaised():
            yield Word(to=event.to, rings=bool(event.numbers))
        case ev.PromiseWarned():
            yield Word(to=event.to)
        case ev.HandoffOffered():
            yield Word(to=(event.to,))
        case ev.HandoffReturned() | ev.FindingMade() | ev.ContactProposed():
            yield Word(to=(row.owner_id,))
        case ev.OwnerChanged():
            yield Word(to=(event.to,), mail=event.by != event.to)
        case ev.CaseOpened():
            # Agents look at the board; whoever is higher has it in his mailbox that a case is his.
            yield Word(to=(event.owner,), mail=event.quarantined or people.rank(event.owner) > 0)
        case rev.WishSaid() | rev.RemedyAccepted() | rev.RemedyDeclined() if event.by is None:
            yield Word(to=(row.owner_id,), mail=not isinstance(event, rev.WishSaid))
        case rev.RemedyFailed():
            yield Word(to=(row.owner_id,))
        case ev.ContactReceived() | ev.CaseReopened() | ev.UnresolvedSaid():
            yield Word(to=(row.owner_id,), mail=isinstance(event, ev.UnresolvedSaid))
