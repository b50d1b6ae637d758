"""The HTML of a mail made harmless: an allow-list, a browser-grade parser, and a check that it holds.

What a stranger's HTML may do here is look like a letter: paragraphs, lists, tables, emphasis, and links by
http, https, mailto or tel with rel="noopener nofollow noreferrer". Everything that fetches, runs, overlays,
submits or remembers is gone (A-01, A-03, A-04, A-28, A-29). Nothing here raises; what can't be made safe
becomes its own source as text.
"""

import html
import re

import nh3

from .plain import text_of_tokens
from .tags import SILENT, balanced, tokens

#: Characters of HTML that are read; the raw mail keeps the rest.
MARKUP_LIMIT = 2_000_000

_ROW = frozenset({"colspan", "rowspan"})
_BLOCK = frozenset({"dir"})
_PLAIN = str.split(
    "abbr b bdi br cite code col colgroup del dfn em hr i ins kbd mark q s samp small strike strong sub sup tbody"
    " tfoot thead tr tt u var wbr"
)
_DIRECTED = str.split(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5"
    " h6 header li main nav p pre section span summary table ul"
)
#: The elements that stay, each with the attributes that stay.
ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN, frozenset[str]()),
    **dict.fromkeys(_DIRECTED, _BLOCK),
    "a": frozenset({"href"}),
    "ol": frozenset({"start", "dir"}),
    "td": _ROW | _BLOCK,
    "th": _ROW | _BLOCK,
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LINK_REL = "noopener nofollow noreferrer"

_SURROGATES = re.compile("[\ud800-\udfff]")
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(SILENT),
    attributes={name: set(kept - {"dir"}) for name, kept in ALLOWED.items() if kept - {"dir"}},
    tag_attribute_values={name: {"dir": {"rtl", "ltr", "auto"}} for name, kept in ALLOWED.items() if "dir" in kept},
    url_schemes=set(SCHEMES),
    url_relative="deny",
    link_rel=LINK_REL,
    strip_comments=True,
)


def clean(markup: str, trouble: set[str]) -> str:
    """The letter's HTML, safe to put into a page; empty if nothing is left of it."""
    return read_markup(markup, trouble)[0]


def read_markup(markup: str, trouble: set[str]) -> tuple[str, str]:
    """(safe HTML, readable text) of a letter's HTML. Over `MARKUP_LIMIT` it is cut: "truncated"."""
    if len(markup) > MARKUP_LIMIT:
        trouble.add("truncated")
        markup = markup[:MARKUP_LIMIT]
    read = list(tokens(markup.replace("\x00", "")))
    return _settled(balanced(read, ALLOWED), trouble), text_of_tokens(read)


def _settled(markup: str, trouble: set[str]) -> str:
    """Cleaned until it no longer changes, because a second parser must see what the first one saw.

    If it never settles it is returned as text with the trouble code "unsettled_markup".
    """
    try:
        cleaned = _CLEANER.clean(_SURROGATES.sub("\ufffd", markup))
        for _ in range(3):
            again = _CLEANER.clean(cleaned)
            if again == cleaned:
                return cleaned.strip()
            cleaned = again
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # A panic of the Rust side is not an Exception.
        trouble.add("unsettled_markup")
        return f"<pre>{html.escape(markup)}</pre>"
    trouble.add("unsettled_markup")
    return f"<pre>{html.escape(markup)}</pre>"
