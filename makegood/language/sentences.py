"""A text in sentences, each with its place: what the readers weigh one by one.

Made for mails, chats and posts: a line break ends a sentence, a stop ends one unless it belongs to a short form
("Mr.", "No. 4", "Sra."), a number or an address. Linear in the length of the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

#: Characters of one sentence; longer ones are cut in pieces, so that nobody's comma-less page is one sentence.
LONGEST = 600
#: Characters of a text that are looked at.
SEEN = 8_000

_SHORT_FORMS_WRITTEN = """
    mr mrs ms mx dr drs prof st no nos nr ref refs tel ext approx incl excl vs inc ltd co dept art fig
    vol hr hrs min jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri
    sat sun e.g i.e etc sr sra srta sres d dña dn dra lic ing arq núm num nº pág av avda c tfno tlf
    teléf depto ud uds vd vds admón cía ene abr ago dic aprox p.ej ej máx mín fdo atte
    """
_SHORT_FORMS = frozenset(_SHORT_FORMS_WRITTEN.split())
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]{0,3}|\n+|;")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One sentence without the space around it: `text[start:end] == words`."""

    words: str
    start: int
    end: int


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text's first `SEEN` characters, in order; none for a text without any letter or digit."""
    return _sentences(text[:SEEN])


@lru_cache(maxsize=128)
def _sentences(text: str) -> tuple[Sentence, ...]:
    # Kept for a while: each of the readers of one message asks for the same.
    found: list[Sentence] = []
    begin = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if _ends_here(text, stop.start(), end):
            _add(found, text, begin, end)
            begin = end
    _add(found, text, begin, len(text))
    return tuple(found)


_BREAK = re.compile(r"[ \t]{0,8}\r?\n[ \t]{0,8}")
_MARKED_LINE = re.compile(r"[-*•·>|#+~_=]|\d{1,3}[.):](?!\d)|\w\)")
#: Lines that stand by themselves in chats without capitals.
_GREETS = re.compile(r"(?:hi|hello|hey|dear|hola|buenas|buenos|estimad\w+)\b(?: [\w.]+){0,3},?$", re.IGNORECASE)
_CLOSES = re.compile(r"(?:thanks|thank you|thx|cheers|regards|best|gracias|saludos|un saludo|atte)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[^\W\d_A-ZÁÉÍÓÚÑÜ]|[\d$£€(]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|I'll\b")
#: From this length on a line was broken by the width of a window and not by its writer.
_WRAPPED = 50


def unwrapped(text: str) -> str:
    """The text with a space for every single line break inside a sentence, every other character at its old place.

    A break stays where a line ends with a stop, where an empty line or a list follows, and where a short line is
    followed by one that begins like a sentence (a greeting, a signature).
    """

    def joined(found: re.Match[str]) -> str:
        return " " * len(found[0]) if _goes_on(text, found.start(), found.end()) else found[0]

    return _BREAK.sub(joined, text)


def _goes_on(text: str, stop: int, start: int) -> bool:
    before = text[max(0, stop - 200) : stop]
    line = before[before.rfind("\n") + 1 :].strip()
    if not line or start >= len(text) or text[start].isspace() or _MARKED_LINE.match(text, start):
        return False
    if line.rstrip("\"'”’»)]")[-1:] in (*".!?…:;", ""):
        return False
    if (line[0].isdigit() and text[start].isdigit()) or _GREETS.match(line) or _CLOSES.match(text, start):
        return False
    return len(line) >= _WRAPPED or _GOES_ON.match(text, start) is not None


def _ends_here(text: str, stop: int, end: int) -> bool:
    mark = text[stop]
    if mark in "\n;":
        return True
    if end < len(text) and not text[end].isspace():
        # "example.net", "12.50", but "done.Thanks" and "what?!and".
        return text[end] in "¿¡" or (mark in "!?…" and text[end].isalnum())
    if mark != "." or end - stop > 1:
        return True
    before = text[max(0, stop - 8) : stop].split()
    word = before[-1].strip("(\"'").casefold() if before else ""
    if word in _SHORT_FORMS or (len(word) == 1 and word.isalpha() and word not in "iyaou"):
        rest = text[end : end + 12].lstrip()
        return not rest or (rest[0].isupper() and word in ("etc", "co", "ltd", "inc", "hrs", "min"))
    if word.count(".") and word.replace(".", "") in ("am", "pm"):
        rest = text[end : end + 4].lstrip()
        return not rest or rest[0].isupper()
    return True


def _add(found: list[Sentence], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if not any(letter.isalnum() for letter in text[begin:end]):
        if found and found[-1].end <= begin and "\n" not in text[found[-1].end : begin] and end > begin:
            last = found.pop()  # A lone mark or emoji belongs to the sentence before it.
            found.append(Sentence(words=text[last.start : end], start=last.start, end=end))
        elif end > begin and not found:
            found.append(Sentence(words=text[begin:end], start=begin, end=end))
        return
    while end - begin > LONGEST:
        cut = text.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
        cut = begin + LONGEST if cut < 0 else cut
        _keep(found, text, begin, cut)
        begin = cut
    _keep(found, text, begin, end)


def _keep(found: list[Sentence], text: str, begin: int, end: int) -> None:
    """One piece without the space around it."""
    words = text[begin:end]
    begin += len(words) - len(words.lstrip())
    words = words.strip()
    if words:
        found.append(Sentence(words=words, start=begin, end=begin + len(words)))
