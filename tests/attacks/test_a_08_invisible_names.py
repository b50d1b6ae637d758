"""A-08: no invisible, spacing or control character in a file name survives, wherever it stands.

CVE-2026-28289: a name was checked first and cleaned afterwards, so ".htaccess" came in behind a zero-width
space. Here the checks see the cleaned name.
"""

import sys
import unicodedata
from collections.abc import Callable

import pytest

from makegood.customer.typed import file_name
from makegood.intake.mail.visible import clean_file_name, clean_line
from makegood.staff.downloads import harmless

#: Every control, format and spacing character of Unicode.
UNSEEN = [
    chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zs", "Zl", "Zp")
]


def test_there_is_something_to_test() -> None:
    assert len(UNSEEN) > 200


@pytest.mark.parametrize("position", range(len(".htaccess") + 1))
def test_a_hidden_character_at_no_position_brings_a_dotted_name_in(position: int) -> None:
    for sign in UNSEEN:
        label = clean_file_name(".htaccess"[:position] + sign + ".htaccess"[position:])
        assert label.replace(" ", "").replace("_", "") == "htaccess", hex(ord(sign))
        assert not label.startswith((".", " "))
        assert all(unicodedata.category(kept) not in ("Cc", "Cf", "Zl", "Zp") for kept in label)


@pytest.mark.parametrize("shown", [file_name, harmless])
def test_nor_where_a_customer_uploads_it_and_where_a_colleague_saves_it(shown: Callable[[str], str]) -> None:
    for position in range(len(".htaccess") + 1):
        for sign in UNSEEN:
            label = shown(".htaccess"[:position] + sign + ".htaccess"[position:])
            assert label.replace(" ", "") == "htaccess" and not label.startswith(" "), hex(ord(sign))


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\ufeff", "\u2060", "\u00ad", "\U000e0041", "\u3164", "\u200d"])
def test_a_hidden_character_splits_no_path_and_no_device(sign: str) -> None:
    assert clean_file_name(f".{sign}./.{sign}./x.txt") == "x.txt"
    assert clean_file_name(f"C{sign}ON") == "_CON"
    assert clean_file_name(f"photo{sign}gpj.exe") == "photogpj.exe"


def test_cleaning_twice_changes_nothing() -> None:
    for sign in UNSEEN:
        once = clean_line(f"a{sign}b{sign} c")
        assert clean_line(once) == once
