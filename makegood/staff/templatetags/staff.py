"""Tags that only the staff's pages use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.template import Context

from makegood.notify import recorded as record
from makegood.notify.email import reply_address
from makegood.staff import words
from makegood.ui import wording

register = template.Library()


@register.simple_tag(takes_context=True)
def elapsed(context: Context, since: datetime | None) -> str:
    """`{% elapsed t %}`: how long ago a moment was, on the page's own clock: `44 min`."""
    now: datetime | None = context.get("now")
    return wording.span(now - since) if since and now else ""


@register.filter
def role(name: str) -> str:
    """`{{ staff.role|role }}`: what the role is called."""
    return words.role(name)


@register.filter
def kind(name: str) -> str:
    """`{{ kind|kind }}`: what a kind of reply is called."""
    return words.kind(name)


@register.filter
def trouble(code: str) -> str:
    """`{{ one|trouble }}`: what was wrong with a mail, in words."""
    return words.trouble(code)


@register.filter
def recorded(text: str) -> str:
    """`{{ item.why|recorded }}`: what the desk wrote down in English, in the reader's language."""
    return record.say(text)


@register.filter
def city(zone: str) -> str:
    """`{{ zone|city }}`: the place a zone is named after: America/New_York is New York."""
    return str(zone).rpartition("/")[2].replace("_", " ")


@register.filter
def size(count: Any) -> str:
    """`{{ file.size|size }}`: bytes as people read them: `1.8 MB`."""
    value = float(count or 0)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" or value >= 10 else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


@register.filter
def without_signature(addresses: str) -> str:
    """`{{ item.envelope_to|join:", "|without_signature }}`: signed reply addresses, cut short."""
    return reply_address.hidden(addresses)
