"""A-26: pictures, documents, calendars and cards that would explode when opened are not opened. They are bytes.

We make no previews and read no file. So a file costs what its bytes cost, whatever it claims to hold.
"""

from __future__ import annotations

import ast
import base64
import io
import sys
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from makegood import config
from makegood.config import clock
from makegood.desk import models
from makegood.intake.mail.letters import read_letter
from tests.attacks.two_teams import shut
from tests.intake.desk import case_of, receive
from tests.intake.letters import HELP, ROSA, letter

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BILLION = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l11;</x>'
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM '
    '"http://127.0.0.1:9/x"><!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><x>&f;&h;</x>'
)


def zipped(content: bytes, name: str = "word/document.xml", times: int = 1) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for n in range(times):
            file.writestr(f"{n}{name}" if times > 1 else name, content)
    return made.getvalue()


def png(width: int, height: int) -> bytes:
    """A picture of a few hundred bytes that claims so many points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x06\x00\x00\x00"
    text = chunk(b"zTXt", b"k\x00\x00" + zlib.compress(bytes(10_000_000)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + text
        + chunk(b"IDAT", zlib.compress(bytes(1_000)))
        + chunk(b"IEND", b"")
    )


NESTED = zipped(zipped(zipped(bytes(5_000_000), "a"), "b.zip"), "c.zip")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "BEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY;COUNT=999999999\r\n"
    "ATTACH:file:///etc/passwd\r\nDTSTART:00010101T000000\r\nEND:VEVENT\r\n" * 200 + "END:VCALENDAR\r\n"
)
CARD = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:" + "x" * 100_000 + "\r\nPHOTO;VALUE=uri:http://127.0.0.1:9/p\r\nEND:VCARD\r\n"
GIF = b"GIF89a" + b"\xff\xff\xff\xff\xf7\x00\x00" + bytes(768) + b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00" * 500

BOMBS: dict[str, tuple[str, bytes]] = {
    "photo.png": ("image/png", png(2**31 - 1, 2**31 - 1)),
    "photo.gif": ("image/gif", GIF),
    "photo.jpg": ("image/jpeg", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(100)),
    "photo.tiff": ("image/tiff", b"II*\x00\x08\x00\x00\x00\xff\xff" + b"\xff" * 400),
    "photo.svg": ("image/svg+xml", BILLION.replace("<x>", "<svg>").replace("</x>", "</svg>").encode()),
    "letter.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        zipped(OUTSIDE.encode()),
    ),
    "table.xlsx": ("application/vnd.ms-excel", zipped(bytes(20_000_000), "xl/sharedStrings.xml")),
    "many.zip": ("application/zip", zipped(b"x", times=3_000)),
    "nested.zip": ("application/zip", NESTED),
    "logs.gz": ("application/gzip", zlib.compress(bytes(20_000_000), wbits=31)),
    "letter.xml": ("application/xml", OUTSIDE.encode()),
    "laughs.xml": ("text/xml", BILLION.encode()),
    "page.html": ("text/html", BILLION.encode()),
    "paper.pdf": ("application/pdf", b"%PDF-1.7\n1 0 obj<</Filter[/FlateDecode/FlateDecode]/Length 99999999999>>\n"),
    "invite.ics": ("text/calendar; method=REQUEST", CALENDAR.encode()),
    "rosa.vcf": ("text/vcard", CARD.encode()),
    "winmail.dat": ("application/ms-tnef", b"\x78\x9f\x3e\x22" + b"\xff" * 200),
    "mail.eml": ("application/octet-stream", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 500),
}


def letter_with(name: str) -> bytes:
    kind, content = BOMBS[name]
    main, _, rest = kind.partition(";")[0].partition("/")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = ROSA, HELP, "Broken buckle"
    mail["Message-ID"], mail["Date"] = "<one@quiet.example>", "Mon, 02 Mar 2026 15:59:00 +0000"
    mail.set_content("The buckle snapped. The picture shows it.")
    mail.add_attachment(content, maintype=main, subtype=rest, filename=name)
    return bytes(mail).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


class Watcher:
    """Notes what Python itself says it opens, connects to or starts, while it is asked to."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[tuple[str, str]] = []
        sys.addaudithook(self.note)

    def note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.on and event in (
            "open",
            "socket.connect",
            "socket.getaddrinfo",
            "subprocess.Popen",
            "os.exec",
            "import",
        ):
            self.seen.append((event, str(arguments[0] if event != "socket.connect" else arguments[1])))


