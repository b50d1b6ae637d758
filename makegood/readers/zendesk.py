"""Zendesk: tickets with their audits or ticket events (API, JSON), or the tables that ETL tools make of them.

A ticket's own `status`, `group` and `assignee` are those it has today, and are read
only as of its last change, and only where no history tells more. Comments are the
customer's or ours by who wrote them; one by somebody the export doesn't know is neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import Writer
from .letters import Letters
from .named_exports import Export, Row, first_record, tables_of
from .reading import LEAST_READABLE, UNKNOWN_STATE, Progress, Reading

STATES = {
    "new": State.OPEN,
    "open": State.OPEN,
    "pending": State.WAITING_CUSTOMER,
    "hold": State.WAITING_OTHER,
    "on-hold": State.WAITING_OTHER,
    "solved": State.DONE,
    "closed": State.DONE,
    "deleted": State.DONE,
}
_TICKETS = ("ticket_data", "tickets", "ticket")
_HISTORY = ("ticket_field_history_data", "ticket_field_history")
_COMMENTS = ("ticket_comment_data", "ticket_comments", "comments")
_AUDITS = ("audits", "ticket_audits", "ticket_events")
_FIELDS = {"status", "group_id", "assignee_id", "priority", "type", "subject"}
_UNKNOWN = "{n} comments are by people whom the export doesn't list: they are neither the customer's nor ours."


def is_mine(path: Path) -> bool:
    """Return whether this is an export of Zendesk's."""
    tables = tables_of(path)
    if set(tables) & set(_HISTORY):
        return True
    for name in (*_TICKETS, *_AUDITS):
        if name in tables:
            first = first_record(tables[name], name, "tickets", "audits", "ticket_events")
            return {"requester_id", "submitter_id"} <= set(first) or {"ticket_id", "author_id", "events"} <= set(first)
    return False


def read(path: Path, into: Path, progress: Progress, letters: Letters) -> Reading:
    """Write the log of the export into the folder."""
    with Writer(into) as writer:
        export = Export(path, writer, progress, letters)
        desk = _Desk(export)
        writer.tell(letters.told(desk.events()))
    return export.reading("Zendesk", LEAST_READABLE)


