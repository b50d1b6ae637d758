"""A mail as HTML: tables and inline styles, no picture, nothing to fetch, nothing to track.

The only file of this room that writes markup, so the only one that escapes.
What a mail program may drop without harm (dark colours, narrow screens) is in
the style element; everything that matters is inline.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.translation import gettext, pgettext

from .blocks import Bar, Block, Body, Button, Heading, Headline, Letter, Link, Quote, Sentence, Tone
from .linking import paragraphs, web_address
from .ribbon import Ribbon

_SANS = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',Arial,sans-serif"
_SERIF = "font-family:'Iowan Old Style',Charter,'Noto Serif',Cambria,serif"
_UNSEEN = "display:none;max-height:0;overflow:hidden;mso-hide:all"
_TABLE = '<table role="presentation" cellpadding="0" cellspacing="0" border="0"'
_TONES = {Tone.INK: "#15191e", Tone.QUIET: "#464d55", Tone.SOON: "#85510a", Tone.BROKEN: "#b3231b"}
_SIGNS = {Tone.SOON: "&#9670;&nbsp;", Tone.BROKEN: "&#9655;&nbsp;"}

_STYLE = """
@media (prefers-color-scheme: dark) {
  .bg { background: #121518 !important; } .ink { color: #eceae5 !important; }
  .quiet { color: #bcc1c6 !important; } .soon { color: #e6b35c !important; }
  .broken { color: #ff9185 !important; } .rule { border-color: #30363d !important; }
  .b-run { background: #92b6ea !important; } .b-soon { background: #e6b35c !important; }
  .b-kept { background: #6fc79c !important; } .b-grey { background: #a3abb3 !important; }
  .b-over { background: #ff9185 !important; } .b-left { background: #2a3036 !important; }
  .b-due { background: #eceae5 !important; } .lnk { color: #92b6ea !important; }
  .btn, .btn a { background: #92b6ea !important; color: #0c1420 !important; }
}
@media (max-width: 480px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .stack { display: block !important; width: 100% !important; text-align: left !important; }
}
"""


def as_html(body: Body) -> str:
    """Return the whole mail as one HTML page."""
    rows = "\n".join(row for block in body.blocks for row in _rows(block))
    foot = "<br>".join(escape(line) for line in body.foot)
    house = _row(f"<b>{escape(body.house)}</b>", "0 32px 20px", _text(15, 22)) if body.house else ""
    return f"""<!doctype html>
<html lang="{escape(body.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{escape(body.subject)}</title>
<style>{_STYLE}</style>
</head>
<body class="bg" style="margin:0;padding:0;background:#fafaf8">
{_reply_line(body.reply_line)}<div style="{_UNSEEN}">{escape(body.preview)}</div>
{_TABLE} width="100%" class="bg" style="background:#fafaf8"><tr><td align="center" style="padding:24px 0 32px">
{_TABLE} width="560" style="width:100%;max-width:560px;{_SANS}">
{house}
{rows}
{_row(foot, "24px 32px 0", _text(14, 21), "quiet")}
</table></td></tr></table>
</body>
</html>
"""


def _reply_line(words: str) -> str:
    """Above everything else, small and grey, so that a quotation begins with it."""
    if not words:
        return ""
    style = f"padding:8px 0 0;text-align:center;font-size:12px;line-height:16px;color:#5f666d;{_SANS}"
    return f'<div class="quiet" style="{style}">{escape(words)}</div>\n'


def _rows(block: Block) -> Iterator[str]:
    """Draw one block as rows of the mail's table."""
    match block:
        case Headline():
            face = "font-size:24px;line-height:31px;font-weight:600"
            if not block.to_staff:
                face = f"{_SERIF};font-size:28px;line-height:35px;font-weight:normal"
            style = f"margin:0;{face};color:#15191e"
            yield _row(f'<h1 class="ink" style="{style}">{escape(block.words)}</h1>', "0 32px 20px")
        case Heading():
            yield _row(_heading(block), "16px 32px 10px")
        case Sentence():
            size = _text(14, 21) if block.tone is Tone.QUIET else _text(17, 27)
            words = _SIGNS.get(block.tone, "") + escape(block.words)
            yield _row(words, "0 32px 14px", size, str(block.tone))
        case Letter():
            for words in paragraphs(block.text):
                yield _row(words, "0 32px 16px", f"{_text(17, 27)};{_SERIF}")
        case Quote():
            words = escape(gettext("“{words}”").format(words=block.words))
            yield _row(words, "0 32px 12px", f"{_text(17, 27)};{_SERIF}")
        case Bar():
            yield from _bar(block)
        case Button():
            yield _row(_button(block), "4px 32px 10px" if block.under else "4px 32px 24px")
            if block.under:
                yield _row(escape(block.under), "0 32px 16px", _text(14, 21), "quiet")
        case Link():
            yield _row(_anchor(block.label, block.url), "0 32px 12px", _text(16, 25))
        case _:
            raise TypeError(f"{type(block).__name__} has no HTML form")


def _text(size: int, line: int) -> str:
    return f"font-size:{size}px;line-height:{line}px"


def _row(inner: str, padding: str, style: str = "", tone: str = "ink") -> str:
    colour = f";{style};color:{_TONES[Tone(tone)]}" if style else ""
    # A long word or address must not make the page wider than a telephone.
    return f'<tr><td class="pad {tone}" style="padding:{padding}{colour};overflow-wrap:anywhere">{inner}</td></tr>'


def _heading(block: Heading) -> str:
    aside = (
        f' <span class="quiet" style="font-size:14px;font-weight:normal;color:#464d55">{escape(block.aside)}</span>'
        if block.aside
        else ""
    )
    style = "margin:0;font-size:20px;line-height:27px;font-weight:600;color:#15191e"
    words = f'<h2 class="ink" style="{style}">{escape(block.words)}{aside}</h2>'
    rule = '<td class="rule" style="border-top:1px solid #dedfd9;padding:18px 0 0">'
    return f'{_TABLE} width="100%"><tr>{rule}{words}</td></tr></table>'


def _anchor(label: str, url: str) -> str:
    """A link; an address that no link of ours may have is shown as the text it is."""
    if not web_address(url):
        return f"{escape(label)}: {escape(url)}"
    return f'<a class="lnk" href="{escape(url)}" style="color:#1d4176">{escape(label)}</a>'


def _button(block: Button) -> str:
    if not web_address(block.url):
        return _anchor(block.label, block.url)
    style = "display:inline-block;padding:13px 22px;font-size:16px;line-height:20px;font-weight:600"
    link = f'<a href="{escape(block.url)}" style="{style};color:#ffffff;text-decoration:none">{escape(block.label)}</a>'
    return f'{_TABLE}><tr><td class="btn" style="background:#1d4176;border-radius:4px">{link}</td></tr></table>'


# ── the ribbon ───────────────────────────────────────────────────────────────


def _bar(block: Bar) -> Iterator[str]:
    if block.ribbon.word:
        yield _row(escape(block.ribbon.word), "0 32px 4px", _text(14, 20), _tone(block.ribbon))
    yield _row(f'{_TABLE} width="100%"><tr>{"".join(_cells(block.ribbon))}</tr></table>', "0 32px 6px")
    style = "font-size:14px;line-height:20px;color:#464d55"
    said = f'<td class="stack quiet" style="{style};white-space:nowrap">{_stamp("said")} {escape(block.said)}</td>'
    due = f'<td class="stack quiet" align="right" style="{style}">{_stamp("due")} <b>{escape(block.due)}</b></td>'
    yield _row(f'{_TABLE} width="100%"><tr>{said}{due}</tr></table>', "0 32px 24px")


def _stamp(which: str) -> str:
    return escape(pgettext("stamp", "said") if which == "said" else pgettext("stamp", "due"))


def _tone(ribbon: Ribbon) -> str:
    tones = {"soon": Tone.SOON, "broken": Tone.BROKEN, "late": Tone.BROKEN}
    return str(tones.get(ribbon.state, Tone.QUIET))


def _cells(ribbon: Ribbon) -> Iterator[str]:
    """A said mark, the promised part filled to now, the due mark, and what is past it."""
    filled = f"b-{ribbon.state}" if ribbon.state in ("run", "soon", "kept") else "b-grey"
    yield _mark(filled, ribbon.colour)
    yield f'<td width="{ribbon.promised}%" style="padding:4px 0">{_inner(list(_promised(ribbon, filled)))}</td>'
    yield _mark("b-due", "#15191e")
    if ribbon.over:
        over = [_cell("b-over", "#b3231b", "")]
        yield f'<td width="{ribbon.over}%" style="padding:4px 0">{_inner(over)}</td>'


def _promised(ribbon: Ribbon, filled: str) -> Iterator[str]:
    """The cells between the marks; the near end of a range parts what it falls into."""
    stops = sorted({ribbon.filled, 100, *([ribbon.near] if ribbon.near else [])})
    at = 0
    for stop in stops:
        name, colour = (filled, ribbon.colour) if stop <= ribbon.filled else ("b-left", "#e3e4df")
        # The last cell takes what is left: percents that add up to 100 would press the near mark to nothing.
        yield _cell(name, colour, f"{stop - at}%" if stop < 100 else "")
        if stop == ribbon.near:
            yield _cell("b-due", "#15191e", "2")
        at = stop


def _inner(cells: list[str]) -> str:
    return f'{_TABLE} width="100%"><tr>{"".join(cells)}</tr></table>'


def _cell(name: str, colour: str, width: str) -> str:
    wide = f' width="{width}"' if width else ""
    style = f"background:{colour};height:12px;font-size:1px;line-height:12px"
    return f'<td class="{name}"{wide} style="{style}">&nbsp;</td>'


def _mark(name: str, colour: str) -> str:
    style = f"width:3px;height:20px;background:{colour};font-size:1px;line-height:1px"
    return f'<td class="{name}" width="3" style="{style}">&nbsp;</td>'
