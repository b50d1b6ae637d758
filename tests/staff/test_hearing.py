"""What messages seem to say is shown, marks nothing by itself, and is on the record once a person says so."""

from __future__ import annotations

import html
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import contacts
from makegood.language import tone
from makegood.rules.incoming import LABELS
from makegood.staff import heard_words

from .conftest import ROSALIA, Hand, SignedIn, case_url, text_of

CHICAGO = ZoneInfo("America/Chicago")
ANGRY = "The buckle snapped on the first day. I need a new one by Friday. I want to speak to your manager, please."


@pytest.fixture
def angry(weeks: Weeks, hand: Hand) -> models.Case:
    """A case whose letter complains, has a need-by, and asks for somebody higher."""
    return weeks.letter(ROSALIA, at=hand.at, subject="Buckle", text=ANGRY)


def draft(client: Client, case: models.Case, text: str, **typed: object) -> str:
    return text_of(client.post(case_url(case, "draft"), {"text": text, **typed}))


def clocks(page: str) -> list[str]:
    return [html.unescape(value) for value in re.findall(r'name="clocks" value="([^"]*)"', page)]


# ── the draft ────────────────────────────────────────────────────────────────


def test_a_promise_in_the_draft_is_shown_with_its_due_time_and_marks_nothing(
    priya: Client, buckle: models.Case
) -> None:
    before = models.Heard.objects.count(), buckle.head_seq
    page = draft(priya, buckle, "I'll call you by Friday.")
    buckle.refresh_from_db()
    assert "A promise in your words:" in page and "Fri 6 Mar 17:00" in page
    assert "checked" not in page
    assert (models.Heard.objects.count(), buckle.head_seq) == before


def test_a_vague_promise_is_named_as_one_without_a_date(priya: Client, buckle: models.Case) -> None:
    page = draft(priya, buckle, "You'll hear from me soon.")
    assert "Sounds like a promise, without a date:" in page and clocks(page) == []


def test_somebody_elses_word_makes_no_clock_of_ours(priya: Client, buckle: models.Case) -> None:
    page = draft(priya, buckle, "The carrier says the parcel arrives on Thursday.")
    assert "Somebody else’s word, not ours:" in page and clocks(page) == []


def test_a_request_for_data_reads_as_an_ask_and_is_not_substantive(priya: Client, buckle: models.Case) -> None:
    page = draft(priya, buckle, "Could you send us your order number and a photo, please?")
    assert 'data-kinds="ask ' in page and "Not substantive: the reply clock runs on." in page


