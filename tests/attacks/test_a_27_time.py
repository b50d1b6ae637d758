"""A-27: every parser needs time in proportion: ten times the input, at most twelve times the work.

Work is CPU seconds of this process. The short input ten times and the long one once are measured in turns, and of
each the best run counts: what else the machine does makes a run slower, never faster. So a parser that is linear
comes out as one within a few turns, and one that is not never does.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import inf

import pytest

from makegood.intake.mail.addresses import read_mailboxes
from makegood.intake.mail.authentic import read_authentication
from makegood.intake.mail.headers import Field, Headers, decode_words, message_ids, read_headers, read_parameters
from makegood.intake.mail.letters import read_letter
from makegood.intake.mail.markup import read_markup
from makegood.intake.mail.masking import mask_raw
from makegood.intake.mail.parts import split
from makegood.intake.mail.visible import clean_line, clean_text
from makegood.language import listening, redaction, tone
from makegood.language.cards import mask, mask_in_place
from makegood.language.instants import office_hours
from makegood.language.replies import new_words
from makegood.language.times import Spoken
from makegood.notify.email import linking
from makegood.ui import spoken
from tests.intake.mail.mails import typed

TIMES = 10
MOST = 12.0
#: Seconds that one measurement takes at least: what is shorter is done again and again.
ENOUGH = 0.002
TURNS = 40
#: Of one field of a header 16 KB are read at most. Ten times this keeps what is made of it in the processor's cache:
#: a field that does not fit there any more costs up to fourteen times as much, though the steps are ten times as many.
FIELD = 400


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    """Python's own looking for garbage grows with what is alive, and is no work of a parser's."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(work: Callable[[str], object], given: str, times: int = 1) -> float:
    """CPU seconds for doing it so many times."""
    began = time.process_time()
    for _ in range(times):
        work(given)
    return time.process_time() - began


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times the work ten times the input is."""
    small, large = text(size), text(size * TIMES)
    again = 1 + int(ENOUGH / TIMES / max(seconds(work, small), 1e-6))
    least_small = least_large = inf
    for _ in range(TURNS):
        least_small = min(least_small, seconds(work, small, TIMES * again) / TIMES)
        least_large = min(least_large, seconds(work, large, again))
        if least_large <= MOST * least_small:
            break
    return least_large / least_small


def repeat(piece: str, around: tuple[str, str] = ("", "")) -> Callable[[int], str]:
    return lambda size: around[0] + piece * (size // len(piece)) + around[1]


def assert_linear(work: Callable[[str], object], text: Callable[[int], str], size: int = 10_000) -> None:
    # Beside other work ten times the text may not fit into the processor's cache, and cost more for that alone: then a
    # quarter of it tells. What grows with the square does so there, too.
    assert any(growth(work, text, part) <= MOST for part in (size, size // 4))


@pytest.mark.parametrize(
    "work",
    [
        lambda text: [text.count("b", 0, at) for at in range(0, len(text), 8)],
        lambda text: sum(range(int(len(text) ** 1.2))),
    ],
)
def test_what_grows_with_the_square_and_what_grows_a_little_too_fast_are_caught(work: Callable[[str], object]) -> None:
    """Guards this module: a hundred times and sixteen times the work for ten times the input."""
    assert all(growth(work, repeat("a"), size) > MOST for size in (8_000, 2_000))


MARKUP = (
    "<div>", "<b>", "<a>", "<a><i>", "<p>", "<div><p>", "<table><td>", "<font size=1>", "<blockquote>x", "<", "<a",
    '<a "',
    '<a a="', "<a a='b' ", "&", "&#x", "&lt;", "<!--", "<!", "</", "</p>", "<script>", "<svg>", "<svg></svg>",
    "<style></",
    "<marquee><div></marquee>", "<b><i></b></i>", "<li>", "<a href=http://x.example>", "x ", "<pre>\n", "<br>",
    "\x00", ">",
)  # fmt: skip


@pytest.mark.parametrize("piece", MARKUP)
def test_html_is_cleaned_and_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: read_markup(text, set()), repeat(piece))


def test_a_thousand_different_font_tags_are_no_quadratic_work() -> None:
    assert_linear(
        lambda text: read_markup(text, set()),
        lambda size: "".join(f"<font size={n}>x</p>" for n in range(size // 20)),
    )


LINES = (
    "On ", "On a ", "On Mon, a ", "On Mon 1/1/2020 a@b.example ", "> ", ">", "--\n", "-- \n", "From: a\n",
    "From: a\n\n",
    "On 1/1/2020 a@b.example wrote:\n", "a@b.example wrote:\n", "wrote:\n", "_" * 30 + "\n", "-", " ", "\n", "Best\n",
    "Sent from my \n", "x" * 480 + "@ wrote:\n", "El 1 a ", "Am 1.1.2020 schrieb ", "1 ", "\r", "Best,\nx\ny | z\n",
    "This message is ", "a", "<", "-----Original Message",
)  # fmt: skip


@pytest.mark.parametrize("piece", LINES)
def test_new_words_are_found_in_linear_time(piece: str) -> None:
    assert_linear(new_words, repeat(piece))


@pytest.mark.parametrize(
    "piece",
    [
        "4",
        "4 ",
        "41 ",
        "411 ",
        "4111 ",
        "4111-",
        "4111\n",
        "4" * 16 + " ",
        "4" * 20 + " ",
        "1",
        "5 \n",
        "4<b>",
        "4&nbsp;",
        "<",
        "&#52;",
        "٤",
    ],
)
def test_card_numbers_are_looked_for_in_linear_time(piece: str) -> None:
    assert_linear(mask, repeat(piece))
    assert_linear(lambda text: mask_in_place(text, markup=True), repeat(piece))


CLOCK = Spoken(
    said_at=datetime(2026, 3, 2, 17, tzinfo=UTC), zone="America/Denver", locale=listening.locale_of("America/Denver"),
    hours=office_hours("America/Denver"),
)  # fmt: skip
WORDS = (
    "a ", "I ", "1 ", "by ", "by Friday ", "5 pm ", "tomorrow ", ". ", "\n", "order 12 ", "#1 ", "will ", "-", "'",
    "you will hear from me by friday ", "a@b.example ", "+1 2", "I want my money back ", "within 24 hours ", "2026-",
    "Mr ", "J. ", "St. ", "quiero ", "antes del viernes ", "> ", ",", "delete your review ", "\u00e9", "4111 ",
)  # fmt: skip


@pytest.mark.parametrize("piece", WORDS)
def test_what_a_message_says_is_heard_and_what_betrays_a_person_hidden_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: listening.incoming(text, spoken=CLOCK, declared="en"), repeat(piece), 2_000)
    assert_linear(lambda text: redaction.redact(text, names=["Dana Whitfield", "Mr"]), repeat(piece), 2_000)


@pytest.mark.parametrize("piece", ["you will hear from me by friday ", "by ", "within 24 hours ", "will ", "1 ", ". "])
def test_what_our_own_letters_promise_is_heard_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: listening.outgoing(text, spoken=CLOCK, declared="en"), repeat(piece), 2_000)
    assert_linear(tone.hangs_on_review, repeat(piece), 2_000)


@pytest.mark.parametrize(
    "piece",
    ["http://", "http://a ", "http://a" + ")" * 1_990 + " ", "http://a" + "(" * 990 + ")" * 999 + " ", "http://a.",
     "\n", "\n \n", "&", "x:", " "],
)  # fmt: skip
def test_addresses_become_links_in_linear_time(piece: str) -> None:
    assert_linear(spoken.paragraphs, repeat(piece))
    assert_linear(linking.paragraphs, repeat(piece))


def test_a_long_tail_of_brackets_costs_a_link_no_more_than_other_words() -> None:
    """Both are linear from the second address on, so the tail of one is measured here."""
    for work in (spoken.paragraphs, linking.paragraphs):
        tail, plain = ("http://a/" + sign * 1_980 + " " for sign in (")", "b"))
        least = [min(seconds(work, text, 20) for _ in range(5)) for text in (tail, plain)]
        assert least[0] < 20 * least[1]


@pytest.mark.parametrize(
    "piece", ["a@b.example,", "(", "((", '"', "<", "<>", "a ", ":", ";", "\\", "=?utf-8?q?a?= ", ",", "a:b;", "@"]
)
def test_addresses_are_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: read_mailboxes(text, set()), repeat(piece), FIELD)


@pytest.mark.parametrize(
    "piece", ["=?", "=?a?q?", "=?utf-8?q?a?= ", "=?utf-8?b?YQ==?=", "=?utf-8?q?=41?= x ", "?=", "= "]
)
def test_encoded_words_are_decoded_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: decode_words(text, set()), repeat(piece), FIELD)


@pytest.mark.parametrize("piece", [";a=b", ';a="', ';a="b"', ';a="\\"', ";a*0=b", ";a*=''b", "; ", ";", "a", '"', "="])
def test_parameters_are_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: read_parameters(text, set()), repeat(piece, ("a/b", "")), FIELD)


@pytest.mark.parametrize("piece", ["<", "<a", "<a@b>", "<a b", ">", " "])
def test_references_are_read_in_linear_time(piece: str) -> None:
    assert_linear(message_ids, repeat(piece), FIELD)


@pytest.mark.parametrize("piece", ["a: b\n", " c\n", "a\n", "\n ", "x", ":", "a:\n", "\r", "\x00\n", "From \n"])
def test_header_blocks_are_read_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        raw = text.encode()
        read_headers(raw, 0, len(raw), set())

    assert_linear(work, repeat(piece, ("a: b\n", "")), 25_000)


@pytest.mark.parametrize("piece", ["(", "((", '"', ";", "; dmarc=pass header.from=a", "\\", "dkim=pass ", "()"])
def test_authentication_results_are_read_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        field = Field(name="authentication-results", value=text, start=0, end=0)
        read_authentication(Headers(fields=(field,)), "a@b.example", "mx.example")

    assert_linear(work, repeat(piece, ("mx.example;", "")), FIELD)


@pytest.mark.parametrize(
    "piece", ["--x\n", "--x--\n", "--", "\n--x", "--x\n\n", "--x\nContent-Type: multipart/mixed; boundary=x\n\n", "y\n"]
)
def test_parts_are_found_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        split(typed("multipart/mixed; boundary=x", text), set())

    assert_linear(work, repeat(piece))


@pytest.mark.parametrize("piece", ["a\u200b", "\u202e", "\u200d", " ", "\r", "\x00", "\ud800", "é\u200d", "/"])
def test_hidden_characters_are_removed_in_linear_time(piece: str) -> None:
    assert_linear(clean_text, repeat(piece))
    assert_linear(lambda text: clean_line(text, 1_000_000), repeat(piece))


@pytest.mark.parametrize(
    ("content_type", "piece"),
    [
        ("text/plain", "words and words, 4111 and more\n"),
        ("text/plain; format=flowed", "> words \n"),
        ("text/html", "<p>words <a href='https://x.example'>x</a></p>"),
        ("text/plain", "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n"),
        ("multipart/mixed; boundary=x", "--x\nContent-Type: text/plain\n\n4111 1111\n"),
    ],
)
def test_whole_mails_are_read_and_masked_in_linear_time(content_type: str, piece: str) -> None:
    assert_linear(lambda text: read_letter(typed(content_type, text), envelope_from=""), repeat(piece))
    assert_linear(lambda text: mask_raw(typed(content_type, text)), repeat(piece))
