"""What people decide about an incident: open it, write the letter, let the job run or stop it, and say when it is over.

Each takes hold of the incident's row alone; what happens to the people on its list is `incident_work`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from makegood.desk import access, facts, models
from makegood.desk.queries import incident_cases
from makegood.desk.queries import incidents as queries
from makegood.language import cards, tone
from makegood.rules import affected, blanks, refusals
from makegood.rules import incident_refusals as no
from makegood.rules.affected import Giving, Telling

from . import cases, incident_alarms, incident_people, journal
from .incident_people import mail_address, refuse_closed
from .promises import FURTHEST

Job, Origin = models.Incident.Job, models.Incident.Origin
TASKS = ("opens", "tells", "gives")
"""What the job does for each person, in this order: open his case, tell him, give him the remedy."""
LANGUAGES = ("en", "es")


def open_incident(
    *,
    title: str,
    cause: str = "",
    origin: models.Incident.Origin = Origin.LIST,
    source: str = "",
    by: models.Staff,
    now: datetime,
) -> models.Incident:
    """Open an incident with nobody on its list yet. Whoever opens it owns it. Raises Http404 for who may not."""
    access.refuse_incidents(by)
    if not title.strip():
        raise no.NoName
    with transaction.atomic():
        return _create(title=title, cause=cause, origin=origin, source=source, owner=by, by=by, now=now)


def open_from_case(case_id: int, *, title: str, cause: str = "", by: models.Staff, now: datetime) -> models.Incident:
    """Open an incident from one case: its customer is the first on the list, and keeps the case he has (S2-21)."""
    access.refuse_incidents(by)
    case = access.case_by_id(by, case_id)
    with transaction.atomic():
        incident = _create(
            title=title.strip() or case.subject or case.number,
            cause=cause,
            origin=Origin.CASE,
            source=case.number,
            owner=by,
            by=by,
            now=now,
            opened_from=case,
        )
        incident_people.take(incident, [incident_people.of_case(case)], now=now)
    return incident


def open_from_cases(
    case_ids: list[int],
    *,
    title: str,
    cause: str = "",
    origin: models.Incident.Origin,
    source: str,
    by: models.Staff,
    now: datetime,
) -> models.Incident:
    """Open an incident for the customers of these cases, of those that somebody may see; each keeps his case."""
    access.refuse_incidents(by)
    with transaction.atomic():
        incident = _create(title=title, cause=cause, origin=origin, source=source, owner=by, by=by, now=now)
        found = access.cases_for(by).filter(pk__in=case_ids).select_related("customer").order_by("received_at", "pk")
        incident_people.take(incident, [incident_people.of_case(case) for case in found], now=now)
    return incident


def open_by_desk(
    *, title: str, source: str, customers: list[models.Customer], owner: models.Staff, now: datetime
) -> models.Incident:
    """Open an incident that the desk itself saw: entitlements narrower than the terms these customers saw.

    Part of the caller's transaction.
    """
    incident = _create(title=title, cause="", origin=Origin.TERMS, source=source, owner=owner, by=None, now=now)
    incident_people.take(incident, [incident_people.of_customer(customer) for customer in customers], now=now)
    return incident


def _create(
    *,
    title: str,
    cause: str,
    origin: models.Incident.Origin,
    source: str,
    owner: models.Staff,
    by: models.Staff | None,
    now: datetime,
    opened_from: models.Case | None = None,
) -> models.Incident:
    incident = models.Incident(
        title=title.strip()[:200],
        cause=cause.strip()[:5_000],
        origin=origin,
        source=source[:200],
        opened_from=opened_from,
        owner=owner,
        opened_by=by,
        opened_at=now,
        currency=facts.policy(cases.latest_policy()).currency,
    )
    incident_alarms.start(incident, now=now)
    incident.save(force_insert=True)
    told = {"incident": incident.pk, "origin": str(origin), "owner": owner.pk}
    journal.write_house("incident.opened", told, now=now, by=by)
    return incident


# ── what they are told ───────────────────────────────────────────────────────


def write_letter(incident_id: int, *, language: str, subject: str, text: str, by: models.Staff, now: datetime) -> None:
    """Write what everybody is told, in one language. Raises Refusal for what is no blank, and RemedyForReview."""
    if language not in LANGUAGES:
        raise no.NoSuchLanguage
    if not subject.strip() or not text.strip():
        raise no.LetterIsEmpty
    if wrong := [*blanks.wrong(subject), *blanks.wrong(text)]:
        raise no.WrongBlanks(*wrong)
    if tone.hangs_on_review(text):
        raise refusals.RemedyForReview
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if incident.tells_since is not None and language in incident.letters:
            raise no.LetterIsOut
        letter = {"subject": cards.mask(subject.strip())[:200], "text": cards.mask(text.strip())[:20_000]}
        incident.letters = {**incident.letters, language: letter}
        incident.save(update_fields=["letters"])
        told = {"incident": incident.pk, "language": language}
        journal.write_house("incident.letter_written", told, now=now, by=by)


def note_partner(incident_id: int, *, partner: str, told_at: datetime, by: models.Staff, now: datetime) -> None:
    """Write down who else told these people, and when first: how much later we were is counted (M-24)."""
    if not partner.strip():
        raise no.NoPartner
    if told_at > now or told_at < now - FURTHEST:
        raise no.NotThen
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        incident.partner, incident.partner_told_at = partner.strip()[:120], told_at
        incident.save(update_fields=["partner", "partner_told_at"])
        told = {"incident": incident.pk, "partner": incident.partner, "told_at": told_at.isoformat()}
        journal.write_house("incident.partner_noted", told, now=now, by=by)


# ── the job ──────────────────────────────────────────────────────────────────


def start(incident_id: int, task: str, *, by: models.Staff, now: datetime) -> None:
    """Let the job open cases, tell people, or give remedies, from now on; whoever is added later is not left out.

    Raises Refusal where there is nobody on the list, no letter, or a remedy that wants approval.
    """
    if task not in TASKS:
        raise no.NoSuchTask
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if not incident.people.exists() and not incident.lists.filter(done_at=None).exists():
            raise no.NobodyListed
        if task == "tells" and not incident.letters:
            raise no.NoLetter
        if task == "tells":
            _refuse_holes(incident)
        if task == "gives":
            refuse_giving(incident)
        # Who is told has a case to be told on, and who is given something was told.
        for each in TASKS[: TASKS.index(task) + 1] if task != "gives" else ("opens", "gives"):
            if getattr(incident, f"{each}_since") is None:
                setattr(incident, f"{each}_since", now)
        _run(incident, now=now)
        journal.write_house("incident.started", {"incident": incident.pk, "task": task}, now=now, by=by)


def _refuse_holes(incident: models.Incident) -> None:
    """Refuse to send a letter in which something would be missing for somebody who is still to be told."""
    used = blanks.used(" ".join(text for letter in incident.letters.values() for text in letter.values()))
    waiting = incident.people.filter(telling=Telling.WAITING).order_by()
    unknown = {"order": Q(order=""), "item": Q(item=""), "amount": Q(amount=None)}
    lacking = {field: waiting.filter(lacks).count() for field, lacks in unknown.items() if field in used}
    if any(lacking.values()):
        raise no.LetterHasHoles(*(f"{n} of them: no {{{field}}}." for field, n in lacking.items() if n))


def close_cases(incident_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Let the job close the cases of whoever is settled, each by its own rules, and say why; the others stay open.

    Started again, it looks at all of them again. Raises Refusal where no case is open.
    """
    if not why.strip():
        raise no.NoReasonToClose
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if not incident_cases.open_ones(incident).exists():
            raise no.NoCaseOpen
        incident.closes_since, incident.closes_by, incident.closes_why = now, by, why.strip()[:300]
        incident.closes_after = 0
        _run(incident, now=now)
        told = {"incident": incident.pk, "why": incident.closes_why}
        journal.write_house("incident.cases_closing", told, now=now, by=by)


