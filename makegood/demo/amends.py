"""How the bad weeks are made good: wishes, offers, one remedy that failed, too, a code, and what we hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from makegood.desk import models
from makegood.desk.actions import approvals, holdings, links, remedies, wishes
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.rules.money import Money

from .weeks import Weeks


def dollars(amount: str) -> Money:
    """Return an amount of the demo: `dollars("219.00")`."""
    whole, _, rest = amount.partition(".")
    return Money("USD", int(whole) * 100 + int(rest or 0))


def case_of(name: str) -> models.Case:
    """Return the case of somebody of the demo."""
    return models.Case.objects.get(customer__name=name)


def wanted(case: models.Case, *choices: Choice, **more: object) -> Wanted:
    """Return a proposal whose key is the same in every telling."""
    key = uuid5(NAMESPACE_URL, f"demo {case.number} {case.remedies.count()}")
    return Wanted(key=key, failure="outcome", choices=choices, **more)  # type: ignore[arg-type]  # as `Wanted` has them


def his_page(case: models.Case, *, now: datetime) -> models.Link:
    """Return a private link of the customer's, as his mail has one."""
    secret = links.make(case, models.Link.Purpose.PAGE, customer=case.customer, now=now)
    link = links.open_link(secret, models.Link.Purpose.PAGE, now=now)
    assert link is not None
    return link


# ── Rosalía: the replacement failed, too; then she gets a choice ─────────────


def rosalia_is_promised_a_new_one(weeks: Weeks, at: datetime) -> None:
    """Her pack is with us; she says what she wants; a new one is promised and never leaves."""
    case, priya = case_of("Rosalía Quintero"), weeks.cast.priya
    holdings.take(
        case.pk, what="Fell 45, slate", where="repair bench, shelf 3", value=dollars("219.00"), by=priya, now=at
    )
    words = (
        "A pack I can trust before we leave on the 21st, same size. I don’t want to fight with a buckle on the trail."
    )
    wishes.say(case.pk, words=words, door="mail", by=priya, now=at)
    new = Choice(catalogue="replacement", title="A new Fell 45, slate", cost=dollars("131.00"), stock=1)
    number = remedies.propose(
        case.pk,
        wanted(case, new, words="A new one leaves here tomorrow.", price=dollars("219.00")),
        by=priya,
        now=at + timedelta(minutes=2),
    )
    remedies.offer(case.pk, number, by=priya, now=at + timedelta(minutes=3))
    later = at + timedelta(hours=4)
    weeks.until(later)
    remedies.choose_by_customer(his_page(case, now=later), number, "replacement", now=later)


def rosalia_chooses_anew(weeks: Weeks, at: datetime) -> None:
    """The last Fell 45 had gone to somebody else. What failed is said to have failed, and she gets a choice."""
    case, priya = case_of("Rosalía Quintero"), weeks.cast.priya
    why = "Our stock count was wrong by one: the last Fell 45 had gone to another order."
    remedies.fail(case.pk, 1, why=why, by=priya, now=at)
    choices = (
        Choice(
            catalogue="substitute",
            title="A Fell 48 with the steel buckle",
            description="Same back length as yours, 3 litres larger. Nothing to pay. Two set aside for you.",
            cost=dollars("124.00"),
            value=dollars("219.00"),
            arrives_by=at + timedelta(days=6),
            stock=2,
        ),
        Choice(
            catalogue="choose_any",
            title="A Harrow 42",
            description="Lighter, steel buckle, no rain cover. Nothing to pay.",
            cost=dollars("131.00"),
            value=dollars("219.00"),
            arrives_by=at + timedelta(days=6),
            stock=6,
        ),
    )
    again = wanted(case, *choices, ancestor=1, words="Choose what suits you. Both have a steel buckle.")
    number = remedies.propose(case.pk, again, by=priya, now=at + timedelta(minutes=5))
    # With what the failed one cost it is more than Priya may give on one case.
    approvals.approve(case.pk, number, by=weeks.cast.marta, now=at + timedelta(minutes=12))
    until = at + timedelta(days=7)
    remedies.offer(case.pk, number, by=priya, expires_at=until, now=at + timedelta(minutes=15))


