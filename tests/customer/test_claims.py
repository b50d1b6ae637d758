"""What he may claim that is no code of ours, and the tick for reminders, on his own page."""

from __future__ import annotations

from datetime import timedelta

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, entitlements, programmes
from makegood.desk.actions.entitlements import Grant
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from makegood.rules.programmes import Terms

from .visitor import DOLORES, Writer, letter, march, visit

AT = march(3, 12)
TERMS = Terms(percent=20, value=Money("USD", 5_000), scope=frozenset({"packs"}), days=30)


def given(cast: Cast, *who: Writer, text: str = "") -> models.Case:
    """A case whose customer holds a coupon of another shop from a programme, and a code."""
    case = letter(cast, *who, at=march(2, 10), text=text)
    programme = programmes.start(
        "trade-in", "Packs for packs", text="x", terms=TERMS, owner=cast.ruth, by=cast.ruth, now=march(1, 9)
    )
    entrant = programmes.enter(
        programme, customer=case.customer, entered_at=AT, reference="parcel 1", by=cast.priya, now=AT
    )
    entitlements.issue(entrant, Grant(title="Old pack coupon", terms=TERMS), by=cast.ruth, now=AT)
    wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 9_000)))
    codes.issue(wanted, customer=case.customer, case=case, now=AT)
    return case


def test_what_he_may_claim_stands_there_with_until_when_and_that_it_stands_still(cast: Cast) -> None:
    case = given(cast)
    words = visit(case, now=AT).words()
    assert "What else is yours" in words
    assert "Old pack coupon good 20 % off. At most: $50.00. For: packs . From: Packs for packs ." in words
    assert "Good until Thu 2 Apr." in words
    pk = models.Entitlement.objects.get(code=None).pk
    entitlements.freeze(pk, case=case, by=cast.priya, now=AT + timedelta(days=1))
    assert "Its end stands still while your case is open." in visit(case, now=AT + timedelta(days=1)).words()


def test_he_ticks_that_he_wants_reminders_and_takes_it_away_and_looking_does_neither(cast: Cast) -> None:
    case = given(cast)
    visitor = visit(case, now=AT)
    assert 'name="remind" value="on">' in visitor.get().content.decode()
    assert visitor.get("reminders/").status_code == 405
    assert visitor.post("reminders/", proof="forged", remind="on").status_code == 403
    customer = models.Customer.objects.get(pk=case.customer_id)
    assert customer.reminders_at is None

    assert visitor.post("reminders/", remind="on").status_code == 303

    customer.refresh_from_db()
    assert customer.reminders_at == AT
    assert 'value="on" checked>' in visitor.get().content.decode()
    assert visitor.post("reminders/").status_code == 303
    customer.refresh_from_db()
    assert customer.reminders_at is None


def test_it_is_said_in_spanish(cast: Cast) -> None:
    words = visit(given(cast, DOLORES, text="Pedí dos tiendas y sólo llegó una."), now=AT).words()
    assert "20 % de descuento." in words
    for english in ("What else is yours", "At most:", "Reminders of your codes", "Once before", "From:"):
        assert english not in words, english
