"""Many rows read by whole columns are what Django reads one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import models as django_models

from makegood.desk import models, reading
from makegood.desk.actions import rounds

pytestmark = pytest.mark.django_db

READ_SO = (models.Case, models.Entry, models.Promise, models.Alarm, models.Notice)


@pytest.fixture
def lived(letter: models.Case, monday_ten: datetime) -> models.Case:
    """Nobody answered for a month, so that everything which has a row has been written."""
    for days in range(30):
        now = monday_ten + timedelta(days=days)
        while rounds.wake_all(now=now, limit=50):
            pass
    return letter


def columns(model: type[django_models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@pytest.mark.parametrize("model", READ_SO)
def test_every_column_is_read_as_django_reads_it(lived: models.Case, model: type[django_models.Model]) -> None:
    asked = model._default_manager.order_by("pk")
    assert asked.exists()

    found = list(reading.values(asked, *columns(model)))
    by_django = list(asked.values_list(*columns(model)))

    assert found == by_django
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in by_django]


def test_a_row_has_the_columns_that_were_asked_for_and_fetches_the_others(lived: models.Case) -> None:
    (row,) = reading.rows(models.Case.objects.all(), "owner_id", "wakes_at")

    assert row == models.Case.objects.get()
    assert row.get_deferred_fields() == set(columns(models.Case)) - {"id", "owner_id", "wakes_at"}
    assert row.subject == lived.subject
    assert (row._state.adding, row._state.db) == (False, "default")


def test_a_query_that_finds_nothing_reads_nothing(lived: models.Case) -> None:
    nobody = models.Case.objects.filter(number="1999-0001")

    assert list(reading.values(nobody, "pk", "wakes_at")) == []
    assert list(reading.values(models.Case.objects.none(), "pk")) == []
    assert list(reading.rows(nobody, "wakes_at")) == []


def test_keys_choose_as_a_list_of_them_does(lived: models.Case) -> None:
    entries = models.Entry.objects.order_by("pk")

    chosen = entries.filter(case__in=reading.keys([lived.pk, lived.pk + 1]))

    assert list(chosen) == list(entries.filter(case__in=[lived.pk, lived.pk + 1])) != []
    assert not entries.filter(case__in=reading.keys([])).exists()
