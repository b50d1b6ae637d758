"""The page's values, drawn for its templates: ribbons, sentences, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from makegood.desk.queries import customer_page, customer_remedies
from makegood.desk.queries.customer_page import Page, Shown
from makegood.desk.queries.customer_remedies import Given, Option
from makegood.ui import wording
from makegood.ui.ribbon import Form, Ribbon, ribbon
from makegood.ui.shell import CustomerShell, Language, Reason, Refused
from makegood.ui.wording import Reader

from . import amends_speech, proof, speech, typed
from .door import Visit

SHOWN = 6
MORE = 50
MOST_SHOWN = 2_000
# An hour of the day in words somebody said: 17:00, 5 pm, noon.
_AN_HOUR = re.compile(r"\d[:.h]\d\d|\d ?[ap]\.?m\b|\bnoon\b|\bmidnight\b|\bmediod[ií]a\b|\bmedianoche\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One promise, ready for `customer/promise.html`."""

    shown: Shown
    ribbon: Ribbon
    words: str
    source: str
    elsewhere: SafeString | str
    """The due time on our clock and on his, where the words name an hour and the clocks differ."""
    truth: list[SafeString]
    release_url: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What the last form did; looks like one of Django's messages, and needs neither cookie nor session."""

    text: str
    level_tag: str = "success"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """A form that was not taken: why, and what stood in it."""

    reasons: tuple[str, ...]
    status: int = 400
    place: str = "write"
    text: str = ""

    @property
    def refused(self) -> Refused:
        *first, last = self.reasons
        back = (
            Reason(text=last, url=f"#{self.place}", link=gettext("To what you wrote"))
            if self.text
            else Reason(text=last)
        )
        return Refused(title=gettext("Not sent yet"), reasons=(*(Reason(text=r) for r in first), back))


def render(visit: Visit, *, unsent: Unsent | None = None) -> HttpResponse:
    """Return the customer's page, with what he typed if a form of his was not taken."""
    page = customer_page.page(visit.link, now=visit.now, show=_how_many(visit))
    html = render_to_string("customer/page.html", context(visit, page, unsent=unsent))
    return HttpResponse(html, status=unsent.status if unsent else 200)


