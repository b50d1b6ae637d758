"""How English says when: days, parts of the day, clocks, counts, and the words around them."""

import re

from ..time_words import Clock, Piece, TimeWords, on_the_clock
from .numbers import number
from .ordinals import nth_of_month
from .time_tables import (
    ALONE,
    CLOCK,
    CLOCKS,
    COUNT,
    DATE,
    DAY,
    HOURS,
    LETTERS,
    MILITARY,
    MONTHS,
    NAMED,
    NAMES,
    NO_YEAR,
    ODD,
    ODD_COUNTS,
    PARTS,
    PERIOD,
    PERIODS,
    VAGUE,
    ZONE,
)


def _first(low: str, at: int, _: bool) -> Piece | None:
    """Periods and days by name."""
    found = PERIOD.match(low, at)
    if found:
        for name, pattern in PERIODS:
            inner = pattern.match(low, at)
            if inner:
                if name == "end:":
                    name += str(_month_number(inner["month"]))
                return Piece(kind="period", name=name, leans=name == "weekend", start=at, end=inner.end())
    found = DAY.match(low, at)
    if not found:
        return None
    end = found.end()
    if found["past"]:
        return Piece(kind="past", start=at, end=end)
    for group, name in (("after", "+2"), ("tomorrow", "+1"), ("same", "today")):
        if found[group]:
            return Piece(kind="day", name=name, start=at, end=end)
    if found["weeklater"]:
        return Piece(kind="day", name="+7" if found["weeklater"].endswith("today") else "+8", start=at, end=end)
    if found["plus"]:
        return Piece(kind="weekday", name="plus:" + found["plus"].split()[-1][:3], start=at, end=end)
    name = found["weekday"][:3]
    week, which = (found["week"] or "").strip(", "), (found["which"] or "").strip()
    if "next week" in week or "following" in week or "coming week" in week or which == "next":
        name = f"next:{name}"
    elif week == "week":
        name = f"plus:{name}"
    elif which == "this" or "this week" in week:
        name = f"this:{name}"
    return Piece(kind="weekday", name=name, start=at, end=end)


def _part(low: str, at: int, _: bool) -> Piece | None:
    found = PARTS.match(low, at)
    if not found or low[max(0, at - 5) : at].endswith(("good ", "last ")):
        return None
    kind, end = next(name for name, value in found.groupdict().items() if value), found.end()
    if kind == "first":
        return Piece(kind="part", name="first", clock=Clock(hour=10), start=at, end=end)
    if kind == "close":
        return Piece(kind="part", name="close", start=at, end=end)
    if kind in ("noon", "lunch"):
        return Piece(kind="part", name="noon", clock=Clock(hour=12), start=at, end=end)
    if kind == "midnight":
        return Piece(kind="part", name="tonight", clock=Clock(hour=23, minute=59), start=at, end=end)
    if kind == "tonight":
        return Piece(kind="part", name="tonight", clock=Clock(hour=21), start=at, end=end)
    if kind == "tea":
        return Piece(kind="part", name="tea", clock=Clock(hour=17), start=at, end=end)
    word = found["of"] or found["when"] or found[0]
    hour = next((hour for name, hour in HOURS.items() if name in word), 21)
    name = "this" if kind == "this" else kind
    if kind == "inthe":
        name = "tomorrow" if word == "morning" else "inthe"
    return Piece(kind="part", name=name, clock=Clock(hour=hour), leans=kind == "bare", start=at, end=end)


def _hour(tell: str | None, hour: str, minute: str | None, half: str | None) -> Clock | None:
    number_of = (NAMED.get(hour) or NAMES.split("|").index(hour) + 1) if hour.isalpha() else int(hour)
    side = ("pm" if half.startswith("p") else "am") if half else ""
    if not (tell or half) and re.fullmatch(r"0\d", hour):
        return Clock(hour=number_of, minute=int(minute or 0))  # "02:30" counts the hours from midnight.
    if not tell:
        return on_the_clock(number_of, int(minute or 0), side)
    if tell.startswith("half"):
        return on_the_clock(number_of, 30, side)
    amount = 15 if "quarter" in tell else {"fiv": 5, "ten": 10, "twe": 25 if "five" in tell else 20}.get(tell[:3], 0)
    amount = amount or int(re.match(r"\d+", tell)[0])  # type: ignore[index]
    if "to" in tell.split() or tell.endswith(" of"):
        found = on_the_clock(number_of, 0, side)
        if found is None or amount > 59:
            return None
        return Clock(hour=(found.hour - 1) % 24, minute=60 - amount, guessed=found.guessed)
    return on_the_clock(number_of, amount, side)


