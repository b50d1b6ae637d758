"""Ribbons, icons and state words as markup: SVG whose geometry is attributes, never style.

The markup is that of the design, class for class, so that it lives under a
strict content policy, prints without background graphics and survives forced
colours. Icons and glyphs are symbols of `templates/makegood/sprite.html`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy

from . import wording
from .ribbon import Form, Ribbon, Sign, State, Stretch
from .wording import Reader

# fmt: off
ICONS = frozenset((
    "bell", "box", "clip", "clock", "cross", "day", "exec", "form", "hand", "heart", "hold", "letter",
    "mail", "menu", "next", "note", "order", "pause", "phone", "post", "q", "ring", "rung", "split",
    "tick", "voicemail", "walkin", "warn",
))
# fmt: on
"""Every icon of the sprite; a test compares the two."""

STATE_ICONS = {
    State.RUN: "clock",
    State.SOON: "split",
    State.KEPT: "tick",
    State.LATE: "tick",
    State.BROKEN: "box",
    State.PAUSED: "pause",
    State.RELEASED: "ring",
    State.REPLACED: "next",
}
STATE_WORDS = {
    State.RUN: pgettext_lazy("state of a promise", "Running"),
    State.SOON: pgettext_lazy("state of a promise", "Due soon"),
    State.KEPT: pgettext_lazy("state of a promise", "Kept"),
    State.LATE: pgettext_lazy("state of a promise", "Kept late"),
    State.BROKEN: pgettext_lazy("state of a promise", "Broken"),
    State.PAUSED: pgettext_lazy("state of a promise", "Paused"),
    State.RELEASED: pgettext_lazy("state of a promise", "Released"),
    State.REPLACED: pgettext_lazy("state of a promise", "Replaced"),
}
RULE_BOOK_STATES = {"open": State.RUN, "kept late": State.LATE}
"""Where the rule book's word for a state is not the ribbon's."""


@dataclass(frozen=True, kw_only=True)
class _Measure:
    """The heights of one form, in pixels: a bar of `bar` at `top`, in a picture of `height`."""

    height: int
    top: int
    bar: int
    dot: int
    said: tuple[int, int]
    near: tuple[int, int]
    pause: tuple[int, int]
    tear: tuple[int, int]

    @property
    def middle(self) -> int:
        return self.height // 2


MEASURES = {
    Form.THIN: _Measure(height=16, top=5, bar=6, dot=4, said=(3, 13), near=(1, 15), pause=(4, 12), tear=(3, 10)),
    Form.FULL: _Measure(height=28, top=8, bar=12, dot=5, said=(6, 22), near=(1, 27), pause=(7, 21), tear=(6, 16)),
}


def ribbon_svg(ribbon: Ribbon, reader: Reader, *, hidden: bool = False) -> SafeString:
    """The ribbon as an `<svg>`. `hidden` where the words beside it already say everything."""
    label = (
        SafeString('aria-hidden="true"')
        if hidden
        else format_html('role="img" aria-label="{}"', wording.sentence(ribbon.label, reader))
    )
    return format_html(
        '<svg class="rb rb-{}" data-state="{}" {}>{}</svg>',
        ribbon.form.value,
        ribbon.state.value,
        label,
        SafeString("".join(_parts(ribbon, MEASURES[ribbon.form]))),
    )


def _parts(r: Ribbon, m: _Measure) -> Iterator[str]:
    """The pieces of the picture, back to front.

    They hold numbers and names of ours alone, so that none needs to be escaped: there are a dozen a ribbon.
    """
    yield _bar("rb-track", r.due, m)
    yield _bar("rb-fill", r.fill, m)
    if r.over:
        yield _over(r.over, m)
    if r.over and r.tear:
        yield _tear(r.tear, m)
    for pause in r.pauses:
        yield from _pause(pause, m)
    yield _line("rb-said", "0", m.said)
    if r.near:
        yield _line("rb-near", r.near, m.near)
    yield _line("rb-due", r.due, (0, m.height))
    yield _end(r, m)


def _bar(name: str, width: str, m: _Measure) -> str:
    return f'<rect class="{name}" x="0" y="{m.top}" width="{width}" height="{m.bar}"/>'


def _line(name: str, x: str, height: tuple[int, int]) -> str:
    return f'<line class="{name}" x1="{x}" x2="{x}" y1="{height[0]}" y2="{height[1]}"/>'


def _over(over: Stretch, m: _Measure) -> str:
    hatch = 'fill="url(#rb-hatch)"'
    return f'<rect class="rb-over" x="{over.x}" y="{m.top}" width="{over.width}" height="{m.bar}" {hatch}/>'


def _tear(at: str, m: _Measure) -> str:
    top, length = m.tear
    return f'<svg x="{at}" y="{top}" overflow="visible"><path class="rb-tear" d="M3 0L-3 {length}"/></svg>'


def _pause(pause: Stretch, m: _Measure) -> Iterator[str]:
    top, bottom = m.pause
    yield f'<rect class="rb-pause" x="{pause.x}" y="{top}" width="{pause.width}" height="{bottom - top}"/>'
    yield f'<line class="rb-pause-line" x1="{pause.x}" x2="{pause.end}" y1="{m.middle}" y2="{m.middle}"/>'
    yield _line("rb-pause-end", pause.x, m.pause)
    yield _line("rb-pause-end", pause.end, m.pause)


def _end(r: Ribbon, m: _Measure) -> str:
    if r.sign is Sign.NOW:
        return f'<circle class="rb-now" cx="{r.end}" cy="{m.middle}" r="{m.dot}"/>'
    return f'<use href="#g-{r.sign.value}" x="{r.end}" y="{m.middle}"/>'


def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One icon of the sprite; with a label it is read out, without it is decoration.

    Raises ValueError for a name the sprite does not have.
    """
    if name not in ICONS:
        raise ValueError(f"The sprite has no icon {name!r}; it has {', '.join(sorted(ICONS))}.")
    return _icon(name, str(label), extra)


@lru_cache(maxsize=1024)
def _icon(name: str, label: str, extra: str) -> SafeString:
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="i{}" viewBox="0 0 16 16" {}><use href="#i-{}"/></svg>',
        f" {extra}" if extra else "",
        meaning,
        name,
    )


def state_word(state: Ribbon | State | str, reader: Reader, *, calm: bool = False) -> SafeString:
    """A state as colour, glyph and word together.

    A ribbon says how long (`18 min left`), a bare state its name (`Due soon`). `calm`
    says a running promise without colour, for lists in which most are running.
    Raises ValueError for a state that is neither the ribbon's nor the rule book's.
    """
    if isinstance(state, Ribbon):
        word, state = wording.say(state.word, reader), state.state
    elif state == "ended":
        return _stated("paused", "cross", gettext("No longer running"))
    else:
        state = RULE_BOOK_STATES.get(state) or State(state)
        word = str(STATE_WORDS[state])
    if calm and state is State.RUN:
        return format_html('<span class="calm">{}</span>', word)
    return _stated("broken" if state is State.LATE else state.value, STATE_ICONS[state], word)


def _stated(colour: str, glyph: str, word: str) -> SafeString:
    return format_html('<span class="st st-{}">{}{}</span>', colour, icon(glyph), word)
