"""The header of a mail: what it says to other programs, and that it reads back as it was meant."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.notify.email import compose, message
from makegood.notify.email.canary_mark import check_canary, mark
from makegood.notify.email.message import NotSendableError, Outgoing, SpoiledMailError, as_bytes
from tests.notify.letters import (
    acknowledgement,
    alarm,
    canary,
    closing_question,
    digest,
    envelope,
    html_of,
    read,
    reply,
    text_of,
)

AUTOMATIC = [
    pytest.param(lambda: compose.acknowledgement(acknowledgement()), "auto-replied", "bulk", id="acknowledgement"),
    pytest.param(lambda: compose.closing_question(closing_question()), "auto-generated", "bulk", id="closing question"),
    pytest.param(lambda: compose.digest(digest(alarm())), "auto-generated", None, id="digest"),
    pytest.param(lambda: compose.canary(canary()), "auto-generated", None, id="canary"),
]


@pytest.mark.parametrize(("make", "submitted", "precedence"), AUTOMATIC)
def test_what_no_person_wrote_says_so_to_other_programs(
    make: Callable[[], bytes], submitted: str, precedence: str | None
) -> None:
    mail = read(make())
    assert mail["Auto-Submitted"] == submitted
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Precedence"] == precedence


def test_what_a_person_wrote_does_not_say_that_a_program_did() -> None:
    mail = read(compose.reply(reply()))
    assert mail["Auto-Submitted"] is None and mail["X-Auto-Response-Suppress"] is None
    assert mail["Precedence"] is None


def test_every_mail_carries_the_mark_of_this_desk_and_the_mark_tells_nothing_of_its_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letters = [compose.acknowledgement(acknowledgement()), compose.reply(reply()), compose.canary(canary())]
    letters += [compose.closing_question(closing_question()), compose.digest(digest(alarm()))]
    assert {read(raw)["X-Makegood-Desk"] for raw in letters} == {compose.desk_id()}
    assert re.fullmatch("[0-9a-f]{16}", compose.desk_id())
    ours = compose.desk_id()
    monkeypatch.setenv("MAKEGOOD_SECRET_KEY", "another desk")
    assert compose.desk_id() != ours


def test_a_mail_keeps_its_own_id_and_answers_the_one_it_was_given() -> None:
    mail = read(compose.reply(reply()))
    assert mail["Message-ID"] == "<aa11bb22@care.larkfield.example>"
    assert mail["In-Reply-To"] == "<hers@quintero.example>"
    assert mail["References"] == "<older@quintero.example> <hers@quintero.example>"
    assert mail["Date"].datetime == datetime.fromisoformat("2026-03-02T15:12:00+00:00")


def test_a_long_message_id_of_somebody_else_stays_whole_so_that_threads_hold() -> None:
    long = f"<{'a' * 120}@mail.quintero.example>"
    raw = compose.reply(reply(in_reply_to=long, references=("<first@quintero.example>", long)))
    assert f"In-Reply-To: {long}\r\n".encode() in raw
    assert f"References: <first@quintero.example>\r\n {long}\r\n".encode() in raw


def test_what_is_no_message_id_falls_out_of_a_thread() -> None:
    mail = read(compose.reply(reply(in_reply_to="hers", references=("<a b>", "", "<ok@quintero.example>", "<é@x>"))))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<ok@quintero.example>"


def test_the_last_reference_is_what_is_answered() -> None:
    raw = compose.reply(reply(in_reply_to="<a@q.example>", references=("<a@q.example>", "<b@q.example>")))
    assert read(raw)["References"] == "<b@q.example> <a@q.example>"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert compose.reply(reply()) == compose.reply(reply())


def test_every_line_is_ascii_and_short_enough_and_ends_with_crlf() -> None:
    raw = compose.digest(digest(alarm(who="Ñandú " * 60, what="字" * 400)))
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
    body = raw.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in body.split(b"\r\n")) <= 76


def test_an_international_domain_is_written_in_ascii() -> None:
    mail = read(compose.reply(reply(to_address="ana@bücher.example")))
    assert mail["To"].addresses[0].domain == "xn--bcher-kva.example"


@pytest.mark.parametrize("good", ["a@b.example", "reply+1.c1.a@b.example", "o'hara@b.example", '"a b"@b.example'])
def test_an_address_that_can_be_written_to(good: str) -> None:
    assert compose.is_address(good)


@pytest.mark.parametrize(
    "bad",
    ["", "a", "a@", "@b.example", "a b@c.example", "a@b@c.example", "a@b.example, c@d.example", "ñ@b.example",
     "=?utf-8?q?a?=@b.example", "<a@b.example>", "a@b.example\r\nBcc: c@d.example", "a@" + "b" * 260, "a@-"],
)  # fmt: skip
def test_what_is_no_address_is_refused(bad: str) -> None:
    assert not compose.is_address(bad)
    with pytest.raises(NotSendableError):
        as_bytes(Outgoing(envelope=envelope(to_address=bad), subject="x", text="x"))


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(NotSendableError):
        as_bytes(Outgoing(envelope=envelope(at=datetime(2026, 3, 2)), subject="x", text="x"))  # noqa: DTZ001


# ── the canary ───────────────────────────────────────────────────────────────


def test_a_canary_carries_its_token_and_the_mark_it_is_known_by() -> None:
    token = "0123456789abcdef" * 2
    raw = compose.canary(replace(canary(), token=token, headers={"X-Makegood-Canary": mark(token)}))
    assert check_canary(read(raw)["X-Makegood-Canary"]) == token
    assert read(raw)["Subject"] == f"Canary {token}"
    assert token in text_of(raw)


@pytest.mark.parametrize(
    "name", ["Bcc", "Subject", "X-Makegood-Desk", "x-makegood-desk", "X-A: b\r\nBcc", "X-Auto-Response-Suppress", ""]
)
def test_a_header_that_is_not_the_canarys_to_set_is_refused(name: str) -> None:
    with pytest.raises(NotSendableError):
        compose.canary(replace(canary(), headers={name: "x"}))


# ── the second reading ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "spoiled",
    ["=?utf-8?q?x?=\r\nBcc: evil@attack.example", "x\r\n\r\nnow the body", "x\nBcc: evil@attack.example", "another"],
)
def test_a_mail_that_does_not_read_back_as_it_was_meant_is_not_made(
    monkeypatch: pytest.MonkeyPatch, spoiled: str
) -> None:
    monkeypatch.setattr(message, "_encoded", lambda _: spoiled)
    with pytest.raises(SpoiledMailError):
        compose.reply(reply(from_name="", to_name=""))


def test_a_second_recipient_is_seen_on_the_second_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message, "_mailbox", lambda _, address: f"{address}, evil@attack.example")
    with pytest.raises(SpoiledMailError):
        compose.reply(reply())


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b"--=_", b"Read this first.\r\n--=_"),
        (b"--\r\n", b"\r\nContent-Type: text/html\r\n\r\n<p>more</p>\r\n--BOUNDARY--\r\n"),
        (b"--\r\n", b"--\r\nAnd this.\r\n"),
        (b"text/html", b"text/calendar"),
        (b"quoted-printable", b"7bit"),
        (b"<body", b"<body onload=3D1"),
        (b"\r\n--BOUNDARY--\r\n", b""),
    ],
)
def test_a_part_that_nobody_wrote_is_seen_on_the_second_reading(
    monkeypatch: pytest.MonkeyPatch, there: bytes, instead: bytes
) -> None:
    real = message._bodies

    def spoiled(mail: Outgoing) -> bytes:
        written = real(mail)
        boundary = written.partition(b'boundary="')[2].partition(b'"')[0]
        before, found, after = written.rpartition(there.replace(b"BOUNDARY", boundary))
        assert found
        return before + instead.replace(b"BOUNDARY", boundary) + after

    monkeypatch.setattr(message, "_bodies", spoiled)
    with pytest.raises(SpoiledMailError):
        compose.reply(reply())


PIECES = st.sampled_from(
    ["Rosalía", "=?utf-8?q?a?=", '"', "\\", "<a@b.example>", ",", "中文", "a" * 70, "e\u0301", "👩‍🌾", "\r\n"]
)
TEXTS = st.text(max_size=200) | st.lists(PIECES, max_size=30).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(name=TEXTS, subject=TEXTS, text=TEXTS)
def test_any_text_at_all_makes_a_mail_that_reads_back(name: str, subject: str, text: str) -> None:
    raw = compose.reply(replace(reply(text, to_name=name, from_name=name, house=name), subject=subject))
    mail = read(raw)
    assert [each.addr_spec for each in mail["To"].addresses] == ["rosalia@quintero.example"]
    assert [each.addr_spec for each in mail["From"].addresses] == ["help@larkfield.example"]
    assert not mail.defects
    assert html_of(raw).endswith("</html>\n")
