"""English words of time as patterns: what days, parts of the day, clocks, dates and counts look like."""

import re

from ..time_words import ZONE_LETTERS
from .numbers import NUMBER, UNITS

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|(?:tues|weds|thurs|thur|tue|thu|fri)\b\.?"
    r"|(?:mon|wed|sat|sun)\b\.?(?=,? ?(?:\d|[-/](?:mon|tue|wed|thu|fri|sat|sun)|morning|afternoon|evening|night|at|"
    r"by|or|and|$|[.,!]))"
)
NTH = r"(?:\d{1,2}(?:st|nd|rd|th)|\d{1,2})"
DAY = re.compile(
    r"(?P<past>yesterday|last (?:night|week|month|year|" + WEEKDAY + r")|the other day|the day before yesterday"
    r"|(?:earlier|previously) (?:today|this (?:morning|week|month))|(?:over )?the (?:last|past) [\w ]{1,16}"
    r"(?:minutes|hours|days|weeks|months)|the previous (?:day|week|month))\b"
    r"|(?P<after>(?:the )?day after tomorrow)\b|(?P<tomorrow>tomorrow|tomorow|tommorow|tommorrow|tmrw|tmw|tomoz|"
    r"2moro)\b"
    r"|(?P<same>(?:later )?today|later on today|this very day|the same day|same day|within the day|2day)\b"
    r"|(?P<which>next |this coming |coming |this |following )?(?P<weekday>" + WEEKDAY + r")"
    r"(?P<week>,? (?:of )?next week| of the (?:following|coming) week| week\b(?!end)|,? (?:of )?this week)?"
    r"|(?P<plus>a week (?:from |on )?(?:" + WEEKDAY + r"))|(?P<weeklater>a week (?:from )?(?:today|tomorrow))"
)
WORD = re.compile(r"[a-z]+")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

PERIODS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("early", r"early (?:on )?next week|(?:at |by )?the (?:beginning|start) of next week"),
        ("mid", r"(?:the )?mid(?:dle)?(?: of)?[ -]next week|midweek next week"),
        ("weekafter", r"the week after next|in two weeks' time"),
        ("nextweek",
            r"(?:the )?end of next week|late(?:r)? next week|next (?:working |business )?week|the coming week\b"
         r"|sometime next week|next wk\b"),
        ("eow", r"(?:the rest|what's left|what is left|the remainder) of (?:the|this) week(?!end)|(?:the )?end of "
            r"(?:the|this) (?:working |business |work )?week(?!end)|end of week|eow\b"
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
        ("end:", r"(?:the )?end of (?P<month>" + MONTH + ")"),
    )
)  # fmt: skip
PERIOD = re.compile("|".join(f"(?:{words.pattern.replace('?P<month>', '?:')})" for _, words in PERIODS))

PARTS = re.compile(
    r"(?P<first>(?:first thing|bright and early|first up)(?: (?:in the )?(?:am|morning))?)\b"
    r"|(?P<close>(?:the )?(?:end|close) of (?:the |my |our |this )?(?:business |working |work )?(?:day|shift|"
    r"business|play|trading)"
    r"|eod\b|e\.o\.d\.?|cob\b|c\.o\.b\.?|(?<!fair )cop\b|eob\b|day'?s end|close today|(?:before|until) we (?:close|"
    r"shut)(?: up)?"
    r"|before i (?:leave|finish|go home|clock off|log off)(?: today| tonight)?|before the day(?:'s| is) (?:out|over|"
    r"done)"
    r"|the day is out|close of office|office close)"
    r"|(?P<this>(?:later |on )?this (?:very )?(?P<of>morning|afternoon|arvo|evening|lunchtime|lunch))\b"
    r"|(?P<tonight>tonight|tonite|this night|2nite)\b"
    r"|(?P<noon>(?:12 )?noon|midday|mid-day)\b|(?P<midnight>midnight)\b"
    r"|(?P<inthe>(?:in|during|by) the (?P<when>morning|afternoon|arvo|evening))\b"
    r"|(?P<lunch>(?:before|by|at|around|over) lunch(?:time)?)\b|(?P<tea>(?:by|before|at) (?:teatime|tea-time|"
    r"dinner(?:time)?))\b"
    r"|(?P<arvo>arvo)\b"
    r"|(?P<bare>mid-?(?:morning|afternoon)|morning|afternoon|evening|night|lunchtime|lunch|am|pm|a\.m\.|p\.m\.)(?!\w)"
)
HOURS = {"morning": 12, "lunch": 12, "am": 12, "a.m.": 12, "afternoon": 17, "arvo": 17, "pm": 17, "evening": 21}

