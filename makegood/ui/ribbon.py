"""The promise ribbon: a bar from *said* to *due*, filled to now, as numbers.

Decides how one promise looks: its state, where each mark stands (as percent
of the width, ready for an SVG attribute), which sign ends it, and what is said
about it. Drawn on elapsed time; business hours decide only where due is.

Two forms. *Thin*, for lists: due always stands at 66 %, so that in a list all
due marks form one line; the overrun keeps the scale of its own promise, and
where it does not fit it is cut by a tear. *Full*, for a case and the
customer: said and due are the two ends; past due the whole width is said to
the end, and the promised part is never under 30 %.

Pure: stdlib only, no clock, no Django. All moments are aware.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from . import phrases as say
from .phrases import Phrase, phrase

DUE_LINE = 66.0
"""Where due stands in the thin form, in percent of the width."""
THIN_END = 97.0
"""How far an overrun may reach in the thin form; the rest is room for the end sign."""
LEAST_PROMISED = 30.0
"""The least width of the promised part in the full form."""
TEAR_AT = 0.55
"""Where along the overrun a tear is drawn."""
SOON = timedelta(hours=1)

Period = tuple[datetime, datetime]
Pause = tuple[datetime, datetime | None]
"""From, to; no end while it lasts."""


class State(StrEnum):
    """How a promise stands. The word is also the `data-state` of the drawing."""

    RUN = "run"
    SOON = "soon"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    PAUSED = "paused"
    RELEASED = "released"
    REPLACED = "replaced"


class Sign(StrEnum):
    """What stands at the end of the bar; all but `NOW` are glyphs of the sprite (`#g-…`)."""

    NOW = "now"
    SOON = "soon"
    TICK = "tick"
    OPEN = "open"
    NEXT = "next"
    RING = "ring"
    PAUSE = "pause"


class Form(StrEnum):
    THIN = "thin"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A piece of the bar, in percent of the width: `41.67%`."""

    x: str
    width: str
    end: str


@dataclass(frozen=True, kw_only=True)
class Ribbon:
    """One promise, ready to be drawn and said. Every percent is a string such as `41.67%`."""

    state: State
    form: Form
    sign: Sign
    #: where due stands; the track runs from 0 to here
    due: str
    #: the solid part, from 0
    fill: str
    #: the hatch past due, if any
    over: Stretch | None
    #: where the hatch is cut because the overrun is longer than can be drawn
    tear: str | None
    pauses: tuple[Stretch, ...]
    #: the near end of a range ("24 to 48 hours")
    near: str | None
    #: where the end sign stands
    end: str
    #: a few words for beside the bar: "1 h 18 left"
    word: Phrase
    #: the whole story for who cannot see the bar; parts of one sentence
    label: tuple[Phrase, ...]
    said_at: datetime
    due_at: datetime
    #: now, or the moment at which the promise was kept, released or replaced
    until_at: datetime
    #: how much of the promise's own length is gone, 0 to 1
    filled: float
    #: the overrun in the same measure: 0.25 is a quarter of the promise's length; 0 if none
    overrun: float


@dataclass(frozen=True, kw_only=True)
class _Promise:
    """The moments a ribbon is drawn from, put in order."""

    said: datetime
    due: datetime
    near: datetime | None
    now: datetime
    until: datetime
    ended_by: str | None
    broken: bool
    paused: bool
    pauses: tuple[Period, ...]

    @property
    def over(self) -> timedelta:
        return max(self.until - self.due, timedelta())

    @property
    def past(self) -> bool:
        """Broken, as somebody recorded or as anybody can see."""
        return self.broken or self.until > self.due


def ribbon(
    said_at: datetime,
    due_at: datetime,
    now: datetime,
    *,
    near_at: datetime | None = None,
    kept_at: datetime | None = None,
    broken: bool = False,
    replaced_at: datetime | None = None,
    released_at: datetime | None = None,
    pauses: Iterable[Pause] = (),
    paused: bool = False,
    form: Form | str = Form.THIN,
) -> Ribbon:
    """Work out how a promise looks at `now`.

    `due_at` is the far end of a range, `near_at` its near end. `broken` is what
    the desk recorded; a promise past due is drawn as broken also without it, and
    one that was recorded as broken stays broken or late whatever came after. Of
    several endings the first one counts, and an ending after `now` is not yet
    known: the same call with an older `now` draws the ribbon as it was then.
    For a paused clock pass the due that counts the pause up to `now`.

    Raises ValueError for a moment without a time zone and for an unknown form.
    """
    said, due, at = _utc(said_at), _utc(due_at), _utc(now)
    near = _utc(near_at) if near_at else None
    endings = {"kept": kept_at, "released": released_at, "replaced": replaced_at}
    ended_by, until = _ending(endings, at)
    promise = _Promise(
        said=said,
        due=due,
        near=near if near and said < near < due else None,
        now=at,
        until=until,
        ended_by=ended_by,
        broken=broken,
        paused=paused,
        pauses=_inside(tuple(pauses), said, min(until, due)),
    )
    return _draw(promise, Form(form))


def _utc(moment: datetime) -> datetime:
    """The moment in UTC: two moments of one zone are otherwise subtracted by the clock on the wall."""
    if moment.tzinfo is None:
        raise ValueError(f"A ribbon needs moments with a time zone, not {moment!r}.")
    return moment.astimezone(UTC)


def _ending(endings: dict[str, datetime | None], now: datetime) -> tuple[str | None, datetime]:
    """The first ending that is known at `now`, else now itself."""
    dated = [(_utc(at), name) for name, at in endings.items() if at is not None]
    known = [ending for ending in dated if ending[0] <= now]
    if not known:
        return None, now
    at, name = min(known, key=lambda ending: ending[0])
    return name, at


