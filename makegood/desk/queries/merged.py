"""Cases that are one matter: where a case goes on, and which cases go on in it. One step at most, never a chain."""

from __future__ import annotations

from makegood.desk import models


def goes_on_in(case: models.Case) -> models.Case:
    """Return the case in which this one goes on; itself, unless it was merged into another."""
    return case.merged_into or case


def key_of(case_id: int) -> int:
    """Return the key of the case in which the case of this key goes on; its own, unless it was merged."""
    into = models.Case.objects.filter(pk=case_id, merged_into__isnull=False).values_list("merged_into", flat=True)
    return into.first() or case_id


def family(case: models.Case) -> list[int]:
    """Return the keys of a case and of those that go on in it."""
    return [case.pk, *models.Case.objects.filter(merged_into=case).order_by("pk").values_list("pk", flat=True)]
