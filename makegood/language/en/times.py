"""How English says when: days, parts of the day, clocks, counts, and the words around them."""

import re

from ..time_words import Clock, Piece, TimeWords, on_the_clock
from .numbers import NUMBER, UNITS, number

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|(?:tues|weds|thurs|thur|tue|thu|fri)\b\.?"
    r"|(?:mon|wed|sat|sun)\b\.?(?=,? ?(?:\d|[-/](?:mon|tue|wed|thu|fri|sat|sun)|morning|afternoon|evening|night|at|by|or|and|$|[.,!]))"
)
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2})"
_DAY = re.compile(
    r"(?P<past>yesterday|last (?:night|week|month|year|" + _WEEKDAY + r")|the other day|the day before yesterday"
    r"|(?:earlier|previously) (?:today|this (?:morning|week|month))|(?:over )?the (?:last|past) [\w ]{1,16}"
    r"(?:minutes|hours|days|weeks|months)|the previous (?:day|week|month))\b"
    r"|(?P<after>(?:the )?day after tomorrow)\b|(?P<tomorrow>tomorrow|tomorow|tommorow|tommorrow|tmrw|tmw|tomoz|2moro)\b"
    r"|(?P<same>(?:later )?today|later on today|this very day|the same day|same day|within the day|2day)\b"
    r"|(?P<which>next |this coming |coming |this |following )?(?P<weekday>" + _WEEKDAY + r")"
    r"(?P<week>,? (?:of )?next week| of the (?:following|coming) week| week\b(?!end)|,? (?:of )?this week)?"
    r"|(?P<plus>a week (?:from |on )?(?:" + _WEEKDAY + r"))|(?P<weeklater>a week (?:from )?(?:today|tomorrow))"
)
_WORD = re.compile(r"[a-z]+")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_PERIODS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("early", r"early (?:on )?next week|(?:at |by )?the (?:beginning|start) of next week"),
        ("mid", r"(?:the )?mid(?:dle)?(?: of)?[ -]next week|midweek next week"),
        ("weekafter", r"the week after next|in two weeks' time"),
        ("nextweek", r"(?:the )?end of next week|late(?:r)? next week|next (?:working |business )?week|the coming week\b"
         r"|sometime next week|next wk\b"),
        ("eow", r"(?:the )?end of (?:the|this) (?:working |business |work )?week(?!end)|end of week|eow\b"
         r"|later (?:on )?(?:this|in the) week|this week(?!end)|this wk\b|week'?s end|before the (?:weekend|w/e)"
         r"|(?:by|ahead of|in time for) the weekend|before the week(?:'s| is) (?:out|over|up)"
         r"|before (?:we close for )?the week ends|the week is out"),
        ("weekend", r"(?:over |at |on )?(?:the|this) weekend"),
        ("midweek", r"midweek|mid-week"),
        ("earlymonth", r"early next month|(?:the )?(?:beginning|start) of next month"),
        ("nextmonth", r"(?:the )?end of next month|next month"),
        ("midmonth", r"mid-month|(?:the )?middle of (?:the|this) month"),
        ("eom", r"(?:the )?end of (?:the|this) (?:calendar )?month|end of month|month'?s[ -]end|month[ -]end|eom\b"
         r"|later this month|this month(?! is)|before the month(?:'s| is) (?:out|over|up)|the month is out"),
        ("eoy", r"(?:the )?end of (?:the|this) year|year[ -]end|later this year|this year"),
        ("end:", r"(?:the )?end of (?P<month>" + _MONTH + ")"),
    )
)  # fmt: skip
_PERIOD = re.compile("|".join(f"(?:{words.pattern.replace('?P<month>', '?:')})" for _, words in _PERIODS))

