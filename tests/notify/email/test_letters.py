"""What the customer gets: the acknowledgement, a reply, the question after closing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from makegood.notify.email import compose
from makegood.notify.email.words import PromiseLine
from tests.notify.letters import (
    DUE,
    PAGE,
    SAID,
    acknowledgement,
    closing_question,
    flat,
    html_of,
    read,
    reply,
    text_of,
)

ACKNOWLEDGEMENT = """\
--- reply above this line ---

We have your message. Tom Hale will answer you by Tuesday 3 March,
08:12 MST.

  said  Mon 2 Mar 08:12 MST
  |=---------------------------------------|
                    due  Tue 3 Mar 08:12 MST

This is an automatic message, so it is not the answer. Tom Hale is the
person who has your case.

What happens next: Tom Hale reads what you sent and writes to you by
Tuesday 3 March, 08:12 MST. If nothing has come by then, somebody
higher up is told, and told again until one of us acts. If Tom Hale is
away, somebody else takes it over; your page always names the person
who has it.

Your page for this case:
https://care.larkfield.example/c/secret/

There you see what we promised and by when, add photos, ask for a
manager, or say that it is not resolved. No sign-in. Whoever has the
link can read the page, so keep it to yourself. You can also just
answer this mail.

--\x20
Case 2026-0412.
Larkfield Outdoor. No tracking in this mail.
"""

RECONOCIMIENTO = """\
--- responda por encima de esta línea ---

Tenemos su mensaje. Tom Hale le responderá a más tardar el martes 3 de
marzo, 08:12 MST.

  dicho  lun 2 mar 08:12 MST
  |=---------------------------------------|
                  vence  mar 3 mar 08:12 MST
