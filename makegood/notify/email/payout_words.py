"""What the old address is told when somebody changes where a customer's mail or money goes (A-60)."""

from __future__ import annotations

from django.utils.translation import gettext, override


def address_changed(*, new: str, case: str, language: str) -> str:
    """Return the word to the old address; of the new one it shows no more than he needs to know his own."""
    name, _, domain = new.partition("@")
    with override(language):
        return gettext(
            "From now on we write to {new} about your case {case}. Nothing that is worth money leaves within a day. "
            "If it wasn’t you who changed this, answer this mail: it reaches us as before."
        ).format(new=f"{name[:1]}…@{domain}", case=case)


def means_changed(*, reference: str, case: str, language: str) -> str:
    """Return the word that another payment stands in the place of the original one."""
    with override(language):
        return gettext(
            "Another payment was noted for your case {case}, ending in {end}. Nothing is paid to it within a day. "
            "If it wasn’t you who changed this, answer this mail."
        ).format(end=reference[-4:], case=case)