_PARTS = re.compile(
    r"(?P<first>(?:first thing|bright and early|first up)(?: (?:in the )?(?:am|morning))?)\b"
    r"|(?P<close>(?:the )?(?:end|close) of (?:the |my |our |this )?(?:business |working |work )?(?:day|shift|business|play|trading)"
    r"|eod\b|e\.o\.d\.?|cob\b|c\.o\.b\.?|cop\b|eob\b|day'?s end|close today|(?:before|until) we (?:close|shut)(?: up)?"
    r"|before i (?:leave|finish|go home|clock off|log off)(?: today| tonight)?|before the day(?:'s| is) (?:out|over|done)"
    r"|the day is out|close of office|office close)"
    r"|(?P<this>(?:later |on )?this (?:very )?(?P<of>morning|afternoon|arvo|evening|lunchtime|lunch))\b"
    r"|(?P<tonight>tonight|tonite|this night|2nite)\b"
    r"|(?P<noon>(?:12 )?noon|midday|mid-day)\b|(?P<midnight>midnight)\b"
    r"|(?P<inthe>(?:in|during|by) the (?P<when>morning|afternoon|arvo|evening))\b"
    r"|(?P<lunch>(?:before|by|at|around|over) lunch(?:time)?)\b|(?P<tea>(?:by|before|at) (?:teatime|tea-time|dinner(?:time)?))\b"
    r"|(?P<arvo>arvo)\b"
    r"|(?P<bare>mid-?(?:morning|afternoon)|morning|afternoon|evening|night|lunchtime|lunch|am|pm|a\.m\.|p\.m\.)(?!\w)"
)
_HOURS = {"morning": 12, "lunch": 12, "am": 12, "a.m.": 12, "afternoon": 17, "arvo": 17, "pm": 17, "evening": 21}

_HALF = r"(?:\s?(?P<{0}>a\.?\s?m\b\.?|p\.?\s?m\b\.?)|\s?o'?\s?clock|\s?(?:hrs|hours|hr|h)\b|-?ish)"
_AT = (
    r"(?:by|at|before|around|about|till|til|until|after|from|past|circa|towards|for|say|i meant|make it|make that|call it|approx\.?|near(?:er)?|@|~)"
    r" (?:about |around |roughly |say |approximately |like )?(?:the latest )?"
)
_NAMED = {"noon": 12, "midday": 12}
_NAMES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TELL = (
    r"(?:(?P<to{0}>half(?: past)?|(?:a )?quarter (?:past|to|of|after)"
    r"|(?:five|ten|twenty(?:[ -]five)?|\d{{1,2}})(?: minutes)? (?:past|to)) )?(?P<hour{0}>\d{{1,2}}|noon|midday|" + _NAMES + r")"
    r"(?:[:.h](?P<minute{0}>[0-5]\d))?(?![\d/]|[.,:]\d)"
)
_ONE_CLOCK = _TELL.format("a") + r"(?P<mark>" + _HALF.format("half") + r")?"
_MILITARY = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:hrs|hours|h)\b")
_CLOCK = re.compile(r"(?P<at>" + _AT + r")?" + _ONE_CLOCK)
_CLOCKS = re.compile(
    r"(?P<between>(?:any ?time )?(?:between|from|btw)\s)?" + _TELL.format("a") + r"(?P<marka>" + _HALF.format("halfa") + r")?"
    r"\s?(?:-|to|and|or|till|until)\s?" + _TELL.format("b") + r"(?P<markb>" + _HALF.format("halfb") + r")?"
)
#: What follows a bare number that is a time of day and not a number of things.
_ALONE = re.compile(
    r"\s*(?:$|[^\w\s$£€#%/&'@+*(]|(?:today|tomorrow|tonight|this|in the|on|at the|sharp|latest|or|and|so|if|with|when|because|but"
    r"|then|for|to|mon|tue|wed|thu|fri|sat|sun|prompt|next|tops|max|as|unless|at night|morning|by|pm|am|local|uk|gmt|est)\b)"
)

_DATE = re.compile(
    r"(?P<iso>(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2}))(?!\d)"
    r"|(?:the )?(?P<day>" + _NTH + r")(?:\s?(?:-|to|and|or|until)\s?(?:the )?(?P<last>" + _NTH + r"))?(?: of)?[ -]?"
    r"(?P<month>" + _MONTH + r")(?:,? (?P<year>20\d\d)\b)?"
    r"|(?P<month2>" + _MONTH + r") (?:the )?(?P<day2>" + _NTH + r")(?![\d:])(?:\s?(?:-|to|and|or)\s?(?P<last2>" + _NTH
    + r"))?(?:,? (?P<year2>20\d\d)\b)?"
    r"|(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?:(?P=sep)(?P<n3>20\d\d|\d\d))?(?![\d/%]|[.,:]\d)"
    r"|(?:the )?(?P<nth>\d{1,2})(?:st|nd|rd|th)(?:\s?(?:-|to|and|or)\s?(?:the )?(?P<nthlast>\d{1,2})(?:st|nd|rd|th))?\b"
    r"(?! (?:time|call|mail|email|visit|attempt|floor|fl\b|order|person|line|street|st\b|century|anniversary|birthday|of (?!this|the)))"
)

