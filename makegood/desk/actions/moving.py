"""Every row of another database into the empty one at hand, with its keys: a desk that outgrew its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from makegood.desk import models

BATCH = 2_000
"""Rows that are read and written at a time."""


def tables() -> list[type[Model]]:
    """Return everything that is kept in a table of its own, what links two of them included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def is_empty() -> bool:
    """Return whether nothing was ever kept in the database at hand."""
    return not any(model._base_manager.exists() for model in (models.Staff, models.PolicyVersion, models.Entry))


def move_rows(source: str, *, told: Callable[[str, int], None]) -> dict[str, int]:
    """Copy every row out of the database of this alias, all of them or none; returns how many, by table.

    Both must have been through the same migrations, and nothing may write into either. `told` hears of each
    batch. References are checked when all rows are there, so that tables may come in any order.
    """
    moved: dict[str, int] = {}
    with transaction.atomic():
        # An empty database has names of its own for our tables; ours come with their keys.
        ContentType.objects.all().delete()
        for model in tables():
            moved[model._meta.db_table] = 0
            for batch in _batches(model, source):
                model._base_manager.bulk_create(batch)
                moved[model._meta.db_table] += len(batch)
                told(model._meta.db_table, len(batch))
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(sql)
    return moved


def _batches(model: type[Model], source: str) -> Iterator[list[Model]]:
    columns = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(source).order_by("pk").values_list(*columns)
    batch: list[Model] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(model(**dict(zip(columns, row, strict=True))))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
