"""A-50: no password and no key is in a log, an error, a page, a table or a copy that is not meant to hold it."""

from __future__ import annotations

import base64
import io
import logging
import re
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from aiosmtpd.smtp import AuthResult
from django.apps import apps
from django.test import Client

from makegood import config
from makegood.config import SettingError, clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.intake.mail.imap_door import MailboxTrouble, poll
from makegood.intake.mail.imap_place import read_place
from makegood.server import backup, doctor
from makegood.server.settings import database
from makegood.watch.delivery import Post
from makegood.watch.smtp_line import server
from tests.watch.house import a_complaint, deliver_all, minutes, watch_until
from tests.watch.mail_server import MailServer

pytestmark = pytest.mark.django_db

SECRET = "corréct/horse#battery?9"
USER = "makegood@larkfield.example"


def spellings(secret: str = SECRET) -> set[str]:
    """The secret as it is, in an address, and as a mail server is told it."""
    raw = secret.encode()
    told = (raw, b"\0" + USER.encode() + b"\0" + raw, b"\0" + raw)
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        repr(raw)[2:-1],
        *(base64.b64encode(t).decode() for t in told),
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any part of the program would write into a log, at the finest."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(kept), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def everything_written(home: Path, log: io.StringIO, capture: Any) -> str:
    """The log, the terminal, every row and every file."""
    rows = [str(row) for model in apps.get_models() for row in model._default_manager.values_list()]
    files = [path.read_bytes().decode("utf-8", "replace") for path in home.rglob("*") if path.is_file()]
    said = capture.readouterr()
    return "\n".join([log.getvalue(), said.out, said.err, *rows, *files])


# ── signing in at a mail server that refuses ─────────────────────────────────


@pytest.mark.parametrize("echo", [False, True])
def test_a_failed_sign_in_at_the_outgoing_server_leaves_no_password_anywhere(
    cast: Cast, home: Path, log: io.StringIO, capsys: Any, monday_ten: datetime, echo: bool
) -> None:
    def refuses(_server: object, _session: object, _envelope: object, _how: str, told: Any) -> AuthResult:
        heard = " ".join([told.password.decode(), *spellings()])
        return AuthResult(success=False, handled=False, message=f"535 no such pair: {heard}" if echo else None)

    a_complaint(cast, at=monday_ten)
    with MailServer(sign_in=refuses) as strict:
        url = f"smtp://{quote(USER, safe='')}:{quote(SECRET, safe='')}@127.0.0.1:{strict.port}?tls=no"
        deliver_all(Post(server(url)), now=monday_ten + minutes(1))
        watch_until(monday_ten + timedelta(days=2), deliver=Post(server(url)))
        assert strict.seen == []
    assert not models.OutboxItem.objects.filter(state="accepted").exists()
    found = everything_written(home, log, capsys) + doctor.examine(now=monday_ten + timedelta(days=2)).as_json()
    assert [secret for secret in spellings() if secret in found] == []


