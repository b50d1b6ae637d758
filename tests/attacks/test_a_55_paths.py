"""A-55: no path comes from outside. What is not one of our own files is not there, however it is written."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from makegood import config
from makegood.desk.models import Attachment
from makegood.staff.sent import _files
from tests.attacks.two_teams import House, browser, shut, standing

pytestmark = pytest.mark.django_db

SECRET = "the-key-of-this-house"
UP = (
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "..%252f", "....//", "..;/", ".%00./",
    "%c0%ae%c0%ae/", "%uff0e%uff0e/", "．．／", "..%c0%af", "..%ef%bc%8f", "./../", "/../", "//../", "\\..\\",
)  # fmt: skip
TARGETS = ("keys/secret-key", "makegood.sqlite3", "etc/passwd", "makegood/server/settings.py", "anchors.log")
ABSOLUTE = (
    "/etc/passwd", "//etc/passwd", "file:///etc/passwd", "C:\\Windows\\win.ini", "\\\\host\\share", "~/.ssh/id_rsa",
    "/proc/self/environ", "%2fetc%2fpasswd", "CON", "NUL",
    "x.eml%00.txt", "x" * 4_000, ".", "..", "%2e%2e",
    "-rf", "*",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a home of its own, in which there are things to steal."""
    with pytest.MonkeyPatch.context() as patch, standing(django_db_blocker) as found:
        home = tmp_path_factory.mktemp("home")
        patch.setenv("MAKEGOOD_HOME", str(home))
        for folder in ("keys", "sent/2026", "attachments", "static"):
            (home / folder).mkdir(parents=True)
        for name in ("keys/secret-key", "makegood.sqlite3", "anchors.log", "passwd", "sent/secret.txt", "outside.eml"):
            (home / name).write_text(f"Subject: {SECRET}\n\n{SECRET}\n")
        (home / "sent/2026/one.eml").write_text("Subject: Kept\nTo: rosa@quiet.example\n\nKept words.\n")
        yield found


def tries() -> Iterator[str]:
    for up in UP:
        for target in TARGETS:
            yield up * 3 + target
            yield up * 8 + target.replace("/", "%2f")
    yield from ABSOLUTE


def taken(client: Client, path: str) -> tuple[int, bytes]:
    response = client.generic("GET", path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    shut(response)
    return response.status_code, body


def assert_nothing(status: int, body: bytes, path: str) -> None:
    assert status in (301, 302, 400, 404), path
    assert SECRET.encode() not in body and b"root:" not in body and b"INSTALLED_APPS" not in body, path


@pytest.mark.parametrize(
    "room", ["/static/", "/static/makegood/", "/sent/", "/attachments/", "/", "/media/", "/cases/"]
)
def test_no_spelling_of_a_path_leads_out_of_a_room(house: House, room: str) -> None:
    client = browser(house.cast.ruth)
    for path in tries():
        assert_nothing(*taken(client, room + path), room + path)


def test_no_spelling_of_a_path_leads_out_of_a_customers_page(house: House) -> None:
    client = browser()
    for path in list(tries())[::4]:
        for where in (f"/c/{path}", f"/c/{house.support.link}/{path}", f"/c/{house.support.link}/files/{path}/"):
            assert_nothing(*taken(client, where), where)


def test_a_kept_mail_is_found_by_its_name_and_by_no_path(house: House) -> None:
    client = browser(house.cast.ruth)
    assert b"Kept words." in taken(client, "/sent/one.eml/")[1]
    assert [path.name for path in _files()] == ["one.eml"]
    for name in (
        "secret.txt",
        "2026",
        "2026%2fone.eml",
        "..%2foutside.eml",
        "%2e%2e%2foutside.eml",
        "ONE.EML",
        "one.eml%20",
    ):
        assert_nothing(*taken(client, f"/sent/{name}/"), name)


@pytest.mark.parametrize(
    "stored_as", ["../keys/secret-key", "../../etc/passwd", "/etc/passwd", "..", "", ".", "keys/../x"]
)
def test_a_row_that_names_a_path_still_leads_to_no_file_outside(house: House, stored_as: str) -> None:
    """Names of files are ours and random; were a row tampered with, the doors still don't follow it."""
    file = house.support.file
    Attachment.objects.filter(pk=file).update(stored_as=stored_as)
    assert_nothing(*taken(browser(house.cast.priya), f"/attachments/{file}/"), stored_as)
    assert_nothing(*taken(browser(), f"/c/{house.support.link}/files/{file}/"), stored_as)


def holds(path: Path, raw: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == raw
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "name", ["../../keys/evil", "/etc/cron.d/evil", "..\\..\\evil", "a/../../evil", "~/evil", ".ssh/evil"]
)
def test_a_file_is_written_under_a_name_of_ours_whatever_it_is_called(house: House, name: str) -> None:
    from makegood.customer import proof
    from makegood.desk.actions import links
    from makegood.desk.models import Link

    before = everything_under(config.home())
    link = Link.objects.get(digest=links.digest(house.support.link))
    # Each its own bytes: the same file of the same letter is the same file on disk.
    upload = SimpleUploadedFile("x", f"bytes of {name}".encode())
    upload.name = name
    typed = {"proof": proof.make(link), "text": f"See {name}", "files": [upload]}
    assert browser().post(f"/c/{house.support.link}/write/", typed).status_code == 303
    # Other workers' tests keep files of theirs meanwhile.
    (new,) = [path for path in everything_under(config.home()) - before if holds(path, f"bytes of {name}".encode())]
    assert new.parent == config.home() / "attachments" and len(new.name) == 64 and new.name.isalnum()


def everything_under(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


# ── over the wire ────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The real web server on a real socket: it decodes paths before Django sees them."""
    import uvicorn
    from django.core.asgi import get_asgi_application

    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(get_asgi_application(), log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join()
    listening.close()


def test_nor_over_a_real_line_where_nobody_tidies_the_path_first(port: int) -> None:
    asked = [f"/static/{up * 4}{target}" for up in UP for target in TARGETS[:3] if up.isascii()]
    asked += [
        "/static//etc/passwd",
        "/static/..",
        "/static/.",
        "/static/makegood/",
        "/static/%00",
        "http://x/etc/passwd",
    ]
    for path in asked:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            said = line.makefile("rb").read()
        assert said.split(b" ", 2)[1] in (b"301", b"302", b"400", b"404"), path
        assert b"root:" not in said and SECRET.encode() not in said