def _clock_hours(low: str, at: int, _: bool) -> Piece | None:
    """A clock of four digits, before "1430 hrs" is taken for a count."""
    found = MILITARY.match(low, at)
    if not found:
        return None
    clock = Clock(hour=int(found["hour"]), minute=int(found["minute"]))
    return Piece(kind="clock", clock=clock, start=at, end=found.end())


#: Before "two hours" these make a length of time, not an hour of the day.
_SPANNING = ("for", "about", "around", "say", "circa", "approx", "near", "~", "from", "past", "towards")


def _clock(low: str, at: int, _: bool) -> Piece | None:
    both = CLOCKS.match(low, at)
    if both and (piece := _clocks(both, low, at)):
        return piece
    found = CLOCK.match(low, at)
    if not found:
        return None
    colon = bool(found["minutea"]) and found[0].find(".") < 0
    marked = found["mark"] and not re.fullmatch(r"\s?(?:hours|hrs|hr|h)", found["mark"])
    if found["mark"] and not marked and (not found["at"] or found["at"].startswith(_SPANNING)):
        return None
    told = found["toa"] and (found["at"] or "past" in found["toa"] or "quarter" in found["toa"])
    told = told or bool(
        re.compile(r" (?:in the (?:morning|afternoon|evening)|at night|tonight|tomorrow (?:morning|night))\b").match(
            low, found.end()
        )
    )
    dotted = bool(found["minutea"]) and not colon and not found["at"] and not marked
    if not (colon or marked or told or dotted or (found["at"] and (found["mark"] or ALONE.match(low, found.end())))):
        return None
    if low[max(0, at - 1) : at] in ("$", "£", "€", "#") or low[found.end() : found.end() + 1] in ("%", "€"):
        return None
    clock = _hour(found["toa"], found["houra"], found["minutea"], found["half"])
    if clock is None:
        return None
    start = found.end("at") if found["at"] else at
    return Piece(kind="clock", clock=clock, leans=dotted, start=start, end=found.end())


def _clocks(found: re.Match[str], low: str, at: int) -> Piece | None:
    plain = not (found["minutea"] or found["minuteb"] or found["halfa"] or found["halfb"])
    if plain and not (found["between"] and ALONE.match(low, found.end())):
        return None
    if "hour" in (found["markb"] or "") or "hr" in (found["markb"] or ""):
        return None
    half = found["halfb"]
    far = _hour(found["tob"], found["hourb"], found["minuteb"], half)
    near = _hour(found["toa"], found["houra"], found["minutea"], found["halfa"] or half)
    if near and far and (near.hour, near.minute) >= (far.hour, far.minute) and half and not found["halfa"]:
        near = _hour(found["toa"], found["houra"], found["minutea"], "am" if half.startswith("p") else half)
    if near and far and (near.hour, near.minute) > (far.hour, far.minute) and not half and far.hour < 12:
        far = Clock(hour=far.hour + 12, minute=far.minute, guessed=True)
    if near is None or far is None or (near.hour, near.minute) >= (far.hour, far.minute):
        return None
    return Piece(kind="clock", clock=near, until=far, start=at, end=found.end())


def _month_number(word: str) -> int:
    return MONTHS.split("|").index(word[:3]) + 1


