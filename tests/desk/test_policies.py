"""Policies are versions; a case keeps the one it began with."""

from __future__ import annotations

from datetime import datetime

import pytest

from makegood.config import shipped
from makegood.demo.cast import HOUSE, Cast
from makegood.desk import facts, models
from makegood.desk.actions import policies

pytestmark = pytest.mark.django_db


def changed() -> str:
    return shipped.demo_policy().replace('within = "8 business hours"', 'within = "2 business hours"', 1)


def test_the_same_text_is_the_same_version(cast: Cast, monday_ten: datetime) -> None:
    again = policies.load(shipped.demo_policy(), name=HOUSE, laws=shipped.law_texts(), now=monday_ten)
    assert again == cast.version


def test_a_new_policy_moves_no_date_of_a_running_case(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    before = letter.promises.get(kind="reply").due_at
    newer = policies.load(changed(), name=HOUSE, now=monday_ten)
    letter.refresh_from_db()
    assert newer.number == 2
    assert (letter.policy, letter.promises.get(kind="reply").due_at) == (cast.version, before)


def test_putting_a_case_under_another_version_is_an_event(
    letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    newer = policies.load(changed(), name=HOUSE, now=monday_ten)
    policies.repin(letter, newer, why="agreed with the customer", by=cast.ruth, now=monday_ten)
    letter.refresh_from_db()
    assert letter.policy == newer
    assert letter.journal.filter(name="case.repinned").exists()


def test_holidays_stay_as_they_were_when_the_policy_was_loaded(cast: Cast) -> None:
    version = models.PolicyVersion.objects.get(pk=cast.version.pk)
    assert "2026-11-26" in version.holidays["chicago"]
    read = facts.policy(version)
    assert {d.isoformat() for d in read.calendars["chicago"].holidays} == set(version.holidays["chicago"])
