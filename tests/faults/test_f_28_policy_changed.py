"""F-28: a calendar or a policy changes while promises run. They stay; who is affected is listed; it is on record."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from makegood import cli
from makegood.config import clock, shipped
from makegood.demo.cast import HOUSE, Cast
from makegood.desk import facts, models
from makegood.desk.actions import policies
from makegood.desk.queries import invariants
from tests.watch.house import watch_until

pytestmark = pytest.mark.django_db


def changed() -> str:
    return shipped.demo_policy().replace('within = "8 business hours"', 'within = "2 business hours"', 1)


def test_a_new_policy_moves_no_date_of_a_running_case(complaint: models.Case, cast: Cast, monday_ten: datetime) -> None:
    before = complaint.promises.get(kind="reply").due_at
    newer = policies.load(changed(), name=HOUSE, now=monday_ten)
    complaint.refresh_from_db()
    assert newer.number == 2
    assert (complaint.policy, complaint.promises.get(kind="reply").due_at) == (cast.version, before)


def test_putting_a_case_under_another_version_is_an_event(
    complaint: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    newer = policies.load(changed(), name=HOUSE, now=monday_ten)
    policies.repin(complaint.pk, newer, why="agreed with the customer", by=cast.ruth, now=monday_ten)
    complaint.refresh_from_db()
    assert complaint.policy == newer
    assert complaint.journal.filter(name="case.repinned").exists()


def test_holidays_stay_as_they_were_when_the_policy_was_loaded(cast: Cast) -> None:
    version = models.PolicyVersion.objects.get(pk=cast.version.pk)
    assert "2026-11-26" in version.holidays["chicago"]
    read = facts.policy(version)
    assert {d.isoformat() for d in read.calendars["chicago"].holidays} == set(version.holidays["chicago"])


def test_a_holiday_put_in_while_a_promise_runs_over_it_moves_nothing(
    complaint: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    due_at = complaint.promises.get(kind="reply").due_at
    closed = shipped.demo_policy().replace("holidays = [", "holidays = [ 2026-03-03,", 1)
    assert closed != shipped.demo_policy()
    policies.load(closed, name=HOUSE, laws=shipped.law_texts(), now=monday_ten)
    watch_until(due_at)
    reply = complaint.promises.get(kind="reply")
    assert (reply.due_at, reply.broken_at) == (due_at, due_at)
    assert invariants.every_time_recomputes(now=due_at).holds


def ran(*words: str, now: datetime) -> None:
    with clock.reading(lambda: now), pytest.raises(SystemExit) as ended:
        cli.run([*words])
    assert ended.value.code == 0


def test_who_is_affected_is_counted_when_it_is_loaded_and_can_be_listed(
    complaint: models.Case,
    cast: Cast,
    monday_ten: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("makegood.server.serving.prepare", lambda: None)
    ran("policy", "affected", now=monday_ten)
    assert "No clock that runs would be due at another time." in capsys.readouterr().out
    file = tmp_path / "house.toml"
    file.write_text(changed(), "utf-8")
    ran("policy", "load", str(file), now=monday_ten)
    told = capsys.readouterr().out
    assert "Version 2 holds for every case that opens from now on." in told
    assert "1 open cases go on under the version they began with; 1 of their clocks would be due" in told
    ran("policy", "affected", now=monday_ten)
    listed = capsys.readouterr().out.splitlines()
    would_be = "the newest would say 2026-03-02 18:00 UTC"
    assert listed == [
        f"{complaint.number}  reply: due 2026-03-03 16:00 UTC under version 1; {would_be}",
        "1 clocks.",
    ]
    loaded = models.Entry.objects.filter(case=None, name="policy.loaded").latest("seq")
    assert (loaded.facts["number"], loaded.facts["pinned_to_older"]) == (2, 1)
    complaint.refresh_from_db()
    assert complaint.policy == cast.version, "listed, and not moved"


def test_open_cases_are_taken_along_where_somebody_says_why(
    complaint: models.Case,
    monday_ten: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("makegood.server.serving.prepare", lambda: None)
    due_at = complaint.promises.get(kind="reply").due_at
    file = tmp_path / "house.toml"
    file.write_text(changed(), "utf-8")
    for expected in ("1 open cases go on under version 2.", "Version 2 holds"):
        ran("policy", "load", str(file), "--open-cases", "the catalogue is new", now=monday_ten)
        assert expected in capsys.readouterr().out
    complaint.refresh_from_db()
    assert (complaint.policy.number, complaint.promises.get(kind="reply").due_at) == (2, due_at)
    assert complaint.journal.get(name="case.repinned").facts["why"] == "the catalogue is new"
