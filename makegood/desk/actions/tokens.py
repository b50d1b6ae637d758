"""Tokens of the house's own programs: made once, shown once, stored as a hash, ended by name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from makegood.desk import models
from makegood.desk.queries.tokens import PREFIX, RIGHTS, digest
from makegood.rules.refusals import Refusal

from . import journal


class TokenNeedsAName(Refusal):
    """A token needs a name that no other one has: which program it is for."""

    code = "token_needs_a_name"


class TokenNeedsARight(Refusal):
    """A token needs at least one right, and only rights that there are."""

    code = "token_needs_a_right"


def make(name: str, *, may: Iterable[str], now: datetime, by: models.Staff | None = None) -> str:
    """Return a new token of 192 random bits for a program; only its hash is kept."""
    name, rights = " ".join(name.split())[:80], sorted(set(may))
    with transaction.atomic():
        if not name or models.Token.objects.filter(name=name, revoked_at=None).exists():
            raise TokenNeedsAName
        if not rights or set(rights) - set(RIGHTS):
            raise TokenNeedsARight
        secret = PREFIX + secrets.token_urlsafe(24)
        models.Token.objects.create(digest=digest(secret), name=name, may=rights, made_at=now, made_by=by)
        journal.write_house("token.made", {"name": name, "may": rights}, now=now, by=by)
    return secret


def revoke(name: str, *, now: datetime, by: models.Staff | None = None) -> bool:
    """End a program's token; says whether there was one."""
    with transaction.atomic():
        ended = models.Token.objects.filter(name=name, revoked_at=None).update(revoked_at=now)
        if ended:
            journal.write_house("token.revoked", {"name": name}, now=now, by=by)
    return bool(ended)
