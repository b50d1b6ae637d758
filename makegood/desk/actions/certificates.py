"""How long the certificates of the mail servers that we speak with last, and the word before one ends (F-37).

Kept where nothing is lost: each new certificate and each warning is an entry of the house's journal.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from django.db import transaction

from makegood.desk import models

from . import journal, notices

SEEN, ENDS = "certificate.seen", "certificate.ends"
WARN_DAYS = (30, 7, 1)
"""Days before its end at which those who look after the house hear of it, once each."""


def saw(server: str, shown: Mapping[str, object], *, now: datetime) -> None:
    """Note the certificate that a server showed; nothing where it showed none.

    `shown` is what `ssl.SSLSocket.getpeercert` returns. Another end is another certificate, and begins anew.
    """
    ends = shown.get("notAfter")
    if not isinstance(ends, str):
        return
    ends_at = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
    days = min((days for days in WARN_DAYS if ends_at - now <= timedelta(days=days)), default=None)
    told: dict[str, object] = {"server": server[:200], "ends_at": ends_at.isoformat()}
    if _is_known(told, days):
        return
    with transaction.atomic():
        # The first entry is the house's lock: of many that look at once, one writes.
        models.Entry.objects.filter(case=None).select_for_update().order_by("seq").first()
        if _latest(server) != told["ends_at"]:
            journal.write_house(SEEN, told, now=now, actor="mail")
        if days is not None and not _was_told(told, days):
            journal.write_house(ENDS, {**told, "days": days}, now=now, actor="mail")
            notices.write_to_house(ENDS, told, now=now)


def _is_known(told: Mapping[str, object], days: int | None) -> bool:
    return _latest(str(told["server"])) == told["ends_at"] and (days is None or _was_told(told, days))


def _latest(server: str) -> object:
    last = models.Entry.objects.filter(case=None, name=SEEN, facts__server=server[:200]).order_by("-seq").first()
    return last.facts["ends_at"] if last else None


def _was_told(told: Mapping[str, object], days: int) -> bool:
    warned = models.Entry.objects.filter(case=None, name=ENDS, facts__server=told["server"])
    return warned.filter(facts__ends_at=told["ends_at"], facts__days__lte=days).exists()