class _Desk:
    """The export's people, groups and tickets, looked up by their ids."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.groups = {row.text("id"): row.text("name") for row in export.read("group_data", "groups", "group")}
        people = list(export.read("user_data", "users", "user"))
        self.names = {row.text("id"): row.text("name") or row.text("id") for row in people}
        self.roles = {row.text("id"): row.text("role") for row in people}
        self.zones = {row.text("id"): row.text("iana_time_zone", "time_zone") for row in people}
        self.tickets = {row.text("id"): row for row in export.read(*_TICKETS)}
        self.told: dict[str, set[str]] = {}
        """Which fields of a ticket have a history."""
        self.row = 0

    def events(self) -> Iterator[LogEvent]:
        for row in self.export.read(*_HISTORY):
            yield from self._field(row)
        for row in self.export.read(*_COMMENTS):
            yield from self._comment(row)
        for row in self.export.read(*_AUDITS):
            yield from self._audit(row)
        for ticket in self.tickets.values():
            yield from self._ticket(ticket)

    def _ticket(self, row: Row) -> Iterator[LogEvent]:
        """Tell the ticket's beginning, what is held inside it, and its state today where no history tells it."""
        self.export.count()
        case, opened = self.export.case(row, "id"), self.export.moment(row, "created_at")
        if case is None or opened is None:
            return
        via: dict[str, str] = row.get("via") or {}
        channel = row.text("via_channel") or via.get("channel")
        customer = row.text("requester_id")
        yield self._event(case, opened, What.OPENED, state=State.OPEN, channel=channel, customer=customer,
                          actor=Actor.CUSTOMER if customer == row.text("submitter_id") else None)  # fmt: skip
        for kind, told in (("comments", self._comment), ("audits", self._audit)):
            for inner in row.get(kind) or []:
                yield from told(Row(row.file, row.line, {"ticket_id": case, **inner}))
        last = self.export.moment(row, "updated_at", "created_at")
        known = self.told.get(case, set())
        if last and (state := STATES.get(row.text("status") or "")) and "status" not in known:
            yield self._event(case, last, What.STATE, state=state)
        if last and (team := self.groups.get(row.text("group_id"), row.text("group_id"))) and "group_id" not in known:
            person = self._person(row.text("assignee_id"))
            yield self._event(case, last, What.ASSIGNED if person else What.HANDOFF, team=team, person=person)

    def _field(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, at = self.export.case(row, "ticket_id"), self.export.moment(row, "updated", "updated_at", "created_at")
        if case and at:
            name, value = row.text("field_name") or "", row.text("value")
            yield from self._change(row, case, at, name, value, self._actor(row.text("user_id"), case))

    def _change(
        self, row: Row, case: str, at: datetime, name: str, value: str | None, actor: Actor | None
    ) -> Iterator[LogEvent]:
        self.told.setdefault(case, set()).add(name)
        if name == "status":
            state = STATES.get((value or "").lower())
            if state is None:
                self.export.reject(row, name, value, UNKNOWN_STATE)
                return
            yield self._event(case, at, What.STATE, state=state, actor=actor)
        elif name == "group_id":
            team = self.groups.get(value, value)
            yield self._event(case, at, What.HANDOFF, team=team, actor=actor)
        elif name == "assignee_id":
            yield self._event(case, at, What.ASSIGNED, person=self._person(value), actor=actor)
        elif name in _FIELDS:
            yield self._event(case, at, What.OTHER, actor=actor)

    def _comment(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, at = self.export.case(row, "ticket_id"), self.export.moment(row, "created", "created_at")
        if case and at:
            author = row.text("user_id", "author_id")
            yield self._said(case, at, author, row.values.get("public"), _body(row.values))

    def _audit(self, row: Row) -> Iterator[LogEvent]:
        """Tell one audit, or one entry of the incremental export of ticket events."""
        self.export.count()
        case, at = self.export.case(row, "ticket_id"), self.export.moment(row, "created_at", "timestamp")
        author = row.text("author_id", "updater_id")
        if case is None or at is None:
            return
        for each in row.get("events", "child_events") or []:
            kind = str(each.get("type") or each.get("event_type") or "").lower()
            if "comment" in kind:
                yield self._said(case, at, str(each.get("author_id") or author), each.get("public"), _body(each))
            elif "field_name" in each:
                actor = self._actor(author, case)
                yield from self._change(row, case, at, str(each["field_name"]), _text(each.get("value")), actor)
            else:
                for name in _FIELDS & each.keys():  # ticket events name the field as a key
                    yield from self._change(row, case, at, name, _text(each[name]), self._actor(author, case))

    def _said(self, case: str, at: datetime, author: str | None, public: Any, body: object) -> LogEvent:
        actor = self._actor(author, case)
        if str(public).lower() in ("false", "0"):
            return self._event(case, at, What.NOTE, actor=actor, person=self._person(author))
        if actor is None:
            self.export.oddities[_UNKNOWN] += 1
            return self._event(case, at, What.OTHER)
        if actor is Actor.CUSTOMER:
            return self._event(case, at, What.CUSTOMER_WROTE, actor=actor)
        if actor is Actor.STAFF:
            self.export.letters.hear(case, at, body, self.zones.get(author))
        return self._event(case, at, What.STAFF_WROTE, actor=actor)

    def _actor(self, person: str | None, case: str) -> Actor | None:
        ticket = self.tickets.get(case)
        if person is None or person == "-1":
            return Actor.AUTOMATIC if person else None
        role = self.roles.get(person)
        if role in ("agent", "admin"):
            return Actor.STAFF
        return Actor.CUSTOMER if role or (ticket and ticket.text("requester_id") == person) else None

    def _person(self, id_: str | None) -> str | None:
        return self.names.get(id_, id_) if id_ else None

    def _event(self, case: str, at: datetime, what: What, **more: Any) -> LogEvent:
        self.row += 1
        return LogEvent(case_id=case, at=at, row=self.row, what=what, **more)


def _body(comment: dict[str, Any]) -> object:
    return comment.get("plain_body") or comment.get("body") or comment.get("html_body")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
