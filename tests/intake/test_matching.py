"""Whose is it: what counts as the same letter, the same matter, the same thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.intake.mail.our_addresses import read_ours
from makegood.intake.matching import about_the_same, answered, nearly_equal, same_letter
from tests.intake.desk import HOUR, case_of, deliver_all, open_rosas_case, receive
from tests.intake.letters import GRACE, HELP, ROSA, letter

WORDS = "The buckle of my bag snapped on the second day. What will you do about it?"


@pytest.mark.parametrize(
    ("subject", "of_the_case", "same"),
    [
        ("Re: Broken buckle", "Broken buckle", True),
        ("RE: AW: re[2]:  broken  BUCKLE!", "Broken buckle", True),
        ("Broken buckle", "Broken buckle", True),
        ("Fwd: Broken buckle", "Re: Broken buckle", True),
        ("Still waiting [2026-0042]", "Broken buckle", True),
        ("About 2026-0042", "", True),
        ("Broken buckle again", "Broken buckle", False),
        ("Order 2026-0043", "Broken buckle", False),
        ("Re:", "", False),
        ("", "", False),
    ],
)
def test_a_subject_says_whether_a_letter_goes_on_with_a_case(subject: str, of_the_case: str, same: bool) -> None:
    assert about_the_same(subject, number="2026-0042", of=of_the_case) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (WORDS, WORDS, True),
        (WORDS, WORDS.upper().replace(".", " !"), True),
        (WORDS, f"{WORDS} -- list footer", True),
        (WORDS, "My tent never came.", False),
        (WORDS, "", False),
        ("", "", True),
    ],
)
def test_texts_are_nearly_equal_if_they_share_nearly_all_their_words(one: str, other: str, same: bool) -> None:
    assert nearly_equal(one, other) is same


@pytest.mark.parametrize(
    ("message_id", "text", "to", "same"),
    [
        ("<one@quiet.example>", WORDS, HELP, True),
        ("<one@quiet.example>", f"{WORDS} -- list footer", HELP, True),
        ("<one@quiet.example>", "Something else altogether, under the same id.", GRACE, False),
        ("<new@quiet.example>", WORDS, GRACE, True),
        ("<new@quiet.example>", WORDS, HELP, False),
        ("", WORDS, GRACE, True),
        ("<new@quiet.example>", WORDS, "", False),
        ("<new@quiet.example>", "Any news?", GRACE, False),
    ],
)
def test_a_letter_is_the_same_letter(
    cast: Any, monday_ten: datetime, message_id: str, text: str, to: str, same: bool
) -> None:
    receive(letter(), now=monday_ten)
    receive(letter("Any news?", subject="Other", message_id="<short@quiet.example>"), now=monday_ten)
    found = same_letter(
        address=ROSA,
        message_id=message_id,
        text=text,
        recipients=(to,) if to else (),
        received_at=monday_ten + HOUR,
    )
    assert (found is not None) is same


@pytest.mark.parametrize(("address", "days"), [("ann@calm.example", 0), ("", 0), (ROSA, 8)])
def test_another_sender_and_another_week_make_another_letter(
    cast: Any, monday_ten: datetime, address: str, days: int
) -> None:
    receive(letter(), now=monday_ten)
    found = same_letter(
        address=address,
        message_id="<one@quiet.example>",
        text=WORDS,
        recipients=(GRACE,),
        received_at=monday_ten + days * 24 * HOUR,
    )
    assert found is None


def test_a_thread_is_known_by_any_of_our_messages_that_it_names(cast: Any, monday_ten: datetime) -> None:
    case = open_rosas_case(monday_ten)
    (ours,) = deliver_all(monday_ten)
    found = answered(["<theirs@quiet.example>", str(ours["Message-ID"])])
    assert found is not None and found.case == case
    assert answered(["<theirs@quiet.example>", "<one@quiet.example>"]) is None
    assert answered([]) is None


def test_a_customers_other_address_is_another_customer_until_a_person_says_otherwise(
    cast: Any, monday_ten: datetime
) -> None:
    case = open_rosas_case(monday_ten)
    other = case_of(receive(letter(sender="rosa@work.example", message_id="<w@work.example>"), now=monday_ten + HOUR))
    assert other.customer != case.customer


def test_the_public_door_comes_first_and_takes_what_names_no_other(cast: Any) -> None:
    ours = read_ours()
    assert ours.first == "mail" and ours.domain == "larkfield.example"
    assert ours.door_of("HELP+x@Larkfield.Example") == "mail"
    assert ours.door_of(GRACE) == "executive"
    assert ours.door_of("reply+a.b.c@larkfield.example") is None
