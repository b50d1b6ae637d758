"""Letters that are judged together end exactly as they would one by one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from makegood.desk import models
from makegood.desk.actions import ledger, openings
from makegood.desk.models import InboxItem
from makegood.desk.queries import invariants
from makegood.intake import judging, matching
from makegood.intake.mail import first_letters, known_threads
from tests.intake.desk import MINUTE, deliver_all, hand_in, judge_all, receive
from tests.intake.letters import GRACE, HELP, ROSA, letter

State = InboxItem.State


def post(now: datetime) -> None:
    """A morning's post: strangers, one who writes twice, a known customer, a colleague, a program, an executive's."""
    for number in range(4):
        sender = f"s{number}@strangers.example"
        hand_in(letter(f"It broke on day {number}.", sender=sender, subject=f"M {number}"), now=now, sender=sender)
    for number in range(2):
        hand_in(letter(f"Twice, {number}.", sender="two@strangers.example", subject=f"T {number}"), now=now)
    hand_in(letter("Once more, and this time about the tent.", subject="Tent"), now=now)
    hand_in(letter(sender="priya@larkfield.example", subject="From a friend"), now=now)
    hand_in(letter(sender="robot@x.example", headers={"Auto-Submitted": "auto-generated"}), now=now)
    hand_in(letter(sender="boss@strangers.example", subject="To you in person"), now=now, to=(GRACE,))
    hand_in(letter("Hola, la mochila llegó rota y nadie contesta.", sender="ines@strangers.example"), now=now)
    hand_in(with_a_file(sender="photo@strangers.example"), now=now)


def acknowledged(name: str, now: datetime) -> EmailMessage:
    """Let somebody write a first letter and be acknowledged; returns the mail he gets."""
    sender = f"{name}@known.example"
    receive(letter(f"It broke, says {name}.", sender=sender, subject=name), now=now, sender=sender)
    (mail,) = deliver_all(now)
    return mail


def answers(mails: dict[str, EmailMessage], now: datetime) -> None:
    """What comes back: plain answers, by thread and by reply address, with a file; thanks; twice; others' words."""

    def answer(name: str, text: str, *, sender: str = "", to: str = HELP, **headers: str) -> None:
        ours = str(mails[name]["Message-ID"])
        sender = sender or f"{name}@known.example"
        raw = letter(text, sender=sender, to=to, subject=f"Re: {name}", message_id="", headers=headers)
        threaded = raw.replace(b"Subject:", f"In-Reply-To: {ours}\r\nSubject:".encode(), 1)
        hand_in(threaded, now=now, sender=sender, to=(to,))

    answer("ana", "The zip is the left one, and I need it by Friday.")
    answer("ben", "Here is the address again.", to=str(mails["ben"]["Reply-To"]))
    answer("cleo", "Thanks a lot!")
    answer("dan", "I am his brother, and I want to know, too.", sender="else@strangers.example")
    answer("eva", "One more thing about the tent.")
    answer("eva", "And another thing about the stove.")
    answer("flo", "I am away until Monday.", **{"Auto-Submitted": "auto-replied"})
    answer("gus", "Whose address is this?", sender="other@strangers.example", to=str(mails["gus"]["Reply-To"]))
    hand_in(letter("It broke, says hal.", sender="hal@known.example", subject="hal"), now=now, to=(HELP, GRACE))
    hand_in(letter("Your account is due.", sender="bank@x.example", headers={"X-Spam-Flag": "YES"}), now=now)


def with_a_file(sender: str) -> bytes:
    """Return a letter with a picture."""
    mail = message_from_bytes(letter("See the picture.", sender=sender, message_id=""), policy=SMTP)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(b"\x89PNG it", maintype="image", subtype="png", filename="it.png")
    return bytes(mail)


