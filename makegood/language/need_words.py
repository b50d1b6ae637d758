"""What a language must give for needs.py: a customer's own time apart from all others. Patterns see `level` text."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedWords:
    """How one language says by when something is needed."""

    #: He needs, must, wants or asks: a time in the same sentence is his.
    need: re.Pattern[str]
    #: "If I hear nothing by …", "you have until …": his ultimatum.
    ultimatum: re.Pattern[str]
    #: Something that happens whether we are ready or not: a wedding, a flight, guests.
    event: re.Pattern[str]
    #: Of these, what has a timetable: "at seven" is seven in the morning there.
    travel: re.Pattern[str]
    #: The time is ours or somebody else's word: "you said Friday".
    told: re.Pattern[str]
    #: In the same clause: it lies behind him.
    past: re.Pattern[str]
    #: When he is at home or at work, what works for him.
    free: re.Pattern[str]
    #: Where one clause ends and the next begins.
    clause: re.Pattern[str]
    #: Right before a time: the time only says which one ("my Thursday slot").
    attribute: re.Pattern[str]
    #: Right before a time: it only begins there ("after six").
    onward: re.Pattern[str]
    #: A question about a limit: "can I return it until …".
    allowed: re.Pattern[str]
    #: How a span begins that is counted from now ("in two days", not "two days of waiting").
    from_now: re.Pattern[str]