_ADJECTIVE = r"(?:(?P<business>business|working|work|office|banking|bank|weekday)|calendar|consecutive|clear|full|more|further|whole|extra|additional|natural|solid)"
_COUNT = re.compile(
    r"(?:the )?(?:next |coming |following |first |another |a further |a |max(?:imum)?\.? )?"
    r"(?P<low>" + NUMBER + r")(?P<half> and a half)?(?:\s?(?:-|to|or|and|/|, maybe|, or|, at most)\s?(?P<high>" + NUMBER + r"))?"
    r"[ -]?(?:" + _ADJECTIVE + r"[ -]){0,2}(?P<unit>" + UNITS + r")(?P<tail> and a half)?"
)
_ODD = re.compile(
    r"(?P<h15>(?:a )?quarter of an hour)|(?P<h45>three[ -]quarters of an hour)|(?P<h30>(?:a )?half(?:[ -]?an?)?[ -]hour)"
    r"|(?P<h90>an hour and a half)|(?P<h60>the hour\b|(?:an|one) hour or so)|(?P<d14>a fortnight|one fortnight)"
    r"|(?P<two>an? (?P<twounit>minute|hour|day|week|month) or (?:two|so|2))\b"
    r"|(?P<bd1>(?:the )?(?:very )?(?:next|following) (?:business|working|work) day)|(?P<d7>a week's time|a week or so)"
    r"|(?P<weekten>a week to ten days)"
)
_ODD_COUNTS = {
    "h15": (15, 15, "m"), "h30": (30, 30, "m"), "h45": (45, 45, "m"), "h60": (60, 60, "m"), "h90": (90, 90, "m"),
    "d14": (14, 14, "d"), "d7": (7, 7, "d"), "bd1": (1, 1, "bd"), "weekten": (7, 10, "d"),
}  # fmt: skip
_LETTERS = {"mi": "m", "ho": "h", "hr": "h", "da": "d", "we": "d", "wk": "d", "mo": "mo", "fo": "d", "ye": "mo"}

_VAGUE = re.compile(
    r"(?:very |really )?(?:soon(?:est)?(?! as\b)|shortly|asap|a\.s\.a\.p\.?|presently|promptly|immediately|momentarily)\b"
    r"|as (?:soon|quickly|fast) as (?:possible|we can|i can|humanly possible|we possibly can|i possibly can|we're able"
    r"|practicable|is possible)"
    r"|at once\b|(?:right|straight) ?away|any (?:day|minute|moment|time|second)(?: now| soon)?\b|in due course|before long"
    r"|in no time|at the earliest(?: opportunity| possible)?|at (?:my|our) earliest|without (?:further )?delay|in a (?:bit|jiffy|sec|second|moment|minute|mo|while|tick)\b"
    r"|(?:in|within|over|during) (?:the )?(?:next |coming |following )?(?:a )?(?:few|several|some) (?:more )?(?:minutes|mins|hours|days|weeks|months)"
    r"|(?:in |over |within |during )?the (?:next|coming|following) (?:days|weeks|hours|while|bit)|in (?:a matter of )?(?:days|hours|minutes)\b"
    r"|(?:a )?few (?:more )?(?:minutes|mins|hours|days|weeks)|in the (?:near|coming) future|in good time|one of these days|sometime|at some point|later on\b|down the line"
    r"|when(?:ever)? (?:i|we) (?:get a chance|can)|in the new year"
)


