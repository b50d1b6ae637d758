"""Writing the same columns of many rows: one statement, prepared once, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model


def update(rows: Sequence[Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one table, as they stand. Part of the caller's transaction.

    Django's own bulk_update builds one CASE over all rows and columns, which for the columns of a case
    costs more than the writing.
    """
    if not rows:
        return
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [meta.get_field(name) for name in names]
    pk = meta.pk
    assert pk is not None
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]
    # The names are those of our own models, quoted by the database; the values are arguments.
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(str(pk.column))} = %s"  # noqa: S608
    values = [
        [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk]  # type: ignore[union-attr]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
