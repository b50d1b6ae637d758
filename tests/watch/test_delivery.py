"""Handing a mail to a server on a real socket: what is accepted, refused, put off, and in doubt."""

import base64
import socket
import ssl
from collections import deque
from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from makegood.config import SettingError
from makegood.watch.delivery import Fate, Outcome, Post, Sendable
from makegood.watch.smtp_line import Server, on_the_wire, server
from tests.watch.mail_server import DIES, MailServer

BODY = b"Message-ID: <1@larkfield.example>\r\nSubject: Your buckle\r\n\r\nIt is on its way.\r\n"
SECRET = "correct horse battery"


def mail(body: bytes = BODY, to: str = "rosa@quill.example") -> Sendable:
    return Sendable(
        message_id="<1@larkfield.example>", envelope_from="help@larkfield.example", to_address=to, body=body
    )


def send(post: Post, letter: Sendable | None = None) -> Outcome:
    return post.send(letter or mail(), hand_over=lambda: True)


def plain(mail_server: MailServer) -> Post:
    return Post(server(mail_server.url))


# ── what may become of a mail ───────────────────────────────────────────────


def test_a_mail_that_the_server_takes_is_accepted(mail_server: MailServer) -> None:
    outcome = send(plain(mail_server))
    assert (outcome.fate, outcome.answer) == (Fate.ACCEPTED, "250 taken")
    assert [m.receivers for m in mail_server.taken] == [("rosa@quill.example",)]
    assert mail_server.taken[0].sender == "help@larkfield.example"
    assert mail_server.taken[0].content == BODY


def test_a_mail_refused_for_good_is_refused_for_good(mail_server: MailServer) -> None:
    mail_server.to_receivers.append("550 5.1.1 nobody of that name")
    outcome = send(plain(mail_server))
    assert (outcome.fate, outcome.unreachable) == (Fate.NEVER, False)
    assert outcome.answer == "550 5.1.1 nobody of that name"


def test_a_mail_put_off_is_tried_again_and_then_taken(mail_server: MailServer) -> None:
    mail_server.answers.append("451 4.7.1 come back later")
    first, second = send(plain(mail_server)), send(plain(mail_server))
    assert (first.fate, second.fate) == (Fate.LATER, Fate.ACCEPTED)
    assert not first.unreachable
    assert [m.message_id for m in mail_server.seen] == ["<1@larkfield.example>"] * 2


def test_a_line_that_dies_after_the_last_byte_leaves_the_mail_in_doubt(mail_server: MailServer) -> None:
    mail_server.answers.append(DIES)
    outcome = send(plain(mail_server))
    assert outcome.fate is Fate.UNKNOWN
    assert len(mail_server.seen) == 1


@pytest.fixture
def dies_in_the_middle() -> Iterator[int]:
    """A server that hangs up after DATA, before the mail has ended."""
    import threading

    listener = socket.create_server(("127.0.0.1", 0))

    def converse() -> None:
        line, _ = listener.accept()
        with line:
            for answer in (b"220 hello\r\n", b"250 hello\r\n", b"250 fine\r\n", b"250 fine\r\n", b"354 go\r\n"):
                line.sendall(answer)
                if not answer.startswith(b"354"):
                    line.recv(4096)

    thread = threading.Thread(target=converse)
    thread.start()
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_a_line_that_dies_before_the_last_byte_leaves_no_doubt(dies_in_the_middle: int) -> None:
    asked = []
    post = Post(Server(host="127.0.0.1", port=dies_in_the_middle, tls="no"))
    outcome = post.send(mail(b"x" * 20_000_000), hand_over=lambda: asked.append(True) is None)
    assert outcome.fate is Fate.LATER
    assert asked == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    outcome = send(Post(Server(host="127.0.0.1", port=port, tls="no")))
    assert (outcome.fate, outcome.unreachable) == (Fate.LATER, True)
    assert outcome.answer == f"127.0.0.1:{port} can't be reached: ConnectionRefusedError"


def test_a_name_that_does_not_exist_is_tried_again() -> None:
    outcome = send(Post(Server(host="no-such-host.invalid", port=25, tls="no")))
    assert (outcome.fate, outcome.unreachable) == (Fate.LATER, True)


def test_a_mail_that_another_worker_took_over_is_not_ended_here(mail_server: MailServer) -> None:
    outcome = plain(mail_server).send(mail(), hand_over=lambda: False)
    assert outcome.fate is Fate.LATER
    assert mail_server.seen == []


@pytest.mark.parametrize("address", ["rosa@quill.example>\r\nRCPT TO:<eve@evil.example", "a\0b@quill.example"])
def test_an_address_that_would_be_a_command_is_never_sent(mail_server: MailServer, address: str) -> None:
    assert send(plain(mail_server), mail(to=address)).fate is Fate.NEVER
    assert mail_server.seen == []


def test_an_address_beyond_ascii_needs_a_server_that_takes_it() -> None:
    with MailServer() as old:
        assert send(plain(old), mail(to="jürgen@quill.example")).fate is Fate.NEVER
    with MailServer(utf8=True) as new:
        assert send(plain(new), mail(to="jürgen@quill.example")).fate is Fate.ACCEPTED
        assert new.taken[0].receivers == ("jürgen@quill.example",)


