"""Making it good: offered, chosen, ordered, on its way, there, confirmed; or declined, failed, taken back.

Every verb is one transaction in which the case's journal, the remedy's row, the books, the order and the word to
people are written together (`record`). Whatever a connector or the customer says twice is said once: a step that
was taken is refused, or where a machine may try again, answered with what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from makegood.desk import access, models
from makegood.desk.crashpoints import crashpoint
from makegood.language import cards, tone
from makegood.rules import authority, refusals
from makegood.rules import remedies as rules
from makegood.rules.remedies import Step

from . import letters, orders, payouts, proposals, sums
from .promises import words_hash
from .proposals import propose as propose
from .record import Decision, deciding
from .wanted import Choice as Choice
from .wanted import Wanted as Wanted

_SAID = 500
"""How much of what he says beside his choice is kept."""


@contextmanager
def _deciding(case_id: int, by: models.Staff | None, *, now: datetime, actor: str = "program") -> Iterator[Decision]:
    """Take hold of a case on behalf of a member of staff, or of the program where there is none."""
    if by is not None:
        case_id, actor = access.case_by_id(by, case_id).pk, "staff"
    with deciding(case_id, now=now, actor=actor) as d:
        yield d


def row_of(d: Decision, number: int) -> models.Remedy:
    """Return the row of a remedy of this case. Raises NoSuchRemedy."""
    found = models.Remedy.objects.select_related("budget").filter(case=d.row, number=number).first()
    if found is None:
        raise refusals.NoSuchRemedy
    return found


# ── offered and chosen ───────────────────────────────────────────────────────


def offer(
    case_id: int,
    number: int,
    *,
    by: models.Staff | None,
    now: datetime,
    text: str = "",
    contact: int | None = None,
    expires_at: datetime | None = None,
    although_late: bool = False,
) -> None:
    """Offer an approved remedy: on the customer's page, and with `text` by a letter, too.

    `contact` is a letter that offers it already. Raises ComesTooLate, RemedyForReview.
    """
    with _deciding(case_id, by, now=now) as d:
        offer_within(
            d, number, by=by, now=now, text=text, contact=contact, expires_at=expires_at, although_late=although_late
        )


def offer_within(
    d: Decision,
    number: int,
    *,
    by: models.Staff | None,
    now: datetime,
    text: str = "",
    contact: int | None = None,
    expires_at: datetime | None = None,
    although_late: bool = False,
) -> None:
    """Offer it as part of a larger decision."""
    if expires_at is not None and expires_at <= now:
        raise refusals.DateIsPast
    if tone.hangs_on_review(text):
        raise refusals.RemedyForReview
    arrives = [o.arrives_by for o in row_of(d, number).options.all()]
    known = [at for at in arrives if at is not None]
    if text.strip() and by is not None:
        contact = letters.write_reply(d, by=by, text=text, kinds=["offer"], now=now).pk
    rules.offer(
        d.u,
        number=number,
        by=by.pk if by else None,
        at=now,
        contact=contact,
        expires_at=expires_at,
        # Late is what comes late whatever he chooses.
        arrives_at=min(known) if known and len(known) == len(arrives) else None,
        although_late=although_late,
    )


def choose_by_customer(link: models.Link, number: int, option: str, *, now: datetime, words: str = "") -> None:
    """The customer chooses on his own page. What can be ordered then is ordered at once."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        _choose(d, number, option, words, by=None, now=now)


def choose(case_id: int, number: int, option: str, *, by: models.Staff, now: datetime, words: str = "") -> None:
    """Write down what he chose on the telephone."""
    with _deciding(case_id, by, now=now) as d:
        _choose(d, number, option, words, by=by, now=now)


def _choose(d: Decision, number: int, option: str, words: str, *, by: models.Staff | None, now: datetime) -> None:
    row = row_of(d, number)
    fact = d.u.case.remedy(number)
    if fact.chosen == option and fact.step is not Step.OFFERED:
        return  # A double click: he chose this.
    said = cards.mask(words.strip())[:_SAID]
    rules.accept(d.u, number=number, option=option, words_hash=words_hash(said), at=now, by=by.pk if by else None)
    models.Remedy.objects.filter(pk=row.pk).update(chosen_words=said)
    if payouts.cooling_until(d.row.customer_id, means=_means(row, option), now=now) is None:
        _order(d, row, by=None, now=now)


def decline_by_customer(link: models.Link, number: int, *, why: str, now: datetime) -> None:
    """The customer does not want it. It is our turn again: what else?"""
    with deciding(link.case_id, now=now, actor="customer") as d:
        rules.decline(d.u, number=number, why=cards.mask(why.strip())[:300], at=now)


