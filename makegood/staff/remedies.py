"""Remedies across all cases: what waits for a yes, what budgets hold, what we owe, and the cases behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from makegood.config import clock
from makegood.desk import access, models
from makegood.desk.queries import codes, house, purses
from makegood.desk.queries.purses import Purse
from makegood.rules.money import Money
from makegood.rules.policy import Policy, Signal
from makegood.ui import money, plots, wording
from makegood.ui.ribbon import Ribbon

from . import pages, remedy_panel, remedy_words
from .codes import age_words
from .door import StaffRequest, staff_only
from .drawn import ribbon_of
from .replying import EARLIEST, LATEST
from .words import Sign

WHAT = ("held", "given", "above", "waited")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A remedy that waits for a yes."""

    row: models.Remedy
    title: str
    cost: Money
    value: Money
    ribbon: Ribbon | None
    sign: Sign
    mine: bool
    """Whether the reader's role may decide it and he did not propose it himself."""


@staff_only("GET")
def inbox(request: StaffRequest) -> HttpResponse:
    """What waits for somebody's yes, the oldest first."""
    now, policy = clock.now(), house.policy()
    page = pages.paged(purses.waiting(request.user), request)
    running = purses.clocks(page.object_list, _deciding(policy))
    lines = [_waiting(row, running.get(row.pk), request.user, now=now) for row in page.object_list]
    context = {
        "page_obj": page,
        "lines": lines,
        "mine": sum(line.mine for line in lines),
        "gap": purses.gap(request.user, now=now),
        "may_budgets": access.may_see_ledger(request.user),
    }
    return pages.page(request, "staff/remedies.html", context, now=now, place="remedies")


def _deciding(policy: Policy | None) -> list[str]:
    """The kinds of clock that run while a remedy waits for a yes."""
    kinds = policy.kinds.values() if policy else ()
    return [kind.name for kind in kinds if Signal.REMEDY_PROPOSED_ABOVE in kind.opens_on]


def _waiting(row: models.Remedy, promise: models.Promise | None, reader: models.Staff, *, now: datetime) -> Waiting:
    return Waiting(
        row=row,
        title=remedy_panel.title(row),
        cost=Money(row.currency, row.cost),
        value=Money(row.currency, row.value),
        ribbon=ribbon_of(promise, now=now) if promise else None,
        sign=remedy_words.sign(row),
        mine=remedy_words.may_decide(row, reader),
    )


# ── budgets and what we owe ──────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One budget with its bar and its plot."""

    purse: Purse
    title: str
    bar: SafeString
    plot: SafeString | str


@dataclass(frozen=True, kw_only=True)
class Age:
    """What open codes of one age may still take off."""

    title: str
    url: str
    """The codes behind it, those of them that the reader may see."""
    number: int
    left: Money


@staff_only("GET")
def budgets(request: StaffRequest) -> HttpResponse:
    """Each budget of its running period, what is set aside and spent, and what open codes may still cost."""
    if not access.may_see_ledger(request.user):
        raise Http404
    now, policy = clock.now(), house.policy()
    zone = house.zone_of(request.user, policy)
    found = purses.purses(zone=zone)
    context = {
        "budgets": [_shown(purse, policy, zone=zone, now=now) for purse in found],
        "held": _sums(purse.held for purse in found),
        "owed": [_owed(line) for line in codes.liability(now=now)],
        "gap": purses.gap(request.user, now=now),
        "more": [*pages.SHEETS, "makegood/report.css"],
    }
    return pages.page(request, "staff/budgets.html", context, now=now, place="remedies")


def _sums(amounts: Iterable[Money]) -> list[Money]:
    """Add up by currency."""
    found: dict[str, Money] = {}
    for amount in amounts:
        found[amount.currency] = found.get(amount.currency, Money(amount.currency, 0)) + amount
    return [found[currency] for currency in sorted(found)]


def _owed(line: codes.Owed) -> Age:
    url = f"{reverse('codes')}?currency={line.currency}&age={line.band}#all"
    return Age(title=age_words(line.band), url=url, number=line.number, left=line.left)


