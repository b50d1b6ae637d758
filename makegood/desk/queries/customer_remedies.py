"""What a private link shows of making it right: the wish, what he may choose, how far each is, what we hold, his codes.

Everything starts from the link, as in `customer_page`. What is only proposed, approved or denied is not read, nor is
any cost of ours, any reason of ours, or who approved: what he reads was said to him.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from makegood.desk import facts, models
from makegood.rules import items
from makegood.rules.cases import Case
from makegood.rules.codes import State
from makegood.rules.money import Money
from makegood.rules.programmes import from_plain
from makegood.rules.remedies import has_a_choice
from makegood.rules.remedy_steps import Step

from . import codes as codes_read
from . import moves, orders, programmes

MONEY = frozenset({"refund", "credit", "code"})
"""Kinds whose value is a sum he gets, and no price of a thing."""
CODES = frozenset({"credit", "code"})


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing he may choose."""

    key: str
    title: str
    description: str
    kind: str
    gets: Money | None
    """What he gets, where it is money."""
    arrives_by: datetime | None
    late: bool
    """Whether that is after he needs it."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """One remedy as he sees it."""

    number: int
    about: str
    """The thing it is for, where the case is about several."""
    step: Step
    words: str
    """What we wrote with it."""
    options: tuple[Option, ...]
    chosen: Option | None
    """What he chose, or the only thing there was."""
    chosen_words: str
    offered_at: datetime | None
    moved_at: datetime
    expires_at: datetime | None
    reference: str
    weak: bool
    followed: bool
    """Whether, having failed, it was followed by another that he sees."""
    order_at: datetime | None = None
    """When what he chose is ordered by itself; None where nothing waits for that."""
    stands_at: datetime | None = None
    """Until when he may choose another."""
    stands_later: bool = False
    """Whether what he chooses is ordered a little later, so that he may change it."""

    @property
    def choosable(self) -> bool:
        return self.step is Step.OFFERED

    @property
    def changeable(self) -> bool:
        """Whether he, having chosen, may still choose another."""
        return self.step is Step.ACCEPTED and self.stands_at is not None

    @property
    def held(self) -> bool:
        """Whether it waits for longer than he may change it: where his mail or money goes is new."""
        return self.order_at is not None and self.order_at != self.stands_at

    @property
    def declinable(self) -> bool:
        """Whether he may still say that he doesn't want it: before it is ordered."""
        return self.step in (Step.OFFERED, Step.ACCEPTED)

    @property
    def confirmable(self) -> bool:
        """Whether he may say that he has it and it is right."""
        return self.step in (Step.ORDERED, Step.SHIPPED, Step.DELIVERED)

    @property
    def contradictable(self) -> bool:
        """Whether he may say that it did not make it right."""
        arrives = self.step in (Step.ACCEPTED, Step.ORDERED, Step.SHIPPED, Step.DELIVERED, Step.CONFIRMED)
        return arrives and not self.changeable


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something of his that we hold, or held."""

    what: str
    where: str
    value: Money | None
    since: datetime
    returned_at: datetime | None
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code of his."""

    title: str
    text: str
    """As he types it; empty where it is over."""
    value: Money | None
    left: Money | None
    expires_at: datetime | None
    frozen: bool
    """Whether its end stands still while this case is open."""
    over: bool
    single: bool = False
    """Whether it is for one order, with which the rest of it ends."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Something that he may claim and that is no code of ours."""

    title: str
    programme: str
    percent: int
    value: Money | None
    scope: tuple[str, ...]
    """What it is for; empty for anything."""
    expires_at: datetime | None
    frozen: bool
    """Whether its end stands still."""


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One of the things that his case is about."""

    what: str
    right: bool


@dataclass(frozen=True, kw_only=True)
class Right:
    """Everything about making it right."""

    wish: str
    wished_at: datetime | None
    open: bool
    remedies: tuple[Given, ...]
    """What is under way first, then what is over; newest first."""
    held: tuple[Held, ...]
    returned: tuple[Held, ...]
    codes: tuple[Code, ...]
    claims: tuple[Claim, ...] = ()
    reminded: bool = False
    """Whether he asked to be reminded of his codes."""
    things: tuple[Thing, ...] = ()
    codes_held_until: datetime | None = None
    """Until when his codes aren't shown, because his address was changed (A-60)."""

    @property
    def choosable(self) -> bool:
        return any(one.choosable for one in self.remedies)

    @property
    def remindable(self) -> bool:
        """Whether there is a code of ours to be reminded of."""
        return any(one.left is not None and not one.over for one in self.codes)


