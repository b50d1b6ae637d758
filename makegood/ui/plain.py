"""The ribbon in a plain-text mail: `|=====----|`, and past due `|=======|//////`. Stdlib only."""

from __future__ import annotations

from .ribbon import Ribbon, Sign

WIDTH = 40
LEAST_PROMISED = 12
ENDS = {Sign.OPEN: ">", Sign.TICK: "|", Sign.NEXT: ">", Sign.RING: "o"}


def plain_ribbon(ribbon: Ribbon, width: int = WIDTH) -> str:
    """Draw the bar with `width` characters between its marks.

    `=` is time gone, `-` time left, `/` time past due; an overrun too long to draw
    is cut by `~`. At least one character is filled as soon as the promise was said.
    """
    if not ribbon.overrun:
        done = min(max(round(ribbon.filled * width), 1), width)
        return f"|{'=' * done}{'-' * (width - done)}|"
    promised = max(round(width / (1 + ribbon.overrun)), LEAST_PROMISED)
    torn = width / (1 + ribbon.overrun) < LEAST_PROMISED
    over = max(width - promised, 1)
    hatch = "/" * over if not torn else "/" * (over // 2) + "~" + "/" * (over - over // 2 - 1)
    return f"|{'=' * promised}|{hatch}{ENDS[ribbon.sign]}"
