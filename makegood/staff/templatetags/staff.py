"""Tags that only the staff's pages use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from makegood.desk.queries.heard import Figure
from makegood.notify import recorded as record
from makegood.notify.email import reply_address
from makegood.rules.affected import Standing, Telling
from makegood.rules.shares import Share
from makegood.staff import heard_words, incident_words, words
from makegood.ui import money, wording

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
def reference(label: str) -> str:
    """`{{ heard.label|reference }}`: "order 88-1973", with its type in the reader's language."""
    return heard_words.reference(label)


FEW = 10
"""Under so many judgements a share says nothing."""


@register.simple_tag
def share(found: Share | None) -> str:
    """`{% share figure.right %}`: a share with its interval, in whole percent; of few judgements, none."""
    if found is None or found.of < FEW:
        return _("not shown")
    return f"{found.value:.0%} ({found.low:.0%}–{found.high:.0%})"


@register.filter
def span(length: timedelta) -> str:
    """A length of time in words: 1 h 20 min."""
    return wording.span(length)


@register.filter
def verdicts(figure: Figure) -> list[tuple[str, int]]:
    """`{{ figure|verdicts }}`: each verdict with its number, in the order of the table."""
    return [(name, getattr(figure, name)) for name in ("confirmed", "overruled", "missed", "open")]


@register.filter
def trouble(code: str) -> str:
    """`{{ one|trouble }}`: what was wrong with a mail, in words."""
    return words.trouble(code)


@register.filter
def encoding(name: str) -> str:
    """`{{ list.encoding|encoding }}`: what an encoding is called outside of Python."""
    return incident_words.ENCODINGS.get(name, name)


@register.filter
def recorded(text: str) -> str:
    """`{{ item.why|recorded }}`: what the desk wrote down in English, in the reader's language."""
    return money.amounts(record.say(text)) if text.startswith("It would be ") else record.say(text)


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


@register.filter
def letter(place: int) -> str:
    """`{{ forloop.counter0|letter }}`: A, B, C: what an option is called on its scale."""
    return chr(ord("A") + place) if 0 <= place < 26 else ""


@register.filter
def standing(name: str) -> str:
    """`{{ person.standing|standing }}`: where somebody affected stands, in words."""
    return str(incident_words.STANDINGS.get(Standing(name), name)) if name in set(Standing) else ""


@register.filter
def standing_icon(name: str) -> str:
    """`{% icon person.standing|standing_icon %}`: the sign that goes with it."""
    return incident_words.STANDING_ICONS[Standing(name)]


@register.filter
def telling(name: str) -> str:
    """`{{ person.telling|telling }}`: how word reached somebody affected."""
    return str(incident_words.TELLINGS[Telling(name)]) if name in set(Telling) else ""
