"""One refund that is ordered, as processes carry it out that may be killed; `tests/crashes/oven.py` forks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from makegood.demo import cast as the_cast
from makegood.desk import crashpoints, models
from makegood.desk.queries import invariants
from makegood.watch import orders
from tests.desk.ordered import refund_ordered

Say = Callable[..., None]
BEGIN = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday, ten o'clock in Chicago."""


def furnish(task: dict[str, Any], _: Say) -> None:
    """Make an empty database a house in which one refund is ordered."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    cast = the_cast.load(now=BEGIN, password=None)
    refund_ordered(cast, at=BEGIN, connector=task["connector"], payment=task["payment"])


def carry_out(task: dict[str, Any], _: Say) -> None:
    """Walk the round of orders, as the loop does, at a moment; be killed at a place if the task names one."""
    if task.get("crash_at"):
        crashpoints.listen(crashpoints.striking(task["crash_at"]))
    now = BEGIN + timedelta(minutes=task["minutes"])
    while orders.carry_out_one("worker", now=now):
        pass


def look(task: dict[str, Any], say: Say) -> None:
    """Say what a process finds that knows nothing of the others, and what the doctor says of it."""
    order = models.Order.objects.select_related("remedy").get()
    say(order=order.state, remedy=order.remedy.step, due=order.due_at is not None)
    now = BEGIN + timedelta(minutes=task["minutes"])
    say(broken=[v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations])
