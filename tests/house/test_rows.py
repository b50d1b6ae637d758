"""Every row of the attack list and of the fault list that is promised has its module, named by its id."""

import re

from tests.house.reading import ROOT

ATTACKS = frozenset(
    f"a_{number:02}"
    for number in (
        *(1, 2, 3, 4, 5, 7, 8, 12, 13, 14, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 30, 31, 32, 33, 36, 37),
        *(41, 42, 43, 45, 46, 49, 50, 51, 53, 54, 55, 56, 57, 59, 60, 61, 62),
    )
)
FAULTS = frozenset(f"f_{number:02}" for number in (*range(1, 12), *range(13, 19), *range(20, 32), 33, 35, 36, 37, 40))
#: Files in these folders that are no row's: what rows share, and what goes across them.
SHARED = re.compile(r"test_(fuzzed_\w+|two_teams)\.py")
ROW = re.compile(r"test_([af]_\d\d)_[a-z0-9_]+\.py")


def rows(folder: str) -> set[str]:
    """The rows that have a module in a folder of tests."""
    found = [ROW.fullmatch(path.name) for path in (ROOT / "tests" / folder).glob("test_*.py")]
    return {row[1] for row in found if row}


def test_every_attack_that_is_promised_has_its_module() -> None:
    assert sorted(ATTACKS - rows("attacks")) == []


def test_every_fault_that_is_promised_has_its_module() -> None:
    assert sorted(FAULTS - rows("faults")) == []


def test_every_module_there_is_named_by_a_row() -> None:
    for folder in ("attacks", "faults"):
        names = [path.name for path in (ROOT / "tests" / folder).glob("test_*.py")]
        assert [name for name in names if not ROW.fullmatch(name) and not SHARED.fullmatch(name)] == []


def test_a_module_that_was_taken_away_is_missed() -> None:
    assert rows("nowhere") == set()
    assert FAULTS - (rows("faults") - {"f_14"}) >= {"f_14"}


def test_a_row_says_in_its_first_line_which_it_is() -> None:
    wrong = []
    for folder in ("attacks", "faults"):
        for path in sorted((ROOT / "tests" / folder).glob("test_*.py")):
            row = ROW.fullmatch(path.name)
            if row and row[1].replace("_", "-").upper() not in path.read_text("utf-8").split("\n", 1)[0]:
                wrong.append(path.name)
    assert wrong == []
