"""One call to Stripe: who we are, which version we speak, under which key; and what their errors mean."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from makegood.connectors import line
from makegood.connectors.base import Fate, NotSetUp, Outcome, redacted
from makegood.rules.money import Money

VERSION = "2026-07-29.dahlia"
NAME = "Stripe"
ORDER = "makegood_order"
"""The name of the metadata by which an order is found again."""
_TWICE_ZERO = ("ISK", "UGX")
"""Without decimals in ISO 4217, and yet said with two at Stripe."""


@dataclass(frozen=True)
class Heard:
    """A good answer: the object that they made or found."""

    body: Mapping[str, Any]


class Api:
    """Stripe's API as one house reaches it."""

    def __init__(self, *, url: str, key: str) -> None:
        if not key:
            raise NotSetUp("Stripe isn't set up: put a secret or restricted key into MAKEGOOD_STRIPE_KEY.")
        if not line.plain(key) or key.startswith("pk_"):
            raise NotSetUp("MAKEGOOD_STRIPE_KEY must be a secret or restricted key: sk_… or rk_….")
        self._place = line.place("MAKEGOOD_STRIPE_URL", url)
        self._key = key

    def look(self, path: str, **params: str | int) -> Heard | Outcome:
        """Read. Whatever goes wrong, nothing happened, so an unknown is `LATER`."""
        where = f"{path}?{urlencode(params)}" if params else path
        found = self._call("GET", where, {}, b"")
        if isinstance(found, Outcome) and found.fate is Fate.UNKNOWN:
            sentence = "Stripe can't be read now. It is tried again."
            return Outcome(fate=Fate.LATER, code=found.code, sentence=sentence, wait=found.wait)
        return found

    def do(self, path: str, params: Mapping[str, str | int], *, key: str) -> Heard | Outcome:
        """Have something done, once for each `key`."""
        headers = {"Idempotency-Key": key, "Content-Type": "application/x-www-form-urlencoded"}
        return self._call("POST", path, headers, urlencode(params).encode("ascii"))

    def _call(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Heard | Outcome:
        who = {"Authorization": f"Basic {b64encode(f'{self._key}:'.encode()).decode()}", "Stripe-Version": VERSION}
        try:
            answer = line.exchange(self._place, method, f"/v1/{path}", headers={**headers, **who}, body=body)
        except line.NotSent as error:
            return line.unsent(NAME, error)
        except line.NotHeard as error:
            return line.unheard(NAME, error)
        if answer.status == 200 and isinstance(answer.body.get("object"), str):
            return Heard(answer.body)
        return self._refused(answer)

    def _refused(self, answer: line.Answer) -> Outcome:
        known = line.refused(NAME, answer, key_setting="MAKEGOOD_STRIPE_KEY")
        if known is not None:
            return known
        told = answer.body.get("error")
        error = told if isinstance(told, dict) else {}
        code, said = (
            str(error.get("code") or ""),
            redacted(error.get("message") or answer.status, self._key).rstrip("."),
        )
        if answer.status == 409 or error.get("type") == "idempotency_error":
            sentence = "Stripe is at this very order, or had it before. We ask by its key."
            return Outcome(fate=Fate.UNKNOWN, code="in-progress", sentence=sentence)
        if code == "resource_missing":
            sentence = f"Stripe doesn't know what this order names ({said}). Correct it; the order waits."
            return Outcome(fate=Fate.TROUBLE, code="no-such", sentence=sentence)
        if code in ("balance_insufficient", "insufficient_funds"):
            sentence = "The balance at Stripe is too low for this. Top it up; the order waits."
            return Outcome(fate=Fate.TROUBLE, code="balance-low", sentence=sentence)
        if 400 <= answer.status < 500 and error:
            return Outcome(
                fate=Fate.NEVER, code=code.replace("_", "-") or "refused", sentence=f"Stripe refused: {said}."
            )
        sentence = f"Stripe's answer ({answer.status}) can't be read, so nobody knows. We ask by its key."
        return Outcome(fate=Fate.UNKNOWN, code="unreadable", sentence=sentence)


@dataclass(frozen=True, kw_only=True)
class Sum:
    """An amount as Stripe counts it: a lowercase currency and its smallest unit there."""

    currency: str
    minor: int
    said: str = field(default="")


def as_theirs(amount: Money) -> Sum:
    """Return an amount as Stripe counts it; docs/connectors.md names the currencies that differ from ISO 4217."""
    times = 100 if amount.currency in _TWICE_ZERO else 1
    return Sum(currency=amount.currency.lower(), minor=amount.minor * times, said=amount.plain())
