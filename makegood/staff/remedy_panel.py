"""The wish, what each side holds, and "Make it right": what the asides of a case are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from makegood.desk import models
from makegood.rules import items
from makegood.rules.cases import Case
from makegood.rules.catalogue import WORDS, Failure, RemedyKind, Suggestion, suggest
from makegood.rules.codes import State
from makegood.rules.escalation import House
from makegood.rules.money import Money
from makegood.rules.policy import Policy
from makegood.rules.remedy_steps import Step
from makegood.ui import money
from makegood.ui.remedies import kind
from makegood.ui.ribbon import Form, Ribbon

from . import giving, remedy_words, words
from .drawn import ribbon_of
from .remedy_words import Verb
from .words import Sign

SUGGESTED = 7
"""So many suggestions stand on the case itself; the page behind them has all."""


@dataclass(frozen=True, kw_only=True)
class Wished:
    """What is known of the wish."""

    said: models.Wish | None
    older: Sequence[models.Wish]
    asked_at: datetime | None
    passed: str
    """Why somebody goes on without it; empty where nobody does."""
    gate: bool
    """Whether an offer still waits for it."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """Something of the customer's that we hold or held."""

    row: models.Holding
    value: Money | None


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """Both sides of the balance."""

    held: Sequence[Held]
    returned: Sequence[Held]
    theirs: Sequence[str]
    """What they have of ours: what was made right and reached them."""

    @property
    def alarm(self) -> bool:
        """Whether we hold something, and they nothing."""
        return bool(self.held) and not self.theirs


@dataclass(frozen=True, kw_only=True)
class Option:
    """One of the things to choose from."""

    row: models.RemedyOption
    cost: Money
    chosen: bool
    late: bool
    """Whether it comes after they need it."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One remedy with its step, its clock and what may be done."""

    row: models.Remedy
    title: str
    sign: Sign
    options: Sequence[Option]
    line: str
    ribbon: Ribbon | None = None
    clock: str = ""
    verbs: Sequence[Verb] = ()
    stands_at: datetime | None = None
    """Until when they may choose another."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much the reader may give here, as a bar and a sentence."""

    bar: SafeString
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """An entry of the catalogue that fits this failure."""

    key: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One of the things that the case is about."""

    number: int
    what: str
    right: bool
    settled: bool
    under_way: bool
    """Whether something for it waits for a yes, is offered, or on its way."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What "Make it right" shows."""

    remedies: Sequence[Drawn]
    limits: Limits | None
    items: Sequence[Thing] = field(default_factory=tuple)
    suggestions: Sequence[Suggested] = field(default_factory=tuple)
    under_way: bool = False
    """Whether something is on its way already that has not failed: what else there is stays folded then."""
    second_failure: str = ""


def context(
    reader: models.Staff,
    row: models.Case,
    folded: Case,
    surroundings: House,
    promises: Iterable[models.Promise],
    *,
    now: datetime,
) -> dict[str, Any]:
    """Return everything the three asides need."""
    remedies = list(
        row.remedies.select_related("proposed_by", "approved_by").prefetch_related("options").order_by("number")
    )
    return {
        "wish": _wished(row, folded),
        "holdings": _holdings(row, remedies),
        "right": _panel(reader, row, folded, surroundings, remedies, promises, now=now),
        "currency": surroundings.policy.currency,
    }


def _wished(row: models.Case, folded: Case) -> Wished:
    wishes = list(row.wishes.select_related("staff"))
    passed = ""
    if folded.wish_passed and not wishes:
        entry = row.journal.filter(name="wish.passed").last()
        passed = str(entry.facts.get("why", "")) if entry else ""
    return Wished(
        said=wishes[-1] if wishes else None,
        older=wishes[:-1],
        asked_at=folded.wish_asked_at,
        passed=passed,
        gate=folded.wish_at is None and not folded.wish_passed,
    )


def _holdings(row: models.Case, remedies: Iterable[models.Remedy]) -> Holdings:
    all_held = [Held(row=one, value=_value(one)) for one in row.holdings.all()]
    there = [one for one in remedies if one.step in (Step.DELIVERED, Step.CONFIRMED) and _is_thing(one)]
    # A code that was redeemed, or taken back, is nothing they hold any more.
    over = set(row.codes.exclude(state=State.OPEN).values_list("remedy", flat=True)) if there else set()
    theirs = [title(one) for one in there if one.pk not in over]
    return Holdings(
        held=[one for one in all_held if one.row.returned_at is None],
        returned=[one for one in all_held if one.row.returned_at is not None],
        theirs=theirs,
    )


def _value(holding: models.Holding) -> Money | None:
    return Money(holding.currency, holding.value) if holding.currency and holding.value is not None else None


def _is_thing(row: models.Remedy) -> bool:
    """Whether a remedy is something one can hold, and not a word."""
    return _kind_of(row) not in (RemedyKind.APOLOGY, RemedyKind.EXPLANATION)


def _kind_of(row: models.Remedy) -> str:
    return next((o.kind for o in row.options.all() if o.key == row.chosen), row.kind)


# ── remedies ─────────────────────────────────────────────────────────────────