def _first(low: str, at: int, _: bool) -> Piece | None:
    """Periods and days by name."""
    found = _PERIOD.match(low, at)
    if found:
        for name, pattern in _PERIODS:
            inner = pattern.match(low, at)
            if inner:
                if name == "end:":
                    name += str(_month_number(inner["month"]))
                return Piece(kind="period", name=name, leans=name == "weekend", start=at, end=inner.end())
    found = _DAY.match(low, at)
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
    found = _PARTS.match(low, at)
    if not found or low[max(0, at - 5) : at].endswith(("good ", "last ")):
        return None
    kind, end = next(name for name, value in found.groupdict().items() if value), found.end()
    if kind == "first":
        return Piece(kind="part", name="first" if "thing" in found[0] else "first", clock=Clock(hour=10), start=at, end=end)
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
    hour = next((hour for name, hour in _HOURS.items() if name in word), 21)
    name = "this" if kind == "this" else kind
    if kind == "inthe":
        name = "tomorrow" if word == "morning" else "inthe"
    return Piece(kind="part", name=name, clock=Clock(hour=hour), leans=kind == "bare", start=at, end=end)


def _hour(tell: str | None, hour: str, minute: str | None, half: str | None) -> Clock | None:
    number_of = (_NAMED.get(hour) or _NAMES.split("|").index(hour) + 1) if hour.isalpha() else int(hour)
    side = ("pm" if half.startswith("p") else "am") if half else ""
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
    found = _MILITARY.match(low, at)
    if not found:
        return None
    clock = Clock(hour=int(found["hour"]), minute=int(found["minute"]))
    return Piece(kind="clock", clock=clock, start=at, end=found.end())


def _clock(low: str, at: int, _: bool) -> Piece | None:
    both = _CLOCKS.match(low, at)
    if both and (piece := _clocks(both, low, at)):
        return piece
    found = _CLOCK.match(low, at)
    if not found:
        return None
    colon = bool(found["minutea"]) and found[0].find(".") < 0
    marked = found["mark"] and not re.fullmatch(r"\s?(?:hours|hrs|hr|h)", found["mark"])
    if found["mark"] and not marked and not found["at"]:
        return None
    told = found["toa"] and (found["at"] or "past" in found["toa"] or "quarter" in found["toa"])
    told = told or bool(re.compile(r" (?:in the (?:morning|afternoon|evening)|at night|tonight|tomorrow (?:morning|night))\b").match(low, found.end()))
    dotted = bool(found["minutea"]) and not colon and not found["at"] and not marked
    if not (colon or marked or told or dotted or (found["at"] and (found["mark"] or _ALONE.match(low, found.end())))):
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
    if plain and not (found["between"] and _ALONE.match(low, found.end())):
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
    return _MONTHS.split("|").index(word[:3]) + 1


def _date(low: str, at: int, month_first: bool) -> Piece | None:
    found = _DATE.match(low, at)
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
    odd = _ODD.match(low, at)
    if odd:
        name = next(name for name, value in odd.groupdict().items() if value)
        if name == "two":
            unit, factor = _unit(odd["twounit"], business=False)
            high = 2 if odd[0].endswith(("two", "2")) else 1
            return Piece(kind="count", low=factor, high=high * factor, unit=unit, start=at, end=odd.end())
        low_count, high_count, unit = _ODD_COUNTS[name]
        return Piece(kind="count", low=low_count, high=high_count, unit=unit, start=at, end=odd.end())
    found = _COUNT.match(low, at)
    if _DAY.match(low, at):
        return None  # "a week on Monday" is a day
    if not found or found["low"] in ("a", "an") and found["high"] is None and found["unit"] == "day" and not low[:at].endswith(("in ", "within ")):
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
    letter = _LETTERS.get(word[:2], word[0])
    factor = {"we": 7, "wk": 7, "fo": 14, "ye": 12}.get(word[:2], 1)
    if word.startswith("weekday"):
        return "bd", 1
    if business and letter in ("h", "d"):
        return f"b{letter}", 5 if factor == 7 else factor
    return letter, factor


def _vague(low: str, at: int, _: bool) -> Piece | None:
    found = _VAGUE.match(low, at)
    return Piece(kind="vague", start=at, end=found.end()) if found else None


