"""Whatever a stranger wrote is text on every page: subject, names, addresses, files, notes, searches (A-02)."""

from __future__ import annotations

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import contacts, ledger, notes
from makegood.desk.actions.contacts import File
from makegood.desk.actions.promises import Words

from .conftest import Hand, SignedIn, case_url

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea></option><script>alert(1)</script>",
    "{{ 7|add:7 }}{% load static %}",
    "javascript:alert(1)",
)
DANGEROUS = ("<script>alert", "onerror=alert(1)>", "<svg/onload", 'href="javascript:', "1414", "<img src=x")


@pytest.fixture(params=PAYLOADS)
def payload(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def poisoned(payload: str, cast: Cast, weeks: Weeks, hand: Hand) -> models.Case:
    """A case in which everything that somebody outside or inside can write is the payload."""
    arrival = ledger.Arrival(
        door="mail", way="smtp", source_id="1", body=payload.encode(), size=1, sha256="0" * 64, received_at=hand.at,
        envelope_from=payload, envelope_to=(payload,),
    )  # fmt: skip
    item, _ = ledger.store(arrival, now=hand.at)
    message = contacts.Incoming(
        received_at=hand.at,
        from_address="x@x.example",
        from_name=payload,
        subject=payload,
        text=payload,
        folded=payload,
        html=f"<p>{payload}</p>".replace("<script", "&lt;script"),
        trouble=(payload,),
        files=(File(name=payload, declared_type=payload, content=b"x"),),
    )
    door = cast.policy.doors["mail"]
    case = contacts.open_case(message, door=door, item=item, quarantine=payload, now=hand.at)
    contacts.propose(message, case_id=case.pk, door=door, item=None, why=payload, now=hand.at)
    notes.add(case.pk, text=payload, by=cast.ruth, now=hand.at)
    said = Words(words=payload, due_at=hand.at.replace(hour=23))
    weeks.reply(case, cast.ruth, at=hand.move(minutes=1), text=payload, kinds=["promise"], says=[said])
    models.MailboxCursor.objects.create(mailbox=payload, trouble=payload, trouble_since=hand.at)
    models.Heartbeat.objects.create(name="x", at=hand.at, trouble=payload)
    weeks.until(hand.move(days=2))
    return case


def test_a_strangers_words_are_text_on_every_page(
    poisoned: models.Case, payload: str, signed_in: SignedIn, cast: Cast
) -> None:
    ruth = signed_in(cast.ruth)
    pages = ["/", "/cases/", "/doors/", "/doors/items/", "/doors/set-aside/", case_url(poisoned)]
    for url in pages:
        page = ruth.get(url).content.decode()
        for dangerous in (
            "<script>alert",
            "onerror=alert(1)>",
            "<svg/onload",
            'href="javascript:',
            "1414",
            "<img src=x",
        ):
            assert dangerous not in page, f"{dangerous} on {url}"


def test_what_one_searched_for_is_text(signed_in: SignedIn, cast: Cast, payload: str) -> None:
    page = signed_in(cast.ruth).get("/cases/", {"q": payload}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_refused_form_brings_words_back_as_text(priya: Client, buckle: models.Case, payload: str) -> None:
    typed = {"text": payload, "words": payload, "due_date": payload, "seen": 0}
    page = priya.post(case_url(buckle, "reply"), typed).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_every_page_carries_the_policy_under_which_no_script_of_a_stranger_runs(
    signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    ruth = signed_in(cast.ruth)
    for url in ("/", "/cases/", case_url(buckle), "/doors/", "/people/", "/settings/"):
        response = ruth.get(url)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response["Referrer-Policy"] == "same-origin"
        assert " style=" not in response.content.decode()
        assert "<script>" not in response.content.decode()
