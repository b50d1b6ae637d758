"""A task for a person: done when somebody says what shows that it was.

Nothing is sent. The order itself is the task, and its evidence is the proof;
so asking is looking at the order.
"""

from __future__ import annotations

from datetime import timedelta

from makegood.connectors.base import Fate, Order, Outcome


class ByHand:
    """Says what is to be done until there is evidence that it was."""

    name = "by_hand"
    remembers: timedelta | None = None

    def carry_out(self, order: Order) -> Outcome:
        """Make it somebody's task, unless there is evidence already."""
        return self.ask(order) or Outcome(fate=Fate.BY_HAND, code="by-hand", sentence=instruction(order))

    def ask(self, order: Order) -> Outcome | None:
        """Return that it is done, once there is evidence; None before."""
        if not order.evidence.strip():
            return None
        return Outcome(
            fate=Fate.DONE, code="done", sentence="Done by hand.", reference=order.reference, evidence=order.evidence
        )

    def reverse(self, order: Order) -> Outcome:
        """Undoing it is a task, too."""
        return Outcome(fate=Fate.BY_HAND, code="by-hand", sentence=f"Undo: {instruction(order)}")


def instruction(order: Order) -> str:
    """Return the task in a line: what, how much, and to which payment or order."""
    amount = f" ({order.amount.plain()})" if order.amount else ""
    means = ", ".join(f"{name} {value}" for name, value in sorted(order.means.items()) if value)
    return f"{order.title or order.kind}{amount}{f': {means}' if means else ''}"
