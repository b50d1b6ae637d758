"""The ribbon in an HTML mail: table cells with background colours, no picture, nothing to fetch.

Mail clients know neither SVG nor variables, so the colours of the light theme
are written out; each cell also has a class, by which a mail's own style sheet
may turn it for a dark screen (`bar`, `bar-soon` …, `track`, `due`, `over`).
"""

from __future__ import annotations

from dataclasses import dataclass

from .ribbon import Ribbon, State

COLOURS = {
    State.RUN: "#1d4176",
    State.SOON: "#85510a",
    State.KEPT: "#1a6a49",
}
GREY = "#5a626b"
LEAST_PROMISED = 30


@dataclass(frozen=True, kw_only=True)
class MailRibbon:
    """The cells of the bar; all widths are whole percent."""

    name: str
    colour: str
    #: of the whole bar: up to due, and past it (together 100)
    promised: int
    over: int
    #: of the promised part: time gone, and time left (together 100)
    filled: int
    left: int


def mail_ribbon(ribbon: Ribbon) -> MailRibbon:
    """Work out the cells. A filled part is at least one percent, so that it can be seen."""
    promised = max(round(100 / (1 + ribbon.overrun)), LEAST_PROMISED)
    if ribbon.overrun:
        promised = min(promised, 99)
    filled = min(max(round(ribbon.filled * 100), 1), 100)
    return MailRibbon(
        name="bar" if ribbon.state is State.RUN else f"bar-{ribbon.state.value}",
        colour=COLOURS.get(ribbon.state, GREY),
        promised=promised,
        over=100 - promised,
        filled=filled,
        left=100 - filled,
    )