def refuse_giving(incident: models.Incident) -> None:
    """Refuse to give before the sum is known and, above somebody's limit, approved."""
    if not incident.remedy:
        raise no.NothingToGive
    if incident.dry_run_at is None:
        raise no.NoDryRun
    if incident.approved is None or incident.dry_run_total > incident.approved:
        raise no.NotApproved


def pause(incident_id: int, *, by: models.Staff, now: datetime) -> None:
    """Stop the job before its next person. What it has done stays done."""
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        if incident.job != Job.RUNNING:
            raise no.JobDoesNotRun
        incident.job, incident.wakes_at = Job.PAUSED, None
        incident.save(update_fields=["job", "wakes_at"])
        journal.write_house("incident.paused", {"incident": incident.pk}, now=now, by=by)


def go_on(incident_id: int, *, by: models.Staff, now: datetime) -> None:
    """Let a paused or stopped job go on where it stood."""
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if incident.job not in (Job.PAUSED, Job.STOPPED):
            raise no.JobRuns
        if incident.gives_since is not None:
            refuse_giving(incident)
        _run(incident, now=now)
        journal.write_house("incident.went_on", {"incident": incident.pk}, now=now, by=by)


def _run(incident: models.Incident, *, now: datetime) -> None:
    incident.job, incident.job_why = Job.RUNNING, ""
    incident.run_since, incident.run_at, incident.run_done, incident.wakes_at = now, now, 0, now
    incident.save()