WATCHER = Watcher()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    WATCHER.seen.clear()
    yield WATCHER
    WATCHER.on = False


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_comes_in_as_bytes_and_nothing_else_is_opened(
    cast: Any, monday_ten: datetime, watched: Watcher, name: str
) -> None:
    raw = letter_with(name)
    # A letter before it, so that what is loaded on first use is loaded.
    other = letter(sender="ada@other.example", message_id="<zero@other.example>")
    receive(other, now=monday_ten, sender="ada@other.example")
    watched.on = True
    tracemalloc.start()
    began = time.process_time()
    item = receive(raw, now=monday_ten)
    seconds, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    watched.on = False
    case = case_of(item)
    contact = case.contacts.get()
    file = contact.attachments.get()
    kept = (config.home() / "attachments" / file.stored_as).read_bytes()
    assert kept.replace(b"\r\n", b"\n") == BOMBS[name][1].replace(b"\r\n", b"\n")
    assert file.name == name and contact.text == "The buckle snapped. The picture shows it."
    assert peak < 8_000_000 + 20 * len(raw), "no more memory than for any letter of its length"
    assert seconds < 5
    home = str(config.home())
    opened = {where for event, where in watched.seen if event == "open" and not is_ours(where, home)}
    assert opened == set()
    assert {event for event, _ in watched.seen} <= {"open", "import"}, watched.seen


def is_ours(where: str, home: str) -> bool:
    """Whether a file is the house's own, or part of the program."""
    program = (str(Path(config.__file__).parents[1]), sys.prefix, sys.base_prefix)
    return where.isdigit() or where.startswith((home, *program)) or "test.sqlite3" in where or "zoneinfo" in where


@pytest.mark.parametrize("name", BOMBS)
def test_it_goes_out_again_as_a_download_of_no_type(
    cast: Any, monday_ten: datetime, watched: Watcher, name: str
) -> None:
    case = case_of(receive(letter_with(name), now=monday_ten))
    file = models.Attachment.objects.get(contact__case=case)
    client = Client()
    client.force_login(cast.sam)
    watched.on = True
    with clock.reading(lambda: monday_ten):
        response = client.get(f"/attachments/{file.pk}/")
        page = client.get(f"/cases/{case.number}/").content.decode()
    body = b"".join(response.streaming_content)
    shut(response)
    watched.on = False
    assert body == (config.home() / "attachments" / file.stored_as).read_bytes()
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert not any(tag in page for tag in (f'src="/attachments/{file.pk}', "data:image", "<embed", "<object"))
    assert not [where for event, where in watched.seen if event.startswith(("socket", "subprocess"))]


@pytest.mark.parametrize("body", [BILLION, OUTSIDE, f"<html>{BILLION}</html>", OUTSIDE.replace("<x>", "<html><body>")])
def test_a_body_with_entities_of_its_own_is_read_without_them(watched: Watcher, body: str) -> None:
    head = f"From: {ROSA}\r\nTo: {HELP}\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n"
    raw = head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(body.encode())
    read_letter(raw)
    watched.on = True
    read = read_letter(raw)
    watched.on = False
    assert len(read.text) < 10 * len(body) and "root:" not in read.text
    assert {event for event, _ in watched.seen} <= {"import"}, watched.seen


OPENERS = {
    "PIL", "zipfile", "tarfile", "gzip", "bz2", "lzma", "zlib", "xml", "defusedxml", "openpyxl", "docx", "pypdf",
    "fitz", "icalendar", "vobject", "magic", "cv2", "wand", "pyvips", "rarfile", "py7zr", "olefile", "tnefparse",
}  # fmt: skip


READERS = "makegood.readers"
"""What reads the export that somebody names on the command line, on his own machine, a bounded piece at a time."""


def test_nothing_in_the_program_could_open_a_file_of_a_stranger() -> None:
    """No module imports what reads pictures, archives, documents or XML; a preview would have to be decided on.

    The readers of exports do, so nothing that mail or a page comes to may import them.
    """
    found = set()
    root = Path(config.__file__).parents[1]
    for path in root.rglob("*.py"):
        room = path.relative_to(root).parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            opens = {name for name in names if room != "readers" and name.partition(".")[0] in OPENERS}
            reads = {name for name in names if room not in ("readers", "audit") and name.startswith(READERS)}
            found |= {(path.relative_to(root).as_posix(), name) for name in opens | reads}
    assert found == set()
