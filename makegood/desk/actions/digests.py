"""Mailing notices: all that one person must hear in one mail, and no more than one mail a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from makegood import config
from makegood.desk import facts, models
from makegood.desk.crashpoints import crashpoint
from makegood.desk.prepared import prepared
from makegood.notify.email import compose, reply_address
from makegood.notify.email.reply_address import ReplyAddress
from makegood.notify.email.words import Digest, Envelope, NoticeLine
from makegood.rules.policy import Policy

from . import links, outbox
from .cases import latest_policy
from .letters import mail_domain, sender_address

AT_MOST_EVERY = timedelta(minutes=1)
LINES = 50
"""A digest holds this many; the rest follow in the next, oldest first."""


def people_to_tell(*, now: datetime) -> list[int]:
    """Return who has unmailed notices and got no mail within the last minute."""
    waiting = {pk for (pk,) in _with_unmailed_notices()}
    if not waiting:
        return []
    told = _mailed_lately(now).filter(notices__staff_id__in=waiting).values_list("notices__staff_id", flat=True)
    return sorted(waiting - set(told))


@prepared("pk")
def _with_unmailed_notices() -> QuerySet[models.Staff]:
    # Asked of each person, not of all notices: that is a look at the index of what is unmailed.
    unmailed = models.Notice.objects.filter(staff=OuterRef("pk"), mail=True, mailed=None)
    return models.Staff.objects.filter(Exists(unmailed), is_active=True).order_by("pk")


def _mailed_lately(now: datetime) -> QuerySet[models.OutboxItem]:
    # Not after now: a mail dated by a clock that has since gone back must hold nothing up.
    return models.OutboxItem.objects.filter(purpose="notice", written_at__gt=now - AT_MOST_EVERY, written_at__lte=now)


def mail_digest(staff_id: int, *, now: datetime) -> bool:
    """Write one person's waiting notices into one mail. Returns whether there was any."""
    with transaction.atomic():
        staff = models.Staff.objects.select_for_update().get(pk=staff_id)
        waiting = list(
            models.Notice.objects.filter(staff=staff, mail=True, mailed=None)
            .select_related("case", "case__customer", "case__owner")
            .order_by("written_at", "pk")[:LINES]
        )
        if not waiting or not staff.is_active or _mailed_lately(now).filter(notices__staff=staff).exists():
            return False
        policy = facts.policy(latest_policy())
        message_id = outbox.new_message_id(mail_domain(policy))
        digest = _digest(staff, waiting, policy, message_id=message_id, now=now)
        item = outbox.enqueue(
            message_id=message_id,
            purpose="notice",
            to_address=staff.email,
            body=compose.digest(digest),
            case=waiting[0].case if len({n.case_id for n in waiting}) == 1 else None,
            now=now,
        )
        models.Notice.objects.filter(pk__in=[n.pk for n in waiting]).update(mailed=item)
        crashpoint("word.before_commit")
    crashpoint("word.after_commit")
    return True


def _digest(
    staff: models.Staff, waiting: list[models.Notice], policy: Policy, *, message_id: str, now: datetime
) -> Digest:
    domain = mail_domain(policy)
    about = {n.case_id for n in waiting if n.case_id}
    only = next(iter(about)) if len(about) == 1 else None
    answer_to = {pk: reply_address.make(ReplyAddress(case=pk, who="s", id=staff.pk), domain=domain) for pk in about}
    secrets = {
        n.case_id: links.make(n.case, models.Link.Purpose.ACKNOWLEDGE, staff=staff, now=now)
        for n in {n.case_id: n for n in waiting if n.rings}.values()
        if n.case is not None
    }
    return Digest(
        envelope=Envelope(
            message_id=message_id,
            to_address=staff.email,
            to_name=staff.name,
            from_name=f"Makegood, {policy.name}",
            from_address=sender_address(policy, ""),
            reply_to=answer_to[only] if only else "",
            at=now,
            language=staff.language,
            zone=staff.time_zone or policy.calendars[policy.default_calendar].zone,
            house=policy.name,
        ),
        lines=tuple(_line(n, policy, answer_to=answer_to, secrets=secrets) for n in waiting),
        board_url=f"{config.base_url()}/",
    )


def _line(
    notice: models.Notice, policy: Policy, *, answer_to: dict[int, str], secrets: dict[int | None, str]
) -> NoticeLine:
    row = notice.case
    if row is None:
        return NoticeLine(case="", kind=notice.kind, facts=notice.facts, at=notice.written_at)
    promise = _promise(notice)
    secret = secrets.get(row.pk) if notice.rings else None
    return NoticeLine(
        case=row.number,
        kind=notice.kind,
        facts=notice.facts,
        at=_happened_at(notice),
        who=row.customer.name or "",
        what=_what(promise, policy) or row.subject,
        due_at=promise.due_at if promise else None,
        rung=_rung(notice, policy),
        skipped=tuple(
            models.Staff.objects.filter(pk__in=notice.facts.get("skipped") or []).values_list("name", flat=True)
        ),
        case_url=f"{config.base_url()}/cases/{row.number}/",
        acknowledge_url=f"{config.base_url()}/a/{secret}/" if secret else "",
        answer_to=answer_to.get(row.pk, ""),
    )


def _happened_at(notice: models.Notice) -> datetime:
    """Return when what it tells of became true; the digest says so when that was long before."""
    at = notice.facts.get("happened_at")
    return datetime.fromisoformat(at) if at else notice.written_at


def _promise(notice: models.Notice) -> models.Promise | None:
    assert notice.case is not None
    numbers = notice.facts.get("numbers") or [notice.facts.get("number")]
    found = notice.case.promises.filter(number__in=[n for n in numbers if n])
    # Words that were said to the customer tell the reader more than the name of a clock.
    return found.order_by("-said", "due_at").first()


def _what(promise: models.Promise | None, policy: Policy) -> str:
    if promise is None:
        return ""
    kind = policy.kinds.get(promise.kind)
    return promise.words or (kind.title if kind else "")


def _rung(notice: models.Notice, policy: Policy) -> str:
    number = notice.facts.get("rung")
    rungs = policy.ladders["house"].rungs
    return rungs[number].name if isinstance(number, int) and 0 <= number < len(rungs) else ""
