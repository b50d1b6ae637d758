"""A-30: an unproved sender may open a case. He sees nothing, changes nothing, and gets nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from makegood.desk import models
from tests.intake.desk import HOUR, deliver_all, open_rosas_case, receive
from tests.intake.letters import letter

OUR_SERVER = "mx.larkfield.example"
PASS = f"{OUR_SERVER}; dmarc=pass header.from=quiet.example"
FAIL = f"{OUR_SERVER}; dmarc=fail header.from=quiet.example"
NONE = f"{OUR_SERVER}; dmarc=none header.from=quiet.example; spf=none"
FORGED = "mx.evil.example; dmarc=pass header.from=quiet.example"


@pytest.fixture(autouse=True)
def _our_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_AUTHSERV_ID", OUR_SERVER)


@pytest.mark.parametrize(
    ("results", "verified", "quarantined", "acknowledged"),
    [
        (PASS, True, False, 1),
        (NONE, False, False, 1),
        (FORGED, False, False, 1),
        ("", False, False, 1),
        (FAIL, False, True, 0),
    ],
)
def test_a_first_letter_opens_a_case_whatever_is_proved(
    cast: Any, monday_ten: datetime, results: str, verified: bool, quarantined: bool, acknowledged: int
) -> None:
    item = receive(letter(headers={"Authentication-Results": results} if results else {}), now=monday_ten)
    contact = item.contacts.get()
    assert contact.verified is verified
    assert contact.case.quarantined is quarantined
    assert models.OutboxItem.objects.count() == acknowledged


@pytest.mark.parametrize("by", ["address", "thread"])
@pytest.mark.parametrize(
    ("results", "standing"), [(PASS, "joined"), (NONE, "joined"), ("", "joined"), (FAIL, "proposed")]
)
def test_an_answer_whose_domain_disowns_it_joins_nothing(
    cast: Any, monday_ten: datetime, by: str, results: str, standing: str
) -> None:
    case = open_rosas_case(monday_ten)
    (ours,) = deliver_all(monday_ten)
    headers = {"In-Reply-To": str(ours["Message-ID"])} if by == "thread" else {}
    headers |= {"Authentication-Results": results} if results else {}
    raw = letter("It is the left one.", subject="More", message_id="<two@quiet.example>", headers=headers)
    item = receive(
        raw, now=monday_ten + HOUR, to=(str(ours["Reply-To"]),) if by == "address" else ("help@larkfield.example",)
    )
    contact = item.contacts.get()
    assert (contact.case, contact.standing) == (case, standing)
    assert contact.verified is (standing == "joined" and (by == "address" or results == PASS))
    assert models.OutboxItem.objects.count() == 1, "and no mail goes out for it"


def test_a_spoofed_letter_never_proves_the_address_it_bears(cast: Any, monday_ten: datetime) -> None:
    receive(letter(headers={"Authentication-Results": FAIL}), now=monday_ten)
    assert models.CustomerAddress.objects.get().verified_at is None
