"""Canaries: complaints of our own that go round through real mail, and the alarm when one stays away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from makegood import config
from makegood.desk import facts, models
from makegood.desk.crashpoints import crashpoint
from makegood.notify.email import canary_mark, compose
from makegood.notify.email.words import CanaryLetter, Envelope

from . import journal, notices, outbox
from .letters import mail_domain, sender_address
from .rounds import show_trouble

NAME = "canary"
"""What its sign of life is called."""
TOLD_AGAIN_AFTER = timedelta(hours=1)
"""While mail stands still, people are told of it this often."""


def fly(*, every: timedelta, now: datetime) -> models.Canary | None:
    """Send a canary if the last one flew long enough ago; returns it, or None.

    One that still waits in the outbox makes room: it would only come back late and say nothing new.
    """
    with transaction.atomic():
        # The row is the lock that keeps two watchers from flying one each.
        models.Heartbeat.objects.get_or_create(name=NAME, defaults={"at": now})
        models.Heartbeat.objects.select_for_update().get(name=NAME)
        if models.Canary.objects.filter(sent_at__gt=now - every, sent_at__lte=now).exists():
            return None
        version = models.PolicyVersion.objects.order_by("-number").first()
        if version is None:
            return None
        waiting = models.OutboxItem.objects.filter(purpose="canary", state=models.OutboxItem.State.WAITING)
        waiting.update(state=models.OutboxItem.State.REFUSED, settled_at=now, answer="a newer canary flew instead")
        canary = _send(version, now=now)
        crashpoint("canary.before_commit")
    crashpoint("canary.after_commit")
    return canary


def _send(version: models.PolicyVersion, *, now: datetime) -> models.Canary:
    policy = facts.policy(version)
    token = canary_mark.canary_token()
    message_id = outbox.new_message_id(mail_domain(policy))
    address = sender_address(policy, "")
    letter = CanaryLetter(
        envelope=Envelope(
            message_id=message_id,
            to_address=address,
            from_name=f"Makegood, {policy.name}",
            from_address=address,
            at=now,
            house=policy.name,
        ),
        token=token,
        headers={canary_mark.HEADER: canary_mark.mark(token)},
    )
    outbox.enqueue(message_id=message_id, purpose="canary", to_address=address, body=compose.canary(letter), now=now)
    return models.Canary.objects.create(token=token, sent_at=now)


def look_out(*, after: timedelta, now: datetime) -> list[models.Canary]:
    """Return the canaries that have been away for `after`, each once, and write down that they are missing.

    Those who look after the house hear at once, and again every hour while none comes back. The
    sign of life says that mail stands still until one does.
    """
    missing = []
    for canary in models.Canary.objects.filter(back_at=None, missed_at=None, sent_at__lte=now - after):
        with transaction.atomic():
            if not models.Canary.objects.filter(pk=canary.pk, back_at=None, missed_at=None).update(missed_at=now):
                continue
            told = {"sent_at": canary.sent_at.isoformat()}
            journal.write_house("canary.missed", told, now=now, actor="watch")
            lately = models.Notice.objects.filter(kind="canary.missed", written_at__gt=now - TOLD_AGAIN_AFTER)
            if not lately.filter(written_at__lte=now).exists():
                notices.write_to_house("canary.missed", told, now=now)
        missing.append(canary)
    _say_how_mail_is(now=now)
    return missing


def _say_how_mail_is(*, now: datetime) -> None:
    judged = models.Canary.objects.exclude(back_at=None, missed_at=None).order_by("-sent_at").first()
    trouble = ""
    if judged is not None and judged.back_at is None:
        trouble = f"{config.get('MAKEGOOD_CANARY_MINUTES')}-minute canary missing: mail out or in stands still."
    sign = models.Heartbeat.objects.filter(name=NAME).first()
    if sign is None or sign.trouble != trouble:
        show_trouble(NAME, trouble, now=now)
