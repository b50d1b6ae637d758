"""The sentences of the customer's page, in his language and on his clock.

Each names the owner, a date or a fact; none of them guesses. What a person
said stands elsewhere, verbatim. Called inside `translation.override`.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from makegood.desk import models
from makegood.desk.queries.customer_page import MANAGER, Higher, Page, Shown
from makegood.rules.cases import Ball
from makegood.rules.policy import Role
from makegood.ui import wording
from makegood.ui.wording import Reader

CLOCKS = {
    "reply": gettext_noop("An answer to your message"),
    "update": gettext_noop("Word from us, even if there is no news"),
    "executive": gettext_noop("An answer to your letter, or the name of the person who gives it"),
    "manager": gettext_noop("An answer from a manager"),
    "resolution": gettext_noop("Everything made right"),
    "ordering": gettext_noop("What you chose is ordered"),
    "shipping": gettext_noop("What was ordered is on its way to you"),
    "delivery": gettext_noop("What is on its way has reached you"),
    "amends": gettext_noop("Something else, because what we did failed"),
    "custody": gettext_noop("What we hold of yours is given back"),
}
"""What the clocks of the policy that customers see are called; others keep the policy's own title."""
NEXT = {
    "reply": gettext_noop("You get an answer {by}."),
    "executive": gettext_noop("You get an answer {by}."),
    "update": gettext_noop("You hear from us {by}."),
    "manager": gettext_noop("A manager answers you {by}."),
    "resolution": gettext_noop("It is to be right again {by}."),
    "ordering": gettext_noop("What you chose is ordered {by}."),
    "shipping": gettext_noop("What was ordered is on its way to you {by}."),
    "delivery": gettext_noop("It is with you {by}."),
    "amends": gettext_noop("You get something else {by}."),
    "custody": gettext_noop("You have what is yours back {by}."),
    "said": gettext_noop("Our next promise to you is due {by}."),
}
SOURCES = {
    "automatic text": gettext_noop("Our automatic message"),
    "web page": gettext_noop("Our web page"),
    "order": gettext_noop("Our order confirmation"),
    "partner": gettext_noop("A partner of ours"),
    "policy": gettext_noop("A rule of our house, for everybody"),
    "law": gettext_noop("A law that binds us"),
}
REFUSED = {
    "promise_is_over": gettext_noop("This promise is over: it was kept, released, replaced or ended."),
    "clock_of_the_house": gettext_noop(
        "This is a clock of the house's own. Nobody stops it by hand: it is kept by what it measures."
    ),
    "case_is_open": gettext_noop("This case is open already."),
    "not_at_this_step": gettext_noop("This has moved on in the meantime. The page now shows how far it is."),
    "no_such_option": gettext_noop("That is none of what we offered. Choose one of them."),
    "cooling_off": gettext_noop("Your address or your means of payment was changed lately. We order it a day after."),
}
"""What the rules may refuse a customer, by code, as the catalogue knows it."""
ROLES = {
    Role.AGENT: gettext_noop("customer service"),
    Role.LEAD: gettext_noop("team lead"),
    Role.HEAD: gettext_noop("head of service"),
    Role.EXECUTIVE: gettext_noop("executive"),
    Role.ADMIN: gettext_noop("administrator"),
}


# ── moments within a sentence ────────────────────────────────────────────────


def moment(at: datetime, reader: Reader) -> SafeString:
    """`Friday 13 March, 11:20 MDT` as a `<time>`; of today only the clock."""
    local = wording.local_time(at, reader)
    if reader.is_today(local):
        said = formatted(local, "H:i")
    elif reader.is_this_year(local):
        # Translators: letters of Django's date filter; a moment within a sentence.
        said = formatted(local, pgettext("date format", "l j F, H:i"))
    else:
        # Translators: letters of Django's date filter; a moment within a sentence, with its year.
        said = formatted(local, pgettext("date format", "l j F Y, H:i"))
    return format_html(
        '<time datetime="{}">{} <span class="z">{}</span></time>',
        local.isoformat(timespec="minutes"),
        said,
        wording.zone_letters(local),
    )


