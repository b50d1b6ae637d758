"""Card numbers in text: found however they are written, and nothing else masked.

The numbers are the ones card schemes publish for tests.
"""

import pytest

from makegood.language.cards import holds_card, is_card, mask, mask_in_place

VISA, MASTER, AMEX, DISCOVER = "4111111111111111", "5555555555554444", "378282246310005", "6011111111111117"
OTHERS = (
    "2223003122003222",
    "30569309025904",
    "3530111333300000",
    "6200000000000005",
    "4222222222222",
    "5019717010103742",
)


@pytest.mark.parametrize("number", [VISA, MASTER, AMEX, DISCOVER, *OTHERS])
def test_the_schemes_test_numbers_are_cards(number: str) -> None:
    assert is_card(number)
    assert mask(f"my card is {number}, thanks") == f"my card is •••• •••• •••• {number[-4:]}, thanks"


@pytest.mark.parametrize(
    "written",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111 - 1111 - 1111 - 1111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111–1111–1111–1111",
        "4111 1111\n1111 1111",
        "4111 1111\r\n1111 1111",
        "41111111\n11111111",
        "411111111111\n1111",
        "> 4111 1111\n> 1111 1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "41 11 11 11 11 11 11 11",
        "4111\u200b1111\u200b1111\u200b1111",
        "４１１１ １１１１ １１１１ １１１１",
        "x4111111111111111x",
        "order 77 4111 1111 1111 1111 exp 12/27",
        "4111 1111 1111 1111 1227 123",
    ],
)
def test_a_number_is_found_however_it_is_written(written: str) -> None:
    assert holds_card(written)
    masked = mask(written)
    assert "•••• •••• •••• " in masked
    assert not holds_card(masked)


@pytest.mark.parametrize(
    "text",
    [
        "order 4111111111111112",
        "order 88-20413-4111",
        "1234567890123456",
        "tracking 00340434161094042557",
        "IBAN DE89 3704 0044 0532 0130 00",
        "call +49 431 000111 or +49 170 1234567",
        "555-421-6780\n555-941-0697",
        "2026-03-03 10:12:00 2026-03-04 11:13:01",
        "192.168.100.100 192.168.100.101",
        "41111111111111110000000000000000",
        "4111 and 1111 and 1111 and 1111",
        "0000 0000 0000 0000",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_card(text)
    assert mask(text) is text or mask(text) == text


def test_two_numbers_side_by_side_are_both_masked() -> None:
    assert mask(f"{VISA} {MASTER}") == "•••• •••• •••• 1111 •••• •••• •••• 4444"


def test_two_numbers_spelled_digit_by_digit_are_both_masked() -> None:
    assert mask(" ".join(VISA + MASTER)) == "•••• •••• •••• 1111 •••• •••• •••• 4444"


def test_masking_in_place_moves_nothing() -> None:
    assert mask_in_place("a 4111 1111-1111\n1111 b") == "a **** ****-****\n1111 b"


@pytest.mark.parametrize(
    ("markup", "masked"),
    [
        (
            "<td>4111</td><td>1111</td><td>1111</td><td>1111</td>",
            "<td>****</td><td>****</td><td>****</td><td>1111</td>",
        ),
        ("4111<b>1111</b>1111&nbsp;1111", "****<b>****</b>****&nbsp;1111"),
        ("4111 1111<br>1111 1111", "**** ****<br>**** 1111"),
        ("&#52;111 1111 1111 111&#x31;", "**** **** **** 1111"),
        ('<a href="/4111111111111111">', '<a href="/************1111">'),
    ],
)
def test_markup_between_the_digits_hides_nothing(markup: str, masked: str) -> None:
    assert mask_in_place(markup, markup=True) == masked
    assert holds_card(markup, markup=True) and not holds_card(masked, markup=True)
