"""The tags that every page of Makegood uses: `{% load makegood %}`.

Tags that say a time read two variables of the page, unless told otherwise:
`zone`, the reader's time zone (a tzinfo or an IANA name; without it Django's
current one), and `now`, the moment of reading (without it nothing is
shortened to "today" and every date has its year).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone

from makegood.rules.money import Money
from makegood.ui import drawing, mail, plain, spoken, wording
from makegood.ui import money as writing
from makegood.ui.ribbon import Ribbon, State
from makegood.ui.wording import Reader, Shape

register = template.Library()


def reader_of(context: Context, zone: tzinfo | str | None = None) -> Reader:
    """Who reads this page: the zone asked for, else the page's, else Django's current one."""
    chosen = zone or context.get("zone") or get_current_timezone()
    return _reader(chosen, context.get("now"))


@lru_cache(maxsize=64)
def _reader(zone: tzinfo | str, now: datetime | None) -> Reader:
    """One reader a page, however many times it says."""
    return Reader(zone=wording.zone_of(zone), now=now)


@register.simple_tag(takes_context=True)
def ribbon(context: Context, promise: Ribbon, zone: tzinfo | str | None = None, hidden: bool = False) -> SafeString:
    """`{% ribbon r %}`: the picture, with its sentence for who cannot see it.

    `{% ribbon r hidden=True %}` in a row whose cells already say it.
    """
    return drawing.ribbon_svg(promise, reader_of(context, zone), hidden=hidden)


@register.simple_tag(takes_context=True)
def ribbon_words(context: Context, promise: Ribbon, zone: tzinfo | str | None = None) -> str:
    """`{% ribbon_words r %}`: the sentence alone: "Said …, due …, broken, 3 days 2 hours over"."""
    return wording.sentence(promise.label, reader_of(context, zone))


@register.simple_tag
def plain_ribbon(promise: Ribbon, width: int = plain.WIDTH) -> SafeString:
    """`{% plain_ribbon r %}`: `|=====----|` for a plain-text mail; its signs are never escaped."""
    return SafeString(plain.plain_ribbon(promise, width))


@register.inclusion_tag("makegood/mail/ribbon.html", takes_context=True)
def mail_ribbon(context: Context, promise: Ribbon, zone: tzinfo | str | None = None) -> dict[str, Any]:
    """`{% mail_ribbon r %}`: the ribbon and its two stamps as table cells, for an HTML mail."""
    reader = reader_of(context, zone)
    return {
        "bar": mail.mail_ribbon(promise),
        "said": wording.when(promise.said_at, reader, "full"),
        "due": wording.when(promise.due_at, reader, "full"),
    }


@register.simple_tag(takes_context=True)
def state_word(
    context: Context,
    state: Ribbon | State | str,
    zone: tzinfo | str | None = None,
    calm: bool = False,
) -> SafeString:
    """`{% state_word r %}`: colour, glyph and word; `calm=True` keeps running ones uncoloured in lists."""
    return drawing.state_word(state, reader_of(context, zone), calm=calm)


@register.simple_tag(takes_context=True)
def when(
    context: Context,
    moment: datetime | None,
    zone: tzinfo | str | None = None,
    shape: Shape = "short",
) -> str:
    """`{% when t %}`: a moment on the reader's clock, with its zone; nothing for no moment.

    `shape="full"` says the day also today, `shape="clock"` never.
    """
    return wording.time_element(moment, reader_of(context, zone), shape) if moment else ""


@register.simple_tag(takes_context=True)
def when_text(
    context: Context,
    moment: datetime | None,
    zone: tzinfo | str | None = None,
    shape: Shape = "full",
) -> str:
    """`{% when_text t %}`: the same without markup, for titles, labels and plain-text mails."""
    return wording.when(moment, reader_of(context, zone), shape) if moment else ""


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime | None, zone: tzinfo | str | None = None) -> str:
    """`{% day d %}`: a day without a time, as for a need-by; nothing for no day."""
    return wording.day_element(value, reader_of(context, zone)) if value else ""


@register.simple_tag
def span(length: timedelta | float, exact: bool = False, fine: bool = False) -> str:
    """`{% span seconds %}`: `9 d 1 h`, `1 h 18`, `18 min`; see `wording.span` for the two options."""
    return wording.span(length, exact=exact, fine=fine)


@register.simple_tag
def money(amount: Money | None) -> str:
    """`{% money m %}`: an amount as the reader writes it: `$219.00`, `219,00 US$`; nothing for none."""
    return writing.said(amount) if amount is not None else ""


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{% icon "mail" %}` as decoration, `{% icon "mail" label="by mail" %}` with a meaning."""
    return drawing.icon(name, label, extra)


@register.filter
def said(words: str) -> SafeString:
    """`{{ words|said }}`: what a person said, in serif and in quotation marks."""
    return spoken.said(words)


@register.filter
def paragraphs(text: str) -> SafeString:
    """`{{ text|paragraphs }}`: a message as paragraphs; escaped, web addresses linked."""
    return spoken.paragraphs(text)
