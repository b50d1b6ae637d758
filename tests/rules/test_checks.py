"""Every check finds its bad examples and lets its good ones be; and the five words mean what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import findall
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makegood.rules
from makegood.rules import logic
from makegood.rules.checks import CHECKS
from makegood.rules.checks.check import Check
from makegood.rules.checks.promises import FORGOTTEN, KEPT_LATE, PromiseFacts
from tests.rules.check_pages import PAGE, page

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.none() | st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_finds_its_bad_examples_and_lets_its_good_ones_be(check: Check) -> None:
    assert check.good
    assert check.bad
    for facts in check.good:
        assert check.breaks(facts) is False, facts
    for facts in check.bad:
        assert check.breaks(facts) is True, facts


def test_codes_are_given_once_and_titles_are_sentences_without_a_stop() -> None:
    codes = [check.code for check in CHECKS]
    assert codes == sorted(set(codes))
    for check in CHECKS:
        assert check.title[0].isupper()
        assert not check.title.endswith(".")
        assert check.why.endswith(".")


def test_every_finding_the_rules_make_is_a_check() -> None:
    rules = Path(logic.__file__).parent
    made = {code for path in rules.glob("*.py") for code in findall(r"MG\d{3}", path.read_text(encoding="utf-8"))}
    assert made
    assert made <= {check.code for check in CHECKS}


def test_the_page_of_checks_is_written_from_the_checks() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.rules.check_pages"


# ── the words, for a value and for a column ──────────────────────────────────


@dataclass(frozen=True)
class Column:
    """A whole column in memory that answers as a column of Ibis does, NULLs and all."""

    rows: tuple[Any, ...]

    def isnull(self) -> Column:
        return Column(tuple(row is None for row in self.rows))

    def notnull(self) -> Column:
        return Column(tuple(row is not None for row in self.rows))

    def fill_null(self, value: object) -> Column:
        return Column(tuple(value if row is None else row for row in self.rows))

    def __gt__(self, other: object) -> Column:
        return self._pairwise(other, lambda a, b: a > b)

    def __lt__(self, other: object) -> Column:
        return self._pairwise(other, lambda a, b: a < b)

    def __and__(self, other: object) -> Column:
        return self._pairwise(other, lambda a, b: a and b)

    def __or__(self, other: object) -> Column:
        return self._pairwise(other, lambda a, b: a or b)

    __rand__, __ror__ = __and__, __or__

    def _pairwise(self, other: object, meaning: Any) -> Column:
        others = other.rows if isinstance(other, Column) else (other,) * len(self.rows)
        pairs = zip(self.rows, others, strict=True)
        return Column(tuple(None if a is None or b is None else meaning(a, b) for a, b in pairs))


WORDS = {"after": logic.after, "both": logic.both, "either": logic.either}
FACTS = {"after": MOMENTS, "both": st.none() | st.booleans(), "either": st.none() | st.booleans()}


@pytest.mark.parametrize("word", WORDS)
@settings(max_examples=40)
@given(st.data())
def test_a_word_means_the_same_for_a_value_and_for_a_column_and_is_never_unknown(
    word: str, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(FACTS[word], FACTS[word]), min_size=1, max_size=6))
    left, right = Column(tuple(a for a, _ in rows)), Column(tuple(b for _, b in rows))
    one_by_one = tuple(WORDS[word](a, b) for a, b in rows)

    assert WORDS[word](left, right).rows == one_by_one
    assert set(one_by_one) <= {True, False}
    constant = rows[0][1]
    if constant is not None:
        assert WORDS[word](left, constant).rows == tuple(WORDS[word](a, constant) for a, _ in rows)
        assert WORDS[word](constant, left).rows == tuple(WORDS[word](constant, a) for a, _ in rows)


@settings(max_examples=40)
@given(st.lists(MOMENTS))
def test_what_is_missing_is_not_present(facts: list[datetime | None]) -> None:
    column = Column(tuple(facts))

    assert logic.missing(column).rows == tuple(logic.missing(fact) for fact in facts)
    assert logic.present(column).rows == tuple(not logic.missing(fact) for fact in facts)


@settings(max_examples=40)
@given(st.lists(st.tuples(MOMENTS, MOMENTS, MOMENTS), min_size=1, max_size=8))
def test_a_check_finds_the_same_one_by_one_and_all_at_once(rows: list[tuple[Any, Any, Any]]) -> None:
    one_by_one = [
        PromiseFacts(made_at=NOON, due_at=due, kept_at=kept, released_at=released) for due, kept, released in rows
    ]
    due, kept, released = (Column(tuple(row[nth] for row in rows)) for nth in range(3))
    blank = Column((None,) * len(rows))
    at_once = PromiseFacts(made_at=NOON, due_at=due, kept_at=kept, released_at=released, settled_at=blank)

    for check in (KEPT_LATE, FORGOTTEN):
        assert check.breaks(at_once).rows == tuple(check.breaks(facts) for facts in one_by_one)


def test_nothing_is_after_what_is_missing_and_the_same_moment_is_not_after() -> None:
    assert logic.after(NOON, None) is False
    assert logic.after(None, NOON) is False
    assert logic.after(NOON, NOON) is False
    assert logic.after(NOON + timedelta(seconds=1), NOON) is True


def test_the_contents_page_names_every_file_of_the_rule_book_once() -> None:
    rules = Path(logic.__file__).parent
    listed = [line.split()[0].rstrip("/") for line in (makegood.rules.__doc__ or "").splitlines() if line[:4] == "    "]
    files = {path.stem for path in rules.glob("*.py")} - {"__init__"} | {"checks"}

    assert sorted(listed) == sorted(files)