def _date(low: str, at: int, month_first: bool) -> Piece | None:
    found = DATE.match(low, at)
    if not found or (at and low[at - 1] in "$£€#.,/:-" and not found["month"]):
        return None
    last = (0, 0, 0)
    if found["iso"]:
        said = (int(found["d"]), int(found["m"]), int(found["y"]))
    elif found["nth"]:
        said = (int(found["nth"]), 0, 0)
        if found["nthlast"]:
            last = (int(found["nthlast"]), 0, 0)
    elif found["n1"]:
        numbers = _numeric(found, month_first)
        if numbers is None:
            return None
        said = numbers
    else:
        day, month = found["day"] or found["day2"], found["month"] or found["month2"]
        year = int(found["year"] or found["year2"] or 0)
        said = (int(re.sub(r"\D", "", day)), _month_number(month), year)
        if far := found["last"] or found["last2"]:
            last = (int(re.sub(r"\D", "", far)), said[1], year)
    return Piece(kind="date", date=said, last=last, start=at, end=found.end())


def _numeric(found: re.Match[str], month_first: bool) -> tuple[int, int, int] | None:
    first, second, year = int(found["n1"]), int(found["n2"]), int(found["n3"] or 0)
    if (found["sep"] != "/" and not year) or (first, second) == (24, 7):
        return None
    day, month = (second, first) if month_first else (first, second)
    if month > 12 >= day:
        day, month = month, day
    return (day, month, year) if 1 <= day <= 31 and 1 <= month <= 12 else None


def _count(low: str, at: int, _: bool) -> Piece | None:
    odd = ODD.match(low, at)
    if odd:
        name = next(name for name, value in odd.groupdict().items() if value)
        if name == "two":
            unit, factor = _unit(odd["twounit"], business=False)
            high = 2 if odd[0].endswith(("two", "2")) else 1
            return Piece(kind="count", low=factor, high=high * factor, unit=unit, start=at, end=odd.end())
        low_count, high_count, unit = ODD_COUNTS[name]
        return Piece(kind="count", low=low_count, high=high_count, unit=unit, start=at, end=odd.end())
    found = COUNT.match(low, at)
    if DAY.match(low, at):
        return None  # "a week on Monday" is a day
    if not found:
        return None
    single = found["low"] in ("a", "an") and found["high"] is None and found["unit"] == "day"
    if single and not low[max(0, at - 8) : at].endswith(("in ", "within ")):
        return None
    if low[found.end() : found.end() + 1] == "-" or (at and low[at - 1] in "$£€.,"):
        return None
    unit, factor = _unit(found["unit"], business=bool(found["business"]))
    near = number(found["low"])
    far = number(found["high"]) if found["high"] else near
    if found["half"] or found["tail"]:
        if unit == "h":
            return Piece(kind="count", low=near * 60 + 30, high=near * 60 + 30, unit="m", start=at, end=found.end())
        if unit == "d" and factor == 1:
            return Piece(kind="count", low=near * 24 + 12, high=near * 24 + 12, unit="h", start=at, end=found.end())
    near, far = sorted((near * factor, far * factor))
    return Piece(kind="count", low=near, high=far, unit=unit, start=at, end=found.end())


def _unit(word: str, *, business: bool) -> tuple[str, int]:
    letter = LETTERS.get(word[:2], word[0])
    factor = {"we": 7, "wk": 7, "fo": 14, "ye": 12}.get(word[:2], 1)
    if word.startswith("weekday"):
        return "bd", 1
    if business and letter in ("h", "d"):
        return f"b{letter}", 5 if factor == 7 else factor
    return letter, factor


def _vague(low: str, at: int, _: bool) -> Piece | None:
    found = VAGUE.match(low, at)
    return Piece(kind="vague", start=at, end=found.end()) if found else None


