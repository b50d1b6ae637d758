"""What staff get: everything one person must hear, a section for each case."""

from datetime import UTC, datetime, timedelta

import pytest

from makegood.notify.email import compose
from makegood.notify.email.words import NoticeLine
from tests.notify.letters import DIGEST_AT, alarm, digest, flat, html_of, notice, read, text_of

ANSWER = "reply+1.s4.aabc@care.larkfield.example"


def said(line: NoticeLine, **changes: str) -> str:
    """All that a digest of this one line says."""
    return flat(compose.digest(digest(line, **changes)))


def test_a_broken_promise_is_told_with_its_words_its_date_and_how_long_it_is_over() -> None:
    raw = compose.digest(digest(alarm()))
    assert read(raw)["Subject"] == "Rosalía Quintero: 1 promise is broken [2026-0412]"
    assert "A promise in the case of Rosalía Quintero is broken." in flat(raw)
    assert "“A new Fell 45 leaves our warehouse on Thursday.”" in flat(raw)
    assert "It was due Thursday 5 March, 17:00 MST: 15 h 20 over." in flat(raw)
    assert "You hear it as team lead." in flat(raw)


def test_who_was_skipped_is_named() -> None:
    assert "Marta Olsen is out, so it went up to you." in said(alarm(skipped=("Marta Olsen",)))
    three = said(alarm(skipped=("Marta Olsen", "Tom Hale", "Ola Berg")))
    assert "Marta Olsen, Tom Hale and Ola Berg are out, so it went up to you." in three
    assert "You hear it as" not in three


def test_an_alarm_that_rings_again_says_so() -> None:
    assert "because nobody has said “I have it”" in said(alarm(facts={"numbers": [1], "repeat": True}))
    assert "because nobody has said “I have it”" not in said(alarm())


def test_an_alarm_that_our_own_watch_told_late_says_so() -> None:
    late = alarm(at=DIGEST_AT - timedelta(hours=3))
    assert "You should have heard this Friday 6 March, 05:20 MST." in said(late)
    assert "You should have heard" not in said(alarm(at=DIGEST_AT - timedelta(minutes=1)))


def test_i_have_it_is_a_button_behind_a_page() -> None:
    raw = compose.digest(digest(alarm()))
    assert "I have it:\nhttps://care.larkfield.example/a/secret/" in text_of(raw)
    assert "Opens a page with one button. Nothing happens until you press it there." in flat(raw)
    assert '<a href="https://care.larkfield.example/a/secret/"' in html_of(raw)
    assert "I have it:" not in said(notice("handoff.offered", {"to": 4}))


def test_the_headline_counts_each_promise_once() -> None:
    twice = (alarm(), alarm(facts={"numbers": [1, 2], "repeat": True}), alarm(case="2026-0500"))
    warned = notice("promise.warned", {"number": 7}, case="2026-0501")
    offered = notice("handoff.offered", case="2026-0502")
    raw = compose.digest(digest(*twice, warned, offered))
    sentence = "3 promises are broken, 1 promise comes due, 1 case is offered to you."
    assert read(raw)["Subject"] == sentence
    assert sentence in html_of(raw).partition("</h1>")[0]


def test_a_digest_of_several_cases_has_a_section_for_each_and_what_rings_comes_first() -> None:
    quiet = notice("handoff.offered", case="2026-0500", who="Ola Berg")
    text = text_of(compose.digest(digest(quiet, alarm(), notice("finding.made", {"code": "MG202"}))))
    assert text.count("________________________") == 2
    assert text.index("Rosalía Quintero  2026-0412") < text.index("Ola Berg  2026-0500")
    assert text.index("goes back and forth") < text.index("Ola Berg  2026-0500")


# ── answering a digest ───────────────────────────────────────────────────────


