"""Ribbons, icons and state words as markup: SVG whose geometry is attributes, never style.

The markup is that of the design, class for class, so that it lives under a
strict content policy, prints without background graphics and survives forced
colours. Icons and glyphs are symbols of `templates/makegood/sprite.html`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
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
        format_html_join("", "{}", ((part,) for part in _parts(ribbon, MEASURES[ribbon.form]))),
    )


def _parts(r: Ribbon, m: _Measure) -> list[SafeString]:
    """The pieces of the picture, back to front."""
    parts = [
        _bar("rb-track", r.due, m),
        _bar("rb-fill", r.fill, m),
        *_over(r, m),
        *(piece for pause in r.pauses for piece in _pause(pause, m)),
        _line("rb-said", "0", m.said),
    ]
    if r.near:
        parts.append(_line("rb-near", r.near, m.near))
    parts.append(_line("rb-due", r.due, (0, m.height)))
    parts.append(_end(r, m))
    return parts


def _bar(name: str, width: str, m: _Measure) -> SafeString:
    return format_html('<rect class="{}" x="0" y="{}" width="{}" height="{}"/>', name, m.top, width, m.bar)


def _line(name: str, x: str, height: tuple[int, int]) -> SafeString:
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', name, x, x, *height)


def _over(r: Ribbon, m: _Measure) -> list[SafeString]:
    if r.over is None:
        return []
    hatch = format_html(
        '<rect class="rb-over" x="{}" y="{}" width="{}" height="{}" fill="url(#rb-hatch)"/>',
        r.over.x,
        m.top,
        r.over.width,
        m.bar,
    )
    if r.tear is None:
        return [hatch]
    top, length = m.tear
    tear = format_html(
        '<svg x="{}" y="{}" overflow="visible"><path class="rb-tear" d="M3 0L-3 {}"/></svg>',
        r.tear,
        top,
        length,
    )
    return [hatch, tear]


def _pause(pause: Stretch, m: _Measure) -> list[SafeString]:
    top, bottom = m.pause
    gap = format_html(
        '<rect class="rb-pause" x="{}" y="{}" width="{}" height="{}"/>',
        pause.x,
        top,
        pause.width,
        bottom - top,
    )
    dots = format_html(
        '<line class="rb-pause-line" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        pause.x,
        pause.end,
        m.middle,
        m.middle,
    )
    return [gap, dots, _line("rb-pause-end", pause.x, m.pause), _line("rb-pause-end", pause.end, m.pause)]


def _end(r: Ribbon, m: _Measure) -> SafeString:
    if r.sign is Sign.NOW:
        return format_html('<circle class="rb-now" cx="{}" cy="{}" r="{}"/>', r.end, m.middle, m.dot)
    return format_html('<use href="#g-{}" x="{}" y="{}"/>', r.sign.value, r.end, m.middle)


def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One icon of the sprite; with a label it is read out, without it is decoration.

    Raises ValueError for a name the sprite does not have.
    """
    if name not in ICONS:
        raise ValueError(f"The sprite has no icon {name!r}; it has {', '.join(sorted(ICONS))}.")
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
