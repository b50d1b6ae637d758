"""Today's board: who waits on us, longest first, with the time left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from makegood.config import clock
from makegood.desk import models
from makegood.desk.queries import board as boards
from makegood.desk.queries import house, incidents, ledger
from makegood.desk.queries import newer as newer_cases
from makegood.desk.queries.board import Group, Row
from makegood.rules.policy import Policy
from makegood.ui import wording
from makegood.ui.ribbon import Ribbon
from makegood.ui.wording import Reader

from . import pages, words
from .door import StaffRequest, staff_only
from .drawn import ribbon_of
from .words import Sign

WHOSE = ("all", "mine", "offered")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row as the template draws it."""

    row: Row
    waits: float
    """Seconds."""
    ribbon: Ribbon | None
    door: Sign
    clock: str
    source: str
    tags: tuple[Sign, ...]

    @property
    def case(self) -> models.Case:
        return self.row.case

    @property
    def promise(self) -> models.Promise | None:
        return self.row.promise


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group of the board with its heading."""

    title: str
    about: str
    icon: str
    look: str
    lines: tuple[Line, ...]


@staff_only("GET")
def board(request: StaffRequest) -> HttpResponse:
    """The board, by the filters of the address."""
    now, policy, reader = clock.now(), house.policy(), request.user
    zone = house.zone_of(reader, policy)
    asked = _asked(request, policy)
    seen = newer_cases.seen_by_now()
    found = boards.board(reader, now=now, zone=zone, page=_page(request), **asked)
    context = {
        "board": found,
        "late_incidents": incidents.ringing(reader),
        "sections": sections(found.rows, now=now, policy=policy),
        "longest": line(found.longest, now=now, policy=policy) if found.longest else None,
        "page_obj": Paginator(range(found.count), boards.PAGE).page(found.page),
        "query": pages.query(request, "whose", "door", "source"),
        "newer_url": f"{reverse('newer')}?{urlencode({**asked, **vars(seen), 'since': int(now.timestamp())})}",
        "asked": asked,
        "doors": list(policy.doors.values()) if policy else [],
        "sources": words.SOURCES.items(),
        "received": _today(now, zone),
        "write_to": _write_to(policy),
    }
    return pages.page(request, "staff/board.html", context, now=now, place="today")


@staff_only("GET")
def newer(request: StaffRequest) -> HttpResponse:
    """What has come since the board was drawn, as one line of text; nothing while nothing has. Changes nothing."""
    now, policy = clock.now(), house.policy()
    seen = newer_cases.Seen(case=_number(request.GET.get("case", "")), alarm=_number(request.GET.get("alarm", "")))
    cases, alarms = newer_cases.newer(request.user, seen, **_asked(request, policy))
    answer = HttpResponse(status=204)
    if cases or alarms:
        drawn_at = datetime.fromtimestamp(min(_number(request.GET.get("since", "")), int(now.timestamp())), tz=UTC)
        reader = Reader(zone=ZoneInfo(house.zone_of(request.user, policy)), now=now)
        text = _newer_text(cases, alarms, since=wording.when(drawn_at, reader))
        answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _newer_text(cases: int, alarms: int, *, since: str) -> str:
    """Say what is newer, and since when by the reader's clock."""
    parts = []
    if alarms:
        parts.append(ngettext("{n} new alarm", "{n} new alarms", alarms).format(n=_up_to_most(alarms)))
    if cases:
        parts.append(ngettext("{n} newer case", "{n} newer cases", cases).format(n=_up_to_most(cases)))
    return _("{what} since {since}. Show").format(what=", ".join(parts), since=since)


def _up_to_most(count: int) -> str:
    return f"{count}+" if count >= newer_cases.MOST else str(count)


def _number(text: str) -> int:
    """A number of the address; what is none, or none of a row's, counts as 0."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _asked(request: StaffRequest, policy: Policy | None) -> dict[str, str]:
    """The filters of the address; what is not on the list counts as not asked."""
    whose, door, source = (request.GET.get(name, "") for name in ("whose", "door", "source"))
    return {
        "whose": whose if whose in WHOSE else "all",
        "door": door if policy and door in policy.doors else "",
        "source": source if source in words.SOURCES else "",
    }


def _page(request: StaffRequest) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _today(now: datetime, zone: str) -> ledger.Equation:
    midnight = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return ledger.equation(since=midnight, until=now)


def _write_to(policy: Policy | None) -> str:
    """The address a newcomer may send a first letter to."""
    doors = policy.doors.values() if policy else ()
    return next((d.addresses[0] for d in doors if d.kind == "mail" and not d.executive and d.addresses), "")


def line(row: Row, *, now: datetime, policy: Policy | None) -> Line:
    """Return one row with its ribbon and its words."""
    return Line(
        row=row,
        waits=(now - row.waits_since).total_seconds(),
        ribbon=ribbon_of(row.promise, now=now) if row.promise else None,
        door=words.door_sign(row.last_door, policy),
        clock=words.clock_title(row.promise.kind, policy) if row.promise else "",
        source=str(words.SOURCES.get(row.promise.source, "")) if row.promise else "",
        tags=tuple(words.tag(code) for code in row.tags),
    )


def sections(rows: Iterable[Row], *, now: datetime, policy: Policy | None) -> list[Section]:
    """Return the rows under their headings, in the board's order; groups without rows have none."""
    return [
        _section(group, tuple(line(row, now=now, policy=policy) for row in members))
        for group, members in groupby(rows, key=lambda row: row.group)
    ]


def _section(group: Group, lines: tuple[Line, ...]) -> Section:
    title, about, icon, look = _heading(group)
    return Section(title=title, about=about, icon=icon, look=look, lines=lines)


def _heading(group: Group) -> tuple[str, str, str, str]:
    match group:
        case Group.BROKEN:
            about = _("We said it and it did not happen. Each stays on the record.")
            return pgettext("group of the board", "Broken"), about, "box", "st-broken"
        case Group.HOUR:
            return _("Due within the hour"), _("Keep it, or tell the customer before it breaks."), "split", "st-soon"
        case Group.TODAY:
            return pgettext("group of the board", "Today"), "", "clock", "st-run"
        case Group.LATER:
            return pgettext("group of the board", "Later"), "", "day", ""
    return _("Their turn"), _("We wait for them, and ask again when their time is up."), "pause", "st-paused"
