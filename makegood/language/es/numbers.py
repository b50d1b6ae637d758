"""Spanish numbers and units as they count time."""

import re

_WORDS = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiún": 21,
    "veinticuatro": 24, "veinticinco": 25, "veintiocho": 28, "treinta": 30, "treinta y seis": 36, "cuarenta": 40,
    "cuarenta y cinco": 45, "cuarenta y ocho": 48, "cincuenta": 50, "sesenta": 60, "setenta y dos": 72,
    "noventa": 90, "un par de": 2, "par de": 2, "una docena de": 12, "otros": 1,
}  # fmt: skip

#: A number of minutes, hours, days: digits (optionally repeated in brackets) or words.
NUMBER = (
    r"(?:\d{1,4}(?: ?\([a-záéíóú -]{3,16}\))?(?![\d:.,]\d)|(?:"
    + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")\b(?: ?\(\d{1,3}\))?)"
)
UNITS = (
    r"(?:minut(?:os?|itos?)|mins?|horas?|horitas?|hrs?|hs|h|d[ií]as?|d[ií]itas?|jornadas?|semanas?|semanitas?|"
    r"quincenas?|mes(?:es)?|años?)\b"
)


def number(words: str) -> int:
    """The value of what NUMBER matched; what stands in brackets only repeats it."""
    plain = words.split("(")[0].strip()
    return int(plain) if plain.isdigit() else _WORDS.get(plain, 0)
