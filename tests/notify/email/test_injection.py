"""Hostile text in every field of every letter stays text (A-01, A-02, A-18, A-51)."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from makegood.notify.email import compose
from makegood.notify.email.message import NotSendableError
from tests.notify.letters import (
    acknowledgement,
    alarm,
    canary,
    closing_question,
    digest,
    html_of,
    notice,
    read,
    reply,
    text_of,
)

Make = Callable[[Any], bytes]

LETTERS: dict[str, tuple[Make, Any]] = {
    "acknowledgement": (compose.acknowledgement, acknowledgement(role="the boss")),
    "reply": (compose.reply, reply()),
    "closing question": (compose.closing_question, closing_question()),
    "digest": (
        compose.digest,
        digest(
            alarm(skipped=("Marta Olsen",)),
            notice("finding.made", {"code": "MG301", "evidence": "550"}),
            notice("handoff.returned", {"why": "busy"}),
            notice("door.trouble", {"door": "mail", "trouble": "shut"}),
            notice("teapot.boiled"),
            reply_to="reply+1.s4.aabc@care.larkfield.example",
        ),
    ),
    "canary": (compose.canary, canary()),
}

#: What a field may hold that must not become a header line or another recipient.
LINE_BREAKERS = [
    "\r\nBcc: evil@attack.example",
    "\nBcc: evil@attack.example",
    "\rBcc: evil@attack.example",
    "\r\n\r\n<script>alert(1)</script>",
    "\u2028Bcc: evil@attack.example",
    "\u2029Bcc: evil@attack.example",
    "\x85Bcc: evil@attack.example",
    "\x0bBcc: evil@attack.example",
    "\x00\x1b[2J",
    "\ud800",
    "=?utf-8?q?=0D=0ABcc:_evil=40attack.example?=",
    "\u202egro.elpmaxe@live",
    '", evil@attack.example, "',
    "\r\n.\r\nMAIL FROM:<evil@attack.example>",
]
MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea>--></td></table><iframe src=//attack.example>",
    "javascript:alert(1)",
    "&lt;script&gt;",
    "<a href=javascript:alert(1)>x</a>",
]
TEMPLATES = [
    "{{7*7}}",
    "{% debug %}",
    "{0.__class__.__mro__}",
    "{who.__class__}",
    "{owner.__init__.__globals__}",
    "%(case)s %s %n",
    "${7*7}",
    "#{7*7}",
]

Path = tuple[str | int, ...]


def texts(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where the texts of a letter are, however deep."""
    if isinstance(value, str):
        yield path
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*path, key))
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from texts(part, (*path, at))


def with_more(value: Any, path: Path, more: str) -> Any:
    """The same letter with something added to one of its texts."""
    if not path:
        return value + more
    step, *rest = path
    if isinstance(value, dict):
        return {**value, step: with_more(value[step], tuple(rest), more)}
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], with_more(value[step], tuple(rest), more), *value[step + 1 :])
    return replace(value, **{str(step): with_more(getattr(value, str(step)), tuple(rest), more)})


FIELDS = [
    pytest.param(make, letter, path, id=f"{name}: {'.'.join(map(str, path))}")
    for name, (make, letter) in LETTERS.items()
    for path in texts(letter)
]


def attacked(letter: Any, path: Path, payloads: list[str]) -> list[Any]:
    """The letter with all payloads at once in this field, and with the first two alone."""
    return [with_more(letter, path, payload) for payload in ("".join(payloads), *payloads[:2])]


def test_every_field_of_every_letter_is_attacked() -> None:
    fields_of = {(name, path[-1]) for name, (_, letter) in LETTERS.items() for path in texts(letter)}
    assert {("reply", "text"), ("reply", "subject"), ("reply", "words"), ("digest", "who")} <= fields_of
    assert {("digest", "what"), ("digest", "evidence"), ("digest", "acknowledge_url")} <= fields_of
    assert {(name, "to_name") for name in LETTERS} | {(name, "message_id") for name in LETTERS} <= fields_of
    assert len(fields_of) > 80


