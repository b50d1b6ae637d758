"""What the customer takes along: a copy of everything on his page, and the files of his case."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext

from makegood import config
from makegood.desk.queries import customer_page
from makegood.desk.queries.customer_page import Page, Said
from makegood.ui import wording
from makegood.ui.plain import plain_ribbon

from . import shown, speech
from .door import Visit, gone, private
from .typed import file_name

DOWNLOAD_ONLY = {
    "X-Content-Type-Options": "nosniff",
    # Whatever the bytes are, a browser that shows them all the same runs and loads nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@private("GET")
def file(visit: Visit, pk: int) -> HttpResponse:
    """A file of a message on his page, as a download; its type is never the sender's word."""
    try:
        kept = customer_page.attachment(visit.link, pk)
        # A name of ours is one word; what is none leads nowhere.
        content = (config.home() / "attachments" / Path(kept.stored_as).name).read_bytes()
    except (Http404, FileNotFoundError, IsADirectoryError):
        return gone()
    return _download(content, name=file_name(kept.name), kind="application/octet-stream")


@private("GET")
def copy(visit: Visit) -> HttpResponse:
    """Everything on his page as plain text."""
    page = customer_page.page(visit.link, now=visit.now, show=shown.MOST_SHOWN)
    text = "\n".join(lines(visit, page)) + "\n"
    name = gettext("case {number}").format(number=page.case.number)
    return _download(text.encode(), name=f"{slugify(name)}.txt", kind="text/plain; charset=utf-8")


def lines(visit: Visit, page: Page) -> Iterator[str]:
    """Yield the copy, line by line: the same sentences as on the page, without markup."""
    reader, case = visit.reader, page.case
    yield page.policy.name
    yield gettext("Your case {number}").format(number=case.number) + (f": {case.subject}" if case.subject else "")
    yield gettext("Copied {when}").format(when=wording.when(visit.now, reader, "full"))
    yield ""
    name = shown.first_name(case.customer.name)
    yield _plain(speech.headline(page, name=name, reader=reader))
    if page.open:
        yield _plain(speech.turn(page, reader))
    yield from _promises(visit, page)
    yield from _heading(gettext("Everything said so far"))
    for said in page.talk:
        yield from _said(said, visit)


def _promises(visit: Visit, page: Page) -> Iterator[str]:
    yield from _heading(gettext("What we promised"))
    for promise in page.promises:
        one = shown.draw(promise, visit)
        quoted = gettext("“{words}”").format(words=one.words) if promise.words else one.words
        yield f"{quoted} ({one.source})"
        yield f"  {plain_ribbon(one.ribbon)}  {wording.say(one.ribbon.word, visit.reader)}"
        yield f"  {wording.sentence(one.ribbon.label, visit.reader)}"
        for sentence in one.truth:
            yield f"  {_plain(sentence)}"
        yield ""


def _said(said: Said, visit: Visit) -> Iterator[str]:
    yield f"{who(said)}, {wording.when(said.at, visit.reader, 'full')}"
    if said.contact is not None:
        yield from (f"  {line}".rstrip() for line in said.contact.text.splitlines())
    for kept in said.files:
        yield f"  [{file_name(kept.name)}]"
    yield ""


def who(said: Said) -> str:
    """Return who said something, as the copy names him."""
    if said.contact is None:
        return gettext("Our automatic message")
    if said.mine:
        return gettext("You")
    return said.contact.from_name


def _heading(title: str) -> Iterator[str]:
    yield ""
    yield title
    yield "─" * len(title)
    yield ""


def _plain(sentence: str) -> str:
    return unescape(strip_tags(sentence))


def _download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind, headers=DOWNLOAD_ONLY)
    answer.headers["Content-Disposition"] = _attachment(name)
    return answer


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
