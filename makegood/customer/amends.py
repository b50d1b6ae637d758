"""Making it right, on his page: his wish in his words, his choice, and what he says when it has arrived."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext

from makegood.desk.actions import remedies, wishes
from makegood.desk.actions import reminders as reminding
from makegood.desk.queries import customer_remedies
from makegood.desk.queries.customer_remedies import Given

from . import shown
from .door import Visit, gone, private
from .shown import Unsent
from .typed import Typed
from .views import take

PLACE = "amends"


@private("POST")
def wish(visit: Visit) -> HttpResponse:
    """He says what would make it right."""

    def say(sent: Typed, _once: str) -> HttpResponse:
        wishes.say_by_customer(visit.link, words=sent.text, now=visit.now)
        return visit.to_page("wish", PLACE)

    return take(visit, say, place=PLACE, needs_words=True, counts=False)


@private("POST")
def reminders(visit: Visit) -> HttpResponse:
    """He says whether he wants to be reminded of his codes."""

    def ask(_sent: Typed, _once: str) -> HttpResponse:
        wanted = visit.request.POST.get("remind") == "on"
        reminding.ask(visit.link, wanted=wanted, now=visit.now)
        return visit.to_page("reminded" if wanted else "not-reminded", "reminders")

    return take(visit, ask, place="reminders", counts=False)


@private("POST")
def choose(visit: Visit, number: int) -> HttpResponse:
    """He chooses one of what was offered. Nothing is chosen for him."""

    def chosen(sent: Typed, _once: str) -> HttpResponse:
        option = visit.request.POST.get("option", "")[:60]
        if not option:
            reasons = (gettext("Nothing is chosen yet. Choose one of them first."),)
            return shown.render(visit, unsent=Unsent(reasons=reasons, place=PLACE, text=sent.text))
        remedies.choose_by_customer(visit.link, number, option, words=sent.text, now=visit.now)
        return visit.to_page("chosen", PLACE)

    return _about(visit, number, chosen)


@private("POST")
def decline(visit: Visit, number: int) -> HttpResponse:
    """He wants none of it, and may say what instead."""

    def declined(sent: Typed, _once: str) -> HttpResponse:
        why = sent.text or gettext("None of these.")
        remedies.decline_by_customer(visit.link, number, why=why, now=visit.now)
        return visit.to_page("declined", PLACE)

    return _about(visit, number, declined)


@private("POST")
def confirm(visit: Visit, number: int) -> HttpResponse:
    """He has it, and it is right."""

    def confirmed(_sent: Typed, _once: str) -> HttpResponse:
        remedies.confirm_by_customer(visit.link, number, now=visit.now)
        return visit.to_page("confirmed", PLACE)

    return _about(visit, number, confirmed)


@private("POST")
def not_right(visit: Visit, number: int) -> HttpResponse:
    """It did not come, or it did not make it right. Somebody higher hears it at once."""

    def said(sent: Typed, _once: str) -> HttpResponse:
        remedies.not_right_by_customer(visit.link, number, why=sent.text, now=visit.now)
        return visit.to_page("not-right", PLACE)

    return _about(visit, number, said)


def _about(visit: Visit, number: int, act: Callable[[Typed, str], HttpResponse]) -> HttpResponse:
    """Let a form about one remedy act; a remedy that his page doesn't show isn't there."""
    found: Given | None = customer_remedies.remedy(visit.link, number, now=visit.now)
    return take(visit, act, place=PLACE, counts=False) if found else gone()
