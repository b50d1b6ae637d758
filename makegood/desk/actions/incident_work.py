"""The job of an incident: open a case for each, tell each, give each his remedy. Each once, whatever happens.

A step does a few people in one transaction, in which their rows come to say that it is done. So a process that is
killed has done its last step or has not, and the next one goes on with whoever is left; nothing else says how far
the job is. The incident's row is held while a step lasts, so that two workers never do the same people; then their
cases in the order of their numbers, then their own rows, and everybody else takes these in the same order.
Somebody on whom the program itself fails steps aside for a person to look at, and the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from makegood.desk import facts, models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries import incident_cases
from makegood.desk.queries import incidents as queries
from makegood.rules import closing
from makegood.rules.affected import Giving, Telling
from makegood.rules.policy import Door, Policy
from makegood.rules.refusals import BudgetSpent, CannotClose, Refusal

from . import cases, customers, incident_letters, incident_remedies, incident_rows, notices, rows
from .automatic_letters import ask_if_right
from .incident_remedies import Stop
from .messages import Incoming
from .record import Decision, deciding_all, record_all

log = logging.getLogger(__name__)
AT_ONCE = {"opens": 100, "tells": 50, "gives": 100, "closes": 50}
"""People of one transaction: few enough that on SQLite whoever else wants to write waits a moment only."""
ALL_FAIL = 5
"""So many in a row on whom the desk itself fails are not these people's doing: the job stops."""
LOOK_AGAIN = timedelta(seconds=5)
"""How soon a job with nothing to do looks whether word of somebody came back."""
Job = models.Incident.Job
_CHANGED = ("customer_id", "case_id", "contact_id", "telling", "giving", "remedy", "cost", "standing", "why")


def due(*, now: datetime) -> int | None:
    """Return the incident whose job has waited longest for its next step, or None."""
    waiting = models.Incident.objects.filter(wakes_at__lte=now, job=Job.RUNNING)
    return waiting.order_by("wakes_at", "pk").values_list("pk", flat=True).first()


def step(incident_id: int, *, now: datetime) -> int:
    """Do the next few people of an incident; returns how many. Zero where nobody is left for now, or another works."""
    try:
        return _step(incident_id, None, now=now)
    except DatabaseError:
        # The database is locked, restarting or gone: that is nothing these people did.
        raise
    except Refusal:
        log.info("a step of incident %s was refused; its people are done one by one", incident_id)
    except Exception:
        log.exception("a step of incident %s failed; its people are done one by one", incident_id)
    return _one_by_one(incident_id, now=now)


def _step(incident_id: int, only: int | None, *, now: datetime) -> int:
    with transaction.atomic():
        incident = _hold(incident_id)
        if incident is None:
            return 0
        before = incident.given, incident.closes_after
        try:
            with transaction.atomic():
                done = _next(incident, only, now=now)
        except (Stop, BudgetSpent) as stopped:
            incident.given, incident.closes_after = before
            _stop(incident, _why(stopped), now=now)
            return 0
        incident.run_done += done
        incident.run_at = now if done else incident.run_at
        incident.wakes_at = now if done else _looks_again(incident, now=now)
        incident.save(update_fields=["run_done", "run_at", "wakes_at", "given", "closes_after"])
        crashpoint("incident.before_commit")
    crashpoint("incident.after_commit")
    return done


def after_a_restore(*, now: datetime) -> None:
    """Stop every job that is on its way: whom it told and gave something in the lost hours, the copy does not know.

    Part of that transaction; their owners hear of it, look, and let each go on.
    """
    on_their_way = models.Incident.objects.filter(job=Job.RUNNING, wakes_at__isnull=False, closed_at=None)
    for incident in on_their_way.select_related("owner").order_by("pk"):
        _stop(incident, incident_remedies.PUT_BACK, now=now)


def _why(stopped: Stop | BudgetSpent) -> str:
    return stopped.why if isinstance(stopped, Stop) else " ".join((stopped.sentence, *stopped.reasons))


def _hold(incident_id: int) -> models.Incident | None:
    found = models.Incident.objects.select_for_update(skip_locked=True, of=("self",)).select_related("owner")
    return found.filter(pk=incident_id, job=Job.RUNNING, closed_at=None).first()


def _looks_again(incident: models.Incident, *, now: datetime) -> datetime | None:
    """Return when to look again whether word came back; None where nothing comes by itself any more.

    What people do later (a new list, somebody told by hand) wakes the job.
    """
    on_its_way = incident.people.filter(telling__in=[Telling.WRITTEN, Telling.UNCERTAIN], giving=Giving.WAITING)
    return now + LOOK_AGAIN if incident.gives_since is not None and on_its_way.exists() else None


def _stop(incident: models.Incident, why: str, *, now: datetime) -> None:
    incident.job, incident.job_why, incident.wakes_at = Job.STOPPED, why[:300], None
    incident.save(update_fields=["job", "job_why", "wakes_at"])
    told: dict[str, object] = {"incident": incident.pk, "title": incident.title, "why": why[:300]}
    notices.tell([incident.owner], case=None, kind="incident.stopped", facts=told, now=now)


def _next(incident: models.Incident, only: int | None, *, now: datetime) -> int:
    for task, waiting in queries.waiting_for(incident).items():
        chosen = waiting.filter(pk=only) if only is not None else waiting
        people = list(chosen.select_related("customer", "case")[: AT_ONCE[task]])
        if people:
            return _DO[task](incident, people, now)
    return 0