# ── one of the people ────────────────────────────────────────────────────────


def tell_by_hand(incident_id: int, person_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """A person told somebody another way: by telephone, by a letter in the post. Says what shows it."""
    _by_hand(incident_id, person_id, Telling.BY_HAND, why=why, by=by, now=now)


def give_up(incident_id: int, person_id: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """A person tried every way to reach somebody, and says which. He is counted as unreachable, by name."""
    _by_hand(incident_id, person_id, Telling.UNREACHABLE, why=why, by=by, now=now)


def _by_hand(incident_id: int, person_id: int, telling: Telling, *, why: str, by: models.Staff, now: datetime) -> None:
    if not why.strip():
        raise no.NeedsEvidence
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        person = _person(incident, person_id)
        if Telling(person.telling) in affected.TOLD:
            raise no.ToldAlready
        person.telling, person.why, person.by = str(telling), why.strip()[:300], by
        person.told_at = now if telling is Telling.BY_HAND else None
        person.standing = str(affected.standing(telling, Giving(person.giving)))
        person.save(update_fields=["telling", "why", "by", "told_at", "standing"])
        _wake(incident, now=now)
        told = {"incident": incident.pk, "person": person.pk, "why": person.why}
        journal.write_house(f"incident.{telling}", told, now=now, by=by)


def correct_address(incident_id: int, person_id: int, *, address: str, by: models.Staff, now: datetime) -> None:
    """Give somebody who was not reached another address; the job writes to it."""
    found = mail_address(address)
    if not found:
        raise no.NoAddress
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        person = _person(incident, person_id)
        if Telling(person.telling) in affected.TOLD:
            raise no.ToldAlready
        taken = models.AffectedKey.objects.filter(incident=incident, key__in=affected.keys(mail=found))
        if taken.exclude(person=person).exists():
            raise no.AddressIsTaken
        for key in affected.keys(mail=found):
            models.AffectedKey.objects.get_or_create(incident=incident, key=key, defaults={"person": person})
        person.address, person.telling, person.why, person.by = found, str(Telling.WAITING), "", by
        person.standing = str(affected.standing(Telling.WAITING, Giving(person.giving)))
        person.save(update_fields=["address", "telling", "why", "by", "standing"])
        _wake(incident, now=now)
        journal.write_house(
            "incident.address_corrected", {"incident": incident.pk, "person": person.pk}, now=now, by=by
        )


def _person(incident: models.Incident, person_id: int) -> models.Affected:
    """Return one of the people, held by his case as whatever else happens to him is."""
    case = incident.people.filter(pk=person_id).values_list("case", flat=True).first()
    if case is not None:
        models.Case.objects.select_for_update().only("pk").get(pk=case)
    return access.affected_of(incident, person_id)


def _wake(incident: models.Incident, *, now: datetime) -> None:
    if incident.job == Job.RUNNING:
        models.Incident.objects.filter(pk=incident.pk).update(wakes_at=now)


# ── when it is over ──────────────────────────────────────────────────────────


def close(incident_id: int, *, told_back: str, by: models.Staff, now: datetime) -> None:
    """Close an incident whose equation has come out, and say what was done about its cause."""
    if not told_back.strip():
        raise no.CauseIsOpen
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        reckoning = queries.reckon(incident)
        if not reckoning.done:
            raise no.NotSettled
        incident.closed_at, incident.told_back = now, told_back.strip()[:5_000]
        incident.job, incident.wakes_at, incident.rings_at = Job.IDLE, None, None
        incident.save()
        counts = {str(standing): n for standing, n in reckoning.standing.items()}
        told = {"incident": incident.pk, "affected": reckoning.affected, **counts}
        journal.write_house("incident.closed", told, now=now, by=by)


def wave_off(word: str, *, by: models.Staff, now: datetime) -> None:
    """Say that a spike the desk proposed is none; it is not proposed again for a week."""
    access.refuse_incidents(by)
    with transaction.atomic():
        models.WavedOff.objects.create(word=word[:60], by=by, at=now)
        journal.write_house("incident.waved_off", {"word": word[:60]}, now=now, by=by)
