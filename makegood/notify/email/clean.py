"""Taking out what could turn a field into a header, a second line, or something other than it looks like.

Every field of a mail passes here before anything is done with it (A-18,
A-31). What is left is still any text at all: HTML and header encoding are
escaped where they are written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

LINE_LIMIT = 500
"""Longest name, subject or words of a promise, in characters."""

Value = TypeVar("Value")

_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
_LINE_ENDS = re.compile("\r\n|[\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_JOINERS = "\u200c\u200d"
"""Persian, Indic scripts and emoji are written with these."""


def one_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return the text as one visible line: no line breaks, controls, reversals or hidden characters."""
    text = _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text[: limit * 4]))
    if not text.isprintable():
        text = "".join(sign for sign in text if not _hidden(sign))
    text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def several_lines(text: str) -> str:
    """Return the text with its line ends as newlines and without controls; otherwise exactly as written."""
    return _CONTROLS.sub("", _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text)))


def cleaned(letter: Value, *, keep: tuple[str, ...] = ()) -> Value:
    """Return a letter with every text in it made one line, however deep; fields in `keep` keep their lines."""
    if is_dataclass(letter) and not isinstance(letter, type):
        made = {
            field.name: several_lines(value) if field.name in keep else _clean(value)
            for field in fields(letter)
            for value in [getattr(letter, field.name)]
        }
        return cast(Value, replace(cast(Any, letter), **made))
    return cast(Value, _clean(letter))


def _clean(value: Any) -> Any:
    match value:
        case str():
            return one_line(value, 2_000 if value.startswith(("http://", "https://")) else LINE_LIMIT)
        case tuple() | list():
            return type(value)(_clean(part) for part in value)
        case dict():
            return {_clean(key): _clean(part) for key, part in value.items()}
        case _:
            return cleaned(value) if is_dataclass(value) else value


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co") and sign not in _JOINERS
