"""The connectors of this house, by name, and what its settings lack. A line each: remove it with its folder."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from makegood import config

from .base import Connector, NotSetUp
from .by_hand import ByHand
from .console import Console
from .shopify import Shopify
from .stripe import Stripe

CODES = "codes"
"""Our own codes are issued by the desk; whoever walks the rounds sets that connector up (`watch.orders`)."""
BY_HAND = "by_hand"
CODE_SHOPS = ("stripe", "shopify")
"""Where a code is made whose text follows from `code_secret`."""


def code_secret() -> str:
    """Return the key from which the texts of codes in others' shops are made.

    It outlives a change of the other keys: an order that is tried again must find the code that it made.
    """
    return config.kept_secret("codes-elsewhere", make=lambda: secrets.token_urlsafe(48))


_MADE: dict[str, Callable[[], Connector]] = {
    "console": lambda: Console(config.home() / "carried-out"),
    BY_HAND: ByHand,
    "stripe": lambda: Stripe(
        url=config.get("MAKEGOOD_STRIPE_URL"), key=config.get("MAKEGOOD_STRIPE_KEY"), secret=code_secret()
    ),
    "shopify": lambda: Shopify(
        url=config.get("MAKEGOOD_SHOPIFY_URL"), token=config.get("MAKEGOOD_SHOPIFY_TOKEN"), secret=code_secret()
    ),
}
NAMES = (*_MADE, CODES)
"""What a policy may name as a remedy's connector."""


def connector(name: str) -> Connector:
    """Return a connector, set up from the settings. Raises NotSetUp, which says what is missing."""
    if name not in _MADE:
        raise NotSetUp(f"There is no connector “{name}”; there are {', '.join(NAMES)}.")
    try:
        return _MADE[name]()
    except config.SettingError as error:
        raise NotSetUp(str(error)) from None


def missing(names: Iterable[str]) -> list[str]:
    """Return a sentence for each of these connectors that is not set up. Nobody is called."""
    found = []
    for name in sorted(set(names) - {CODES}):
        try:
            connector(name)
        except NotSetUp as error:
            found.append(error.sentence)
    return found
