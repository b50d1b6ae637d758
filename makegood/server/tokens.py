"""`makegood token`: tokens for the house's own programs, made, listed and ended by whoever looks after the machine."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from makegood.config import clock
from makegood.desk.actions import tokens
from makegood.desk.queries.tokens import every
from makegood.rules.refusals import Refusal


def make(name: str, may: Sequence[str]) -> int:
    """Print a new token, once; returns how the command ends. Without a name, print which tokens there are."""
    if not name:
        for token in every():
            ended = f", ended {token.revoked_at:%Y-%m-%d}" if token.revoked_at else ""
            print(f"{token.name}: {', '.join(token.may)}, since {token.made_at:%Y-%m-%d}{ended}")  # noqa: T201
        return 0
    try:
        secret = tokens.make(name, may=may, now=clock.now())
    except Refusal as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201
        return 2
    print(secret)  # noqa: T201
    print("This is shown once. Give it to the program, and keep it nowhere else.", file=sys.stderr)  # noqa: T201
    return 0


def end(name: str) -> int:
    """End the token of a program; returns how the command ends."""
    if tokens.revoke(name, now=clock.now()):
        return 0
    print(f"No token in use is called {name}.", file=sys.stderr)  # noqa: T201
    return 1
