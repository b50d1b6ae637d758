"""Orders that others carry out: when one is tried or asked for again, and who hears that nobody knows of one.

An order that was sent and not answered is neither done nor undone. It is
asked for by its key, soon at first and then hourly, for as long as it takes;
nothing is sent again before somebody said that they don't have it. Refusals:

Refusal
├── OrderIsOver
├── MayHaveHappened
├── NothingToSupply
├── NeedsProof
└── CannotTakeBack
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum

from .refusals import Refusal

MINUTE = timedelta(minutes=1)
TRY_AGAIN = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Minutes until an order that did not happen is tried again, the last one for ever."""
ASK_AGAIN = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0)
"""Minutes until an order of which nobody knows is asked for again."""
LOOK_AGAIN = (60.0, 360.0)
"""Minutes until an order that they have is looked at again: a bank takes days."""
OWNER_HEARS = 10 * MINUTE
"""So long nobody may know whether an order was done; then the owner of the case hears."""
HIGHER_HEARS = 60 * MINUTE
"""After so long somebody higher hears, too; the clocks of the remedy ring beside that."""


class Told(IntEnum):
    """Who has heard that an order is stuck."""

    NOBODY = 0
    OWNER = 1
    HIGHER = 2


def again_at(minutes: tuple[float, ...], attempts: int, *, now: datetime, wait: timedelta | None = None) -> datetime:
    """Return when a worker next takes hold of an order, and not before they said (`wait`)."""
    pause = minutes[min(max(attempts, 1), len(minutes)) - 1] * MINUTE
    return now + max(pause, wait or timedelta(0))


def hears(told: Told, *, stuck_since: datetime, at_once: bool, now: datetime) -> Told:
    """Return who must have heard by now of an order that is stuck. `at_once`: only we can mend it."""
    waited = now - stuck_since
    if waited >= HIGHER_HEARS:
        return Told.HIGHER
    return max(told, Told.OWNER) if at_once or waited >= OWNER_HEARS else told


def hears_next_at(told: Told, *, stuck_since: datetime) -> datetime | None:
    """Return when the next person must hear; None where nobody is left to tell this way."""
    waits = {Told.NOBODY: OWNER_HEARS, Told.OWNER: HIGHER_HEARS}
    return stuck_since + waits[told] if told in waits else None


class OrderIsOver(Refusal):
    """This order is over: it was carried out, refused or taken back."""

    code = "order_is_over"


class MayHaveHappened(Refusal):
    """It was sent, and may have been done. Look there first: then say that it was done, or that it was not."""

    code = "may_have_happened"


class NothingToSupply(Refusal):
    """Say what was missing: the payment, for a refund."""

    code = "nothing_to_supply"


class NeedsProof(Refusal):
    """Say what shows it: the number of a receipt, a transfer or a parcel, or bring a file."""

    code = "needs_proof"


class CannotTakeBack(Refusal):
    """This can't be taken back any more: the money is on its way, or the code was used. Agree with the customer."""

    code = "cannot_take_back"
