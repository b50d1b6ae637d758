"""Every way in: what it promises by itself, what came through it, and what was set aside for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.queries import board as boards
from makegood.desk.queries import doors as door_queries
from makegood.desk.queries import house, ledger
from makegood.desk.queries.doors import DoorState
from makegood.rules.policy import Policy

from . import pages, sent, words
from .door import StaffRequest, staff_only
from .words import Sign

DAY_HEIGHT = 27


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One hour of a door's day, as the geometry of its rectangle."""

    x: str
    y: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A door with its picture."""

    state: DoorState
    sign: Sign
    bars: tuple[Bar, ...]
    percent: int | None


@staff_only("GET")
def ledger_page(request: StaffRequest) -> HttpResponse:
    """The doors, the equation of the day and, for who looks after them, the ledger."""
    now, policy, reader = clock.now(), house.policy(), request.user
    midnight = _midnight(now, house.zone_of(reader, policy))
    states = door_queries.doors(policy, since=midnight, now=now) if policy else []
    pulse = ledger.pulse(now=now)
    context = {
        "doors": [_shown(state, policy) for state in states],
        "sum": ledger.equation(since=midnight, until=now),
        "set_aside": boards.set_aside(reader),
        "pulse": pulse,
        "certificates": door_queries.ending_certificates(now=now),
        "mailboxes": models.MailboxCursor.objects.exclude(trouble="")[: pages.PAGE],
        "may": pages.may(reader) | {"sent": sent.may_see(reader)},
    }
    return pages.page(request, "staff/doors.html", context, now=now, place="doors")


def _midnight(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _shown(state: DoorState, policy: Policy | None) -> Shown:
    most = max(state.by_hour, default=0) or 1
    bars = tuple(_bar(hour, count / most) for hour, count in enumerate(state.by_hour) if count)
    return Shown(
        state=state,
        sign=words.door_sign(state.door.name, policy),
        bars=bars,
        percent=round(100 * state.kept / state.settled) if state.settled else None,
    )


def _bar(hour: int, share: float) -> Bar:
    height = max(share * DAY_HEIGHT, 3)
    return Bar(x=f"{100 * hour / door_queries.HOURS:.2f}%", y=f"{DAY_HEIGHT - height:.2f}", height=f"{height:.2f}")


@staff_only("GET")
def items(request: StaffRequest) -> HttpResponse:
    """The ledger: every item that came in, and where it ended."""
    now, policy = clock.now(), house.policy()
    if not access.may_see_ledger(request.user):
        raise Http404
    state, door = request.GET.get("state", ""), request.GET.get("door", "")
    found = pages.paged(ledger.items(access.items_for(request.user), state=state, door=door), request)
    context = {
        "page_obj": found,
        "query": pages.query(request, "state", "door"),
        "state": state,
        "door": door,
        "states": state_words(),
        "doors": list(policy.doors.values()) if policy else [],
    }
    return pages.page(request, "staff/items.html", context, now=now, place="doors")


def state_words() -> dict[str, str]:
    """Return what each state of a ledger item is called."""
    State = models.InboxItem.State  # noqa: N806  (a class, under a short name)
    return {
        State.JOINED.value: _("joined to a case"),
        State.QUARANTINED.value: _("set aside"),
        State.SUPPRESSED.value: _("stopped as a mail loop"),
        State.STORED.value: _("being read"),
    }


@staff_only("GET")
def quarantine(request: StaffRequest) -> HttpResponse:
    """What was set aside: each is a case with an owner and a clock, and wants a person's judgement."""
    now, policy = clock.now(), house.policy()
    waiting = access.cases_for(request.user).filter(quarantined=True, open=True)
    opening = (
        waiting.select_related("customer", "owner").prefetch_related("contacts__item").order_by("received_at", "pk")
    )
    found = pages.paged(opening, request, size=20)
    rows = [
        {"case": case, "first": next(iter(case.contacts.all()), None), "door": words.door_sign(case.door, policy)}
        for case in found
    ]
    context = {"page_obj": found, "rows": rows}
    return pages.page(request, "staff/quarantine.html", context, now=now, place="doors")