def right(link: models.Link, *, now: datetime) -> Right:
    """Return what this link shows of making it right."""
    case = link.case
    wish = case.wishes.order_by("said_at", "pk").last()
    rows = case.remedies.filter(Q(offered_at__isnull=False) | Q(ordered_at__isnull=False), customer=link.customer_id)
    shown = list(rows.prefetch_related("options").order_by("-number"))
    ancestors = {row.ancestor for row in shown}
    folded = facts.case(case)
    given = [_given(row, case, followed=row.number in ancestors, folded=folded, now=now) for row in shown]
    assert link.customer_id is not None
    changed = moves.moves(link.customer_id, now=now)
    held_until = moves.codes_held_until(changed)
    held = [_held(row) for row in case.holdings.filter(customer=link.customer_id)]
    return Right(
        wish=wish.words if wish else "",
        wished_at=wish.said_at if wish else None,
        open=case.open,
        remedies=(*(g for g in given if not _is_over(g)), *(g for g in given if _is_over(g))),
        held=tuple(h for h in held if h.returned_at is None),
        returned=tuple(h for h in held if h.returned_at is not None),
        codes=tuple(_codes(link, held=held_until)) if any(map(_is_code, given)) or _has_others(link) else (),
        claims=tuple(_claims(link)),
        reminded=link.customer is not None and link.customer.reminders_at is not None,
        things=tuple(Thing(what=each.what, right=items.is_right(folded, each)) for each in folded.items),
        codes_held_until=held_until,
    )


def _claims(link: models.Link) -> Iterable[Claim]:
    """Yield what he may claim: from programmes, and from this case."""
    assert link.customer is not None
    for row in programmes.of_customer(link.customer).filter(Q(case=link.case_id) | Q(case=None)):
        terms = from_plain(row.terms)
        yield Claim(
            title=row.title,
            programme=row.programme.title if row.programme else "",
            percent=terms.percent,
            value=terms.value,
            scope=tuple(sorted(terms.scope)),
            expires_at=row.expires_at if row.frozen_at is None else None,
            frozen=row.frozen_at is not None,
        )


def remedy(link: models.Link, number: int, *, now: datetime) -> Given | None:
    """Return one remedy that the link shows, or None."""
    return next((one for one in right(link, now=now).remedies if one.number == number), None)


def _is_code(given: Given) -> bool:
    """Whether it may have made a code."""
    return given.chosen is not None and given.chosen.kind in CODES


def _is_over(given: Given) -> bool:
    return given.step in (Step.CONFIRMED, Step.DECLINED, Step.REVERSED, Step.FAILED)


def _given(row: models.Remedy, case: models.Case, *, followed: bool, folded: Case, now: datetime) -> Given:
    options = tuple(_option(row, option, case.need_by) for option in row.options.all())
    something_to_choose = has_a_choice([option.kind for option in options])
    chosen = next((o for o in options if o.key == row.chosen), options[0] if len(options) == 1 else None)
    return Given(
        number=row.number,
        about=row.about,
        step=Step(row.step),
        words=row.words,
        options=options,
        chosen=chosen,
        chosen_words=row.chosen_words,
        offered_at=row.offered_at,
        moved_at=row.moved_at,
        expires_at=row.expires_at,
        reference=row.reference,
        weak=row.weak,
        followed=followed,
        order_at=row.order_at,
        stands_at=_stands_at(row, folded, now=now),
        stands_later=something_to_choose
        and case.need_by is None
        and facts.policy(case.policy).choice_stands_after is not None,
    )


def _stands_at(row: models.Remedy, folded: Case, *, now: datetime) -> datetime | None:
    """Return until when he may choose another; None where nothing of it can change any more."""
    fact = folded.remedy(row.number)
    return fact.stands_at if fact.changeable(now) else None


def _option(row: models.Remedy, option: models.RemedyOption, need_by: datetime | None) -> Option:
    return Option(
        key=option.key,
        title=option.title,
        description=option.description,
        kind=option.kind,
        gets=Money(row.currency, option.value) if option.kind in MONEY and option.value else None,
        arrives_by=option.arrives_by,
        late=option.arrives_by is not None and need_by is not None and option.arrives_by > need_by,
    )


def _held(row: models.Holding) -> Held:
    return Held(
        what=row.what,
        where=row.where,
        value=Money(row.currency, row.value) if row.currency and row.value is not None else None,
        since=row.since,
        returned_at=row.returned_at,
        evidence=row.evidence,
    )


def _has_others(link: models.Link) -> bool:
    """Return whether the customer has a code that came from no remedy: from a programme, or as a courtesy."""
    own = Q(case=None) | Q(case=link.case_id, remedy=None)
    return models.Code.objects.filter(own, customer=link.customer_id).exists()


def _codes(link: models.Link, *, held: datetime | None) -> Iterable[Code]:
    """Yield the codes that came from this case or from a programme: ours, then those of somebody else's shop.

    While his address cools off (`held`) he sees that they are there, and not how they are typed.
    """
    assert link.customer is not None
    for row in codes_read.of_customer(link.customer).filter(Q(case=link.case_id) | Q(case=None)):
        end = row.entitlement
        yield Code(
            title=row.title,
            text="" if held else codes_read.text_of(row),
            value=Money(row.currency, row.value),
            left=Money(row.currency, row.left),
            expires_at=end.expires_at if end and end.frozen_at is None else None,
            frozen=bool(end and end.frozen_at is not None),
            over=row.state != State.OPEN,
            single=row.single,
        )
    for order in orders.of_case(link.case).filter(kind__in=CODES, remedy__customer=link.customer_id):
        if text := orders.code_of(order):
            value = Money(order.currency, order.minor) if order.currency and order.minor is not None else None
            shown = "" if held else text
            yield Code(title=order.title, text=shown, value=value, left=None, expires_at=None, frozen=False, over=False)
