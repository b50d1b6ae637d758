"""Rows written together are refused as they would be one by one."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DataError, connection

from makegood.desk import models
from makegood.desk.actions import rows

pytestmark = pytest.mark.django_db


def test_what_is_too_long_for_its_column_is_refused_and_not_cut(letter: models.Case, monday_ten: datetime) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's columns have no length")
    one = {"staff_id": letter.owner_id, "kind": "k" * 41, "facts": {}, "rings": False, "written_at": monday_ten}
    one |= {"mail": True}
    with pytest.raises(DataError):
        rows.insert(models.Notice, tuple(one), [tuple(one.values())])


def test_rows_are_written_with_what_json_has_no_word_for(letter: models.Case, monday_ten: datetime) -> None:
    told = {"said": 'a "quote", a \\ and two\nlines', "none": None, "number": 12345678901234567890}
    one = {"staff_id": letter.owner_id, "case_id": None, "kind": "told", "facts": told, "rings": True}
    one |= {"written_at": monday_ten.replace(microsecond=7), "mail": False}
    rows.insert(models.Notice, tuple(one), [tuple(one.values())])

    written = models.Notice.objects.get(kind="told")

    assert {name: getattr(written, name) for name in one} == one
