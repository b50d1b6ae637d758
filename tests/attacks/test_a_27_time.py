"""A-27: every parser needs time in proportion: ten times the input, at most twelve times the work.

Work is CPU seconds of this process, the best of several runs; inputs that finish at once prove nothing
either way and pass.
"""

import time
from collections.abc import Callable

import pytest

from makegood.intake.mail.addresses import read_mailboxes
from makegood.intake.mail.authentic import read_authentication
from makegood.intake.mail.headers import Field, Headers, decode_words, message_ids, read_headers, read_parameters
from makegood.intake.mail.letters import read_letter
from makegood.intake.mail.markup import read_markup
from makegood.intake.mail.masking import mask_raw
from makegood.intake.mail.parts import split
from makegood.intake.mail.visible import clean_line, clean_text
from makegood.language.cards import mask, mask_in_place
from makegood.language.replies import new_words
from tests.intake.mail.mails import typed

#: Below this many seconds for the long input there is nothing to compare.
AT_ONCE = 0.08
#: Ten for what is linear, a hundred for what is not; a crowded machine stretches the long run more than the short.
MOST = 25.0


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> tuple[float, float]:
    """(seconds for ten times the size ÷ seconds for the size, seconds for ten times the size)."""

    def best(characters: int, runs: int) -> float:
        given = text(characters)
        times = []
        for _ in range(runs):
            began = time.process_time()
            work(given)
            times.append(time.process_time() - began)
        return min(times)

    small, large = best(size, 3), best(size * 10, 1)
    return large / max(small, 1e-6), large


def repeat(piece: str, around: tuple[str, str] = ("", "")) -> Callable[[int], str]:
    return lambda size: around[0] + piece * (size // len(piece)) + around[1]


def assert_linear(work: Callable[[str], object], text: Callable[[int], str], size: int = 20_000) -> None:
    ratio, large = growth(work, text, size)
    for _ in range(6):
        if ratio <= MOST or large < AT_ONCE:
            return
        # Other programs share this machine; a true quadratic stays one when looked at again.
        ratio, large = growth(work, text, size)
    assert ratio <= MOST or large < AT_ONCE, f"{ratio:.1f} times the work, {large:.2f} s"


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
    assert_linear(lambda text: read_markup(text, set()), repeat(piece), 10_000)


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
    assert_linear(new_words, repeat(piece), 40_000)


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


@pytest.mark.parametrize(
    "piece", ["a@b.example,", "(", "((", '"', "<", "<>", "a ", ":", ";", "\\", "=?utf-8?q?a?= ", ",", "a:b;", "@"]
)
def test_addresses_are_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: read_mailboxes(text, set()), repeat(piece), 100_000)


@pytest.mark.parametrize(
    "piece", ["=?", "=?a?q?", "=?utf-8?q?a?= ", "=?utf-8?b?YQ==?=", "=?utf-8?q?=41?= x ", "?=", "= "]
)
def test_encoded_words_are_decoded_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: decode_words(text, set()), repeat(piece), 100_000)


@pytest.mark.parametrize("piece", [";a=b", ';a="', ';a="b"', ';a="\\"', ";a*0=b", ";a*=''b", "; ", ";", "a", '"', "="])
def test_parameters_are_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: read_parameters(text, set()), repeat(piece, ("a/b", "")), 100_000)


@pytest.mark.parametrize("piece", ["<", "<a", "<a@b>", "<a b", ">", " "])
def test_references_are_read_in_linear_time(piece: str) -> None:
    assert_linear(message_ids, repeat(piece), 100_000)


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

    assert_linear(work, repeat(piece, ("mx.example;", "")), 100_000)


@pytest.mark.parametrize(
    "piece", ["--x\n", "--x--\n", "--", "\n--x", "--x\n\n", "--x\nContent-Type: multipart/mixed; boundary=x\n\n", "y\n"]
)
def test_parts_are_found_in_linear_time(piece: str) -> None:
    def work(text: str) -> None:
        split(typed("multipart/mixed; boundary=x", text), set())

    assert_linear(work, repeat(piece), 50_000)


@pytest.mark.parametrize("piece", ["a\u200b", "\u202e", "\u200d", " ", "\r", "\x00", "\ud800", "é\u200d", "/"])
def test_hidden_characters_are_removed_in_linear_time(piece: str) -> None:
    assert_linear(clean_text, repeat(piece), 100_000)
    assert_linear(lambda text: clean_line(text, 1_000_000), repeat(piece), 100_000)


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
    assert_linear(lambda text: read_letter(typed(content_type, text), envelope_from=""), repeat(piece), 30_000)
    assert_linear(lambda text: mask_raw(typed(content_type, text)), repeat(piece), 30_000)
