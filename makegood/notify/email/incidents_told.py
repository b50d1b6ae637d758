"""What a member of staff is told of incidents: its sentences, by the notice's kind."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from makegood.notify import recorded

KINDS = ("incident.stopped", "incident.needs_approval", "incident.option_added", "incident.untold")


def sentences(kind: str, facts: Mapping[str, object]) -> tuple[str, tuple[str, ...], bool]:
    """Return the first sentence, what follows it, and whether it is bad news, of a notice of one of KINDS."""
    said = {name: value for name, value in facts.items() if isinstance(value, str)}
    title = said.get("title", "")
    match kind:
        case "incident.stopped":
            why = recorded.say(said.get("why", ""))
            more = gettext("Nobody else on its list is touched before somebody lets it go on.")
            return (
                gettext("The job of the incident “{title}” stopped by itself.").format(title=title),
                (why, more),
                True,
            )
        case "incident.needs_approval":
            more = gettext("{name} made the dry run. Look at it, and say yes or no.").format(name=said.get("who", ""))
            words = gettext("The incident “{title}” would cost {sum}, and waits for your yes.")
            return words.format(title=title, sum=said.get("sum", "")), (more,), False
        case "incident.untold":
            untold = facts.get("untold")
            n = untold if isinstance(untold, int) else 0
            words = ngettext(
                "{n} person whom the incident “{title}” hit has not heard it from us in time.",
                "{n} people whom the incident “{title}” hit have not heard it from us in time.",
                n,
            )
            more = gettext("Tell them, or press “I have it” on its page. Otherwise whoever is above you hears next.")
            return words.format(n=n, title=title), (more,), True
    more = gettext("Whoever of yours was offered something already has that offer. Offer him this, too.")
    words = gettext("One of the people of the incident “{title}” was granted something that all may choose now.")
    return words.format(title=title), (more,), False
