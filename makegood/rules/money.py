"""Money, exactly: a currency and a whole number of its smallest units.

219.00 USD is `Money("USD", 21900)`, 500 JPY is `Money("JPY", 500)`. There is
no rounding: what can't be said in whole minor units is refused, except where
a percentage or a rate asks for it, which rounds half away from zero, in the
customer's favour where the sum is his. Currencies and their exponents are
those of ISO 4217 (list one, 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import total_ordering

_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
    CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR
    MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD
    YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS: dict[str, int] = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}
"""How many decimal digits a currency's main unit has; a currency that isn't here is none."""

_AMOUNT = re.compile(r"[+-]?\d{1,15}(?:\.\d+)?", re.ASCII)
_MOST = 10**15
"""No sum of a house is larger; the tables hold nine times ten to the eighteenth."""


class CurrenciesDiffer(ValueError):  # noqa: N818  (the house's way of naming)
    """Two currencies were added or compared. That is a mistake of the program's, never a person's."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} can't be added or compared")


class NotMoney(ValueError):  # noqa: N818  (the house's way of naming)
    """This is no amount of that currency. `why` is a sentence for whoever typed it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@total_ordering
@dataclass(frozen=True)
class Money:
    """An amount in one currency. Raises NotMoney for a currency that is none."""

    currency: str
    minor: int

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise NotMoney(f"“{self.currency}” is no currency of ISO 4217.")

    @property
    def exponent(self) -> int:
        """Return how many digits follow the decimal point."""
        return EXPONENTS[self.currency]

    def amount(self) -> Decimal:
        """Return the amount in the main unit, exactly."""
        return Decimal(self.minor).scaleb(-self.exponent)

    def plain(self) -> str:
        """Return it for logs, journals and files: "219.00 USD"."""
        return f"{self.amount():f} {self.currency}"

    __str__ = plain

    def __add__(self, other: Money) -> Money:
        return Money(self.currency, self.minor + self._same(other))

    def __sub__(self, other: Money) -> Money:
        return Money(self.currency, self.minor - self._same(other))

    def __neg__(self) -> Money:
        return Money(self.currency, -self.minor)

    def __mul__(self, times: int) -> Money:
        return Money(self.currency, self.minor * times)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def percent(self, percent: int | Decimal) -> Money:
        """Return so many percent of it, rounded half away from zero to a whole minor unit."""
        return Money(self.currency, _whole(Decimal(self.minor) * Decimal(percent) / 100))

    def into(self, currency: str, rate: Decimal) -> Money:
        """Return it in another currency; `rate` is what one main unit of ours is worth in main units of that.

        Rounded half away from zero to a whole minor unit.
        """
        worth = Money(currency, 0)
        return Money(currency, _whole((self.amount() * rate).scaleb(worth.exponent)))

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrenciesDiffer(self.currency, other.currency)
        return other.minor


def read(text: str, currency: str) -> Money:
    """Return the amount that somebody typed: digits, with a point before the decimals.

    Exactly: more digits than the currency has are refused, and never rounded away. Raises NotMoney.
    """
    zero = Money(currency, 0)
    typed = text.strip().removesuffix(currency).strip()
    if not _AMOUNT.fullmatch(typed):
        raise NotMoney("Write the amount in digits, with a point before the decimals, as in 219.00.")
    scaled = Decimal(typed).scaleb(zero.exponent)
    if scaled != scaled.to_integral_value():
        digits = f"{zero.exponent} digits" if zero.exponent else "no digits"
        raise NotMoney(f"{currency} has {digits} after the point.")
    if abs(scaled) >= _MOST:
        raise NotMoney("That is more than this program counts with.")
    return Money(currency, int(scaled))


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of one currency. Raises CurrenciesDiffer."""
    found = Money(currency, 0)
    for each in amounts:
        found = found + each
    return found


def _whole(minor: Decimal) -> int:
    return int(minor.to_integral_value(rounding=ROUND_HALF_UP))
