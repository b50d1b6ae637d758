"""Where a request comes from, for the doors that count tries: never as it is, only as a fingerprint."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from makegood import config


def fingerprint(words: str) -> str:
    """What the journal keeps of an account or an address: enough to count, not to read."""
    return salted_hmac("makegood.sign-in", words, algorithm="sha256").hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from. A forwarded one counts only from a proxy we trust (A-42)."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted = {name.strip() for name in config.get("MAKEGOOD_TRUSTED_PROXIES").split(",") if name.strip()}
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while peer in trusted and hops:
        peer = hops.pop()
    return peer
