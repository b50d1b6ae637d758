"""Writing to the customer: nothing counts before his server has accepted it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, delivery, letters, notes, outbox, promises
from makegood.desk.actions.promises import Words
from makegood.rules import refusals

pytestmark = pytest.mark.django_db
Carry = Callable[[datetime], int]


def answer(
    case: models.Case,
    by: models.Staff,
    now: datetime,
    *,
    says: tuple[Words, ...] = (),
    seen: int | None = None,
    confirmed: bool = False,
) -> models.Contact:
    return letters.reply(
        case.pk,
        by=by,
        text="It is on its way.",
        kinds=["answer"],
        says=says,
        seen=seen,
        confirmed=confirmed,
        now=now,
    )


def test_a_reply_keeps_nothing_until_the_server_accepts_it(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    answer(letter, cast.priya, monday_ten + hour)
    assert letter.promises.get(kind="reply").state == "open"
    carry(monday_ten + 2 * hour)
    kept = letter.promises.get(kind="reply")
    assert (kept.state, kept.kept_at) == ("kept", monday_ten + 2 * hour)


def test_a_dated_promise_is_made_when_it_reaches_him_and_its_date_can_not_move(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    friday = monday_ten + timedelta(days=4)
    answer(letter, cast.priya, monday_ten + hour, says=(Words(words="By Friday.", due_at=friday),))
    assert not letter.promises.filter(words="By Friday.").exists()
    carry(monday_ten + 2 * hour)
    said = letter.promises.get(words="By Friday.")
    assert (said.said, said.due_at, said.staff) == (True, friday, cast.priya)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Promise.objects.filter(pk=said.pk).update(due_at=friday + hour)


def test_a_promise_without_a_date_can_not_be_sent_as_one(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    with pytest.raises(refusals.UndatedAssurance):
        letters.reply(letter.pk, by=cast.priya, text="We assure you.", kinds=["promise"], now=monday_ten)
    assert not models.OutboxItem.objects.filter(purpose="reply").exists()


def test_a_promise_in_the_past_is_refused(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    past = Words(words="Yesterday.", due_at=monday_ten - timedelta(days=1))
    with pytest.raises(refusals.DateIsPast):
        answer(letter, cast.priya, monday_ten, says=(past,))


def test_somebody_who_writes_now_is_seen_by_others(letter: models.Case, cast: Cast, monday_ten: datetime) -> None:
    letters.compose_here(letter, by=cast.priya, now=monday_ten)
    assert letters.compose_here(letter, by=cast.tom, now=monday_ten) == ["Priya Raman"]
    with pytest.raises(refusals.SomebodyElseAnswered):
        answer(letter, cast.tom, monday_ten)
    later = monday_ten + timedelta(minutes=2)
    assert answer(letter, cast.tom, later).staff == cast.tom


def test_a_bounce_makes_us_owe_it_again(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    sent = answer(letter, cast.priya, monday_ten + hour)
    carry(monday_ten + hour)
    delivery.bounced(sent, why="550 no such user", now=monday_ten + 2 * hour)
    letter.refresh_from_db()
    assert letter.promises.filter(kind="reply").latest("number").state == "open"
    assert letter.unanswered_at == monday_ten
    assert models.Notice.objects.filter(staff=cast.priya, kind="finding.made", facts__code="MG301").exists()


def test_a_server_that_is_down_tells_the_owner_once_and_keeps_the_mail(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    carry(monday_ten)
    answer(letter, cast.priya, monday_ten + hour)
    message_ids = set()
    now = monday_ten + hour
    for _ in range(6):
        item = outbox.claim("test", now=now)
        assert item is not None
        message_ids.add(item.message_id)
        delivery.delayed(item, answer="451 later", now=now)
        item.refresh_from_db()
        now = item.next_at
    assert len(message_ids) == 1
    assert models.Notice.objects.filter(facts__code="MG301").count() == 1
    assert letter.promises.get(kind="reply").running


def test_releasing_is_for_the_customer(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    friday = monday_ten + timedelta(days=4)
    answer(letter, cast.priya, monday_ten + hour, says=(Words(words="By Friday.", due_at=friday),))
    carry(monday_ten + hour)
    number = letter.promises.get(words="By Friday.").number
    link = letter.links.filter(purpose="page").latest("made_at")
    promises.release_by_customer(link, number, now=monday_ten + 3 * hour)
    assert letter.promises.get(number=number).state == "released"


def test_an_acknowledgement_goes_to_one_address_once_a_day(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta
) -> None:
    for later in (hour, 2 * hour, timedelta(days=1)):
        contacts.open_case(
            contacts.Incoming(
                received_at=monday_ten + later,
                from_address="rosalia@quintero.example",
                subject="Another thing",
                text="And another thing.",
            ),
            door=cast.policy.doors["mail"],
            item=None,
            now=monday_ten + later,
        )
    assert models.OutboxItem.objects.filter(purpose="acknowledgement").count() == 2


CARD = "4111 1111 1111 1111"


def test_a_card_number_is_masked_whoever_types_it(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta, carry: Carry
) -> None:
    carry(monday_ten)
    link = letter.links.filter(purpose="page").latest("made_at")
    contacts.write_from_page(link, text=f"My card is {CARD}.", now=monday_ten + hour)
    notes.add(letter.pk, text=f"She says {CARD}.", by=cast.priya, now=monday_ten + hour)
    letters.reply(letter.pk, by=cast.priya, text=f"Is it {CARD}?", kinds=["ask"], now=monday_ten + hour)
    kept = [
        *letter.contacts.values_list("text", flat=True),
        *letter.notes.values_list("text", flat=True),
        *(bytes(raw).decode() for raw in models.RawItem.objects.values_list("body", flat=True)),
        *(bytes(body).decode() for body in models.OutboxItem.objects.values_list("body", flat=True)),
    ]
    assert any("1111" in text for text in kept)
    assert not any(CARD in text or CARD.replace(" ", "") in text for text in kept)


def test_one_form_is_one_letter_however_often_it_is_sent(
    letter: models.Case, cast: Cast, monday_ten: datetime, hour: timedelta
) -> None:
    letter.refresh_from_db()
    seen = letter.head_seq
    friday = Words(words="By Friday.", due_at=monday_ten + timedelta(days=4))
    first = answer(letter, cast.priya, monday_ten + hour, says=(friday,), seen=seen)
    again = answer(letter, cast.priya, monday_ten + hour, says=(friday,), seen=seen)
    confirmed = answer(letter, cast.priya, monday_ten + hour, says=(friday,), seen=seen, confirmed=True)
    assert first == again == confirmed
    assert models.OutboxItem.objects.filter(purpose="reply").count() == 1


def test_a_date_beyond_two_years_is_refused_before_anything_is_sent(
    letter: models.Case, cast: Cast, monday_ten: datetime
) -> None:
    far = Words(words="Some day.", due_at=monday_ten + timedelta(days=800))
    with pytest.raises(refusals.DateIsTooFar):
        answer(letter, cast.priya, monday_ten, says=(far,))
    assert not models.OutboxItem.objects.filter(purpose="reply").exists()


def test_a_settled_mail_keeps_no_private_link(letter: models.Case, monday_ten: datetime, carry: Carry) -> None:
    item = models.OutboxItem.objects.get(purpose="acknowledgement")
    assert b"/c/" in bytes(item.body)
    carry(monday_ten)
    item.refresh_from_db()
    assert b"/c/" not in bytes(item.body)
    assert item.message_id.encode() in bytes(item.body)
