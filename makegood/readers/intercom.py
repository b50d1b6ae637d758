"""Intercom: conversations with their parts (API, JSON), or the history tables that ETL tools make of them.

A part says who wrote or did what. A conversation's state is read from its history, each
row as of its own time; where there is only one, it is the state as of the last change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import Writer
from .letters import Letters
from .named_exports import Export, Record, Row, first_record, tables_of
from .reading import LEAST_READABLE, UNKNOWN_STATE, Progress, Reading

STATES = {"open": State.OPEN, "closed": State.DONE, "snoozed": State.WAITING_OTHER}
"""Who snoozes a conversation waits for somebody, and the customer still waits for us."""
_ACTORS = {"user": Actor.CUSTOMER, "lead": Actor.CUSTOMER, "contact": Actor.CUSTOMER, "admin": Actor.STAFF,
           "team": Actor.STAFF, "bot": Actor.AUTOMATIC, "workflow": Actor.AUTOMATIC}  # fmt: skip
_CONVERSATIONS = ("conversation_history_data", "conversation_history", "conversations", "conversation_data")
_PARTS = ("conversation_part_history_data", "conversation_part_history", "conversation_parts")


def is_mine(path: Path) -> bool:
    """Return whether this is an export of Intercom's."""
    tables = tables_of(path)
    if set(tables) & set(_PARTS):
        return True
    names = [name for name in _CONVERSATIONS if name in tables]
    first = first_record(tables[names[0]], *_CONVERSATIONS) if names else {}
    return "conversation_parts" in first or {"source_author_type", "state"} <= set(first)


def read(path: Path, into: Path, progress: Progress, letters: Letters) -> Reading:
    """Write the log of the export into the folder."""
    with Writer(into) as writer:
        export = Export(path, writer, progress, letters)
        writer.tell(letters.told(_Desk(export).events()))
    return export.reading("Intercom", LEAST_READABLE)


class _Desk:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.teams = {row.text("id"): row.text("name") for row in export.read("team_data", "teams", "team")}
        self.names = {row.text("id"): row.text("name") for row in export.read("admin_data", "admins", "admin")}
        self.team_of: dict[str | None, str | None] = {}
        for row in export.read("team_admin_data", "team_admin"):
            self.team_of.setdefault(row.text("admin_id"), self.teams.get(row.text("team_id")))
        self.opened: set[str] = set()
        self.row = 0

    def events(self) -> Iterator[LogEvent]:
        for row in self.export.read(*_CONVERSATIONS):
            yield from self._conversation(row)
        for row in self.export.read(*_PARTS):
            yield from self._part(row)

    def _conversation(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, opened = self.export.case(row, "id"), self.export.moment(row, "created_at")
        last = self.export.moment(row, "updated_at", "created_at")
        if case is None or opened is None or last is None:
            return
        source: Record = row.get("source") or {}
        author: Record = source.get("author") or {}
        if case not in self.opened:
            self.opened.add(case)
            actor = _ACTORS.get(str(row.get("source_author_type") or author.get("type")))
            channel = row.text("source_type") or source.get("type")
            customer = row.text("source_author_id") or _text(author.get("id")) if actor is Actor.CUSTOMER else None
            yield self._event(
                case, opened, What.OPENED, state=State.OPEN, actor=actor, channel=channel, customer=customer
            )
            if actor is Actor.CUSTOMER:
                yield self._event(case, opened, What.CUSTOMER_WROTE, actor=actor)
        parts: Any = row.get("conversation_parts") or {}
        for part in parts.get("conversation_parts") or [] if isinstance(parts, dict) else parts:
            yield from self._part(Row(row.file, row.line, {"conversation_id": case, **part}))
        state = STATES.get(row.text("state") or "")
        if state is None:
            self.export.reject(row, "state", row.text("state"), UNKNOWN_STATE)
            return
        # A part that closes says so itself, at its own time; a row of the history says it as of its change.
        yield self._event(case, last, What.STATE, state=state)

    def _part(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, at = self.export.case(row, "conversation_id"), self.export.moment(row, "created_at")
        if case is None or at is None:
            return
        author: Record = row.get("author") or {}
        actor = _ACTORS.get(row.text("author_type") or str(author.get("type")))
        kind = row.text("part_type") or ""
        person = self._person(row.text("author_id") or _text(author.get("id"))) if actor is Actor.STAFF else None
        if "assign" in kind:
            yield from self._assigned(case, at, row, actor)
        elif kind == "note":
            yield self._event(case, at, What.NOTE, actor=actor, person=None)
        elif row.get("body") and kind in ("comment", "close", "open", "quick_reply", "snoozed"):
            said = What.CUSTOMER_WROTE if actor is Actor.CUSTOMER else What.STAFF_WROTE
            if actor is Actor.STAFF:
                self.export.letters.hear(case, at, row.get("body"))
            yield self._event(case, at, said, actor=actor, person=person)
        state = State.DONE if kind == "close" else State.OPEN if "open" in kind else None
        if kind == "snoozed" or "unsnooze" in kind:
            state = STATES["snoozed"] if kind == "snoozed" else State.OPEN
        if state:
            yield self._event(case, at, What.STATE, state=state, actor=actor)
        elif "assign" not in kind and kind not in ("note", "comment", "quick_reply"):
            yield self._event(case, at, What.OTHER, actor=actor)

    def _assigned(self, case: str, at: datetime, row: Row, actor: Actor | None) -> Iterator[LogEvent]:
        to: Record = row.get("assigned_to") or {}
        to_id, kind = row.text("assigned_to_id") or _text(to.get("id")), row.text("assigned_to_type") or to.get("type")
        if to_id is None:
            yield self._event(case, at, What.ASSIGNED, actor=actor)
        elif kind == "team":
            yield self._event(case, at, What.HANDOFF, team=self.teams.get(to_id) or to_id, actor=actor)
        else:
            team = self.team_of.get(to_id)
            yield self._event(case, at, What.ASSIGNED, team=team, person=self._person(to_id), actor=actor)

    def _person(self, id_: str | None) -> str | None:
        return self.names.get(id_) or id_

    def _event(self, case: str, at: datetime, what: What, **more: Any) -> LogEvent:
        self.row += 1
        return LogEvent(case_id=case, at=at, row=self.row, what=what, **more)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
