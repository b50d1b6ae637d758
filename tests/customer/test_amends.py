"""Making it right on his own page: his wish, his choice, what we hold, and whether it is right again."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import cases, holdings, remedies, wishes
from makegood.desk.actions.wanted import Choice, Wanted
from makegood.rules.money import Money
from makegood.watch import orders

from .visitor import DOLORES, Visitor, letter, march, visit, words_of

NOW = march(4, 11)


@pytest.fixture
def case(cast: Cast) -> models.Case:
    return letter(cast, at=march(2, 10))


def usd(amount: int) -> Money:
    return Money("USD", amount)


def offered(cast: Cast, case: models.Case, *, wish: bool = True) -> int:
    """A Fell 48 or the money back, on his page since Tuesday noon."""
    if wish:
        wishes.say(case.pk, words="A pack I can trust.", door="mail", by=cast.priya, now=march(3, 11))
    wanted = Wanted(
        key=uuid4(),
        failure="outcome",
        words="Choose what suits you.",
        why="inner reason",
        choices=(
            Choice(
                catalogue="substitute",
                title="A Fell 48",
                description="Steel buckle, three litres larger.",
                cost=usd(12_400),
                arrives_by=march(10, 20),
                stock=2,
            ),
            Choice(catalogue="refund", title="My money back", cost=usd(21_900), means="88-1973"),
        ),
    )
    number = remedies.propose(case.pk, wanted, by=cast.priya, now=march(3, 12))
    remedies.offer(case.pk, number, by=cast.priya, now=march(3, 12))
    return number


def at(case: models.Case, **later: float) -> Visitor:
    return visit(case, now=NOW + timedelta(**later))


def step_of(case: models.Case, number: int) -> str:
    return models.Remedy.objects.get(case=case, number=number).step


def test_he_says_his_wish_in_his_own_words_and_reads_it_there(case: models.Case) -> None:
    visitor = at(case)
    assert "What would you like to have happen?" in visitor.words()
    assert visitor.post("wish/", text="A pack I can trust\nbefore the 21st.").status_code == 303
    said = case.wishes.get()
    assert (said.words, said.door, said.staff) == ("A pack I can trust\nbefore the 21st.", "page", None)
    assert "You told us: A pack I can trust" in visitor.words()
    assert visitor.post("wish/", text=" ").status_code == 400


def test_nothing_is_chosen_for_him_and_he_sees_what_each_is_and_when(cast: Cast, case: models.Case) -> None:
    offered(cast, case)
    page = at(case).html()
    assert not re.search(r'type="radio"[^>]*checked', page)
    words = words_of(page)
    assert "A Fell 48 Steel buckle, three litres larger." in words
    assert "with you by Tue 10 Mar" in words
    assert "My money back $219.00" in words
    assert "Choose what suits you." in words


def test_what_is_ours_alone_is_not_on_his_page(cast: Cast, case: models.Case) -> None:
    offered(cast, case)
    again = Wanted(key=uuid4(), failure="process", choices=(Choice(catalogue="apology"),), words="not offered yet")
    remedies.propose(case.pk, again, by=cast.priya, now=march(3, 13))
    words = at(case).words()
    for inner in ("124", "inner reason", "not offered yet", "authority", "An apology"):
        assert inner not in words, inner


def test_he_chooses_and_may_choose_another_until_it_is_ordered(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    visitor = at(case)
    assert visitor.post(f"remedies/{number}/choose/").status_code == 400
    assert step_of(case, number) == "offered"
    assert visitor.post(f"remedies/{number}/choose/", option="substitute", text="In slate.").status_code == 303
    made = models.Remedy.objects.get(case=case, number=number)
    assert (made.chosen, made.chosen_words, made.cost) == ("substitute", "In slate.", 21_900), "as the dearest, still"
    assert (made.ordered_at, made.order_at) == (None, NOW + timedelta(hours=2))
    words = visitor.words()
    assert "A Fell 48" in words
    assert "In slate." in words
    assert "It is ordered today at 12:00 MST. Until then you may choose another." in words
    # The same form once more changes nothing.
    visitor.post(f"remedies/{number}/choose/", option="substitute", text="In slate.")
    assert case.journal.filter(name="remedy.accepted").count() == 1
    assert not orders.order_chosen(now=NOW + timedelta(hours=1))
    assert at(case, hours=1).post(f"remedies/{number}/choose/", option="refund").status_code == 303
    assert orders.order_chosen(now=NOW + timedelta(hours=2))
    made.refresh_from_db()
    assert (made.chosen, made.cost, made.ordered_at, made.order_at) == (
        "refund",
        21_900,
        NOW + timedelta(hours=2),
        None,
    )
    later = at(case, hours=3)
    assert "It was ordered today at" in later.words()
    assert later.post(f"remedies/{number}/choose/", option="substitute").status_code == 409, "too late"


def test_whoever_needs_it_by_a_date_has_it_ordered_at_once(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    assert "until then you may choose another" in at(case).words()
    cases.note_need_by(case.pk, need_by=march(12, 9), words="before Friday", by=cast.priya, now=march(3, 13))
    assert "It is ordered as soon as you do." in at(case).words()
    at(case).post(f"remedies/{number}/choose/", option="substitute")
    assert step_of(case, number) == "ordered"


def test_what_he_chose_is_ordered_once_somebody_notes_that_he_needs_it_soon(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    at(case).post(f"remedies/{number}/choose/", option="substitute")
    cases.note_need_by(case.pk, need_by=march(12, 9), words="before Friday", by=cast.priya, now=NOW)
    assert orders.order_chosen(now=NOW)
    assert step_of(case, number) == "ordered"


def test_he_may_want_none_of_it_and_say_what_instead(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    visitor = at(case)
    assert visitor.post(f"remedies/{number}/decline/", text="A Harrow 42 would do.").status_code == 303
    assert models.Remedy.objects.get(case=case).ended_why == "A Harrow 42 would do."
    assert "You did not want it" in visitor.words()


def test_he_says_that_it_is_right_or_that_it_is_not(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    at(case).post(f"remedies/{number}/choose/", option="substitute")
    remedies.order(case.pk, number, by=cast.priya, now=NOW + timedelta(hours=1))
    remedies.ship(case.pk, number, reference="1Z 88 04", by=cast.priya, now=NOW + timedelta(hours=2))
    words = at(case, hours=3).words()
    assert "On its way" in words
    assert "Reference: 1Z 88 04" in words
    remedies.deliver(case.pk, number, evidence="signed for", by=cast.priya, now=NOW + timedelta(hours=5))
    visitor = at(case, hours=6)
    assert "It should be with you" in visitor.words()
    assert visitor.post(f"remedies/{number}/right/").status_code == 303
    assert "You told us today at" in visitor.words()
    assert not models.Remedy.objects.get(case=case).weak
    later = at(case, hours=7)
    assert later.post(f"remedies/{number}/not-right/", text="The strap is torn.").status_code == 303
    assert step_of(case, number) == "failed"
    assert "We owe you something else" in later.words()


def test_what_we_hold_of_his_is_on_his_page_until_he_has_it(cast: Cast, case: models.Case) -> None:
    held = holdings.take(
        case.pk, what="Your Fell 45, slate", where="repair bench", value=usd(21_900), by=cast.priya, now=march(3, 9)
    )
    words = at(case).words()
    assert "What we hold of yours" in words
    assert "Your Fell 45, slate , repair bench" in words
    assert "Its value: $219.00" in words
    holdings.give_back(case.pk, held, evidence="1Z 99", by=cast.priya, now=march(4, 9))
    assert "Your Fell 45, slate : given back" in at(case).words()


def test_another_customers_remedy_is_nowhere(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    other = letter(cast, DOLORES, at=march(2, 11), text="Pedí dos tiendas y llegó una.")
    visitor = at(other)
    assert visitor.post(f"remedies/{number}/choose/", option="refund").status_code == 404
    assert visitor.post(f"remedies/{number}/right/").status_code == 404
    assert step_of(case, number) == "offered"


def test_opening_the_page_or_an_address_of_a_form_changes_nothing(cast: Cast, case: models.Case) -> None:
    number = offered(cast, case)
    visitor, before = at(case), case.journal.count()
    visitor.get()
    for form in ("wish/", *(f"remedies/{number}/{verb}/" for verb in ("choose", "decline", "right", "not-right"))):
        assert visitor.get(form).status_code == 405
        assert visitor.post(form, proof="forged", option="refund", text="x").status_code == 403
    assert case.journal.count() == before


def test_everything_is_said_in_spanish(cast: Cast) -> None:
    case = letter(cast, DOLORES, at=march(2, 10), text="Pedí dos tiendas y sólo llegó una.")
    offered(cast, case)
    holdings.take(case.pk, what="la primera tienda", by=cast.priya, now=march(3, 12))
    words = at(case).words()
    assert "¿Qué lo arreglaría?" in words
    assert "219,00 US$" in words
    for english in ("Choose one", "None of these", "What we hold", "with you by", "Anything we should know"):
        assert english not in words, english