def by(at: datetime, reader: Reader) -> SafeString:
    """`by Friday 13 March, 11:20 MDT`, `today by 15:25 MDT`."""
    today = reader.is_today(wording.local_time(at, reader))
    return format_html(gettext("today by {time}") if today else gettext("by {time}"), time=moment(at, reader))


def on(at: datetime, reader: Reader) -> SafeString:
    """`on Friday 6 March, 14:02 MST`, `today at 10:04 MDT`."""
    today = reader.is_today(wording.local_time(at, reader))
    return format_html(gettext("today at {time}") if today else gettext("on {time}"), time=moment(at, reader))


def since(at: datetime, reader: Reader) -> SafeString:
    """`since Friday 6 March, 14:02 MST`, `since 10:04 MDT today`."""
    today = reader.is_today(wording.local_time(at, reader))
    return format_html(gettext("since {time} today") if today else gettext("since {time}"), time=moment(at, reader))


# ── the top of the page ──────────────────────────────────────────────────────


def headline(page: Page, *, name: str, reader: Reader) -> SafeString:
    """Who has the case, and the next date; of a broken promise, that it is broken."""
    if not page.open:
        return _closed_headline(page, name)
    has = gettext("{owner} has your case, {name}.") if name else gettext("{owner} has your case.")
    parts = [format_html(has, owner=page.owner.name, name=name)]
    broken = [p for p in page.promises if p.overdue(reader.now or p.due_at)]
    if broken:
        parts.append(_we_are_late(broken))
    if page.next is not None and page.next not in broken:
        parts.append(next_date(page.next, manager=page.higher.person, reader=reader))
    return SafeString(" ".join(parts))


def _closed_headline(page: Page, name: str) -> SafeString:
    if page.confirmed_at:
        said = gettext("It is right again, {name}.") if name else gettext("It is right again.")
    elif name:
        said = gettext("{who} thinks it is done, {name}. Is it right again?")
    else:
        said = gettext("{who} thinks it is done. Is it right again?")
    return format_html(said, who=page.closed_by, name=name)


def _we_are_late(broken: list[Shown]) -> SafeString:
    said = [p for p in broken if p.said]
    if not said:
        return format_html("{}", gettext("We are late."))
    text = ngettext("We have broken a promise to you.", "We have broken {n} promises to you.", len(said))
    return format_html(text, n=len(said))


def next_date(promise: Shown, *, manager: models.Staff | None, reader: Reader) -> SafeString:
    """The next date as a sentence, by what is due then; of a manager's answer, by whom."""
    if promise.kind == MANAGER and manager is not None:
        text = gettext("{who} answers you {by}.")
        return format_html(text, who=with_role(manager), by=by(promise.due_at, reader))
    kind = "reply" if promise.kind.startswith("standing ") else promise.kind
    text = NEXT.get(kind) or gettext_noop("We owe you something {by}.")
    return format_html(gettext(text), by=by(promise.due_at, reader))


def turn(page: Page, reader: Reader) -> SafeString:
    """Whose turn it is, and what happens if nothing happens."""
    until, owner = page.ball_until, page.owner.name
    if page.ball is Ball.CUSTOMER and until is not None:
        if page.asked:
            text = gettext(
                "It is your turn now: {owner} asked you something. If we hear nothing {by}, it is our turn again, "
                "and {owner} looks after it. Nothing closes by itself."
            )
        else:
            text = gettext(
                "It is your turn now, if there is anything you want to add. If we hear nothing {by}, it is our turn "
                "again, and {owner} looks after it. Nothing closes by itself."
            )
        return format_html(text, owner=owner, by=by(until, reader))
    if page.ball is Ball.PARTNER and until is not None:
        text = gettext("A partner of ours has something to do first, {by}. Then it is our turn. You need do nothing.")
        return format_html(text, by=by(until, reader))
    if any(p.overdue(reader.now or p.due_at) for p in page.promises):
        return format_html("{}", gettext("It is our turn, and we are late. Somebody higher is a button away, below."))
    return format_html("{}", gettext("It is our turn. You need do nothing for it to go on."))


