"""Money as one reader writes it: his language's signs and separators, the currency's own number of digits.

Exact: digits are moved about as text, never through a float. The signs are
those of CLDR 47 for English and Spanish; a currency without a sign that a
reader knows stands with its ISO code, so that no "$" is taken for another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from makegood.rules import money
from makegood.rules.money import Money

SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """How one language writes money."""

    point: str
    group: str
    before: bool
    """Whether the sign stands before the digits."""
    signs: dict[str, str]


_WAYS = {
    "en": _Way(
        point=".",
        group=",",
        before=True,
        signs={
            "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CNY": "CN¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "ILS": "₪",
            "INR": "₹", "JPY": "¥", "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PHP": "₱", "TWD": "NT$", "USD": "$",
            "VND": "₫", "XCD": "EC$",
        },
    ),
    "es": _Way(point=",", group=".", before=False, signs={"EUR": "€", "USD": "US$", "THB": "฿", "VND": "₫"}),
}  # fmt: skip


def said(amount: Money) -> str:
    """Return an amount in the active language: `$1,234.50`, `1.234,50 US$`, `KWD 3.125`, `1.200 JPY`."""
    way = _way()
    sign = way.signs.get(amount.currency, "")
    minus = "-" if amount.minor < 0 else ""
    digits = _digits(amount, way)
    if way.before:
        return f"{minus}{sign}{digits}" if sign else f"{minus}{amount.currency}{SPACE}{digits}"
    return f"{minus}{digits}{SPACE}{sign or amount.currency}"


_PLAIN = re.compile(r"-?\d+(?:\.\d+)? [A-Z]{3}\b")


def amounts(sentence: str) -> str:
    """Return a sentence of ours with its amounts, written as `Money.plain` does, as `said` writes them."""
    return _PLAIN.sub(lambda found: _said_again(found[0]), sentence)


def _said_again(plain: str) -> str:
    digits, currency = plain.split(" ")
    try:
        return said(money.read(digits, currency))
    except money.NotMoney:
        return plain


def field(amount: Money) -> str:
    """Return an amount as it stands in a field that `typed` reads again: `1234.50`, in Spanish `1234,50`."""
    return _digits(amount, _way(), group=False) if amount.minor >= 0 else f"-{_digits(amount, _way(), group=False)}"


def typed(text: str, currency: str) -> Money:
    """Return what somebody typed in the active language: `1,234.50` or `1234.50`, in Spanish `1.234,50` or `1234,50`.

    The other language's point is understood where it can be nothing else: `219,00` is 219 in both. Raises NotMoney.
    """
    way, bare = _way(), re.sub(r"[\s\u00a0\u202f]", "", text)
    for sign in (currency, way.signs.get(currency, currency)):
        bare = bare.removeprefix(sign).removesuffix(sign)
    whole, point, rest = bare.rpartition(way.point)
    if not point:
        whole, rest = bare, ""
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(way.group)}\d{{3}})+", whole):
        whole = whole.replace(way.group, "")
    elif not point:
        whole = whole.replace(way.group, ".") if whole.count(way.group) == 1 else whole
    return money.read(f"{whole}.{rest}" if rest else whole, currency)


def _way() -> _Way:
    return _WAYS.get((get_language() or "en").partition("-")[0], _WAYS["en"])


def _digits(amount: Money, way: _Way, *, group: bool = True) -> str:
    minor, exponent = str(abs(amount.minor)), amount.exponent
    minor = minor.zfill(exponent + 1)
    whole, rest = (minor[:-exponent], minor[-exponent:]) if exponent else (minor, "")
    if group:
        whole = f"{int(whole):,}".replace(",", way.group)
    return f"{whole}{way.point}{rest}" if rest else whole
