"""What a policy says about making it right, read and made sense of: catalogue, budgets, rates, and their clocks."""

from __future__ import annotations

from .policy import Signal

STEPS_WITH_A_CLOCK = frozenset(
    {
        Signal.REMEDY_PROPOSED_ABOVE,
        Signal.REMEDY_APPROVED,
        Signal.REMEDY_OFFERED,
        Signal.REMEDY_ACCEPTED,
        Signal.REMEDY_ORDERED,
        Signal.REMEDY_SHIPPED,
        Signal.REMEDY_DELIVERED,
        Signal.REMEDY_FAILED,
    }
)
"""Each opens a clock in every policy that has remedies."""
