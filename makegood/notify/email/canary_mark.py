"""The mark on a canary: a header that only this desk can have written.

A canary is a complaint of our own that goes round through real mail. The
mail door knows it by this header and reports it back instead of opening a
case; a stranger who copies the shape without the key gets a case like
anybody else.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from makegood import config

HEADER = "X-Makegood-Canary"
_SHAPE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{64})", re.ASCII)


def canary_token() -> str:
    """Return a new token, 32 hex digits."""
    return secrets.token_hex(16)


def mark(token: str) -> str:
    """Return the header's value for a token: `token.hmac`."""
    return f"{token}.{_mac(token)}"


def check_canary(header: str) -> str | None:
    """Return the token of a header's value, or None if this desk did not write it."""
    found = _SHAPE.fullmatch(header.strip())
    if found is None or not hmac.compare_digest(found[2], _mac(found[1])):
        return None
    return found[1]


def _mac(token: str) -> str:
    key = hashlib.sha256(b"canary\0" + config.secret_key().encode()).digest()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()
