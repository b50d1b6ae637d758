"""The audit's own gettext, and numbers, spans and moments as a reader of a language writes them.

The audit runs where there is no Django, so it reads its catalogue with Python's gettext:
`locale/es/LC_MESSAGES/audit.po`. English is in the code. `speaking` says in which language
everything below it is written; it is the reader's, never the machine's.
"""

from __future__ import annotations

import gettext as catalogues
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path

LANGUAGES = ("en", "es")
THIN = "\N{NO-BREAK SPACE}"

_ENGLISH: catalogues.NullTranslations = catalogues.NullTranslations()
_spoken: ContextVar[tuple[str, catalogues.NullTranslations]] = ContextVar("spoken", default=("en", _ENGLISH))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write everything inside in this language. One we don't have is written in English."""
    found = catalogues.translation("audit", Path(__file__).parent / "locale", languages=[language], fallback=True)
    token = _spoken.set((language if language in LANGUAGES else "en", found))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the code of the language that is being written."""
    return _spoken.get()[0]


def gettext(text: str) -> str:
    """Return the text in the reader's language."""
    return _spoken.get()[1].gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form that goes with `n`."""
    return _spoken.get()[1].ngettext(one, many, n)


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue, and leave it as it is until somebody reads it."""
    return text


# ── numbers ──────────────────────────────────────────────────────────────────


def number(value: float, digits: int = 0) -> str:
    """Return `6,418` or `0.54`; in Spanish `6418`, `12.345` and `0,54`."""
    text = f"{value:,.{digits}f}"
    if language() != "es":
        return text
    if abs(value) < 10_000:
        text = text.replace(",", "")
    return text.translate(str.maketrans(",.", ".,"))


def share(value: float, digits: int = 1) -> str:
    """Return `10.9 %`."""
    return f"{number(value * 100, digits)}{THIN}%"


def span(hours: float) -> str:
    """Return how long: minutes under an hour, hours under two days, else days."""
    if hours < 1:
        return f"{number(hours * 60)}{THIN}min"
    if hours < 48:
        return f"{number(hours, 1 if hours < 10 else 0)}{THIN}h"
    days = hours / 24
    return f"{number(days, 1 if days < 10 else 0)}{THIN}d"


def hours_of(length: timedelta) -> float:
    """Return a length of time in hours."""
    return length.total_seconds() / 3600


# ── moments ──────────────────────────────────────────────────────────────────


def months() -> tuple[str, ...]:
    """Return the short names of the months, January first."""
    return tuple(gettext("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split())


def weekdays() -> tuple[str, ...]:
    """Return the short names of the days of the week, Monday first."""
    return tuple(gettext("Mon Tue Wed Thu Fri Sat Sun").split())


def day(at: datetime, *, year: bool = True) -> str:
    """Return `2 Mar 2026`."""
    text = f"{at.day}{THIN}{months()[at.month - 1]}"
    return f"{text}{THIN}{at.year}" if year else text


def clock(at: datetime) -> str:
    """Return `10:00`."""
    return f"{at.hour:02d}:{at.minute:02d}"


def filled_text(template: str, **gaps: object) -> str:
    """Return a sentence of the catalogue with its gaps filled, as plain text."""
    return template.format(**gaps)
