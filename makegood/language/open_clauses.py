"""Clauses that promise by their grammar: a coming time, and nothing that would make it anything else.

No list of verbs or nouns decides here. What is told to come is ours to do, unless it is past, his own act, a fact
that holds anyway, or a length of time and not a deadline.

    tells_when    whether a time says when something is done, not which one or how long
    is_past       whether a clause without a future tells of what has happened
    arranged      whether something has been put to a coming time
    is_open       whether a clause with a time promises though none of its words is known
"""

import re

from .open_words import OpenWords
from .times import Moment

#: Characters looked at before and after a time.
_NEAR = 32
#: What stands before a time that must still come: "sent by Friday" is no news.
_AHEAD = ("by", "within", "before")
#: Times in which something may as well be the case as be done.
_HELD = ("today", "eow", "eom", "eoy", "t@12:00", "t@17:00", "t@21:00")
_WORD = re.compile(r"[^\W\d_][\w'-]*|[$£€]\s?\d")
_LOGGED = re.compile(r"\s*[-•*]?\s*\d{1,2}[:.h]\d\d\b")


def tells_when(low: str, floor: int, moment: Moment, words: OpenWords) -> bool:
    """Whether the moment in the clause that begins at `floor` is a time of doing."""
    before = low[max(floor, moment.start - _NEAR) : moment.start]
    free = words.untied.search(before) is not None
    if moment.near_at is None and low.startswith("de ", moment.start) and words.tied.search(before) and not free:
        return False
    if moment.rule.startswith("m") and not moment.lead and words.brief_before.search(before):
        return False
    after = low[moment.end : moment.end + _NEAR]
    if moment.counted:
        return not (words.lasting_before.search(before) or words.lasting_after.match(after))
    if moment.due_at is None:
        return True
    free = free or words.untied.search(low[moment.start : moment.start + 3]) is not None
    return not (words.which_before.search(before) or (words.which_after.match(after) and not free))


def is_past(body: str, moments: list[Moment], words: OpenWords, *, verb: bool) -> bool:
    """Whether a clause without a word of the future (its times blanked out) tells what has happened.

    `verb` says whether a verb of the present is known in it.
    """
    if words.past.search(body):
        return True
    found = words.participle.search(body)
    if not found or (verb and words.lone_participle) or words.auxiliary.search(body, 0, found.start("verb")):
        return False
    ahead = any(moment.lead in _AHEAD for moment in moments)
    begins = not _WORD.search(body, 0, found.start("verb"))
    logged = any(moment.clock and not moment.lead for moment in moments)
    return not ahead and (not begins or logged)


def arranged(low: str, floor: int, end: int, moments: list[Moment], words: OpenWords) -> bool:
    """Whether the clause says that something has been put to a time still to come."""
    if not words.perfect.search(low, floor, end):
        return False
    return any(
        moment.due_at is not None
        and not moment.counted
        and words.towards.search(low[max(floor, moment.start - 8) : moment.start + 6])
        for moment in moments
    )


def is_open(low: str, start: int, end: int, moments: list[Moment], words: OpenWords) -> bool:
    """Whether a clause says something of its own beside a dated time, and nothing forbids to take it as our word."""
    dated = [moment for moment in moments if _opens(low, start, moment, words)]
    body = without_times(low, start, end, moments)
    if not dated or words.leaning.match(body) or words.customer.search(body) or words.facts.search(body):
        return False
    if _LOGGED.match(low, start, end) and dated[0].start <= start + 4 and not dated[0].lead:
        return False
    held = all(moment.rule in _HELD and moment.lead != "by" for moment in dated)
    if held and words.state.search(body):
        return False
    return content(low, start, end, moments, words) > 0


def _opens(low: str, floor: int, moment: Moment, words: OpenWords) -> bool:
    """Whether a time can make a promise of a clause whose verb we do not know."""
    if moment.due_at is None or moment.lead in ("of", "until", "since", "after"):
        return False
    if moment.counted:
        return bool(moment.lead) or moment.near_at is not None or moment.unit == "business"
    return not words.being.search(low[max(floor, moment.start - _NEAR) : moment.start])


def content(low: str, start: int, end: int, moments: list[Moment], words: OpenWords) -> int:
    """How many words of the clause name a thing or a deed."""
    rest = without_times(low, start, end, moments)
    return sum(1 for word in _WORD.findall(rest) if not words.hollow.fullmatch(word))


def without_times(low: str, start: int, end: int, moments: list[Moment]) -> str:
    """The clause with its times blanked out, every other character at its old place."""
    rest, at = "", start
    for moment in moments:
        begin, stop = max(at, moment.start), max(at, min(moment.end, end))
        rest += low[at:begin] + " " * (stop - begin)
        at = stop
    return rest + low[at:end]
