"""Freshdesk: tickets, conversations and ticket activities (API and account export, JSON).

Activities tell what changed and when. Without them a ticket's own times (`stats`) are
all there is: they tell its first answer, its solution and its last reopening, and not
through whose hands it went. `due_by` and `fr_due_by` are promises as they stand today:
Freshdesk moves them while a ticket is pending.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from makegood.rules.logs import Actor, LogEvent, State, What

from .arrow import Writer
from .letters import Letters
from .named_exports import Export, Record, Row, first_record, moment, tables_of
from .reading import LEAST_READABLE, UNKNOWN_STATE, Progress, Reading

STATES = {
    "2": State.OPEN, "open": State.OPEN,
    "3": State.WAITING_CUSTOMER, "pending": State.WAITING_CUSTOMER,
    "4": State.DONE, "resolved": State.DONE,
    "5": State.DONE, "closed": State.DONE,
    "6": State.WAITING_CUSTOMER, "waiting on customer": State.WAITING_CUSTOMER,
    "7": State.WAITING_OTHER, "waiting on third party": State.WAITING_OTHER,
}  # fmt: skip
"""The states that every account has, by number and name. A requester reads "pending" as "awaiting your reply"."""
_CHANNELS = {"1": "Email", "2": "Portal", "3": "Phone", "7": "Chat", "9": "Feedback widget", "10": "Outbound email"}
_TICKETS = ("tickets", "all_tickets", "search_tickets", "ticket_1")
_ACTIVITIES = ("activities", "ticket_activities")


def is_mine(path: Path) -> bool:
    """Return whether this is an export of Freshdesk's."""
    tables = tables_of(path)
    if any("activities_data" in first_record(tables[name], "-") for name in _ACTIVITIES if name in tables):
        return True
    names = [name for name in _TICKETS if name in tables] or (list(tables)[:1] if path.is_file() else [])
    first = first_record(tables[names[0]], "results", "tickets") if names else {}
    return {"responder_id", "requester_id", "due_by"} <= set(first)


def read(path: Path, into: Path, progress: Progress, letters: Letters) -> Reading:
    """Write the log of the export into the folder."""
    with Writer(into) as writer:
        export = Export(path, writer, progress, letters)
        writer.tell(letters.told(_Desk(export).events()))
    return export.reading("Freshdesk", LEAST_READABLE)


