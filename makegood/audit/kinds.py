"""What the findings are called in a report, and which of them make a case a slip."""

from __future__ import annotations

from makegood.rules.checks import CHECKS

from .words import gettext, gettext_noop

SILENCE = ("MG401",)
BROKEN_PROMISE = ("MG101", "MG102")
NO_OWNER = ("MG402",)
DEAD_PLACE = ("MG301",)
ESCALATED = ("MG302", "MG303")
PING_PONG = ("MG202",)
SLIPS = (*SILENCE, *BROKEN_PROMISE, *ESCALATED, *DEAD_PLACE, *NO_OWNER)
"""A case with one of these slipped, whatever became of it (`words.md`). Another desk's log does not say
whether a human was told in time, so here nobody is taken to have been."""
WAITING = (*SILENCE, "MG102", *NO_OWNER)
"""While one of these is open on an open case, a customer waits."""

NAMES: dict[str, str] = {
    "MG101": gettext_noop("A promise kept late"),
    "MG102": gettext_noop("A promise past its date"),
    "MG103": gettext_noop("A clock ran out and nobody was told"),
    "MG104": gettext_noop("A date said to the customer was moved"),
    "MG105": gettext_noop("An offer lapsed while the case was open"),
    "MG201": gettext_noop("Asked again with nothing said in between"),
    "MG202": gettext_noop("Passed back and forth"),
    "MG203": gettext_noop("Closed without an answer"),
    "MG204": gettext_noop("Two people answered one letter"),
    "MG205": gettext_noop("Apologised again with no new fact"),
    "MG206": gettext_noop("Reopened more than once"),
    "MG301": gettext_noop("A message that did not arrive"),
    "MG302": gettext_noop("The customer had to escalate"),
    "MG303": gettext_noop("Helped only after going public or to an executive"),
    "MG401": gettext_noop("Silence past the limit"),
    "MG402": gettext_noop("Nobody owned it"),
    "MG403": gettext_noop("Said to wait for a customer nobody had asked"),
    "MG701": gettext_noop("What was to make it right failed, too"),
    "MG702": gettext_noop("Closed before he had what he was offered"),
    "MG703": gettext_noop("Made right too late to be of use"),
    "MG901": gettext_noop("Kept or let go before it was promised"),
    "MG902": gettext_noop("Due before it was promised"),
    "MG903": gettext_noop("Kept or let go, and never promised"),
    "MG904": gettext_noop("Something happened before the case began"),
}
"""Short enough for a row of a table; the check's own title says it in full."""


def name(code: str) -> str:
    """Return what a finding is called. A check without a short name is called by its title."""
    if code in NAMES:
        return gettext(NAMES[code])
    title = next((check.title for check in CHECKS if check.code == code), code)
    return gettext(title)
