"""Staff who answer a notice by mail: the executive on her telephone answers the customer himself."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import letters, people
from makegood.intake.mail.answers import read_order
from makegood.watch import rounds
from tests.intake.desk import HOUR, MINUTE, deliver_all, judge_all, notice_to, open_rosas_case, receive
from tests.intake.letters import letter

State = models.InboxItem.State


@pytest.fixture
def told(cast: Any, monday_ten: datetime) -> tuple[models.Case, EmailMessage, datetime]:
    """Rosa's case which nobody answered: a day later its owner is mailed that a promise is broken."""
    case = open_rosas_case(monday_ten)
    deliver_all(monday_ten)
    now = monday_ten + timedelta(days=1, hours=2)
    while rounds.wake_due(now=now):
        pass
    return case, notice_to(case.owner, now=now), now


def answer(notice: EmailMessage, text: str, *, by: models.Staff, **more: Any) -> bytes:
    given = {"sender": f"{by.name} <{by.email}>", "subject": f"Re: {notice['Subject']}", **more}
    headers = {"In-Reply-To": str(notice["Message-ID"]), **given.pop("headers", {})}
    return letter(text, to=str(notice["Reply-To"]), message_id="<mine@larkfield.example>", headers=headers, **given)


def hand_to_notice(notice: EmailMessage, raw: bytes, *, by: models.Staff, now: datetime) -> models.InboxItem:
    return receive(raw, now=now, sender=by.email, to=(str(notice["Reply-To"]),))


def test_an_answer_to_a_notice_goes_to_the_customer_and_silences_what_rings(
    told: tuple[models.Case, EmailMessage, datetime],
) -> None:
    case, notice, now = told
    assert case.alarms.filter(over_at=None).exists()
    quoted = "On Tue, Mar 3, 2026 at 12:00 PM Desk <help@larkfield.example> wrote:\n> It is due"
    text = f"Dear Rosa,\n\nwe send you a new bag today.\n\n{quoted}"
    item = hand_to_notice(notice, answer(notice, text, by=case.owner), by=case.owner, now=now + MINUTE)
    assert (item.state, item.code) == (State.JOINED, "staff")
    contact = case.contacts.get(direction="out")
    assert contact.staff == case.owner and contact.kinds == ["answer"] and contact.item == item
    assert contact.text == "Dear Rosa,\n\nwe send you a new bag today."
    assert not case.alarms.filter(over_at=None).exists()
    mails = deliver_all(now + 2 * MINUTE)
    assert [str(mail["To"]) for mail in mails if "rosa" in str(mail["To"])] == ["Rosa Quist <rosa@quiet.example>"]
    assert case.promises.get(kind="reply").state == "kept late"


@pytest.mark.parametrize(
    ("text", "what", "words", "anyway"),
    [
        ("We send a new one.", "answer", "We send a new one.", False),
        ("Answer: We send a new one.", "answer", "We send a new one.", False),
        ("note: he called\ntwice", "note", "he called\ntwice", False),
        ("ASK:Which colour?", "ask", "Which colour?", False),
        ("news: it left Chicago", "news", "it left Chicago", False),
        ("I have it", "i have it", "", False),
        ("ok.", "i have it", "", False),
        ("OK,\n\nI call him tonight.", "i have it", "I call him tonight.", False),
        ("OK, we will send a new one.", "answer", "OK, we will send a new one.", False),
        ("anyway: ask: Which colour?", "ask", "Which colour?", True),
        ("anyway:\nHere it is.", "answer", "Here it is.", True),
        ("nota: llamó", "note", "llamó", False),
        ("Noteworthy: this is an answer.", "answer", "Noteworthy: this is an answer.", False),
        ("", "answer", "", False),
    ],
)
def test_the_first_word_says_what_a_mail_is_for(text: str, what: str, words: str, anyway: bool) -> None:
    order = read_order(text)
    assert (order.what, order.text, order.anyway) == (what, words, anyway)


