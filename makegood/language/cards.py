"""Payment card numbers in text: found and masked to their last four digits (PCI DSS 3.4, A-32).

A number counts if it has 13 to 19 digits in the grouping of a card (or unbroken, or spelled digit by digit,
or broken over lines), begins like an issuer's number and passes the Luhn check. An order number that fails
any of these is left alone. Linear in the length of the text. Nothing here raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BETWEEN = r"[\s\-.,_/>|*·\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff\udc96\udc97\udca0\udcad]"
#: Markup may stand between two digits of a number that a reader sees whole.
_MARKUP = r"<[^<>]{0,200}>|&(?:nbsp|ensp|emsp|thinsp|shy|zwj|zwnj|ndash|mdash|#0*(?:32|160|173|8203|8209|8211));"
_RUN = re.compile(rf"\d(?:{_BETWEEN}{{0,6}}+\d){{12,}}+")
_RUN_IN_MARKUP = re.compile(rf"\d(?:(?:{_BETWEEN}|{_MARKUP}){{0,12}}+\d){{12,}}+")
_PIECE = re.compile(r"\d+|\D+")
_DIGIT_REFERENCE = re.compile(r"&#(?:x0{0,6}(3[0-9])|0{0,6}(4[89]|5[0-7]));", re.IGNORECASE)
#: Thirteen digits with nothing but short gaps between them: without these there is no card number.
_CHEAP = re.compile(r"\d(?:[\W_]{0,6}+\d){12}")

_TAGS = re.compile(r"(<[^<>]*>|&[^;]{1,12};)")
_FIRST_DIGITS = frozenset({2, 3, 4, 5, 6, 8, 9})
_DOUBLED = str.maketrans("0123456789", "0246813579")
#: Spelled digit by digit, or in pairs.
_SPELLED = ({1}, {2})

#: Group sizes in which cards are printed.
_GROUPINGS = frozenset(
    {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 3, 3, 3), (4, 4, 5), (4, 4, 4, 1), (6, 13), (8, 8), (4, 4, 8), (8, 4, 4)}
    | {(4, 4, 4, 4, rest) for rest in (1, 2, 3)}
    | {(4, 4, 4, rest) for rest in (2, 3)}
    | {(4, 12), (12, 4), (6, 10), (6, 6, 4), (4, 8, 4), (4, 11), (10, 5), (4, 10)}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """Where a number stands: the positions of its digits, first to last."""

    digits: tuple[int, ...]


def mask(text: str) -> str:
    """The text with every card number as "•••• •••• •••• 1111"."""
    pieces: list[str] = []
    at = 0
    for card in find_cards(text):
        last_four = "".join(text[position] for position in card.digits[-4:])
        pieces += [text[at : card.digits[0]], "•••• •••• •••• ", last_four]
        at = card.digits[-1] + 1
    return "".join([*pieces, text[at:]]) if pieces else text


def mask_in_place(text: str, sign: str = "*", *, markup: bool = False) -> str:
    """The text with all but the last four digits of every card number replaced, nothing else moved.

    With `markup`, tags, spaces written as references and digits written as references are seen through.
    """
    if markup and "&#" in text:
        text = _DIGIT_REFERENCE.sub(_digit, text)
    hidden = [position for card in find_cards(text, markup=markup) for position in card.digits[:-4]]
    if not hidden:
        return text
    signs = list(text)
    for position in hidden:
        signs[position] = sign
    return "".join(signs)


def _digit(found: re.Match[str]) -> str:
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def holds_card(text: str, *, markup: bool = False) -> bool:
    """Whether there is a card number in the text."""
    if markup and "&#" in text:
        text = _DIGIT_REFERENCE.sub(_digit, text)
    return next(find_cards(text, markup=markup), None) is not None


def find_cards(text: str, *, markup: bool = False) -> Iterator[Card]:
    """Every card number in the text, in order, none overlapping another."""
    if not markup and _CHEAP.search(text) is None:
        return
    for run in (_RUN_IN_MARKUP if markup else _RUN).finditer(text):
        yield from _cards_of(run[0], run.start(), markup=markup)


class _Groups:
    """The groups of touching digits in a run. Lists side by side, because a run may hold a million."""

    def __init__(self, run: str, *, markup: bool) -> None:
        self.starts: list[int] = []
        self.digits: list[str] = []
        #: Whether a line ended before the group.
        self.broken: list[bool] = []
        broken = False
        at = 0
        for piece in _TAGS.split(run) if markup else [run]:
            inside = piece.startswith(("<", "&"))
            for found in _PIECE.finditer(piece):
                if inside or not found[0][0].isdecimal():
                    broken = broken or "\n" in found[0] or "<br" in found[0].lower()
                    continue
                self.starts.append(at + found.start())
                self.digits.append(found[0])
                self.broken.append(broken)
                broken = False
            at += len(piece)

    def card_at(self, at: int, *, fresh: bool) -> int:
        """How many groups from `at` on make a card number; 0 if none do. The longest fit wins.

        A number spelled in ones or twos is only looked for where such a row begins or is `fresh`, right
        after a card, so that a long row of single digits costs one look and not one a digit.
        """
        first = self.digits[at]
        row_begins = fresh or at == 0 or len(self.digits[at - 1]) != len(first)
        if int(first[0]) not in _FIRST_DIGITS or (len(first) <= 2 and not row_begins):
            return 0
        digits = ""
        best = 0
        for count in range(1, min(19, len(self.digits) - at) + 1):
            digits += self.digits[at + count - 1]
            if len(digits) > 19:
                break
            if len(digits) >= 13 and self._grouped_like_a_card(at, at + count) and is_card(digits):
                best = count
        return best

    def _grouped_like_a_card(self, first: int, last: int) -> bool:
        sizes = tuple(map(len, self.digits[first:last]))
        if len(sizes) == 1 or sizes in _GROUPINGS or set(sizes) in _SPELLED:
            return True
        # A line break may fall anywhere: the pieces on both sides are one group, or the break stood for a space.
        broken = self.broken[first + 1 : last]
        if not 1 <= sum(broken) <= 2:
            return False
        joined = [sizes[0]]
        for size, after_break in zip(sizes[1:], broken, strict=True):
            if after_break:
                joined[-1] += size
            else:
                joined.append(size)
        return len(joined) == 1 or tuple(joined) in _GROUPINGS


def _cards_of(run: str, offset: int, *, markup: bool) -> Iterator[Card]:
    groups = _Groups(run, markup=markup)
    at = after_card = 0
    while at < len(groups.starts):
        taken = groups.card_at(at, fresh=at == after_card)
        if taken:
            spans = zip(groups.starts[at : at + taken], groups.digits[at : at + taken], strict=True)
            yield Card(digits=tuple(offset + start + index for start, digits in spans for index in range(len(digits))))
            after_card = at + taken
        at += taken or 1


def is_card(digits: str) -> bool:
    """Whether the digits begin and end like a card number: an issuer's range, a length it uses, Luhn."""
    number = digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
    return _luhn(number) and _issued(number)


def _issued(number: str) -> bool:
    length = len(number)
    two, four, six = int(number[:2]), int(number[:4]), int(number[:6])
    return (
        (number[0] == "4" and length in (13, 16, 19))
        or (length == 16 and (51 <= two <= 55 or 2221 <= four <= 2720))
        or (length == 15 and two in (34, 37))
        or (14 <= length <= 19 and (300 <= four // 10 <= 305 or four == 3095 or two in (36, 38, 39)))
        or (16 <= length <= 19 and (four == 6011 or 644 <= four // 10 <= 649 or two in (65, 62, 81, 82, 60)))
        or (16 <= length <= 19 and (3528 <= four <= 3589 or 2200 <= four <= 2204 or 506099 <= six <= 506198))
        or (length == 16 and (four == 9792 or four == 5019 or 508500 <= six <= 508999))
        or (13 <= length <= 19 and (two in (50, 56, 57, 58, 67) or four in (6304, 6390, 6361, 6362, 6363)))
    )


def _luhn(number: str) -> bool:
    """The check digit of ISO/IEC 7812: every second digit from the right counts double, digits of it added."""
    return (sum(map(int, number[-1::-2])) + sum(map(int, number[-2::-2].translate(_DOUBLED)))) % 10 == 0
