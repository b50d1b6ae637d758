"""A-46: rows that are given back from an uploaded list hold no formula, in whatever program they are opened."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk.actions import incident_lists, incidents
from makegood.watch import incidents as round_of

pytestmark = pytest.mark.django_db

CELLS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\uff1d1+1", " =1+1", "'=1+1", '"=1+1', "\u200b=1+1", "%0A=1")


def test_no_cell_of_a_rejected_row_begins_like_a_formula(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    now = clock.now()
    incident = incidents.open_incident(title="x", by=cast.ruth, now=now)
    written = io.StringIO()
    csv.writer(written).writerows([["email", "name", "=cmd()"], *[["nobody", cell, cell] for cell in CELLS]])
    kept = incident_lists.upload(
        incident.pk, name="=evil\r\n.csv", content=[written.getvalue().encode()], by=cast.ruth, now=now
    )
    while round_of.go_on(now=now):
        pass
    client = Client()
    client.force_login(cast.ruth)
    response = client.get(f"/incidents/{incident.pk}/lists/{kept.pk}/rejected/")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert "\r" not in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert len(rows) == 1 + len(CELLS)
    for row in rows:
        for cell in row:
            assert cell.strip("\ufeff \u200b\"'")[:1] not in ("=", "+", "-", "@") or cell.startswith("'"), row