HALF = r"(?:\s?(?P<{0}>a\.?\s?m\b\.?|p\.?\s?m\b\.?)|\s?o'?\s?clock|\s?(?:hrs|hours|hr|h)\b|-?ish)"
AT = (
    r"(?:by|at|before|around|about|till|til|until|after|from|past|circa|towards|for|say|i meant|make it|make that|"
    r"call it|approx\.?|near(?:er)?|@|~)"
    r" (?:about |around |roughly |say |approximately |like )?(?:the latest )?"
)
NAMED = {"noon": 12, "midday": 12}
NAMES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TELL = (
    r"(?:(?P<to{0}>half(?: past)?|(?:a )?quarter (?:past|to|of|after)"
    r"|(?:five|ten|twenty(?:[ -]five)?|\d{{1,2}})(?: minutes)? (?:past|to)) )?"
    r"(?P<hour{0}>\d{{1,2}}|noon|midday|" + NAMES + r")"
    r"(?:[:.h](?P<minute{0}>[0-5]\d))?(?![\d/]|[.,:]\d)"
)
ONE_CLOCK = TELL.format("a") + r"(?P<mark>" + HALF.format("half") + r")?"
MILITARY = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) ?(?:hrs|hours|h)\b")
CLOCK = re.compile(r"(?P<at>" + AT + r")?" + ONE_CLOCK)
CLOCKS = re.compile(
    r"(?P<between>(?:any ?time )?(?:between|from|btw)\s)?"
    + TELL.format("a")
    + r"(?P<marka>"
    + HALF.format("halfa")
    + r")?"
    r"\s?(?:-|to|and|or|till|until)\s?" + TELL.format("b") + r"(?P<markb>" + HALF.format("halfb") + r")?"
)
#: What follows a bare number that is a time of day and not a number of things.
ALONE = re.compile(
    r"\s*(?:$|[^\w\s$£€#%/&'@+*(]|(?:today|tomorrow|tonight|this|in the|on|at the|sharp|latest|or|and|so|if|with|"
    r"when|because|but"
    r"|then|for|to|mon|tue|wed|thu|fri|sat|sun|prompt|next|tops|max|as|unless|rather|instead|not|which|that|who|"
    r"before|after|we|i|you|he|she|they|it|our|your|my|latest|thanks|cheers|at night|morning|by|pm|am|local|uk|gmt|"
    r"est|whatever|however|whether|regardless|either|please|pls|again|mate|love|ok|okay)\b)"
)

DATE = re.compile(
    r"(?P<iso>(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2}))(?!\d)"
    r"|(?:the )?(?P<day>" + NTH + r")(?:\s?(?:-|to|and|or|until)\s?(?:the )?(?P<last>" + NTH + r"))?(?: of)?[ -]?"
    r"(?P<month>" + MONTH + r")(?:,? (?P<year>20\d\d)\b)?"
    r"|(?P<month2>"
    + MONTH
    + r") (?:the )?(?P<day2>"
    + NTH
    + r")(?![\d:])(?:\s?(?:-|to|and|or)\s?(?P<last2>"
    + NTH
    + r"))?(?:,? (?P<year2>20\d\d)\b)?"
    r"|(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?:(?P=sep)(?P<n3>20\d\d|\d\d))?(?![\d/%]|[.,:]\d)"
    r"|(?:the )?(?P<nth>\d{1,2})(?:st|nd|rd|th)(?:\s?(?:-|to|and|or)\s?(?:the )?(?P<nthlast>\d{1,2})(?:st|nd|rd|th))?\b"
    r"(?! (?:time|call|mail|email|visit|attempt|floor|fl\b|order|person|line|street|st\b|century|anniversary|"
    r"birthday|of (?!this|the)))"
)