@pytest.mark.parametrize(("make", "letter", "path"), FIELDS)
def test_no_field_adds_a_header_a_recipient_or_a_part(make: Make, letter: Any, path: Path) -> None:
    meant = make(letter)
    for spoiled in attacked(letter, path, LINE_BREAKERS):
        try:
            raw = make(spoiled)
        except NotSendableError:
            continue
        _is_the_same_mail(raw, meant)


@pytest.mark.parametrize("payload", LINE_BREAKERS)
@pytest.mark.parametrize("path", [("subject",), ("text",), ("envelope", "to_name"), ("envelope", "from_name")])
def test_nothing_that_breaks_lines_breaks_a_reply(path: Path, payload: str) -> None:
    _is_the_same_mail(compose.reply(with_more(reply(), path, payload)), compose.reply(reply()))
    alone = with_more(reply(to_name="", from_name="", text=""), path, payload)
    _is_the_same_mail(compose.reply(replace(alone, subject=alone.subject or "x")), compose.reply(reply()))


def _is_the_same_mail(raw: bytes, other: bytes) -> None:
    meant, found = read(other), read(raw)
    # One that is spoiled may be missing (a thread); none is added, and none stands there twice.
    assert set(found.keys()) <= set(meant.keys()) and len(set(found.keys())) == len(found.keys())
    for name in ("To", "From", "Reply-To"):
        assert _recipients(found, name) == _recipients(meant, name)
    assert [part.get_content_type() for part in found.walk()] == [part.get_content_type() for part in meant.walk()]
    assert not found.defects
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")


def _recipients(mail: Any, name: str) -> list[str]:
    return [address.addr_spec for address in mail[name].addresses] if mail[name] else []


@pytest.mark.parametrize("name", ["to_address", "from_address", "reply_to", "message_id"])
@pytest.mark.parametrize("payload", ["\r\nBcc: evil@attack.example", ", evil@attack.example", ">", "<", " x"])
def test_an_address_or_id_with_something_in_it_is_refused(name: str, payload: str) -> None:
    letter = reply()
    spoiled = replace(letter.envelope, **{name: getattr(letter.envelope, name) + payload})
    with pytest.raises(NotSendableError):
        compose.reply(replace(letter, envelope=spoiled))


class Seen(HTMLParser):
    """The elements and attributes of a page, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "b", "h1", "h2", "span", "br", "a",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "class", "style", "role", "width", "cellpadding", "cellspacing",
    "border", "align", "href", "rel",
}  # fmt: skip


@pytest.mark.parametrize(("make", "letter", "path"), [f for f in FIELDS if "canary" not in str(f.id)])
def test_no_field_becomes_markup(make: Make, letter: Any, path: Path) -> None:
    for spoiled in attacked(letter, path, MARKUP):
        try:
            page = html_of(make(spoiled))
        except NotSendableError:
            continue
        _is_harmless(page)


@pytest.mark.parametrize("payload", MARKUP)
def test_no_markup_in_what_a_person_wrote_or_promised_is_markup(payload: str) -> None:
    letter = reply(payload, house=payload)
    promise = replace(letter.promises[0], words=payload)
    _is_harmless(html_of(compose.reply(replace(letter, subject=payload, case=payload, promises=(promise,)))))


def _is_harmless(page: str) -> None:
    seen = Seen()
    seen.feed(page)
    assert seen.tags <= ELEMENTS
    assert seen.attributes <= ATTRIBUTES
    assert all(link.startswith(("https://care.larkfield.example/", "mailto:reply+")) for link in seen.links)
    assert page.lower().count("<script") == 0


@pytest.mark.parametrize("payload", TEMPLATES)
def test_what_looks_like_a_template_is_sent_as_it_is(payload: str) -> None:
    raw = compose.reply(reply(f"Dear {payload}"))
    assert f"Dear {payload}" in text_of(raw)
    lines = (alarm(who=payload, what=payload), notice("handoff.returned", {"why": payload}))
    told = text_of(compose.digest(digest(*lines)))
    assert told.count(payload) >= 4
    assert payload in text_of(compose.closing_question(replace(closing_question(), owner=payload)))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/\" onclick=x", ""])
def test_a_link_of_ours_that_is_no_web_address_is_shown_as_text(url: str) -> None:
    page = html_of(compose.closing_question(replace(closing_question(), page_url=url)))
    assert "<a " not in page
