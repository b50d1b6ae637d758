"""Our own single-use codes, issued by the desk itself.

Nothing goes over a network. Whoever sets this up gives two functions of the
desk's: one that issues a code for an order, once however often it is asked,
and one that says which was issued. So a code is an order like any other, with
the same key and the same answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from makegood.connectors.base import Fate, Order, Outcome


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A code that was issued: what it is called, and its text where it may be shown this once."""

    reference: str
    shown_once: str = field(default="", repr=False)


class Codes:
    """Issues codes through the desk that made it."""

    name = "codes"
    remembers: timedelta | None = None

    def __init__(
        self,
        *,
        issue: Callable[[Order], Issued],
        find: Callable[[Order], Issued | None],
        revoke: Callable[[Order], bool],
    ) -> None:
        """`issue` is idempotent by the order's key; `revoke` says whether the code could still be revoked."""
        self._issue, self._find, self._revoke = issue, find, revoke

    def carry_out(self, order: Order) -> Outcome:
        """Issue the code, unless it was issued already."""
        return _done(self._find(order) or self._issue(order))

    def ask(self, order: Order) -> Outcome | None:
        """Look up the code that was issued for this order."""
        issued = self._find(order)
        return _done(issued) if issued else None

    def reverse(self, order: Order) -> Outcome:
        """Revoke the code, unless it was redeemed."""
        if self._revoke(order):
            return Outcome(fate=Fate.DONE, code="reversed", reference=order.reference)
        sentence = "The code was redeemed, or there is none: it can't be taken back any more."
        return Outcome(fate=Fate.NEVER, code="redeemed", sentence=sentence)


def _done(issued: Issued) -> Outcome:
    return Outcome(
        fate=Fate.DONE,
        code="done",
        reference=issued.reference,
        evidence=f"one of our own codes, number {issued.reference}",
        shown_once=issued.shown_once,
    )
