"""A mail as plain text: complete, for who reads no HTML."""

from __future__ import annotations

import textwrap

from django.utils.translation import gettext, pgettext

from .blocks import Bar, Block, Body, Button, Heading, Headline, Letter, Link, Quote, Sentence
from .ribbon import WIDTH

WRAP = 70


def as_text(body: Body) -> str:
    """Return the whole mail as text, its lines parted by newlines and wrapped where nobody else set them."""
    top = [body.reply_line] if body.reply_line else []
    pieces = [*top, *(_drawn(block) for block in body.blocks)]
    foot = "\n".join(["-- ", *(_wrapped(line) for line in body.foot)])
    return "\n\n".join([*pieces, foot]) + "\n"


def _drawn(block: Block) -> str:
    match block:
        case Headline() | Sentence():
            return _wrapped(block.words)
        case Heading():
            words = f"{block.words}  {block.aside}".rstrip()
            return f"{'_' * 24}\n\n{_wrapped(words)}"
        case Letter():
            return block.text
        case Quote():
            return _wrapped(gettext("“{words}”").format(words=block.words), indent="  ")
        case Bar():
            return _bar(block)
        case Button():
            under = f"\n{_wrapped(block.under)}" if block.under else ""
            return f"{_wrapped(f'{block.label}:')}\n{block.url}{under}"
        case Link():
            return f"{_wrapped(f'{block.label}:')}\n{block.url.removeprefix('mailto:')}"
    raise TypeError(f"{type(block).__name__} has no plain form")


def _bar(block: Bar) -> str:
    said, due = pgettext("stamp", "said"), pgettext("stamp", "due")
    word = f"  {block.ribbon.word}\n" if block.ribbon.word else ""
    last = f"{due}  {block.due}"
    return f"{word}  {said}  {block.said}\n  {block.ribbon.plain()}\n  {last.rjust(WIDTH + 2)}"


def _wrapped(words: str, indent: str = "") -> str:
    """Wrap at words; an address is never broken, since half of one leads nowhere."""
    return textwrap.fill(
        words,
        WRAP,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
