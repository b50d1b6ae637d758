"""A proposal explains its guesses, and can be given back as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from makegood import readers
from makegood.readers import NotReadable
from makegood.readers.guess_times import timed
from makegood.readers.guess_words import state_of

from .exports import events, read, written


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("Awaiting User Info", "waiting_customer"),
        ("Wait - Customer", "waiting_customer"),
        ("Pending", "waiting_customer"),
        ("Awaiting Vendor", "waiting_other"),
        ("On Hold", "waiting_other"),
        ("Awaiting Assignment", "open"),
        ("Re-opened", "open"),
        ("Unresolved", "open"),
        ("In Progress", "open"),
        ("Resolved", "done"),
        ("Cancelled", "done"),
        ("Cerrado", "done"),
        ("Esperando cliente", "waiting_customer"),
        ("Purple", None),
    ],
)
def test_a_word_for_a_state_is_known(value: str, state: str | None) -> None:
    assert state_of(value) == state


def test_the_order_of_day_and_month_is_sure_where_a_value_shows_it() -> None:
    day_first = timed(["3/4/2016 10:00", "25/4/2016 10:00"])
    assert day_first
    assert (day_first.format, day_first.unsure) == ("%d/%m/%Y %H:%M", False)
    month_first = timed(["3/4/2016 10:00", "4/25/2016 10:00"])
    assert month_first
    assert (month_first.format, month_first.unsure) == ("%m/%d/%Y %H:%M", False)
    either = timed(["3/4/2016 10:00"])
    assert either
    assert either.unsure


def test_numbers_are_no_times_unless_they_can_be_seconds_of_our_days() -> None:
    assert timed(["12", "4711"]) is None
    seconds = timed(["1456727160", "1456727220"])
    assert seconds
    assert (seconds.format, seconds.zoned) == ("epoch", True)


def test_a_log_is_proposed_with_what_is_doubtful_marked(tmp_path: Path) -> None:
    rows = [
        f"T-{n},{day}/2/2026 10:0{k},{status},{team},28/2/2026 09:00,prose about {n}"
        for n in range(30)
        for k, (day, status, team) in enumerate(
            [(1, "Open", "Front desk"), (14, "Awaiting user", "Front desk"), (15, "Purple", "NULL"), (16, "Closed", "")]
        )
    ]  # fmt: skip
    header = "Ticket ID,Updated At,Status,Assignment Group,Closed At,Title\n"
    export = written(tmp_path / "desk.csv", header + "\n".join(rows) + "\n")
    proposed = readers.propose(export)
    assert 'case = "Ticket ID"  # its name, and 4.0 rows a case' in proposed
    assert 'missing = ["NULL"]' in proposed
    assert "# Not read: Closed At. The same on all rows of a case" in proposed
    assert 'nothing = ["Purple"]  # LOOK' in proposed
    assert 'zone = "UTC"  # LOOK' in proposed
    reading = read(export, proposed)
    assert (reading.events, reading.rejected) == (120, 0)
    assert [(each["state"], each["team"]) for each in events(export)[:4]] == [
        ("open", "Front desk"),
        ("waiting_customer", "Front desk"),
        (None, None),
        ("done", None),
    ]


def test_a_file_without_times_proposes_nothing_and_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match=r"No column of desk\.csv looks like a time.* a, b\."):
        readers.propose(written(tmp_path / "desk.csv", "a,b\n1,2\n"))


def test_names_with_quotation_marks_survive(tmp_path: Path) -> None:
    export = written(
        tmp_path / "desk.csv", '"case ""id""","opened\tat"\n1,2026-03-02T10:00:00Z\n2,2026-03-02T10:00:00Z\n'
    )
    assert read(export, readers.propose(export)).events == 2


def test_an_event_that_stands_on_every_row_of_a_case_can_be_told_once(tmp_path: Path) -> None:
    mapping = """
[columns]
case = "case"
[[event]]
time = "opened"
once = true
what = "opened"
[[event]]
time = "at"
required = true
what = "other"
"""
    rows = "".join(f"{n},2026-03-02T09:00:00Z,2026-03-02T1{k}:00:00Z\n" for n in range(20) for k in range(3))
    export = written(tmp_path / "desk.csv", "case,opened,at\n" + rows)
    read(export, mapping)
    assert [each["what"] for each in events(export)].count("opened") == 20
    with pytest.raises(NotReadable, match="reading the future"):
        read(export, mapping.replace("once = true\n", ""))
    trusted = mapping.replace("once = true\n", "") + '[source]\ntrust = ["opened"]\n'
    assert read(export, trusted).events == 120


def test_a_state_that_is_done_on_every_row_was_copied_back(tmp_path: Path) -> None:
    from .exports import HEADER

    rows = "".join(f"{n},29/2/2016 0{k}:00,Closed,x\n" for n in range(20) for k in range(3))
    with pytest.raises(NotReadable, match='Column "status" says the same on every row'):
        read(written(tmp_path / "desk.csv", HEADER + rows))
