"""What each customer of an incident reads when he was given something."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, override


def given(*, titles: Sequence[str], words: str, chooses: bool, language: str) -> tuple[str, str]:
    """Return subject and text. `titles` is what he gets, or among what he `chooses`; `words` is what staff wrote."""
    with override(language):
        subject = gettext("To make it right")
        if chooses:
            lead = gettext("You may choose one of these on your private page. The link is below.")
        else:
            lead = gettext("This is yours. You find it on your private page; the link is below.")
    what = "\n".join(f"- {title}" for title in titles)
    return subject, "\n\n".join(part for part in (words, lead, what) if part)
