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
from makegood.rules import refusals
from makegood.rules import remedies as rules
from makegood.rules.remedies import Step

from . import letters, orders, payouts
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
    """The customer chooses on his own page, and may choose another for as long as the policy says."""
    with deciding(link.case_id, now=now, actor="customer") as d:
        _choose(d, number, option, words, by=None, now=now)


def choose(case_id: int, number: int, option: str, *, by: models.Staff, now: datetime, words: str = "") -> None:
    """Write down what he chose on the telephone."""
    with _deciding(case_id, by, now=now) as d:
        _choose(d, number, option, words, by=by, now=now)


def _choose(d: Decision, number: int, option: str, words: str, *, by: models.Staff | None, now: datetime) -> None:
    row = row_of(d, number)
    fact, said = d.u.case.remedy(number), cards.mask(words.strip())[:_SAID]
    anew = fact.step is Step.OFFERED or (fact.changeable(now) and row.chosen_words != said)
    if fact.chosen == option and not anew:
        return  # A double click: he chose this.
    rules.accept(d.u, number=number, option=option, words_hash=words_hash(said), at=now, by=by.pk if by else None)
    models.Remedy.objects.filter(pk=row.pk).update(chosen_words=said)
    crashpoint("remedy.after_choice")
    _order_or_wait(d, row, now=now)


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
    option = row.options.get(key=chosen)
    payouts.refuse_while_cooling(d, kind=fact.kind_of(chosen), means=option.means, now=now)
    rules.order(
        d.u, number=row.number, key=str(row.key), by=by.pk if by else None, at=now, arrives_at=option.arrives_by
    )
    row.chosen = chosen
    crashpoint("remedy.before_order")
    orders.place([(row, d)], now=now)
    crashpoint("remedy.after_order")


def _order_or_wait(d: Decision, row: models.Remedy, *, now: datetime) -> None:
    """Order what he chose, or note when the watch does: he may still change it, or money cools off (A-60)."""
    fact = d.u.case.remedy(row.number)
    chosen = fact.chosen or fact.options[0]
    means = row.options.get(key=chosen).means
    held = payouts.held_until(d.row.customer_id, kind=fact.kind_of(chosen), means=means, now=now)
    changes = fact.stands_at if fact.changeable(now) and d.u.case.need_by is None else None
    if waits := [at for at in (held, changes) if at is not None]:
        models.Remedy.objects.filter(pk=row.pk).update(order_at=max(waits))
    else:
        _order(d, row, by=None, now=now)


def next_to_order(*, now: datetime) -> models.Remedy | None:
    """Return the choice that has waited longest and waits no more."""
    return models.Remedy.objects.filter(order_at__lte=now).order_by("order_at", "pk").first()


def order_chosen(waited: models.Remedy, *, now: datetime) -> None:
    """Order what he chose, unless it has to wait longer or somebody ordered it in the meantime."""
    with deciding(waited.case_id, now=now, actor="watch") as d:
        row = row_of(d, waited.number)
        if row.order_at is not None and row.order_at <= now:
            _order_or_wait(d, row, now=now)


def wait_longer(waited: models.Remedy, *, until: datetime) -> None:
    """Leave a choice that made us fail alone for a while; its own clock goes on."""
    models.Remedy.objects.filter(pk=waited.pk, order_at__isnull=False).update(order_at=until)


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
    """Take it back: before he was told of it, or after it was ordered.

    What had left stays spent and counted: only a code that nobody used is ours again at once.
    """
    with _deciding(case_id, by, now=now) as d:
        ours_again = orders.take_back(row_of(d, number), now=now)
        rules.reverse(d.u, number=number, why=why[:300], lost=not ours_again, by=by.pk, at=now)
