"""The numbers a customer names (order, flight, booking, case, parcel, account), and that he wrote before.

A number is told by the noun before it, else by its own shape, else by what the text is about; a number of which
nothing says what it is (an amount, a date, a phone, a serial number) is left out.
"""

import re
from collections.abc import Iterator
from itertools import islice

from .known import LANGUAGES
from .proposals import Proposal
from .reference_words import ReferenceWords
from .sentences import sentences
from .want_words import level
from .which import tags_to_read

#: What a reference can be; the labels of what `found` proposes.
TYPES = ("order", "flight", "booking", "case", "parcel", "account")

#: Characters looked at, characters before a number in which its noun stands, numbers of one text, and numbers tried.
_SEEN = 6_000
_BEFORE = 48
_MOST = 12
_TRIED = 200

_CODE = re.compile(
    r"(?<![\w@./€$£+&-])(?:#\s?\d{3,20}|[A-Z]{2}\s\d{3,4}(?![\w/-])|[A-Z]\d\s\d{3,4}(?![\w/-])"
    r"|\d[A-Z]\s\d{3,4}(?![\w/-])"
    r"|(?=[A-Za-z/-]{0,12}\d|[A-Z]{6}(?!\w))[A-Za-z0-9]{1,24}(?:[-/][A-Za-z0-9]{1,16}){0,4})(?![\w@€$£%])"
)
_NEVER = re.compile(
    r"(?:\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th|am|pm|h|hs|hrs|min|s|m|g|gb|tb"
    r"|kg|km|cm|mm|ml|l|k|x|ª|º|p|mb)"
    r"|\d{1,3}|(?:19|20)\d\d|\d+(?:gb|kg|km|cm|mm|ml|am|pm|mbps|mb|kwh|k)|24/7|[a-z]+\d?|[a-z]{1,3}\d{1,2}"
    r"|covid-19|mp[34]|4k|a4|\d{1,3}-[a-z]+)$",
    re.IGNORECASE,
)
_FLIGHT = re.compile(r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\s?\d{2,4}")
_PARCEL = re.compile(r"[A-Z]{2}\d{8,9}(?:[A-Z]{2})?|1Z[A-Z0-9]{16}|JD\d{16,18}|\d{18,22}")
_LOCATOR = re.compile(r"(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6}")
#: Airlines' designators that are seldom anything else.
_AIRLINES = """
    AA AC AF AI AM AR AS AV AY AZ BA BR CA CI CM CX DL EI EK ET EY FR GA HV IB JL JJ KE KL LA LH LO LX LY MS
    MU NH NK NZ OS OU OZ PC QF QR RJ SA SK SN SQ SU SV TG TK TP UA UX VA VS VY WN WS W6 U2 B6 F9 G4 3K 5J 6E
    9W Y4 VB H2 P5 I2 2K
"""
#: Words that look like a designator where everything is written in capitals.
_NO_AIRLINES = "IN ON AT TO OF IS IT MY NO BY WE US OR AN AS IF SO UP DE EL LA EN UN AL SE ES SI YA NI LE LO MI TU SU"
_AND = re.compile(r"\s*(?:,|&|/|\+|and|y|e)\s+#?$")
_PHONE = re.compile(r"\+?\d(?:[ ()-]{0,2}\d){8,}")


def found(text: str, *, language: str | None = None) -> tuple[Proposal, ...]:
    """Propose every reference in `text`: the label is its type (`TYPES`), the words are the value as written."""
    text = text[:_SEEN]
    read: dict[int, Proposal] = {}
    for tag in tags_to_read(text, language):
        for proposal in _numbers(text, LANGUAGES[tag].references, LANGUAGES[tag].wishes.machine):
            before = read.get(proposal.start)
            if before is None or before.sure < proposal.sure:
                read[proposal.start] = proposal
    return tuple(read[start] for start in sorted(read) if read[start].label != "none")


def mentions_earlier(text: str, *, language: str | None = None) -> tuple[Proposal, ...]:
    """Propose the words in which he mentions that he wrote, called or was answered before; at most three."""
    text = text[:_SEEN]
    read: dict[int, Proposal] = {}
    for tag in tags_to_read(text, language):
        for sentence in sentences(text):
            low = level(sentence.words)
            for rule, pattern in LANGUAGES[tag].references.earlier:
                match = pattern.search(low)
                if match and match.group().strip():
                    shift = len(match.group()) - len(match.group().lstrip())
                    start, end = sentence.start + match.start() + shift, sentence.start + match.end()
                    end -= len(text[start:end]) - len(text[start:end].rstrip())
                    words = text[start:end]
                    read[sentence.start] = Proposal(
                        label="earlier", sure=0.8, words=words, start=start, end=end, rule=rule
                    )
                    break
    return tuple(read[start] for start in sorted(read))[:3]


def _numbers(text: str, words: ReferenceWords, machine: re.Pattern[str]) -> Iterator[Proposal]:
    low = level(text)
    if machine.search(low):
        return
    phones = [(found.start(), found.end()) for found in _PHONE.finditer(text)]
    last_type, last_end, count = "", -100, 0
    for code in islice(_CODE.finditer(text), _TRIED):
        value = code.group()
        if value.startswith("#") and len(value) > 1 and value[1] == " ":
            continue
        label, rule, sure = _kind(low, code.start(), value, words)
        if label and _AND.match(low[last_end : code.start()]) and not rule.startswith("noun"):
            label, rule, sure = last_type or label, "and", 0.7
        if not label or (rule != "noun" and any(start <= code.start() < end for start, end in phones)):
            continue
        last_type, last_end, count = label, code.end(), count + 1
        yield Proposal(label=label, sure=sure, words=value, start=code.start(), end=code.end(), rule=rule)
        if count >= _MOST:
            return


def _kind(low: str, start: int, value: str, words: ReferenceWords) -> tuple[str, str, float]:
    """What a number is, by which rule, and how sure; empty for what is no reference."""
    bare = value.lstrip("#")
    before = low[max(0, start - _BEFORE) : start]
    noun = _noun(before, words)
    if not noun and words.goes.match(low, start + len(value)):
        noun = "case"
    has_digit = any(letter.isdigit() for letter in value)
    if noun == "flight" or (noun != "none" and not noun and _FLIGHT.fullmatch(value) and _flies(value, low, words)):
        if _FLIGHT.fullmatch(value):
            return "flight", "noun" if noun else "shape", 0.95 if noun else 0.8
        noun = "booking" if noun == "flight" else noun
    if " " in value or (_NEVER.match(bare) and not (noun and bare.isdigit() and len(bare) >= 4)):
        return ("order", "hash", 0.7) if value.startswith("#") and len(bare) >= 4 else ("", "", 0.0)
    if noun and noun != "none":
        return (noun, "noun", 0.95) if has_digit or noun == "booking" else ("", "", 0.0)
    if noun == "none" or not has_digit:
        return "", "", 0.0
    if _PARCEL.fullmatch(value):
        return "parcel", "shape", 0.85
    if value.startswith("#"):
        return "order", "hash", 0.75
    if words.reference.search(before.rstrip(" .:#-(")):
        return _subject(low, words) or "case", "ref", 0.75
    if _LOCATOR.fullmatch(value):
        return "booking", "shape", 0.7
    written_as_code = ("-" in bare or "/" in bare) and sum(letter.isdigit() for letter in bare) >= 4
    mixed = any(letter.isupper() for letter in bare) and sum(letter.isdigit() for letter in bare) >= 3
    if written_as_code or mixed:
        return _subject(low, words) or "case", "subject", 0.5
    return "", "", 0.0


def _flies(value: str, low: str, words: ReferenceWords) -> bool:
    if value[:2] in _NO_AIRLINES.split():
        return False
    return value[:2] in _AIRLINES.split() or " " in value or bool(words.flying.search(low))


def _noun(before: str, words: ReferenceWords) -> str:
    """The type that the words right before a number name; "none" for numbers of other things."""
    between = words.between.search(before)
    head = before[: between.start()] if between else before
    for label, pattern in words.nouns:
        found = pattern.search(head)
        if found and (found.start() == 0 or not head[found.start() - 1].isalnum()):
            return label
    return ""


def _subject(low: str, words: ReferenceWords) -> str:
    return next((label for label, pattern in words.subjects if pattern.search(low)), "")
