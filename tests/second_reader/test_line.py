"""A reader that is slow, wrong, endless or led astray costs ten seconds at most, and tells nobody the key."""

import json
import socket
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from makegood.second_reader import client, line
from makegood.second_reader.line import ReaderFailed
from tests.second_reader.fake_server import FakeServer, running, send

SAID_AT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def failure() -> ReaderFailed:
    """What asking ends in, the key not being in any line that a log would show."""
    with pytest.raises(ReaderFailed) as failed:
        client.read_outgoing("I'll call by Friday.", language="en", names=(), said_at=SAID_AT, zone="Europe/Madrid")
    shown = "".join(traceback.format_exception(failed.value)) + repr(failed.value)
    assert "sk-very-secret-41" not in shown
    assert "I'll call" not in failed.value.sentence
    return failed.value


def answering(body: bytes, *, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler, Any], None]:
    return lambda handler, _: send(handler, body, status=status, headers=headers)


def written(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"content": content}}]}).encode()


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "key-refused"), (403, "key-refused"), (404, "refused"), (429, "busy"), (500, "refused"), (503, "busy"),
     (204, "refused")],
)  # fmt: skip
def test_a_refusal_is_told_with_its_number(server: FakeServer, status: int, code: str) -> None:
    server.behave = answering(b"", status=status)
    failed = failure()
    assert failed.code == code
    assert "127.0.0.1" in failed.sentence
    assert f"{status}" in failed.sentence


def test_an_error_page_that_repeats_the_key_is_not_told(server: FakeServer) -> None:
    server.behave = answering(b'{"error": "no such key: sk-very-secret-41"}', status=401)
    assert failure().code == "key-refused"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_anywhere(server: FakeServer, status: int) -> None:
    with running() as elsewhere:
        elsewhere.behave = answering(written('{"proposals": []}'))
        server.behave = answering(b"", status=status, Location=elsewhere.url + "/chat/completions")
        assert failure().code == "led-elsewhere"
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": {"0": 1}}',
        b"[" * 60_000,
        b'{"choices": ' + b"9" * 5_000 + b"}",
        written(None),
        written(7),
        written({"proposals": []}),
        written(""),
        written("I think that this is a complaint."),
        written("{}"),
        written('{"task": "refund", "amount": 500}'),
        written('{"proposals": {"task": "kind"}}'),
        written('{"proposals": [{"task": "kind", "sure": NaN}]}'),
        written("[" * 60_000),
    ],
    ids=lambda body: body[:40].decode("ascii", "replace"),
)  # fmt: skip
def test_what_is_no_answer_is_not_read_as_one(server: FakeServer, body: bytes) -> None:
    server.behave = answering(body)
    assert failure().code == "unreadable"


def test_an_answer_of_more_than_64_kb_is_refused(server: FakeServer) -> None:
    server.behave = answering(written('{"proposals": []}') + b" " * line.LONGEST_ANSWER)
    assert failure().code == "too-long"


def test_an_answer_without_an_end_is_refused(server: FakeServer) -> None:
    def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.over.is_set():
            handler.wfile.write(b" " * 4096)

    server.behave = behave
    assert failure().code == "too-long"


def test_silence_ends(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TIMEOUT", 0.2)

    def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        server.over.wait(30)

    server.behave = behave
    assert failure().code == "slow"


@pytest.mark.parametrize("place", ["status", "headers", "body", "continue"])
def test_an_answer_that_drips_in_ends_as_well(server: FakeServer, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "TIMEOUT", 0.3)
    begun = {
        "status": b"",
        "headers": b"HTTP/1.1 200 OK\r\n",
        "body": b"HTTP/1.1 200 OK\r\n\r\n",
        "continue": b"",
    }[place]
    drop = b"HTTP/1.1 100 Continue\r\n\r\n" if place == "continue" else b"X"

    def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        handler.wfile.write(begun)
        while not server.over.wait(0.05):
            handler.wfile.write(drop)

    server.behave = behave
    assert failure().code == "slow"


def test_half_an_answer_is_not_read(server: FakeServer) -> None:
    def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + written('{"proposals": []}')[:-5])

    server.behave = behave
    assert failure().code == "unreadable"


def test_an_answer_that_is_no_http_is_told(server: FakeServer) -> None:
    def behave(handler: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        handler.wfile.write(b"220 mail.example ESMTP\r\n")

    server.behave = behave
    assert failure().code == "unreachable"


def test_a_house_where_nobody_is_in_is_told(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("MAKEGOOD_READER_URL", f"http://127.0.0.1:{free.getsockname()[1]}/v1")
        assert failure().code == "unreachable"


def test_tls_is_spoken_where_the_address_says_so(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.behave = answering(written('{"proposals": []}'))
    monkeypatch.setenv("MAKEGOOD_READER_URL", server.url.replace("http:", "https:"))
    assert failure().code == "unreachable"
    assert server.asked == []


def test_a_proxy_of_the_environment_is_not_asked(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.behave = answering(written('{"proposals": []}'))
    assert client.read_outgoing("Hello", language="", names=(), said_at=SAID_AT, zone="Europe/Madrid") == ()


def test_a_key_that_would_break_the_header_is_refused(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_READER_KEY", "sk-very-secret-41\r\nX-Led: astray")
    assert failure().code == "settings"
    assert server.asked == []
