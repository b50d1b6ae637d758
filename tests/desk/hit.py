"""An incident with seven people on its list, and what is done with it in tests: told, worked on, killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from makegood.demo.cast import Cast
from makegood.desk import crashpoints, models
from makegood.desk.actions import incident_lists, incident_remedies, incident_work, incidents
from makegood.desk.actions.incident_remedies import Gift
from makegood.desk.actions.wanted import Choice
from makegood.watch import incidents as round_of

Carry = Callable[[datetime], int]
CREDIT = Gift(failure="process", choices=(Choice(catalogue="credit"),))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def small_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the job do three people at a time, in a home of its own."""
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    monkeypatch.setattr(incident_work, "AT_ONCE", {"opens": 3, "tells": 3, "gives": 3, "closes": 3})
    yield
    crashpoints.listen(None)


@pytest.fixture
def of_seven(small_steps: None, cast: Cast, monday_ten: datetime) -> models.Incident:
    """An incident with seven people on its list, a letter, and a credit for each that is not counted yet."""
    incident = incidents.open_incident(title="Buckles of lot 25-K", by=cast.ruth, now=monday_ten)
    listed = "email,name,order,amount\n" + "".join(f"p{n}@x.example,Person {n},88-{n},219.00\n" for n in range(7))
    incident_lists.upload(incident.pk, name="l.csv", content=[listed.encode()], by=cast.ruth, now=monday_ten)
    text = "Dear {name}, the buckle of order {order} cracks."
    incidents.write_letter(incident.pk, language="en", subject="Order {order}", text=text, by=cast.ruth, now=monday_ten)
    incident_remedies.choose(incident.pk, CREDIT, by=cast.ruth, now=monday_ten)
    work(monday_ten)
    return incident


def work(now: datetime) -> None:
    while round_of.go_on(now=now):
        pass


def tell(incident: models.Incident, cast: Cast, carry: Carry, now: datetime) -> None:
    incidents.start(incident.pk, "tells", by=cast.ruth, now=now)
    work(now)
    carry(now)


def kills(act: Callable[[], None]) -> int:
    """Let it die at the first place it passes, then at the second, and so on until it lives; says how often it died."""
    died = 0
    while True:
        left = died + 1

        def hear(_: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                raise Killed

        crashpoints.listen(hear)
        try:
            act()
        except Killed:
            died += 1
        else:
            crashpoints.listen(None)
            return died
