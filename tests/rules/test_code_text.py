"""A code survives being read out and typed; what was mistyped is found before anything is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.rules import code_text
from makegood.rules.code_text import SIGNS, CodeMistyped

SECRETS = st.binary(min_size=16, max_size=16)
PLACES = st.integers(0, 27)


@given(SECRETS)
@settings(max_examples=50, deadline=None)
def test_every_code_is_read_as_it_was_written(secret: bytes) -> None:
    code = code_text.written(secret)

    assert len(code) == 28 and set(code) <= set(SIGNS)
    assert code_text.read(code_text.grouped(code)) == code


@given(SECRETS, st.data())
@settings(max_examples=50, deadline=None)
def test_it_may_be_typed_as_people_type(secret: bytes, data: st.DataObject) -> None:
    code = code_text.written(secret)
    looks_like = {"0": "0oO", "1": "1iIlL", "V": "vVuU"}
    typed = [data.draw(st.sampled_from(looks_like.get(sign, sign.lower() + sign))) for sign in code]
    between = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", ".", "\u00a0"]), min_size=28, max_size=28))

    assert code_text.read("".join(a + b for a, b in zip(typed, between, strict=True))) == code


@given(SECRETS, PLACES, st.integers(1, 31))
@settings(max_examples=100, deadline=None)
def test_one_wrong_sign_is_found_and_so_is_its_group(secret: bytes, place: int, by: int) -> None:
    code = code_text.written(secret)
    wrong = SIGNS[(SIGNS.index(code[place]) + by) % 32]

    with pytest.raises(CodeMistyped) as refused:
        code_text.read(code[:place] + wrong + code[place + 1 :])

    group = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")[place // 4]
    assert refused.value.reasons == (f"Look at the {group} group again.",)


@given(SECRETS, PLACES, PLACES, st.integers(1, 31), st.integers(1, 31))
@settings(max_examples=100, deadline=None)
def test_two_wrong_signs_are_found(secret: bytes, one: int, other: int, by: int, more: int) -> None:
    signs = list(code_text.written(secret))
    signs[one] = SIGNS[(SIGNS.index(signs[one]) + by) % 32]
    if other != one:
        signs[other] = SIGNS[(SIGNS.index(signs[other]) + more) % 32]

    with pytest.raises(CodeMistyped):
        code_text.read("".join(signs))


@given(SECRETS, PLACES, PLACES)
@settings(max_examples=100, deadline=None)
def test_two_signs_that_changed_places_are_found(secret: bytes, one: int, other: int) -> None:
    code = code_text.written(secret)
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    if "".join(signs) == code:
        return

    with pytest.raises(CodeMistyped):
        code_text.read("".join(signs))


@pytest.mark.parametrize(
    "typed", ["", "   ", "A" * 27, "A" * 29, "é" * 28, "0000-0000", "A" * 10_000, "\x00" * 28, "💐" * 28]
)
def test_what_is_no_code_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(CodeMistyped):
        code_text.read(typed)


def test_a_seed_says_nothing_without_the_key() -> None:
    seed = bytes(16)

    one, other = code_text.derived(b"one key", seed), code_text.derived(b"another", seed)

    assert one != other
    assert code_text.derived(b"one key", seed) == one
    assert code_text.digest(one) != code_text.digest(other)


def test_a_code_is_128_bits_and_nothing_less() -> None:
    with pytest.raises(ValueError, match="128 bits"):
        code_text.written(b"short")
