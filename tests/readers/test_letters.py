"""Promises in the letters of an export: read from their words, due where the writer's clock says, judged by what came
after."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from makegood import readers
from makegood.audit import house_rules
from makegood.readers import Letters, letters
from makegood.rules import histories
from makegood.rules.histories import History
from makegood.rules.logs import LogEvent
from tests.readers.test_named import EXPORTS, folder

PROMISE = "Hello Rosalía, I'll send you the refund by Friday."


def comment(day: int, hour: int, body: str, author: int = 1, **more: Any) -> dict[str, Any]:
    said = {"created_at": f"2026-03-{day:02}T{hour:02}:00:00Z", "author_id": author, "body": body, "public": True}
    return said | more


def zendesk(path: Path, *tickets: list[dict[str, Any]], closed: str | None = None) -> Path:
    """An export with a ticket for each list of comments; Ana writes from the Pacific, nobody knows where Bo is."""
    whole = []
    for id_, comments in enumerate(tickets, 1):
        ticket = {"id": id_, "created_at": "2026-03-02T09:00:00Z", "requester_id": 9, "submitter_id": 9,
                  "updated_at": closed or "2026-03-02T09:00:00Z", "status": "closed" if closed else "open",
                  "comments": comments}  # fmt: skip
        whole.append(ticket)
    users = [
        {"id": 1, "name": "Ana", "role": "agent", "time_zone": "Pacific Time (US & Canada)"},
        {"id": 2, "name": "Bo", "role": "agent"},
        {"id": 9, "name": "Rosalía", "role": "end-user", "time_zone": "Madrid"},
    ]
    return folder(path, users={"users": users}, tickets={"tickets": whole})


def promised(source: Path, into: Path, how: Letters | None = None) -> list[tuple[Any, ...]]:
    """Read the export, and return what is said of promises: case, what, when, until when."""
    readers.read(source, into=into, mapping=None, letters=how or Letters())
    told = pq.read_table(into / "events.parquet").to_pylist()
    rows = [(e["case_id"], e["what"], _utc(e["at"]), _utc(e["due_at"])) for e in told if e["promise"]]
    assert all(e["promise"].startswith(letters.MARK) for e in told if e["promise"])
    return sorted(rows, key=str)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def _utc(at: datetime | None) -> datetime | None:
    return at and at.replace(tzinfo=UTC)


def listed(into: Path) -> list[dict[str, str]]:
    with (into / letters.FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_promise_is_due_by_the_clock_of_who_wrote_it_and_kept_at_the_next_word_of_ours(tmp_path: Path) -> None:
    export = zendesk(
        tmp_path / "export",
        [comment(2, 18, PROMISE), comment(4, 10, "And?", 9), comment(5, 12, "It is on its way.")],
        [comment(2, 18, PROMISE), comment(9, 12, "Sorry, here it is.")],
        [comment(2, 18, PROMISE), comment(4, 10, "And?", 9), comment(5, 12, "He asks again.", public=False)],
    )
    made, due = utc(2026, 3, 2, 18), utc(2026, 3, 7, 1)  # Friday, 17:00 in Los Angeles
    assert promised(export, tmp_path / "out") == [
        ("1", "promise_kept", utc(2026, 3, 5, 12), None),
        ("1", "promised", made, due),
        ("2", "promise_kept", utc(2026, 3, 9, 12), None),
        ("2", "promised", made, due),
        ("3", "promised", made, due),
    ]
    first = listed(tmp_path / "out")[0]
    assert (first["words"], first["zone"], first["counted"]) == (
        "I'll send you the refund by Friday", "America/Los_Angeles", "yes"
    )  # fmt: skip
    assert 0.7 < float(first["sure"]) < 1


def test_of_a_writer_without_a_zone_the_houses_is_taken_and_it_is_told(tmp_path: Path) -> None:
    export = zendesk(tmp_path / "export", [comment(2, 18, PROMISE, 2)])
    (only,) = promised(export, tmp_path / "out", Letters(zone="Europe/Madrid"))
    assert only[3] == utc(2026, 3, 6, 16)
    told = json.loads((tmp_path / "out" / "reading.json").read_text("utf-8"))["notes"]
    assert [note["code"] for note in told] == ["letters_read", "letters_without_zone"]
    assert "Of 1 letters the export does not say in which time zone" in told[1]["text"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("If you send us the photo, we will refund you by Friday.", letters.IF),
        ("The carrier will deliver it on Thursday.", letters.NOT_OURS),
        ("We will send you a replacement.", letters.NO_DATE),
    ],
)
def test_what_is_no_promise_of_ours_with_a_date_is_listed_and_not_counted(tmp_path: Path, body: str, why: str) -> None:
    assert promised(zendesk(tmp_path / "export", [comment(2, 18, body)]), tmp_path / "out") == []
    assert [row["counted"] for row in listed(tmp_path / "out")] == [why]


def test_where_a_case_was_closed_before_the_date_and_no_word_followed_nobody_knows(tmp_path: Path) -> None:
    early = zendesk(tmp_path / "early", [comment(2, 18, PROMISE)], closed="2026-03-03T10:00:00Z")
    assert promised(early, tmp_path / "out") == []
    assert [row["counted"] for row in listed(tmp_path / "out")] == [letters.NO_WORD]
    late = zendesk(tmp_path / "late", [comment(2, 18, PROMISE)], closed="2026-03-20T10:00:00Z")
    assert [row[1] for row in promised(late, tmp_path / "out")] == ["promised"]


def test_what_customers_and_notes_say_and_what_is_quoted_promises_nothing(tmp_path: Path) -> None:
    quoted = f"Please see below.\n\nOn Mon, 2 Mar 2026 at 10:00, Ana wrote:\n> {PROMISE}"
    export = zendesk(
        tmp_path / "export",
        [comment(2, 18, PROMISE, 9), comment(2, 19, PROMISE, public=False), comment(2, 20, quoted)],
        [comment(2, 18, f"<p>See below.</p><blockquote><p>{PROMISE}</p></blockquote>")],
    )
    assert promised(export, tmp_path / "out") == []


def test_unasked_no_letter_is_read_and_the_report_says_that_it_could_be(tmp_path: Path) -> None:
    export = zendesk(tmp_path / "export", [comment(2, 18, PROMISE), comment(3, 18, "It is on its way.")])
    promised(export, tmp_path / "out")
    assert (tmp_path / "out" / letters.FILE).exists()
    reading = readers.read(export, into=tmp_path / "out", mapping=None)
    assert not (tmp_path / "out" / letters.FILE).exists()
    assert [note.code for note in reading.notes] == ["letters_unread"]
    assert "the words of 2 letters of ours, which were not read" in str(reading.notes[0])


def test_a_letter_that_an_export_holds_twice_promises_once(tmp_path: Path) -> None:
    export = zendesk(tmp_path / "export", [comment(2, 18, PROMISE), comment(2, 18, PROMISE)])
    assert len(promised(export, tmp_path / "out")) == 1


def test_reading_letters_changes_facts_about_promises_and_the_silence_that_they_cover(tmp_path: Path) -> None:
    export = zendesk(
        tmp_path / "export",
        [comment(2, 18, PROMISE), comment(4, 10, "And?", 9), comment(12, 12, "It is on its way.")],
        [comment(2, 18, PROMISE), comment(20, 12, "And?", 9)],
        [comment(3, 18, "Thank you."), comment(4, 10, "And?", 9)],
    )
    unread, read = (judged(export, tmp_path / str(wanted), Letters(wanted=wanted)) for wanted in (False, True))
    promises = [(h.promises, h.promises_kept, h.promises_late, h.promises_broken) for h in read]
    assert promises == [(1, 0, 1, 0), (1, 0, 0, 1), (0, 0, 0, 0)]
    # A date that the customer was given covers the silence until then, here as everywhere.
    assert [h.longest_silence_hours for h in unread] == [194.0, 426.0, 386.0]
    assert [h.longest_silence_hours for h in read] == [194.0, 323.0, 386.0]
    changed = {name for before, after in zip(unread, read, strict=True) for name, told in asdict(before).items()
               if told != asdict(after)[name]}  # fmt: skip
    assert changed == {"promises", "promises_kept", "promises_late", "promises_broken", "longest_silence_hours",
                       "longest_silence_business_hours"}  # fmt: skip


def judged(export: Path, into: Path, how: Letters) -> list[History]:
    """Return the facts of the export's cases, in order, by the rule book itself."""
    readers.read(export, into=into, mapping=None, letters=how)
    told: dict[str, list[LogEvent]] = {}
    for row in pq.read_table(into / "events.parquet").to_pylist():
        times = {name: row[name].replace(tzinfo=UTC) for name in ("at", "due_at") if row[name]}
        told.setdefault(row["case_id"], []).append(LogEvent(**row | times))
    last = max(event.at for events in told.values() for event in events)
    known = histories.knows([event for events in told.values() for event in events], as_of=last)
    (policy,) = house_rules.policies((), zone="UTC")
    facts = [histories.judge(told[case], known=known, policy=policy, as_of=last) for case in sorted(told)]
    return [one for one in facts if one]


