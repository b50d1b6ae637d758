"""A-16: our acknowledgement is no weapon. A thousand letters in a victim's name bring him one mail at most."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.queries import ledger
from makegood.intake.judging import judge_waiting
from tests.intake.desk import hand_in, judge_all
from tests.intake.letters import letter

VICTIM = "victim@quiet.example"
LURE = "You have won, click http://evil.example/now"


def test_a_thousand_submissions_bring_the_victim_one_mail_without_a_word_of_the_attackers(
    cast: Any, monday_ten: datetime
) -> None:
    for number in range(1_000):
        raw = letter(LURE, sender=f"{LURE.split(',')[0]} <{VICTIM}>", subject=f"{LURE} {number}", message_id="")
        hand_in(raw, now=monday_ten + timedelta(seconds=number), sender=VICTIM)
    now = monday_ten + timedelta(hours=1)
    assert sum(iter(lambda: judge_waiting(now), 0)) == 1_000
    assert models.InboxItem.objects.filter(state="stored").count() == 0
    (mail,) = models.OutboxItem.objects.filter(to_address=VICTIM)
    read = message_from_bytes(bytes(mail.body), policy=default)
    said = read.as_string() + "".join(str(p.get_content()) for p in read.walk() if p.get_content_maintype() == "text")
    assert "won" not in said and "evil.example" not in said
    assert read["Auto-Submitted"] == "auto-replied" and mail.envelope_from == ""


def test_the_next_day_brings_one_more_at_most(cast: Any, monday_ten: datetime) -> None:
    for day in range(2):
        for number in range(3):
            now = monday_ten + timedelta(days=day, minutes=number)
            hand_in(letter(f"Words {day} {number}", subject=f"S {day} {number}", message_id=""), now=now)
            judge_all(now)
    assert models.OutboxItem.objects.count() == 2


@pytest.mark.parametrize("together", [True, False])
def test_a_mailbox_that_is_spelt_in_many_ways_is_one_victim(cast: Any, monday_ten: datetime, together: bool) -> None:
    spellings = [VICTIM.upper(), *(VICTIM.replace("@", f"+{n}@") for n in range(6)), VICTIM]
    for number, sender in enumerate(spellings):
        hand_in(letter(f"Words {number}", subject=f"S {number}", sender=sender, message_id=""), now=monday_ten)
        if not together:
            judge_all(monday_ten)
    judge_waiting(monday_ten)
    # A tag that is heard before its bare address leaves that one its own mail: two, however many there are.
    assert 1 <= models.OutboxItem.objects.count() <= 2
    assert models.Case.objects.filter(open=True).count() == len(spellings), "each is heard all the same"


def test_of_addresses_with_a_tag_alone_one_hears(cast: Any, monday_ten: datetime) -> None:
    for number in range(6):
        sender = VICTIM.replace("@", f"+{number}@")
        hand_in(letter(f"Words {number}", subject=f"S {number}", sender=sender, message_id=""), now=monday_ten)
        judge_all(monday_ten)
    assert models.OutboxItem.objects.count() == 1


def test_many_victims_at_once_trip_a_breaker(cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR", "5")
    for number in range(12):
        hand_in(letter(sender=f"v{number}@quiet.example", message_id=""), now=monday_ten)
    judge_all(monday_ten)
    assert models.Case.objects.count() == 12
    assert models.OutboxItem.objects.count() == 5
    assert "MAKEGOOD_ACKNOWLEDGEMENTS_AN_HOUR" in ledger.pulse(now=monday_ten).trouble

    later = monday_ten + timedelta(hours=2)
    hand_in(letter(sender="late@quiet.example", message_id=""), now=later)
    judge_all(later)
    assert models.OutboxItem.objects.count() == 6
    assert ledger.pulse(now=later).trouble == ""
