"""Addresses read strictly: one reading, or none."""

import pytest

from makegood.intake.mail.addresses import (
    Mailbox,
    comparable,
    plus_detail,
    read_address,
    read_mailboxes,
    read_sender,
)


@pytest.mark.parametrize(
    ("value", "boxes"),
    [
        ("ann@mail.example", [("", "ann@mail.example")]),
        ("Ann Hart <Ann@MAIL.example>", [("Ann Hart", "Ann@mail.example")]),
        ('"Hart, Ann" <ann@mail.example>', [("Hart, Ann", "ann@mail.example")]),
        ("=?utf-8?q?J=C3=B6rg=2C_B=3C?= <j@mail.example>", [("Jörg, B<", "j@mail.example")]),
        ("a@mail.example, Bo <b@mail.example>", [("", "a@mail.example"), ("Bo", "b@mail.example")]),
        ("Team: a@mail.example, b@mail.example;, c@mail.example", [("", f"{n}@mail.example") for n in "abc"]),
        ("undisclosed-recipients:;", []),
        ("daemon@mail.example (Mail System)", [("Mail System", "daemon@mail.example")]),
        ("a@bücher.example", [("", "a@xn--bcher-kva.example")]),
        ("a@BÜCHER.example", [("", "a@xn--bcher-kva.example")]),
        ("jörg@mail.example", [("", "jörg@mail.example")]),
        ("", []),
    ],
)
def test_honest_fields_are_read(value: str, boxes: list[tuple[str, str]]) -> None:
    trouble: set[str] = set()
    assert [(box.name, box.address) for box in read_mailboxes(value, trouble)] == boxes
    assert trouble == set()


@pytest.mark.parametrize(
    ("values", "sender"),
    [
        (("Ann <ann@mail.example>",), Mailbox(name="Ann", address="ann@mail.example")),
        (("Hart, Ann <ann@mail.example>",), Mailbox(name="Hart, Ann", address="ann@mail.example")),
        (("ann@mail.example, bo@mail.example",), Mailbox()),
        (("Ann <ann@mail.example>", "Bo <bo@mail.example>"), Mailbox(name="Ann")),
        (("Team: ann@mail.example;",), Mailbox()),
        ((), Mailbox()),
        (("",), Mailbox()),
    ],
)
def test_a_sender_is_one_person_or_nobody(values: tuple[str, ...], sender: Mailbox) -> None:
    assert read_sender(values, set()) == sender


def test_letter_case_never_makes_two_people_of_one() -> None:
    first, second = read_address("Ann@Mail.example"), read_address("ann@mail.EXAMPLE")
    assert first and second and comparable(first) == comparable(second)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("care+abc@shop.example", ("care@shop.example", "abc")),
        ("care+a+b@shop.example", ("care@shop.example", "a+b")),
        ("care+@shop.example", ("care@shop.example", "")),
        ("care@shop.example", ("care@shop.example", None)),
        ("+abc@shop.example", ("+abc@shop.example", None)),
    ],
)
def test_the_detail_after_the_plus_is_taken_off(address: str, found: tuple[str, str | None]) -> None:
    assert plus_detail(address) == found


def test_a_field_of_ten_thousand_people_is_cut() -> None:
    trouble: set[str] = set()
    assert len(read_mailboxes(", ".join(f"a{n}@mail.example" for n in range(10_000)), trouble)) == 200
    assert trouble == {"bad_address"}