def decline(case_id: int, number: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Write down that he does not want it."""
    with _deciding(case_id, by, now=now) as d:
        rules.decline(d.u, number=number, why=cards.mask(why.strip())[:300], at=now, by=by.pk)


# ── carried out ──────────────────────────────────────────────────────────────


def order(case_id: int, number: int, *, by: models.Staff | None, now: datetime) -> None:
    """Let it be carried out, once. Pressed twice, it is ordered once. Raises HisChoice, CoolingOff."""
    with _deciding(case_id, by, now=now) as d:
        row = row_of(d, number)
        if d.u.case.remedy(number).ordered_at is None:
            _order(d, row, by=by, now=now)


def _order(d: Decision, row: models.Remedy, *, by: models.Staff | None, now: datetime) -> None:
    fact = d.u.case.remedy(row.number)
    chosen = fact.chosen or fact.options[0]
    payouts.refuse_while_cooling(d, kind=fact.kind_of(chosen), means=_means(row, chosen), now=now)
    rules.order(d.u, number=row.number, key=str(row.key), by=by.pk if by else None, at=now)
    row.chosen = chosen
    crashpoint("remedy.before_order")
    orders.place(row, d=d, now=now)
    crashpoint("remedy.after_order")


def _means(row: models.Remedy, option: str) -> str:
    return row.options.filter(key=option).values_list("means", flat=True).first() or ""


def ship(case_id: int, number: int, *, reference: str, now: datetime, by: models.Staff | None = None) -> None:
    """It is on its way: a parcel's or a payment's own reference says so."""
    with _deciding(case_id, by, now=now) as d:
        rules.ship(d.u, number=number, reference=reference[:200], at=now, by=by.pk if by else None)


def deliver(case_id: int, number: int, *, evidence: str, now: datetime, by: models.Staff | None = None) -> None:
    """It is there, and this shows it."""
    with _deciding(case_id, by, now=now) as d:
        rules.deliver(d.u, number=number, evidence=evidence[:300], at=now, by=by.pk if by else None)


def confirm(
    case_id: int, number: int, *, evidence: str, now: datetime, by: models.Staff | None = None, weak: bool = True
) -> None:
    """Evidence, or what he said to a member of staff, confirms it. His own word is `confirm_by_customer`."""
    with _deciding(case_id, by, now=now) as d:
        rules.confirm(d.u, number=number, evidence=evidence[:300], at=now, weak=weak, by=by.pk if by else None)


def confirm_by_customer(link: models.Link, number: int, *, now: datetime) -> None:
    """The customer says on his page that he has it and that it is right."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        if row_of(d, number).step != Step.CONFIRMED:
            rules.confirm(d.u, number=number, evidence="page", at=now)


def not_right_by_customer(link: models.Link, number: int, *, why: str, now: datetime) -> None:
    """The customer says that it did not make it right: one rung up, at once."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        row_of(d, number)
        if d.u.case.remedy(number).step is not Step.FAILED:
            said = cards.mask(why.strip())[:300] or "the customer says that it is not right"
            rules.fail(d.u, number=number, why=said, at=now)


def fail(case_id: int, number: int, *, why: str, now: datetime, by: models.Staff | None = None) -> None:
    """Making it right went wrong, too."""
    with _deciding(case_id, by, now=now) as d:
        row_of(d, number)
        rules.fail(d.u, number=number, why=why[:300], at=now, by=by.pk if by else None)


def reverse(case_id: int, number: int, *, why: str, by: models.Staff, now: datetime) -> None:
    """Take it back: before he was told of it, or after it was ordered and the money is ours again."""
    with _deciding(case_id, by, now=now) as d:
        row = row_of(d, number)
        rules.reverse(d.u, number=number, why=why[:300], by=by.pk, at=now)
        orders.take_back(row, now=now)


# ── an incident's ────────────────────────────────────────────────────────────


def grant_by_incident(
    case_id: int,
    wanted: Wanted,
    *,
    incident: int,
    now: datetime,
    contact: int | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Give one affected person the incident's remedy, once, and return its number.

    The incident's own approval stands behind it; its budget holds all the same (BudgetSpent). What needs no
    choice of his is ordered at once, everything else is offered (`contact` is the letter that does).
    """
    with deciding(case_id, now=now, actor="program") as d:
        return grant_within(d, wanted, incident=incident, now=now, contact=contact, expires_at=expires_at)


def grant_within(
    d: Decision,
    wanted: Wanted,
    *,
    incident: int,
    now: datetime,
    contact: int | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Grant it as part of a larger decision on the person's case."""
    known = models.Remedy.objects.filter(incident=incident, customer=d.row.customer_id, ancestor=None, gives=True)
    if (number := known.filter(case=d.row).values_list("number", flat=True).first()) is not None:
        return number
    filled = proposals.fill_in(wanted, d.u.house.policy, language=d.row.language)
    dearest = max(filled, key=lambda f: f.cost.minor)
    budget = sums.lock(d, None, wanted.budget or dearest.budget, now=now)
    allowed = authority.Verdict(short=sums.short_of(d, dearest.cost, budget))
    number = proposals.write(d, wanted, filled, allowed=allowed, budget=budget, by=None, incident=incident, now=now)
    if rules.needs_no_choice(d.u, d.u.case.remedy(number)):
        _order(d, row_of(d, number), by=None, now=now)
    else:
        offer_within(d, number, by=None, now=now, contact=contact, expires_at=expires_at)
    return number
