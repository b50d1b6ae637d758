"""Which program speaks: tokens looked up by their hash."""

from __future__ import annotations

import hashlib

from makegood.desk import models

PREFIX = "mg_"
"""How a token begins, so that whoever finds one in a file sees what it is."""
RIGHTS = {
    "codes.look_up": "read what a code is worth",
    "codes.redeem": "redeem codes",
}


def digest(secret: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(b"token\0" + secret.encode()).hexdigest()


def by_secret(secret: str) -> models.Token | None:
    """Return the program that a token belongs to; an unknown, an ended and an empty one look the same."""
    if not secret.startswith(PREFIX) or not 24 <= len(secret) <= 100:
        return None
    return models.Token.objects.filter(digest=digest(secret), revoked_at=None).first()


def every() -> list[models.Token]:
    """Return all tokens, those in use first."""
    return sorted(models.Token.objects.all(), key=lambda token: (token.revoked_at is not None, token.name))
