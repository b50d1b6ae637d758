"""HTML read tag by tag in one pass, and written again balanced and shallow.

Mail HTML can be built so that any tree builder needs quadratic time (A-27): thousands of open elements,
of differing font tags, of attributes. This reader never looks back, keeps no attribute that is not asked
for, and closes what it opens within `DEEPEST` levels. It is not the sanitiser: it only makes what the
sanitiser of `markup.py` gets small enough to be safe in time. Nothing here raises.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

#: Elements inside elements that are kept; deeper ones lose their tags, not their text.
DEEPEST = 100
#: Character references in one running text.
REFERENCES = 500
#: Characters of one attribute value that are kept; longer values are dropped.
VALUE_LIMIT = 2_048

VOID = frozenset(str.split("area base br col embed hr img input link meta param source track wbr"))
#: Elements whose content is not for reading; they go with everything in them.
SILENT = frozenset(
    str.split(
        "script style title svg math noscript template iframe object embed applet noembed noframes textarea select"
        " datalist button canvas audio video xmp plaintext listing frameset"
    )
)
_RAW = frozenset(str.split("script style title textarea xmp iframe noembed noframes noscript plaintext"))
BLOCKS = frozenset(
    str.split(
        "address article aside blockquote center dd details dialog div dl dt fieldset figcaption figure footer form h1"
        " h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul"
    )
)
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
#: An element that ends by itself where one of these begins.
_ENDED_BY: Mapping[str, frozenset[str]] = {
    "p": BLOCKS,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": _CELLS | _ROWS,
    "th": _CELLS | _ROWS,
    "tr": _ROWS,
    "a": frozenset({"a"}),
}
_TABLES = frozenset({"table", "td", "th", "caption"})

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><]{0,40}+)")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>=][^\s/>=]*+)?+(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+""")
_MANY_REFERENCES = re.compile(rf"(?:[^&\xa0]*+(?:&[a-z]++;|\xa0)){{{REFERENCES}}}")
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{9}[0-9]*+|[xX][0-9a-fA-F]{9}[0-9a-fA-F]*+);?")


_NONE: Mapping[str, str] = {}


class Token(NamedTuple):
    """A piece of text, or the start or end of an element. A tuple, because a mail has thousands."""

    #: "text", "open" or "close".
    kind: str
    #: Lower-case element name; for text the text as written, its references undecoded.
    name: str
    #: Attribute values, decoded, of a start tag.
    values: Mapping[str, str] = _NONE


def unescape(text: str) -> str:
    """The text with its character references decoded; a reference to no character becomes U+FFFD."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def tokens(markup: str) -> Iterator[Token]:
    """The document's tokens in order; silent elements and comments are left out. Linear in its length."""
    ends = _Ends(markup)
    silent: list[str] = []
    at = 0
    while at < len(markup):
        opened = markup.find("<", at)
        if opened < 0:
            opened = len(markup)
        if opened > at and not silent:
            yield Token("text", markup[at:opened])
        if opened == len(markup):
            return
        found = _TAG.match(markup, opened)
        if found is None:
            at, shown = _not_a_tag(markup, opened)
            if shown and not silent:
                yield Token("text", "&lt;")
            continue
        name, closing = found[2].lower(), bool(found[1])
        values, at = _attributes(markup, found.end())
        if closing:
            if not silent:
                yield Token("close", name)
            elif name in silent:
                while silent.pop() != name:
                    pass
        elif name in _RAW:
            at = len(markup) if name == "plaintext" else ends.after(name, at, len(markup))
        elif name in SILENT:
            # One that never ends must not swallow the letter.
            if name not in VOID and len(silent) < DEEPEST and ends.after(name, at, -1) >= 0:
                silent.append(name)
        elif not silent:
            yield Token("open", name, values)


