"""Programmes begun, their terms published, people entered, and the programme ended once everybody has an answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from makegood.desk import models
from makegood.desk.queries import programmes as queries
from makegood.rules import programmes as rules
from makegood.rules.programmes import Terms

from . import journal

SHOWN = 20
"""How many of the people who still hold something a refusal names."""


def start(
    name: str,
    title: str,
    *,
    text: str,
    terms: Terms,
    owner: models.Staff,
    by: models.Staff,
    now: datetime,
    where: str = "",
) -> models.Programme:
    """Begin a programme with the first version of its terms."""
    with transaction.atomic():
        programme = models.Programme.objects.create(name=name, title=title[:200], owner=owner, started_at=now)
        journal.write_house("programme.started", {"programme": name, "owner": owner.pk}, now=now, by=by)
        publish(programme, text=text, terms=terms, by=by, now=now, where=where)
    return programme


def publish(
    programme: models.Programme,
    *,
    text: str,
    terms: Terms,
    by: models.Staff,
    now: datetime,
    published_at: datetime | None = None,
    where: str = "",
) -> models.ProgrammeVersion:
    """Publish a new version, word for word. Whoever entered before is still held to the one he saw.

    `published_at` is when the public could read it, if that was before somebody wrote it down here. Raises
    TermsOutOfOrder where another version came at that moment or later.
    """
    if not text.strip():
        raise rules.TermsNeedWords
    with transaction.atomic():
        row = models.Programme.objects.select_for_update().get(pk=programme.pk)
        if row.ended_at is not None:
            raise rules.ProgrammeIsOver
        read_at = min(published_at or now, now)
        if row.versions.filter(published_at__gte=read_at).exists():
            # Put before others, it would change what those who entered since are held to.
            raise rules.TermsOutOfOrder
        version = models.ProgrammeVersion.objects.create(
            programme=row,
            number=row.versions.count() + 1,
            text=text,
            sha256=rules.fingerprint(text),
            terms=terms.plain(),
            published_at=read_at,
            published_by=by,
            where=where[:300],
        )
        facts = {"programme": row.name, "version": version.number, "sha256": version.sha256}
        journal.write_house("programme.published", facts | {"terms": version.terms}, now=now, by=by)
    return version


def enter(
    programme: models.Programme,
    *,
    customer: models.Customer,
    entered_at: datetime,
    reference: str,
    by: models.Staff | None,
    now: datetime,
) -> models.Entrant:
    """Note that a customer entered, and pin him to the version that was public at that moment.

    Noting the same entry again returns the first. Raises NothingPublishedYet and ProgrammeIsOver.
    """
    with transaction.atomic():
        row = models.Programme.objects.select_for_update().get(pk=programme.pk)
        known = models.Entrant.objects.filter(version__programme=row, customer=customer, reference=reference)
        if found := known.select_related("version__programme", "customer").first():
            return found
        if row.ended_at is not None and entered_at >= row.ended_at:
            raise rules.ProgrammeIsOver
        version = queries.version_at(row, min(entered_at, now))
        if version is None:
            raise rules.NothingPublishedYet
        entrant = models.Entrant.objects.create(
            version=version,
            customer=customer,
            reference=reference[:100],
            entered_at=min(entered_at, now),
            noted_at=now,
            noted_by=by,
        )
        facts = {
            "programme": row.name,
            "version": version.number,
            "customer": customer.pk,
            "reference": reference[:100],
        }
        journal.write_house("programme.entered", facts, now=now, by=by)
    return entrant


def end(programme: models.Programme, *, by: models.Staff, now: datetime) -> None:
    """End a programme. Raises EntitlementsAreOpen, naming who still holds something without an answer."""
    with transaction.atomic():
        row = models.Programme.objects.select_for_update().get(pk=programme.pk)
        if row.ended_at is not None:
            return
        left = queries.unanswered(row)
        if number := left.count():
            names = [f"{held.customer.name}: {held.title}" for held in left[:SHOWN]]
            more = [f"… {number - SHOWN}"] if number > SHOWN else []
            raise rules.EntitlementsAreOpen(*names, *more)
        models.Programme.objects.filter(pk=row.pk).update(ended_at=now, ended_by=by)
        journal.write_house("programme.ended", {"programme": row.name}, now=now, by=by)
