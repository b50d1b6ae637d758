"""Cases that are one matter: where a case goes on, and which cases go on in it. One step at most, never a chain."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from makegood.desk import models


def goes_on_in(case: models.Case) -> models.Case:
    """Return the case in which this one goes on; itself, unless it was merged into another."""
    return case.merged_into or case


def key_of(case_id: int) -> int:
    """Return the key of the case in which the case of this key goes on; its own, unless it was merged."""
    into = models.Case.objects.filter(pk=case_id, merged_into__isnull=False).values_list("merged_into", flat=True)
    return into.first() or case_id


def family(case_id: int) -> QuerySet[models.Case, int]:
    """Return the keys of a case and of those that go on in it, to be asked for inside another question."""
    return models.Case.objects.filter(Q(pk=case_id) | Q(merged_into=case_id)).order_by().values_list("pk", flat=True)
