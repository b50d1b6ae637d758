"""A-32: a card number that came by mail is nowhere on the disk, not in the database and not in a log."""

from __future__ import annotations

import base64
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nacl.encoding import HexEncoder
from nacl.public import PrivateKey, SealedBox

from tests.conftest import MONDAY_TEN
from tests.intake.desk_to_kill import Desk, desk
from tests.intake.letters import letter

CARD = "4111111111111111"
SPOKEN = "4111 1111 1111 1111"


def letter_with_a_card() -> bytes:
    plain = letter(f"My card is {SPOKEN}, or {CARD}.", subject=f"Card {SPOKEN}")
    hidden = base64.encodebytes(f"again: {CARD}".encode()).replace(b"\n", b"\r\n")
    head, _, body = plain.partition(b"\r\n\r\n")
    head = head.replace(
        b"Content-Type: text/plain", b'Content-Type: multipart/mixed; boundary="b"\r\nX-Was: text/plain'
    )
    return (
        head + b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" + body +
        b'\r\n--b\r\nContent-Type: text/plain; name="card.txt"\r\nContent-Disposition: attachment\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + hidden + b"\r\n--b--\r\n"
    )  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("furnished")
    with desk(home, now=MONDAY_TEN) as first:
        assert first.do("furnish")
    return home


def take_in(furnished: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> Path:
    home = shutil.copytree(furnished, folder / "home")
    monkeypatch.setenv("MAKEGOOD_CARD_NUMBERS", setting)
    with desk(home, now=MONDAY_TEN) as found:
        _hand_in_and_judge(found)
    return home


def _hand_in_and_judge(found: Desk) -> None:
    assert found.hand_in(letter_with_a_card())
    assert found.do("judge")


def hits(home: Path, capture: str) -> list[str]:
    """Every file, and the log, in which the number stands in one of its spellings."""
    encoded = [base64.b64encode(b"x" * shift + CARD.encode())[4 if shift else 0 : 16] for shift in range(3)]
    wanted = [CARD.encode(), SPOKEN.encode(), *encoded]
    files = [path for path in home.rglob("*") if path.is_file()]
    found = [str(path) for path in files if any(word in path.read_bytes() for word in wanted)]
    return found + (["the log"] if any(word in capture.encode() for word in wanted) else [])


@pytest.mark.parametrize("setting", ["seal", "mask"])
def test_the_whole_folder_and_the_log_hold_no_card_number(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], setting: str
) -> None:
    home = take_in(furnished, tmp_path, monkeypatch, setting)
    said = capfd.readouterr()
    assert (home / "makegood.sqlite3").stat().st_size > 0
    assert hits(home, said.out + said.err) == []
    with closing(sqlite3.connect(home / "makegood.sqlite3")) as database:
        text, subject = database.execute("SELECT text, subject FROM desk_contact").fetchone()
        sealed = database.execute("SELECT sealed FROM desk_rawitem").fetchone()[0]
    assert "1111" in text and "1111" in subject, "the last four digits stay"
    assert (sealed is not None) is (setting == "seal")


def test_the_search_for_the_number_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(letter_with_a_card())
    (tmp_path / "encoded").write_bytes(base64.b64encode(f"a: {CARD}".encode()))
    assert len(hits(tmp_path, f"said {SPOKEN}")) == 3


def test_the_original_is_opened_by_the_private_key_alone(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = take_in(furnished, tmp_path, monkeypatch, "seal")
    keys = home / "keys"
    assert (keys / "vault.key").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(home / "makegood.sqlite3")) as database:
        sealed, sha256 = database.execute(
            "SELECT sealed, sha256 FROM desk_rawitem JOIN desk_inboxitem ON id = item_id"
        ).fetchone()
    key = PrivateKey((keys / "vault.key").read_bytes().strip(), encoder=HexEncoder)
    assert SealedBox(key).decrypt(sealed) == letter_with_a_card()
    import hashlib

    assert sha256 != hashlib.sha256(letter_with_a_card()).hexdigest(), "a plain hash gives missing digits away"


def test_with_the_private_key_taken_away_letters_are_sealed_all_the_same(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shutil.copytree(furnished, tmp_path / "elsewhere")
    (home / "keys" / "vault.key").unlink()
    monkeypatch.setenv("MAKEGOOD_CARD_NUMBERS", "seal")
    with desk(home, now=MONDAY_TEN) as found:
        _hand_in_and_judge(found)
    assert not (home / "keys" / "vault.key").exists()
    with closing(sqlite3.connect(home / "makegood.sqlite3")) as database:
        assert database.execute("SELECT sealed FROM desk_rawitem").fetchone()[0] is not None
