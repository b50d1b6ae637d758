"""HTML from values: everything is escaped unless this file made it.

A report shows words of other people's files: the names of teams, cases and customers. Whoever
could put a tag there could run a script where a director reads. So text becomes markup in one
place, and a text that is not `Html` is never let through as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

Child = object
"""A text, a number, markup, None for nothing, or an iterable of them."""

_EMPTY = frozenset(("br", "hr", "meta", "link", "line", "rect", "circle", "path", "use", "col"))


LONGEST = 20_000
"""Characters of one text of a log that are shown. The files beside the report have all of it."""

_CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF} - {ord(each) for each in "\t\n\r"}
_TURNS = {0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_UNSEEN = dict.fromkeys(_CONTROLS | _TURNS | set(range(0xD800, 0xE000)), "\ufffd")
"""NUL ends a page for those who print it; marks of direction show a name as another than it is."""


class Html(str):
    """Markup that is safe to stand on a page as it is."""

    __slots__ = ()


def tag(name: str, /, *children: Child, **attributes: object) -> Html:
    """Return an element. `class_` and `aria_label` are written `class` and `aria-label`; None leaves one out."""
    pairs = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value).translate(_UNSEEN))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _EMPTY:
        return Html(f"<{name}{pairs}/>" if name not in ("br", "hr", "meta", "link", "col") else f"<{name}{pairs}>")
    return Html(f"<{name}{pairs}>{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Html:
    """Return all of them, one after the other."""
    return Html("".join(_each(child) for child in children))


def filled(template: str, **gaps: Child) -> Html:
    """Return a sentence of the catalogue with its gaps filled: `{n} of {total} waited`.

    The sentence itself is escaped too; emphasis comes in by a gap.
    """
    return Html(escape(template, quote=False).format(**{key: _each(value) for key, value in gaps.items()}))


def _each(child: Child) -> str:
    if child is None or child is False:
        return ""
    if isinstance(child, Html):
        return str(child)
    if isinstance(child, str):
        return _escaped(child)
    if isinstance(child, Iterable):
        return "".join(_each(one) for one in child)
    return _escaped(str(child))


def _escaped(text: str) -> str:
    """Return the text as markup, no longer than somebody reads; what can't be seen and would turn a page around is
    told by a mark."""
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return escape(shown.translate(_UNSEEN))


def _name(key: str) -> str:
    return key.rstrip("_").replace("__", ":").replace("_", "-")
