"""Each of P1–P8 is bent in one place, and the doctor names that place under that promise."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.chain import START, sealed
from makegood.desk.queries import invariants, verdicts
from makegood.server import doctor
from tests.house.reading import ROOT
from tests.server.visits import NOW, found, unlocked

pytestmark = pytest.mark.django_db


def first_case() -> models.Case:
    return models.Case.objects.filter(open=True, promises__running=True).order_by("pk").distinct()[0]


def test_a_flipped_byte_of_the_journal_is_named(house: Cast) -> None:
    entry = models.Entry.objects.filter(name="contact.received").order_by("-pk")[0]
    assert entry.case is not None
    unlocked(
        "UPDATE desk_entry SET facts = replace(CAST(facts AS text), 'mail', 'mbil')"
        + ("::jsonb" if connection.vendor == "postgresql" else "")
        + " WHERE id = %s",
        entry.pk,
    )
    named = found("P8")
    assert f"{entry.case.number} entry {entry.seq} (contact.received) was changed after it was written" in named


def test_an_entry_taken_out_is_named(house: Cast) -> None:
    entry = models.Entry.objects.exclude(case=None).filter(seq=3).order_by("pk")[0]
    unlocked("DELETE FROM desk_entry WHERE id = %s", entry.pk)
    assert "entry 3 is missing" in found("P8")
    assert "is not what was sealed that day" in found("P8") or "some are gone" in found("P8")


def test_a_last_entry_cut_off_is_named(house: Cast) -> None:
    row = first_case()
    unlocked("DELETE FROM desk_entry WHERE case_id = %s AND seq = %s", row.pk, row.head_seq)
    assert f"ends its chain with entry {row.head_seq}, the journal with entry {row.head_seq - 1}" in found("P8")


def test_a_story_rewritten_with_fitting_hashes_is_given_away_by_the_seal(house: Cast) -> None:
    row = first_case()
    previous = START
    for entry in row.journal.order_by("seq"):
        entry.previous = previous
        if entry.name == "contact.received":
            entry.facts = {**entry.facts, "door": "chat"}
        entry.hash = previous = sealed(entry)
        unlocked(
            "UPDATE desk_entry SET facts = %s, previous = %s, hash = %s WHERE id = %s",
            json.dumps(entry.facts), entry.previous, entry.hash, entry.pk,
        )  # fmt: skip
    models.Case.objects.filter(pk=row.pk).update(head_hash=previous)
    assert "is not what was sealed that day" in found("P8")


def test_a_seal_that_was_changed_is_given_away_by_the_file_outside(house: Cast) -> None:
    unlocked("UPDATE desk_anchor SET sealed_at = %s", NOW - timedelta(hours=1))
    assert "is not the one written outside the database" in found("P8")
    unlocked("DELETE FROM desk_anchor")
    assert "is written outside the database and is gone from it" in found("P8")


def test_the_houses_own_chain_is_verified_too(house: Cast) -> None:
    unlocked("UPDATE desk_entry SET actor = 'nobody' WHERE case_id IS NULL AND seq = 2")
    assert "the house's own journal: entry 2 (staff.hired) was changed" in found("P8")


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("owner_id", "other", "the case shows owner as"),
        ("ball", "partner", "the case shows ball as partner"),
        ("unanswered_at", None, "the case shows unanswered_at as None"),
        ("open", False, "the case shows open as False"),
    ],
)
def test_a_case_that_shows_what_its_journal_does_not_say_is_named(
    house: Cast, column: str, value: object, said: str
) -> None:
    row = models.Case.objects.filter(open=True, unanswered_at__isnull=False).order_by("pk")[0]
    other = models.Staff.objects.exclude(pk=row.owner_id).filter(is_active=True)[0].pk
    models.Case.objects.filter(pk=row.pk).update(**{column: other if value == "other" else value})
    assert f"{row.number} {said}" in found("P8")


def test_a_broken_promise_called_kept_is_named(house: Cast) -> None:
    promise = models.Promise.objects.filter(state="broken").order_by("pk")[0]
    models.Promise.objects.filter(pk=promise.pk).update(state="kept")
    assert f"{promise.case.number} promise {promise.number} was broken and is now called kept" in found("P8")


def test_a_promise_that_vanished_is_named(house: Cast) -> None:
    promise = models.Promise.objects.filter(ancestor=None, successors=None, said=False).order_by("-pk")[0]
    models.Promise.objects.filter(pk=promise.pk).delete()
    assert f"promise {promise.number} is in the journal and not in the record" in found("P8")


def _contact_of_an_item(row: models.Case) -> models.InboxItem:
    contact = row.contacts.exclude(item=None).order_by("pk")[0]
    assert contact.item is not None
    return contact.item


def _lose_a_message(row: models.Case) -> str:
    item = _contact_of_an_item(row)
    models.Contact.objects.filter(item=item).update(item=None)
    return f"item {item.pk} counts as joined and is on no case"


def _leave_a_message_unread(row: models.Case) -> str:
    item = _contact_of_an_item(row)
    models.InboxItem.objects.filter(pk=item.pk).update(state="stored", stored_at=NOW - timedelta(hours=1))
    return f"item {item.pk} was stored and never judged"


def _stop_a_message_without_a_word(row: models.Case) -> str:
    item = _contact_of_an_item(row)
    models.InboxItem.objects.filter(pk=item.pk).update(state="suppressed", why="", code="")
    return f"item {item.pk} was stopped without a reason"


def _lose_the_raw_bytes(row: models.Case) -> str:
    item = _contact_of_an_item(row)
    models.RawItem.objects.filter(item=item).delete()
    return f"item {item.pk} has no raw bytes"


def _take_in_twice(row: models.Case) -> str:
    item = _contact_of_an_item(row)
    contact = row.contacts.get(item=item)
    contact.pk = None
    contact.save(force_insert=True)
    return f"item {item.pk} became 2 contacts"


def _rename_a_mail(row: models.Case) -> str:
    mail = models.OutboxItem.objects.order_by("pk")[0]
    models.OutboxItem.objects.filter(pk=mail.pk).update(message_id="<another@larkfield.example>")
    return f"mail {mail.pk} is not headed by its Message-ID"


def _hide_a_doubt(row: models.Case) -> str:
    mail = models.OutboxItem.objects.filter(purpose="reply").order_by("pk")[0]
    models.OutboxItem.objects.filter(pk=mail.pk).update(state="uncertain")
    return f"mail {mail.pk} may have arrived, and its letter does not say so"


def _sleep_through(row: models.Case) -> str:
    models.Case.objects.filter(pk=row.pk).update(wakes_at=NOW - timedelta(minutes=2))
    return f"{row.number} its time came and the watch did not"


def _tell_nobody(row: models.Case) -> str:
    promise = models.Promise.objects.filter(state="broken", outstanding=True).order_by("pk")[0]
    models.Promise.objects.filter(pk=promise.pk).update(told_at=None)
    models.Notice.objects.filter(case=promise.case).delete()
    for alarm in models.Alarm.objects.filter(case=promise.case):
        alarm.delete()
    return f"{promise.case.number} promise {promise.number} ({promise.kind}) broke and nobody was told"


def _keep_an_alarm_in(row: models.Case) -> str:
    alarm = models.Alarm.objects.filter(over_at=None, missed=False).order_by("pk")[0]
    notice = models.Notice.objects.filter(case=alarm.case, seq=alarm.seq, rings=True).order_by("pk")[0]
    models.Notice.objects.filter(pk=notice.pk).update(mailed=None, written_at=NOW - timedelta(hours=1))
    return f"{alarm.case.number} the alarm to {notice.staff} has not gone out"


def _write_to_a_stranger(row: models.Case) -> str:
    mail = models.OutboxItem.objects.filter(purpose="reply").order_by("pk")[0]
    models.OutboxItem.objects.filter(pk=mail.pk).update(to_address="eve@evil.example")
    return f"mail {mail.pk} went to nobody of this case"


def _tell_a_stranger(row: models.Case) -> str:
    mail = models.OutboxItem.objects.filter(purpose="notice").order_by("pk")[0]
    models.OutboxItem.objects.filter(pk=mail.pk).update(to_address="eve@evil.example")
    return f"notice {mail.pk} went to nobody who works here"


def _send_a_note(row: models.Case) -> str:
    said = models.Contact.objects.filter(direction="out", staff__isnull=False).order_by("pk")[0]
    note = models.Note.objects.create(
        case=said.case, staff=said.staff, written_at=said.received_at, text="He is a difficult one, be careful."
    )
    models.Contact.objects.filter(pk=said.pk).update(text=f"Dear Sir\n{note.text}\nYours")
    return f"note {note.pk} stands in a letter"


def _own_by_nobody(row: models.Case) -> str:
    models.Staff.objects.filter(pk=row.owner_id).update(is_active=False)
    return f"{row.number} its owner {row.owner} has left"


def _owe_nothing(row: models.Case) -> str:
    models.Case.objects.filter(pk=row.pk).update(ball_until=None)
    models.Promise.objects.filter(case=row).update(outstanding=False)
    return f"{row.number} nothing is owed on it and it is nobody's turn"


def _fall_ill_unnoticed(row: models.Case) -> str:
    models.Absence.objects.create(staff=row.owner, from_at=NOW - timedelta(days=4))
    return f"{row.number} its owner {row.owner} is away"


def _crash(row: models.Case) -> str:
    models.Case.objects.filter(pk=row.pk).update(crashed_until=NOW + timedelta(minutes=30))
    return f"{row.number} it made the watch fail"


@pytest.mark.parametrize(
    ("code", "bend"),
    [
        ("P1", _lose_a_message),
        ("P1", _leave_a_message_unread),
        ("P1", _stop_a_message_without_a_word),
        ("P1", _lose_the_raw_bytes),
        ("P2", _take_in_twice),
        ("P2", _rename_a_mail),
        ("P2", _hide_a_doubt),
        ("P3", _sleep_through),
        ("P3", _tell_nobody),
        ("P3", _keep_an_alarm_in),
        ("P4", _write_to_a_stranger),
        ("P4", _tell_a_stranger),
        ("P4", _send_a_note),
        ("P6", _own_by_nobody),
        ("P6", _owe_nothing),
        ("P6", _fall_ill_unnoticed),
        ("P6", _crash),
    ],
)
def test_each_promise_names_what_is_bent(house: Cast, code: str, bend: Callable[[models.Case], str]) -> None:
    assert found(code) == ""
    expected = bend(first_case())
    assert expected in found(code)


def test_a_due_time_that_nothing_explains_is_named(house: Cast) -> None:
    entry = models.Entry.objects.filter(name="promise.made", facts__kind="reply").order_by("pk")[0]
    assert entry.case is not None
    moved = {**entry.facts, "due_at": "2026-03-20T15:00:00+00:00"}
    unlocked("UPDATE desk_entry SET facts = %s WHERE id = %s", json.dumps(moved), entry.pk)
    number = entry.facts["number"]
    expected = (
        f"{entry.case.number} promise {number} (reply) is due 2026-03-20 15:00 UTC, and its policy says otherwise"
    )
    assert expected in found("P7")


def test_many_violations_are_counted_and_the_first_are_named(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "SHOWN", 1)
    models.OutboxItem.objects.filter(purpose="notice").update(to_address="eve@evil.example")
    verdict = invariants.no_answer_to_the_wrong_person(now=NOW)
    assert verdict.count == models.OutboxItem.objects.filter(purpose="notice").count() > 1
    assert len(verdict.violations) == 1
    assert f"and {verdict.count - 1} more" in doctor.examine(now=NOW).as_text()


def test_the_page_of_guarantees_names_the_question_behind_each() -> None:
    page = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
    for number, invariant in enumerate(invariants.INVARIANTS, 1):
        section = page.split(f"## P{number}. ")[1].split("\n## ")[0]
        assert f"`{invariant.__name__}`" in section
