"""A visit of the doctor's to a small house: when, whom it is about, and what is named."""

from datetime import datetime

from django.db import connection

from makegood.demo.weeks import Writer
from makegood.server import doctor

NOW = datetime.fromisoformat("2026-03-04T16:00:00+00:00")
"""Wednesday, ten o'clock in Chicago."""
ROSA = Writer(name="Rosa Quill", address="rosa@quill.example")
INES = Writer(name="Ines Prado", address="ines@prado.example")


def unlocked(sql: str, *values: object) -> None:
    """Change a row behind the desk's back, as somebody with the file in his hands could."""
    with connection.cursor() as cursor:
        for table in ("desk_entry", "desk_anchor"):
            for verb in ("update", "delete"):
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
        cursor.execute(sql, values)


def found(code: str) -> str:
    check = next(c for c in doctor.examine(now=NOW).checks if c.code == code)
    return "\n".join(check.found)
