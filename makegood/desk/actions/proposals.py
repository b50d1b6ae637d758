"""Proposing a remedy: at once within one's authority, else for somebody above to approve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from makegood.desk import access, models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries import catalogue
from makegood.desk.queries.given import beneficiary
from makegood.desk.queries.remedy_seals import seal
from makegood.language import cards, tone
from makegood.rules import authority, refusals, remedies
from makegood.rules.catalogue import Entry, RemedyKind, least_cost
from makegood.rules.money import Money
from makegood.rules.policy import Policy, Role

from . import notices, payouts, rows, sums
from .record import Decision, deciding
from .wanted import Choice, Wanted
from .written_remedies import follow


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A choice with everything that the catalogue says about it filled in."""

    choice: Choice
    entry: Entry | None
    key: str
    kind: str
    title: str
    cost: Money
    value: Money

    @property
    def budget(self) -> str:
        return self.entry.budget if self.entry else ""


def propose(case_id: int, wanted: Wanted, *, by: models.Staff, now: datetime) -> int:
    """Propose a remedy and return its number. Within the proposer's authority it is approved at once.

    The same form sent again returns the same number. Raises what `rules.remedies.propose` raises, and
    OwnRequest for somebody who would give to himself.
    """
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        if (known := _proposed_already(d, wanted)) is not None:
            return known
        if beneficiary(d.row.customer) == by.pk:
            raise refusals.OwnRequest(sentence="This would be for you. Somebody else must propose it.")
        filled = fill_in(wanted, d.u.house.policy, language=d.row.language)
        budget = sums.lock(d, by, wanted.budget or dearest(filled).budget, now=now)
        crashpoint("remedy.after_lock")
        allowed = sums.verdict(d, dearest(filled).cost, by, budget, now=now)
        remedy = drafted(d, wanted, filled, allowed=allowed, budget=budget, by=by, incident=None, now=now)
        remedy.above_first = sums.above_first_handler(d, dearest(filled).cost, now=now)
        keep([(remedy, filled)])
        _propose_for_the_catalogue(d, filled, now=now)
        number = remedy.number
        if allowed.needs is not None:
            _tell_approvers(d, number, by, allowed, now=now)
    return number


def _proposed_already(d: Decision, wanted: Wanted) -> int | None:
    """Return the number of the remedy that this very form has proposed before: a double click, or a retry."""
    known = models.Remedy.objects.filter(key=wanted.key).values_list("case", "number").first()
    if known is None:
        return None
    if known[0] != d.row.pk:
        raise refusals.NotARemedy("This form belongs to another case.")
    return int(known[1])


def drafted(
    d: Decision,
    wanted: Wanted,
    filled: Sequence[Filled],
    *,
    allowed: authority.Verdict,
    budget: models.Budget | None,
    by: models.Staff | None,
    incident: int | None,
    now: datetime,
) -> models.Remedy:
    """Let the rules propose it, and return its row, for `keep`. Part of a decision whose sums are locked."""
    _refuse_review(wanted)
    for each in filled:
        if each.kind == RemedyKind.REFUND or each.choice.means:
            payouts.use_means(d, each.choice.means, by=by, now=now)
        if each.choice.stock == 0:
            raise refusals.NotARemedy(f"“{each.title}” is sold out. Offer something that there is.")
    words = cards.mask(wanted.words.strip())
    number = remedies.propose(
        d.u,
        remedies.Proposal(
            failure=wanted.failure,
            currency=filled[0].cost.currency,
            options=tuple(
                remedies.Option(key=f.key, kind=f.kind, cost=f.cost.minor, value=f.value.minor) for f in filled
            ),
            words_hash=seal(words, [(f.key, f.title[:200], f.choice.description) for f in filled]),
            why=wanted.why.strip()[:300],
            ancestor=wanted.ancestor,
            incident=incident,
            item=wanted.item,
        ),
        allowed=allowed,
        by=by.pk if by else None,
        at=now,
    )
    return _row(d, number, wanted, words, budget=budget, now=now)


def keep(new: Sequence[tuple[models.Remedy, Sequence[Filled]]]) -> None:
    """Write the rows of new remedies and of their options beside the events."""
    rows.create([row for row, _ in new])
    rows.create([_option(row, nth, each) for row, filled in new for nth, each in enumerate(filled, start=1)])


def _row(
    d: Decision, number: int, wanted: Wanted, words: str, *, budget: models.Budget | None, now: datetime
) -> models.Remedy:
    fact = d.u.case.remedy(number)
    row = models.Remedy(
        case=d.row,
        number=number,
        key=wanted.key,
        kind=fact.kind,
        failure=fact.failure,
        customer=d.row.customer,
        currency=fact.currency,
        needs=fact.needs,
        proposed_by_id=fact.proposed_by,
        proposed_at=fact.proposed_at,
        given_by_id=fact.proposed_by,
        given_at=now,
        words=words,
        why=wanted.why.strip()[:300],
        custom=fact.custom,
        before_wish=fact.before_wish,
        ancestor=fact.ancestor,
        incident=fact.incident,
        item=fact.item,
        about=next((item.what for item in d.u.case.items if item.number == fact.item), ""),
        budget=budget,
    )
    follow(row, fact, d.u.house.policy)
    return row