TIMES = TimeWords(
    starts=re.compile(
        r"(?<![\w.])(?=[\d@~]|half|quarter|" + NAMES +
            r"|twenty|fifteen|thirty|forty|sixty|ninety|a |an |the |this |next |last "
        r"|coming |following |another |couple|few |several |first |end |close |eod|cob|cop|eob|eom|eow|e\.o|c\.o|"
        r"mon|tue|wed|thu|fri"
        r"|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|tod|tom|tmr|tmw|2day|2mor|2nite|tonig|"
        r"tonit|yester|noon|midd|midn|mid"
        r"|early|earlier|prev|late|week|month|year|office|before |by |at |around |about |till |til |until |after |"
        r"from |between |btw "
        r"|any ?time|in |within |over |during |morning|afternoon|arvo|evening|night|lunch|am\b|pm\b|a\.m|p\.m|"
        r"bright|day|same|some"
        r"|soon|very |really |short|asap|a\.s|present|prompt|immed|moment|as |right|straight|any |without|one of|"
        r"down|when|max|for |say |past |ahead |make |call |i mean)"
        r"[\w@~]*"
    ),
    readers=(_vague, nth_of_month, _clock_hours, _count, _first, _date, _clock, _part),
    glue=re.compile(
        r"[\s,(]*(?:(?:at|on|in|by|of|the|before|around|about|say|latest|no later than|and|from|sometime|anytime|"
        r"probably|i mean"
        r"|i\.e\.|ie|that is|during|for|-)[\s,]+){0,3}|\s?-\s?|'s\s"
    ),
    to=re.compile(
        r"\s?(?:-|to|and|or|/|till|until|through|or maybe|, or|possibly|or possibly)\s?(?:on |by )?(?:the )?|"
        r", maybe |, possibly "),
    both=("and", "and on", "and by", "and the", "and on the", "and by the"),
    between="between",
    leads=(
        ("event", re.compile(
            r"\b(after(?:wards|ward)?|then|thereafter|once (?:there|received|approved|processed|posted|shipped|"
            r"sent),?|plus|and another|and then)\s(?:it(?:'s| takes| is)? |(?:allow|takes|within|in|about|up to) )?$")),
        ("before", re.compile(r"\b(before|ahead of|prior to|in advance of)\s(?:the )?(?:end of )?$")),
        ("until", re.compile(r"\b(until|till|til|'til|thru|through)\s(?:the )?$")),
        ("since", re.compile(r"\b(since|ever since|dated)\s(?:the )?(?:about )?$")),
        ("for", re.compile(
            r"\b(for|lasts|lasting|waited|waiting|spent|took)\s(?:the |about |around |over |at least |more than )?$")),
        ("of", re.compile(r"\b(of|dated|from)\s(?:the )?$")),
        ("by", re.compile(
            r"\b((?:by|no later than|not later than|at the (?:very )?latest(?: by)?|latest(?: by)?|on or before|"
            r"come|due(?: by| on)?|"
            r"by or before|as late as)\s(?:the |about |around )?(?:latest )?)$")),
        ("within", re.compile(
            r"\b((?:within|in|inside(?: of)?|under|in less than|in under|up to|in up to|over|during|in about|"
            r"in around|in roughly|within about"
            r"|within a maximum of|in at most|in as little as|no more than|in no more than|max(?:imum)?(?: of)?|"
            r"in the space of|at most|less than"
            r"|approximately|roughly|about|around|between)\s(?:the |a )?(?:next |coming |following |"
            r"max(?:imum)? (?:of )?|maximum (?:of )?)?)$")),
        ("after", re.compile(r"\b((?:after|from|as of|starting)\s)$")),
        ("at", re.compile(
            r"\b((?:(?:sometime|some time|any ?time|later) )?(?:on|at|around|about|for|some time|"
            r"sometime)\s(?:the )?)$")),
    ),
    from_event=re.compile(
        r"(?:'s?)?(?: at the (?:latest|most))?,?\s+(?:(?:counted |starting |running |counting )?(?:from|of|after|"
        r"following|since|once|upon|as of|when|as soon as|thereafter|afterwards|later)\b"
        r"(?! (?:today|now|this (?:mail|email|message|letter|note)|tomorrow's|the (?:date|day) of this|(?:the )?end|"
        r"course|the (?:week|month)|mon|tue|wed|thu|fri))|to (?:clear|show) after)"
    ),
    ago=re.compile(
        r"\s+(?:ago|back\b(?! (?:to|at|in|on))|late\b|overdue|earlier|old\b|behind|already|straight|in a row|"
        r"running|without)"),
    tail=re.compile(
        r",? (?:at the (?:very |absolute )?(?:latest|most|outside)|latest|tops|max(?:imum)?|sharp|on the dot|"
        r"at most|without fail)\b"),
    zone=ZONE,
    no_year=NO_YEAR,
)  # fmt: skip
