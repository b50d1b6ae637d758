"""What a visit of the doctor's recomputes of a large desk, and that hourly visits miss no case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import facts, models
from makegood.desk.queries import coverage, invariants
from makegood.desk.queries.one_moment import one_moment, only_reading
from makegood.server import asking, doctor
from tests.server.visits import NOW, unlocked

LATER = NOW + timedelta(days=2)
"""Nothing was written for a day then."""


@pytest.fixture
def seven(house: Cast, monkeypatch: pytest.MonkeyPatch) -> list[models.Case]:
    """Seven cases, of which a visit recomputes two."""
    for number in range(5):
        writer = Writer(name=f"Writer {number}", address=f"w{number}@writers.example")
        Weeks(house).letter(writer, at=NOW, subject=f"Matter {number}", text="It snapped.")
    monkeypatch.setattr(coverage, "SLICE", 2)
    return list(models.Case.objects.order_by("pk"))


def covered(part: coverage.Coverage, workers: int = 1) -> list[str]:
    shares = part.shares(workers)
    return sorted(row.number for share in shares for batch in share.batches() for row in batch)


@pytest.mark.django_db
def test_hourly_visits_go_through_all_cases_and_begin_again(seven: list[models.Case]) -> None:
    parts = [coverage.of_the_hour(now=LATER + timedelta(hours=hour)) for hour in range(8)]
    assert {part.every for part in parts} == {4}
    assert [part.cases for part in parts] == [len(covered(part)) for part in parts]
    assert sorted(number for part in parts[:4] for number in covered(part)) == [row.number for row in seven]
    assert [covered(part) for part in parts[4:]] == [covered(part) for part in parts[:4]]
    assert "recomputed 2 of 7 cases this time; all of them every 4 hourly runs" in {part.says() for part in parts}


@pytest.mark.django_db
def test_what_was_touched_since_yesterday_is_recomputed_each_time(seven: list[models.Case]) -> None:
    part = coverage.of_the_hour(now=NOW + timedelta(hours=1))
    assert {row.number for row in seven[2:]} <= set(covered(part))
    assert part.cases == len(set(covered(part))) == len(covered(part))


@pytest.mark.django_db
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_share_the_cases_and_leave_none_out(
    seven: list[models.Case], workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "BATCH", 2)
    assert covered(coverage.everything(), workers) == [row.number for row in seven]
    part = coverage.of_the_hour(now=NOW)
    assert covered(part, workers) == covered(part)


@pytest.mark.django_db
def test_a_flipped_byte_is_named_when_its_turn_comes_and_by_all_at_once(seven: list[models.Case]) -> None:
    row = seven[0]
    unlocked("UPDATE desk_entry SET actor = 'mbil' WHERE case_id = %s AND seq = 2", row.pk)
    fault = f"{row.number} entry 2 "
    hours = [LATER + timedelta(hours=hour) for hour in range(4)]
    said = ["\n".join(_p8(now).found) for now in hours]
    assert sum(fault in text for text in said) == 1
    assert fault in "\n".join(_p8(LATER, everything=True).found)


@pytest.mark.django_db
def test_a_missing_entry_is_named_at_every_hour(seven: list[models.Case]) -> None:
    unlocked("DELETE FROM desk_entry WHERE case_id = %s AND seq = 2", seven[0].pk)
    for hour in range(4):
        assert f"{seven[0].number} entry 2 is missing" in _p8(LATER + timedelta(hours=hour)).found


@pytest.mark.django_db
def test_the_report_says_how_much_was_recomputed(seven: list[models.Case]) -> None:
    report = doctor.examine(now=LATER)
    assert report.recomputed is not None
    assert (report.recomputed.of, report.recomputed.every_runs) == (7, 4)
    assert f"recomputed {report.recomputed.cases} of 7 cases this time; all of them every 4 hourly" in report.as_text()
    assert '"every_runs": 4' in report.as_json()
    assert "recomputed all of 7 cases" in doctor.examine(now=LATER, everything=True).as_text()


def _p8(now: datetime, *, everything: bool = False) -> doctor.Check:
    report = doctor.examine(now=now, everything=everything)
    return next(check for check in report.checks if check.code == "P8")


# ── workers of their own, and a connection that can't write ──────────────────


def test_workers_find_what_one_alone_finds(committed: None) -> None:
    facts.forget_policies()
    weeks = Weeks(the_cast.load(now=NOW - timedelta(days=3), password=None))
    for number in range(4):
        writer = Writer(name=f"Writer {number}", address=f"w{number}@writers.example")
        row = weeks.letter(writer, at=NOW, subject=f"Matter {number}", text="It snapped.")
    models.Case.objects.filter(pk=row.pk).update(ball="partner")
    models.OutboxItem.objects.filter(case=row).update(to_address="eve@evil.example")
    seen: list[asking.Progress] = []
    alone = doctor.examine(now=NOW)
    together = doctor.examine(now=NOW, workers=2, told=seen.append)
    assert [(c.code, c.count, sorted(c.found)) for c in together.checks if c.code != "settings"] == [
        (c.code, c.count, sorted(c.found)) for c in alone.checks if c.code != "settings"
    ]
    assert {c.code for c in together.checks if c.count} >= {"P4", "P8"}
    assert (seen[-1].passed, seen[-1].of, seen[-1].waiting) == (8, 8, ())
    facts.forget_policies()


def test_while_the_doctor_looks_the_database_refuses_every_change(committed: None) -> None:
    with only_reading():
        assert models.Case.objects.count() == 0
        with pytest.raises(DatabaseError, match=r"read-?only"):
            models.Team.objects.create(name="bent", title="Bent")
        with one_moment():
            assert models.Team.objects.count() == 0
    models.Team.objects.create(name="well", title="Well")
    assert models.Team.objects.count() == 1


def test_what_is_asked_at_one_moment_is_answered_as_of_it(committed: None) -> None:
    import threading

    def write() -> None:
        models.Team.objects.create(name="late", title="Late")
        connection.close()

    with one_moment():
        assert models.Team.objects.count() == 0
        other = threading.Thread(target=write)
        other.start()
        other.join(timeout=10)
        assert not other.is_alive(), "reading holds nobody up"
        assert models.Team.objects.count() == 0
    assert models.Team.objects.count() == 1


@pytest.mark.django_db
def test_every_question_may_be_asked_of_a_part(house: Cast) -> None:
    part = coverage.everything()
    assert all(invariant(now=NOW, part=part).holds for invariant in invariants.INVARIANTS)
