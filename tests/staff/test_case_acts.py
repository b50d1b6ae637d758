"""Handing over, answering alarms, keeping, judging, closing: one action each, and kind refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.desk.actions import contacts, people
from makegood.desk.actions.promises import Words

from .conftest import ROSALIA, Hand, SignedIn, case_url, text_of


def test_an_offer_stays_with_its_owner_until_it_is_accepted(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    priya.post(case_url(buckle, "offer"), {"to": cast.luis.pk, "note": "He knows packs."})
    buckle.refresh_from_db()
    assert (buckle.owner, buckle.offered_to) == (cast.priya, cast.luis)
    assert buckle.notes.get().text == "He knows packs."
    luis = signed_in(cast.luis)
    assert "Priya Raman offers you this case" in text_of(luis.get(case_url(buckle)))
    luis.post(case_url(buckle, "accept"))
    buckle.refresh_from_db()
    assert (buckle.owner, buckle.offered_to) == (cast.luis, None)


def test_an_offer_can_be_sent_back_and_taken_back(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    for who in (signed_in(cast.luis), priya):
        priya.post(case_url(buckle, "offer"), {"to": cast.luis.pk})
        who.post(case_url(buckle, "return"), {"why": "Too much on my desk."})
        buckle.refresh_from_db()
        assert (buckle.owner, buckle.offered_to) == (cast.priya, None)


def test_a_case_offered_across_teams_is_out_of_sight_once_it_is_sent_back(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    wen = signed_in(cast.wen)
    assert wen.get(case_url(buckle)).status_code == 404
    priya.post(case_url(buckle, "offer"), {"to": cast.wen.pk})
    assert wen.get(case_url(buckle)).status_code == 200
    assert wen.post(case_url(buckle, "return"), {"why": "Not ours."})["Location"] == "/"
    assert wen.get(case_url(buckle)).status_code == 404


def test_only_people_who_are_in_can_be_offered_a_case(
    priya: Client, cast: Cast, buckle: models.Case, hand: Hand
) -> None:
    people.excuse(cast.luis, from_at=hand.at, to_at=None, cover=None, why="", by=cast.luis, now=hand.at)
    assert "Luis Ferrer, agent" not in text_of(priya.get(case_url(buckle)))
    refused = priya.post(case_url(buckle, "offer"), {"to": cast.luis.pk})
    assert refused.status_code == 409
    assert 'data-code="cannot_receive"' in text_of(refused)


def test_who_does_not_own_a_case_and_stands_not_above_can_not_pass_it_on(
    signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    refused = signed_in(cast.tom).post(case_url(buckle, "offer"), {"to": cast.luis.pk})
    assert refused.status_code == 409
    assert "Only the owner, or somebody above, may do this." in text_of(refused)
    assert signed_in(cast.marta).post(case_url(buckle, "offer"), {"to": cast.luis.pk}).status_code == 302


def test_i_have_it_silences_what_rings_and_says_so_when_nothing_does(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    weeks.until(hand.move(days=1))
    assert "An alarm rings until somebody says" in text_of(priya.get(case_url(buckle)))
    assert priya.post(case_url(buckle, "acknowledge"))["Location"] == case_url(buckle)
    assert buckle.alarms.filter(over_at=None).count() == 0
    refused = priya.post(case_url(buckle, "acknowledge"))
    assert refused.status_code == 409
    page = text_of(refused)
    assert "No alarm rings on this case." in page
    assert "Nothing was changed." in page
    assert f'href="{case_url(buckle)}"' in page


def test_a_promise_is_kept_with_what_shows_it_and_not_without(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    said = Words(words="It leaves today.", due_at=hand.at + timedelta(hours=6))
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Today.", kinds=["promise"], says=[said])
    promise = buckle.promises.get(words="It leaves today.")
    url = case_url(buckle, "keep-promise", promise.number)
    assert priya.post(url, {"why": " "}).status_code == 409
    assert priya.post(url, {"why": "Northline 77-1"}).status_code == 302
    promise.refresh_from_db()
    assert (promise.state, promise.evidence) == ("kept", "Northline 77-1")
    assert priya.post(url, {"why": "again"}).status_code == 409
    assert priya.post(case_url(buckle, "keep-promise", 99), {"why": "x"}).status_code == 404


def test_a_clock_of_the_house_is_kept_by_nobodys_hand(priya: Client, buckle: models.Case) -> None:
    clock = buckle.promises.get(kind="reply")
    refused = priya.post(case_url(buckle, "keep-promise", clock.number), {"why": "trust me"})
    assert refused.status_code == 409
    assert 'data-code="clock_of_the_house"' in text_of(refused)


def test_closing_is_refused_with_every_reason_and_nothing_is_changed(priya: Client, buckle: models.Case) -> None:
    refused = priya.post(case_url(buckle, "close"))
    page = text_of(refused)
    assert refused.status_code == 409
    assert "A promise is open" in page
    assert "last message has no answer" in page
    assert "No substantive reply was ever sent" in page
    assert "Nothing was changed." in page
    buckle.refresh_from_db()
    assert buckle.open


def test_a_case_closes_once_nothing_is_owed_and_opens_again(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="Done.", kinds=["answer"])
    priya.post(case_url(buckle, "close"))
    buckle.refresh_from_db()
    assert not buckle.open
    assert priya.post(case_url(buckle, "close")).status_code == 409
    priya.post(case_url(buckle, "reopen"))
    buckle.refresh_from_db()
    assert buckle.open
    assert priya.post(case_url(buckle, "reopen")).status_code == 409


# ── what a person judges ─────────────────────────────────────────────────────


@pytest.fixture
def odd(cast: Cast, hand: Hand) -> models.Case:
    """A message nobody could place, set aside as a case."""
    message = contacts.Incoming(received_at=hand.at, from_address="odd@odd.example", subject="???", text="%PDF")
    door = cast.policy.doors["mail"]
    why = "Its characters can't be read."
    return contacts.open_case(message, door=door, item=None, now=hand.at, quarantine=why)


def test_what_was_set_aside_is_judged_a_complaint_or_put_away_with_a_reason(
    signed_in: SignedIn, cast: Cast, odd: models.Case
) -> None:
    marta = signed_in(cast.marta)
    assert "1 message waits for a person’s judgement" in text_of(marta.get("/doors/set-aside/"))
    assert marta.post(case_url(odd, "judge"), {"genuine": "maybe"}).status_code == 409
    assert marta.post(case_url(odd, "judge"), {"genuine": "no", "why": ""}).status_code == 409
    away = marta.post(case_url(odd, "judge"), {"genuine": "no", "why": "An advertisement.", "back": "quarantine"})
    assert away["Location"] == "/doors/set-aside/"
    odd.refresh_from_db()
    assert not odd.open
    assert "Nothing is set aside." in text_of(marta.get("/doors/set-aside/"))
    assert marta.post(case_url(odd, "judge"), {"genuine": "yes"}).status_code == 409


def test_a_complaint_among_what_was_set_aside_gets_its_clocks(
    signed_in: SignedIn, cast: Cast, odd: models.Case
) -> None:
    signed_in(cast.marta).post(case_url(odd, "judge"), {"genuine": "yes"})
    odd.refresh_from_db()
    assert odd.open
    assert not odd.quarantined
    assert odd.promises.filter(kind="reply", outstanding=True).exists()


def propose(case: models.Case, cast: Cast, hand: Hand) -> models.Contact:
    message = contacts.Incoming(received_at=hand.at, from_address="someone@else.example", text="Me too.")
    door = cast.policy.doors["mail"]
    return contacts.propose(message, case_id=case.pk, door=door, item=None, why="A stranger.", now=hand.at)


def test_a_strangers_message_joins_or_becomes_a_case_of_its_own_once(
    priya: Client, cast: Cast, buckle: models.Case, hand: Hand
) -> None:
    joins, parts = propose(buckle, cast, hand), propose(buckle, cast, hand)
    assert priya.post(case_url(buckle, "join-proposed", joins.pk)).status_code == 302
    assert priya.post(case_url(buckle, "part-proposed", parts.pk)).status_code == 302
    joins.refresh_from_db()
    parts.refresh_from_db()
    assert (joins.standing, parts.standing) == ("joined", "declined")
    assert models.Case.objects.filter(customer__addresses__value="someone@else.example").exists()
    assert priya.post(case_url(buckle, "join-proposed", parts.pk)).status_code == 409


def test_thanks_needs_no_answer(priya: Client, cast: Cast, buckle: models.Case, weeks: Weeks, hand: Hand) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(hours=1), text="A new one left today.", kinds=["answer", "news"])
    contact = weeks.again(buckle, ROSALIA, at=hand.move(hours=1), text="Thank you so much.")
    assert "wants an answer" in text_of(priya.get(case_url(buckle)))
    priya.post(case_url(buckle, "needs-no-answer", contact.pk), {"word": "thanks"})
    buckle.refresh_from_db()
    assert buckle.unanswered_at is None
    assert "wants an answer" not in text_of(priya.get(case_url(buckle)))


def test_a_letter_acknowledged_with_a_date_can_not_be_waved_away(priya: Client, buckle: models.Case) -> None:
    contact = buckle.contacts.get(direction="in")
    refused = priya.post(case_url(buckle, "needs-no-answer", contact.pk), {"word": "thanks"})
    assert refused.status_code == 409
    assert "was_told_a_date" in text_of(refused)
    buckle.refresh_from_db()
    assert buckle.unanswered_at is not None


def test_a_contact_of_another_case_is_not_there(priya: Client, buckle: models.Case, odd: models.Case) -> None:
    contact = buckle.contacts.get(direction="in")
    assert priya.post(case_url(odd, "needs-no-answer", contact.pk)).status_code == 404
    assert priya.get(case_url(odd, "contact-raw", contact.pk)).status_code == 404


# ── the customer's private link ──────────────────────────────────────────────


def test_a_private_link_is_shown_once_kept_as_a_hash_and_its_maker_recorded(
    priya: Client, cast: Cast, buckle: models.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_BASE_URL", "https://desk.larkfield.example")
    page = priya.post(case_url(buckle, "page-link"), headers={"host": "localhost"}).content.decode()
    secret = page.split("https://desk.larkfield.example/c/")[1].split("/")[0]
    assert not models.Link.objects.filter(digest=secret).exists()
    assert models.Entry.objects.get(name="link.handed_out").by == cast.priya
    priya.post(case_url(buckle, "end-page-links"))
    assert not buckle.links.filter(purpose="page", revoked_at=None).exists()