def test_a_promise_taken_with_one_click_runs_as_a_clock(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    text = "I looked at it. A new one leaves our warehouse by Thursday noon, and I'll call you on Friday."
    found = clocks(draft(priya, buckle, text))
    assert len(found) == 2
    buckle.refresh_from_db()
    priya.post(
        case_url(buckle, "reply"), {"text": text, "seen": buckle.head_seq, "kinds": ["promise"], "clocks": found}
    )
    weeks.carry_mail(hand.move(minutes=1))
    due = list(buckle.promises.filter(said=True, source="person").order_by("due_at").values_list("due_at", flat=True))
    assert due == [datetime(2026, 3, 5, 12, tzinfo=CHICAGO), datetime(2026, 3, 6, 17, tzinfo=CHICAGO)]


def test_a_promise_nobody_took_makes_no_clock(priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand) -> None:
    buckle.refresh_from_db()
    priya.post(case_url(buckle, "reply"), {"text": "I'll call you by Friday.", "seen": buckle.head_seq})
    weeks.carry_mail(hand.move(minutes=1))
    assert not buckle.promises.filter(said=True, source="person").exists()
    assert buckle.contacts.get(direction="out").kinds == []


def test_a_promise_within_hours_stays_taken_while_one_writes_on(priya: Client, buckle: models.Case, hand: Hand) -> None:
    text = "I will call you within 2 hours."
    (taken,) = clocks(draft(priya, buckle, text))
    hand.move(minutes=4)
    page = draft(priya, buckle, text + " Regards, Priya", clocks=[taken])
    assert clocks(page) == [taken] and "checked data-proposed" in page
    buckle.refresh_from_db()
    typed = {"text": text, "seen": buckle.head_seq, "kinds": ["promise"], "clocks": [taken]}
    assert priya.post(case_url(buckle, "reply"), typed).status_code == 302
    (heard,) = models.Heard.objects.filter(task="promise")
    assert heard.verdict == "confirmed"


def test_what_had_no_box_to_tick_is_not_counted_as_overruled(priya: Client, buckle: models.Case) -> None:
    buckle.refresh_from_db()
    text = "The buckle comes from a bad lot. The carrier says the parcel arrives on Thursday. You'll hear from me soon."
    priya.post(case_url(buckle, "reply"), {"text": text, "seen": buckle.head_seq, "kinds": ["news"]})
    verdicts = models.Heard.objects.filter(task="promise").values_list("label", "verdict")
    assert sorted(verdicts) == [("partner", "open"), ("us", "open")]


def test_a_promise_whose_words_are_gone_is_not_sent(priya: Client, buckle: models.Case) -> None:
    (taken,) = clocks(draft(priya, buckle, "I'll call you by Friday."))
    buckle.refresh_from_db()
    typed = {"text": "Something else.", "seen": buckle.head_seq, "kinds": ["promise"], "clocks": [taken]}
    answer = priya.post(case_url(buckle, "reply"), typed)
    assert answer.status_code == 422 and "does not stand in the text any more" in text_of(answer)
    assert not buckle.contacts.filter(direction="out").exists()


def test_the_same_promise_taken_twice_is_one(priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand) -> None:
    text = "I'll call you by Friday."
    (taken,) = clocks(draft(priya, buckle, text))
    buckle.refresh_from_db()
    typed = {"text": text, "seen": buckle.head_seq, "kinds": ["promise"], "clocks": [taken, taken]}
    priya.post(case_url(buckle, "reply"), typed)
    weeks.carry_mail(hand.move(minutes=1))
    assert buckle.promises.filter(said=True, source="person").count() == 1


def test_a_card_number_in_a_promise_is_masked(priya: Client, buckle: models.Case) -> None:
    buckle.refresh_from_db()
    words = "We refund card 4111 1111 1111 1111."
    typed = {"text": words, "seen": buckle.head_seq, "words": words, "due_date": "2026-03-09", "due_time": "12:00"}
    priya.post(case_url(buckle, "reply"), typed)
    assert "4111 1111 1111 1111" not in str(buckle.contacts.get(direction="out").says)


@pytest.mark.parametrize(
    "clock",
    ["[" * 5_000, '{"words": "a\\u0000b", "due_at": "2026-03-09T12:00:00Z", "near_at": null}',
     '{"words": "\\ud800", "due_at": "2026-03-09T12:00:00Z", "near_at": null}',
     '{"words": "x", "due_at": "2026-03-09T12:00:00Z", "near_at": "0001-01-01T00:00:00+23:59"}',
     "", "{}", "[]", "7", '{"words": 3}', '{"words": "x", "due_at": "soon", "near_at": null}',
     '{"words": "x", "due_at": "2026-03-09T12:00:00", "near_at": null}'],
)  # fmt: skip
def test_a_box_that_no_page_of_ours_made_is_refused_and_nothing_is_sent(
    priya: Client, buckle: models.Case, clock: str
) -> None:
    buckle.refresh_from_db()
    answer = priya.post(case_url(buckle, "reply"), {"text": "Words.", "seen": buckle.head_seq, "clocks": [clock]})
    assert answer.status_code == 422 and "Words." in text_of(answer)
    assert not buckle.contacts.filter(direction="out").exists()


def test_a_draft_that_comes_back_keeps_the_promises_that_were_taken(priya: Client, buckle: models.Case) -> None:
    text = "I'll call you by Friday."
    (found,) = clocks(draft(priya, buckle, text))
    answer = priya.post(case_url(buckle, "reply"), {"text": text, "kinds": ["nonsense"], "clocks": [found]})
    assert answer.status_code == 422
    assert "checked data-proposed" in text_of(answer)


def test_a_remedy_for_a_review_is_not_sent(priya: Client, buckle: models.Case) -> None:
    buckle.refresh_from_db()
    text = "We will refund you as soon as you delete your review."
    assert "Ties a remedy to a review." in draft(priya, buckle, text)
    answer = priya.post(case_url(buckle, "reply"), {"text": text, "kinds": ["offer"], "seen": buckle.head_seq})
    assert answer.status_code == 409 and "remedy_for_review" in text_of(answer) and text in text_of(answer)
    assert not buckle.contacts.filter(direction="out").exists()


def test_a_second_apology_without_a_new_fact_gets_a_hint(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    weeks.reply(buckle, cast.priya, at=hand.move(minutes=5), text="I am very sorry about this.", kinds=["apology"])
    assert "Second apology without a new fact." in draft(priya, buckle, "I am so sorry again for all this.")


def test_a_stranger_may_not_have_drafts_read_on_a_case_he_may_not_see(
    signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    models.Case.objects.filter(pk=buckle.pk).update(team=None, owner=cast.tom)
    assert signed_in(cast.priya).post(case_url(buckle, "draft"), {"text": "x"}).status_code == 404


# ── what a customer's message is ─────────────────────────────────────────────


def confirm(client: Client, case: models.Case, **typed: object) -> object:
    contact = case.contacts.filter(direction="in").latest("pk")
    return client.post(case_url(case, "confirm-read", contact.pk), typed)


def read_of(case: models.Case) -> dict[tuple[str, str], models.Heard]:
    return {(h.task, h.label): h for h in models.Heard.objects.filter(contact__case=case)}


def test_what_a_letter_says_is_proposed_under_it(signed_in: SignedIn, cast: Cast, angry: models.Case) -> None:
    read = read_of(angry)
    assert {("label", "complaint"), ("label", "escalation_request"), ("need_by", "need_by")} <= set(read)
    assert read["need_by", "need_by"].due_at == datetime(2026, 3, 6, 17, tzinfo=CHICAGO)
    assert all(row.verdict == "open" for row in read.values())
    page = text_of(signed_in(angry.owner).get(case_url(angry)))
    assert "Needs it by" in page and "Fri 6 Mar" in page and "asks for somebody higher" in page


def test_nothing_of_it_counts_before_a_person_says_so(angry: models.Case) -> None:
    angry.refresh_from_db()
    assert angry.need_by is None and not angry.promises.filter(kind="manager").exists()
    assert angry.contacts.get(direction="in").kinds == []


def test_one_press_confirms_it_and_the_clocks_hear_of_it(signed_in: SignedIn, angry: models.Case) -> None:
    read = read_of(angry)
    confirm(
        signed_in(angry.owner), angry,
        labels=["complaint", "escalation_request"], also=[read["need_by", "need_by"].pk],
    )  # fmt: skip
    angry.refresh_from_db()
    assert angry.need_by == datetime(2026, 3, 6, 17, tzinfo=CHICAGO)
    assert angry.promises.filter(kind="manager", outstanding=True).exists()
    assert angry.contacts.get(direction="in").kinds == ["complaint", "escalation_request"]
    assert angry.journal.filter(name="contact.read").get().facts["labels"] == ["complaint", "escalation_request"]
    assert read_of(angry)["label", "complaint"].verdict == "confirmed"


def test_what_he_would_like_is_his_wish_once_somebody_confirmed_it(signed_in: SignedIn, angry: models.Case) -> None:
    read = read_of(angry)
    wish = next(row for (task, _), row in read.items() if task == "wish")
    assert not angry.wishes.exists()
    for _twice in range(2):
        confirm(signed_in(angry.owner), angry, labels=["complaint"], also=[wish.pk])
    assert angry.wishes.get().words == wish.words
    assert angry.journal.filter(name="wish.said").count() == 1


def test_what_a_person_says_otherwise_is_kept_as_overruled_and_missed(signed_in: SignedIn, angry: models.Case) -> None:
    confirm(signed_in(angry.owner), angry, labels=["complaint", "not_resolved"])
    read = read_of(angry)
    assert read["label", "escalation_request"].verdict == "overruled"
    assert read["need_by", "need_by"].verdict == "overruled"
    assert (read["label", "not_resolved"].verdict, read["label", "not_resolved"].rule) == ("missed", "a person")
    angry.refresh_from_db()
    assert angry.need_by is None


def test_a_person_may_change_his_mind(signed_in: SignedIn, angry: models.Case) -> None:
    browser = signed_in(angry.owner)
    confirm(browser, angry, labels=["complaint", "not_resolved"])
    confirm(browser, angry, labels=["complaint"])
    read = read_of(angry)
    assert ("label", "not_resolved") not in read and read["label", "complaint"].verdict == "confirmed"


def test_a_message_that_is_not_of_the_case_yet_is_not_read_for_it(signed_in: SignedIn, angry: models.Case) -> None:
    angry.contacts.filter(direction="in").update(standing="proposed")
    answer = confirm(signed_in(angry.owner), angry, labels=["escalation_request"])
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert not angry.promises.filter(kind="manager").exists()


def test_on_a_case_that_was_set_aside_a_reading_acts_on_nothing(signed_in: SignedIn, cast: Cast, hand: Hand) -> None:
    message = contacts.Incoming(received_at=hand.at, from_address="prince@far.example", text=ANGRY)
    door = cast.policy.doors["mail"]
    case = contacts.open_case(message, door=door, item=None, now=hand.at, quarantine="It claims to be a prince.")
    read = read_of(case)
    confirm(signed_in(case.owner), case, labels=["escalation_request"], also=[h.pk for h in read.values()])
    case.refresh_from_db()
    assert case.need_by is None and not case.promises.filter(kind="manager").exists()


def test_a_label_that_does_not_exist_is_refused(signed_in: SignedIn, angry: models.Case) -> None:
    answer = confirm(signed_in(angry.owner), angry, labels=["enemy"])
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert not angry.journal.filter(name="contact.read").exists()


def test_a_letter_in_spanish_is_answered_in_spanish(weeks: Weeks, hand: Hand) -> None:
    marta = Writer(name="Inés Carranza", address="ines@carranza.example", zone="Europe/Madrid")
    case = weeks.letter(
        marta, at=hand.at, subject="Mochila", text="La hebilla se rompió el primer día y nadie me contesta."
    )
    assert case.language == "es"


def test_a_letter_in_a_language_we_do_not_read_is_left_to_a_person(weeks: Weeks, hand: Hand) -> None:
    writer = Writer(name="Jonas Weidmann", address="jonas@weidmann.example")
    text = "Die Schnalle ist am ersten Tag gebrochen und niemand hat mir bisher geantwortet. Das ist eine Frechheit."
    case = weeks.letter(writer, at=hand.at, subject="Schnalle", text=text)
    assert not models.Heard.objects.filter(contact__case=case).exists()


# ── how well the house is understood ─────────────────────────────────────────


def test_the_figures_open_to_the_messages_behind_them(signed_in: SignedIn, angry: models.Case, cast: Cast) -> None:
    browser = signed_in(angry.owner)
    confirm(browser, angry, labels=["complaint"])
    page = text_of(browser.get(reverse("understood")))
    link = re.search(r'href="(/understood/messages/\?task=label&amp;label=complaint[^"]*verdict=confirmed)"', page)
    assert link is not None
    assert angry.number in text_of(browser.get(html.unescape(link[1])))


def test_no_share_is_shown_of_few_judgements(signed_in: SignedIn, angry: models.Case) -> None:
    browser = signed_in(angry.owner)
    confirm(browser, angry, labels=["complaint"])
    assert "not shown" in text_of(browser.get(reverse("understood")))


def test_the_figures_are_those_of_the_cases_one_may_see(signed_in: SignedIn, angry: models.Case, cast: Cast) -> None:
    confirm(signed_in(angry.owner), angry, labels=["complaint"])
    models.Case.objects.filter(pk=angry.pk).update(team=None)
    other = next(s for s in (cast.priya, cast.tom) if s.pk != angry.owner_id)
    assert "Nothing was read yet." in text_of(signed_in(other).get(reverse("understood")))
    rows = signed_in(other).get(reverse("understood-rows"), {"task": "label", "verdict": "confirmed"})
    assert angry.number not in text_of(rows)


# ── the board ────────────────────────────────────────────────────────────────


def test_the_board_shows_who_was_asked_twice_and_who_was_told_sorry_twice(
    priya: Client, buckle: models.Case, weeks: Weeks, cast: Cast, hand: Hand
) -> None:
    for text in ("Sorry. Your order number, please?", "So sorry. And a photo, please?"):
        weeks.reply(buckle, cast.priya, at=hand.move(minutes=30), text=text, kinds=["ask", "apology"])
    page = text_of(priya.get(reverse("board")))
    assert "asked twice" in page and "apologised twice" in page
    weeks.reply(buckle, cast.priya, at=hand.move(minutes=30), text="It is the lot 25-K.", kinds=["news"])
    assert "asked twice" not in text_of(priya.get(reverse("board")))


def test_every_hint_and_label_has_its_words_on_the_page() -> None:
    assert set(heard_words.HINTS) == set(tone.CODES)
    assert set(heard_words.LABELS) == set(LABELS)
