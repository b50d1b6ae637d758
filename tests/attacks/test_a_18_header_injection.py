"""A-18: no name, subject, address or word that somebody chose becomes a header, a receiver or a second mail.

Everything is poisoned at once, the mails go out over a real socket, and what the other server took is read again.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from pathlib import Path

import pytest

from makegood.config import shipped
from makegood.demo import cast as demo
from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import cases, handoffs, letters
from makegood.desk.actions.promises import Words
from makegood.notify.email.message import NotSendableError
from makegood.rules.policy_file import PolicyErrors
from makegood.rules.refusals import Refusal
from tests.watch.house import a_complaint, deliver_all, minutes, post_to, watch_until
from tests.watch.mail_server import MailServer, Taken

pytestmark = pytest.mark.django_db

EVIL = "evil@evil.example"
OURS = {
    "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "X-Auto-Response-Suppress", "Precedence", "X-Makegood-Desk", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding",
}  # fmt: skip
ENDS = {
    "cr": "\r", "lf": "\n", "crlf": "\r\n", "crlf space": "\r\n ", "lf tab": "\n\t", "cr cr lf": "\r\r\n",
    "soh": "\x01", "vt": "\x0b", "ff": "\x0c", "fs": "\x1c", "nel": "\x85", "line separator": "\u2028",
    "paragraph separator": "\u2029", "percent": "%0D%0A", "escaped": "\\r\\n",
    "zero width": "\u200b\r\u200b\n", "comment": "(\r\n)", "quote": '"\r\n',
}  # fmt: skip
HEADERS = f"Bcc: {EVIL}|X-Evil: 1|Subject: Forged|To: {EVIL}||<b>Body</b>"


IN_A_POLICY = ("crlf", "lf", "line separator", "word b", "receivers", "soh")


def encoded(kind: str, text: str) -> str:
    raw = text.encode("utf-7" if kind == "7" else "utf-8")
    if kind == "q":
        return f"=?utf-8?q?{''.join(f'={byte:02X}' for byte in raw)}?="
    return f"=?utf-{'7' if kind == '7' else '8'}?b?{b64encode(raw).decode()}?="


POISONS = {name: f"A{end}{HEADERS.replace('|', end)}" for name, end in ENDS.items()}
POISONS |= {f"word {kind}": encoded(kind, "A\r\n" + HEADERS.replace("|", "\r\n")) for kind in "bq7"}
POISONS |= {
    "two words": "=?utf-8?b?DQo=?= =?utf-8?q?Bcc:_evil@evil.example?=",
    "receivers": f'" <{EVIL}>, "',
    "bare": f"{EVIL}, {EVIL}",
    "group": f"x: {EVIL};",
    "route": f"<@{EVIL}:{EVIL}>",
    "backslash": f'\\" <{EVIL}>, x\\',
    "end of mail": f"\r\n.\r\nMAIL FROM:<{EVIL}>\r\nRCPT TO:<{EVIL}>\r\nDATA\r\nSubject: Forged\r\n\r\nPay.\r\n.\r\n",
    "boundary": "\r\n--=_x\r\nContent-Type: text/html\r\n\r\n<b>",
}


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def live(cast: Cast, poison: str, *, at: datetime, sender: str = "rosa@quill.example") -> models.Case:
    """A case in which everything that somebody may choose is poison, with every kind of mail waiting to go."""
    models.Staff.objects.update(name=poison[:120])
    case = a_complaint(cast, at=at, sender=sender, name=poison)
    models.Customer.objects.update(name=poison[:200])
    models.Case.objects.update(subject=poison[:300])
    case.contacts.update(message_id=f"<{poison}>"[:300], subject=poison[:500])
    case.refresh_from_db()
    words = f"By five. {poison}"[:500]
    says = [Words(words=words, due_at=at + minutes(60))]
    letters.reply(
        case.pk, by=case.owner, text=f"{poison} {words}", kinds=["promise", "answer"], says=says,
        confirmed=True, now=at + minutes(5),
    )  # fmt: skip
    return case


def assert_honest(mail: Taken, *, to: set[str]) -> EmailMessage:
    """What the other server took is one mail, from us, to whom it was meant for, with our header fields alone."""
    read = message_from_bytes(mail.content, policy=default)
    assert isinstance(read, EmailMessage)
    assert not read.defects, read.defects
    assert {name.title() for name in read} <= {name.title() for name in OURS}, read.keys()
    assert len(read.keys()) == len(set(read.keys()))
    assert [address for _, address in getaddresses([str(read["To"])])] == list(mail.receivers)
    assert len(mail.receivers) == 1 and set(mail.receivers) <= to
    assert mail.sender in ("<>", "help@larkfield.example")
    for name in ("From", "Reply-To"):
        found = getaddresses([str(value) for value in read.get_all(name, [])])
        assert all(address.endswith("larkfield.example") for _, address in found), found
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", mail.content)
    for line in mail.content.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        assert line.isascii() and len(line) < 998
        assert line[:1] in b" \t" or line.split(b":")[0].decode() in OURS
    for part in read.walk():
        assert part.get_content_type() in ("multipart/alternative", "text/plain", "text/html")
    return read


@pytest.mark.parametrize("poison", POISONS.values(), ids=POISONS.keys())
def test_whatever_is_chosen_stays_where_it_was_put(
    cast: Cast,
    mail_server: MailServer,
    monday_ten: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    poison: str,
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    post = post_to(mail_server)
    case = live(cast, poison, at=monday_ten)
    deliver_all(post, now=monday_ten + minutes(6))
    watch_until(monday_ten + timedelta(days=2), deliver=post)
    here = {staff.email for staff in models.Staff.objects.all()} | {"rosa@quill.example"}
    assert len(mail_server.seen) == len(mail_server.taken) >= 4
    subjects = [str(assert_honest(mail, to=here)["Subject"]) for mail in mail_server.taken]
    assert "Forged" not in subjects
    purposes = set(models.OutboxItem.objects.values_list("purpose", "state"))
    assert {("acknowledgement", "accepted"), ("reply", "accepted"), ("notice", "accepted")} <= purposes
    to_rosa = [mail for mail in mail_server.taken if mail.receivers == ("rosa@quill.example",)]
    assert len(to_rosa) == case.outbox.filter(to_address="rosa@quill.example").count()


@pytest.mark.parametrize(
    "sender",
    [
        *(f"rosa{end}Bcc: {EVIL}@quill.example" for end in ENDS.values()),
        *(f"rosa@quill.example{end}" for end in ENDS.values()),
        f"rosa@quill.example, {EVIL}", f"rosa@quill.example>, <{EVIL}", f'"rosa@quill.example, {EVIL}"@x.example',
        "=?utf-8?q?rosa=0D=0A?=@quill.example", f"{EVIL}:rosa@quill.example", "rosa@quill.example SIZE=1",
        "rosa@quill.example> SMTPUTF8 <", "rosa\x01@quill.example", "r" * 300 + "@quill.example",
        "rosa@[127.0.0.1]\r\n",
    ],
)  # fmt: skip
def test_an_address_that_is_more_than_one_address_is_never_written_to(
    cast: Cast, mail_server: MailServer, monday_ten: datetime, sender: str
) -> None:
    case = a_complaint(cast, at=monday_ten, sender="rosa@quill.example")
    deliver_all(post_to(mail_server), now=monday_ten)
    mail_server.seen.clear()
    case.contacts.update(from_address=sender[:320])
    case.customer.addresses.update(value=sender[:320])
    with suppress(NotSendableError, Refusal):
        letters.reply(case.pk, by=case.owner, text="Hi.", kinds=["answer"], confirmed=True, now=monday_ten + minutes(5))
    deliver_all(post_to(mail_server), now=monday_ten + minutes(6))
    for mail in mail_server.seen:
        assert_honest(mail, to={sender})
        assert EVIL not in mail.receivers
    # Nor is a row that somebody bent in the database a way round.
    models.OutboxItem.objects.update(to_address=sender[:320], state="waiting", lease_until=None, next_at=monday_ten)
    mail_server.seen.clear()
    deliver_all(post_to(mail_server), now=monday_ten + minutes(7))
    for mail in mail_server.seen:
        assert len(mail.receivers) == 1 and EVIL not in mail.receivers
        assert not sender.endswith(("\r", "\n")) and "\n" not in sender


@pytest.mark.parametrize("poison", [POISONS[name] for name in IN_A_POLICY])
def test_nor_does_the_name_of_the_house_in_its_policy(
    db: None, mail_server: MailServer, monday_ten: datetime, poison: str
) -> None:
    facts.forget_policies()
    text = shipped.demo_policy().replace('name = "Larkfield Outdoor"', f"name = {json.dumps(poison)}")
    assert "Larkfield Outdoor" not in text.partition("[doors")[0].partition("[house]")[2]
    try:
        cast = demo.load(now=monday_ten, password=None, policy=text)
    except PolicyErrors:
        return
    a_complaint(cast, at=monday_ten)
    deliver_all(post_to(mail_server), now=monday_ten)
    assert mail_server.taken
    for mail in mail_server.taken:
        assert_honest(mail, to={"rosa@quill.example"})


def test_a_closing_and_a_handover_carry_no_header_either(
    cast: Cast, mail_server: MailServer, monday_ten: datetime
) -> None:
    poison = POISONS["crlf"]
    case = live(cast, poison, at=monday_ten)
    post = post_to(mail_server)
    deliver_all(post, now=monday_ten + minutes(6))
    number = case.promises.get(said=True, staff=case.owner).number
    letters.reply(
        case.pk,
        by=case.owner,
        text=poison,
        kinds=["answer"],
        keeps=[number],
        confirmed=True,
        now=monday_ten + minutes(9),
    )
    handoffs.offer(case.pk, to=cast.marta, by=case.owner, note=poison, now=monday_ten + minutes(10))
    handoffs.give_back(case.pk, why=poison, by=cast.marta, now=monday_ten + minutes(11))
    deliver_all(post, now=monday_ten + minutes(12))
    cases.close(case.pk, by=case.owner, now=monday_ten + minutes(30))
    watch_until(monday_ten + timedelta(hours=3), deliver=post)
    deliver_all(post, now=monday_ten + timedelta(hours=3))
    assert {"reply", "closing"} <= set(case.outbox.values_list("purpose", flat=True))
    here = {staff.email for staff in models.Staff.objects.all()} | {"rosa@quill.example"}
    for mail in mail_server.taken:
        assert_honest(mail, to=here)