def test_a_digest_of_one_case_says_that_an_answer_goes_to_the_customer() -> None:
    raw = compose.digest(digest(alarm(), reply_to=ANSWER))
    assert read(raw)["Reply-To"] == ANSWER
    assert (
        "Answer this mail and your words go to Rosalía Quintero as an answer. Begin the first line with "
        "“note:” to keep it inside, or with “ask:” to ask." in flat(raw)
    )
    assert text_of(raw).startswith("--- reply above this line ---")


def test_a_digest_of_several_cases_gives_each_its_own_address_and_is_not_to_be_answered() -> None:
    raw = compose.digest(digest(alarm(), notice("handoff.offered", case="2026-0500")))
    assert read(raw)["Reply-To"] is None
    assert f'href="mailto:{ANSWER}"' in html_of(raw)
    assert "Don’t answer this mail itself: it is about more than one case." in flat(raw)
    assert "Answer this mail and your words go" not in flat(raw)
    assert "reply above this line" not in flat(raw)


def test_what_was_set_aside_is_judged_before_it_is_answered() -> None:
    raw = compose.digest(digest(notice("case.opened", {"quarantined": True, "why": "no text could be read"})))
    assert "A message that nobody could place was set aside for you." in flat(raw)
    assert "no text could be read" in flat(raw)
    assert ANSWER not in flat(raw)


# ── each kind of word ────────────────────────────────────────────────────────

KINDS = [
    ("alarm.raised", {"numbers": [1, 2]}, "2 promises in the case of Rosalía Quintero are broken."),
    ("alarm.raised", {"numbers": []}, "Rosalía Quintero needs somebody higher. You are told at once"),
    ("alarm.missed", {"numbers": [1]}, "It should have rung Friday 6 March, 08:20 MST."),
    ("promise.warned", {"number": 1}, "A promise in the case of Rosalía Quintero comes due."),
    ("handoff.offered", {"to": 4}, "The case of Rosalía Quintero is offered to you."),
    ("handoff.returned", {"why": "not my trade"}, "The reason given: not my trade"),
    ("handoff.returned", {"why": "nobody took it in time"}, "Nobody took it in time."),
    ("owner.changed", {"why": "handoff"}, "is yours now. You accepted it."),
    ("owner.changed", {"why": "left"}, "is yours now. Its owner has left."),
    ("owner.changed", {"why": "absent"}, "is yours now. Its owner is away."),
    ("owner.changed", {"why": "handoff budget"}, "handed on too often without an answer"),
    ("owner.changed", {"why": "the moon"}, "The reason given: the moon"),
    ("finding.made", {"code": "MG201"}, "was asked again before getting anything of substance."),
    ("finding.made", {"code": "MG202"}, "goes back and forth between us, and nobody has answered."),
    ("finding.made", {"code": "MG301", "evidence": "550 no such user"}, "Our mail did not reach Rosalía Quintero."),
    ("finding.made", {"code": "MG301", "evidence": "550 no such user"}, "the mail server said: 550 no such user"),
    ("finding.made", {"code": "MG302", "evidence": "asked for a manager"}, "Quintero asked for a manager."),
    ("finding.made", {"code": "MG302", "evidence": "wrote by the door x"}, "had to go higher to be heard."),
    ("finding.made", {"code": "MG999", "evidence": "odd"}, "the case of Rosalía Quintero: MG999. odd"),
    ("contact.proposed", {"why": "another address"}, "nobody answers. Why: another address"),
    ("contact.received", {}, "Rosalía Quintero wrote to us."),
    ("case.opened", {"quarantined": False}, "A new case is yours: Rosalía Quintero."),
    ("case.reopened", {"unresolved": False}, "The case of Rosalía Quintero is open again."),
    ("case.reopened", {"unresolved": True}, "says that it is not resolved. The old dates hold"),
    ("unresolved.said", {}, "Rosalía Quintero says that it is not resolved."),
    ("watch.failed", {"error": "KeyError"}, "What went wrong: KeyError"),
    ("canary.missed", {"sent_at": "2026-03-06T14:00:00+00:00"}, "It was sent Friday 6 March, 07:00 MST."),
    ("door.trouble", {"door": "mail", "trouble": "no sign-in"}, "The door “mail” has trouble"),
    ("door.trouble", {"door": "mail", "trouble": "no sign-in"}, "What went wrong: no sign-in"),
    ("remedy.waits", {"who": "Priya Raman", "reasons": ["An admin {x}"]}, "Priya Raman asks for it. Say yes or no"),
    ("remedy.approved", {"who": "Marta Olsen"}, "Marta Olsen said yes. Offer it now."),
    ("remedy.denied", {"who": "Marta Olsen", "why": "Repair it"}, "said no. The reason given: Repair it"),
    ("remedy.accepted", {"number": 1}, "Rosalía Quintero has chosen. The page of the case says how far it is."),
    ("remedy.declined", {"why": "too small"}, "does not want what we offered. What else? The reason given: too small"),
    ("remedy.declined", {"why": "expired"}, "An offer to Rosalía Quintero ran out without an answer."),
    ("remedy.failed", {"why": "lost again"}, "What we did to make it right for Rosalía Quintero failed as well."),
    ("wish.said", {}, "Rosalía Quintero says what would make it right."),
    ("teapot.boiled", {}, "Something happened on the case of Rosalía Quintero: teapot.boiled."),
]


