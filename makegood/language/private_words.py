"""Things in a text that tell who it is about and have a shape: addresses, numbers, links, streets.

Every pattern sees folded text (see `folding.py`), begins only where a word begins and moves forward without
coming back, so that a page of "a@a@a@" costs no more than a page of prose. Dates, times and amounts are no
such things: promises are read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .cards import find_cards

#: What is taken out, the most telling first: where two overlap, the first gives the sign its word.
KINDS = ("CARD", "IBAN", "SECRET", "MAIL", "LINK", "PHONE", "ADDRESS", "NAME", "ID")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """One thing to take out of the folded text. Things with the same `known` get the same number."""

    kind: str
    start: int
    end: int
    known: str = ""


_LOCAL = r"[\w.!#$%&'*+/=?^{|}~-]"
_HOST = r"\w(?:[\w-]|\.(?=\w))*+"
_AT = r"[ \t]?[(\[{<]\s?(?:at|arroba|@)\s?[)\]}>][ \t]?"
_DOT = r"\s?[(\[{<]?\s?(?:dot|punto)\s?[)\]}>]?\s?"
_MAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}++@{_HOST}"
    rf"|\"[^\"\n]{{1,64}}\"@{_HOST}"
    rf"|(?<!{_LOCAL}){_LOCAL}++[ \t]{{0,3}}+@[ \t]{{0,3}}+(?:[\w-]++\.)++[a-z]{{2,}}+"
    rf"|(?<!{_LOCAL}){_LOCAL}++{_AT}{_HOST}(?:{_DOT}{_HOST}){{0,4}}"
    rf"|(?<!{_LOCAL}){_LOCAL}++ (?:at|arroba) {_HOST}(?: (?:dot|punto) {_HOST}){{1,4}}+"
    r"|(?<![\w@])@[^\W\d][\w.]++",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,19}+:/{1,3}+[^\s<>\"]++"
    r"|(?<![\w.-])(?:www\.|mailto:|tel:|sms:)[^\s<>\"]++"
    r"|(?<![\w.@-])(?:[a-z0-9-]++\.)++[a-z]{2,24}+(?::\d{1,5})?/[^\s<>\"]++"
    r"|(?<![\w.@-])(?:[a-z0-9-]++\.)++(?:com|org|net|info|biz|example|test|es|mx|ar|cl|co|uk|eu|de|fr|io|dev|app)\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?(?![^\W_])", re.IGNORECASE)
_SECRET = re.compile(
    r"\b(?:password|passcode|passwd|contrasena|clave|pin|cvv2?|cvc2?|csc)\b(?:\s?(?:is|es|number|code|de acceso))?"
    r"\s{0,3}[:=]?\s{0,3}(?P<value>(?=\S{0,64}\d|(?-i:\S{1,64}[A-Z]))\S{3,64})",
    re.IGNORECASE,
)

_UNITS = (
    r"(?:[ap]\.?m|h|hrs?|horas?|hours?|d|days?|dias?|min|mins|minutes|minutos|weeks?|semanas?|st|nd|rd|th|eur|usd|gbp"
    r"|mxn|euros?|kg|g|km|cm|mm|m|l|ml|w|v|gb|mb|tb|px|x)"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]{0,7}"
_SUM = r"(?:\d{1,3}(?:[.,]\d{3}){1,3}|\d{1,7})(?:[.,]\d{1,2})?"
#: Dates, spans and hours of the clock, amounts with a unit: what must stay. None begins inside a row of numbers.
_KEPT = re.compile(
    r"(?<![\w./-])(?<!\d[ )])(?:(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?:t\d\d)?"
    r"|(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|[12]\d|3[01])\2(?:(?:19|20)\d\d|\d\d)"
    rf"|\d{{1,2}}[-/]{_MONTHS}[-/](?:19|20)?\d\d|(?:[a-z]{{3,9}}-)?(?:19|20)\d\d(?:[-/](?:20)?\d\d)?"
    r"|[0-2]?\d[.:h][0-5]\d(?:\s?h)?\s{0,2}(?:-|to|a|y|and)\s{0,2}[0-2]?\d[.:h][0-5]\d"
    rf"|\d{{1,6}}(?:[.,]\d{{1,3}})?(?:-\d{{1,6}})?[\s-]?{_UNITS}"
    rf"|[$€£]\s?{_SUM}|{_SUM}\s?[$€£])"
    r"(?![\w/-]|\.\d|[ )]\d\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)(?:\+|\()?\d(?:[ \t.()/·_-]{0,4}+\d){6,}+")
_CALLED = re.compile(
    r"\b(?:tel|tlf|tfno|telf|phone|mobile|cell|ring|fax|whatsapp|telefono|movil|celular|extension|ext"
    r"|call(?: me| us| him| her)?(?: back)?(?: on| at)|llam\w{1,8} al)\b[\s.:]{0,4}+(?P<value>\d(?:[ .-]?\d){4,}+)",
    re.IGNORECASE,
)
_BETWEEN = " \t.)/·_-"
_LOCAL_PHONE = re.compile(r"\d{3}[ .-]\d{4}")
#: A word of letters and digits with hyphens, as desks and shops number things.
_CODE = re.compile(r"(?<!\w)#?[a-z0-9]++(?:[-_/][a-z0-9]++){0,30}+", re.IGNORECASE)
_NAMED_CODE = re.compile(
    r"\b(?:order|booking|reservation|reference|ref|case|invoice|account|tracking|parcel|ticket|customer|member|policy"
    r"|pedido|reserva|localizador|referencia|expediente|caso|factura|cuenta|seguimiento|paquete|cliente|poliza|dni|nie"
    r"|passport|pasaporte)\b(?: (?:number|code|id|numero|codigo|num|no|n))?[\s.:#o]{1,4}+(?P<value>[\w/-]{3,40}+)",
    re.IGNORECASE,
)

_WORD = r"[^\W\d_][\w.'-]{0,24}"
_STREET = re.compile(
    r"(?<![\w.,-])(?:(?:apt|apartment|flat|unit|suite) \w{1,5},? )?\d{1,5}[a-z]?(?:-\d{1,5})?,?\s{1,2}"
    r"(?:(?!(?:on|in|of|a|an|this|that|your|my|our|to|for|at|by|down|up|from|days?|hours?|people)\s)"
    rf"{_WORD}\s{{1,2}}){{1,4}}?"
    r"(?:(?:street|road|avenue|lane|boulevard|terrace|crescent|parkway|highway|st|rd|ave|blvd|pkwy|hwy)\b"
    r"|(?-i:Drive|Dr|Close|Court|Ct|Way|Square|Sq|Place|Pl|Gardens|Grove|Hill|Park|Row|Mews|Quay|Walk|Circle|Ln)\b)\.?"
    r"(?:,?\s{1,2}(?:(?:apt|apartment|flat|unit|suite|floor|no)\.?\s#?|#)[\w-]{1,6})?",
    re.IGNORECASE,
)
_VIA = (
    r"(?:calle|c/|cl\.|avenida|avda\.?|av\.?|plaza|pza\.?|paseo|carrera|cra\.?|carretera|ctra\.?|camino|ronda|travesia"
    r"|glorieta|urbanizacion|urb\.|colonia|col\.|pasaje|callejon|rambla|calzada|boulevard|bulevar|poligono)"
)
_CALLE = re.compile(
    rf"(?<![\w.])(?i:{_VIA})(?:\s{{1,2}}|(?<=[/.]))"
    r"(?:(?:(?:de|del|la|las|los|el|y|san|santa)\s){0,3}[A-Z\d][\w.'-]{0,24}[\s,]{1,2}){1,5}"
    r"(?:s/n|(?i:n\.?o?\.?|num\.?|numero|#)?\s?\d{1,5}[a-zA-Z]?(?:\s[A-Z])?)\b"
    r"(?:,?\s{0,2}(?:(?i:piso|puerta|portal|esc\.?|escalera|bajo|atico|izq\w{0,6}|dcha|derecha|int\.?|interior|depto\.?)"
    r"\s?[\w]{0,4}|\d{1,2}\.?[oa]?(?:\s?[A-Z])?)\b){0,4}"
    rf"|(?<![\w.])(?i:{_VIA})\s(?!desde|hace|por|con|sin|entre)[a-z]{{3,20}},? \d{{1,5}}\b"
)
_POSTCODE = re.compile(
    r"(?<![^\W_])(?:[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"
    r"|[A-Z]{2},? \d{5}(?:-\d{4})?|\d{5}-\d{4}"
    r"|(?i:cp|c\.p\.|zip(?: code)?|postcode|codigo postal)[\s:]{1,3}(?=[\w-]{0,7}\d)[\w-]{4,8}"
    r"|(?:0[1-9]|[1-4]\d|5[0-2])\d{3},? (?!EUR|USD|GBP|Eur|[A-Z]\b)[A-Z][a-z]{2,20}"
    r"(?: (?:de |del )?[A-Z][a-z]{2,20}){0,2})"
    r"(?![^\W_])"
)


def found(text: str) -> list[Span]:
    """Everything with a telling shape in the folded text, in no order, overlaps included. Linear."""
    spans = [Span(kind="CARD", start=card.digits[0], end=card.digits[-1] + 1) for card in find_cards(text)]
    spans += _plain("MAIL", _MAIL, text)
    spans += _plain("LINK", _LINK, text)
    spans += [span for span in _plain("IBAN", _IBAN, text) if _is_account(text[span.start : span.end])]
    spans += _values("SECRET", _SECRET, text)
    for pattern in (_STREET, _CALLE, _POSTCODE):
        spans += _plain("ADDRESS", pattern, text)
    spans += _numbers(text)
    return spans


def _plain(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(kind=kind, start=m.start(), end=m.end()) for m in pattern.finditer(text))


def _values(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        if any(letter.isdigit() for letter in match["value"]) or kind == "SECRET":
            yield Span(kind=kind, start=match.start("value"), end=match.end("value"))


def _is_account(words: str) -> bool:
    """Ten digits or more, or the check digits of ISO 13616: two letters, two digits and words are no account."""
    letters = "".join(filter(str.isalnum, words)).upper()
    if sum(map(str.isdigit, letters)) >= 10:
        return True
    turned = letters[4:] + letters[:4]
    return turned.isascii() and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _numbers(text: str) -> Iterator[Span]:
    """Phone numbers and long numbers of things, apart from dates, hours and amounts."""
    kept = bytearray(len(text))
    for match in _KEPT.finditer(text):
        kept[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _NUMBER.finditer(text):
        for start, end in _stretches(kept, match.start(), match.end()):
            words = text[start:end].strip(_BETWEEN)
            if sum(map(str.isdigit, words)) >= 7:
                begin = text.index(words, start)
                yield Span(kind=_kind_of(words), start=begin, end=begin + len(words))
    for match in _CODE.finditer(text):
        if _is_code(match[0]) and not any(kept[match.start() : match.end()]):
            yield Span(kind="ID", start=match.start(), end=match.end())
    for kind, pattern in (("PHONE", _CALLED), ("ID", _NAMED_CODE)):
        for span in _values(kind, pattern, text):
            if not any(kept[span.start : span.end]):
                yield span


def _stretches(kept: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a stretch that hold nothing that must stay."""
    at = start
    while at < end:
        wall = kept.find(1, at, end)
        wall = end if wall < 0 else wall
        if wall > at:
            yield at, wall
        at = kept.find(0, wall, end)
        if at < 0:
            return


def _kind_of(words: str) -> str:
    digits = sum(map(str.isdigit, words))
    plain = words.strip().isdigit() or "-" in words
    return "ID" if plain and digits < 9 and not words.startswith("+") and not _LOCAL_PHONE.fullmatch(words) else "PHONE"


def _is_code(word: str) -> bool:
    digits = sum(map(str.isdigit, word))
    letters = sum(map(str.isalpha, word))
    return digits >= 6 or (digits >= 3 and letters >= 1 and digits + letters >= 6) or _is_booking(word)


def _is_booking(word: str) -> bool:
    """Six capitals and digits, as airlines and hotels give out: X4TQ7P."""
    return len(word) == 6 and word.isalnum() and word.isupper() and any(letter.isdigit() for letter in word)
