"""A-17: two desks, robots and our own echo never keep each other talking, and what is stopped can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from makegood.desk import models
from tests.intake.desk import MINUTE, deliver_all, judge_all, open_rosas_case, receive
from tests.intake.letters import HELP, ROSA, letter


@contextmanager
def as_another_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same code with another key: another desk, whose mails are not our own."""
    with monkeypatch.context() as patch:
        patch.setenv("MAKEGOOD_SECRET_KEY", "the key of the other desk, long enough to be one")
        yield


def test_two_desks_that_answer_each_other_send_one_automatic_mail_each_at_most(
    cast: Any, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = monday_ten
    receive(letter(sender=f"Other desk <{ROSA}>"), now=now)
    ours = deliver_all(now)
    assert len(ours) == 1
    sent = {"us": 1, "them": 0}
    at_them = True
    mail = bytes(models.OutboxItem.objects.get().body)
    for _ in range(10):
        now += MINUTE
        before = models.OutboxItem.objects.count()
        # The mail arrives at the other desk, which runs the very same code.
        if at_them:
            with as_another_desk(monkeypatch):
                turned = (
                    mail.replace(ROSA.encode(), b"\0")
                    .replace(HELP.encode(), ROSA.encode())
                    .replace(b"\0", HELP.encode())
                )
                receive(turned, now=now, sender="")
        else:
            receive(mail, now=now, sender="")
        new = list(models.OutboxItem.objects.order_by("pk")[before:])
        if not new:
            break
        sent["them" if at_them else "us"] += len(new)
        mail, at_them = bytes(new[-1].body), not at_them
    assert sent["us"] <= 1 and sent["them"] <= 1
    stopped = models.InboxItem.objects.filter(state="suppressed")
    assert stopped.exists() and all(item.why and bytes(item.raw.body) for item in stopped)


def test_our_own_mail_that_comes_back_is_stopped_as_a_loop(cast: Any, monday_ten: datetime) -> None:
    open_rosas_case(monday_ten)
    ours = bytes(models.OutboxItem.objects.get().body)
    item = receive(ours, now=monday_ten + MINUTE, sender="someone@forwarder.example")
    assert (item.state, item.code) == ("suppressed", "loop")
    assert models.Case.objects.count() == 1


def test_a_stranger_cannot_have_his_letter_stopped_with_a_mark_of_his_own_making(
    cast: Any, monday_ten: datetime
) -> None:
    item = receive(letter(headers={"X-Makegood-Desk": "0123456789abcdef"}), now=monday_ten)
    assert item.state == "joined"


def test_a_canary_is_known_by_its_signature_and_no_stranger_can_make_one(cast: Any, monday_ten: datetime) -> None:
    from makegood.desk.actions import canaries

    canary = canaries.fly(every=timedelta(minutes=15), now=monday_ten)
    assert canary is not None
    flown = bytes(models.OutboxItem.objects.get(purpose="canary").body)
    item = receive(flown, now=monday_ten + MINUTE, sender="")
    canary.refresh_from_db()
    assert (item.state, item.code, canary.back_at) == ("suppressed", "canary", monday_ten + MINUTE)
    forged = letter(headers={"X-Makegood-Canary": f"{canary.token}.{'0' * 64}"})
    assert receive(forged, now=monday_ten + 2 * MINUTE).state == "joined"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Precedence": "junk"},
        {"Precedence": "list"},
        {"List-Id": "<walkers.lists.example>"},
        {"X-Auto-Response-Suppress": "All"},
    ],
)
def test_nothing_that_may_come_from_a_program_is_answered_by_one(
    cast: Any, monday_ten: datetime, headers: dict[str, str]
) -> None:
    receive(letter(headers=headers), now=monday_ten)
    assert judge_all(monday_ten + timedelta(hours=1)) == 0
    assert models.Case.objects.count() == 1, "and yet somebody may wait, so it is a case"
    assert not models.OutboxItem.objects.exists()