def _one_by_one(incident_id: int, *, now: datetime) -> int:
    """Do the next people each by himself; whom the desk can't do is left to a person, and the others go on."""
    incident = models.Incident.objects.get(pk=incident_id)
    waiting = ((task, list(some[: AT_ONCE[task]])) for task, some in queries.waiting_for(incident).items())
    task, people = next(((task, some) for task, some in waiting if some), ("", []))
    done, failed = 0, {}
    for person in people:
        try:
            done += _step(incident_id, person.pk, now=now)
        except DatabaseError:
            raise
        except Refusal as no:
            done += _set_aside(person.pk, task, " ".join((no.sentence, *no.reasons)))
        except Exception as error:
            log.exception("person %s of incident %s made a step fail", person.pk, incident_id)
            failed[person.pk] = f"The desk itself failed on it ({type(error).__name__}). Its log says where."
            if len(failed) == ALL_FAIL and not done:
                _stop_failing(incident_id, failed[person.pk], now=now)
                return 0
    return done + sum(_set_aside(pk, task, why) for pk, why in failed.items())


def _stop_failing(incident_id: int, why: str, *, now: datetime) -> None:
    with transaction.atomic():
        incident = _hold(incident_id)
        if incident is not None:
            _stop(incident, why, now=now)


def _set_aside(person_id: int, task: str, why: str) -> int:
    if task == "gives":
        return incident_remedies.with_a_person(person_id, why=why)
    if task == "closes":
        # His case stays open; the job goes on after him.
        return models.Incident.objects.filter(people=person_id).update(closes_after=person_id)
    state = {"telling": str(Telling.REFUSED)} if task == "tells" else {"giving": str(Giving.FAILED)}
    stands = {"standing": "with_person", "why": why[:300]}
    return models.Affected.objects.filter(pk=person_id).update(**state, **stands)


# ── a case for each, before he writes ────────────────────────────────────────


def _open(incident: models.Incident, people: Sequence[models.Affected], now: datetime) -> int:
    """Open a case for each of these people, in one owner's hands and with a running clock."""
    version = cases.latest_policy()
    house = facts.house(version)
    door = _door(house.policy)
    whose = _customers(people, now=now)
    news = [
        cases.New(
            customer=customer,
            door=door,
            subject=incident.title,
            received_at=now,
            language=person.language if person.language in ("en", "es") else "",
        )
        for person, customer in zip(people, whose, strict=True)
    ]
    decisions = cases.open_new(news, house=house, version=version, now=now, actor="program")
    before = [rows.read(person, _CHANGED) for person in people]
    for person, decision in zip(people, decisions, strict=True):
        person.customer, person.case = decision.row.customer, decision.row
    record_all(decisions, now=now)
    rows.update(list(zip(people, before, strict=True)), _CHANGED)
    return len(people)


def _door(policy: Policy) -> Door:
    """Return the door whose people own what nobody wrote in about: that of the first public mailbox."""
    doors = [door for door in policy.doors.values() if not door.executive]
    return next(
        (door for door in doors if door.kind == "mail"), doors[0] if doors else next(iter(policy.doors.values()))
    )


def _customers(people: Sequence[models.Affected], *, now: datetime) -> list[models.Customer]:
    """Return whom each of these people is to us: known, by his address, or new."""
    unknown = [person for person in people if person.customer is None]
    messages = [
        Incoming(received_at=now, from_address=p.address, from_name=p.name, language=p.language) for p in unknown
    ]
    found = dict(zip([p.pk for p in unknown], customers.of_messages(messages, now=now), strict=True))
    return [person.customer or found[person.pk] for person in people]


# ── word to each ─────────────────────────────────────────────────────────────


def _tell(incident: models.Incident, people: Sequence[models.Affected], now: datetime) -> int:
    """Write the letter to each of these people, on his own case."""
    return _on_their_cases(people, now, lambda told: incident_letters.write(incident, told, now=now))


def _give(incident: models.Incident, people: Sequence[models.Affected], now: datetime) -> int:
    """Give each of these people his remedy, on his own case."""
    return _on_their_cases(people, now, lambda told: incident_remedies.give(incident, told, now=now))


def _close(incident: models.Incident, people: Sequence[models.Affected], now: datetime) -> int:
    """Close the cases of these people, each by its own rules; what can't be closed stays open."""
    incident.closes_after = max(person.pk for person in people)
    return _on_their_cases(people, now, lambda told: _close_each(incident, told, now=now))


def _close_each(incident: models.Incident, told: _Told, *, now: datetime) -> int:
    assert incident.closes_by_id is not None
    reasons = incident_cases.further(incident, [person for person, _ in told])
    for _, d in told:
        if d.u.case.open:
            with suppress(CannotClose):
                closing.close(d.u, by=incident.closes_by_id, at=now, further=reasons[d.row.pk])
                ask_if_right(d, now=now)
    return len(told)


_Told = list[tuple[models.Affected, Decision]]


def _on_their_cases(people: Sequence[models.Affected], now: datetime, act: Callable[[_Told], int]) -> int:
    """Take hold of the cases of these people, then of their rows as they are by now, and act on both."""
    by_case = {person.case_id: person.pk for person in people}
    with deciding_all(incident_rows.numbers(people), now=now, actor="program") as decisions:
        fresh = models.Affected.objects.select_for_update(of=("self",)).filter(pk__in=[p.pk for p in people])
        held = {person.pk: person for person in fresh.order_by("pk")}
        told = [(held[by_case[d.row.pk]], d) for d in decisions]
        before = [rows.read(person, _CHANGED) for person, _ in told]
        done = act(told)
        changed = [(person, was) for (person, _), was in zip(told, before, strict=True)]
        rows.update(changed, _CHANGED)
    return done


_DO: dict[str, Callable[[models.Incident, Sequence[models.Affected], datetime], int]] = {
    "opens": _open,
    "tells": _tell,
    "gives": _give,
    "closes": _close,
}
