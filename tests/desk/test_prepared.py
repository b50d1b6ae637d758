"""A question whose statement is written once answers as Django would, each time with other values."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from makegood.desk import models
from makegood.desk.actions import cases
from makegood.desk.prepared import many, one_of, prepared

pytestmark = pytest.mark.django_db


@prepared("pk", "at", "facts", "by__name")
def told_until(case: int, until: datetime) -> QuerySet[models.Entry]:
    return models.Entry.objects.filter(case_id=case, at__lte=until).order_by("seq")


@prepared("name")
def with_roles(roles: str) -> QuerySet[models.Staff]:
    return models.Staff.objects.filter(role__in=one_of(roles, str)).order_by("name")


@prepared("name")
def with_keys(keys: str) -> QuerySet[models.Staff]:
    return models.Staff.objects.filter(pk__in=one_of(keys)).order_by("name")


@prepared("role", "people")
def how_many() -> QuerySet[models.Staff, Any]:
    return models.Staff.objects.order_by("role").values("role").annotate(people=Count("pk"))


@prepared("pk")
def without_its_argument(_address: str) -> QuerySet[models.Staff]:
    return models.Staff.objects.filter(is_active=True)


def test_the_answer_is_what_django_reads(letter: models.Case, monday_ten: datetime) -> None:
    for until in (monday_ten - timedelta(days=1), monday_ten + timedelta(days=1)):
        asked = models.Entry.objects.filter(case=letter, at__lte=until).order_by("seq")
        assert told_until(letter.pk, until) == list(asked.values_list("pk", "at", "facts", "by__name"))
    assert told_until(letter.pk, monday_ten + timedelta(days=1))


def test_each_asking_has_its_own_values(letter: models.Case, monday_ten: datetime) -> None:
    assert told_until(letter.pk + 1, monday_ten + timedelta(days=1)) == []


def test_many_texts_and_many_keys_are_one_argument(letter: models.Case) -> None:
    staff = models.Staff.objects.order_by("name")
    assert with_roles(many(["lead", "head"])) == list(staff.filter(role__in=["lead", "head"]).values_list("name"))
    assert with_roles(many([])) == []
    keys = list(staff.values_list("pk", flat=True)[:2])
    assert with_keys(many(keys)) == list(staff.filter(pk__in=keys).values_list("name"))


def test_what_is_counted_is_a_number(letter: models.Case) -> None:
    counted = models.Staff.objects.order_by("role").values("role").annotate(people=Count("pk"))
    assert how_many() == list(counted.values_list("role", "people"))


def test_a_text_is_a_value_and_never_part_of_the_statement(letter: models.Case) -> None:
    assert with_roles(many(["') OR 1=1 --", "%s", '"'])) == []


def test_a_value_that_would_not_reach_the_statement_is_refused() -> None:
    with pytest.raises(TypeError, match="Compare each argument"):
        without_its_argument("priya")


def test_a_question_that_locks_still_locks(letter: models.Case) -> None:
    """Else two cases that open at once could get one number, and nothing would say so."""
    with CaptureQueriesContext(connection) as asked:
        cases.latest_policy()
        cases.latest_policy()
    locked = ["FOR UPDATE" in query["sql"] for query in asked.captured_queries]
    assert locked == [connection.vendor == "postgresql"] * 2


def test_the_statement_asked_is_the_same_each_time(letter: models.Case, monday_ten: datetime) -> None:
    told_until(letter.pk, monday_ten)
    with CaptureQueriesContext(connection) as asked:
        told_until(1, monday_ten)
        told_until(2, monday_ten)
    one, other = (query["sql"] for query in asked.captured_queries)
    assert one.replace("(1)", "(2)") == other