def _shown(purse: Purse, policy: Policy | None, *, zone: str, now: datetime) -> Shown:
    stated = policy.budgets.get(purse.row.name) if policy else None
    return Shown(
        purse=purse,
        title=stated.title_in(get_language() or "en") if stated else purse.row.name,
        bar=plots.bar((("used", purse.given.minor), ("will", purse.held.minor)), purse.amount.minor),
        plot=_plot(purse, zone=zone, now=now) if purse.days else "",
    )


def _plot(purse: Purse, *, zone: str, now: datetime) -> SafeString:
    start, end = _period(purse, ZoneInfo(zone), now=now)
    given, held = [], []
    before = Money(purse.row.currency, 0)
    for day in purse.days:
        at = datetime.combine(day.day, time(12), tzinfo=ZoneInfo(zone)).astimezone(UTC)
        spent = day.given != before
        title = _("{day}: {given} given").format(
            day=wording.day(at, wording.Reader(zone=ZoneInfo(zone), now=now)), given=money.said(day.given)
        )
        url = f"{_behind(purse.row, 'given')}&day={day.day.isoformat()}" if spent else ""
        given.append(plots.Step(at=at, total=day.given.minor, url=url, title=title))
        held.append(plots.Step(at=at, total=(day.given + day.held).minor))
        before = day.given
    whole = purse.amount
    plot = plots.Spending(
        from_at=start,
        to_at=end,
        now=now,
        given=given,
        held=held,
        limit=whole.minor,
        title=_("Given, and given and set aside together, day by day, under what this budget has"),
        limit_words=_("the whole budget, {amount}").format(amount=money.said(whole)),
        amounts=[(whole.minor * n // 4, money.said(Money(whole.currency, whole.minor * n // 4))) for n in range(5)],
    )
    return plots.spending(plot, wording.Reader(zone=ZoneInfo(zone), now=now))


def _period(purse: Purse, zone: ZoneInfo, *, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the plot goes: the month of the budget, or from its first day to now."""
    year, dash, month = purse.row.period.partition("-")
    if dash and year.isdigit() and month.isdigit():
        first = datetime(int(year), int(month), 1, tzinfo=zone)
        return first, (first + timedelta(days=32)).replace(day=1)
    opened = purse.row.opened_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return opened, max(now.astimezone(zone), opened + timedelta(days=7))


def _behind(row: models.Budget, what: str) -> str:
    return f"{reverse('remedies-behind')}?what={what}&budget={row.pk}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A remedy in a list."""

    row: models.Remedy
    title: str
    cost: Money
    sign: Sign


@staff_only("GET")
def behind(request: StaffRequest) -> HttpResponse:
    """The cases behind a number, those of them that the reader may see."""
    now, policy = clock.now(), house.policy()
    zone = house.zone_of(request.user, policy)
    what = request.GET.get("what", "")
    asked = request.GET.get("budget", "")[:18]
    budget = models.Budget.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    if what not in WHAT or (asked and budget is None):
        raise Http404
    day = _day(request.GET.get("day", ""))
    found = purses.behind(request.user, budget=budget, what=what, day=day, zone=zone, now=now)
    page = pages.paged(found, request)
    context = {
        "page_obj": page,
        "query": pages.query(request, "what", "budget", "day"),
        "what": what,
        "budget": budget,
        "day": day,
        "lines": _lines(page.object_list),
    }
    return pages.page(request, "staff/remedies_behind.html", context, now=now, place="remedies")


def _lines(rows: Iterable[models.Remedy]) -> Sequence[Line]:
    return [
        Line(
            row=row,
            title=remedy_panel.title(row),
            cost=Money(row.currency, row.cost),
            sign=remedy_words.sign(row),
        )
        for row in rows
    ]


def _day(text: str) -> date | None:
    try:
        return min(max(date.fromisoformat(text), EARLIEST), LATEST) if text else None
    except ValueError:
        return None
