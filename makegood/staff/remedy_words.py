"""The words of making it right on the staff's pages: steps, verbs, and who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from makegood.desk import models
from makegood.rules.authority import GIVERS
from makegood.rules.policy import Role
from makegood.rules.remedy_steps import Step

from . import words
from .words import Sign

STEPS: Mapping[str, tuple[str, str, Promise]] = {
    Step.PROPOSED: ("split", "st-soon", pgettext_lazy("step of a remedy", "waits for a yes")),
    Step.APPROVED: ("hand", "st-run", pgettext_lazy("step of a remedy", "approved, not offered yet")),
    Step.DENIED: ("cross", "", pgettext_lazy("step of a remedy", "denied")),
    Step.OFFERED: ("pause", "st-paused", pgettext_lazy("step of a remedy", "offered, their turn")),
    Step.ACCEPTED: ("hand", "st-run", pgettext_lazy("step of a remedy", "chosen, not ordered yet")),
    Step.ORDERED: ("order", "st-run", pgettext_lazy("step of a remedy", "ordered")),
    Step.SHIPPED: ("next", "st-run", pgettext_lazy("step of a remedy", "on its way")),
    Step.DELIVERED: ("clock", "st-run", pgettext_lazy("step of a remedy", "there, not confirmed yet")),
    Step.CONFIRMED: ("tick", "st-kept", pgettext_lazy("step of a remedy", "confirmed")),
    Step.DECLINED: ("ring", "", pgettext_lazy("step of a remedy", "declined")),
    Step.FAILED: ("box", "st-broken", pgettext_lazy("step of a remedy", "failed")),
    Step.REVERSED: ("ring", "", pgettext_lazy("step of a remedy", "taken back")),
}
"""Icon, look and words of each step."""
FAILURES: Mapping[str, Promise] = {
    "outcome": gettext_lazy("What they got was wrong"),
    "process": gettext_lazy("How they were treated was wrong"),
    "both": gettext_lazy("Both"),
}


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Something one may do to a remedy now. With a `label` one has to say something, and `needed` says it must be."""

    name: str
    title: str
    label: str = ""
    needed: bool = True
    strong: bool = False

    @property
    def field(self) -> bool:
        return bool(self.label)


def sign(row: models.Remedy) -> Sign:
    """Return how far a remedy is: colour, shape and word."""
    if row.step == Step.PROPOSED and row.needs:
        text = _("waits for a yes of: {role}").format(role=words.role(row.needs))
        return Sign(icon="split", look="st-soon", text=text)
    if row.step == Step.CONFIRMED and row.weak:
        return Sign(icon="tick", look="st-kept", text=_("confirmed, not by their own word"))
    icon, look, words_of_it = STEPS[row.step]
    return Sign(icon=icon, look=look, text=str(words_of_it))


def verbs(row: models.Remedy, *, reader: models.Staff, chooses: bool) -> list[Verb]:
    """Return what may be done to a remedy at its step; who may is decided when it is done.

    `chooses`: whether the customer has several options.
    """
    found = [verb for name in _BY_STEP.get(row.step, ()) if (verb := _verb(name)) is not None]
    if row.step == Step.PROPOSED and not may_decide(row, reader):
        found = [verb for verb in found if verb.name not in ("approve", "deny")]
    if row.step == Step.APPROVED and chooses:
        found = [verb for verb in found if verb.name != "order"]
    return found


def may_decide(row: models.Remedy, reader: models.Staff) -> bool:
    """Return whether somebody may say yes or no to it: his role may, and he did not propose it himself."""
    role = Role(reader.role)
    if role not in GIVERS or row.proposed_by_id == reader.pk:
        return False
    return not row.needs or GIVERS.index(role) >= GIVERS.index(Role(row.needs))


_BY_STEP: Mapping[str, tuple[str, ...]] = {
    Step.PROPOSED: ("approve", "deny", "reverse"),
    Step.APPROVED: ("order", "reverse"),
    Step.OFFERED: ("decline",),
    Step.ACCEPTED: ("order", "fail"),
    Step.ORDERED: ("ship", "deliver", "fail", "reverse"),
    Step.SHIPPED: ("deliver", "fail", "reverse"),
    Step.DELIVERED: ("confirm", "fail", "reverse"),
}


def _verb(name: str) -> Verb | None:
    made = {
        "approve": Verb(name=name, title=_("Approve"), strong=True),
        "deny": Verb(name=name, title=_("Deny"), label=_("Why not?")),
        "order": Verb(name=name, title=_("Order it"), strong=True),
        "ship": Verb(
            name=name, title=_("It is on its way"), label=_("Tracking number, or who carries it"), strong=True
        ),
        "deliver": Verb(name=name, title=_("It is there"), label=_("What shows it?")),
        "confirm": Verb(name=name, title=_("It is right"), label=_("What shows it, or where did they say so?")),
        "decline": Verb(name=name, title=_("They don’t want it"), label=_("What did they say?")),
        "fail": Verb(name=name, title=_("It failed"), label=_("What went wrong?")),
        "reverse": Verb(name=name, title=_("Take it back"), label=_("Why?")),
    }
    return made.get(name)


DONE: Mapping[str, Promise] = {
    "approve": gettext_lazy("Approved. It may be offered now."),
    "deny": gettext_lazy("Denied, and whoever proposed it is told why."),
    "order": gettext_lazy("Ordered. It is carried out once, whatever happens."),
    "ship": gettext_lazy("On its way, and they see it."),
    "deliver": gettext_lazy("There. They are asked whether it is right."),
    "confirm": gettext_lazy("Confirmed, and marked as not by their own word."),
    "decline": gettext_lazy("Declined. What was set aside for it is free again."),
    "fail": gettext_lazy("It failed. One rung higher has been told."),
    "reverse": gettext_lazy("Taken back."),
}
"""What is said after each verb."""
LEADS_TO: Mapping[str, Step] = {
    "approve": Step.APPROVED,
    "deny": Step.DENIED,
    "order": Step.ORDERED,
    "ship": Step.SHIPPED,
    "deliver": Step.DELIVERED,
    "confirm": Step.CONFIRMED,
    "decline": Step.DECLINED,
    "fail": Step.FAILED,
    "reverse": Step.REVERSED,
}
"""The step a remedy is at once the verb was done."""
