"""Codes read: which one somebody holds up, what its text is, who holds which, and what we still owe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When

from makegood import config
from makegood.desk import models
from makegood.rules import code_text, codes
from makegood.rules.money import Money
from makegood.rules.reminding import Reminder, Unredeemed

WINDOW = timedelta(minutes=15)
BY_ONE = 10
"""Wrong codes within the window after which one person, or one customer at one till, is no longer heard."""
BY_DOOR = 300
"""The same for one program's token, whoever asks through it: high, since a whole shop stands behind it."""


def key() -> bytes:
    """Return the key from which, with its seed, the text of a code follows."""
    return hashlib.sha256(b"codes\0" + config.secret_key().encode()).digest()


def text_of(row: models.Code) -> str:
    """Return a code's text in groups, for its customer's own page; "" where it is over or the key is another now."""
    seed = bytes(row.seed)
    if not seed:
        return ""
    text = code_text.derived(key(), seed)
    return code_text.grouped(text) if code_text.digest(text) == row.digest else ""


def by_text(canonical: str) -> models.Code | None:
    """Return the code that reads so, or None."""
    found = models.Code.objects.select_related("customer", "case", "entitlement")
    return found.filter(digest=code_text.digest(canonical)).first()


def worth(row: models.Code) -> codes.Worth:
    """Return what a code is good for."""
    return codes.Worth(
        value=Money(row.currency, row.value),
        percent=row.percent,
        scope=frozenset(row.scope),
        single=row.single,
    )


def card(row: models.Code) -> codes.Card:
    """Return a code as the rules see it; its end is that of its entitlement, and none while that stands still."""
    held = row.entitlement
    return codes.Card(
        worth=worth(row),
        left=Money(row.currency, row.left),
        state=codes.State(row.state),
        customer=row.customer_id,
        expires_at=held.expires_at if held and held.frozen_at is None else None,
    )


def unredeemed(row: models.Code) -> Unredeemed:
    """Return an open code as the rules of reminders see it; its end is none while that stands still."""
    sent = ((Reminder.END, row.end_reminded_at), (Reminder.UNUSED, row.unused_reminded_at))
    return Unredeemed(
        made_at=row.made_at,
        used=row.redemptions.exists(),
        expires_at=card(row).expires_at,
        sent=frozenset(what for what, at in sent if at is not None),
    )


def cost_of(row: models.Code, left: int) -> Money:
    """Return what so much of a code costs us; rounded down, so that its parts never cost more than all of it."""
    return Money(row.currency, row.cost * left // row.value)


def of_customer(customer: models.Customer) -> QuerySet[models.Code]:
    """Return what a customer was given, the newest first, without what a new one replaced."""
    found = models.Code.objects.filter(customer=customer).exclude(state=codes.State.REPLACED)
    return found.select_related("entitlement", "case").prefetch_related("redemptions").order_by("-made_at", "-pk")


def customer_at(address: str) -> models.Customer | None:
    """Return the customer whose mail address this is, or None."""
    known = models.CustomerAddress.objects.select_related("customer")
    found = known.filter(kind="mail", value=address.strip().lower()).first()
    return found.customer if found else None


# ── guessing ─────────────────────────────────────────────────────────────────


def fingerprint(words: str) -> str:
    """Return what the journal may keep of who asked."""
    return hashlib.sha256(key() + words.strip().lower().encode()).hexdigest()[:32]


def must_wait(*, who: str, door: str, now: datetime) -> bool:
    """Return whether no further code is looked up now. Both are fingerprints. Counted from the house's journal."""
    tried = models.Entry.objects.filter(case=None, name="code.refused", at__gt=now - WINDOW)
    limits = ((tried.filter(facts__who=who), BY_ONE), (tried.filter(facts__door=door), BY_DOOR))
    return any(found[:limit].count() >= limit for found, limit in limits)


# ── what we owe ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What open codes of one currency and one age may still take off."""

    currency: str
    band: int
    """The place in `rules.codes.AGES` before which they fall; beyond its last, `len(AGES)`."""
    number: int
    left: Money


def liability(*, now: datetime) -> list[Owed]:
    """Return what every open code may still take off, by currency and age; empty bands left out."""
    ages = [When(made_at__gt=now - age, then=Value(band)) for band, age in enumerate(codes.AGES)]
    banded = models.Code.objects.filter(state=codes.State.OPEN).annotate(
        band=Case(*ages, default=Value(len(codes.AGES)), output_field=IntegerField())
    )
    rows = banded.values("currency", "band").annotate(number=Count("pk"), owed=Sum("left"))
    return [
        Owed(
            currency=row["currency"],
            band=row["band"],
            number=row["number"],
            left=Money(row["currency"], row["owed"]),
        )
        for row in rows.order_by("currency", "band")
    ]


def of_age(found: QuerySet[models.Code], *, currency: str, band: int, now: datetime) -> QuerySet[models.Code]:
    """Return those of these codes that stand behind one line of `liability`."""
    ours = found.filter(state=codes.State.OPEN, currency=currency)
    if band < len(codes.AGES):
        ours = ours.filter(made_at__gt=now - codes.AGES[band])
    return ours.filter(made_at__lte=now - codes.AGES[band - 1]) if band else ours


def unreadable(rows: Iterable[models.Code]) -> int:
    """Return how many of these open codes their customers can't be shown: the server's key is another now."""
    return sum(row.state == codes.State.OPEN and not text_of(row) for row in rows)


def visible_to(cases: QuerySet[models.Case], *, everything: bool) -> QuerySet[models.Code]:
    """Return the codes of these cases; with `everything`, those without a case, too."""
    found = models.Code.objects.select_related("customer", "case", "entitlement")
    return found.filter(Q(case__in=cases) | Q(case=None)) if everything else found.filter(case__in=cases)
