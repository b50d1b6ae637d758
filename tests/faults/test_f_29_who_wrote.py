"""F-29: one person writes five times, two people write the same. Nobody gets sight of another's case.

Nothing merges by itself; `test_f_29_merged_and_parted.py` has what people merge and part.
"""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.desk import models
from tests.intake.desk import HOUR, MINUTE, case_of, receive
from tests.intake.letters import MALLORY, ROSA, letter

SUBJECTS = ("Broken buckle", "Where is my tent?", "The zip of a jacket", "Boots too small", "No invoice")
WORDS = ("The buckle snapped.", "It never came.", "It tore at once.", "They pinch.", "Please send it.")


def page_of(case: models.Case) -> str:
    """Return the address of the private page that this case's acknowledgement named."""
    mail = message_from_bytes(bytes(case.outbox.get(purpose="acknowledgement").body), policy=default)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    return "/c/" + text.split("/c/")[1].split()[0].rstrip(".")


def test_five_mails_of_one_person_about_five_things_are_five_cases_of_one_customer(
    cast: Any, monday_ten: datetime
) -> None:
    for number, (subject, words) in enumerate(zip(SUBJECTS, WORDS, strict=True)):
        raw = letter(words, subject=subject, message_id=f"<{number}@quiet.example>")
        receive(raw, now=monday_ten + number * MINUTE)
    assert models.Case.objects.count() == 5
    assert models.Customer.objects.filter(addresses__value=ROSA).count() == 1
    assert models.OutboxItem.objects.filter(purpose="acknowledgement").count() == 1, "one acknowledgement a day"


def test_five_mails_of_one_person_about_one_thing_are_one_case(cast: Any, monday_ten: datetime) -> None:
    for number in range(5):
        raw = letter(
            f"Message {number}: is there any news of it? " * (number + 1),
            subject="Re: Broken buckle" if number else "Broken buckle",
            message_id=f"<{number}@quiet.example>",
        )
        receive(raw, now=monday_ten + number * HOUR)
    case = models.Case.objects.get()
    assert case.contacts.filter(direction="in").count() == 5
    assert models.OutboxItem.objects.filter(purpose="acknowledgement").count() == 1


def test_the_same_mail_of_two_people_is_two_cases_and_neither_sees_the_other(cast: Any, monday_ten: datetime) -> None:
    first = case_of(receive(letter(), now=monday_ten))
    copy = letter(sender=f"Mallory <{MALLORY}>")
    second = case_of(receive(copy, now=monday_ten + MINUTE, sender=MALLORY))
    assert first != second and first.customer != second.customer
    with clock.reading(lambda: monday_ten + HOUR):
        for mine, other in ((first, second), (second, first)):
            page = Client().get(page_of(mine))
            assert page.status_code == 200
            assert mine.number in page.content.decode()
            assert other.number not in page.content.decode()


@pytest.mark.parametrize("name", ["Rosa Quist", "rosa quist "])
def test_a_name_makes_nobody_the_same_customer(cast: Any, monday_ten: datetime, name: str) -> None:
    first = case_of(receive(letter(), now=monday_ten))
    other = letter("And my own tent leaks.", sender=f"{name} <{MALLORY}>", message_id="<two@else.example>")
    second = case_of(receive(other, now=monday_ten + MINUTE, sender=MALLORY))
    assert second.customer != first.customer
