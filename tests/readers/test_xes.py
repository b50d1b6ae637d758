"""XES logs as process mining writes them, whole and broken."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from makegood import readers
from makegood.readers import NotReadable
from makegood.readers.reading import CUT_OFF

from .exports import events, read, rejected, written

MAPPING = """
[columns]
case = "case:concept:name"
team = "org:group"
person = "org:resource"
[time]
column = "time:timestamp"
[state]
column = ["concept:name", "lifecycle:transition"]
open = ["Accepted/In Progress", "Queued/*"]
waiting_customer = ["Accepted/Wait - User"]
done = ["Completed/*"]
"""


def event(at: str, name: str, transition: str, team: str) -> str:
    return f"""    <event>
      <string key="org:group" value="{team}"><string key="inner" value="not an attribute of the event"/></string>
      <date key="time:timestamp" value="{at}"/>
      <string key="concept:name" value="{name}"/>
      <string key="lifecycle:transition" value="{transition}"/>
    </event>
"""


def log(traces: int) -> str:
    told = "".join(
        f'  <trace>\n    <string key="concept:name" value="1-{n}"/>\n'
        + event("2026-03-02T10:00:00.000+01:00", "Queued", "Awaiting Assignment", "V5 3rd")
        + event("2026-03-02T10:30:00.000+01:00", "Accepted", "Wait - User", "V5 3rd")
        + event("2026-03-03T10:30:00.000+01:00", "Completed", "Resolved", "G97")
        + "  </trace>\n"
        for n in range(traces)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'
    return head + '  <global scope="event"><string key="concept:name" value="?"/></global>\n' + told + "</log>\n"


@pytest.mark.parametrize("packed", [False, True])
def test_events_of_a_log_are_rows_with_their_traces_name(tmp_path: Path, packed: bool) -> None:
    text = log(2).encode()
    name = "desk.xes.gz" if packed else "desk.xes"
    export = written(tmp_path / name, gzip.compress(text) if packed else text)
    reading = read(export, MAPPING)
    assert (reading.rows, reading.rejected, reading.truncated) == (6, 0, False)
    assert [(each["case_id"], f"{each['at']:%d %H:%M}", each["state"], each["team"]) for each in events(export)] == [
        (case, *told)
        for case in ("1-0", "1-1")
        for told in (
            ("02 09:00", "open", "V5 3rd"),
            ("02 09:30", "waiting_customer", "V5 3rd"),
            ("03 09:30", "done", "G97"),
        )
    ]
    assert events(export)[0]["row"] == 6  # the line of its <event>


def test_a_log_that_ends_in_the_middle_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    packed = gzip.compress(log(4_000).encode())
    export = written(tmp_path / "desk.xes.gz", packed[: len(packed) // 2])
    reading = read(export, MAPPING)
    assert reading.truncated
    assert 100 < reading.events < 11_900
    assert [why for _, _, _, why in rejected(export)] == [CUT_OFF]
    text = log(3)
    export = written(tmp_path / "cut.xes", text[: text.rindex("<event>")])
    assert read(export, MAPPING).truncated
    assert len(events(export)) == 8


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaaa">]>\n' + log(1).partition("\n")[2]
    with pytest.raises(NotReadable, match="declares a document type"):
        read(written(tmp_path / "desk.xes", bomb), MAPPING)


def test_the_proposal_reads_waiting_from_the_second_column(tmp_path: Path) -> None:
    export = written(tmp_path / "desk.xes", log(5))
    proposed = readers.propose(export)
    assert read(export, proposed).rejected == 0
    assert [each["state"] for each in events(export)[:3]] == ["open", "waiting_customer", "done"]
    assert {each["team"] for each in events(export)} == {"V5 3rd", "G97"}
