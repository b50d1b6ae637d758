"""The look of the report: the house's own style sheets, and what only a report has.

The page carries them inside. The paper's renderer knows less of CSS than a browser: no `light-dark()`,
no `color-mix()`, no grid. So for paper colours are worked out here, always the light ones, and
`paper.css` lays out by other means.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from .markup import Html

SHARED = ("tokens", "ground", "tables", "ribbon", "remedies", "report", "narrow", "print")
"""Style sheets of the desk that the report is written in, in order."""

SPRITE = Html(
    '<svg class="sprite" aria-hidden="true" focusable="false"><defs><pattern id="rb-hatch" width="5" height="5" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-bg" width="5" height="5"/>'
    '<path class="hatch-line" d="M0 0v5"/></pattern></defs>'
    '<symbol id="g-tick" overflow="visible"><circle class="rb-disc" r="7.5"/>'
    '<path class="rb-sign" d="M-3.3.2l2.3 2.3 4.3-4.8"/></symbol>'
    '<symbol id="g-open" overflow="visible"><path class="rb-glyph" d="M0-6l6 6-6 6"/></symbol>'
    '<symbol id="i-box" viewBox="0 0 16 16"><path d="M2.5 2.5h11v11h-11z M5 5l6 6 M11 5l-6 6"/></symbol>'
    '<symbol id="i-tick" viewBox="0 0 16 16"><path d="M2.5 8.5l3.5 3.5 7.5-8"/></symbol></svg>'
)
"""Signs and the hatch, once a page; never `display: none`, or the hatch disappears."""

_LIGHT_DARK = re.compile(r"light-dark\(\s*([^,()]+)\s*,\s*[^()]+\)")
_COLOR_MIX = re.compile(r"color-mix\(in srgb, var\(--run\) 26%, var\(--paper\)\)")
_A_QUARTER_OF_RUN = "#c0cbd9"
"""26 % of the accent in paper white, worked out by hand for a renderer that can't mix."""


@cache
def screen() -> str:
    """Return the sheet of the page: light and dark, wide and narrow, screen and print."""
    sheets = [_shared(name) for name in SHARED[:-1]] + [_own("report.css"), _shared("print"), _own("print.css")]
    return _small("\n".join(sheets))


@cache
def paper() -> str:
    """Return the sheet of the PDF and the pictures."""
    sheets = [_shared(name) for name in ("tokens", "ground", "tables", "ribbon", "remedies", "report")]
    text = "\n".join([*sheets, _own("report.css"), _own("paper.css")])
    return _small(_COLOR_MIX.sub(_A_QUARTER_OF_RUN, _LIGHT_DARK.sub(r"\1", text)))


def _shared(name: str) -> str:
    return resources.files("makegood").joinpath("ui", "static", "makegood", f"{name}.css").read_text("utf-8")


def _own(name: str) -> str:
    return resources.files("makegood").joinpath("audit", "report", name).read_text("utf-8")


def _small(css: str) -> str:
    """Without comments and indentation; what stands in quotes has neither in these sheets."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip()
