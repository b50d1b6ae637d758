"""What a member of staff is told of orders that others carry out: its sentences, by the notice's kind.

`why` is the connector's own sentence; it and the title are never read as sentences of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from makegood.notify import recorded

from .remedies_told import Sentences

KINDS = (
    "order.unknown", "order.held_up", "order.done_after_all", "order.not_undone", "order.crashed", "connector.trouble",
)  # fmt: skip


def sentences(kind: str, facts: Mapping[str, object]) -> Sentences:
    """Return what is said of a notice of one of KINDS, in the active language."""
    why = recorded.say(_text(facts, "why"))
    because = (why,) if why else ()
    match kind:
        case "order.unknown":
            more = gettext("Nothing is done twice: it is asked for by its key until somebody knows. Look there, too.")
            words = gettext("Nobody knows whether what we ordered for {who} was carried out.")
            return Sentences(words, (*because, more), bad=True)
        case "order.held_up":
            words = gettext("What we ordered for {who} waits: something of ours must be mended.")
            more = gettext("Mend it, or do it by hand. Its clock runs.")
            return Sentences(words, (*because, more), bad=True)
        case "order.done_after_all":
            words = gettext("What we ordered for {who} was carried out after all, when it no longer counted.")
            more = gettext("Look whether he has it twice now, and agree with him.")
            return Sentences(words, (more,), bad=True)
        case "order.not_undone":
            words = gettext("What was taken back from {who} could not be undone.")
            return Sentences(words, because, bad=True)
        case "order.crashed":
            words = gettext("What became of an order for {who} could not be written down. It is asked for again.")
            return Sentences(words, (), bad=True)
    words = gettext("The connector “{name}” has trouble: what is ordered through it waits.")
    name = _text(facts, "connector").replace("{", "").replace("}", "") or "?"
    return Sentences(words.replace("{name}", name), because, bad=True)


def _text(facts: Mapping[str, object], key: str) -> str:
    found = facts.get(key)
    return found if isinstance(found, str) else ""
