"""What the tests of the staff door share: a clock one moves by hand, letters, and people who are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models

ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")
IVO = Writer(name="Ivo Brandt", address="ivo@brandt.example")

Open = Callable[..., models.Case]
SignedIn = Callable[[models.Staff], Client]


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@pytest.fixture
def hand(monday_ten: datetime) -> Iterator[Hand]:
    """The clock every door of the test reads, at ten on Monday."""
    standing = Hand(monday_ten)
    with clock.reading(standing):
        yield standing


@pytest.fixture
def weeks(cast: Cast, hand: Hand) -> Weeks:
    """Letters, replies and the watch, at moments of the test's choosing."""
    return Weeks(cast)


@pytest.fixture
def buckle(weeks: Weeks, cast: Cast, hand: Hand) -> models.Case:
    """Rosalía's case, which came in at ten on Monday and which Priya owns."""
    case = weeks.letter(ROSALIA, at=hand.at, subject="Hip-belt buckle snapped", text="It snapped on the first day.")
    return own(case, cast.priya, now=hand.at)


def own(case: models.Case, by: models.Staff, *, now: datetime) -> models.Case:
    """Let `by` own the case by the rules, whoever the desk chose."""
    from makegood.desk.actions.record import deciding
    from makegood.rules import events as ev

    with deciding(case.pk, now=now) as d:
        if d.u.case.owner != by.pk:
            d.u.happen(ev.OwnerChanged(at=now, to=by.pk, was=d.u.case.owner, why="handoff"))
    case.refresh_from_db()
    return case


@pytest.fixture
def signed_in(cast: Cast, hand: Hand) -> SignedIn:
    """A browser in which this person is signed in."""

    def open_browser(staff: models.Staff) -> Client:
        client = Client()
        client.force_login(staff)
        return client

    return open_browser


@pytest.fixture
def priya(signed_in: SignedIn, cast: Cast) -> Client:
    return signed_in(cast.priya)


def case_url(case: models.Case, name: str = "case", *more: object) -> str:
    return reverse(name, args=[case.number, *more])


def text_of(response: object) -> str:
    """The page as text, with its runs of white space made one."""
    import re

    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]  # a response of the client
