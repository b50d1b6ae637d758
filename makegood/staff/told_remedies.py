"""What happened on the way to making it right, told in a sentence each."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from makegood.desk.queries.timeline import Line
from makegood.notify import recorded
from makegood.rules.remedy_steps import Step

from .remedy_words import STEPS

Telling = tuple[str, str, str, str]
"""Look, icon, title and text of a mark."""


def _fact(line: Line, name: str) -> str:
    return str((line.facts or {}).get(name) or "")


def _asked(line: Line) -> Telling:
    by = line.event.by.name if line.event and line.event.by else ""
    return "sys", "q", "", _("{who} asked what would make it right.").format(who=by)


def _said(_line: Line) -> Telling:
    return "sys", "heart", _("The wish is known."), ""


def _passed(line: Line) -> Telling:
    return "sys", "warn", _("Offered without the wish."), _fact(line, "why")


def _held(line: Line) -> Telling:
    return "sys", "hold", _("We hold it:"), _fact(line, "what")


def _returned(_line: Line) -> Telling:
    return "sys", "hold", _("What we held is given back."), ""


def _item(line: Line) -> Telling:
    return "sys", "hold", _("It is about this, too:"), _fact(line, "what")


def _settled(line: Line) -> Telling:
    return "sys", "tick", _("One of the things needs nothing:"), _fact(line, "why")


def _step(step: Step) -> Callable[[Line], Telling]:
    icon, look, words = STEPS[step]
    if step is Step.PROPOSED:
        # Within one's authority nothing waits.
        words = pgettext_lazy("step of a remedy", "proposed")

    def tell(line: Line) -> Telling:
        said = _fact(line, "reference") or recorded.say(_fact(line, "why") or _fact(line, "evidence"))
        title = _("Remedy {n}: {step}.").format(n=_fact(line, "number"), step=words)
        return "bad" if look == "st-broken" else "sys", icon, title, said

    return tell


TELLINGS: dict[str, Callable[[Line], Telling]] = {
    "wish.asked": _asked,
    "wish.said": _said,
    "wish.passed": _passed,
    "property.held": _held,
    "property.returned": _returned,
    "item.named": _item,
    "item.settled": _settled,
    **{f"remedy.{step}": _step(step) for step in Step if step is not Step.FAILED},
}
"""A remedy that failed is a finding, and told as one."""
