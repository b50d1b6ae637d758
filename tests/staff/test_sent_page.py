"""The kept mails of a house without a mail server: for who looks after it, and only while there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from makegood.demo.cast import Cast

from .conftest import SignedIn, text_of

MAIL = b"""Subject: We have your message
To: rosalia@quintero.example

See http://localhost/c/x/ <script>1</script>
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "0001.eml").write_bytes(MAIL)
    (tmp_path / "secret.eml").write_bytes(b"Subject: not yours\r\n\r\n")
    return tmp_path


def test_the_kept_mails_are_listed_and_read_as_text(kept: Path, signed_in: SignedIn, cast: Cast) -> None:
    sam = signed_in(cast.sam)
    assert 'href="/sent/"' in sam.get("/doors/").content.decode()
    assert "We have your message" in text_of(sam.get("/sent/"))
    page = sam.get("/sent/0001.eml/").content.decode()
    assert "rosalia@quintero.example" in page
    assert "<script>1" not in page


def test_agents_and_leads_see_none_of_them(kept: Path, signed_in: SignedIn, cast: Cast) -> None:
    for who in (cast.priya, cast.marta, cast.grace):
        assert 'href="/sent/"' not in signed_in(who).get("/doors/").content.decode()
        assert signed_in(who).get("/sent/").status_code == 404
        assert signed_in(who).get("/sent/0001.eml/").status_code == 404


def test_once_there_is_a_mail_server_there_is_no_such_page(
    kept: Path, signed_in: SignedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_SMTP_URL", "smtp://localhost:25")
    assert signed_in(cast.sam).get("/sent/").status_code == 404


@pytest.mark.parametrize("name", ["..%2Fsecret.eml", "../secret.eml", "%2e%2e/secret.eml", "secret.eml", "0001", "*"])
def test_no_name_becomes_a_path(kept: Path, signed_in: SignedIn, cast: Cast, name: str) -> None:
    assert signed_in(cast.sam).get(f"/sent/{name}/").status_code == 404


def test_a_house_that_sent_nothing_yet_says_what_will_stand_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signed_in: SignedIn, cast: Cast
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    assert "No mail was written yet." in text_of(signed_in(cast.ruth).get("/sent/"))