class _Desk:
    def __init__(self, export: Export) -> None:
        self.export = export
        self.groups = {row.text("id"): row.text("name") for row in export.read("groups", "group_1")}
        agents = {row.text("id"): row.values | (row.get("contact") or {}) for row in export.read("agents")}
        self.names = {id_: agent.get("name") for id_, agent in agents.items()}
        self.zones = {id_: agent.get("time_zone") for id_, agent in agents.items()}
        self.told: set[str] = set()
        """Tickets that have activities."""
        self.answered: set[str] = set()
        self.row = 0

    def events(self) -> Iterator[LogEvent]:
        for row in self.export.read(*_ACTIVITIES, "activities_data"):
            yield from self._activity(row)
        for row in self.export.read("conversations", "conversation"):
            yield from self._said(row)
        tickets = _TICKETS if any(name in self.export.tables for name in _TICKETS) else tuple(self.export.tables)
        for row in self.export.read(*tickets[:4]):
            for ticket in row.get("results", "tickets") or [row.values]:
                yield from self._ticket(Row(row.file, row.line, ticket))

    def _ticket(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, opened = self.export.case(row, "id"), self.export.moment(row, "created_at")
        if case is None or opened is None:
            return
        channel = row.text("source_name") or _CHANNELS.get(row.text("source") or "", row.text("source"))
        yield self._event(case, opened, What.OPENED, state=State.OPEN, channel=channel, actor=Actor.CUSTOMER,
                          customer=row.text("requester_id"))  # fmt: skip
        for inner in row.get("conversations") or []:
            yield from self._said(Row(row.file, row.line, {"ticket_id": case, **inner}))
        stats: Record = row.get("stats") or {}
        times = {name: at for name, value in stats.items() if value and (at := moment(value))}
        yield from self._promises(case, opened, row, times)
        if case not in self.told:
            yield from self._today(case, row, times)

    def _promises(self, case: str, opened: datetime, row: Row, times: dict[str, datetime]) -> Iterator[LogEvent]:
        answered, solved = times.get("first_responded_at"), times.get("resolved_at") or times.get("closed_at")
        for promise, names, kept in (
            ("first response", ("fr_due_by", "frDueBy"), answered),
            ("resolution", ("due_by",), solved),
        ):
            due = row.get(*names)
            due_at = moment(due) if due else None
            if due_at:
                yield self._event(case, opened, What.PROMISED, promise=promise, due_at=due_at)
                if kept:
                    yield self._event(case, kept, What.PROMISE_KEPT, promise=promise)

    def _today(self, case: str, row: Row, times: dict[str, datetime]) -> Iterator[LogEvent]:
        """Tell a ticket without activities: its own times, and what it is as of its last change."""
        for name, what, state in (
            ("first_responded_at", What.STAFF_WROTE, None),
            ("resolved_at", What.STATE, State.DONE),
            ("closed_at", What.STATE, State.DONE),
            ("reopened_at", What.STATE, State.OPEN),
        ):
            if name in times and not (what is What.STAFF_WROTE and case in self.answered):
                yield self._event(case, times[name], what, state=state)
        last = self.export.moment(row, "updated_at", "created_at")
        if last is None:
            return
        # Status 4 and 5 were told by their own times, where the export has them.
        state = self._state(row, row.text("status_name", "status"))
        done = state is State.DONE and ("resolved_at" in times or "closed_at" in times)
        group = self.groups.get(row.text("group_id"), row.text("group_id"))
        person = row.text("responder_name") or self._person(row.text("responder_id"))
        what = What.ASSIGNED if person else What.HANDOFF if group else What.STATE
        if state:
            yield self._event(case, last, what, state=None if done else state, team=group, person=person)

    def _said(self, row: Row) -> Iterator[LogEvent]:
        self.export.count()
        case, at = self.export.case(row, "ticket_id"), self.export.moment(row, "created_at")
        if case is None or at is None:
            return
        if row.values.get("incoming"):
            yield self._event(case, at, What.CUSTOMER_WROTE, actor=Actor.CUSTOMER)
        elif row.values.get("private"):
            yield self._event(case, at, What.NOTE, actor=Actor.STAFF)
        else:
            self.answered.add(case)
            self.export.letters.hear(case, at, row.get("body_text", "body"), self.zones.get(row.text("user_id")))
            yield self._event(case, at, What.STAFF_WROTE, actor=Actor.STAFF)

    def _activity(self, row: Row) -> Iterator[LogEvent]:
        """Tell one activity, or a whole file of them."""
        if "activities_data" in row.values:
            for each in row.values["activities_data"] or []:
                yield from self._activity(Row(row.file, row.line, each))
            return
        self.export.count()
        case, at = self.export.case(row, "ticket_id"), self.export.moment(row, "performed_at")
        did: Any = row.get("activity")
        if case is None or at is None or not isinstance(did, dict):
            return
        self.told.add(case)
        actor = {"user": Actor.STAFF, "requester": Actor.CUSTOMER, "system": Actor.AUTOMATIC}.get(
            row.text("performer_type") or ""
        )
        state = self._state(row, str(did["status"])) if "status" in did else None
        team, person = did.get("group"), did.get("agent_name")
        what = What.ASSIGNED if person else What.HANDOFF if team else What.STATE if state else What.OTHER
        yield self._event(case, at, what, state=state, team=team or None, person=person or None, actor=actor)

    def _state(self, row: Row, written: str | None) -> State | None:
        state = STATES.get((written or "").lower())
        if state is None:
            self.export.reject(row, "status", written, UNKNOWN_STATE)
        return state

    def _person(self, id_: str | None) -> str | None:
        return self.names.get(id_) or id_

    def _event(self, case: str, at: datetime, what: What, **more: Any) -> LogEvent:
        self.row += 1
        return LogEvent(case_id=case, at=at, row=self.row, what=what, **more)
