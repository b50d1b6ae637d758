"""A remedy from the wish to "it is right again": each step once, in one transaction, and the books agree."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import approvals, cases, holdings, letters, remedies, wishes
from makegood.desk.actions.wanted import Choice
from makegood.desk.queries import catalogue, invariants
from makegood.rules import refusals
from makegood.rules.money import Money
from makegood.watch import orders
from tests.desk.making_good import complaint, custom, dollars, heard, page_of, sums, wanted

ANY_OTHER = Choice(catalogue="choose_any")
BUDGET = "budget:recovery:2026-03"


@pytest.fixture
def case(cast: Cast, monday_ten: datetime) -> models.Case:
    return heard(cast, at=monday_ten)


def whole(now: datetime) -> list[str]:
    return [v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations]


# ── the wish ─────────────────────────────────────────────────────────────────


def test_nothing_is_offered_before_his_wish_was_heard_or_passed_over_with_a_reason(
    cast: Cast, monday_ten: datetime
) -> None:
    case = complaint(cast, at=monday_ten)
    want = wanted(ANY_OTHER, price=dollars(100))
    with pytest.raises(refusals.WishFirst):
        remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.NeedsReason):
        wishes.pass_gate(case.pk, why=" ", by=cast.priya, now=monday_ten)
    wishes.pass_gate(case.pk, why="He said it in his letter.", by=cast.priya, now=monday_ten)
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    assert case.remedies.get(number=number).before_wish is True


def test_his_wish_is_kept_word_for_word_and_a_double_click_says_it_once(cast: Cast, monday_ten: datetime) -> None:
    case = complaint(cast, at=monday_ten)
    wishes.ask(case.pk, by=cast.priya, now=monday_ten)
    link = page_of(case, now=monday_ten)
    for _ in range(2):
        wishes.say_by_customer(link, words="  The *olive* one, if you have it.  ", now=monday_ten)
    (wish,) = case.wishes.all()
    assert (wish.words, wish.door, wish.staff) == ("The *olive* one, if you have it.", "page", None)
    assert case.journal.filter(name="wish.said").count() == 1


# ── the whole way ────────────────────────────────────────────────────────────


def test_a_remedy_goes_from_proposed_to_confirmed_and_every_cent_is_on_record(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    want = wanted(ANY_OTHER, Choice(catalogue="refund"), price=dollars(200), words="Any other pack, or your money.")
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    row = case.remedies.get(number=number)
    assert (row.step, row.kind, row.cost, row.approved_by) == ("approved", "choice", 20_000, cast.priya)
    assert sums()[BUDGET, "USD"] == 2_000_000 - 20_000 and sums()["reserved:recovery:2026-03", "USD"] == 20_000
    remedies.offer(case.pk, number, by=cast.priya, text="Choose on your page.", now=monday_ten)
    row.refresh_from_db()
    assert row.step == "offered" and row.contact is not None and row.contact.kinds == ["offer"]
    link = page_of(case, now=monday_ten)
    remedies.choose_by_customer(link, number, "choose_any", words="The olive one", now=monday_ten)
    row.refresh_from_db()
    assert (row.step, row.chosen, row.chosen_words) == ("accepted", "choose_any", "The olive one")
    assert sums()[BUDGET, "USD"] == 2_000_000 - 20_000, "he may still choose the dearer one"
    later = [monday_ten + timedelta(hours=n) for n in range(2, 6)]
    assert orders.order_chosen(now=later[0]) and not orders.order_chosen(now=later[0])
    row.refresh_from_db()
    assert (row.step, row.chosen, row.cost) == ("ordered", "choose_any", 12_000)
    assert sums()[BUDGET, "USD"] == 2_000_000 - 12_000 and sums()["spent:choose_any", "USD"] == 12_000
    remedies.ship(case.pk, number, reference="parcel 5519", now=later[1])
    remedies.deliver(case.pk, number, evidence="signed for", now=later[2])
    remedies.confirm_by_customer(link, number, now=later[3])
    row.refresh_from_db()
    assert (row.step, row.reference, row.weak, row.confirmed_at) == ("confirmed", "parcel 5519", False, later[3])
    assert sum(sums().values()) == 0 and whole(later[3]) == []


def test_a_case_stays_open_until_the_remedy_is_there_and_what_we_hold_is_his_again(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    holding = holdings.take(case.pk, what="His old watch", where="Safe 2", by=cast.priya, now=monday_ten)
    want = wanted(Choice(catalogue="choose_any"), price=dollars(50))
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    remedies.offer(case.pk, number, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.CannotClose) as said:
        cases.close(case.pk, by=cast.priya, now=monday_ten)
    assert len([r for r in said.value.reasons if "remedy" in r or "hold" in r]) == 2, said.value.reasons
    assert whole(monday_ten) == []
    with pytest.raises(refusals.NeedsReason):
        holdings.give_back(case.pk, holding, evidence="", by=cast.priya, now=monday_ten)
    holdings.give_back(case.pk, holding, evidence="Registered letter 12", by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.NotHeld):
        holdings.give_back(case.pk, holding, evidence="Again", by=cast.priya, now=monday_ten)


def test_an_apology_is_given_without_a_choice_of_his(cast: Cast, case: models.Case, monday_ten: datetime) -> None:
    want = wanted(Choice(catalogue="apology"), failure="process")
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    remedies.order(case.pk, number, by=cast.priya, now=monday_ten)
    remedies.deliver(case.pk, number, evidence="in the letter of today", by=cast.priya, now=monday_ten)
    assert case.remedies.get(number=number).step == "confirmed"
    assert not models.Transfer.objects.exclude(case=None).exists(), "words cost nothing"


def test_what_failed_goes_one_rung_up_and_the_third_choice_is_his(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    for times in (1, 2):
        want = wanted(Choice(catalogue="choose_any"), price=dollars(50))
        number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
        remedies.offer(case.pk, number, by=cast.priya, now=monday_ten)
        remedies.choose(case.pk, number, "choose_any", by=cast.priya, now=monday_ten)
        remedies.not_right_by_customer(page_of(case, now=monday_ten), number, why="It broke, too.", now=monday_ten)
        row = case.remedies.get(number=number)
        assert (row.step, row.ended_why, row.gives) == ("failed", "It broke, too.", True)
        assert models.Alarm.objects.filter(case=case).count() >= times
    one = wanted(Choice(catalogue="replacement"), price=dollars(50))
    with pytest.raises(refusals.ChoiceOwed):
        remedies.propose(case.pk, one, by=cast.priya, now=monday_ten)
    both = wanted(Choice(catalogue="replacement"), Choice(catalogue="refund"), price=dollars(50))
    number = remedies.propose(case.pk, both, by=cast.priya, now=monday_ten)
    assert case.remedies.get(number=number).ancestor == 2
    assert whole(monday_ten) == []


# ── once, however often it is said ───────────────────────────────────────────


def test_the_same_form_sent_twice_proposes_chooses_and_orders_once(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    want = wanted(ANY_OTHER, price=dollars(200))
    first, second = (remedies.propose(case.pk, want, by=cast.priya, now=monday_ten) for _ in range(2))
    assert first == second and case.remedies.count() == 1
    remedies.offer(case.pk, first, by=cast.priya, now=monday_ten)
    link = page_of(case, now=monday_ten)
    for _ in range(2):
        remedies.choose_by_customer(link, first, "choose_any", now=monday_ten)
        remedies.order(case.pk, first, by=cast.priya, now=monday_ten)
    assert case.journal.filter(name="remedy.ordered").count() == 1
    assert sums()["spent:choose_any", "USD"] == 12_000
    other = heard(cast, at=monday_ten, sender="ines@quill.example")
    with pytest.raises(refusals.NotARemedy):
        remedies.propose(other.pk, want, by=cast.priya, now=monday_ten)


def test_declined_and_taken_back_everything_returns_to_the_budget(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    first = remedies.propose(case.pk, wanted(ANY_OTHER, price=dollars(200)), by=cast.priya, now=monday_ten)
    remedies.offer(case.pk, first, by=cast.priya, now=monday_ten)
    remedies.decline_by_customer(page_of(case, now=monday_ten), first, why="I'd rather not.", now=monday_ten)
    second = remedies.propose(
        case.pk, wanted(Choice(catalogue="code"), price=dollars(90)), by=cast.priya, now=monday_ten
    )
    remedies.reverse(case.pk, second, why="The wrong case.", by=cast.priya, now=monday_ten)
    assert sums() == {("house", "USD"): -2_000_000, (BUDGET, "USD"): 2_000_000}
    assert list(case.remedies.values_list("step", "gives")) == [("declined", False), ("reversed", False)]
    assert whole(monday_ten) == []


# ── what can't be proposed or offered ────────────────────────────────────────


def test_what_the_catalogue_does_not_know_is_refused_and_a_custom_one_needs_a_reason(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    for choices in ((), (Choice(catalogue="yacht"),), (Choice(title="A yacht"),), (Choice(catalogue="choose_any"),)):
        with pytest.raises(refusals.NotARemedy):
            remedies.propose(case.pk, wanted(*choices), by=cast.priya, now=monday_ten)
    want = wanted(Choice(title="Tickets for the fair", cost=dollars(40)))
    with pytest.raises(refusals.NeedsReason):
        remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    number = remedies.propose(case.pk, custom("Tickets for the fair", dollars(40)), by=cast.priya, now=monday_ten)
    assert case.remedies.get(number=number).custom is True


def test_two_currencies_in_one_choice_and_what_is_sold_out_are_refused(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    two = wanted(Choice(catalogue="refund", cost=dollars(9)), Choice(catalogue="refund", cost=Money("EUR", 900)))
    with pytest.raises(refusals.NotARemedy, match="one currency"):
        remedies.propose(case.pk, two, by=cast.priya, now=monday_ten)
    gone = wanted(Choice(catalogue="substitute", title="Dress 2", cost=dollars(30), stock=0))
    with pytest.raises(refusals.NotARemedy, match="sold out"):
        remedies.propose(case.pk, gone, by=cast.priya, now=monday_ten)


def test_what_comes_too_late_is_offered_only_by_somebody_who_says_so(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    need_by = monday_ten + timedelta(days=2)
    cases.note_need_by(case.pk, need_by=need_by, words="Friday", by=cast.priya, now=monday_ten)
    late = Choice(catalogue="choose_any", arrives_by=need_by + timedelta(days=1))
    number = remedies.propose(case.pk, wanted(late, price=dollars(90)), by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.ComesTooLate):
        remedies.offer(case.pk, number, by=cast.priya, now=monday_ten)
    remedies.offer(case.pk, number, by=cast.priya, although_late=True, now=monday_ten)
    assert case.remedies.get(number=number).late is True


def test_what_comes_too_late_is_not_ordered_behind_his_back(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    need_by = monday_ten + timedelta(days=2)
    cases.note_need_by(case.pk, need_by=need_by, words="Friday", by=cast.priya, now=monday_ten)
    late = Choice(catalogue="repair", arrives_by=need_by + timedelta(days=1))
    number = remedies.propose(case.pk, wanted(late, price=dollars(90)), by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.ComesTooLate):
        remedies.order(case.pk, number, by=cast.priya, now=monday_ten)


@pytest.mark.parametrize("place", ["words", "title", "letter"])
def test_nothing_we_give_hangs_on_a_review(cast: Cast, case: models.Case, monday_ten: datetime, place: str) -> None:
    bribe = "If you delete your review, you get a refund."
    want = wanted(
        Choice(catalogue="refund", title=bribe if place == "title" else ""),
        price=dollars(20),
        words=bribe if place == "words" else "",
    )
    if place != "letter":
        with pytest.raises(refusals.RemedyForReview):
            remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
        return
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.RemedyForReview):
        remedies.offer(case.pk, number, by=cast.priya, text=bribe, now=monday_ten)
    assert not models.OutboxItem.objects.filter(purpose="reply").exists()


def test_a_customer_reaches_only_the_remedies_of_his_own_case(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    number = remedies.propose(case.pk, wanted(ANY_OTHER, price=dollars(90)), by=cast.priya, now=monday_ten)
    remedies.offer(case.pk, number, by=cast.priya, now=monday_ten)
    other = page_of(heard(cast, at=monday_ten, sender="ines@quill.example"), now=monday_ten)
    with pytest.raises(refusals.NoSuchRemedy):
        remedies.choose_by_customer(other, number, "choose_any", now=monday_ten)
    with pytest.raises(refusals.NoSuchOption):
        remedies.choose_by_customer(page_of(case, now=monday_ten), number, "refund", now=monday_ten)


# ── word to our own people ───────────────────────────────────────────────────


def test_who_must_approve_is_told_and_the_proposer_hears_the_answer(
    cast: Cast, case: models.Case, monday_ten: datetime
) -> None:
    want = wanted(Choice(catalogue="refund"), price=dollars(400))
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    row = case.remedies.get(number=number)
    assert (row.step, row.needs, row.above_first) == ("proposed", "lead", True)
    assert list(models.Notice.objects.filter(kind="remedy.waits").values_list("staff", flat=True)) == [cast.marta.pk]
    assert case.promises.filter(kind="approval", running=True).exists()
    approvals.approve(case.pk, number, by=cast.marta, now=monday_ten)
    row.refresh_from_db()
    assert (row.step, row.approved_by, row.given_by) == ("approved", cast.marta, cast.marta)
    assert models.Notice.objects.get(kind="remedy.approved").staff == cast.priya
    with pytest.raises(refusals.NotAtThisStep):
        approvals.deny(case.pk, number, why="Too late.", by=cast.ruth, now=monday_ten)
    assert whole(monday_ten) == []


def test_a_denied_request_says_why_and_sets_nothing_aside(cast: Cast, case: models.Case, monday_ten: datetime) -> None:
    want = wanted(Choice(catalogue="refund"), price=dollars(400), key=uuid4())
    number = remedies.propose(case.pk, want, by=cast.priya, now=monday_ten)
    with pytest.raises(refusals.NotEnoughAuthority):
        approvals.deny(case.pk, number, why="No.", by=cast.tom, now=monday_ten)
    approvals.deny(case.pk, number, why="Offer the repair first.", by=cast.marta, now=monday_ten)
    row = case.remedies.get(number=number)
    assert (row.step, row.ended_why, row.gives) == ("denied", "Offer the repair first.", False)
    assert models.Budget.objects.get().left == 2_000_000


def test_a_letter_that_offers_is_the_offer(cast: Cast, case: models.Case, monday_ten: datetime) -> None:
    number = remedies.propose(case.pk, wanted(ANY_OTHER, price=dollars(90)), by=cast.priya, now=monday_ten)
    letter = letters.reply(case.pk, by=cast.priya, text="Any other pack.", kinds=["offer"], now=monday_ten)
    remedies.offer(case.pk, number, by=cast.priya, contact=letter.pk, now=monday_ten)
    assert case.remedies.get(number=number).contact == letter


def test_the_second_of_its_kind_that_the_catalogue_lacks_is_proposed_for_it(cast: Cast, monday_ten: datetime) -> None:
    for nth, title in enumerate(
        ("Tickets for the fair", "A hut night", "tickets for the fair ", "Tickets for the fair")
    ):
        case = heard(cast, at=monday_ten, sender=f"c{nth}@quill.example")
        remedies.propose(case.pk, custom(title, dollars(20)), by=cast.priya, now=monday_ten)
        told = models.Notice.objects.filter(kind="remedy.twice")
        assert told.count() == (1 if nth >= 2 else 0), "once, at the second"
    (found,) = catalogue.candidates(cast.ruth)
    assert (found.title.lower().strip(), found.times, len(found.cases)) == ("tickets for the fair", 3, 3)
    assert catalogue.candidates(cast.wen) == []
