"""What remedies are called on every page, by the kinds of the rule book."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: Mapping[str, Promise] = {
    "apology": pgettext_lazy("kind of remedy", "Apology"),
    "explanation": pgettext_lazy("kind of remedy", "Explanation"),
    "repair": pgettext_lazy("kind of remedy", "Repair"),
    "replacement": pgettext_lazy("kind of remedy", "Replacement"),
    "choose_any": pgettext_lazy("kind of remedy", "Any other one, free"),
    "substitute": pgettext_lazy("kind of remedy", "Substitute"),
    "refund": pgettext_lazy("kind of remedy", "Refund"),
    "credit": pgettext_lazy("kind of remedy", "Credit"),
    "code": pgettext_lazy("kind of remedy", "Code"),
    "service": pgettext_lazy("kind of remedy", "Service"),
    "custom": pgettext_lazy("kind of remedy", "Something else"),
    "choice": pgettext_lazy("kind of remedy", "A choice"),
}


def kind(name: str) -> str:
    """Return what a kind of remedy is called."""
    return str(KINDS.get(name, name))
