"""English numbers and units as they count time."""

import re

_WORDS = {
    "an": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90, "forty-eight": 48, "seventy-two": 72, "twenty-four": 24,
    "twenty-one": 21, "twenty-eight": 28, "twenty-five": 25, "thirty-six": 36, "forty eight": 48,
    "seventy two": 72, "twenty four": 24, "twenty eight": 28, "a couple of": 2, "a couple": 2, "couple of": 2,
    "couple": 2, "single": 1, "half a dozen": 6, "a dozen": 12, "a pair of": 2, "another": 1,
}  # fmt: skip

#: A number of minutes, hours, days: digits (optionally repeated in brackets) or words.
NUMBER = (
    r"(?:\d{1,4}(?: ?\([a-z -]{3,14}\))?(?![\d:.,]\d)|(?:"
    + "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
    + r")\b(?: ?\(\d{1,3}\))?)"
)
UNITS = (
    r"(?:minutes?|mins?|hours?|hrs?|h|days?|weekdays?|weeks?|wks?|fortnights?|months?|mths?|years?)\b"
)


def number(words: str) -> int:
    """The value of what NUMBER matched; what stands in brackets only repeats it."""
    plain = words.split("(")[0].strip()
    return int(plain) if plain.isdigit() else _WORDS.get(plain, 0)