def context(visit: Visit, page: Page, *, unsent: Unsent | None = None) -> dict[str, Any]:
    """Return everything the page's template needs."""
    reader = visit.reader
    return {
        **around(visit, page.policy.name),
        "page": page,
        "case": page.case,
        "headline": speech.headline(page, name=first_name(page.case.customer.name), reader=reader),
        "turn": speech.turn(page, reader) if page.open else "",
        "next": draw(page.next, visit) if page.next else None,
        "owed": [draw(p, visit) for p in page.owed],
        "before": [draw(p, visit) for p in page.before],
        "quiet": [draw(p, visit) for p in page.quiet],
        "answer": speech.answer(page, reader),
        "manager": speech.manager(page.higher, reader),
        "manager_name": page.higher.person.name if page.higher.person else gettext("a manager"),
        "unsent": unsent,
        "messages": notices(visit, page),
        "show_more_url": visit.url("page", place="talk", show=str(len(page.talk) + MORE)),
        "show_more": min(MORE, page.earlier),
        "earliest": wording.day(page.earliest_at, reader) if page.earliest_at else "",
        "proof": lambda: proof.make(visit.link),
        "limits": typed,
        **amended(visit),
        "url": {
            name: visit.url(name) for name in ("write", "not-resolved", "right-again", "manager", "wish", "reminders")
        },
        "file_urls": {f.pk: visit.url("file", f.pk) for said in page.talk for f in said.files},
    }


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing he may choose, with when he has it."""

    option: Option
    reaches: SafeString | str


@dataclass(frozen=True, kw_only=True)
class Amend:
    """One remedy, ready for `customer/amends.html`."""

    given: Given
    sign: dict[str, str]
    step: SafeString
    until: SafeString | str
    waits: SafeString | str
    """Until when he may choose another, or why it is ordered only later."""
    reaches: SafeString | str
    options: tuple[Choice, ...]
    url: dict[str, str]


def amended(visit: Visit) -> dict[str, Any]:
    """Return what the page says about making it right."""
    right = customer_remedies.right(visit.link, now=visit.now)
    held = right.codes_held_until
    return {
        "right": right,
        "amends": [amend(given, visit) for given in right.remedies],
        "held_until": speech.on(held, visit.reader) if held else "",
    }


def amend(given: Given, visit: Visit) -> Amend:
    """Return one remedy with its sentences and the addresses of its forms."""
    reader, verbs = visit.reader, {"choose": "choose", "decline": "decline", "confirm": "confirm"}
    return Amend(
        given=given,
        sign=amends_speech.sign(given),
        step=amends_speech.step(given, reader),
        until=amends_speech.until(given, reader),
        waits=amends_speech.waits(given, reader),
        reaches=amends_speech.reaches(given.chosen, reader) if given.chosen else "",
        options=tuple(Choice(option=o, reaches=amends_speech.reaches(o, reader)) for o in given.options),
        url={
            **{name: visit.url(verb, given.number) for name, verb in verbs.items()},
            "not_right": visit.url("not-right", given.number),
        },
    )


def around(visit: Visit, name: str) -> dict[str, Any]:
    """Return what every page of this door has around it."""
    others = [(code, title) for code, title in settings.LANGUAGES if code != visit.language]
    return {
        "shell": CustomerShell(
            house=name,
            languages=tuple(
                Language(code=code, name=str(title), url=visit.url("page", lang=code)) for code, title in others
            ),
            zone_title=zone_title(visit.zone, visit.reader),
            zone_url=visit.url("zone"),
            copy_url=visit.url("copy"),
        ),
        "zone": visit.zone,
        "knows_zone": visit.knows_zone,
        "now": visit.now,
        "page_url": visit.url("page"),
        "messages": (),
    }


def zone_title(zone: str, reader: Reader) -> str:
    """`Denver, MDT`: the city of a zone, and its letters at the moment of reading."""
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    letters = wording.zone_letters(reader.now.astimezone(ZoneInfo(zone))) if reader.now else ""
    return city if letters in ("", city) else f"{city}, {letters}"


def draw(promise: Shown, visit: Visit) -> Drawn:
    """Return one promise with its ribbon and its sentences."""
    return Drawn(
        shown=promise,
        ribbon=ribbon(
            promise.said_at,
            promise.due_at,
            visit.now,
            near_at=promise.near_at,
            kept_at=promise.kept_at,
            broken=promise.broken_at is not None,
            replaced_at=promise.replaced_at,
            released_at=promise.released_at,
            pauses=promise.pauses,
            paused=promise.paused,
            form=Form.FULL,
        ),
        words=speech.words(promise),
        source=speech.source(promise),
        elsewhere=_elsewhere(promise, visit),
        truth=speech.truth(promise, visit.reader),
        release_url=visit.url("release", promise.number) if promise.releasable else "",
    )


def _elsewhere(promise: Shown, visit: Visit) -> SafeString | str:
    here, there = promise.due_at.astimezone(ZoneInfo(visit.zone)), promise.due_at.astimezone(ZoneInfo(promise.zone))
    if here.utcoffset() == there.utcoffset() or not _AN_HOUR.search(promise.words):
        return ""
    theirs = wording.time_element(promise.due_at, Reader(zone=ZoneInfo(promise.zone), now=visit.now), "clock")
    own = wording.time_element(promise.due_at, visit.reader, "clock")
    return format_html(gettext("{theirs} where we are is {own} for you."), theirs=theirs, own=own)


def notices(visit: Visit, page: Page) -> Iterable[Notice]:
    """Return what the form before this page did, by the word in the address; any other word says nothing."""
    if page.answer.due_at is not None and page.answer.due_at > visit.now:
        by = wording.when(page.answer.due_at, visit.reader, "full")
        sent = gettext("We have your message. {owner} answers by {by}.").format(owner=page.owner.name, by=by)
    else:
        sent = gettext("We have your message. {owner} has it.").format(owner=page.owner.name)
    said = {
        "sent": sent,
        "not-resolved": gettext("Your case is open, one person higher has been told, and the old dates count."),
        "right-again": gettext("Thank you for telling us. If it turns out not to be right, say so here at any time."),
        "manager": gettext("We have told {who}.").format(
            who=speech.with_role(page.higher.person) if page.higher.person else gettext("a manager")
        ),
        "wish": gettext("Thank you. We have it word for word, and {owner} reads it before we propose anything.").format(
            owner=page.owner.name
        ),
        "chosen": gettext("Thank you. We have your choice."),
        "declined": gettext("Thank you for saying so. It is our turn again."),
        "confirmed": gettext("Thank you for telling us that it is right."),
        "not-right": gettext("Somebody one step higher has been told, and we owe you something else."),
        "reminded": gettext("We remind you of your codes by mail."),
        "not-reminded": gettext("We don’t remind you of your codes."),
        "released": gettext("Thank you. We need not do that any more; it stays on this page."),
        "zone": gettext("Times on this page and in our mails to you are now {zone}.").format(
            zone=zone_title(visit.zone, visit.reader)
        ),
    }
    text = said.get(visit.request.GET.get("done", ""))
    return (Notice(text=text),) if text else ()


def first_name(name: str) -> str:
    """Return how the page says hello: the first word of a name, without titles; empty for what is no name."""
    if "@" in name:
        return ""
    spoken = [word.strip(",;\"'()<>") for word in name.split() if not word.endswith(".")]
    return next((word[:40] for word in spoken if word), "")


def _how_many(visit: Visit) -> int:
    asked = visit.request.GET.get("show", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else SHOWN
    return min(max(wanted, SHOWN), MOST_SHOWN)


@cache
def zones() -> Sequence[tuple[str, list[tuple[str, str]]]]:
    """Return every time zone people live in, by continent: (continent, [(name, city), …])."""
    continents = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    grouped: dict[str, list[tuple[str, str]]] = {continent: [] for continent in continents}
    for name in sorted(available_timezones()):
        continent, _, city = name.partition("/")
        if city and continent in grouped:
            grouped[continent].append((name, city.replace("_", " ").replace("/", ", ")))
    return [*grouped.items(), ("UTC", [("UTC", "UTC")])]
