"""A-49: a colleague who answers a notice by mail sends the customer his own words, and nothing of the notice.

The notice is what we wrote to him alone: whose turn it is, who hears next, why a handoff came back. Mail programs
quote it in many ways, some of which no reader of quotes has ever seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import handoffs
from makegood.watch import rounds
from tests.attacks.two_teams import own
from tests.intake.desk import MINUTE, deliver_all, notice_to, open_rosas_case, receive
from tests.intake.letters import ROSA

OWN = "Dear Rosa, a new bag is on its way."
SECRET = "between us: he is a notorious grumbler"

HOW: dict[str, Callable[[str], str]] = {
    "marked": lambda told: (
        f"{OWN}\n\nOn Tue, Mar 3, 2026 at 12:00 Desk <help@larkfield.example> wrote:\n" + marked(told)
    ),
    "marked, nothing introduces it": lambda told: f"{OWN}\n\n" + marked(told),
    "unmarked": lambda told: f"{OWN}\n\n-----Original Message-----\nFrom: Desk\nSent: Tuesday\n\n{told}",
    "unmarked, nothing introduces it": lambda told: f"{OWN}\n\n{told}",
    "in a language we do not read": lambda told: f"{OWN}\n\nDne 3. 3. 2026 v 12:00 Desk napsal(a):\n\n{told}",
    "indented": lambda told: f"{OWN}\n\n" + told.replace("\n", "\n    "),
    "with bars": lambda told: f"{OWN}\n\n" + told.replace("\n", "\n| "),
    "starred": lambda told: f"{OWN}\n\n" + told.replace("--- ", "*--- ").replace(" ---", " ---*"),
    "below": lambda told: f"{marked(told)}\n\n{OWN}",
    "below, unmarked": lambda told: f"{told}\n\n{OWN}",
    "answered line by line": lambda told: marked(told).replace("\n> \n", f"\n> \n{OWN}\n", 1),
}


def marked(told: str) -> str:
    return "> " + told.replace("\n", "\n> ")


@pytest.fixture
def told(cast: Cast, monday_ten: datetime) -> tuple[models.Case, EmailMessage, datetime]:
    """Priya's broken promise, offered to Tom and sent back with words that no customer may read."""
    case = open_rosas_case(monday_ten)
    own(case, cast.priya, now=monday_ten)
    deliver_all(monday_ten)
    now = monday_ten + timedelta(days=1, hours=2)
    while rounds.wake_due(now=now):
        pass
    handoffs.offer(case.pk, to=cast.tom, by=cast.priya, note=SECRET, now=now)
    handoffs.give_back(case.pk, by=cast.tom, why=SECRET, now=now + MINUTE)
    case.refresh_from_db()
    return case, notice_to(cast.priya, now=now + 2 * MINUTE), now + 3 * MINUTE


def plain(notice: EmailMessage) -> str:
    return str(notice.get_body(("plain",)).get_content()).replace("\r\n", "\n")  # type: ignore[union-attr]


def sentences(notice: EmailMessage) -> set[str]:
    return {line.strip() for line in re.split(r"[\n.]", plain(notice)) if len(line.strip()) > 15}


def said_to_her() -> str:
    """Her colleague's words, without what frames every mail of ours."""
    return " ".join(" ".join(models.Contact.objects.filter(direction="out").values_list("text", flat=True)).split())


def written(cast: Cast, notice: EmailMessage, body: EmailMessage, *, now: datetime) -> str:
    """Everything that went to the customer because of this answer, as she can read it."""
    body["From"], body["To"], body["Subject"] = cast.priya.email, str(notice["Reply-To"]), f"Re: {notice['Subject']}"
    body["Message-ID"], body["In-Reply-To"] = "<hers@larkfield.example>", str(notice["Message-ID"])
    raw = bytes(body).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    receive(raw, now=now, sender=cast.priya.email, to=(str(notice["Reply-To"]),))
    mails = [mail for mail in deliver_all(now) if ROSA in str(mail["To"])]
    parts = (part for mail in mails for part in mail.walk() if part.get_content_maintype() == "text")
    return " ".join(" ".join(str(part.get_content()).split()) for part in parts)


@pytest.mark.parametrize("how", HOW)
def test_whatever_way_a_notice_is_quoted_none_of_it_reaches_the_customer(
    told: tuple[models.Case, EmailMessage, datetime], cast: Cast, how: str
) -> None:
    _, notice, now = told
    assert SECRET in plain(notice), "the notice holds what she may not read"
    answer = EmailMessage()
    answer.set_content(HOW[how](plain(notice)))
    heard = written(cast, notice, answer, now=now)
    assert SECRET not in heard
    assert [sentence for sentence in sentences(notice) if sentence in said_to_her()] == []
    if "below" not in how and "line by line" not in how:
        assert OWN in heard


@pytest.mark.parametrize(
    "around", ["{own}<div>{told}</div>", "<p>{own}</p><blockquote>{told}</blockquote>", "{told}{own}"]
)
def test_nor_where_the_answer_is_html_alone(
    told: tuple[models.Case, EmailMessage, datetime], cast: Cast, around: str
) -> None:
    _, notice, now = told
    html: Any = notice.get_body(("html",))
    answer = EmailMessage()
    answer.set_content(around.format(own=OWN, told=html.get_content()), subtype="html")
    heard = written(cast, notice, answer, now=now)
    assert SECRET not in heard
    assert [sentence for sentence in sentences(notice) if sentence in said_to_her()] == []
