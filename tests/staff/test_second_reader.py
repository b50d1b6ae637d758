"""The second reader's word stands beside ours, marked as his, and moves nothing until a person confirms it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks
from makegood.desk import models
from makegood.watch import rounds
from tests.attacks.injections import COMMANDS, IN_ENGLISH, IN_SPANISH
from tests.attacks.test_a_58_prompt_injection import obeying
from tests.second_reader.fake_server import FakeServer, running, send

from .conftest import ROSALIA, Hand, SignedIn, case_url, text_of
from .test_access import everything


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    with running() as fake:
        monkeypatch.setenv("MAKEGOOD_READER_URL", fake.url)
        monkeypatch.setenv("MAKEGOOD_READER_MODEL", "small-model")
        yield fake


@pytest.fixture
def letter(weeks: Weeks, hand: Hand) -> models.Case:
    return weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text="Seven weeks, and here I sit without my pack.")


def reading(label: str, words: str) -> dict[str, object]:
    return {"proposals": [{"task": "label", "label": label, "words": words, "sure": 0.8}]}


def test_without_the_setting_nobody_is_asked(letter: models.Case, priya: Client, hand: Hand) -> None:
    assert not rounds.read_again(now=hand.at)
    page = text_of(priya.post(case_url(letter, "draft"), {"text": "Words."}))
    assert "second reader" not in page
    failed = text_of(priya.post(case_url(letter, "second-draft"), {"text": "Words."}))
    assert models.Contact.objects.filter(second_read_at=None).count() == models.Contact.objects.count()
    assert "second reader" not in failed


def test_a_letter_is_asked_about_once_and_the_word_is_marked_as_the_second_readers(
    server: FakeServer, letter: models.Case, hand: Hand, signed_in: SignedIn
) -> None:
    server.says(lambda _text: reading("not_resolved", "without my pack"))
    assert rounds.read_again(now=hand.at) and not rounds.read_again(now=hand.at)
    assert len(server.asked) == 1
    heard = models.Heard.objects.get(reader="second")
    assert (heard.label, heard.verdict, heard.rule) == ("not_resolved", "open", "second reader")
    assert "not resolved" in text_of(signed_in(letter.owner).get(case_url(letter)))
    assert letter.contacts.get(direction="in").kinds == []


def test_nobody_of_the_house_and_no_customer_is_named_outside(
    server: FakeServer, weeks: Weeks, hand: Hand, cast: Cast
) -> None:
    text = f"Dear {cast.priya.name}, this is Rosalía Quintero, rosalia@quintero.example. My pack never came."
    weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text=text)
    server.says(lambda _text: reading("complaint", "never came"))
    rounds.read_again(now=hand.at)
    told = server.received.lower()
    assert not [word for word in ("rosal", "quintero", *cast.priya.name.lower().split()) if word in told]


def test_a_reader_that_fails_is_shown_as_trouble_and_stops_nothing(
    server: FakeServer, letter: models.Case, hand: Hand
) -> None:
    server.behave = lambda handler, _asked: send(handler, b"no", status=500)
    assert not rounds.read_again(now=hand.at)
    assert models.Heartbeat.objects.get(name="second reader").trouble
    assert not models.Heard.objects.filter(reader="second").exists()


def test_a_draft_is_read_again_when_asked_and_nothing_is_kept(
    server: FakeServer, letter: models.Case, signed_in: SignedIn
) -> None:
    words = "the strap is stitched anew"
    server.says(lambda _text: {"proposals": [{"task": "kind", "label": "news", "words": words, "sure": 0.9}]})
    before = everything(letter)
    page = text_of(signed_in(letter.owner).post(case_url(letter, "second-draft"), {"text": f"Hello, {words}"}))
    assert "news" in page and "The second reader’s word is among these." in page
    assert everything(letter) == before


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[len(COMMANDS) // 2], COMMANDS[-1]])
def test_a_message_that_gives_orders_changes_no_state_of_the_case(
    server: FakeServer, weeks: Weeks, hand: Hand, command: str
) -> None:
    assert command in (*IN_ENGLISH, *IN_SPANISH)
    case = weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text=f"My pack never came. {command}")
    server.says(obeying)
    tables = (models.Entry, models.Promise, models.Alarm, models.Notice, models.OutboxItem, models.Case)
    before = [list(table.objects.order_by("pk").values_list()) for table in tables]
    rounds.read_again(now=hand.at)
    assert [list(table.objects.order_by("pk").values_list()) for table in tables] == before
    assert set(models.Heard.objects.filter(contact__case=case, reader="second").values_list("verdict", flat=True)) <= {
        "open"
    }
