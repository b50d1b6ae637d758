"""P5 for codes: no cent of one is redeemed twice, and what is over can't be spent or shown."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Length

from makegood.desk import models
from makegood.rules.codes import State

from .verdicts import Violation


def wrong() -> Iterator[Violation]:
    """Yield everything that must not be so of codes and of what people hold."""
    spent = models.Redemption.objects.filter(code=OuterRef("pk")).order_by().values("code").annotate(sum=Sum("amount"))
    rows = models.Code.objects.annotate(
        spent=Coalesce(Subquery(spent.values("sum"), output_field=IntegerField()), Value(0)),
        orders=Count("redemptions"),
        kept=Length("seed"),
    ).order_by("pk")
    yield from _told(rows.filter(spent__gt=F("value")), "was redeemed for more than it was worth")
    yield from _told(rows.filter(single=True, orders__gt=1), "is for one order and was redeemed on several")
    unlike = rows.filter(state=State.OPEN).exclude(left=F("value") - F("spent"))
    yield from _told(unlike, "shows another sum as left than its redemptions leave")
    yield from _told(rows.filter(state=State.REDEEMED).filter(Q(left__gt=0) | Q(orders=0)), "is redeemed and was not")
    yield from _told(rows.exclude(state=State.OPEN).filter(kept__gt=0), "is over and could still be shown")
    yield from _without_their_entitlement()


def _told(rows: QuerySet[models.Code], what: str) -> Iterator[Violation]:
    for row in rows.select_related("case").iterator():
        yield Violation(what=f"code {row.pk} {what}", case=row.case.number if row.case else "", since=row.made_at)


def _without_their_entitlement() -> Iterator[Violation]:
    """An entitlement that is over with a code that is open, or the other way round."""
    over = models.Code.objects.filter(state=State.OPEN, entitlement__isnull=False).exclude(entitlement__state="open")
    yield from _told(over.order_by("pk"), "is open and what it stands for is over")
    lapsed = models.Code.objects.exclude(state=State.OPEN).filter(entitlement__state="open")
    yield from _told(lapsed.order_by("pk"), "is over and what it stands for is open")
