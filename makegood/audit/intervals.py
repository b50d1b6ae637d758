"""How sure a share is: Wilson's interval for one, Newcombe's for the difference of two.

A share of few cases is not shown at all. A wide interval beside a bold number is read as
the number; so below `LEAST` cases there is no number, and the page says why. Stdlib only.

Source: E. B. Wilson 1927; R. G. Newcombe 1998, method 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEAST = 20
"""Fewer cases than this give no share and no median."""
Z95 = 1.959964
"""Of the normal distribution: 95 % lie within so many standard deviations on both sides."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `n`, and between which shares the truth lies with 95 % confidence."""

    hits: int
    n: int

    @property
    def shown(self) -> bool:
        """Whether there are enough cases to give a share."""
        return self.n >= LEAST

    @property
    def value(self) -> float | None:
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.n)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One share less another, and what may be said about it."""

    value: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """`more`, `fewer`, or `not shown`: an interval that holds zero does not say that they are equal."""
        if self.low > 0:
            return "more"
        return "fewer" if self.high < 0 else "not shown"


def wilson(hits: int, n: int, z: float = Z95) -> tuple[float, float]:
    """Return the interval of a share. Of none at all, it is everything: 0 to 1."""
    if not n:
        return 0.0, 1.0
    p, square = hits / n, z * z
    middle = p + square / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + square / (4 * n * n))
    low, high = (middle - reach) / (1 + square / n), (middle + reach) / (1 + square / n)
    return (0.0 if hits == 0 else low), (1.0 if hits == n else high)


def newcombe(one: Share, other: Share, z: float = Z95) -> Difference:
    """Return how much more often `one` is hit than `other`. Both need cases."""
    p, q = one.hits / one.n, other.hits / other.n
    low, high = wilson(one.hits, one.n, z)
    other_low, other_high = wilson(other.hits, other.n, z)
    return Difference(
        value=p - q,
        low=p - q - sqrt((p - low) ** 2 + (other_high - q) ** 2),
        high=p - q + sqrt((high - p) ** 2 + (q - other_low) ** 2),
    )


def z_of_many(comparisons: int) -> float:
    """Return the z at which `comparisons` intervals hold together with 95 % confidence (Bonferroni).

    Of a hundred teams that are all alike, five would otherwise stand out.
    """
    return NormalDist().inv_cdf(1 - 0.05 / (2 * max(1, comparisons)))
