"""One-time codes: the vectors of RFC 6238, and that no code counts twice."""

from datetime import UTC, datetime

import pytest

from makegood.staff.one_time_codes import code_at, matching_step

RFC_SECRET = b"12345678901234567890"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the same in base 32


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_the_rfc_come_out(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // 30, digits=8) == code


def test_a_code_counts_for_its_step_and_one_to_either_side() -> None:
    now = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    step = int(now.timestamp()) // 30
    heard = [
        s - step for s in range(step - 3, step + 4) if matching_step(SECRET, code_at(RFC_SECRET, s), after=0, now=now)
    ]
    assert heard == [-1, 0, 1]


def test_no_code_counts_twice() -> None:
    now = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
    step = int(now.timestamp()) // 30
    code = code_at(RFC_SECRET, step)
    assert matching_step(SECRET, code, after=0, now=now) == step
    assert matching_step(SECRET, code, after=step, now=now) is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "000000000", "１２３４５６"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matching_step(SECRET, typed, after=0, now=datetime(2026, 3, 2, tzinfo=UTC)) is None


def test_a_secret_that_is_none_matches_nothing() -> None:
    assert matching_step("not base 32!", "000000", after=0, now=datetime(2026, 3, 2, tzinfo=UTC)) is None
