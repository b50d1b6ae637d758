"""What the catalogue of a policy may not say: a remedy is never tied to a review (R-REVIEW)."""

from __future__ import annotations

from makegood.rules.policy import Policy
from makegood.rules.policy_file import PolicyErrors
from makegood.rules.policy_tables import PolicyError

from .tone import hangs_on_review


def refuse_bought_reviews(policy: Policy) -> None:
    """Refuse a catalogue in which a title ties a remedy to a review, in any of its languages. Raises PolicyErrors."""
    said = [(f"remedies.{key}.title", entry.title) for key, entry in policy.remedies.items()]
    for key, entry in policy.remedies.items():
        said += [(f"remedies.{key}.titles.{language}", title) for language, title in entry.titles.items()]
    what = "ties making it right to a review"
    bought = [
        PolicyError(where=where, what=what, instead="the remedy without the condition")
        for where, title in said
        if hangs_on_review(title)
    ]
    if bought:
        raise PolicyErrors(bought)
