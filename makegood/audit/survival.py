"""How long things last when some have not ended yet: the Kaplan–Meier estimate.

Cases that are still open count as lasting until the day of the audit and are not dropped;
to drop them is the usual way in which a desk looks fast. Stdlib only, no clock.

Source: E. L. Kaplan and P. Meier 1958; interval by Greenwood's formula on the log-log scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from .intervals import LEAST, Z95


@dataclass(frozen=True)
class Step:
    """From `at` on, `share` have not ended; the truth lies within `[low, high]`."""

    at: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Curve:
    """The share that has not ended yet, over time. It begins with all of them at 0."""

    n: int
    open: int
    """How many had not ended when the audit looked."""
    steps: tuple[Step, ...]

    @property
    def shown(self) -> bool:
        """Whether there are enough cases for a curve."""
        return self.n >= LEAST

    def at(self, moment: float) -> Step:
        """Return how many had not ended at this moment."""
        found = self.steps[0]
        for step in self.steps:
            if step.at > moment:
                break
            found = step
        return found

    def reached(self, share: float) -> float | None:
        """Return when this share had ended: 0.5 for the median. None if it never came to that."""
        return next((step.at for step in self.steps if step.share <= 1 - share + 1e-12), None)


def curve(rows: Iterable[tuple[float, int, int]]) -> Curve:
    """Return the curve of `(how long, ended, still going)`. Several rows of one length are added up."""
    lasted: dict[float, list[int]] = {}
    for at, ended, going in rows:
        count = lasted.setdefault(max(0.0, at), [0, 0])
        count[0] += ended
        count[1] += going
    n = left = sum(sum(count) for count in lasted.values())
    steps, share, spread = [Step(0.0, 1.0, 1.0, 1.0)], 1.0, 0.0
    for at, (ended, going) in sorted(lasted.items()):
        if ended:
            share *= 1 - ended / left
            spread += ended / (left * (left - ended)) if left > ended else 0.0
            steps.append(Step(at, share, *_interval(share, spread)))
        left -= ended + going
    return Curve(n=n, open=sum(count[1] for count in lasted.values()), steps=tuple(steps))


def _interval(share: float, spread: float) -> tuple[float, float]:
    if share <= 0 or share >= 1:
        return share, share
    middle, reach = log(-log(share)), Z95 * sqrt(spread) / abs(log(share))
    return exp(-exp(middle + reach)), exp(-exp(middle - reach))
