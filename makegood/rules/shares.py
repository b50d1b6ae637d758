"""Shares of small numbers, said with how far they can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964
"""The normal quantile of a two-sided interval of 95 %."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `of`, and the interval in which the true share lies 95 times of 100. All shares from 0 to 1."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.hits / self.of


def share(hits: int, of: int) -> Share | None:
    """Return a share with its Wilson interval (E. B. Wilson, 1927); None where there is nothing to share.

    Raises ValueError for more hits than there are things.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if of == 0:
        return None
    observed, square = hits / of, _Z * _Z
    middle = (observed + square / (2 * of)) / (1 + square / of)
    reach = _Z / (1 + square / of) * sqrt(observed * (1 - observed) / of + square / (4 * of * of))
    # At the very ends the interval reaches them; rounding must not say otherwise.
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    high = 1.0 if hits == of else min(1.0, middle + reach)
    return Share(hits=hits, of=of, low=low, high=high)
