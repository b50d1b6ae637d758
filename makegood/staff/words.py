"""The house's own words on screen: tags, doors, kinds, roles, what a promise came from. All translatable."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from makegood.rules.policy import Policy, Role

ROLES = {
    Role.AGENT: pgettext_lazy("role", "agent"),
    Role.LEAD: pgettext_lazy("role", "team lead"),
    Role.HEAD: pgettext_lazy("role", "head of service"),
    Role.EXECUTIVE: pgettext_lazy("role", "executive"),
    Role.ADMIN: pgettext_lazy("role", "administrator"),
}
KINDS = {
    "answer": pgettext_lazy("kind of reply", "answer"),
    "offer": pgettext_lazy("kind of reply", "offer"),
    "promise": pgettext_lazy("kind of reply", "promise"),
    "news": pgettext_lazy("kind of reply", "news"),
    "ask": pgettext_lazy("kind of reply", "ask"),
    "acknowledgement": pgettext_lazy("kind of reply", "acknowledgement"),
    "transfer": pgettext_lazy("kind of reply", "transfer"),
    "apology": pgettext_lazy("kind of reply", "apology"),
    "survey": pgettext_lazy("kind of reply", "survey"),
}
SOURCES = {
    "person": gettext_lazy("a person"),
    "automatic text": gettext_lazy("an automatic text"),
    "web page": gettext_lazy("a web page"),
    "order": gettext_lazy("an order"),
    "partner": gettext_lazy("a partner"),
    "policy": gettext_lazy("our own policy"),
    "law": gettext_lazy("a law"),
}
STANDINGS = {
    "waiting": gettext_lazy("waits for their mail server"),
    "accepted": gettext_lazy("accepted by their mail server"),
    "uncertain": gettext_lazy("not known whether it arrived"),
    "refused": gettext_lazy("refused by their mail server"),
    "bounced": gettext_lazy("came back"),
}
FINDINGS = {
    "MG201": gettext_lazy("Drip asks"),
    "MG202": gettext_lazy("Passed around"),
    "MG204": gettext_lazy("Two answers to one letter"),
    "MG205": gettext_lazy("Sorry again, with nothing new"),
    "MG301": gettext_lazy("Customer not reached"),
    "MG302": gettext_lazy("The customer had to climb"),
    "MG701": gettext_lazy("Making it right failed, too"),
    "MG703": gettext_lazy("Made right too late"),
    "custody": gettext_lazy("We hold theirs, they hold nothing"),
    "MG711": gettext_lazy("We hold theirs, they hold nothing"),  # as it was called up to 0.5.0
}
TROUBLE = {
    "bad_address": gettext_lazy("An address could be read in two ways, so it was not believed."),
    "broken_mime": gettext_lazy("The structure of the mail is broken; it is shown as plain text."),
    "header_too_long": gettext_lazy(
        "The header is longer than 256 KB, or one field longer than 16 KB; the rest was not read."
    ),
    "hidden_characters": gettext_lazy(
        "The subject or a name held invisible or reversing characters; they were removed."
    ),
    "mixed_scripts": gettext_lazy("A name or the subject mixes alphabets within a word, as look-alikes do."),
    "too_deep": gettext_lazy("Parts are nested more than 20 levels deep; the inner ones were not read."),
    "too_large": gettext_lazy("The mail is larger than 25 MB; only its beginning was read."),
    "too_many_parts": gettext_lazy("The mail has more than 200 parts; the later ones were not read."),
    "truncated": gettext_lazy("Not all of the text is shown."),
    "undecodable_charset": gettext_lazy("Some characters could not be decoded; the original is kept."),
    "unknown_encoding": gettext_lazy("A part is encoded in a way we don't know; it is shown as it came."),
    "unreadable": gettext_lazy("The mail could not be read; the original is kept."),
    "unsettled_markup": gettext_lazy("The formatting of the mail could not be made safe; it is shown as text."),
}
"""What a mail had wrong, by the codes of `intake`."""
DOOR_ICONS = {
    "mail": "mail",
    "form": "form",
    "phone": "voicemail",
    "post": "letter",
    "social": "post",
    "order": "order",
    "page": "form",
}
BY_DOOR = {
    "mail": gettext_lazy("by mail"),
    "form": gettext_lazy("by web form"),
    "phone": gettext_lazy("by telephone"),
    "post": gettext_lazy("by post"),
    "social": gettext_lazy("by public post"),
    "order": gettext_lazy("by order feed"),
    "page": gettext_lazy("on their page"),
}


@dataclass(frozen=True, kw_only=True)
class Sign:
    """An icon of the sprite with its words, as a tag or a door wears them."""

    icon: str
    text: str
    look: str = ""
    """Nothing, warn or bad."""


def role(name: str) -> str:
    """Return what a role is called on screen; `owner` is a rung that is no role."""
    return _("owner") if name == "owner" else str(ROLES.get(Role(name), name))


def kind(name: str) -> str:
    return str(KINDS.get(name, name))


def trouble(code: str) -> str:
    return str(TROUBLE.get(code, code))


def door_sign(name: str, policy: Policy | None) -> Sign:
    """Return the icon and the words of the door something came in by."""
    door = policy.doors.get(name) if policy else None
    if door is not None and door.executive:
        return Sign(icon="exec", text=_("by executive mailbox"))
    kind = door.kind if door else name
    return Sign(icon=DOOR_ICONS.get(kind, "mail"), text=str(BY_DOOR.get(kind, name)))


def clock_title(kind: str, policy: Policy | None) -> str:
    """Return what a clock of the policy is called, in its own words."""
    if kind.startswith("standing "):
        return _("What the door says by itself")
    found = policy.kinds.get(kind) if policy else None
    return _(found.title) if found else kind


def tag(code: str) -> Sign:
    """Return a row's tag. Codes are those of `queries.board`."""
    if code.startswith("rung "):
        number = code.removeprefix("rung ")
        return Sign(icon="rung", text=_("rung {number}").format(number=number), look="bad")
    known = {
        "quarantined": Sign(icon="warn", text=_("set aside"), look="warn"),
        "executive letter": Sign(icon="exec", text=_("executive letter")),
        "asked for a manager": Sign(icon="rung", text=_("asked for a manager"), look="warn"),
        "asked twice": Sign(icon="q", text=_("asked twice"), look="warn"),
        "apologised twice": Sign(icon="warn", text=_("apologised twice"), look="warn"),
        "their turn": Sign(icon="pause", text=_("their turn")),
        "slipped": Sign(icon="box", text=_("slipped"), look="bad"),
    }
    return known.get(code) or Sign(icon="note", text=code)
