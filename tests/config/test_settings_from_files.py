"""A setting and a key that lie in a file are read once, and again as soon as the file is another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from makegood import config


def test_a_file_is_read_once_until_it_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "url"
    file.write_text("smtp://one.example\n")
    monkeypatch.setenv("MAKEGOOD_SMTP_URL_FILE", str(file))
    opened: list[Path] = []
    sound = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **words: opened.append(path) or sound(path, **words))
    assert {config.get("MAKEGOOD_SMTP_URL") for _ in range(5)} == {"smtp://one.example"}
    assert opened == [file]
    file.write_text("smtp://two.example\n")
    os.utime(file, ns=(1, 1))
    assert config.get("MAKEGOOD_SMTP_URL") == "smtp://two.example"
    assert opened == [file, file]
    file.unlink()
    with pytest.raises(config.SettingError, match="MAKEGOOD_SMTP_URL_FILE"):
        config.get("MAKEGOOD_SMTP_URL")


def test_a_key_is_made_once_in_each_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAKEGOOD_SECRET_KEY", raising=False)
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path / "one"))
    first = config.secret_key()
    assert config.secret_key() == first == (tmp_path / "one" / "keys" / "secret-key").read_text()
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path / "two"))
    assert config.secret_key() != first
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path / "one"))
    assert config.secret_key() == first


def test_a_key_that_was_taken_away_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAKEGOOD_SECRET_KEY", raising=False)
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    first = config.secret_key()
    (tmp_path / "keys" / "secret-key").unlink()
    assert config.secret_key() != first
    assert (tmp_path / "keys" / "secret-key").stat().st_mode & 0o077 == 0


def test_a_relative_home_is_where_the_process_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", "var")
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        assert config.home() == tmp_path / place / "var"
        assert config.home().is_dir()


def test_a_key_that_was_put_back_from_a_copy_is_read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MAKEGOOD_SECRET_KEY", raising=False)
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    first = config.secret_key()
    copy = tmp_path / "keys" / "copy"
    copy.write_text("the key of the copy")
    copy.replace(tmp_path / "keys" / "secret-key")
    assert config.secret_key() == "the key of the copy" != first


def test_a_disk_that_is_full_leaves_no_key_behind_that_nobody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAKEGOOD_SECRET_KEY", raising=False)
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            config.secret_key()
    assert list((tmp_path / "keys").iterdir()) == []
    assert config.secret_key() == (tmp_path / "keys" / "secret-key").read_text()