def test_intercom_freshdesk_and_zammad_letters_are_read_too(tmp_path: Path) -> None:
    at = int(datetime.fromisoformat("2026-03-02T10:00:00+00:00").timestamp())
    part = {"created_at": at + 60, "part_type": "comment", "author": {"type": "admin", "id": 1}}
    intercom = folder(
        tmp_path / "intercom",
        conversations={"conversations": [
            {"id": 31, "created_at": at, "updated_at": at, "state": "open",
             "source": {"type": "email", "author": {"type": "user", "id": 9}},
             "conversation_parts": {"conversation_parts": [part | {"body": f"<p>{PROMISE}</p>"}]}}]},
    )  # fmt: skip
    freshdesk = folder(
        tmp_path / "freshdesk",
        agents=[{"id": 1, "contact": {"name": "Ana", "time_zone": "Madrid"}}],
        tickets=[{"id": 31, "created_at": "2026-03-02T10:00:00Z", "updated_at": "2026-03-02T10:00:00Z", "status": 2,
                  "responder_id": 1, "requester_id": 9, "due_by": None, "conversations": [
                      {"created_at": "2026-03-02T10:01:00Z", "user_id": 1, "incoming": False, "private": False,
                       "body": "<div>…</div>", "body_text": PROMISE}]}],
    )  # fmt: skip
    zammad = folder(
        tmp_path / "zammad",
        tickets=[{"id": 3, "number": "31", "created_at": "2026-03-02T10:00:00Z", "updated_at": "2026-03-02T10:00:00Z",
                  "customer": "c", "owner": "-", "state": "open", "articles": [
                      {"created_at": "2026-03-02T10:01:00Z", "sender": "Agent", "internal": False,
                       "body": f"Hello,<br>{PROMISE}", "content_type": "text/html"}]}],
    )  # fmt: skip
    for export, due in ((intercom, 17), (freshdesk, 16), (zammad, 17)):
        (only,) = promised(export, tmp_path / "out" / export.name)
        assert only == ("31", "promised", utc(2026, 3, 2, 10, 1), utc(2026, 3, 6, due)), export.name


