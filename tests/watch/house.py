"""What the tests of the watch do again and again: a complaint comes in, a reply is written, rounds are walked."""

import re
from datetime import datetime, timedelta
from typing import Any

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts, ledger, letters
from makegood.desk.actions.contacts import Incoming
from makegood.watch import rounds
from makegood.watch.delivery import Post, Sends
from makegood.watch.smtp_line import server
from tests.watch.mail_server import MailServer

ROSA = "rosa@quill.example"


def a_complaint(cast: Cast, *, at: datetime, sender: str = ROSA, name: str = "Rosa Quill") -> models.Case:
    """Somebody writes to the first mail door, and a case opens."""
    raw = f"From: {sender}\r\nSubject: The buckle\r\n\r\nIt snapped. {at.isoformat()}\r\n".encode()
    arrival = ledger.Arrival(
        door="mail",
        way="file",
        source_id=ledger.fingerprint(raw),
        body=raw,
        size=len(raw),
        sha256=ledger.fingerprint(raw),
        received_at=at,
        envelope_from=sender,
        envelope_to=cast.policy.doors["mail"].addresses[:1],
    )
    item, _ = ledger.store(arrival, now=at)
    message = Incoming(
        received_at=at, from_address=sender, from_name=name, subject="The buckle", text="It snapped on day two."
    )
    return contacts.open_case(message, door=cast.policy.doors["mail"], item=item, now=at)


def a_reply(case: models.Case, *, at: datetime, text: str = "We send you a new buckle today.") -> models.Contact:
    """The owner answers."""
    return letters.reply(case.pk, by=case.owner, text=text, kinds=["answer"], confirmed=True, now=at)


def post_to(mail_server: MailServer) -> Post:
    return Post(server(mail_server.url))


def deliver_all(post: Sends, *, now: datetime, worker: str = "worker") -> int:
    """Deliver until nothing is due; returns how many were tried."""
    tried = 0
    while rounds.deliver_one(worker, now=now, post=post):
        tried += 1
        assert tried < 10_000
    return tried


def watch_until(moment: datetime, *, deliver: Sends | None = None) -> None:
    """Walk the watch's rounds at each moment at which something falls due, up to `moment`."""
    while True:
        due = models.Case.objects.filter(wakes_at__lte=moment).order_by("wakes_at").first()
        if due is None or due.wakes_at is None:
            return
        now = due.wakes_at
        while rounds.wake_due(now=now):
            pass
        rounds.tell_people(now=now)
        if deliver is not None:
            deliver_all(deliver, now=now)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def end_state(*, without_mail: bool = False) -> dict[str, Any]:
    """Return what the record adds up to, without ids that are drawn by lot and without moments of delivery."""
    # PostgreSQL counts on past what was rolled back, so contacts are told by their order.
    ranks = {pk: rank for rank, pk in enumerate(models.Contact.objects.order_by("pk").values_list("pk", flat=True), 1)}
    entries = models.Entry.objects.exclude(case=None).order_by("case_id", "seq")
    state: dict[str, Any] = {
        "journal": [(e.case_id, e.seq, e.name, _plain(e.facts, ranks)) for e in entries],
        "house": list(models.Entry.objects.filter(case=None).order_by("seq").values_list("name", flat=True)),
        "promises": list(
            models.Promise.objects.order_by("case", "number").values_list("case", "number", "kind", "state")
        ),
        "alarms": list(
            models.Alarm.objects.order_by("case", "seq").values_list("case", "seq", "rung", "repeat", "missed")
        ),
        "notices": list(
            models.Notice.objects.order_by("case", "seq", "staff").values_list("case", "seq", "staff", "kind")
        ),
    }
    if not without_mail:
        mails = models.OutboxItem.objects.order_by("purpose", "to_address", "written_at")
        state["mails"] = list(mails.values_list("purpose", "to_address", "state"))
    return state


def _plain(told: dict[str, Any], ranks: dict[int, int]) -> dict[str, Any]:
    kept = {key: value for key, value in sorted(told.items()) if not re.search(r"_at$|^until$", key)}
    return {**kept, "contact": ranks.get(kept["contact"])} if "contact" in kept else kept
