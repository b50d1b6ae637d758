"""Letters to many: a text with blanks, filled in for each. There is no logic in it, and nothing to reach into.

A blank is a word of `FIELDS` in braces. Anything else in braces is refused when the text is written, so that
`{{7*7}}` or `{case.owner}` never gets as far as a customer (A-51). What is filled in is data: it is cleaned to one
line and not looked at again, so that a name that looks like a blank stays the name it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELDS = ("name", "order", "item", "amount", "case", "owner", "house")
"""All that a letter to many may say of one person."""
LONGEST = 200
"""Characters of what is filled in; a name is shorter."""

_BLANK = re.compile(r"\{([a-z]{1,20})\}")


def wrong(text: str) -> tuple[str, ...]:
    """Return what stands in braces and is no blank, as it stands; empty where the text can be used."""
    blanks = _BLANK.sub(lambda found: "" if found[1] in FIELDS else found[0], text)
    found = re.findall(r"\{[^{}]*\}|[{}%]\s*[{}%]|[{}]", blanks)
    return tuple(dict.fromkeys(one[:40] for one in found))


def used(text: str) -> frozenset[str]:
    """Return the blanks of a text."""
    return frozenset(field for field in _BLANK.findall(text) if field in FIELDS)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with each blank filled in, once. A blank nobody has a value for stays empty."""
    return _BLANK.sub(lambda found: _plain(values.get(found[1], "")) if found[1] in FIELDS else found[0], text)


def _plain(value: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())[:LONGEST]
