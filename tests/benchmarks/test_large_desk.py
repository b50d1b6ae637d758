"""A desk grown for measuring is a desk like any other: the doctor finds it well, and it is as large as asked."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import Count

from benchmarks.large_desk import growing
from benchmarks.large_desk.cloning import secret_of
from makegood.desk import models
from makegood.desk.actions import links
from makegood.server import doctor

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2026-03-05T16:00:00+00:00")
"""Thursday, ten o'clock in Chicago."""


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few different times: each takes a look into the rule book."""
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    monkeypatch.setattr(growing, "MOMENTS", 40)


def test_a_grown_desk_is_found_well_and_its_cases_differ() -> None:
    grown = growing.grow(2_000, seed=1, now=NOW, tales=14)
    cases = models.Case.objects.all()
    assert (grown.cases, cases.filter(open=True).count()) == (2_000, grown.open)
    assert grown.open == pytest.approx(100, abs=20)
    assert grown.journal_rows == models.Entry.objects.count()
    report = doctor.examine(now=NOW)
    assert report.well, report.as_text()
    assert len({case.subject for case in cases}) > 1_500
    assert models.Customer.objects.count() > 1_500
    assert models.Customer.objects.annotate(n=Count("cases")).filter(n__gt=1).exists()
    assert min(case.received_at for case in cases) < NOW - timedelta(days=900)
    assert {"mail", "executive"} <= {case.door for case in cases}
    assert {"en", "es"} == {case.language for case in cases}
    newest = cases.order_by("pk").last()
    assert newest is not None
    link = models.Link.objects.filter(purpose="page", case=newest).latest("pk")
    assert links.open_link(secret_of(link.pk), models.Link.Purpose.PAGE, now=NOW) == link


def test_so_many_promises_fall_due_at_once_and_nothing_else_near_them() -> None:
    at = NOW + timedelta(minutes=10)
    grown = growing.grow(400, seed=3, now=NOW, open_share=1.0, journal_rows=6, due_at_once=(60, at), tales=12)
    assert (grown.cases, grown.open) == (400, 400)
    assert models.Case.objects.filter(wakes_at=at).count() == 60
    due = models.Promise.objects.filter(outstanding=True, said=True, source="person", due_at=at)
    assert due.values("case").distinct().count() == 60
    clones = list(models.Case.objects.order_by("pk").values_list("pk", flat=True)[18:])  # after those that were lived
    cloned = models.Case.objects.filter(pk__in=clones).exclude(wakes_at=at)
    assert not cloned.filter(wakes_at__lte=at + growing.QUIET).exists()
    assert [c.count for c in doctor.examine(now=NOW).checks if c.code in ("P3", "P6", "P7", "P8")] == [0, 0, 0, 0]