def ends(now: datetime) -> list[tuple[object, ...]]:
    """What became of every item, without the numbers that the order alone decides."""
    found: list[tuple[object, ...]] = []
    for item in InboxItem.objects.order_by("pk"):
        contact = item.contacts.select_related("case__customer").first()
        case = contact.case if contact else None
        found.append(
            (
                item.state, item.code, item.why,
                case and (case.subject, case.language, case.quarantined, case.customer.language, case.ball),
                case and sorted(case.promises.values_list("kind", "due_at", "words", "outstanding")),
                case and sorted(case.journal.values_list("name", "at", "actor")),
                case and case.outbox.filter(purpose="acknowledgement").count(),
                contact and sorted(contact.heard.values_list("task", "label", "words")),
                contact and (contact.standing, contact.verified, contact.kinds, contact.message_id),
                contact and sorted(contact.attachments.values_list("name", "size", "sha256")),
                case and sorted(models.Notice.objects.filter(case=case).values_list("kind", "rings", "mail")),
            )
        )  # fmt: skip
    return found


def test_a_batch_ends_as_its_letters_would_one_by_one(cast: Any, monday_ten: datetime) -> None:
    receive(letter(), now=monday_ten)
    post(monday_ten + MINUTE)
    waiting = InboxItem.objects.filter(state=State.STORED).count()
    together = undone(judging.judge_waiting, monday_ten + 2 * MINUTE)
    assert waiting == 12 and all(state != State.STORED for state, *_ in together)
    assert together == undone(judge_all, monday_ten + 2 * MINUTE)


