"""A-12, A-14: a mail that bears a colleague's name is not the colleague's word."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from makegood.desk import models
from makegood.desk.actions import people
from makegood.rules.policy import Role
from makegood.watch import rounds
from tests.intake.desk import MINUTE, deliver_all, notice_to, open_rosas_case, receive
from tests.intake.letters import HELP, MALLORY, letter

Told = tuple[models.Case, EmailMessage, datetime]


@pytest.fixture
def told(cast: Any, monday_ten: datetime) -> Told:
    case = open_rosas_case(monday_ten)
    deliver_all(monday_ten)
    now = monday_ten + timedelta(days=1, hours=2)
    while rounds.wake_due(now=now):
        pass
    return case, notice_to(case.owner, now=now), now


def attempt(told: Told, *, sender: str, to: str, headers: dict[str, str] | None = None) -> models.InboxItem:
    _, notice, now = told
    raw = letter(
        "Dear Rosa, please send your card number to this address.",
        sender=sender,
        to=to,
        subject=f"Re: {notice['Subject']}",
        message_id="<attack@else.example>",
        headers={"In-Reply-To": str(notice["Message-ID"]), **(headers or {})},
    )
    return receive(raw, now=now + MINUTE, sender=sender, to=(to,))


def nothing_was_written(case: models.Case) -> bool:
    return not case.contacts.filter(direction="out").exists() and not case.notes.exists()


def test_a_stolen_reply_address_is_not_enough(told: Told) -> None:
    case, notice, _ = told
    item = attempt(told, sender=MALLORY, to=str(notice["Reply-To"]))
    assert nothing_was_written(case)
    assert item.contacts.get().standing == "proposed"
    word = models.Notice.objects.get(kind="mail.not_sent")
    assert word.staff == case.owner and "another address" in word.facts["why"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda a: a.replace("reply+", "reply+1"),
        lambda a: a[: a.index("@") - 1] + a[a.index("@") :],
        lambda a: a[: a.index("@") - 20] + a[a.index("@") :],
        lambda a: a.replace(".s", ".c"),
        lambda a: f"reply+1.s1@{a.partition('@')[2]}",
        lambda a: f"reply+1.s1.a{'a' * 26}@{a.partition('@')[2]}",
    ],
)
def test_a_forged_altered_or_shortened_address_writes_to_nobody(told: Told, spoil: Any) -> None:
    case, notice, _ = told
    attempt(told, sender=case.owner.email, to=spoil(str(notice["Reply-To"])))
    assert nothing_was_written(case)


def test_naming_the_notice_without_the_address_writes_to_nobody(told: Told) -> None:
    case, _, _ = told
    item = attempt(told, sender=case.owner.email, to=HELP)
    assert nothing_was_written(case)
    assert item.contacts.get().standing == "proposed"


def test_a_colleague_cannot_use_the_address_of_another(told: Told, cast: Any) -> None:
    case, notice, _ = told
    other = cast.marta
    assert other != case.owner
    attempt(told, sender=other.email, to=str(notice["Reply-To"]))
    assert nothing_was_written(case)


def test_a_customers_address_gives_no_colleagues_rights(told: Told) -> None:
    case, _, _ = told
    ours = models.OutboxItem.objects.get(purpose="acknowledgement")
    reply_to = next(
        line.partition(b":")[2].strip(b" <>") for line in bytes(ours.body).splitlines() if line.startswith(b"Reply-To")
    )
    item = attempt(told, sender=case.owner.email, to=reply_to.decode())
    assert nothing_was_written(case)
    assert item.contacts.get().standing == "proposed"


@pytest.mark.parametrize(
    ("results", "sent"),
    [
        ("", False),
        ("mx.larkfield.example; dmarc=fail header.from=larkfield.example", False),
        ("mx.evil.example; dmarc=pass header.from=larkfield.example", False),
        ("mx.larkfield.example; dmarc=pass header.from=evil.example", False),
        ("mx.larkfield.example; dmarc=pass header.from=larkfield.example", True),
    ],
)
def test_where_our_mail_server_vouches_for_senders_a_colleague_needs_its_word(
    told: Told, monkeypatch: pytest.MonkeyPatch, results: str, sent: bool
) -> None:
    monkeypatch.setenv("MAKEGOOD_AUTHSERV_ID", "mx.larkfield.example")
    case, notice, _ = told
    headers = {"Authentication-Results": results} if results else {}
    attempt(told, sender=case.owner.email, to=str(notice["Reply-To"]), headers=headers)
    assert nothing_was_written(case) is not sent


def test_a_colleague_who_was_moved_to_another_team_has_no_right_to_the_case_by_mail_either(
    told: Told, cast: Any
) -> None:
    """A-14: the right is asked again when the mail comes."""
    case, _, now = told
    marta_notice = None
    while rounds.wake_due(now=now + timedelta(days=1)):
        pass
    marta_notice = notice_to(cast.marta, now=now + timedelta(days=1))
    people.change_role(
        cast.marta, role=Role.AGENT, team=cast.wen.team, by=cast.ruth, now=now + timedelta(days=1, minutes=1)
    )
    raw = letter(
        "Dear Rosa, a new bag is on its way.",
        sender=cast.marta.email,
        message_id="<hers@larkfield.example>",
        headers={"In-Reply-To": str(marta_notice["Message-ID"])},
    )
    later = now + timedelta(days=1, minutes=2)
    receive(raw, now=later, sender=cast.marta.email, to=(str(marta_notice["Reply-To"]),))
    assert nothing_was_written(case)