def answer(page: Page, reader: Reader) -> SafeString:
    """Under the message field: to whom it goes, and by when that person answers."""
    owner, answer = page.owner.name, page.answer
    if answer.due_at is None:
        return format_html(gettext("Goes to {owner}."), owner=owner)
    if answer.due_at <= (reader.now or answer.due_at):
        text = gettext("Goes to {owner}. You have waited for an answer {since}; writing again does not put it off.")
        return format_html(text, owner=owner, since=since(answer.waiting_since or answer.due_at, reader))
    return format_html(gettext("Goes to {owner}, who answers {by}."), owner=owner, by=by(answer.due_at, reader))


def manager(higher: Higher, reader: Reader) -> SafeString:
    """Who is asked for a manager's answer, and by when; or that he has been asked."""
    who = with_role(higher.person) if higher.person else gettext("A manager")
    if higher.asked_at is not None and higher.due_at is not None:
        asked = on(higher.asked_at, reader)
        if higher.due_at <= (reader.now or higher.due_at):
            text = gettext("You asked {asked}. {who} was told, and should have answered {by}.")
        else:
            text = gettext("You asked {asked}. {who} was told, and answers you {by}.")
        return format_html(text, asked=asked, who=who, by=by(higher.due_at, reader))
    if higher.due_at is None:
        return format_html(gettext("{who} hears it at once."), who=who)
    return format_html(gettext("{who} hears it at once, and answers you {by}."), who=who, by=by(higher.due_at, reader))


def with_role(person: models.Staff) -> str:
    """`Marta Olsen (team lead)`."""
    return gettext("{name} ({role})").format(name=person.name, role=gettext(ROLES[Role(person.role)]))


# ── one promise ──────────────────────────────────────────────────────────────


def words(promise: Shown) -> str:
    """What was said, or what a clock of the policy is called."""
    if promise.words:
        return promise.words
    if promise.kind.startswith("standing "):
        return gettext(CLOCKS["reply"])
    return gettext(CLOCKS.get(promise.kind) or promise.title or promise.kind)


def source(promise: Shown) -> str:
    """Who said it, or where it stood."""
    if promise.by_person:
        return promise.by
    return gettext(SOURCES.get(promise.source, promise.source)) if promise.source else ""


def truth(promise: Shown, reader: Reader) -> list[SafeString]:
    """A broken promise in plain words: what became of it, and when he was told."""
    if promise.broken_at is None and not promise.overdue(reader.now or promise.due_at):
        return []
    due = promise.due_at
    if promise.kept_at is not None:
        return []
    said = [format_html(gettext("It was due {on}."), on=on(due, reader))]
    if promise.replaced_at is not None:
        said.append(_replaced(promise, reader))
    elif promise.released_at is not None:
        text = gettext("You told us {on} that we need not do it any more. It stays here as broken.")
        said.append(format_html(text, on=on(promise.released_at, reader)))
    elif promise.outstanding:
        said.append(format_html("{}", gettext("It is not done, and we still owe it to you.")))
        said.append(_heard(promise, reader))
    else:
        said.append(format_html("{}", gettext("It was not done.")))
    return said


def _replaced(promise: Shown, reader: Reader) -> SafeString:
    at = promise.replaced_at or promise.due_at
    if promise.successor:
        text = gettext("You were told {on}, {span} after it broke, and got another promise in its place: {words}")
    else:
        text = gettext("You were told {on}, {span} after it broke.")
    quoted = gettext("“{words}”").format(words=promise.successor)
    return format_html(
        text,
        on=on(at, reader),
        span=wording.spoken_span(at - (promise.broken_at or promise.due_at)),
        words=format_html('<span class="said">{}</span>', quoted),
    )


def _heard(promise: Shown, reader: Reader) -> SafeString:
    if promise.heard_at is None:
        return format_html("{}", gettext("Nobody of us has written to you since. You should have heard before."))
    text = gettext("You next heard from us {on}, {span} after it broke. You should have heard before.")
    late = promise.heard_at - (promise.broken_at or promise.due_at)
    return format_html(text, on=on(promise.heard_at, reader), span=wording.spoken_span(late))
