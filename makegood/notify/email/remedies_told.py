"""What a member of staff is told of wishes and remedies: its sentences, by the notice's kind.

Each entry is the first sentence, with a gap for the customer, what follows it, and whether it is bad news. Words
of other people's stand in `why` and `who`, and are never read as sentences of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext

from makegood.notify import recorded


class Sentences(NamedTuple):
    """What is said of one notice; `first` still has the gap `{who}`."""

    first: str
    more: tuple[str, ...] = ()
    bad: bool = False


KINDS = (
    "remedy.waits", "remedy.approved", "remedy.denied", "remedy.accepted", "remedy.declined", "remedy.failed",
    "remedy.twice", "wish.said",
)  # fmt: skip


def sentences(kind: str, facts: Mapping[str, object]) -> Sentences:
    """Return what is said of a notice of one of KINDS, in the active language."""
    by, why = _text(facts, "who"), recorded.say(_text(facts, "why"))
    because = (gettext("The reason given: {why}").format(why=why),) if why else ()
    match kind:
        case "remedy.waits":
            more = gettext("{name} asks for it. Say yes or no on its page; the clock for that runs.").format(name=by)
            return Sentences(gettext("A remedy for {who} waits for your yes."), (more, *_reasons(facts)))
        case "remedy.approved":
            more = gettext("{name} said yes. Offer it now.").format(name=by)
            return Sentences(gettext("The remedy that you asked for in the case of {who} is approved."), (more,))
        case "remedy.denied":
            more = gettext("{name} said no.").format(name=by)
            words = gettext("The remedy that you asked for in the case of {who} is denied.")
            return Sentences(words, (more, *because))
        case "remedy.accepted":
            return Sentences(gettext("{who} has chosen. The page of the case says how far it is."))
        case "remedy.declined":
            if why == "expired":
                return Sentences(gettext("An offer to {who} ran out without an answer. Find out what else would help."))
            return Sentences(gettext("{who} does not want what we offered. What else?"), because)
        case "remedy.failed":
            words = gettext("What we did to make it right for {who} failed as well.")
            return Sentences(words, (*because, gettext("Somebody higher hears it, too.")), bad=True)
        case "remedy.twice":
            words = gettext("“{title}” was given for the second time, and is not in the catalogue.")
            more = gettext("If it helps, put it there, so that everybody may give it.")
            return Sentences(words.replace("{title}", _text(facts, "title").replace("{", "").replace("}", "")), (more,))
    return Sentences(gettext("{who} says what would make it right."))


def _reasons(facts: Mapping[str, object]) -> tuple[str, ...]:
    found = facts.get("reasons")
    return tuple(recorded.say(each) for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _text(facts: Mapping[str, object], key: str) -> str:
    found = facts.get(key)
    return found if isinstance(found, str) else ""