@pytest.fixture
def rude_imap() -> Iterator[int]:
    """An IMAP server that says back whatever it is told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def converse() -> None:
        line, _ = listener.accept()
        with line, line.makefile("rwb") as talk:
            talk.write(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n")
            talk.flush()
            while heard := talk.readline().strip():
                tag, _, rest = heard.partition(b" ")
                if rest.startswith(b"CAPABILITY"):
                    talk.write(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + tag + b" OK done\r\n")
                elif rest.startswith(b"AUTHENTICATE"):
                    talk.write(b"+ \r\n")
                    talk.flush()
                    told = talk.readline().strip()
                    talk.write(
                        tag + b" NO not this: " + told + b" " + base64.b64decode(told).replace(b"\0", b" ") + b"\r\n"
                    )
                else:
                    talk.write(tag + b" NO not this: " + rest + b"\r\n")
                talk.flush()

    thread = threading.Thread(target=converse)
    thread.start()
    yield int(listener.getsockname()[1])
    thread.join(timeout=10)
    listener.close()


@pytest.mark.parametrize("secret", [SECRET, "correct horse battery"])
def test_a_failed_sign_in_at_a_mailbox_leaves_no_password_anywhere(
    cast: Cast, home: Path, log: io.StringIO, capsys: Any, monday_ten: datetime, rude_imap: int, secret: str
) -> None:
    url = f"imap://{quote(USER, safe='')}:{quote(secret, safe='')}@127.0.0.1:{rude_imap}/INBOX?door=mail&tls=no"
    with pytest.raises(MailboxTrouble) as trouble:
        poll(url, monday_ten)
    assert "not this" in str(trouble.value), "the server was reached, and its words are kept"
    assert models.MailboxCursor.objects.get().trouble
    found = everything_written(home, log, capsys) + str(trouble.value) + repr(trouble.value.__cause__)
    assert [spelt for spelt in spellings(secret) if spelt in found] == []


# ── settings that are wrong ──────────────────────────────────────────────────

WRONG = (
    "{kind}://user:{secret}@host:port/", "{kind}://user:{secret}@host:99999/", "{kind}://user:{secret}@/",
    "{kind}://user:{secret}@[::1/", "nonsense://user:{secret}@host/", "{kind}://user:{secret}", "user:{secret}@host",
    "{kind}://user:{secret}@host?tls=never&then=never",
)  # fmt: skip


@pytest.mark.parametrize(
    "secret", ["hunter2hunter2", "hunter2/hunter2", "hunter2#hunter2", "hunter2@hunter2", "hunter2:x"]
)
@pytest.mark.parametrize("form", WRONG)
@pytest.mark.parametrize(("read", "kind"), [(server, "smtp"), (read_place, "imaps"), (database, "postgresql")])
def test_a_setting_that_is_wrong_is_named_without_its_password(form: str, secret: str, read: Any, kind: str) -> None:
    error = refusal(read, form.format(kind=kind, secret=secret))
    if error is not None:
        assert isinstance(error, SettingError), f"{error!r} would be shown with a traceback"
        assert "MAKEGOOD_" in str(error) and "hunter2" not in str(error)
        assert error.__cause__ is None and (error.__context__ is None or error.__suppress_context__)


def refusal(read: Any, url: str) -> Exception | None:
    try:
        read(url)
    except Exception as error:
        return error
    return None


# ── pages ────────────────────────────────────────────────────────────────────


def test_no_page_shows_a_setting_that_is_secret(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, monday_ten: datetime
) -> None:
    for name, value in {
        "MAKEGOOD_SMTP_URL": f"smtp://u:{SECRET}@mail.example", "MAKEGOOD_IMAP_URL": f"imaps://u:{SECRET}@mail.example/",
        "MAKEGOOD_READER_KEY": SECRET, "MAKEGOOD_ALARM_URL": f"https://x.example/{SECRET}",
        "MAKEGOOD_HEARTBEAT_URL": f"https://x.example/{SECRET}", "MAKEGOOD_DATABASE_URL": f"postgresql://u:{SECRET}@h/n",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    key = config.secret_key()
    case = a_complaint(cast, at=monday_ten)
    client = Client()
    client.force_login(cast.sam)
    places = ("", "cases/", f"cases/{case.number}/", "doors/", "doors/items/", "people/", "settings/", "understood/")
    with clock.reading(lambda: monday_ten):
        for place in places:
            page = client.get(f"/{place}").content.decode()
            assert SECRET not in page and key not in page
            assert cast.sam.password not in page


HIRED = {"name": "A", "email": "a@larkfield.example", "password": SECRET, "role": "admin", "team": ""}


@pytest.mark.parametrize(
    ("address", "broken", "typed"),
    [
        ("/sign-in/", "staff.pages.house.policy", {"username": USER, "password": SECRET}),
        ("/settings/password/", "staff.pages.house.policy", {"old": SECRET, "new": SECRET, "again": SECRET}),
        ("/people/hire/", "desk.actions.journal.write_house", HIRED),
    ],
)
def test_a_crash_in_the_middle_of_a_form_shows_and_logs_nothing_that_was_typed(
    cast: Cast, log: io.StringIO, capsys: Any, address: str, broken: str, typed: dict[str, str]
) -> None:
    client = Client(raise_request_exception=False)
    if address != "/sign-in/":
        client.force_login(cast.sam)
    with patch(f"makegood.{broken}", side_effect=RuntimeError("the policy is gone")):
        response = client.post(address, typed)
    assert response.status_code == 500
    page = response.content.decode()
    for told in (
        "Traceback",
        "RuntimeError",
        "policy is gone",
        "site-packages",
        "SECRET_KEY",
        "MAKEGOOD_",
        config.secret_key(),
    ):
        assert told not in page
    said = log.getvalue() + "".join(capsys.readouterr())
    assert "the policy is gone" in said, "who looks after the desk reads why"
    assert not any(secret in said + page for secret in spellings())
    assert config.secret_key() not in said


# ── copies ───────────────────────────────────────────────────────────────────


THERE = (
    "keys/vault.key", "keys/vault.pub", "keys/other", "sent/one.eml", "attachments/" + "a" * 64, "anchors.log", "x.log",
)  # fmt: skip


def test_a_copy_holds_what_the_documentation_says_and_no_more(
    cast: Cast,
    home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    monday_ten: datetime,
) -> None:
    monkeypatch.setenv("MAKEGOOD_SMTP_URL", f"smtp://u:{SECRET}@mail.example")
    monkeypatch.setenv("MAKEGOOD_READER_KEY", SECRET)
    config.secret_key()
    for name in THERE:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(f"contents of {name}")
    folder = backup.make(tmp_path_factory.mktemp("safe") / "copy", now=monday_ten).folder
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    documented = (Path(config.__file__).parents[2] / "docs" / "running.md").read_text("utf-8")
    rows = {
        name for row in re.findall(r"^\| (`.*?) \|", documented, re.MULTILINE) for name in re.findall("`(.+?)`", row)
    }
    assert {name.partition("/")[0] for name in found} <= {row.strip("/") for row in rows}
    kept = {"keys/secret-key", "keys/vault.pub", "attachments/" + "a" * 64, "anchors.log", "copy.json"}
    assert found - kept <= {"makegood.sqlite3", "makegood.dump"} and kept <= found
    for path in (folder, *folder.rglob("*")):
        # The manifest holds no secret, and stands in a folder that nobody else looks into.
        assert path.stat().st_mode & 0o077 == 0 or path.name == "copy.json", path
        if path.is_file():
            body = path.read_bytes()
            assert SECRET.encode() not in body and b"contents of keys/vault.key" not in body


def test_the_keys_of_a_house_are_readable_to_its_owner_alone(home: Path) -> None:
    config.secret_key()
    assert (home / "keys").stat().st_mode & 0o077 == 0
    assert (home / "keys" / "secret-key").stat().st_mode & 0o077 == 0