def _panel(
    reader: models.Staff,
    row: models.Case,
    folded: Case,
    surroundings: House,
    remedies: Sequence[models.Remedy],
    promises: Iterable[models.Promise],
    *,
    now: datetime,
) -> Panel:
    clocks, policy = _clocks(folded, promises), surroundings.policy
    return Panel(
        remedies=[draw(one, clocks.get(one.number), folded, policy, reader=reader, now=now) for one in remedies],
        limits=_limits(reader, row, surroundings, now=now) if row.open else None,
        items=[
            Thing(
                number=each.number,
                what=each.what,
                right=items.is_right(folded, each),
                settled=each.settled,
                under_way=_under_way(folded, each.number),
            )
            for each in folded.items
        ],
        suggestions=_suggestions(policy) if row.open else (),
        under_way=any(remedy.undone and remedy.step is not Step.FAILED for remedy in folded.remedies),
        second_failure=after_failures(folded.failed_remedies) if row.open else "",
    )


def _under_way(folded: Case, item: int) -> bool:
    return any(remedy.undone and remedy.item == item for remedy in folded.remedies)


def _clocks(folded: Case, promises: Iterable[models.Promise]) -> dict[int, models.Promise]:
    """The running clock of each remedy, by the remedy's number."""
    rows = {p.number: p for p in promises}
    return {p.remedy: rows[p.number] for p in folded.outstanding() if p.remedy is not None and p.number in rows}


def draw(
    row: models.Remedy,
    promise: models.Promise | None,
    folded: Case,
    policy: Policy,
    *,
    reader: models.Staff,
    now: datetime,
) -> Drawn:
    """Return one remedy as the case shows it."""
    options = [
        Option(
            row=option,
            cost=Money(row.currency, option.cost),
            chosen=option.key == row.chosen,
            late=too_late(option.arrives_by, folded.need_by),
        )
        for option in row.options.all()
    ]
    return Drawn(
        row=row,
        title=title(row),
        sign=remedy_words.sign(row),
        options=options,
        line=_line(row),
        ribbon=ribbon_of(promise, now=now, form=Form.THIN) if promise else None,
        clock=words.clock_title(promise.kind, policy) if promise else "",
        verbs=remedy_words.verbs(row, reader=reader, chooses=len(options) > 1 and not row.chosen),
        stands_at=folded.remedy(row.number).stands_at,
    )


def title(row: models.Remedy) -> str:
    """Return what a remedy is: the chosen option, the only one, or that there is a choice."""
    options = list(row.options.all())
    found = next((o.title for o in options if o.key == row.chosen), "")
    if not found and len(options) == 1:
        found = options[0].title
    if not found and options:
        found = _("A choice of {n}").format(n=len(options))
    return found or kind(row.kind)


def _line(row: models.Remedy) -> str:
    """What it costs, and by whose authority."""
    parts = [_("Costs us {cost}.").format(cost=money.said(Money(row.currency, row.cost)))]
    if row.proposed_by is None:
        parts.append(_("Given to everybody whom an incident hit."))
    elif row.approved_by and row.approved_by != row.proposed_by:
        by = _("Proposed by {who}, approved by {other}.")
        parts.append(by.format(who=row.proposed_by.name, other=row.approved_by.name))
    else:
        parts.append(_("Proposed by {who}.").format(who=row.proposed_by.name))
    if row.before_wish:
        parts.append(_("Before the wish was known."))
    return " ".join(parts)


def too_late(arrives_by: datetime | None, need_by: datetime | None) -> bool:
    """Return whether something comes after the customer needs it."""
    return arrives_by is not None and need_by is not None and arrives_by > need_by


def after_failures(failed: int) -> str:
    """Return what it means that remedies failed here before; empty where none did."""
    if failed >= 3:
        return _("Three remedies have failed here. An executive decides the next one.")
    if failed == 2:
        return _("Two remedies have failed here. The next one is a choice of two at least, or the money back.")
    if failed == 1:
        return _("A remedy has failed here. A second failure does more harm than the first.")
    return ""


# ── what one may give ────────────────────────────────────────────────────────


def _limits(reader: models.Staff, row: models.Case, surroundings: House, *, now: datetime) -> Limits | None:
    purse = giving.purse(reader, row, surroundings, now=now)
    if purse is None:
        return None
    return Limits(bar=purse.bar(), sentence=purse.sentence())


def _suggestions(policy: Policy) -> list[Suggested]:
    found = suggest(Failure.BOTH, kept=True, price=None, entries=policy.remedies, currency=policy.currency)
    ours = [one for one in found if one.entry.kind is not RemedyKind.CUSTOM]
    return [suggested(one) for one in sorted(ours, key=lambda s: s.entry.kind in WORDS)][:SUGGESTED]


def suggested(one: Suggestion) -> Suggested:
    """Return an entry of the catalogue with a line about it."""
    language = get_language() or "en"
    if one.cost is None:
        cost = _("Costs us what they paid, or a part of it.")
    elif one.cost:
        cost = _("Costs us {cost}.").format(cost=money.said(one.cost))
    else:
        cost = pgettext("remedy", "Costs us nothing.")
    days = one.entry.within_days
    reach = ngettext("With them {n} day after it is ordered.", "With them {n} days after it is ordered.", days)
    about = f"{cost} {reach.format(n=days)}" if days else cost
    return Suggested(key=one.entry.key, title=one.entry.title_in(language.partition("-")[0]), about=about)
