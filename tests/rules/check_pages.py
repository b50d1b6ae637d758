"""docs/checks/README.md, written from the checks themselves.

    python -m tests.rules.check_pages     writes it anew
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from pathlib import Path

from makegood.rules.checks import CHECKS
from makegood.rules.checks.check import Check

PAGE = Path(__file__).parents[2] / "docs" / "checks" / "README.md"

OPENING = """# What Makegood looks for

Each check is one sentence over facts. The desk asks it about one case as things happen; the audit asks the
same sentence about millions of rows of anybody's records. A finding names the code, the case, and since when.

This page is written from the checks (`makegood/rules/checks/`) by `python -m tests.rules.check_pages`; a test
fails when the two differ. The times of the examples are UTC.
"""


def page() -> str:
    """Return the page that lists every check."""
    contents = [f"- [{check.code}](#{check.code.lower()}) {check.title}" for check in CHECKS]
    return "\n".join([OPENING, *contents, "", *(_section(check) for check in CHECKS)])


def _section(check: Check) -> str:
    lines = [f"## {check.code}", "", f"**{check.title}.** {check.why}", "", "Found:", ""]
    lines += [f"- {_shown(facts)}" for facts in check.bad]
    lines += ["", "All right:", ""]
    lines += [f"- {_shown(facts)}" for facts in check.good]
    return "\n".join([*lines, ""])


def _shown(facts: object) -> str:
    """Return what an example says on record; what is left out is blank."""
    told = []
    for field in fields(facts):  # type: ignore[arg-type]  # the examples are dataclasses
        value = getattr(facts, field.name)
        if value in (None, False):
            continue
        words = field.name.removesuffix("_at").replace("_", " ")
        told.append(words if value is True else f"{words} {_value(value)}")
    return ", ".join(told)


def _value(value: object) -> str:
    return value.strftime("%a %H:%M") if isinstance(value, datetime) else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