def test_a_note_stays_in_the_house(told: tuple[models.Case, EmailMessage, datetime]) -> None:
    case, notice, now = told
    raw = answer(notice, "note: he is my neighbour, careful", by=case.owner)
    hand_to_notice(notice, raw, by=case.owner, now=now + MINUTE)
    assert case.notes.get().text == "he is my neighbour, careful"
    assert not case.contacts.filter(direction="out").exists()


def test_i_have_it_silences_and_writes_to_nobody(told: tuple[models.Case, EmailMessage, datetime]) -> None:
    case, notice, now = told
    hand_to_notice(notice, answer(notice, "I have it", by=case.owner), by=case.owner, now=now + MINUTE)
    assert not case.alarms.filter(over_at=None).exists()
    assert not case.contacts.filter(direction="out").exists()


def test_words_below_an_ok_stay_in_the_house_and_the_writer_is_told(
    told: tuple[models.Case, EmailMessage, datetime],
) -> None:
    case, notice, now = told
    raw = answer(notice, "OK\n\nI call her tonight.", by=case.owner)
    hand_to_notice(notice, raw, by=case.owner, now=now + MINUTE)
    assert case.notes.get().text == "I call her tonight."
    assert not case.contacts.filter(direction="out").exists()
    assert "kept as a note" in models.Notice.objects.get(kind="mail.not_sent").facts["why"]


def test_an_answer_with_nothing_new_in_it_is_not_sent_and_the_writer_is_told_why(
    told: tuple[models.Case, EmailMessage, datetime],
) -> None:
    case, notice, now = told
    item = hand_to_notice(notice, answer(notice, "> The buckle", by=case.owner), by=case.owner, now=now + MINUTE)
    assert (item.state, item.code) == (State.JOINED, "staff_refused")
    word = models.Notice.objects.get(kind="mail.not_sent")
    assert word.staff == case.owner and "no new words" in word.facts["why"]
    assert not case.contacts.filter(direction="out").exists()


def test_an_answer_that_crosses_a_colleagues_is_held_until_it_is_confirmed(
    told: tuple[models.Case, EmailMessage, datetime], cast: Any
) -> None:
    case, notice, now = told
    letters.reply(case.pk, by=cast.marta, text="A refund is on its way.", kinds=["answer"], now=now + MINUTE)
    first = answer(notice, "We send you a new bag.", by=case.owner)
    hand_to_notice(notice, first, by=case.owner, now=now + 2 * MINUTE)
    assert case.contacts.filter(direction="out").count() == 1
    why = models.Notice.objects.get(kind="mail.not_sent").facts["why"]
    assert "Marta Olsen" in why and "anyway:" in why
    again = answer(notice, "anyway: We send you a new bag as well.", by=case.owner)
    hand_to_notice(notice, again, by=case.owner, now=now + HOUR)
    assert case.contacts.filter(direction="out").count() == 2


def test_files_are_not_silently_left_behind(told: tuple[models.Case, EmailMessage, datetime]) -> None:
    case, notice, now = told
    raw = answer(notice, "See the label.", by=case.owner)
    head, _, _ = raw.partition(b"Content-Type:")
    raw = head + (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee the label.\r\n"
        b'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="l.pdf"\r\n\r\n'
        b"x\r\n--b--\r\n"
    )
    hand_to_notice(notice, raw, by=case.owner, now=now + MINUTE)
    assert not case.contacts.filter(direction="out").exists()
    assert "Files" in models.Notice.objects.get(kind="mail.not_sent").facts["why"]


def test_who_left_or_has_no_right_to_the_case_writes_to_nobody(
    told: tuple[models.Case, EmailMessage, datetime], cast: Any
) -> None:
    case, notice, now = told
    owner = case.owner
    people.leave(owner, by=cast.ruth, now=now)
    item = hand_to_notice(notice, answer(notice, "A new bag.", by=owner), by=owner, now=now + MINUTE)
    contact = item.contacts.get()
    assert contact.standing == "proposed" and "no longer works here" in item.why
    assert not case.contacts.filter(direction="out").exists()
    assert judge_all(now + MINUTE) == 0
