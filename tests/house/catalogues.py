"""What the rooms say and what their Spanish catalogues hold, both read from the files alone."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.utils.translation import templatize

from .reading import ROOT, Module, modules

PACKAGE = ROOT / "makegood"
#: Rooms that speak to people by themselves; the desk's catalogue holds what the rules and the policies say.
ROOMS = ("ui", "notify", "staff", "customer")
#: How many texts a shortcut takes, and whether a context stands before them.
SHORTCUTS = {"gettext": (1, False), "ngettext": (2, False), "pgettext": (1, True), "npgettext": (2, True)}
_END_OF_CALL = re.compile(r"""(?:['"]|count)\s*\)""")
SHOWN_ATTRIBUTES = frozenset({"alt", "aria-label", "aria-description", "label", "placeholder", "summary", "title"})


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text to be translated: its context, the text, and its plural."""

    text: str
    plural: str = ""
    context: str = ""


def catalogue(room: str) -> Path:
    """Where a room's Spanish lies."""
    return PACKAGE / room / "locale" / "es" / "LC_MESSAGES" / "django.po"


# ── what the rooms say ───────────────────────────────────────────────────────


@cache
def said(room: str) -> frozenset[Text]:
    """Every text that a room's code and templates hand to gettext."""
    return frozenset({*_of_code(room), *_of_templates(room)})


def _of_code(room: str) -> Iterator[Text]:
    for module in (m for m in modules(f"makegood/{room}") if "gettext" in m.text):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                yield from _of_call(node, _shortcut(module, node.func))


def _shortcut(module: Module, function: ast.expr) -> str:
    origin = module.origin(function) or (function.id if isinstance(function, ast.Name) else "")
    return origin.rpartition(".")[2].removesuffix("_lazy").removesuffix("_noop")


def _of_call(node: ast.Call, shortcut: str) -> Iterator[Text]:
    count, has_context = SHORTCUTS.get("gettext" if shortcut == "_" else shortcut, (0, False))
    wanted = node.args[: count + has_context]
    texts = [a.value for a in wanted if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if not count or len(texts) < len(wanted) or not texts:
        return
    context = texts.pop(0) if has_context else ""
    yield Text(text=texts[0], plural=texts[1] if count == 2 else "", context=context)


def templates(room: str) -> list[Path]:
    return sorted((PACKAGE / room / "templates").rglob("*.html"))


def _of_templates(room: str) -> Iterator[Text]:
    for path in templates(room):
        code = templatize(path.read_text("utf-8"), origin=path.name)
        for found in re.finditer(r"\b(_|gettext|ngettext|pgettext|npgettext)\(", code):
            yield from _of_call(_call_at(code, found.start()), found[1])


def _call_at(code: str, start: int) -> ast.Call:
    """The call that begins here, in what Django makes of a template for xgettext."""
    for end in (m.end() for m in _END_OF_CALL.finditer(code, start)):
        try:
            parsed = ast.parse(code[start:end], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(parsed, ast.Call):
            return parsed
    raise AssertionError(f"no call in {code[start : start + 80]!r}")


# ── what the catalogues hold ─────────────────────────────────────────────────


def read_po(text: str) -> dict[Text, tuple[str, ...]]:
    """The entries of a .po file: text → its Spanish, one form or two."""
    found: dict[Text, tuple[str, ...]] = {}
    for block in re.split(r"\n[ \t]*\n", text):
        entry: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith('"'):
                entry[key] += ast.literal_eval(line)
            elif line and not line.startswith("#"):
                key, _, quoted = line.partition(" ")
                entry[key] = ast.literal_eval(quoted)
        if entry.get("msgid"):
            name = Text(text=entry["msgid"], plural=entry.get("msgid_plural", ""), context=entry.get("msgctxt", ""))
            found[name] = tuple(value for key, value in entry.items() if key.startswith("msgstr"))
    return found


@cache
def spanish(room: str) -> dict[Text, tuple[str, ...]]:
    return read_po(catalogue(room).read_text("utf-8"))


def gaps(text: str) -> list[str]:
    """What stands open in a text: `{name}`, `%(name)s`; and every tag, since it must come through as it is."""
    return sorted(set(re.findall(r"{\w*[^{}]*}|%\(\w+\)\w|</?\w[^>]*>", text)))


# ── words on a page that nobody handed to gettext ────────────────────────────


class _Visible(HTMLParser):
    """Collects what a reader sees or hears: text nodes and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        self.seen += [value for name, value in attrs if value and name in SHOWN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"kbd", "style", "script"} & set(self._inside[-1:]):
            self.seen.append(data)


def untranslated(source: str) -> list[str]:
    """Words of a template that are shown as they stand, whatever the reader's language."""
    page, skipping = [], ""
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in ("blocktranslate", "blocktrans", "comment"):
                skipping = f"end{name}"
            elif name == skipping:
                skipping = ""
            page.append("·")  # so that words on both sides of a tag stay apart
        elif token.token_type is TokenType.VAR:
            page.append("·")
        elif token.token_type is TokenType.TEXT and not skipping:
            page.append(token.contents)
    reader = _Visible()
    reader.feed("".join(page))
    pieces = (piece for text in reader.seen for piece in text.split("·"))
    return [" ".join(piece.split()) for piece in pieces if re.search(r"[^\W\d_]", piece)]