@pytest.mark.parametrize(("kind", "facts", "sentence"), KINDS)
def test_each_kind_of_word_has_its_sentence(kind: str, facts: dict[str, object], sentence: str) -> None:
    assert sentence in said(notice(kind, facts))


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in KINDS}))
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"numbers": "no", "told_at": "never", "sent_at": 3, "why": ["x"], "code": None, "skipped": {}, "door": 1},
        {"numbers": [None, "1"], "told_at": "2026-03-06T14:00:00", "repeat": "yes", "quarantined": "yes"},
    ],
)
def test_facts_of_another_version_are_told_too(kind: str, facts: dict[str, object]) -> None:
    assert "Rosalía Quintero" in said(notice(kind, facts))


def test_a_word_about_the_desk_itself_has_a_section_of_its_own() -> None:
    line = notice("canary.missed", case="", who="", case_url="", answer_to="")
    raw = compose.digest(digest(line))
    assert "The desk itself" in flat(raw)
    assert read(raw)["Subject"] == "1 fault of the desk itself."
    assert "teapot.boiled" in said(notice("teapot.boiled", case="", who="", case_url="", answer_to=""))


def test_a_customer_whose_name_nobody_knows_is_called_a_customer() -> None:
    assert "A customer says that it is not resolved." in said(notice("unresolved.said", who=""))
    assert "A promise in the case of a customer is broken." in said(alarm(who=""))


def test_a_warning_says_how_much_time_is_left() -> None:
    due = datetime(2026, 3, 6, 16, 20, tzinfo=UTC)
    assert "It is due Friday 6 March, 09:20 MST: 1 h left." in said(notice("promise.warned", due_at=due))


def test_a_digest_in_spanish_counts_and_tells_in_spanish() -> None:
    raw = compose.digest(digest(alarm(skipped=("Marta Olsen",)), language="es", reply_to=ANSWER))
    assert read(raw)["Subject"] == "Rosalía Quintero: 1 promesa incumplida [2026-0412]"
    assert "Vencía el jueves 5 de marzo, 17:00 MST: 15 h 20 de retraso." in flat(raw)
    assert "Marta Olsen no está, así que ha subido hasta usted." in flat(raw)
    assert "sus palabras le llegan a Rosalía Quintero como respuesta" in flat(raw)


def test_what_somebody_called_a_remedy_is_never_read_as_words_of_ours() -> None:
    told = said(notice("remedy.twice", {"title": "Tickets {who} {0}"}))
    assert "“Tickets who 0” was given for the second time, and is not in the catalogue." in told
