"""Promise rows, brought up to date with what happened to them. Part of recording a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from makegood.desk import models, reading
from makegood.rules import events as ev
from makegood.rules.promises import Promise, State
from makegood.rules.unfolding import Unfolding

from . import rows

_FILLED_IN_LATER = (
    "due_at",
    "state",
    "running",
    "outstanding",
    "broken_at",
    "told_at",
    "kept_at",
    "kept_by_id",
    "evidence",
    "settled_at",
    "pauses",
)


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What happened to one case, and the words of promises that were said in it."""

    row: models.Case
    u: Unfolding
    words: Mapping[str, str]
    """words_hash → the words."""


def save(stories: Sequence[Happened], *, now: datetime) -> None:
    """Make new promise rows, and bring those that these events touched up to date."""
    touched = [_touched(story.u.events) for story in stories]
    known = _known(stories, touched)
    new: list[models.Promise] = []
    changed: list[tuple[models.Promise, rows.Before]] = []
    for story, numbers in zip(stories, touched, strict=True):
        made = {e.number: e for e in story.u.events if isinstance(e, ev.PromiseMade)}
        for number in sorted(numbers):
            fact = story.u.case.promise(number)
            row = known.get((story.row.pk, number))
            if row is None:
                ancestor = known.get((story.row.pk, made[number].ancestor or 0))
                row = _new(story, made[number], fact, ancestor=ancestor)
                known[story.row.pk, number] = row
                if ancestor is not None and ancestor.pk is None:
                    # Replaced in the very decision that made it: the row it points to must be there first.
                    _create(new)
                    row.ancestor = ancestor
                new.append(row)
            else:
                changed.append((row, rows.read(row, _FILLED_IN_LATER)))
            _bring_up_to_date(row, fact, story.u.events, now=now)
    _create(new)
    rows.update(changed, _FILLED_IN_LATER)


def _create(new: list[models.Promise]) -> None:
    rows.create(new)
    new.clear()


def _touched(happened: Sequence[ev.Event]) -> set[int]:
    touched = {number for e in happened if (number := _number(e))}
    for event in happened:
        if isinstance(event, ev.AlarmRaised):
            touched |= set(event.numbers)
    return touched


def _number(event: ev.Event) -> int | None:
    """Return the promise it happened to; a remedy has a number, too."""
    return getattr(event, "number", None) if event.name.startswith("promise.") else None


def _known(stories: Sequence[Happened], touched: Sequence[set[int]]) -> dict[tuple[int, int], models.Promise]:
    """Return the rows that are touched and the ancestors these events name, in one query for all cases."""
    cases, numbers = [], set()
    for story, here in zip(stories, touched, strict=True):
        made = [e for e in story.u.events if isinstance(e, ev.PromiseMade)]
        older = here - {e.number for e in made} | {e.ancestor for e in made if e.ancestor}
        if older:
            cases.append(story.row.pk)
            numbers |= older
    if not cases:
        return {}
    found = models.Promise.objects.filter(case__in=reading.keys(cases), number__in=numbers).order_by()
    read = reading.rows(found, "case_id", "number", *_FILLED_IN_LATER)
    return {(row.case_id, row.number): row for row in read}


def is_shown(promise: Promise, u: Unfolding) -> bool:
    """Return whether the customer sees it: what was said, and clocks that the policy shows."""
    kind = u.house.policy.kinds.get(promise.kind)
    return promise.said or (kind is not None and kind.shown)


def _new(story: Happened, made: ev.PromiseMade, fact: Promise, *, ancestor: models.Promise | None) -> models.Promise:
    return models.Promise(
        case_id=story.row.pk,
        number=made.number,
        kind=made.kind,
        source=made.source,
        staff_id=made.by,
        said=made.said,
        shown=is_shown(fact, story.u),
        words=story.words.get(made.words_hash, "") or _standing_words(made, story.u, story.row.language),
        contact_id=made.contact,
        from_at=made.from_at,
        made_at=made.at,
        first_due_at=made.due_at,
        due_at=made.due_at,
        near_at=made.near_at,
        calendar=made.calendar,
        zone=made.zone,
        ancestor=ancestor if ancestor is not None and ancestor.pk is not None else None,
    )


def _standing_words(made: ev.PromiseMade, u: Unfolding, language: str) -> str:
    door = u.house.policy.doors.get(made.kind.removeprefix("standing "))
    said = [w for w in door.standing if str(w.source) == made.source] if door else []
    return next((w.words for w in said if w.language == language), said[0].words if said else "")


def _bring_up_to_date(promise: models.Promise, fact: Promise, happened: Sequence[ev.Event], *, now: datetime) -> None:
    promise.due_at = fact.due_at
    promise.state = str(fact.state)
    promise.running, promise.outstanding = fact.running, fact.outstanding
    promise.broken_at, promise.kept_at = fact.broken_at, fact.kept_at
    promise.kept_by_id = fact.kept_by
    over = fact.state in (State.RELEASED, State.REPLACED, State.ENDED) or fact.replaced_by
    if over and promise.settled_at is None:
        promise.settled_at = fact.released_at or fact.ended_at or max(event.at for event in happened)
    for event in happened:
        if _number(event) == promise.number:
            _note_pause(promise, event)
            if isinstance(event, ev.PromiseKept) and event.why:
                promise.evidence = event.why
        if isinstance(event, ev.AlarmRaised) and promise.number in event.numbers and event.to:
            promise.told_at = promise.told_at or now


def _note_pause(promise: models.Promise, event: ev.Event) -> None:
    if isinstance(event, ev.PromisePaused):
        promise.pauses = [*promise.pauses, [event.at.isoformat(), None]]
    elif promise.pauses and promise.pauses[-1][1] is None:
        promise.pauses = [*promise.pauses[:-1], [promise.pauses[-1][0], event.at.isoformat()]]