def _option(row: models.Remedy, nth: int, filled: Filled) -> models.RemedyOption:
    choice, entry = filled.choice, filled.entry
    return models.RemedyOption(
        remedy=row,
        nth=nth,
        key=filled.key,
        catalogue=choice.catalogue,
        kind=filled.kind,
        connector=entry.connector if entry else "by_hand",
        evidence_by=str(entry.evidence) if entry else "staff",
        title=filled.title[:200],
        description=choice.description,
        cost=filled.cost.minor,
        value=filled.value.minor,
        arrives_by=choice.arrives_by,
        stock=choice.stock,
        means=choice.means[:200],
    )


# ── what the catalogue says ──────────────────────────────────────────────────


def fill_in(wanted: Wanted, policy: Policy, *, language: str) -> list[Filled]:
    """Return the choices with what the catalogue says of them. Raises NotARemedy for what can't be read."""
    if not wanted.choices:
        raise refusals.NotARemedy("Say what it is.")
    found: list[Filled] = []
    for choice in wanted.choices:
        entry = policy.remedies.get(choice.catalogue or "custom")
        if choice.catalogue and entry is None:
            raise refusals.NotARemedy(f"The catalogue has no “{choice.catalogue[:40]}”.")
        found.append(_filled(choice, entry, wanted.price, policy, [f.key for f in found], language))
    if len({f.cost.currency for f in found} | {f.value.currency for f in found}) > 1:
        raise refusals.NotARemedy("All options must be in one currency.")
    return found


def _filled(
    choice: Choice, entry: Entry | None, price: Money | None, policy: Policy, taken: list[str], language: str
) -> Filled:
    title = choice.title.strip() or (entry.title_in(language) if entry else "")
    custom = entry is None or entry.kind is RemedyKind.CUSTOM
    cost = choice.cost if choice.cost is not None or custom or not entry else entry.cost.of(price, policy.currency)
    if not title or (custom and not choice.title.strip()):
        raise refusals.NotARemedy("Say what it is.")
    if cost is None:
        raise refusals.NotARemedy(f"“{title}”: say what it costs us, or what he paid.")
    worth = authority.in_house(cost, policy)
    if entry and entry.most is not None and worth is not None and worth.minor > entry.most:
        most = Money(policy.currency, entry.most).plain()
        raise refusals.NotARemedy(f"“{title}” may cost {most} at most, as the catalogue says.")
    value = choice.value or (None if custom or not entry else entry.value.of(price, policy.currency)) or cost
    kind = str(entry.kind) if entry else choice.kind or "custom"
    if value.currency != cost.currency:
        value = cost
    if kind == RemedyKind.REFUND and cost != value:
        raise refusals.NotARemedy("A refund gives back what it costs us: write the same sum for both.")
    if cost < (least := least_cost(kind, entry, value)):
        raise refusals.NotARemedy(f"“{title}” is worth {value.plain()}, so it costs us {least.plain()} at least.")
    return Filled(
        choice=choice,
        entry=entry,
        key=_key(choice.catalogue or "custom", taken),
        kind=kind,
        title=title,
        cost=cost,
        value=value,
    )


def _key(name: str, taken: list[str]) -> str:
    """Return a key that no earlier option has: `code`, then `code#2`."""
    times = sum(key.partition("#")[0] == name for key in taken)
    return f"{name}#{times + 1}" if times else name


def dearest(filled: Sequence[Filled]) -> Filled:
    """Return the choice by whose cost authority and budget are judged."""
    return max(filled, key=lambda f: f.cost.minor)


def _refuse_review(wanted: Wanted) -> None:
    texts = [wanted.words, wanted.why, *(t for c in wanted.choices for t in (c.title, c.description))]
    if any(tone.hangs_on_review(text) for text in texts):
        raise refusals.RemedyForReview


def _tell_approvers(d: Decision, number: int, by: models.Staff, allowed: authority.Verdict, *, now: datetime) -> None:
    """Tell those of the role it needs that something waits for them; their clock is a promise of the policy."""
    if allowed.needs is None:
        return
    people = d.u.house.people.of_role(allowed.needs, team=d.row.team.name if d.row.team else "")
    told = [p.id for p in people if p.here(now) and p.id != by.pk]
    staff = models.Staff.objects.filter(pk__in=told)
    facts: dict[str, object] = {"number": number, "who": by.name, "reasons": list(allowed.reasons)}
    notices.tell(staff, case=d.row, kind="remedy.waits", facts=facts, now=now)


def _propose_for_the_catalogue(d: Decision, filled: Sequence[Filled], *, now: datetime) -> None:
    """Tell the heads of service once when something was given by hand for the second time."""
    for each in filled:
        if each.kind == RemedyKind.CUSTOM and catalogue.of_kind(each.title).count() == catalogue.TWICE:
            heads = models.Staff.objects.filter(role=str(Role.HEAD), is_active=True)
            notices.tell(heads, case=d.row, kind="remedy.twice", facts={"title": each.title}, now=now)
