"""Exports known by name: small ones written out, and the seeds that others published."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from makegood import readers

EXPORTS = Path(__file__).parents[3] / "shared" / "data" / "exports"


def log(source: Path, into: Path) -> list[tuple[Any, ...]]:
    """Return what the log says, in order: case, time of day, what, state, team or person, actor."""
    readers.read(source, into=into, mapping=None)
    told = pq.read_table(into / "events.parquet").to_pylist()
    told.sort(key=lambda each: (each["case_id"], each["at"], each["row"]))
    return [
        (e["case_id"], f"{e['at']:%H:%M}", e["what"], e["state"], e["team"] or e["person"], e["actor"]) for e in told
    ]


def folder(path: Path, **files: Any) -> Path:
    path.mkdir()
    for name, content in files.items():
        (path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return path


def test_zendesk_tickets_with_their_audits(tmp_path: Path) -> None:
    at = "2026-03-02T10:{:02}:00Z".format
    export = folder(
        tmp_path / "export",
        users={"users": [{"id": 1, "name": "Ana", "role": "agent"}, {"id": 9, "name": "Rosalía", "role": "end-user"}]},
        groups={"groups": [{"id": 5, "name": "Front desk"}, {"id": 6, "name": "Warehouse"}]},
        tickets={
            "tickets": [
                {"id": 12, "created_at": at(0), "updated_at": at(30), "requester_id": 9, "submitter_id": 9,
                 "status": "closed", "group_id": 6, "assignee_id": 1, "via": {"channel": "email"}},
                {"id": 13, "created_at": at(1), "updated_at": at(2), "requester_id": 9, "submitter_id": 9,
                 "status": "pending", "group_id": 5, "assignee_id": None},
            ]
        },
        audits={
            "audits": [
                {"ticket_id": 12, "created_at": at(0), "author_id": 9, "events": [
                    {"type": "Comment", "public": True, "author_id": 9},
                    {"type": "Create", "field_name": "status", "value": "new"},
                    {"type": "Create", "field_name": "group_id", "value": "5"}]},
                {"ticket_id": 12, "created_at": at(10), "author_id": 1, "events": [
                    {"type": "Comment", "public": True, "author_id": 1},
                    {"type": "Change", "field_name": "status", "value": "pending"}]},
                {"ticket_id": 12, "created_at": at(20), "author_id": 1, "events": [
                    {"type": "Comment", "public": False, "author_id": 1},
                    {"type": "Change", "field_name": "group_id", "value": "6"}]},
                {"ticket_id": 12, "created_at": at(30), "author_id": -1, "events": [
                    {"type": "Change", "field_name": "status", "value": "closed"}]},
            ]
        },
    )  # fmt: skip
    assert log(export, tmp_path / "out") == [
        ("12", "10:00", "customer_wrote", None, None, "customer"),
        ("12", "10:00", "state", "open", None, "customer"),
        ("12", "10:00", "handoff", None, "Front desk", "customer"),
        ("12", "10:00", "opened", "open", None, "customer"),
        ("12", "10:10", "staff_wrote", None, None, "staff"),
        ("12", "10:10", "state", "waiting_customer", None, "staff"),
        ("12", "10:20", "note", None, "Ana", "staff"),
        ("12", "10:20", "handoff", None, "Warehouse", "staff"),
        ("12", "10:30", "state", "done", None, "automatic"),
        ("13", "10:01", "opened", "open", None, "customer"),
        ("13", "10:02", "state", "waiting_customer", None, None),  # as of its last change, and not before
        ("13", "10:02", "handoff", None, "Front desk", None),
    ]


def test_intercom_conversations_with_their_parts(tmp_path: Path) -> None:
    at = int(datetime(2026, 3, 2, 10, 0, tzinfo=UTC).timestamp())
    parts = [
        {"created_at": at + 60, "part_type": "assignment", "author": {"type": "bot"},
         "assigned_to": {"type": "team", "id": 7}},
        {"created_at": at + 120, "part_type": "comment", "author": {"type": "admin", "id": 1}, "body": "We look."},
        {"created_at": at + 180, "part_type": "snoozed", "author": {"type": "admin", "id": 1}},
        {"created_at": at + 240, "part_type": "comment", "author": {"type": "user", "id": 9}, "body": "And?"},
        {"created_at": at + 300, "part_type": "close", "author": {"type": "admin", "id": 1}},
    ]  # fmt: skip
    export = folder(
        tmp_path / "export",
        teams=[{"id": 7, "name": "Billing"}],
        admins=[{"id": 1, "name": "Ana"}],
        conversations={
            "conversations": [
                {"id": 31, "created_at": at, "updated_at": at + 300, "state": "closed",
                 "source": {"type": "email", "author": {"type": "user", "id": 9}},
                 "conversation_parts": {"conversation_parts": parts}}
            ]
        },
    )  # fmt: skip
    assert log(export, tmp_path / "out") == [
        ("31", "10:00", "opened", "open", None, "customer"),
        ("31", "10:00", "customer_wrote", None, None, "customer"),
        ("31", "10:01", "handoff", None, "Billing", "automatic"),
        ("31", "10:02", "staff_wrote", None, "Ana", "staff"),
        ("31", "10:03", "state", "waiting_other", None, "staff"),
        ("31", "10:04", "customer_wrote", None, None, "customer"),
        ("31", "10:05", "state", "done", None, "staff"),
        ("31", "10:05", "state", "done", None, None),
    ]


def test_freshdesk_tickets_with_their_activities(tmp_path: Path) -> None:
    activity = {"ticket_id": 4, "performer_type": "user", "performer_id": 1}
    export = folder(
        tmp_path / "export",
        tickets=[
            {"id": 4, "created_at": "2026-03-02T10:00:00Z", "updated_at": "2026-03-02T10:20:00Z", "requester_id": 9,
             "responder_id": 1, "status": 4, "source": 1, "due_by": "2026-03-03T10:00:00Z",
             "stats": {"resolved_at": "2026-03-02T10:20:00Z"}}
        ],
        conversations=[
            {"ticket_id": 4, "created_at": "2026-03-02T10:10:00Z", "incoming": False, "private": False},
            {"ticket_id": 4, "created_at": "2026-03-02T10:11:00Z", "incoming": False, "private": True},
            {"ticket_id": 4, "created_at": "2026-03-02T10:15:00Z", "incoming": True, "private": False},
        ],
        activities={
            "activities_data": [
                {**activity, "performed_at": "02-03-2026 11:05:00 +0100", "activity": {"group": "Billing"}},
                {**activity, "performed_at": "02-03-2026 11:12:00 +0100", "activity": {"status": "Pending"}},
                {**activity, "performed_at": "02-03-2026 11:20:00 +0100", "activity": {"status": "Resolved"}},
            ]
        },
    )  # fmt: skip
    assert log(export, tmp_path / "out") == [
        ("4", "10:00", "opened", "open", None, "customer"),
        ("4", "10:00", "promised", None, None, None),
        ("4", "10:05", "handoff", None, "Billing", "staff"),
        ("4", "10:10", "staff_wrote", None, None, "staff"),
        ("4", "10:11", "note", None, None, "staff"),
        ("4", "10:12", "state", "waiting_customer", None, "staff"),
        ("4", "10:15", "customer_wrote", None, None, "customer"),
        ("4", "10:20", "state", "done", None, "staff"),
        ("4", "10:20", "promise_kept", None, None, None),
    ]


def test_zammad_tickets_with_their_articles_and_histories(tmp_path: Path) -> None:
    at = "2026-03-02T10:{:02}:00.000Z".format
    export = folder(
        tmp_path / "export",
        tickets=[
            {"id": 2, "number": "26001", "created_at": at(0), "updated_at": at(9), "customer": "r@example.org",
             "owner": "-", "state": "closed", "group": "Warehouse", "article_count": 2}
        ],
        ticket_articles=[
            {"ticket_id": 2, "created_at": at(1), "sender": "Customer", "internal": False},
            {"ticket_id": 2, "created_at": at(2), "sender": "System", "internal": False},
            {"ticket_id": 2, "created_at": at(4), "sender": "Agent", "internal": False},
            {"ticket_id": 2, "created_at": at(5), "sender": "Agent", "internal": True},
        ],
        ticket_history=[
            {"id": 2, "history": [
                {"object": "Ticket", "type": "updated", "attribute": "group", "value_to": "Warehouse",
                 "created_at": at(3)},
                {"object": "Ticket", "type": "updated", "attribute": "state", "value_to": "pending reminder",
                 "created_at": at(6)},
                {"object": "Ticket", "type": "updated", "attribute": "state", "value_to": "asleep",
                 "created_at": at(7)},
                {"object": "Ticket", "type": "updated", "attribute": "state", "value_to": "closed",
                 "created_at": at(8)}]}
        ],
    )  # fmt: skip
    with pytest.raises(readers.NotReadable) as refused:  # one of nine rows is more than a twentieth
        log(export, tmp_path / "out")
    assert refused.value.code == "too_little_readable"
    assert "asleep" in (tmp_path / "out" / "rejected.csv").read_text()
    told = pq.read_table(tmp_path / "out" / "events.parquet").to_pylist()
    told.sort(key=lambda each: each["at"])
    assert [(e["what"], e["state"] or e["team"], e["actor"]) for e in told] == [
        ("opened", "open", None),
        ("customer_wrote", None, "customer"),
        ("staff_wrote", None, "automatic"),
        ("handoff", "Warehouse", None),
        ("staff_wrote", None, "staff"),
        ("note", None, "staff"),
        ("state", "waiting_other", None),
        ("state", "done", None),
    ]


@pytest.mark.parametrize(
    ("name", "desk", "cases"),
    [
        ("zendesk_fivetran_seeds", "Zendesk", 33),
        ("intercom_fivetran_seeds", "Intercom", 7),
        ("freshdesk_json", "Freshdesk", 1),
    ],
)
def test_what_others_published_is_known_by_name_and_read(tmp_path: Path, name: str, desk: str, cases: int) -> None:
    if not EXPORTS.exists():
        pytest.skip(f"needs {EXPORTS}")
    reading = readers.read(EXPORTS / name, into=tmp_path, mapping=None)
    assert desk in reading.source
    assert reading.rejected == 0
    assert len(set(pq.read_table(tmp_path / "events.parquet").column("case_id").to_pylist())) == cases


def test_a_folder_that_nobody_knows_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(readers.NotReadable, match="is a folder"):
        readers.read(folder(tmp_path / "export", things=[{"a": 1}]), into=tmp_path / "out", mapping=None)