def test_a_batch_of_answers_ends_as_they_would_one_by_one(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = {name: acknowledged(name, monday_ten) for name in ("ana", "ben", "cleo", "dan", "eva", "flo", "gus", "hal")}
    answers(mails, monday_ten + MINUTE)
    joined: list[int] = []
    real = known_threads.join_all

    def joins(these: Any, *, now: datetime) -> Any:
        joined.append(len(these))
        return real(these, now=now)

    monkeypatch.setattr(known_threads, "join_all", joins)
    together = undone(judging.judge_waiting, monday_ten + 2 * MINUTE)
    assert joined == [2] and all(state != State.STORED for state, *_ in together)
    assert together == undone(judge_all, monday_ten + 2 * MINUTE)


def from_known_people(mails: dict[str, EmailMessage], now: datetime) -> None:
    """What people write whom we know: of something else, of the same; too often; marked as spam; their programs."""

    def write(name: str, subject: str, text: str = "Please help me with it.", **headers: str) -> None:
        sender = f"{name}@known.example"
        raw = letter(f"{text} It is {name}.", sender=sender, subject=subject, message_id="", headers=headers)
        hand_in(raw, now=now, sender=sender)

    def about(name: str) -> dict[str, str]:
        return {"In-Reply-To": str(mails[name]["Message-ID"]), "Auto-Submitted": "auto-replied"}

    write("ana", "The stove")
    write("ben", "Re: ben")
    write("cleo", "cleo")
    write("dan", "Cheap watches", **{"X-Spam-Flag": "YES"})
    write("eva", "Of the fourth thing")
    write("flo", "Away", "I am away until Monday.", **about("flo"))
    write("gus", "Read", "Your message was opened.", **about("gus"))
    write("hal", "Away", "I am away until Monday.", **{"Auto-Submitted": "auto-replied"})


def test_a_batch_of_people_we_know_ends_as_their_letters_would_one_by_one(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = {name: acknowledged(name, monday_ten) for name in ("ana", "ben", "cleo", "dan", "eva", "flo", "gus", "hal")}
    monkeypatch.setattr(matching, "FLOOD", 3)
    for name, subjects in (("cleo", ["tent"]), ("eva", ["tent", "stove"])):
        for subject in subjects:
            raw = letter(f"The {subject} of {name}.", sender=f"{name}@known.example", subject=subject, message_id="")
            receive(raw, now=monday_ten, sender=f"{name}@known.example")
    from_known_people(mails, monday_ten + MINUTE)
    real = judging.judgement.judge
    beside: list[str] = []

    def judged_beside(hand: Any) -> None:
        beside.append(hand.address.partition("@")[0])
        real(hand)

    monkeypatch.setattr(judging.judgement, "judge", judged_beside)
    together = undone(judging.judge_waiting, monday_ten + 2 * MINUTE)
    assert beside == ["ben", "eva", "hal"], "what may go on with a case, a flood, and what is about no case"
    assert [state for state, *_ in together][-8:] == [
        "joined", "quarantined", "joined", "quarantined", "joined", "joined", "joined", "suppressed",
    ]  # fmt: skip
    assert together == undone(judge_all, monday_ten + 2 * MINUTE)


def test_a_letter_that_makes_judging_fail_is_left_and_the_others_of_its_batch_are_judged(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        hand_in(letter(f"Letter {number}.", subject=f"M {number}", message_id=""), now=monday_ten)
    bad = InboxItem.objects.order_by("pk")[1].pk
    real = judging.judgement.judge

    def fails(hand: Any) -> None:
        real(hand)
        if hand.item.pk == bad:
            raise ValueError("a fault of ours")

    monkeypatch.setattr(judging.judgement, "judge", fails)
    assert judging.judge_waiting(monday_ten) == 3
    states = dict(InboxItem.objects.order_by("pk").values_list("pk", "state"))
    assert states.pop(bad) == State.STORED and set(states.values()) == {State.JOINED}
    assert models.Contact.objects.filter(item=bad).count() == 0


def test_files_of_a_batch_that_is_undone_and_judged_again_are_written_once(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    for number in range(2):
        hand_in(with_a_file(sender=f"s{number}@strangers.example"), now=monday_ten)
    real = first_letters.open_all

    def fails_for_many(these: Any, *, now: datetime) -> Any:
        opened = real(these, now=now)
        if len(these) > 1:
            raise ValueError("after the files were written")
        return opened

    monkeypatch.setattr(first_letters, "open_all", fails_for_many)
    assert judging.judge_waiting(monday_ten) == 2
    named = set(models.Attachment.objects.values_list("stored_as", flat=True))
    assert len(named) == 2 and {file.name for file in (tmp_path / "attachments").iterdir()} == named


def undone(judge: Callable[[datetime], int], now: datetime) -> list[tuple[object, ...]]:
    """How everything ends if it is judged so; then it is as if it had not been."""
    waiting = InboxItem.objects.filter(state=State.STORED).count()
    with transaction.atomic():
        assert judge(now) == waiting
        found = ends(now)
        transaction.set_rollback(True)
    return found


def test_many_strangers_are_opened_in_a_number_of_statements_that_does_not_grow_with_them(
    cast: Any, monday_ten: datetime, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        sender = f"s{number}@strangers.example"
        hand_in(letter(f"It broke, {number}.", sender=sender, subject=f"M {number}"), now=monday_ten, sender=sender)
    with django_assert_max_num_queries(46):
        assert judging.judge_waiting(monday_ten) == 20
    assert models.Case.objects.count() == 20
    assert len(set(models.Case.objects.values_list("number", flat=True))) == 20
    assert models.OutboxItem.objects.filter(purpose="acknowledgement").count() == 20
    owners = models.Case.objects.values_list("owner", flat=True)
    assert max(list(owners).count(o) for o in set(owners)) <= 20 // len(set(owners)) + 1
    assert not [v for verdict in invariants.ask_all(now=monday_ten) for v in verdict.violations]


def test_a_batch_that_fails_is_judged_letter_by_letter(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        sender = f"s{number}@strangers.example"
        hand_in(letter(f"It broke, {number}.", sender=sender, subject=f"M {number}"), now=monday_ten, sender=sender)
    real = openings.open_all

    def fails_for_many(these: Any, *, now: datetime) -> Any:
        if len(these) > 1:
            raise OperationalError("too much at once")
        return real(these, now=now)

    monkeypatch.setattr(first_letters, "open_all", fails_for_many)
    assert judging.judge_waiting(monday_ten) == 3
    assert models.Case.objects.count() == 3
    assert not InboxItem.objects.filter(state=State.STORED).exists()


def test_an_item_that_another_worker_ended_meanwhile_opens_nothing(cast: Any, monday_ten: datetime) -> None:
    for number in range(2):
        sender = f"s{number}@strangers.example"
        hand_in(letter(f"It broke, {number}.", sender=sender, subject=f"M {number}"), now=monday_ten, sender=sender)
    items = ledger.claim_some(5, now=monday_ten)
    ledger.suppress(items[0], code="loop", why="somebody was quicker", now=monday_ten)
    with pytest.raises(ledger.AlreadySettled):
        judging._judge_together(items, now=monday_ten)
    assert not models.Case.objects.exists()


def test_what_waits_behind_copies_of_a_letter_that_somebody_holds_is_found(cast: Any, monday_ten: datetime) -> None:
    hand_in(letter("The first."), now=monday_ten)
    (held,) = ledger.claim_some(1, now=monday_ten)
    for number in range(5):
        InboxItem.objects.create(
            door="mail", way="file", source_id=f"copy {number}", sha256=held.sha256, size=held.size,
            received_at=monday_ten, stored_at=monday_ten,
        )  # fmt: skip
    hand_in(letter("Another.", message_id="<another@quiet.example>"), now=monday_ten + MINUTE)
    (found,) = ledger.claim_some(2, now=monday_ten + MINUTE / 2)
    assert found.sha256 != held.sha256


def test_two_judges_never_claim_one_letter(cast: Any, monday_ten: datetime) -> None:
    for number in range(4):
        hand_in(letter(f"It broke, {number}.", subject=f"M {number}", message_id=f"<{number}@x>"), now=monday_ten)
    first, second = ledger.claim_some(3, now=monday_ten), ledger.claim_some(3, now=monday_ten)
    assert len(first) == 3 and len(second) == 1
    assert not {i.pk for i in first} & {i.pk for i in second}
    # What somebody held and never ended is tried by itself.
    later = monday_ten + ledger.LEASE + timedelta(seconds=1)
    assert ledger.claim_some(4, now=later) == [] and ledger.claim(now=later) is not None


def test_a_letter_that_kills_the_judge_takes_no_other_along(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        sender = f"s{number}@strangers.example"
        hand_in(letter(f"It broke, {number}.", sender=sender, subject=f"M {number}"), now=monday_ten, sender=sender)
    killer = InboxItem.objects.order_by("pk")[2].pk
    real = judging.judgement.at_hand

    def dies(item: InboxItem, ours: Any, *, now: datetime) -> Any:
        if item.pk == killer:
            raise KeyboardInterrupt
        return real(item, ours, now=now)

    monkeypatch.setattr(judging.judgement, "at_hand", dies)
    now = monday_ten
    for _ in range(40):
        with suppress(KeyboardInterrupt):
            judging.judge_waiting(now)
        now += ledger.LEASE + timedelta(seconds=1)
    assert list(InboxItem.objects.exclude(state=State.JOINED).values_list("pk", "state")) == [(killer, "quarantined")]


def test_letters_of_many_megabytes_are_not_read_together(cast: Any, monday_ten: datetime) -> None:
    for number in range(3):
        hand_in(letter(f"It broke, {number}.", message_id=f"<{number}@x>"), now=monday_ten)
    InboxItem.objects.update(size=ledger.AT_EASE)
    assert len(ledger.claim_some(3, now=monday_ten)) == 1


def test_letters_to_one_address_twice_in_a_batch_are_not_opened_blindly(cast: Any, monday_ten: datetime) -> None:
    for _ in range(2):
        hand_in(letter("The very same words, sent to both of your addresses."), now=monday_ten, to=(HELP,))
    judging.judge_waiting(monday_ten)
    assert models.Customer.objects.filter(addresses__value=ROSA).count() == 1
