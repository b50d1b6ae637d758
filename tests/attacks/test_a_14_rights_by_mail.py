"""A-14: whoever answers an old notice by mail has the rights he has today, not those he had when it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import access, models
from makegood.desk.actions import handoffs, people, policies
from makegood.rules.policy import Role
from makegood.watch import rounds
from tests.attacks.two_teams import browser, own
from tests.intake.desk import HOUR, MINUTE, deliver_all, notice_to, open_rosas_case, receive
from tests.intake.letters import letter

ORDERS = ("We send a new bag today.", "answer: It is on its way.", "note: careful", "ask: Which colour?", "I have it")


@dataclass(frozen=True, kw_only=True)
class Told:
    """Rosa's broken promise, which its owner and the team's lead hold a notice of."""

    cast: Cast
    case: models.Case
    owner: models.Staff
    notices: dict[int, EmailMessage]
    now: datetime

    def answer(self, who: models.Staff, text: str) -> models.InboxItem:
        notice = self.notices[who.pk]
        raw = letter(
            text, sender=who.email, to=str(notice["Reply-To"]), subject=f"Re: {notice['Subject']}",
            message_id="<hers@larkfield.example>", headers={"In-Reply-To": str(notice["Message-ID"])},
        )  # fmt: skip
        return receive(raw, now=self.now + HOUR, sender=who.email, to=(str(notice["Reply-To"]),))


@pytest.fixture
def told(cast: Cast, monday_ten: datetime) -> Told:
    case = open_rosas_case(monday_ten)
    own(case, cast.priya, now=monday_ten)
    deliver_all(monday_ten)
    notices = {}
    for days, who in ((1, cast.priya), (2, cast.marta)):
        now = monday_ten + timedelta(days=days, hours=2)
        while rounds.wake_due(now=now):
            pass
        notices[who.pk] = notice_to(who, now=now)
    case.refresh_from_db()
    assert case.owner == cast.priya
    return Told(cast=cast, case=case, owner=case.owner, notices=notices, now=now)


def leaves(told: Told) -> models.Staff:
    people.leave(told.owner, by=told.cast.ruth, now=told.now + MINUTE)
    return told.owner


def lead_of_another_team(told: Told) -> models.Staff:
    _change(told, told.cast.marta, Role.LEAD, "wholesale")
    return told.cast.marta


def lead_becomes_agent_elsewhere(told: Told) -> models.Staff:
    _change(told, told.cast.marta, Role.AGENT, "wholesale")
    return told.cast.marta


def hands_the_case_to_another_team(told: Told) -> models.Staff:
    handoffs.offer(told.case.pk, to=told.cast.wen, by=told.owner, note="Wholesale.", now=told.now + MINUTE)
    handoffs.accept(told.case.pk, by=told.cast.wen, now=told.now + 2 * MINUTE)
    return told.owner


def _change(told: Told, who: models.Staff, role: Role, team: str) -> None:
    people.change_role(who, role=role, team=policies.team(team), by=told.cast.ruth, now=told.now + MINUTE)


CHANGES = (leaves, lead_of_another_team, lead_becomes_agent_elsewhere, hands_the_case_to_another_team)


def what_a_colleague_can_do(case: models.Case) -> list[Any]:
    """All that a colleague's mail may bring about."""
    return [
        list(case.contacts.filter(direction="out").values_list("pk", "text")),
        list(case.notes.exclude(text="Wholesale.").values_list("text")),
        list(case.alarms.values_list("pk", "acknowledged_by")),
        list(case.promises.exclude(kind="quarantine").values_list("number", "state")),
        list(models.OutboxItem.objects.exclude(purpose="notice").values_list("pk", "to_address")),
    ]


@pytest.mark.parametrize("text", ORDERS)
@pytest.mark.parametrize("change", CHANGES)
def test_an_old_notice_gives_no_right_that_its_reader_has_lost(
    told: Told, change: Callable[[Told], models.Staff], text: str
) -> None:
    who = change(told)
    who.refresh_from_db()
    assert not access.cases_for(who).filter(pk=told.case.pk).exists()
    before = what_a_colleague_can_do(told.case)
    item = told.answer(who, text)
    assert what_a_colleague_can_do(told.case) == before
    contact = item.contacts.get()
    assert (contact.standing, contact.staff) == ("proposed", None), "its owner sees it, and decides"
    assert item.state == models.InboxItem.State.QUARANTINED


@pytest.mark.parametrize("text", ORDERS)
def test_the_same_mail_counts_while_the_right_is_there(told: Told, text: str) -> None:
    """Guards this module: what is refused above is otherwise taken."""
    before = what_a_colleague_can_do(told.case)
    assert told.answer(told.cast.marta, text).code == "staff"
    assert what_a_colleague_can_do(told.case) != before


def test_who_lost_the_right_is_told_so_and_who_left_hears_nothing(told: Told) -> None:
    told.answer(lead_of_another_team(told), ORDERS[0])
    word = models.Notice.objects.get(kind="mail.not_sent")
    assert word.staff == told.cast.marta
    assert word.facts["why"] == "Marta Olsen has no right to this case."
    people.leave(told.owner, by=told.cast.ruth, now=told.now + 2 * HOUR)
    raw = letter(
        "And again.", sender=told.owner.email, to=str(told.notices[told.owner.pk]["Reply-To"]), message_id="<2@x>"
    )
    receive(raw, now=told.now + 3 * HOUR, sender=told.owner.email, to=(str(told.notices[told.owner.pk]["Reply-To"]),))
    assert models.Notice.objects.filter(kind="mail.not_sent").count() == 1


@pytest.mark.parametrize("change", CHANGES)
def test_the_button_in_the_old_notice_opens_nothing_either(told: Told, change: Callable[[Told], models.Staff]) -> None:
    who = told.cast.marta if "lead" in change.__name__ else told.owner
    secrets = re.findall(r"/a/([\w-]{20,})/", told.notices[who.pk].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert secrets, "the notice has its button"
    client: Client = browser()
    with clock.reading(lambda: told.now + HOUR):
        assert client.get(f"/a/{secrets[0]}/").status_code == 200
        change(told)
        before = what_a_colleague_can_do(told.case)
        for answer in (client.get(f"/a/{secrets[0]}/"), client.post(f"/a/{secrets[0]}/")):
            assert answer.status_code == 404
            assert "buckle" not in answer.content.decode().lower()
    assert what_a_colleague_can_do(told.case) == before
