"""One-time codes of an authenticator, after RFC 6238: HMAC-SHA-1, six digits, thirty seconds a step."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import datetime

STEP = 30
DIGITS = 6
SLACK = 1
"""Steps to either side that are still heard: a telephone's clock is seldom ours (RFC 6238 §5.2)."""


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """Return the code of one step (RFC 4226 §5.3)."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """Return the step a code belongs to, or None. `after` is the last step used: no code counts twice.

    `secret` is base 32, as authenticators take it. Every step is compared, in constant time.
    """
    try:
        key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret.replace(" ", "")) % 8))
    except binascii.Error:
        return None
    current = int(now.timestamp()) // STEP
    found = None
    for step in range(current - SLACK, current + SLACK + 1):
        same = hmac.compare_digest(code_at(key, step).encode(), code.strip().replace(" ", "").encode())
        if same and step > after:
            found = step
    return found
