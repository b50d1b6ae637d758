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


class Html(str):
    """Markup that is safe to stand on a page as it is."""

    __slots__ = ()


def tag(name: str, /, *children: Child, **attributes: object) -> Html:
    """Return an element. `class_` and `aria_label` are written `class` and `aria-label`; None leaves one out."""
    pairs = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escape(str(value))}"'
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
        return escape(child)
    if isinstance(child, Iterable):
        return "".join(_each(one) for one in child)
    return escape(str(child))


def _name(key: str) -> str:
    return key.rstrip("_").replace("__", ":").replace("_", "-")
