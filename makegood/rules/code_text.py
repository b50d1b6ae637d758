"""How a code is written, so that it can be read out, typed and trusted.

A code is 128 bits in 32 signs without I, L, O and U, and two signs that check the others: seven groups of four.
The checks are a Reed–Solomon code over the 32 signs, so any two wrong signs, and any two that changed places, are
found before anything is looked up; a single wrong one also tells in which group it stands.
Whoever types one may use small letters, spaces, dots and any dash, an O for the 0, an I or L for the 1, a U for the V.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from functools import reduce

from .refusals import Refusal

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
BITS = 128
_DATA, _LENGTH = 26, 28
_TAKEN_FOR = {"O": "0", "I": "1", "L": "1", "U": "V"}
_DIGITS_MEAN = {sign: value for value, sign in enumerate(SIGNS)}
_BETWEEN = frozenset(" .·_:/-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\u200b\u2060\ufeff\t\r\n")
LONGEST_TYPED = 200
"""Characters of what somebody typed that are looked at; a code with all its dashes has 34."""


class CodeMistyped(Refusal):
    """This is no code of ours as it stands. Compare it sign by sign, and type it again."""

    code = "code_mistyped"


# ── the field of 32 elements, x⁵ + x² + 1 ────────────────────────────────────


def _powers() -> tuple[int, ...]:
    found, value = [], 1
    for _ in range(31):
        found.append(value)
        value = value << 1
        value = value ^ 0b100101 if value & 32 else value
    return tuple(found)


_POWER = _powers()
_LOG = {value: exponent for exponent, value in enumerate(_POWER)}


def _times(a: int, b: int) -> int:
    return _POWER[(_LOG[a] + _LOG[b]) % 31] if a and b else 0


def _sums(values: list[int]) -> tuple[int, int]:
    """Return the two sums that are nought where every sign is right."""
    plain = reduce(lambda total, value: total ^ value, values, 0)
    weighted = reduce(lambda total, pair: total ^ _times(pair[1], _POWER[pair[0]]), enumerate(values), 0)
    return plain, weighted


def _checks(data: list[int]) -> list[int]:
    plain, weighted = _sums(data)
    apart = _POWER[_DATA] ^ _POWER[_DATA + 1]
    last = _times(weighted ^ _times(plain, _POWER[_DATA]), _POWER[-_LOG[apart] % 31])
    return [plain ^ last, last]


# ── writing and reading ──────────────────────────────────────────────────────


def written(secret: bytes) -> str:
    """Return 16 bytes as the 28 signs of a code, without dashes. Raises ValueError for another length."""
    if len(secret) * 8 != BITS:
        raise ValueError(f"a code has {BITS} bits")
    number = int.from_bytes(secret, "big")
    data = [number >> 5 * place & 31 for place in reversed(range(_DATA))]
    return "".join(SIGNS[value] for value in [*data, *_checks(data)])


def grouped(code: str) -> str:
    """Return a code as people read it: seven groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """Return the 28 signs that somebody meant. Raises CodeMistyped, with the group to look at where one is plain."""
    shown = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    signs = [_TAKEN_FOR.get(sign, sign) for sign in shown if sign not in _BETWEEN]
    if any(sign not in _DIGITS_MEAN for sign in signs):
        raise CodeMistyped("A code has only figures and letters, and none of them with an accent.")
    if len(signs) != _LENGTH:
        raise CodeMistyped("A code has seven groups of four signs.")
    values = [_DIGITS_MEAN[sign] for sign in signs]
    plain, weighted = _sums(values)
    if plain or weighted or values[0] > 7:
        raise CodeMistyped(*_WHERE[_wrong_group(plain, weighted)])
    return "".join(signs)


_WHERE: dict[int | None, tuple[str, ...]] = {
    None: (),
    1: ("Look at the first group again.",),
    2: ("Look at the second group again.",),
    3: ("Look at the third group again.",),
    4: ("Look at the fourth group again.",),
    5: ("Look at the fifth group again.",),
    6: ("Look at the sixth group again.",),
    7: ("Look at the seventh group again.",),
}


def _wrong_group(plain: int, weighted: int) -> int | None:
    """Return in which group the wrong sign stands if it is a single one; it is a hint and never a correction."""
    if not plain or not weighted:
        return None
    place = (_LOG[weighted] - _LOG[plain]) % 31
    return place // GROUP + 1 if place < _LENGTH else None


# ── keeping it ───────────────────────────────────────────────────────────────


def derived(key: bytes, seed: bytes) -> str:
    """Return the code of a seed under the server's key. Without the key, a seed says nothing about its code."""
    return written(hmac.new(key, b"code\0" + seed, hashlib.sha256).digest()[: BITS // 8])


def digest(code: str) -> str:
    """Return the hash by which a code is looked up. Of 128 random bits, a plain one can't be turned back."""
    return hashlib.sha256(b"code\0" + code.encode()).hexdigest()
