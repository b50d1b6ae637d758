"""By when a customer needs it: his own time or his ultimatum, never what we promised.

Every time in the text is found first (times.py); this says whose it is. What he must, needs or asks for by a time
is due then; an event with a time of day is that time; an event on a day is needed at 17:00 of the day before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .instants import CLOSE, on_day
from .known import LANGUAGES
from .need_words import NeedWords
from .sentences import Sentence, sentences, unwrapped
from .times import Moment, Spoken, find
from .want_words import level
from .which import tags_to_read
from .wishes import asked_in

#: Characters looked at, and days ahead that a customer still means.
_SEEN = 6_000
_AHEAD = timedelta(days=180)
#: Times of one text that are judged.
_MOST = 30
#: Characters around a time in which an event belongs to it.
_NEAR = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedBy:
    """When the customer needs it. `due_at` is in UTC; `rule` ends in "-eve" where an event needs the day before."""

    due_at: datetime
    words: str
    start: int
    end: int
    rule: str
    #: From 0 to 1.
    sure: float


def need_by(text: str, *, spoken: Spoken, language: str | None = None) -> NeedBy | None:
    """Propose by when he needs it, or None: of several times the most outspoken, then the first.

    `spoken` is when and where he wrote. Never raises; "urgent" alone is no time.
    """
    text = text[:_SEEN]
    needs = [need for tag in tags_to_read(text, language) for need in _needs(text, spoken, tag)]
    return max(needs, key=lambda need: (need.sure, -need.start), default=None)


def _needs(text: str, spoken: Spoken, tag: str) -> Iterator[NeedBy]:
    if LANGUAGES[tag].wishes.machine.search(level(text)):
        return
    moments = [
        moment
        for moment in find(text, spoken=spoken, language=tag)
        if moment.due_at and not moment.from_event and moment.due_at - spoken.said_at < _AHEAD
    ][:_MOST]
    if not moments:
        return
    for sentence in sentences(unwrapped(text)):
        low = level(sentence.words)
        if text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start + 1].lstrip().startswith(">"):
            continue
        for moment in moments:
            if sentence.start <= moment.start < sentence.end:
                need = _judged(moment, sentence, low, tag, spoken)
                if need:
                    yield need


def _judged(moment: Moment, sentence: Sentence, low: str, tag: str, spoken: Spoken) -> NeedBy | None:
    """What the sentence makes of a time in it; None if it is not his need."""
    words = LANGUAGES[tag].needs
    at, end = moment.start - sentence.start, min(moment.end - sentence.start, len(low))
    begins, ends = _clause(low, at, end, words)
    clause = low[begins:ends]
    before = low[:at]
    threat = words.ultimatum.search(low)
    bound = moment.lead in ("by", "before", "until", "within")
    if before.count('"') % 2 or words.told.search(low[max(0, begins - 25) : at]):
        return None
    if words.free.search(clause) and moment.lead not in ("by", "before"):
        return None
    event = _event_of(low, at, end, begins, ends, words)
    if threat and (bound or threat.start() <= at) and not words.past.search(low[threat.start() : at]):
        return _made(moment, "ultimatum", 0.9 if bound else 0.8)
    if words.past.search(low[begins:at]):
        return None
    counts = not moment.counted or bool(words.from_now.match(level(moment.words)))
    if event and counts and (not bound or moment.lead == "before" or moment.words.lower().startswith("due")):
        return _for_event(moment, low, begins, ends, words, spoken, sure=0.8)
    if moment.lead == "after" or words.onward.search(low[max(0, at - 20) : at] + low[at : at + 16]):
        return None
    if moment.lead == "until" and words.allowed.search(before):
        return None
    if not counts:
        return None
    if not bound and words.attribute.search(before):
        return None
    if words.need.search(low[:end]) or asked_in(sentence, LANGUAGES[tag].wishes):
        near = words.need.search(low[max(0, begins - 60) : end])
        return _made(moment, "need", 0.92 if bound else 0.84 if near else 0.6)
    if bound and moment.lead in ("by", "before"):
        return _made(moment, "deadline", 0.7)
    return None


def _clause(low: str, at: int, end: int, words: NeedWords) -> tuple[int, int]:
    begins, ends = 0, len(low)
    for found in words.clause.finditer(low):
        if found.end() <= at:
            begins = found.end()
        elif found.start() >= end:
            ends = found.start()
            break
    return begins, ends


def _event_of(low: str, at: int, end: int, begins: int, ends: int, words: NeedWords) -> bool:
    """Whether an event stands close to the time: in its clause, or right before the comma ("when I fly, the 21st")."""
    if words.event.search(low[max(begins, at - _NEAR) : at]) or words.event.search(low[end : min(ends, end + 45)]):
        return True
    gap = low[:at].rstrip()
    if gap.endswith(","):
        last = max((found.end() for found in words.clause.finditer(gap[:-1])), default=0)
        return bool(words.event.search(gap[max(last, len(gap) - _NEAR) :]))
    return False


def _for_event(
    moment: Moment, low: str, begins: int, ends: int, words: NeedWords, spoken: Spoken, *, sure: float
) -> NeedBy | None:
    due_at = moment.due_at
    if due_at is None:
        return None
    if moment.timed:
        if moment.guessed and words.travel.search(low[begins:ends]) and due_at - timedelta(hours=12) > spoken.said_at:
            due_at -= timedelta(hours=12)
        return _made(moment, "event-at", sure, due_at=due_at)
    if moment.lead == "before" and moment.words.lower().split()[0] in ("before", "antes"):
        return _made(moment, "before-event", sure)
    local = due_at.astimezone(spoken.local.tzinfo)
    eve = on_day(local.date() - timedelta(days=1), CLOSE, spoken)
    return _made(moment, "event-eve", sure, due_at=eve if eve > spoken.said_at else due_at)


def _made(moment: Moment, rule: str, sure: float, *, due_at: datetime | None = None) -> NeedBy | None:
    at = due_at or moment.due_at
    if at is None:
        return None
    return NeedBy(
        due_at=at, words=moment.words, start=moment.start, end=moment.end, rule=f"{rule}: {moment.rule}", sure=sure
    )
