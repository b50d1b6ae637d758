"""The five words every check is written in: missing, present, after, both, either.

A check is read twice: by the desk, which asks it about one promise, and by the
audit, which asks it about millions of rows at once. Each word therefore takes
plain values or whole columns (anything that answers `isnull()` for all its rows,
such as a column of Ibis), and means the same for both.

None of them is ever "unknown". Python says `None > 1` is an error and SQL says it
is NULL, which is neither true nor false and so drops the row from every count.
Here what is missing is never after anything, and nothing is after it.
"""

from __future__ import annotations

from typing import Any


def missing(fact: Any) -> Any:
    """Return whether there is no such thing on record."""
    return fact.isnull() if _is_column(fact) else fact is None


def present(fact: Any) -> Any:
    """Return whether there is such a thing on record."""
    return fact.notnull() if _is_column(fact) else fact is not None


def after(later: Any, earlier: Any) -> Any:
    """Return whether both are on record and `later` comes after `earlier`; the same moment is not after.

    For numbers: whether `later` is more than `earlier`.
    """
    if _is_column(later) or _is_column(earlier):
        return (later > earlier).fill_null(False)
    return later is not None and earlier is not None and bool(later > earlier)


def both(one: Any, other: Any) -> Any:
    """Return whether one thing holds and so does the other."""
    return _known(one) & _known(other) if _is_column(one) or _is_column(other) else bool(one) and bool(other)


def either(one: Any, other: Any) -> Any:
    """Return whether one thing holds, or the other, or both."""
    return _known(one) | _known(other) if _is_column(one) or _is_column(other) else bool(one) or bool(other)


def _known(holds: Any) -> Any:
    """Return a condition in which what is missing does not hold: flags of other people's data may be blank."""
    return holds.fill_null(False) if _is_column(holds) else bool(holds)


def _is_column(fact: Any) -> bool:
    return hasattr(fact, "isnull")