# ── the bytes ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "wire"),
    [
        (b"a\r\nb\r\n", b"a\r\nb\r\n"),
        (b"a\nb", b"a\r\nb\r\n"),
        (b"a\r.\r\nb", b"a\r\n..\r\nb\r\n"),
        (b"a\n.\nMAIL FROM:<x>\n", b"a\r\n..\r\nMAIL FROM:<x>\r\n"),
        (b".a\r\n..b\r\n", b"..a\r\n...b\r\n"),
        (b"", b""),
    ],
)
def test_no_line_of_a_mail_ends_it_early(body: bytes, wire: bytes) -> None:
    assert on_the_wire(body) == wire


def test_what_begins_with_dots_arrives_as_it_was_written(mail_server: MailServer) -> None:
    body = BODY + b".\r\n..\r\n.hidden\r\nBreite: \xc3\xbc\r\n"
    assert send(plain(mail_server), mail(body)).fate is Fate.ACCEPTED
    assert mail_server.taken[0].content == body


# ── TLS ─────────────────────────────────────────────────────────────────────


def secured(port: int, tls: str = "starttls", **more: str) -> Server:
    return Server(host="127.0.0.1", port=port, tls=tls, **more)


def test_a_server_that_wants_tls_gets_it(server_tls: ssl.SSLContext, trusting: ssl.SSLContext) -> None:
    with MailServer(tls=server_tls, require_tls=True) as strict:
        assert send(Post(secured(strict.port, "no"))).fate is Fate.LATER
        assert send(Post(secured(strict.port), context=trusting)).fate is Fate.ACCEPTED
        assert len(strict.taken) == 1


def test_a_certificate_that_nobody_vouches_for_gets_no_mail(server_tls: ssl.SSLContext) -> None:
    with MailServer(tls=server_tls) as impostor:
        outcome = send(Post(secured(impostor.port)))
        assert (outcome.fate, outcome.unreachable) == (Fate.LATER, True)
        assert "certificate" in outcome.answer
        assert impostor.seen == []


def test_a_server_that_drops_tls_gets_no_mail(mail_server: MailServer) -> None:
    outcome = send(Post(secured(mail_server.port, user="makegood", password=SECRET)))
    assert (outcome.fate, outcome.unreachable) == (Fate.LATER, True)
    assert outcome.answer == "454 the server offers no TLS, so nothing was sent"
    assert mail_server.seen == []


def test_no_tls_below_1_2_is_spoken(trusting: ssl.SSLContext) -> None:
    trusting.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    Post(secured(1), context=trusting)
    assert trusting.minimum_version is ssl.TLSVersion.TLSv1_2


# ── signing in, and keeping secrets ─────────────────────────────────────────


def test_signing_in_works_and_a_wrong_password_is_no_fault_of_the_mail() -> None:
    def knows(_server: object, _session: object, _envelope: object, _how: str, told: LoginPassword) -> AuthResult:
        return AuthResult(success=told.password == SECRET.encode(), handled=False)

    with MailServer(sign_in=knows) as strict:
        right = send(Post(secured(strict.port, "no", user="makegood", password=SECRET)))
        wrong = send(Post(secured(strict.port, "no", user="makegood", password="guess")))
    assert right.fate is Fate.ACCEPTED
    assert (wrong.fate, wrong.unreachable) == (Fate.LATER, True)


def test_no_answer_repeats_a_secret(mail_server: MailServer) -> None:
    spoken = base64.b64encode(SECRET.encode()).decode()
    both = base64.b64encode(f"\0makegood\0{SECRET}".encode()).decode()
    mail_server.answers = deque([f"554 no: {SECRET} {spoken} {both} makegood"])
    post = Post(Server(host="127.0.0.1", port=mail_server.port, tls="no", password=SECRET))
    answer = send(post).answer
    assert SECRET not in answer and spoken not in answer
    assert SECRET not in repr(post._server)


def test_an_answer_is_one_line_of_bounded_length(mail_server: MailServer) -> None:
    mail_server.answers.append("550-first\r\n550 second" + "x" * 400)
    answer = send(plain(mail_server)).answer
    assert answer.startswith("550 first second") and "\n" not in answer and len(answer) <= 300


# ── MAKEGOOD_SMTP_URL ───────────────────────────────────────────────────────


def test_a_url_says_where_mail_goes_out() -> None:
    assert server("smtp://us%40er:p%3Ass@mail.example?tls=yes") == Server(
        host="mail.example", port=465, tls="yes", user="us@er", password="p:ss"
    )
    assert server("smtp://mail.example").port == 587
    assert server("smtp://mail.example:2525?tls=no").tls == "no"


@pytest.mark.parametrize(
    "url",
    [
        "https://mail.example",
        "smtp://",
        "smtp://user:hunter22@mail.example?tls=maybe",
        "smtp://user:hunter22@mail.example:99999",
        "smtp://user:hunter22@mail.example?tls=no",
    ],
)
def test_a_url_nobody_can_use_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        server(url)
    assert "MAKEGOOD_SMTP_URL" in str(refused.value) and "hunter22" not in str(refused.value)
