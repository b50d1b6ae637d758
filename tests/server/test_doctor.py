"""The doctor finds a well house well, and names what is wrong with an ill one, each promise by its own name."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from makegood.demo.bad_weeks import tell
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import people
from makegood.desk.actions.promises import Words
from makegood.desk.queries import invariants, verdicts
from makegood.server import doctor
from makegood.watch import rounds

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-03-04T16:00:00+00:00")
"""Wednesday, ten o'clock in Chicago."""
ROSA = Writer(name="Rosa Quill", address="rosa@quill.example")
INES = Writer(name="Ines Prado", address="ines@prado.example")


@pytest.fixture
def house(cast: Cast, tmp_path: Path, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Two letters came on Monday: Rosa's was answered with a date, Ines's rings. Sealed; the watch is alive."""
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    weeks = Weeks(cast)
    answered = weeks.letter(ROSA, at=monday_ten, subject="The buckle", text="It snapped.")
    weeks.letter(INES, at=monday_ten + timedelta(hours=1), subject="The tent", text="It leaks.")
    friday = Words(words="A new buckle by Friday", due_at=monday_ten + timedelta(days=4))
    by = answered.owner
    weeks.reply(answered, by, at=monday_ten + timedelta(hours=3), text="Yes.", kinds=["promise"], says=[friday])
    weeks.until(NOW)
    rounds.beat_heart(now=NOW)
    rounds.seal(now=NOW)
    return cast


def unlocked(sql: str, *values: object) -> None:
    """Change a row behind the desk's back, as somebody with the file in his hands could."""
    with connection.cursor() as cursor:
        for table in ("desk_entry", "desk_anchor"):
            for verb in ("update", "delete"):
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
        cursor.execute(sql, values)


def found(code: str) -> str:
    check = next(c for c in doctor.examine(now=NOW).checks if c.code == code)
    return "\n".join(check.found)


def test_a_well_house_is_found_well(house: Cast) -> None:
    assert models.Promise.objects.filter(state="broken").exists(), "a broken promise that was told is no finding"
    report = doctor.examine(now=NOW)
    assert report.well, report.as_text()
    assert [c.code for c in report.checks if c.code.startswith("P")] == [f"P{n}" for n in range(1, 9)]
    assert "Everything is well." in report.as_text()


def test_the_bad_weeks_of_the_demo_break_no_promise_of_the_house_to_itself(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    now = NOW + timedelta(days=12)
    tell(cast, now=now)
    rounds.seal(now=now)
    broken = [(v.code, x.case, x.what) for v in invariants.ask_all(now=now) for x in v.violations]
    assert broken == []


def test_the_report_for_programs_says_the_same(house: Cast) -> None:
    report = doctor.examine(now=NOW + timedelta(hours=1))
    told = json.loads(report.as_json())
    assert told["well"] is report.well is False
    assert {c["code"] for c in told["checks"] if not c["well"]} == {c.code for c in report.checks if not c.well}
    assert told["at"] == "2026-03-04T17:00:00+00:00"


def test_money_says_honestly_that_there_is_nothing_to_check(house: Cast) -> None:
    verdict = invariants.no_money_twice(now=NOW)
    assert verdict.holds and verdict.looked_at == 0
    assert "Nothing to check yet" in doctor.examine(now=NOW).as_text()


# ── one thing is bent, and its promise names it ─────────────────────────────


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
    from makegood.desk.chain import START, sealed

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


# ── the checks before P1–P8 ─────────────────────────────────────────────────


def test_a_watch_that_stands_still_is_found(house: Cast) -> None:
    assert "It stands still" in "".join(
        c.found[0] for c in doctor.examine(now=NOW + timedelta(minutes=2)).checks if c.code == "watch"
    )


def test_trouble_with_a_round_is_found(house: Cast) -> None:
    rounds.say_trouble("mail server", "Mail can't go out: 421 closed", now=NOW)
    assert found("watch") == "mail server: Mail can't go out: 421 closed"


def test_a_last_executive_is_too_few(house: Cast) -> None:
    people.leave(house.noor, by=None, now=NOW)
    assert "needs two people" in found("executives")


def test_stuck_mail_and_word_are_found(house: Cast) -> None:
    long_ago = NOW - timedelta(hours=1)
    pks = list(models.OutboxItem.objects.order_by("pk").values_list("pk", flat=True)[:3])
    models.OutboxItem.objects.filter(pk=pks[0]).update(state="waiting", next_at=long_ago)
    models.OutboxItem.objects.filter(pk=pks[1]).update(state="waiting", next_at=NOW, attempts=4)
    models.OutboxItem.objects.filter(pk=pks[2]).update(state="uncertain")
    models.Notice.objects.create(staff=house.tom, kind="owner.changed", written_at=long_ago)
    assert found("outbox").splitlines() == [
        "1 mails should have gone and have not been tried",
        "1 mails are tried again and again",
        "1 mails may have arrived, and a person must say",
        "1 notices to staff have not been mailed",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAKEGOOD_CANARY_MINUTES", "often", "MAKEGOOD_CANARY_MINUTES is “often”"),
        ("MAKEGOOD_SMTP_URL", "smtp://me:hunter22@mail.example?tls=no", "without TLS"),
        ("MAKEGOOD_LMTP", "perhaps", "MAKEGOOD_LMTP is “perhaps”"),
        ("MAKEGOOD_CARD_NUMBERS", "keep", "neither seal nor mask"),
        ("MAKEGOOD_ALARM_URL", "ftp://x.example", "MAKEGOOD_ALARM_URL must begin"),
    ],
)
def test_a_setting_that_makes_no_sense_is_found(
    house: Cast, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    assert said in found("settings") and "hunter22" not in found("settings")


def test_a_key_that_others_can_read_is_found(house: Cast, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700, exist_ok=True)
    key = tmp_path / "keys" / "secret-key"
    key.write_text("x" * 48)
    key.chmod(0o644)
    assert f"{key} can be read by others" in found("settings")


def test_a_check_that_can_not_be_made_is_a_finding(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("no such table")

    monkeypatch.setattr(invariants, "none_twice", broken)
    report = doctor.examine(now=NOW)
    check = next(c for c in report.checks if c.code == "P2")
    assert (check.well, check.found) == (False, ("RuntimeError: no such table",))
    assert next(c for c in report.checks if c.code == "P8").well


def test_an_empty_house_is_told_to_load_a_policy(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    assert "No policy is loaded" in found("policy")