"""


def test_the_acknowledgement_says_who_answers_and_by_when_and_that_it_is_not_the_answer() -> None:
    assert text_of(compose.acknowledgement(acknowledgement())) == ACKNOWLEDGEMENT


def test_the_acknowledgement_in_spanish_says_the_same() -> None:
    raw = compose.acknowledgement(acknowledgement(language="es"))
    assert text_of(raw).startswith(RECONOCIMIENTO)
    assert "Este mensaje es automático, así que no es la respuesta." in flat(raw)
    assert '<html lang="es">' in html_of(raw)


def test_the_subject_of_an_acknowledgement_is_ours_alone() -> None:
    subject = read(compose.acknowledgement(acknowledgement()))["Subject"]
    assert subject == "We have your message. Tom Hale answers by Tuesday 3 March, 08:12 MST [2026-0412]"
    spanish = read(compose.acknowledgement(acknowledgement(language="es")))["Subject"]
    assert spanish == (
        "Tenemos su mensaje. Tom Hale le responde a más tardar el martes 3 de marzo, 08:12 MST [2026-0412]"
    )


@pytest.mark.parametrize("make", [compose.acknowledgement, compose.closing_question])
def test_no_word_that_a_sender_chose_is_in_an_automatic_mail_to_him(make) -> None:  # type: ignore[no-untyped-def]
    letter = acknowledgement if make is compose.acknowledgement else closing_question
    raw = make(letter(to_name="Free coins at coins dot example"))
    mail = read(raw)
    assert str(mail["To"]) == "rosalia@quintero.example"
    assert "coins" not in str(mail) + text_of(raw) + html_of(raw)


def test_an_owner_with_a_title_is_named_with_it() -> None:
    assert "Tom Hale, team lead, is the person who has your case." in flat(
        compose.acknowledgement(acknowledgement(role="lead"))
    )
    assert "Tom Hale, jefatura de equipo, es la persona que lleva su caso." in flat(
        compose.acknowledgement(acknowledgement(role="lead", language="es"))
    )


def test_the_html_of_an_acknowledgement_has_the_ribbon_the_button_and_the_date() -> None:
    page = html_of(compose.acknowledgement(acknowledgement()))
    assert 'class="b-run"' in page and 'class="b-left"' in page and 'class="b-due"' in page
    assert f'<a href="{PAGE}"' in page
    assert "due <b>Tue 3 Mar 08:12 MST</b>" in page


def test_nothing_in_a_mail_is_fetched_when_it_is_opened() -> None:
    for raw in (
        compose.acknowledgement(acknowledgement()),
        compose.reply(reply()),
        compose.closing_question(closing_question()),
    ):
        page = html_of(raw).lower()
        for fetching in ("<img", "<link", "<script", "<iframe", "src=", "url(", "@import", "background="):
            assert fetching not in page


def test_a_range_is_said_with_both_ends_and_the_near_one_is_marked() -> None:
    letter = acknowledgement()
    near = datetime(2026, 3, 3, 3, 12, tzinfo=UTC)
    raw = compose.acknowledgement(replace(letter, promise=replace(letter.promise, near_at=near)))
    assert "due between Mon 2 Mar 20:12 MST and Tue 3 Mar 08:12 MST" in flat(raw)
    assert "|=-------------------:-------------------|" in text_of(raw)


# ── a reply ──────────────────────────────────────────────────────────────────


def test_a_reply_is_the_words_of_a_person_and_under_them_what_is_promised() -> None:
    raw = compose.reply(reply())
    assert text_of(raw) == (
        "--- reply above this line ---\n\n"
        "Hello Rosalía,\n\nyour pack ships today.\n\n"
        "________________________\n\nWhat we promise you\n\n"
        "  “It is at your door by Tuesday, 08:12.”\n\n"
        "  said  Mon 2 Mar 08:12 MST\n"
        "  |=---------------------------------------|\n"
        "                    due  Tue 3 Mar 08:12 MST\n\n"
        "Your page for this case:\nhttps://care.larkfield.example/c/secret/\n\n"
        "It shows what we promised and by when. No sign-in: whoever has the\n"
        "link can read the page, so keep it to yourself.\n\n"
        "-- \nCase 2026-0412.\nLarkfield Outdoor. No tracking in this mail.\n"
    )
    assert read(raw)["Subject"] == "Re: broken buckle"
    assert read(raw)["To"].addresses[0].display_name == "Rosalía Quintero"


def test_what_a_person_wrote_goes_out_to_the_letter() -> None:
    text = "From here on:\n  1. one\n  2. two\n.\n\ttab, trailing  \n-- \nlong " + "word " * 60 + "ñ €"
    assert text in text_of(compose.reply(reply(text)))


def test_paragraphs_and_line_breaks_of_a_person_are_kept_in_html() -> None:
    page = html_of(compose.reply(reply("One.\nTwo & three.\n\n  Four.")))
    assert "One.<br>Two &amp; three.</td>" in page
    assert "&nbsp;&nbsp;Four.</td>" in page


def test_a_reply_without_a_promise_promises_nothing() -> None:
    raw = compose.reply(replace(reply(), promises=(), page_url=""))
    assert "What we promise you" not in text_of(raw)
    assert 'class="b-' not in html_of(raw).partition("</style>")[2]


def test_a_broken_promise_is_said_to_be_broken_with_its_overrun() -> None:
    broken = PromiseLine(words="By Tuesday.", said_at=SAID, due_at=DUE, state="broken")
    late = datetime(2026, 3, 4, 15, 12, tzinfo=UTC)
    raw = compose.reply(replace(reply(at=late), promises=(broken,)))
    assert "Broken, 1 d 0 h over" in text_of(raw)
    assert "|====================|////////////////////>" in text_of(raw)
    assert 'class="b-over"' in html_of(raw)


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("see https://a.example/x?y=1&z=2.", "https://a.example/x?y=1&amp;z=2"),
        ("(http://a.example/)", "http://a.example/"),
        ("HTTPS://A.example/wiki_(x)", "HTTPS://A.example/wiki_(x)"),
    ],
)
def test_a_web_address_in_a_reply_is_a_link(written: str, link: str) -> None:
    page = html_of(compose.reply(reply(written)))
    assert f'href="{link}" rel="noopener nofollow noreferrer"' in page


@pytest.mark.parametrize(
    "written",
    ["javascript:alert(1)", "data:text/html,x", "java\nscript:alert(1)", "https://", "vbscript:x", "file:///etc"],
)
def test_nothing_else_in_a_reply_is_a_link(written: str) -> None:
    page = html_of(compose.reply(replace(reply(written), page_url="")))
    assert "href=" not in page


# ── the question after closing ───────────────────────────────────────────────


def test_the_question_after_closing_asks_and_says_how_to_say_no() -> None:
    raw = compose.closing_question(closing_question())
    assert read(raw)["Subject"] == "Is it right again? [2026-0412]"
    assert "Tom Hale has closed your case. Is it right again?" in flat(raw)
    assert "Nothing is said before you press a button there." in flat(raw)
    assert "If it is not resolved, your case is open again with the dates it had" in flat(raw)
    assert PAGE in text_of(raw)
    assert "¿Está todo arreglado?" in flat(compose.closing_question(closing_question(language="es")))


# ── where an answer is cut ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "--- reply above this line ---"), ("es", "--- responda por encima de esta línea ---")],
)
def test_the_reply_line_stands_above_every_word_of_ours(language: str, line: str) -> None:
    for raw in (
        compose.acknowledgement(acknowledgement(language=language)),
        compose.reply(reply(language=language)),
        compose.closing_question(closing_question(language=language)),
    ):
        assert text_of(raw).startswith(line)
        body = html_of(raw).partition("<body")[2]
        assert body.partition(">")[2].lstrip().startswith("<div") and line in body.partition("</div>")[0]
