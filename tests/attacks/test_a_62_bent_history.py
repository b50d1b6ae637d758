"""A-62: whoever holds the file bends the journal, and `makegood doctor`, asked from outside, names the place."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from makegood.desk.chain import START, chain_hash

from . import bent_desk
from .bent_desk import doctor, named, opened


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk nobody has bent."""
    home = tmp_path_factory.mktemp("desk")
    built = bent_desk.run(home, "-m", "tests.attacks.bent_desk")
    assert built.returncode == 0, built.stderr
    return home


@pytest.fixture
def home(well: Path, tmp_path: Path) -> Path:
    """A copy of it to bend."""
    return Path(shutil.copytree(well, tmp_path / "desk"))


def numbers(database: sqlite3.Connection) -> dict[int, str]:
    return dict(database.execute("SELECT id, number FROM desk_case"))


def test_a_desk_that_nobody_bent_is_found_well_and_left_as_it_was(home: Path) -> None:
    before = hashlib.sha256((home / "makegood.sqlite3").read_bytes()).hexdigest()
    code, report = doctor(home)
    assert [named(report, f"P{n}") for n in range(1, 9)] == [""] * 8
    assert report["recomputed"] == {"cases": 6, "of": 6, "every_runs": 1}
    assert hashlib.sha256((home / "makegood.sqlite3").read_bytes()).hexdigest() == before
    assert (code == 0) is report["well"]


def test_what_is_flipped_taken_out_slipped_in_and_hung_elsewhere_is_named(home: Path) -> None:
    with opened(home) as database:
        known = numbers(database)
        flipped, taken, cut, slipped, hung, _whole = known
        database.execute("UPDATE desk_entry SET actor = 'mbil' WHERE case_id = ? AND seq = 2", [flipped])
        database.execute("DELETE FROM desk_entry WHERE case_id = ? AND seq = 2", [taken])
        database.execute(
            "DELETE FROM desk_entry WHERE case_id = ? AND seq = (SELECT head_seq FROM desk_case WHERE id = ?)",
            [cut, cut],
        )
        columns = "case_id, seq, name, at, recorded_at, by_id, actor, facts, previous, hash"
        database.execute(
            f"INSERT INTO desk_entry ({columns}) SELECT case_id, seq + 1, name, at, recorded_at, by_id, actor, facts,"
            " hash, ? FROM desk_entry WHERE case_id = ? AND seq = (SELECT head_seq FROM desk_case WHERE id = ?)",
            ["f" * 64, slipped, slipped],
        )
        other = database.execute("SELECT hash FROM desk_entry WHERE case_id = ? AND seq = 1", [flipped]).fetchone()[0]
        database.execute("UPDATE desk_entry SET previous = ? WHERE case_id = ? AND seq = 2", [other, hung])
    code, report = doctor(home)
    said = named(report, "P8")
    assert code == 1
    assert f"{known[flipped]} entry 2 (" in said
    assert "was changed after it was written" in said
    assert f"{known[taken]} entry 2 is missing" in said
    assert f"{known[cut]} the case ends its chain with entry" in said
    assert f"{known[slipped]} the case ends its chain with entry" in said
    assert f"{known[hung]} entry 2 does not follow from the one before it" in said
    assert known[_whole] not in said


def test_a_chain_rewritten_whole_after_the_seal_is_given_away_by_the_seal(home: Path) -> None:
    with opened(home) as database:
        case = next(iter(numbers(database)))
        _rewrite(database, case)
    _code, report = doctor(home)
    assert "is not what was sealed that day" in named(report, "P8")
    assert named(report, "P8").count("\n") == 0, "its hashes fit each other, and the seal alone knows better"


def test_the_seal_rewritten_with_it_is_given_away_by_the_file_outside(home: Path) -> None:
    with opened(home) as database:
        _rewrite(database, next(iter(numbers(database))))
        heads = database.execute("SELECT id, head_seq, head_hash FROM desk_case ORDER BY id").fetchall()
        house = database.execute("SELECT seq, hash FROM desk_entry WHERE case_id IS NULL ORDER BY seq DESC").fetchone()
        lines = [f"house:{house[0]}:{house[1]}\n", *(f"{pk}:{seq}:{head}\n" for pk, seq, head in heads)]
        database.execute("UPDATE desk_anchor SET digest = ?", [hashlib.sha256("".join(lines).encode()).hexdigest()])
    _code, report = doctor(home)
    assert "is not the one written outside the database" in named(report, "P8")


def _rewrite(database: sqlite3.Connection, case: int) -> None:
    """Tell a case's story anew with another door, every hash fitting, as somebody with the source could."""
    previous = START
    asked = "SELECT id, seq, name, at, recorded_at, by_id, actor, facts FROM desk_entry WHERE case_id = ? ORDER BY seq"
    for pk, seq, name, at, recorded_at, by, actor, text in database.execute(asked, [case]).fetchall():
        facts: dict[str, Any] = json.loads(text)
        if name == "case.opened":
            facts["why"] = "somebody else's story"
        whole = {
            "case": case, "seq": seq, "name": name, "at": _instant(at), "recorded_at": _instant(recorded_at), "by": by,
            "actor": actor, "facts": facts,
        }  # fmt: skip
        sealed = chain_hash(previous, whole)
        database.execute(
            "UPDATE desk_entry SET facts = ?, previous = ?, hash = ? WHERE id = ?",
            [json.dumps(facts), previous, sealed, pk],
        )
        previous = sealed
    database.execute("UPDATE desk_case SET head_hash = ? WHERE id = ?", [previous, case])


def _instant(kept: str) -> str:
    day, _, clock = kept.partition(" ")
    return f"{day}T{clock}{'' if '.' in clock else '.000000'}+00:00"


def test_where_there_is_no_desk_the_doctor_says_so_and_makes_none(tmp_path: Path) -> None:
    for home in (tmp_path / "nowhere", tmp_path):
        code, report = doctor(home)
        assert (code, report["well"], report["checks"][0]["code"]) == (1, False, "home")
        assert str(home) in named(report, "home")
    assert list(tmp_path.iterdir()) == []
