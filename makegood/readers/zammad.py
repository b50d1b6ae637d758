"""Zammad: tickets, articles and ticket histories (REST API, JSON), in a folder of files or one.

A history entry says what an attribute changed to. An article is the customer's or ours
by its sender, and internal ones never left the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import Writer
from .letters import Letters
from .named_exports import Export, Row, first_record, moment, tables_of
from .reading import LEAST_READABLE, UNKNOWN_STATE, Progress, Reading

STATES = {
    "new": State.OPEN,
    "open": State.OPEN,
    "pending reminder": State.WAITING_OTHER,
    "pending close": State.WAITING_CUSTOMER,
    "closed": State.DONE,
    "merged": State.DONE,
    "removed": State.DONE,
}
"""Who sets a reminder waits for somebody; "pending close" closes unless the customer writes."""
_TICKETS = ("tickets", "ticket")
_ARTICLES = ("ticket_articles", "articles", "article")
_HISTORIES = ("ticket_histories", "ticket_history", "histories", "history")
_NOBODY = (None, "", "-")


def is_mine(path: Path) -> bool:
    """Return whether this is an export of Zammad's."""
    tables = tables_of(path)
    names = [name for name in _TICKETS if name in tables]
    first = first_record(tables[names[0]], *_TICKETS) if names else {}
    return "number" in first and ("article_count" in first or {"customer", "owner", "state"} <= set(first))


def read(path: Path, into: Path, progress: Progress, letters: Letters) -> Reading:
    """Write the log of the export into the folder."""
    with Writer(into) as writer:
        export = Export(path, writer, progress, letters)
        writer.tell(letters.told(_Desk(export).events()))
    return export.reading("Zammad", LEAST_READABLE)


class _Desk:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.groups = {row.text("id"): row.text("name") for row in export.read("groups")}
        self.states = {row.text("id"): row.text("name") for row in export.read("ticket_states", "states")}
        self.numbers: dict[str | None, str] = {}
        self.told: set[str] = set()
        self.row = 0

    def events(self) -> Iterator[LogEvent]:
        tickets = list(self.export.read(*_TICKETS))
        self.numbers = {row.text("id"): row.text("number") or "" for row in tickets}
        for row in self.export.read(*_HISTORIES):
            for entry in row.get("history") or [row.values]:
                yield from self._history(Row(row.file, row.line, {"ticket_id": row.get("ticket_id", "id"), **entry}))
        for row in tickets:
            yield from self._ticket(row)
        for row in self.export.read(*_ARTICLES):
            yield from self._article(row)

    def _ticket(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, opened = self.export.case(row, "number"), self.export.moment(row, "created_at")
        if case is None or opened is None:
            return
        customer = row.text("customer_id", "customer")
        channel = row.text("create_article_type", "create_article_type_id")
        yield self._event(case, opened, What.OPENED, state=State.OPEN, customer=customer, channel=channel)
        for inner in row.get("articles") or []:
            if isinstance(inner, dict):
                yield from self._article(Row(row.file, row.line, {"ticket_id": row.get("id"), **inner}))
        closed = row.get("close_at")
        last = self.export.moment(row, "updated_at", "created_at")
        if case in self.told or last is None:
            return
        state = self._state(row, row.text("state") or self.states.get(row.text("state_id")))
        at = moment(closed) if closed and state is State.DONE else last
        team = row.text("group") or self.groups.get(row.text("group_id"), row.text("group_id"))
        owner = row.text("owner", "owner_id")
        if state:
            person = None if owner in _NOBODY else owner
            yield self._event(case, at or last, What.STATE, state=state, team=team, person=person)

    def _history(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        id_ = row.text("ticket_id", "o_id")
        case, at = self.numbers.get(id_) or id_, self.export.moment(row, "created_at")
        if row.text("object") not in (None, "Ticket") or row.text("type") not in ("updated", "created", None):
            return
        if case is None or at is None:
            return
        attribute, value = row.text("attribute") or "", row.text("value_to")
        if attribute in ("state", "state_id"):
            self.told.add(case)
            if state := self._state(row, self.states.get(value, value)):
                yield self._event(case, at, What.STATE, state=state)
        elif attribute in ("group", "group_id"):
            yield self._event(case, at, What.HANDOFF, team=self.groups.get(value, value))
        elif attribute in ("owner", "owner_id"):
            yield self._event(case, at, What.ASSIGNED, person=None if value in _NOBODY else value)
        elif attribute:
            yield self._event(case, at, What.OTHER)

    def _article(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        id_ = row.text("ticket_id")
        case, at = self.numbers.get(id_) or self.export.case(row, "ticket_id"), self.export.moment(row, "created_at")
        if case is None or at is None:
            return
        sender = (row.text("sender") or "").lower()
        if row.values.get("internal") is True:
            yield self._event(case, at, What.NOTE, actor=Actor.STAFF)
        elif sender == "customer":
            yield self._event(case, at, What.CUSTOMER_WROTE, actor=Actor.CUSTOMER)
        elif sender == "agent":
            self.export.letters.hear(case, at, row.get("body"))
            yield self._event(case, at, What.STAFF_WROTE, actor=Actor.STAFF)
        elif sender == "system":
            yield self._event(case, at, What.STAFF_WROTE, actor=Actor.AUTOMATIC)
        else:
            yield self._event(case, at, What.OTHER)

    def _state(self, row: Row, written: str | None) -> State | None:
        state = STATES.get((written or "").lower())
        if state is None:
            self.export.reject(row, "state", written, UNKNOWN_STATE)
        return state

    def _event(self, case: str, at: datetime, what: What, **more: Any) -> LogEvent:
        self.row += 1
        return LogEvent(case_id=case, at=at, row=self.row, what=what, **more)
