"""MIME parts: where they begin and end, in good mails and in broken ones."""

import pytest

from makegood.intake.mail.parts import Part, decode_transfer, split


def leaves(raw: bytes, trouble: set[str] | None = None) -> list[tuple[str, bytes]]:
    root: Part = split(raw, trouble if trouble is not None else set())
    return [(part.type, raw[part.start : part.end]) for part in root.walk() if not part.parts]


def test_parts_end_before_the_line_end_of_their_delimiter() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\npre\r\n--x\r\n\r\none"
        b"\r\n--x \r\nA: b\r\n\r\n\r\ntwo\r\n\r\n--x--\r\nepi"
    )
    assert leaves(raw) == [("text/plain", b"one"), ("text/plain", b"\r\ntwo\r\n")]


def test_a_boundary_that_begins_another_is_not_confused_with_it() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=xy\n\n"
        b"--xy\n\na\n--xy--\n--x\n\nb\n--x--\n"
    )
    assert leaves(raw) == [("text/plain", b"a"), ("text/plain", b"b")]


@pytest.mark.parametrize(
    ("raw", "found", "code"),
    [
        (b"Content-Type: multipart/mixed\n\nwords", [("text/plain", b"words")], "broken_mime"),
        (b"Content-Type: multipart/mixed; boundary=x\n\nwords", [("text/plain", b"words")], "broken_mime"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nwords", [("text/plain", b"words")], None),
        (b"Content-Type: nonsense\n\nwords", [("text/plain", b"words")], None),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x--\n", [("text/plain", b"--x--\n")], "broken_mime"),
    ],
)
def test_broken_structure_is_one_readable_part(raw: bytes, found: list[tuple[str, bytes]], code: str | None) -> None:
    trouble: set[str] = set()
    assert leaves(raw, trouble) == found
    assert trouble == ({code} if code else set())


def test_a_carried_message_is_taken_apart_too() -> None:
    raw = b"Content-Type: message/rfc822\n\nContent-Type: text/html\nSubject: in\n\n<p>"
    root = split(raw, set())
    assert root.parts[0].headers.first("subject") == "in"
    assert root.parts[0].type == "text/html"


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        ("base64", b"aGVsbG8=", b"hello"),
        ("base64", b"aGV\r\nsbG8", b"hello"),
        ("base64", b"aGVsbG8=\r\n-- \r\nlist footer", b"hello"),
        ("base64", b"a", b""),
        ("quoted-printable", b"caf=C3=A9 =\r\nbar", "café bar".encode()),
        ("quoted-printable", b"50=% off =ZZ", b"50=% off =ZZ"),
        ("x-uuencode", b"begin 644 a.txt\n%:&5L;&\\\n`\nend\n", b"hello"),
        ("8bit", b"x", b"x"),
    ],
)
def test_transfer_encodings_are_undone(encoding: str, body: bytes, content: bytes) -> None:
    assert decode_transfer(body, encoding, set()).startswith(content)


def test_an_unknown_transfer_encoding_is_said() -> None:
    trouble: set[str] = set()
    assert decode_transfer(b"x", "rot13", trouble) == b"x"
    assert trouble == {"unknown_encoding"}
