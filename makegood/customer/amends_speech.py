"""The sentences about making it right, in the customer's language and on his clock."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from makegood.desk.queries.customer_remedies import Given, Option
from makegood.rules.remedy_steps import Step
from makegood.ui import wording
from makegood.ui.wording import Reader

from .speech import by, on

STEPS: dict[Step, tuple[str, str, str]] = {
    Step.OFFERED: ("hand", "st-run", gettext_noop("Your turn")),
    Step.ACCEPTED: ("tick", "st-run", gettext_noop("Chosen")),
    Step.ORDERED: ("order", "st-run", gettext_noop("Ordered")),
    Step.SHIPPED: ("next", "st-run", gettext_noop("On its way")),
    Step.DELIVERED: ("clock", "st-run", gettext_noop("It should be with you")),
    Step.CONFIRMED: ("tick", "st-kept", gettext_noop("Right again")),
    Step.DECLINED: ("ring", "", gettext_noop("You did not want it")),
    Step.FAILED: ("box", "st-broken", gettext_noop("It did not work")),
    Step.REVERSED: ("ring", "", gettext_noop("Taken back")),
}
"""Icon, look and word of each step that he sees."""
SENTENCES = {
    Step.ACCEPTED: gettext_noop("You chose it {on}."),
    Step.ORDERED: gettext_noop("It was ordered {on}."),
    Step.SHIPPED: gettext_noop("It left us {on}."),
    Step.DELIVERED: gettext_noop("As far as we know it has been with you since {since}. Is it right?"),
    Step.CONFIRMED: gettext_noop("You told us {on} that it is right."),
    Step.DECLINED: gettext_noop(
        "Written down {on}: you do not want it. If that is not so, tell us below. It is our turn again."
    ),
    Step.FAILED: gettext_noop("It went wrong {on}. We owe you something else, and somebody higher has been told."),
    Step.REVERSED: gettext_noop("We took it back {on}."),
}


def sign(given: Given) -> dict[str, str]:
    """Return how far a remedy is: icon, look and word."""
    icon, look, text = STEPS[given.step]
    return {"icon": icon, "look": look, "text": gettext(text)}


def step(given: Given, reader: Reader) -> SafeString:
    """Return how far it is as a sentence."""
    if given.step is Step.CONFIRMED and given.weak:
        text = gettext("We count it as right since {since}. If it is not, say so.")
    elif given.step is Step.FAILED and given.followed:
        text = gettext("It went wrong {on}. What you can have instead is on this page.")
    elif given.step is Step.ACCEPTED and given.order_at is None:
        text = gettext("You chose it {on}. We order it next.")
    else:
        text = gettext(SENTENCES[given.step]) if given.step in SENTENCES else ""
    moved = given.moved_at
    return format_html(text, on=on(moved, reader), since=SafeString(wording.time_element(moved, reader, "full")))


def reaches(option: Option, reader: Reader) -> SafeString | str:
    """Return when he has it."""
    if option.arrives_by is None:
        return ""
    day = wording.day_element(option.arrives_by, reader)
    money = option.kind == "refund"
    return format_html(gettext("back by {day}") if money else gettext("with you by {day}"), day=day)


def waits(given: Given, reader: Reader) -> SafeString | str:
    """Return until when he may choose another, or why what he chose is ordered only later."""
    if given.order_at is None:
        return ""
    if given.held:
        text = gettext("Your address or payment was changed lately. For your safety it is ordered only {at}.")
    elif given.changeable:
        text = gettext("It is ordered {at}. Until then you may choose another.")
    else:
        return ""
    return format_html(text, at=on(given.order_at, reader))


def until(given: Given, reader: Reader) -> SafeString | str:
    """Return until when he may choose."""
    if given.expires_at is None:
        return ""
    text = gettext("Please choose {by}. If you have not by then, nothing is lost: we ask you again.")
    return format_html(text, by=by(given.expires_at, reader))
