"""What our own mail server found out about the sender: RFC 8601, read narrowly.

Anybody can write an Authentication-Results header. Only the topmost one that bears the configured
authserv-id is read, and only if the operator configured one; the border server must remove forged ones that
bear its name (RFC 8601 section 5). Everything else is "unverified". Nothing here raises.
"""

import re
from dataclasses import dataclass
from typing import Literal

from .headers import Headers
from .visible import clean_line

Verdict = Literal["pass", "fail", "unverified"]

_PIECES = re.compile(r'"(?:[^"\\]|\\.)*+"?|[();]|[^"();\\]++|\\.?')
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)(?:/\d+)?\s*=\s*([a-z]+)\b", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(header\.from|header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]{1,320})", re.IGNORECASE)
_NAME = re.compile(r"\s*\"?([^\s;\"]{1,255})\"?(?:\s+\d+)?\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Authentication:
    """Whether the domain of the From address vouches for the letter, and what the server wrote."""

    #: pass: DMARC passed for the From domain, or an aligned DKIM or SPF did. fail: DMARC failed.
    verdict: Verdict = "unverified"
    dmarc: str = ""
    dkim: str = ""
    spf: str = ""


UNVERIFIED = Authentication()


def read_authentication(headers: Headers, sender: str | None, trusted_authserv: str | None) -> Authentication:
    """The verdict for the sender's address; "unverified" without a trusted server, a result or an address."""
    if not trusted_authserv:
        return UNVERIFIED
    for value in headers.all("authentication-results")[:50]:
        name, *statements = _statements(value[:8_000])
        found = _NAME.match(name)
        if found and found[1].lower() == trusted_authserv.strip().lower():
            return _verdict(statements, sender.rpartition("@")[2] if sender else "")
    return UNVERIFIED


def _statements(value: str) -> list[str]:
    """The field cut at its semicolons, without comments; quoted text can neither cut nor state anything.

    Servers quote the sender's words in comments and strings, so both are taken apart properly.
    """
    statements = [""]
    depth = 0
    for piece in _PIECES.findall(value):
        if piece in ("(", ")"):
            depth += 1 if piece == "(" else -1
            if depth < 0:
                return [""]
        elif depth == 0 and piece == ";":
            statements.append("")
        elif depth == 0:
            statements[-1] += re.sub(r"[;=\s]", "_", piece.strip('"')) if piece.startswith('"') else piece
    return statements if depth == 0 else [""]


def _verdict(statements: list[str], domain: str) -> Authentication:
    outcome: dict[str, str] = {}
    aligned = False
    for statement in statements[:50]:
        found = _RESULT.match(statement)
        if not found:
            continue
        method, result = found[1].lower(), clean_line(found[2], 20).lower()
        if outcome.get(method) != "pass":
            outcome[method] = result
        if result == "pass" and domain and _speaks_for(method, statement, domain):
            aligned = True
    verdict: Verdict = "pass" if aligned else "unverified"
    if outcome.get("dmarc") == "fail":
        verdict = "fail"
    return Authentication(
        verdict=verdict, dmarc=outcome.get("dmarc", ""), dkim=outcome.get("dkim", ""), spf=outcome.get("spf", "")
    )


def _speaks_for(method: str, statement: str, domain: str) -> bool:
    """Whether the statement is about the From domain: exactly, or for DKIM by a domain above it."""
    named: dict[str, str] = {name.lower(): value.lower() for name, value in _PROPERTY.findall(statement)}
    if method == "dmarc":
        return named.get("header.from", "").rpartition("@")[2] == domain
    if method == "dkim":
        signer = named.get("header.d") or named.get("header.i", "").rpartition("@")[2]
        return "." in signer and (domain == signer or domain.endswith("." + signer))
    return named.get("smtp.mailfrom", "").rpartition("@")[2] == domain
