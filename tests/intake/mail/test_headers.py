"""Header fields: decoded words, parameters, and what never counts as a field of ours."""

import pytest

from makegood.intake.mail.headers import (
    Headers,
    came_from,
    decode,
    decode_words,
    decoder,
    message_id,
    read_headers,
    read_parameters,
)


def headers(text: str) -> Headers:
    raw = text.encode("utf-8", "surrogateescape")
    return read_headers(raw, 0, len(raw), set())[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?J=C3=B6rg_B?=", "Jörg B"),
        ("=?UTF-8?B?SsO2cmc=?= Bo", "Jörg Bo"),
        ("=?utf-8?b?SsM=?= =?utf-8?b?tnJn?=", "Jörg"),
        ("=?iso-8859-1?q?caf=E9?=\n =?utf-8?q?_=E2=82=AC?=", "café €"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?torn", "=?utf-8?q?torn"),
        ("=?x-unknown?q?abc?=", "abc"),
        ("=?utf-8?b?!!!?=", ""),
        ("a =?utf-8?q?b?= c", "a b c"),
    ],
)
def test_encoded_words_are_decoded(value: str, text: str) -> None:
    assert decode_words(value, set()) == text


def test_folded_fields_are_one_line_and_repeated_fields_keep_their_order() -> None:
    found = headers("Subject: a\r\n\tb\r\nX: 1\r\nx : 2\r\n\r\nbody")
    assert found.first("subject") == "a b"
    assert found.all("x") == ("1", "2")
    assert not found.has("body")


def test_a_line_that_is_no_field_begins_the_body() -> None:
    raw = b"Subject: a\nhello there\nFrom: b\n"
    found, body = read_headers(raw, 0, len(raw), set())
    assert [field.name for field in found.fields] == ["subject"]
    assert raw[body:] == b"hello there\nFrom: b\n"


def test_the_first_line_of_an_mbox_is_no_field() -> None:
    assert headers("From ann Thu Apr 29 2015\nSubject: a\n\n").first("subject") == "a"


def test_unlabelled_bytes_of_old_programs_are_still_readable() -> None:
    raw = b"Subject: caf\xe9\n\n"
    assert read_headers(raw, 0, len(raw), set())[0].first("subject") == "café"


@pytest.mark.parametrize(
    ("value", "main", "parameters"),
    [
        ("text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        ('TEXT/HTML ; Charset="x;y"', "text/html", {"charset": "x;y"}),
        ("a/b; name*=utf-8''J%C3%B6rg.txt", "a/b", {"name": "Jörg.txt"}),
        ("a/b; name*0=ab; name*1=cd", "a/b", {"name": "abcd"}),
        ("a/b; name*1*=%20d; name*0*=utf-8'en'c", "a/b", {"name": "c d"}),
        ('a/b; name="a\\"b"', "a/b", {"name": 'a"b'}),
        ('a/b; name="torn', "a/b", {"name": "tor"}),
        ("", "", {}),
        (";;;", "", {}),
    ],
)
def test_parameters_are_read(value: str, main: str, parameters: dict[str, str]) -> None:
    assert read_parameters(value, set()) == (main, parameters)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("<a@b>", "<a@b>"),
        ("junk <a@b> <c@d>", "<a@b>"),
        ("000-ARF", "<000-ARF>"),
        ("", None),
        ("a b", None),
        ("<" + "x" * 300 + ">", None),
        ("<a\x00b>", None),
    ],
)
def test_a_message_id_has_its_brackets_and_nothing_strange(value: str, found: str | None) -> None:
    assert message_id(value) == found


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "unicode_escape", "rot13", "zlib", "hex", "undefined", "", "\x00", "x" * 99]
)
def test_a_codec_that_is_no_charset_is_not_used(name: str) -> None:
    assert decoder(name) is None


@pytest.mark.parametrize(
    "name", ["utf-8", "UTF8", '"utf-8"', "latin1", "windows-1252", "ks_c_5601-1987", "iso-2022-jp", "gb18030"]
)
def test_charsets_of_real_mail_are_used(name: str) -> None:
    assert decoder(name) is not None


def test_what_cannot_be_decoded_is_marked_and_still_readable() -> None:
    trouble: set[str] = set()
    assert decode(b"caf\xe9", "utf-8", trouble) == "café"
    assert trouble == {"undecodable_charset"}


def test_the_mark_of_a_desk_is_read_apart_from_the_fields() -> None:
    found = headers("X-Makegood-Desk: d-1\nX-Makegood-Case: 7\nX-Makegood: 1\nSubject: a\n\n")
    assert came_from(found) == "d-1"
    assert [field.name for field in found.fields] == ["x-makegood", "subject"]
    assert came_from(headers("X-Makegood-Desk: a b; c\n\n")) is None