@pytest.mark.parametrize(
    ("desk", "table", "column", "by"),
    [
        ("zendesk_fivetran_seeds", "ticket_comment_data.csv", "body", "America/Los_Angeles"),
        ("intercom_fivetran_seeds", "conversation_part_history_data.csv", "body", "UTC"),
    ],
)
def test_published_seeds_hold_words_that_promise_nothing_and_with_ours_in_them_they_do(
    tmp_path: Path, desk: str, table: str, column: str, by: str
) -> None:
    if not (EXPORTS / desk).exists():
        pytest.skip(f"{EXPORTS / desk} is not on this machine")
    assert promised(EXPORTS / desk, tmp_path / "as published") == []
    shutil.copytree(EXPORTS / desk, tmp_path / "export")
    with (EXPORTS / desk / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row[column] = PROMISE
        row |= {"part_type": "comment"} if "part_type" in row else {"user_id": "1111"}
    with (tmp_path / "export" / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert "promised" in {row[1] for row in promised(tmp_path / "export", tmp_path / "out")}
    assert {row["zone"] for row in listed(tmp_path / "out")} == {by}


@pytest.mark.parametrize(
    ("named", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("Madrid", "Europe/Madrid"),
        ("Mexico City", "America/Mexico_City"),
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("New Delhi", "Asia/Kolkata"),
        ("../etc/passwd", None),
        ("Nowhere", None),
    ],
)
def test_zones_are_known_by_the_names_that_desks_export(named: str, zone: str | None) -> None:
    assert letters.iana(named) == zone


def test_the_words_of_a_page_are_its_words_and_text_is_left_as_it_is() -> None:
    assert letters.plain("1 < 2 and 3 > 2") == "1 < 2 and 3 > 2"
    page = "<style>p {}</style><p>One &amp; two</p><p>three<br>four</p><blockquote>old</blockquote>five"
    assert letters.plain(page).split() == ["One", "&", "two", "three", "four", "five"]