TIMES = TimeWords(
    starts=re.compile(
        r"(?<![\w.])(?=[\d@~]|half|quarter|" + _NAMES + r"|twenty|fifteen|thirty|forty|sixty|ninety|a |an |the |this |next |last "
        r"|coming |following |another |couple|few |several |first |end |close |eod|cob|cop|eob|eom|eow|e\.o|c\.o|mon|tue|wed|thu|fri"
        r"|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|tod|tom|tmr|tmw|2day|2mor|2nite|tonig|tonit|yester|noon|midd|midn|mid"
        r"|early|earlier|prev|late|week|month|year|office|before |by |at |around |about |till |til |until |after |from |between |btw "
        r"|any ?time|in |within |over |during |morning|afternoon|arvo|evening|night|lunch|am\b|pm\b|a\.m|p\.m|bright|day|same|some"
        r"|soon|very |really |short|asap|a\.s|present|prompt|immed|moment|as |right|straight|any |without|one of|down|when|max|for |say |past |ahead |make |call |i mean)"
        r"[\w@~]*"
    ),
    readers=(_vague, _clock_hours, _count, _first, _date, _clock, _part),
    glue=re.compile(
        r"[\s,(]*(?:(?:at|on|in|by|of|the|before|around|about|say|latest|no later than|and|from|sometime|anytime|probably|i mean"
        r"|i\.e\.|ie|that is|during|for|-)[\s,]+){0,3}|\s?-\s?|'s\s"
    ),
    to=re.compile(r"\s?(?:-|to|and|or|/|till|until|through|or maybe|, or|possibly|or possibly)\s?(?:on |by )?(?:the )?|, maybe |, possibly "),
    both=("and", "and on", "and by", "and the", "and on the", "and by the"),
    between="between",
    leads=(
        ("event", re.compile(r"\b(after(?:wards|ward)?|then|thereafter|once (?:there|received|approved|processed|posted|shipped|sent),?|plus|and another|and then)\s(?:it(?:'s| takes| is)? |(?:allow|takes|within|in|about|up to) )?$")),
        ("before", re.compile(r"\b(before|ahead of|prior to|in advance of)\s(?:the )?(?:end of )?$")),
        ("until", re.compile(r"\b(until|till|til|'til|thru|through)\s(?:the )?$")),
        ("since", re.compile(r"\b(since|ever since|dated)\s(?:the )?(?:about )?$")),
        ("for", re.compile(r"\b(for|lasts|lasting|waited|waiting|spent|took)\s(?:the |about |around |over |at least |more than )?$")),
        ("of", re.compile(r"\b(of|dated|from)\s(?:the )?$")),
        ("by", re.compile(
            r"\b((?:by|no later than|not later than|at the (?:very )?latest(?: by)?|latest(?: by)?|on or before|come|due(?: by| on)?|"
            r"by or before|as late as)\s(?:the |about |around )?(?:latest )?)$")),
        ("within", re.compile(
            r"\b((?:within|in|inside(?: of)?|under|in less than|in under|up to|in up to|over|during|in about|in around|in roughly|within about"
            r"|within a maximum of|in at most|in as little as|no more than|in no more than|max(?:imum)?(?: of)?|in the space of|at most|less than"
            r"|approximately|roughly|about|around|between)\s(?:the |a )?(?:next |coming |following |max(?:imum)? (?:of )?|maximum (?:of )?)?)$")),
        ("after", re.compile(r"\b((?:after|from|as of|starting)\s)$")),
        ("at", re.compile(r"\b((?:(?:sometime|some time|any ?time|later) )?(?:on|at|around|about|for|some time|sometime)\s(?:the )?)$")),
    ),
    from_event=re.compile(
        r"(?:'s?)?(?: at the (?:latest|most))?,?\s+(?:(?:counted |starting |running |counting )?(?:from|of|after|following|since|once|upon|as of|when|as soon as|thereafter|afterwards|later)\b"
        r"(?! (?:today|now|this (?:mail|email|message|letter|note)|tomorrow's|the (?:date|day) of this|(?:the )?end|course|the (?:week|month)|mon|tue|wed|thu|fri))|to (?:clear|show) after)"
    ),
    ago=re.compile(r"\s+(?:ago|back\b(?! (?:to|at|in|on))|late\b|overdue|earlier|old\b|behind|already|straight|in a row|running|without)"),
    tail=re.compile(r",? (?:at the (?:very |absolute )?(?:latest|most|outside)|latest|tops|max(?:imum)?|sharp|on the dot|at most|without fail)\b"),
)  # fmt: skip