# ── the others ───────────────────────────────────────────────────────────────


def freya_chose(weeks: Weeks, at: datetime) -> None:
    """Something of our own making, with a reason, and on its way."""
    case, priya = case_of("Freya Whitcombe"), weeks.cast.priya
    wishes.say(case.pk, words="That the gift reaches her with my note before Friday.", door="mail", by=priya, now=at)
    note = Choice(
        title="A new one, with your note in our hand",
        description="By courier, to your sister’s door.",
        cost=dollars("58.00"),
        arrives_by=at + timedelta(days=3),
    )
    number = remedies.propose(
        case.pk, wanted(case, note, why="The note was left out twice; a third machine would forget it."),
        by=priya, now=at,
    )  # fmt: skip
    remedies.offer(case.pk, number, by=priya, now=at + timedelta(minutes=1))
    later = at + timedelta(hours=1)
    weeks.until(later)
    remedies.choose_by_customer(
        his_page(case, now=later), number, "custom", words="Please sign it “Freya and the boys”.", now=later
    )
    remedies.ship(case.pk, number, reference="courier 77-204", by=priya, now=later + timedelta(hours=1))


def hanne_has_her_money(weeks: Weeks, at: datetime) -> None:
    """Charged twice: paid back, and she says that it is right."""
    case, tom = case_of("Hanne Lindqvist"), weeks.cast.tom
    wishes.say(case.pk, words="The second $89.00 back on my card.", door="mail", by=tom, now=at)
    back = Choice(
        catalogue="refund", title="The second $89.00, back on your card", cost=dollars("89.00"), means="card 88-1934"
    )
    number = remedies.propose(case.pk, wanted(case, back, price=dollars("89.00")), by=tom, now=at)
    remedies.offer(case.pk, number, by=tom, now=at + timedelta(minutes=1))
    later = at + timedelta(minutes=40)
    weeks.until(later)
    link = his_page(case, now=later)
    remedies.choose_by_customer(link, number, "refund", now=later)
    remedies.deliver(case.pk, number, evidence="refund 5512 of the bank", by=tom, now=later + timedelta(hours=2))
    remedies.confirm_by_customer(link, number, now=later + timedelta(hours=3))


def kwame_has_a_deposit_with_us(weeks: Weeks, at: datetime) -> None:
    """We hold his money and he holds nothing."""
    case, luis = case_of("Kwame Asante"), weeks.cast.luis
    holdings.take(
        case.pk, what="the deposit for the rental tent", where="till account", value=dollars("60.00"), by=luis, now=at
    )
    wishes.ask(case.pk, by=luis, now=at)


def oddnys_refund_waits_for_a_yes(weeks: Weeks, at: datetime) -> None:
    """Above one person's authority: it waits for somebody's yes, on a clock of its own."""
    case, tom = case_of("Oddny Hauge"), weeks.cast.tom
    wishes.say(case.pk, words="My money. I have asked twice.", door="mail", by=tom, now=at)
    back = Choice(
        catalogue="refund", title="Everything you paid, back on your card", cost=dollars("412.00"), means="card 88-2041"
    )
    why = "Cancelled within the hour, twelve days ago; five working days were promised."
    remedies.propose(case.pk, wanted(case, back, why=why, price=dollars("412.00")), by=tom, now=at)


def piotr_has_a_code(weeks: Weeks, at: datetime) -> None:
    """The code that was refused at the till is given again, for any product and without an end."""
    case, luis = case_of("Piotr Zając"), weeks.cast.luis
    wishes.say(
        case.pk, words="The discount your mail promised, on any tent, without a scene.", door="mail", by=luis, now=at
    )
    code = Choice(catalogue="code", title="A code for any product up to $40.00")
    number = remedies.propose(
        case.pk, wanted(case, code, why="The mail said any tent.", price=dollars("40.00")), by=luis, now=at
    )
    remedies.order(case.pk, number, by=luis, now=at + timedelta(minutes=1))
