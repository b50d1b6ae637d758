"""The rows of affected people follow what happens on their cases, in the transaction in which it happens.

A letter that is accepted or bounces, a remedy that is confirmed or declined: nobody has to look for it later, so
that the equation of an incident holds at every moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from makegood.desk import models, reading
from makegood.rules import affected
from makegood.rules import events as ev
from makegood.rules.affected import Giving, Telling
from makegood.rules.cases import Case
from makegood.rules.unfolding import Unfolding

from . import rows

FOLLOWS = ("telling", "told_at", "giving", "remedy", "standing")
"""The columns of somebody affected that are what his letter and his case add up to."""
_LETTERS = (ev.ContactAccepted, ev.ContactRefused, ev.ContactBounced)


def follow(happened: Iterable[tuple[models.Case, Unfolding]]) -> None:
    """Bring up to date whoever is affected and to whom something happened. Part of recording a decision."""
    cases = {row.pk: u.case for row, u in happened if any(_concerns(event) for event in u.events)}
    if not cases:
        return
    found = models.Affected.objects.filter(case__in=reading.keys(list(cases))).select_related("contact")
    changed = []
    for person in found:
        before = rows.read(person, FOLLOWS)
        bring_up_to_date(person, cases[person.case_id or 0])
        changed.append((person, before))
    rows.update(changed, FOLLOWS)


def _concerns(event: ev.Event) -> bool:
    return isinstance(event, _LETTERS) or event.name.startswith("remedy.")


def bring_up_to_date(person: models.Affected, case: Case) -> None:
    """Set on the row what his letter and the remedies of his case add up to."""
    if person.contact is not None:
        telling = affected.told_by(Telling(person.telling), person.contact.standing)
        if telling is Telling.ACCEPTED:
            person.told_at = person.contact.accepted_at
        elif telling is not Telling(person.telling):
            person.told_at = None
        person.telling = str(telling)
    if person.remedy is not None:
        person.remedy = _newest(person.remedy, case)
        person.giving = str(affected.given_by(str(case.remedies[person.remedy - 1].step)))
    person.standing = str(affected.standing(Telling(person.telling), Giving(person.giving)))


def _newest(number: int, case: Case) -> int:
    """Return the remedy that took this one's place, and the one that took that one's."""
    while (follower := case.remedies[number - 1].followed_by) is not None:
        number = follower
    return number


def numbers(people: Sequence[models.Affected]) -> list[int]:
    """Return the cases of these people, each once, in one order whoever asks."""
    return sorted({person.case_id for person in people if person.case_id is not None})