class _Ends:
    """Where the next end tag of a name stands; each stretch of the markup is searched once a name."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._folded = ""
        self._known: dict[str, int] = {}

    def after(self, name: str, at: int, missing: int) -> int:
        """The place of the first end tag at or after `at`, or `missing`."""
        known = self._known.get(name, -1)
        if known < at and known != len(self._markup):
            self._folded = self._folded or self._markup.lower()
            known = self._folded.find("</" + name, at)
            known = known if known >= 0 else len(self._markup)
            self._known[name] = known
        return known if known < len(self._markup) else missing


def _not_a_tag(markup: str, at: int) -> tuple[int, bool]:
    """Where reading goes on after a "<" that opens no element, and whether it is to be shown as text."""
    if markup.startswith("<!--", at):
        end = markup.find("-->", at + 2)
        return (len(markup) if end < 0 else end + 3), False
    if markup.startswith(("<!", "<?", "</"), at):
        end = markup.find(">", at)
        return (len(markup) if end < 0 else end + 1), False
    return at + 1, True


def _attributes(markup: str, at: int) -> tuple[Mapping[str, str], int]:
    values: dict[str, str] = {}
    if markup.startswith(">", at):
        return _NONE, at + 1
    while at < len(markup):
        if markup[at] == ">":
            return values, at + 1
        found = _ATTRIBUTE.match(markup, at)
        if found is None or found.end() == at:
            # Only an opening quote without an end, or a stray "=", can stand here.
            at = at + 1 if markup[at] == "=" else _after_quote(markup, at)
            continue
        at = found.end()
        name, value = found[1], found[2]
        if name and len(name) <= 20 and len(values) < 50:
            value = (value or "")[: VALUE_LIMIT + 2]
            if len(value) <= VALUE_LIMIT:
                values.setdefault(name.lower(), unescape(value[1:-1] if value[:1] in ('"', "'") else value))
    return values, at


def _after_quote(markup: str, at: int) -> int:
    """A quote that never ends swallows the document, as it does in a browser."""
    return len(markup) if markup[at] in "\"'" else at + 1


def balanced(stream: Iterable[Token], keep: Mapping[str, frozenset[str]]) -> str:
    """Markup of the `keep` elements (name → attributes kept), every one closed, at most `DEEPEST` levels."""
    out: list[str] = []
    stack: list[str] = []
    references = 0
    for token in stream:
        if token.kind == "text":
            references = _write(token.name, references, out)
            continue
        before = len(out)
        if token.kind == "close":
            _close(token.name, stack, out)
        else:
            while stack and token.name in _ENDED_BY.get(stack[-1], ()):
                out.append(f"</{stack.pop()}>")
            if token.name in keep and len(stack) < DEEPEST:
                out.append(_start_tag(token, keep[token.name]))
                if token.name not in VOID:
                    stack.append(token.name)
            elif token.name in BLOCKS:
                out.append("<br>")
        references = references if len(out) == before else 0
    out.extend(f"</{name}>" for name in reversed(stack))
    return "".join(out)


def _write(text: str, references: int, out: list[str]) -> int:
    """Write text anew, its references resolved; returns how many stand in the running text by now.

    The sanitiser needs quadratic time for many references in one text, so a `wbr` parts it after
    `REFERENCES` of them; it breaks no word that a person would write.
    """
    words = html.escape(unescape(text), quote=False)
    count = words.count("&") + words.count("\xa0")
    if references + count <= REFERENCES:
        out.append(words)
        return references + count
    out += ["<wbr>", _MANY_REFERENCES.sub(r"\g<0><wbr>", words)]
    return count % REFERENCES


def _close(name: str, stack: list[str], out: list[str]) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth] == name:
            out.extend(f"</{closed}>" for closed in reversed(stack[depth:]))
            del stack[depth:]
            return
        # An end tag inside a cell can't close what stands around the table.
        if stack[depth] in _TABLES and name not in _ROWS and name not in _TABLES:
            return


def _start_tag(token: Token, attributes: frozenset[str]) -> str:
    kept = "".join(f' {name}="{html.escape(value)}"' for name, value in token.values.items() if name in attributes)
    return f"<{token.name}{kept}>"