def _inside(pauses: tuple[Pause, ...], start: datetime, end: datetime) -> tuple[Period, ...]:
    """The pauses cut to the solid part of the bar; empty ones fall away."""
    spans = ((_utc(a), end if b is None else _utc(b)) for a, b in pauses)
    cut = ((max(a, start), min(b, end)) for a, b in spans)
    return tuple((a, b) for a, b in cut if a < b)


def _state(p: _Promise) -> State:
    if p.ended_by == "kept":
        return State.LATE if p.past else State.KEPT
    if p.past:
        return State.BROKEN
    if p.ended_by:
        return State(p.ended_by)
    if p.paused:
        return State.PAUSED
    near = p.near is not None and p.now >= p.near
    return State.SOON if near or p.due - p.now <= SOON else State.RUN


def _sign(p: _Promise, state: State) -> Sign:
    ended = {"kept": Sign.TICK, "released": Sign.RING, "replaced": Sign.NEXT}
    if p.ended_by:
        return ended[p.ended_by]
    going_on = {State.BROKEN: Sign.OPEN, State.PAUSED: Sign.PAUSE, State.SOON: Sign.SOON}
    return going_on.get(state, Sign.NOW)


def _draw(p: _Promise, form: Form) -> Ribbon:
    state = _state(p)
    overrun = _share(p.over, p.due - p.said) if p.over else 0.0
    promised, room, torn = _widths(overrun, form)
    fill = _place(p, p.until) * promised
    end = promised + room if p.over else fill
    return Ribbon(
        state=state,
        form=form,
        sign=_sign(p, state),
        due=_percent(promised),
        fill=_percent(fill),
        over=_stretch(promised, promised + room) if p.over else None,
        tear=_percent(promised + room * TEAR_AT) if torn else None,
        pauses=tuple(_stretch(_place(p, a) * promised, _place(p, b) * promised) for a, b in p.pauses),
        near=_percent(_place(p, p.near) * promised) if p.near else None,
        end=_percent(end),
        word=_word(p, state),
        label=_label(p, state),
        said_at=p.said,
        due_at=p.due,
        until_at=p.until,
        filled=_place(p, p.until),
        overrun=overrun,
    )


def _widths(overrun: float, form: Form) -> tuple[float, float, bool]:
    """The promised part, the overrun (both in percent of the width), and whether it is torn."""
    if form is Form.THIN:
        room = THIN_END - DUE_LINE
        wanted = overrun * DUE_LINE
        return DUE_LINE, min(wanted, room), wanted > room
    promised = 100.0 / (1.0 + overrun)
    if promised < LEAST_PROMISED:
        return LEAST_PROMISED, 100.0 - LEAST_PROMISED, True
    return promised, 100.0 - promised, False


def _place(p: _Promise, at: datetime) -> float:
    """How far along the promise a moment lies: 0 at said, 1 at due and ever after."""
    if at >= p.due:
        return 1.0
    return min(max(_share(at - p.said, p.due - p.said), 0.0), 1.0)


def _share(part: timedelta, whole: timedelta) -> float:
    """Part of a whole; of a promise without length everything is infinitely much."""
    return part / whole if whole > timedelta() else float("inf")


def _percent(value: float) -> str:
    return f"{round(value, 2):g}%"


def _stretch(start: float, end: float) -> Stretch:
    return Stretch(x=_percent(start), width=_percent(end - start), end=_percent(end))


def _word(p: _Promise, state: State) -> Phrase:
    early = p.due - p.until
    match state:
        case State.KEPT:
            return phrase(say.KEPT_EARLY, span=early) if early else phrase(say.KEPT)
        case State.LATE:
            return phrase(say.KEPT_LATE_BY, span=p.over) if p.over else phrase(say.KEPT_LATE)
        case State.BROKEN:
            open_ended = p.over and not p.ended_by
            return phrase(say.OVER, span=p.over) if open_ended else phrase(say.BROKEN)
        case State.RELEASED:
            return phrase(say.RELEASED, day=p.until)
        case State.REPLACED:
            return phrase(say.REPLACED, day=p.until)
    return phrase(say.LEFT, span=early)


def _label(p: _Promise, state: State) -> tuple[Phrase, ...]:
    due = phrase(say.DUE_BETWEEN, near=p.near, due=p.due) if p.near else phrase(say.DUE, due=p.due)
    paused = sum((b - a for a, b in p.pauses), timedelta())
    pause = (phrase(say.PAUSED_FOR, span=paused),) if paused and state is not State.PAUSED else ()
    return (phrase(say.SAID, said=p.said), due, *pause, _outcome(p, state))


def _outcome(p: _Promise, state: State) -> Phrase:
    match state:
        case State.KEPT:
            return phrase(say.WAS_KEPT, kept=p.until)
        case State.LATE:
            return phrase(say.WAS_KEPT_LATE, kept=p.until)
        case State.BROKEN:
            return _broken(p)
        case State.RELEASED:
            return phrase(say.WAS_RELEASED, released=p.until)
        case State.REPLACED:
            return phrase(say.WAS_REPLACED, replaced=p.until)
        case State.PAUSED:
            return phrase(say.STANDS_PAUSED, span=p.due - p.until)
    return phrase(say.LEFT, span=p.due - p.until)


def _broken(p: _Promise) -> Phrase:
    if p.ended_by == "replaced":
        return phrase(say.BROKEN_REPLACED, replaced=p.until)
    if p.ended_by == "released":
        return phrase(say.BROKEN_RELEASED, released=p.until)
    return phrase(say.IS_BROKEN_OVER, span=p.over) if p.over else phrase(say.IS_BROKEN)
