"""Signed reply addresses: `reply+<case>.<who>.<key><mac>@domain`.

The signature says that we gave this address to this participant for this
case. It is necessary and not sufficient: whoever uses it must also be that
participant (RFC 5322 From, and authentication where it is known).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from makegood import config

_KEY_ID = "a"
_SHAPE = re.compile(r"reply\+([0-9a-z]{1,13})\.([cs])([0-9a-z]{1,13})\.([a-z])([a-z2-7]{26})", re.ASCII)


_ANYWHERE = re.compile(r"reply\+([0-9a-z]{1,13}\.[cs][0-9a-z]{1,13})\.[a-z][a-z2-7]{26}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ReplyAddress:
    """Whose answer, on which case."""

    case: int
    who: str
    """`c` for a customer, `s` for a member of staff."""
    id: int


def make(address: ReplyAddress, *, domain: str) -> str:
    """Return the address to put into Reply-To."""
    body = f"{_base36(address.case)}.{address.who}{_base36(address.id)}"
    return f"reply+{body}.{_KEY_ID}{_mac(body)}@{domain}"


def read(value: str) -> ReplyAddress | None:
    """Return what a signed address says, or None if it is not ours, altered, cut short or of another key."""
    found = _SHAPE.fullmatch(value.partition("@")[0].lower())
    if found is None:
        return None
    case, who, number, key_id, mac = found.groups()
    body = f"{case}.{who}{number}"
    if key_id != _KEY_ID or not hmac.compare_digest(mac, _mac(body)):
        return None
    return ReplyAddress(case=int(case, 36), who=who, id=int(number, 36))


def hidden(text: str) -> str:
    """Return the text with every signed address cut short: whoever reads it must not be able to use one."""
    return _ANYWHERE.sub(r"reply+\1…", text)


def _mac(body: str) -> str:
    key = hashlib.sha256(b"reply address\0" + config.secret_key().encode()).digest()
    # 130 bits: more than can be guessed, short enough for a local part of 64 characters.
    made = hmac.new(key, body.encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode().lower()[:26]


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    written = ""
    while True:
        number, rest = divmod(number, 36)
        written = digits[rest] + written
        if not number:
            return written
