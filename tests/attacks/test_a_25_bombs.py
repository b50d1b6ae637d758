"""A-25: depth, number, length and size have limits; over them there is a letter that says so."""

import time
import tracemalloc
from datetime import datetime
from typing import Any

import pytest

from makegood.intake.mail.letters import SIZE_LIMIT, read_letter
from makegood.intake.mail.masking import mask_raw
from makegood.intake.mail.parts import DEPTH_LIMIT, PART_LIMIT
from tests.intake.desk import case_of, receive
from tests.intake.mail.mails import HEAD, mail, parted


def nested(depth: int) -> bytes:
    opening = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return (HEAD + opening + "Content-Type: text/plain\n\ndeep words\n").encode()


def forwarded(depth: int) -> bytes:
    return (HEAD + "Content-Type: message/rfc822\n\n" * depth + "Subject: x\n\ndeep words\n").encode()


def test_nesting_up_to_the_limit_is_read() -> None:
    letter = read_letter(nested(DEPTH_LIMIT))
    assert (letter.text, letter.trouble) == ("deep words", ())


@pytest.mark.parametrize("raw", [nested(DEPTH_LIMIT + 1), nested(3_000), forwarded(DEPTH_LIMIT + 2), forwarded(3_000)])
def test_nesting_over_the_limit_is_said(raw: bytes) -> None:
    letter = read_letter(raw)
    assert "too_deep" in letter.trouble and "unreadable" not in letter.trouble
    assert letter.subject == "My bag"


def test_parts_over_the_limit_are_left_and_said() -> None:
    few = read_letter(parted(*[f"Content-Type: image/png; name=a{n}.png\n\nx" for n in range(PART_LIMIT - 1)]))
    many = read_letter(parted(*[f"Content-Type: image/png; name=a{n}.png\n\nx" for n in range(10_000)]))
    assert len(few.attachments) == PART_LIMIT - 1 and few.trouble == ()
    assert len(many.attachments) == PART_LIMIT - 1 and many.trouble == ("too_many_parts",)


@pytest.mark.parametrize(
    "more",
    [
        "".join(f"X-{n}: {'v' * 20}\n" for n in range(10_000)),
        "X-Long: " + "v" * 300_000 + "\n",
        "X: \n" + " v\n" * 100_000,
    ],
)
def test_a_header_over_the_limit_hides_nothing_that_came_before(more: str) -> None:
    letter = read_letter(mail(more=more))
    assert "header_too_long" in letter.trouble
    assert letter.subject == "My bag" and letter.text == "The strap broke."


def test_a_line_of_ten_million_characters_is_a_letter_that_was_cut() -> None:
    letter = read_letter(mail("x" * 10_000_000))
    assert letter.trouble == ("truncated",)
    assert len(letter.text) == 1_000_000


def test_a_mail_over_25_megabytes_is_read_as_far_as_that_in_bounded_memory_and_time() -> None:
    raw = mail("y" * (SIZE_LIMIT + 1_000_000))
    tracemalloc.start()
    began = time.process_time()
    letter = read_letter(raw)
    seconds, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "too_large" in letter.trouble and letter.subject == "My bag"
    assert peak < 8 * len(raw)
    assert seconds < 20


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (nested(DEPTH_LIMIT + 1), "nested too deeply"),
        (parted(*["\nx"] * (PART_LIMIT + 1)), "too many parts"),
        (mail(more="X-Long: " + "v" * 300_000 + "\n"), "header is too long"),
        (mail("y" * 3_000_000), "too large"),
    ],
    ids=["depth", "parts", "header", "size"],
)
def test_what_is_over_a_limit_is_a_case_with_owner_clock_and_its_whole_original(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch, raw: bytes, why: str
) -> None:
    monkeypatch.setenv("MAKEGOOD_MAX_MAIL_MB", "2")
    item = receive(raw, now=monday_ten, sender="ann@mail.example")
    case = case_of(item)
    assert item.state == item.State.QUARANTINED and why in item.why
    assert case.open and case.quarantined and case.owner_id and case.wakes_at is not None
    assert bytes(item.raw.body) == raw
    assert not case.outbox.exists()


def test_bombs_are_masked_without_falling_over() -> None:
    assert mask_raw(nested(3_000)) is None
    assert mask_raw(parted(*["\nx"] * 10_000)) is None
    assert mask_raw(nested(200).replace(b"deep words", b"4111 1111 1111 1111")) is not None
