"""A mapping file is read whole, or every mistake in it is told at once."""

from __future__ import annotations

import pytest

from makegood.readers import MappingErrors, mapping_file

from .exports import DESK


def mistakes(text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(MappingErrors) as refused:
        mapping_file.read(text)
    return [(each.line, each.where, each.what) for each in refused.value.mistakes]


def test_every_mistake_is_told_with_its_line() -> None:
    text = """[source]
delimiter = ";;"
least_readable = 2
colour = "red"
[columns]
team = "team"
[time]
column = "at"
format = "%d/%m %H:%M"
zone = "Europe/Atlantis"
plus = "a while"
[state]
column = "status"
done = ["Closed"]
open = ["New", "Closed"]
sleeping = ["Zzz"]
[what]
column = "kind"
"""
    found = mistakes(text)
    assert [(line, where) for line, where, _ in found] == [
        (2, "source.delimiter"),
        (3, "source.least_readable"),
        (4, "source.colour"),
        (5, "columns.case"),
        (9, "time.format"),
        (10, "time.zone"),
        (11, "time.plus"),
        (14, "state.done"),
        (16, "state.sleeping"),
        (17, "what.opened"),
    ]
    assert found[7][2] == '"Closed" stands under open already'


def test_a_file_that_is_no_toml_says_where() -> None:
    with pytest.raises(MappingErrors) as refused:
        mapping_file.read('[columns]\ncase = number"\n')
    [mistake] = refused.value.mistakes
    assert (mistake.line, mistake.column) == (2, 8)
    assert "1 thing to mend." in str(refused.value)


def test_a_key_is_told_with_its_column_and_what_to_write_instead() -> None:
    with pytest.raises(MappingErrors, match=r'line 9, column 1, time\.zone: there is no time zone "Madrid"') as refused:
        mapping_file.read(DESK.replace('"UTC"', '"Madrid"'))
    assert '"America/New_York"' in str(refused.value)


def test_an_event_that_asks_for_a_table_that_is_not_there_is_refused() -> None:
    text = '[columns]\ncase = "id"\n[[event]]\ntime = "at"\nstate = "@column"\nwhat = "flown"\n'
    assert [where for _, where, _ in mistakes(text)] == ["event[1].state", "event[1].what"]


def test_numbers_and_truths_are_values_like_texts() -> None:
    mapping = mapping_file.read(DESK + "[ignore]\nstatus = [2, true]\nteam = 4.5\n")
    assert mapping.ignore.columns == (("status", frozenset({"2", "true"})), ("team", frozenset({"4.5"})))


def test_what_the_mapping_reads_is_known_before_the_file_is_opened() -> None:
    assert mapping_file.read(DESK).columns == ("case", "at", "status", "team")


@pytest.mark.parametrize("text", ["", "[columns]\n", "[time]\n", "[columns]\ncase = 3\n[time]\ncolumn = []\n", "x = 1"])
def test_nothing_is_a_mapping_that_names_no_case_and_no_time(text: str) -> None:
    assert mistakes(text)
