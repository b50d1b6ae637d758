"""One call to Shopify's GraphQL Admin API, and what its errors mean.

A call may fail as HTTP, as `errors` beside the data, or as `userErrors`
within it. The first two are read here, the third by whoever asked.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from makegood.connectors import line
from makegood.connectors.base import Fate, NotSetUp, Outcome, redacted

VERSION = "2026-07"
NAME = "Shopify"
_AGAIN = ("in progress", "idempotency", "idempotent")
"""Words of a user error that speaks of the key and not of the order; such errors of a refund carry no code."""


@dataclass(frozen=True)
class Heard:
    """A good answer: the data that was asked for."""

    data: Mapping[str, Any]


class Api:
    """The admin API of one shop."""

    def __init__(self, *, url: str, token: str) -> None:
        if not url or not token:
            raise NotSetUp("Shopify isn't set up: it needs MAKEGOOD_SHOPIFY_URL and MAKEGOOD_SHOPIFY_TOKEN.")
        if not line.plain(token):
            raise NotSetUp("MAKEGOOD_SHOPIFY_TOKEN holds signs that no token can hold.")
        self._place = line.place("MAKEGOOD_SHOPIFY_URL", url)
        self._token = token

    def look(self, query: str, **variables: Any) -> Heard | Outcome:
        """Read. Whatever goes wrong, nothing happened, so an unknown is `LATER`."""
        found = self._call(query, variables)
        if isinstance(found, Outcome) and found.fate is Fate.UNKNOWN:
            sentence = "Shopify can't be read now. It is tried again."
            return Outcome(fate=Fate.LATER, code=found.code, sentence=sentence, wait=found.wait)
        return found

    def do(self, mutation: str, root: str, **variables: Any) -> Heard | Outcome:
        """Have something done, and return what stands under `root`, unless they refuse in words."""
        found = self._call(mutation, variables)
        if isinstance(found, Outcome):
            return found
        made = found.data.get(root)
        if not isinstance(made, dict):
            return unreadable()
        told = [each for each in made.get("userErrors") or () if isinstance(each, dict)]
        return self._declined(told) if told else Heard(made)

    def _declined(self, told: list[dict[str, Any]]) -> Outcome:
        codes = {str(each.get("code") or "") for each in told}
        said = redacted(" ".join(str(each.get("message", "")) for each in told), self._token).rstrip(".")
        if any(code.startswith("IDEMPOTENCY") for code in codes) or any(word in said.lower() for word in _AGAIN):
            sentence = "Shopify is at this very order, or had it before. We ask by its key."
            return Outcome(fate=Fate.UNKNOWN, code="in-progress", sentence=sentence)
        code = next((code for code in sorted(codes) if code), "").lower().replace("_", "-") or "refused"
        return Outcome(fate=Fate.NEVER, code=code, sentence=f"Shopify refused: {said}.")

    def _call(self, query: str, variables: Mapping[str, Any]) -> Heard | Outcome:
        body = json.dumps({"query": query, "variables": variables}).encode("ascii")
        headers = {"Content-Type": "application/json", "X-Shopify-Access-Token": self._token}
        path = f"/admin/api/{VERSION}/graphql.json"
        try:
            answer = line.exchange(self._place, "POST", path, headers=headers, body=body)
        except line.NotSent as error:
            return line.unsent(NAME, error)
        except line.NotHeard as error:
            return line.unheard(NAME, error)
        if answer.status == 200:
            return self._read(answer.body)
        return line.refused(NAME, answer, key_setting="MAKEGOOD_SHOPIFY_TOKEN") or _closed(answer.status)

    def _read(self, body: Mapping[str, Any]) -> Heard | Outcome:
        errors = [each for each in body.get("errors") or () if isinstance(each, dict)]
        data = body.get("data")
        if not errors:
            return Heard(data) if isinstance(data, dict) else unreadable()
        codes = {str((each.get("extensions") or {}).get("code", "")) for each in errors}
        said = redacted(errors[0].get("message", ""), self._token).rstrip(".")
        if "THROTTLED" in codes:
            sentence = "Shopify has had too many requests. It is tried again."
            return Outcome(fate=Fate.LATER, code="too-many", sentence=sentence, wait=_until_room(body))
        if "ACCESS_DENIED" in codes:
            sentence = f"The token may not do this ({said}). Give it the scope; the order waits."
            return Outcome(fate=Fate.TROUBLE, code="key-refused", sentence=sentence)
        if "data" not in body and "INTERNAL_SERVER_ERROR" not in codes:
            # Without data, GraphQL says, nothing was begun: they did not understand what we ask.
            sentence = f"Shopify doesn't understand us ({said}). Perhaps it no longer speaks version {VERSION}."
            return Outcome(fate=Fate.TROUBLE, code="not-understood", sentence=sentence)
        sentence = f"Shopify failed ({said}), so nobody knows whether it was done. We ask by its key."
        return Outcome(fate=Fate.UNKNOWN, code="their-fault", sentence=sentence)


def unreadable() -> Outcome:
    """Return what an answer means that says nothing."""
    sentence = "Shopify's answer can't be read, so nobody knows. We ask by its key."
    return Outcome(fate=Fate.UNKNOWN, code="unreadable", sentence=sentence)


def not_now(found: Outcome) -> Outcome:
    """Return what it means that an order can't be asked for."""
    sentence = f"Whether it was done can't be asked now. {found.sentence}"
    return Outcome(fate=Fate.UNKNOWN, code=found.code, sentence=sentence, wait=found.wait)


def _closed(status: int) -> Outcome:
    sentence = f"The shop doesn't answer to this address, or is closed ({status}). Check MAKEGOOD_SHOPIFY_URL."
    return Outcome(fate=Fate.TROUBLE, code="shop-closed", sentence=sentence)


def _until_room(body: Mapping[str, Any]) -> timedelta | None:
    """Return how long their bucket needs to hold what we asked for; they say it in points."""
    try:
        cost = body["extensions"]["cost"]
        bucket = cost["throttleStatus"]
        lacking = float(cost["requestedQueryCost"]) - float(bucket["currentlyAvailable"])
        return timedelta(seconds=math.ceil(max(1.0, lacking / float(bucket["restoreRate"]))))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
