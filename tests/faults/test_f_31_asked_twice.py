"""F-31: a double click, a retry, a bulk remedy killed at item k. One remedy, one order, one line in the books."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from django.db import connection

from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import approvals, grants, remedies
from makegood.desk.actions.record import deciding_all
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.desk.crashpoints import listen, striking
from makegood.desk.queries import invariants
from tests.desk.making_good import dollars, heard, page_of, sums, wanted


@pytest.fixture
def committing(committed: None, monday_ten: datetime, home: Path) -> Cast:
    """The cast, in a database to which every thread really commits."""
    return the_cast.load(now=monday_ten, password=None)


@pytest.fixture
def deaf() -> Iterator[None]:
    yield
    listen(None)


def at_once(times: int, act: Callable[[], object]) -> list[object]:
    """Do the same thing in so many threads at the same moment; returns what each came back with."""
    gate, came_back = threading.Barrier(times), []

    def work() -> None:
        try:
            gate.wait(20)
            came_back.append(act())
        except Exception as error:
            came_back.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came_back


def test_a_form_sent_eight_times_at_once_proposes_chooses_and_orders_once(
    committing: Cast, monday_ten: datetime
) -> None:
    case = heard(committing, at=monday_ten)
    want = wanted(Choice(catalogue="choose_any"), price=dollars(100))
    numbers = at_once(8, lambda: remedies.propose(case.pk, want, by=committing.priya, now=monday_ten))
    assert numbers == [1] * 8
    remedies.offer(case.pk, 1, by=committing.priya, now=monday_ten)
    link = page_of(case, now=monday_ten)
    assert at_once(8, lambda: remedies.choose_by_customer(link, 1, "choose_any", now=monday_ten)) == [None] * 8
    assert at_once(8, lambda: remedies.order(case.pk, 1, by=committing.priya, now=monday_ten)) == [None] * 8
    assert case.journal.filter(name="remedy.ordered").count() == 1
    assert sums()["spent:choose_any", "USD"] == 6_000
    assert [v.what for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations] == []


PLACES = ("remedy.before_order", "remedy.after_order", "record.after_journal", "action.before_commit")


def given_by_the_incident(case: models.Case, want: Wanted, *, now: datetime) -> None:
    with deciding_all([case.pk], now=now, actor="program") as decisions:
        grants.lock(decisions)
        grants.grant([grants.Grant(decision=d, wanted=want) for d in decisions], incident=7, now=now)


class PowerCut(Exception):  # noqa: N818
    """The power went."""


def cut() -> None:
    raise PowerCut


@pytest.mark.parametrize("place", PLACES)
def test_a_bulk_remedy_that_dies_at_any_item_and_place_is_finished_with_nobody_twice_or_left_out(
    cast: Cast, monday_ten: datetime, place: str, deaf: None
) -> None:
    cases = [heard(cast, at=monday_ten, sender=f"c{n}@quill.example") for n in range(4)]

    def run() -> None:
        for case in cases:
            want = wanted(Choice(catalogue="code"), price=dollars(10), key=uuid5(NAMESPACE_URL, f"7:{case.pk}"))
            given_by_the_incident(case, want, now=monday_ten)

    for dies_at in range(1, 4):
        listen(striking(f"{place}:{dies_at}", cut))
        with pytest.raises(PowerCut):
            run()
        listen(None)
        granted = models.Remedy.objects.filter(incident=7).count()
        assert models.Transfer.objects.filter(key__endswith=":ordered").count() == granted, "both or neither"
        assert granted < 4
    run()
    run()
    assert models.Remedy.objects.filter(incident=7).exclude(ordered_at=None).count() == 4
    assert sums()["liability:codes", "USD"] == 4_000
    found = [v.what for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations]
    assert [what for what in found if "whose list does not have" not in what] == [], "there is no list in this test"


@pytest.mark.parametrize("place", ["remedy.after_lock", "approval.after_lock"])
def test_an_agent_and_his_lead_who_try_again_after_a_crash_have_asked_and_approved_once(
    cast: Cast, monday_ten: datetime, place: str, deaf: None
) -> None:
    case = heard(cast, at=monday_ten)
    want = wanted(Choice(catalogue="refund"), price=dollars(400))

    def ask_and_approve() -> None:
        number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
        approvals.approve(case.pk, number, by=cast.marta, now=monday_ten)

    listen(striking(place, cut))
    with pytest.raises(PowerCut):
        ask_and_approve()
    listen(None)
    ask_and_approve()
    assert case.remedies.get().approved_by == cast.marta
    assert sums()["reserved:recovery:2026-03", "USD"] == 40_000
    assert [v.what for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations] == []