_NO_PLACE = (
    r"(?:our|my|in|on|at|by|of|to|for|from|with|and|or|so|if|the|a|an|next|this|that|every|each|some|any|same|first|"
    r"second|third|last|one|all|no|more|enough|what|which|whatever|over|full|half|part|real|prime|lead|good|free|spare|"
    r"long|short|is|was|will|i|we|you|it|\w+ing|\w+day|\w+ed|lunch|tea|dinner|break|opening|office|delivery|response|"
    r"arrival|appointment|travel|start|business|unless|until|when|as|but|because|after|"
    r"before|then|that|there|please|thanks|your|their|her|should|plus|only|just|depending|given|his|our|since|without|down|latest|sharp|tomorrow|today|save|take|make)\b"
)
#: Whose clock it is, where that is not plainly the writer's.
ZONE = re.compile(
    r"[ ,]{0,2}\(?(?:in )?(?:the )?(?:(?:your|his|her|their|local|recipient(?:'s|s'|s)?|customer'?s?)"
    r" (?:own |local )?time(?: ?zone)?\b(?! (?:is|was|has|will|and|with|to|slot|window|off|at|for)\b)"
    r"|(?:utc|gmt)\s?(?:[+-]\s?\d{1,2}(?::?\d\d)?)?(?!\w)(?: time\b)?|zulu\b|(?<=\d)z\b"
    r"|(?:" + ZONE_LETTERS + r"|(?<=m )(?:et|ct|mt|pt))\b(?: time\b)?"
    r"|(?:eastern|central|mountain|pacific)(?: (?:standard |daylight )?time\b|(?=\s*(?:$|[^\w\s]|on |tomorrow|today)))"
    r"|(?!" + _NO_PLACE + r")[a-z][\w.'-]+(?: (?!" + _NO_PLACE + r")[a-z][\w.'-]+)? time\b"
    r"(?! (?:slot|window|off|and)\b))\)?"
)
NO_YEAR = re.compile(r"(?:,| of)? \d{4,}\b(?! ?(?:hrs?|hours|h)\b)(?![:.,]\d)")

ADJECTIVE = (
    r"(?:(?P<business>business|working|work|office|banking|bank|weekday)|calendar|consecutive|clear|full|more|"
    r"further|whole|extra|additional|natural|solid)"
)
COUNT = re.compile(
    r"(?:the )?(?:next |coming |following |first |another |a further |a |max(?:imum)?\.? )?"
    r"(?P<low>"
    + NUMBER
    + r")(?P<half> and a half)?(?:\s?(?:-|to|or|and|/|, maybe|, or|, at most)\s?(?P<high>"
    + NUMBER
    + r"))?"
    r"[ -]?(?:" + ADJECTIVE + r"[ -]){0,2}(?P<unit>" + UNITS + r")(?P<tail> and a half)?"
)
ODD = re.compile(
    r"(?P<h15>(?:a )?quarter of an hour)|(?P<h45>three[ -]quarters of an hour)|"
    r"(?P<h30>(?:a )?half(?:[ -]?an?)?[ -]hour)"
    r"|(?P<h90>an hour and a half)|(?P<h60>the hour\b|(?:an|one) hour or so)|(?P<d14>(?:a|one|the) fortnight)"
    r"|(?P<two>an? (?P<twounit>minute|hour|day|week|month) or (?:two|so|2))\b"
    r"|(?P<bd1>(?:the )?(?:very )?(?:next|following) (?:business|working|work) day)|(?P<d7>a week's time|a week or so)"
    r"|(?P<weekten>a week to ten days)"
)
ODD_COUNTS = {
    "h15": (15, 15, "m"), "h30": (30, 30, "m"), "h45": (45, 45, "m"), "h60": (60, 60, "m"), "h90": (90, 90, "m"),
    "d14": (14, 14, "d"), "d7": (7, 7, "d"), "bd1": (1, 1, "bd"), "weekten": (7, 10, "d"),
}  # fmt: skip
LETTERS = {"mi": "m", "ho": "h", "hr": "h", "da": "d", "we": "d", "wk": "d", "mo": "mo", "fo": "d", "ye": "mo"}

VAGUE = re.compile(
    r"(?:very |really )?(?:soon(?:est)?(?! as\b)|shortly|asap|a\.s\.a\.p\.?|presently|promptly|immediately|"
    r"momentarily)\b"
    r"|as (?:soon|quickly|fast) as (?:possible|we can|i can|humanly possible|we possibly can|i possibly can|we're able"
    r"|practicable|is possible)"
    r"|at once\b|(?:right|straight) ?away|any (?:day|minute|moment|time|second)(?: now| soon)?\b|in due course|"
    r"before long"
    r"|in no time|at the earliest(?: opportunity| possible)?|at (?:my|our) earliest|without (?:further )?delay|"
    r"in a (?:bit|jiffy|sec|second|moment|minute|mo|while|tick)\b"
    r"|(?:in|within|over|during) (?:the )?(?:next |coming |following )?(?:a )?(?:few|several|"
    r"some) (?:more )?(?:minutes|mins|hours|days|weeks|months)"
    r"|(?:in |over |within |during )?the (?:next|coming|following) (?:days|weeks|hours|while|bit)|"
    r"in (?:a matter of )?(?:days|hours|minutes)\b"
    r"|(?:a )?few (?:more )?(?:minutes|mins|hours|days|weeks)|in the (?:near|coming) future|in good time|"
    r"one of these days|sometime|at some point|later on\b|down the line"
    r"|when(?:ever)? (?:i|we) (?:get a chance|can)|in the new year"
)
