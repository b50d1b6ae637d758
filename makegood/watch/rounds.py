"""What the watch does, one unit of work a call; each says whether there was any.

The loops stand outside (`loop`), so that a test, a story and a process all
walk the same rounds, each with its own clock. Any number of them may walk at
once: whatever is done here is claimed in the database first.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection

from makegood import config
from makegood.desk import facts, models
from makegood.desk.actions import canaries, certificates, delivery, digests, outbox, second_readings
from makegood.desk.actions import rounds as signs
from makegood.desk.crashpoints import crashpoint
from makegood.desk.queries.seals import read_seals, seal_line
from makegood.rules.people import People

from . import second_path
from .clock_steps import STEP, Step
from .delivery import Fate, Outcome, Post, Sendable, Sends

log = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=10)
CALL_EVERY = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=1)
"""A round that has not gone by for this long stands still, and the outside watcher is no longer called."""
TRIES = 3
"""How often what a server said is written down if the database fails."""
LOOK_EVERY = timedelta(minutes=4)
MAIL_LINE = "mail line"
CANARY_AWAY = timedelta(minutes=20)
ROUNDS = ("watch", "word")
"""The rounds that must go by for the desk to call itself alive."""


def wake_due(*, now: datetime, limit: int = 50) -> int:
    """Let time do what is due to up to `limit` cases, oldest first; returns to how many it did.

    A case that can't be written just now is left for the next round, and the others go on. Raises
    what the database said if none could be.
    """
    if not signs.anything_due(now=now):
        return 0
    people = facts.people()
    try:
        return signs.wake_all(now=now, limit=limit, people=people)
    except DatabaseError as error:
        # One of them can't be written, or the database is busy: each by itself then.
        log.warning("due cases could not be woken at once: %s", type(error).__name__)
    return _wake_each(signs.due_cases(now=now, limit=limit), now=now, people=people)


def _wake_each(due: Sequence[int], *, now: datetime, people: People) -> int:
    woken, trouble = 0, None
    for case in due:
        try:
            woken += signs.wake(case, now=now, people=people)
        except DatabaseError as error:
            log.warning("case %s could not be written and is tried again: %s", case, type(error).__name__)
            trouble = error
    if trouble is not None and not woken:
        raise trouble
    return woken


def tell_people(*, now: datetime) -> int:
    """Mail everybody his waiting notices, one mail each and at most one a minute; returns how many mails.

    A mail that can't be written holds up nobody else's. Raises the first fault when all were tried.
    """
    told, fault = 0, None
    for staff in digests.people_to_tell(now=now):
        try:
            told += digests.mail_digest(staff, now=now)
        except Exception as error:
            log.exception("word for staff %s could not be mailed", staff)
            fault = fault or error
    if fault is not None:
        raise fault
    return told


def read_again(*, now: datetime) -> bool:
    """Have one more message read by the second reader; says whether there was one. Its failing is shown, no more."""
    try:
        found = second_readings.read_next(now=now)
    except second_readings.ReaderFailed as failed:
        log.warning("the second reader: %s", failed.code)
        say_trouble("second reader", failed.sentence, now=now)
        return False
    if found:
        say_trouble("second reader", "", now=now)
    return found


def deliver_one(worker: str, *, now: datetime, post: Sends) -> bool:
    """Send the next mail that is due and write down what became of it; says whether there was one.

    What the server said is dated when it said it. A mail whose worker died in the middle of handing
    it over comes first: it may have arrived.
    """
    if _settle_doubt(now=now, post=post):
        return True
    item = outbox.claim(worker, now=now)
    if item is None:
        return False
    mail = Sendable(
        message_id=item.message_id,
        envelope_from=item.envelope_from,
        to_address=item.to_address,
        body=bytes(item.body),
    )
    outcome = post.send(mail, hand_over=lambda: _hand_over(item, now=now))
    settled_at = now + outcome.took
    if outcome.fate is not Fate.ACCEPTED:
        log.info("mail %s: %s, %s", item.pk, outcome.fate, outcome.answer)
    _write_down(item, outcome.fate, outcome.answer, now=settled_at)
    crashpoint("outbox.after_settle")
    _show_the_server(outcome, now=settled_at)
    return True


def _hand_over(item: models.OutboxItem, *, now: datetime) -> bool:
    """Write down that the last byte is about to go; asked again where the database's answer was lost."""
    try:
        return outbox.hand_over(item, now=now)
    except (DatabaseError, InterfaceError):
        # Nothing has gone yet, and saying the same twice is saying it once.
        connection.close()
        return outbox.hand_over(item, now=now)


_SETTLE: dict[Fate, Callable[..., None]] = {
    Fate.ACCEPTED: delivery.accepted,
    Fate.LATER: delivery.delayed,
    Fate.NEVER: delivery.refused,
    Fate.UNKNOWN: delivery.uncertain,
}


def _write_down(item: models.OutboxItem, fate: Fate, answer: str, *, now: datetime) -> None:
    for tries_left in reversed(range(TRIES)):
        try:
            _SETTLE[fate](item, answer=answer, now=now)
            return
        except (DatabaseError, InterfaceError):
            # What the server said is known to nobody but us.
            connection.close()
            if not tries_left:
                raise
        except Exception as error:
            signs.delivery_failed(item, error, now=now)
            return


def _settle_doubt(*, now: datetime, post: Sends) -> bool:
    """Find out what became of a mail whose worker died; says whether there was one."""
    item = outbox.in_doubt(now=now)
    if item is None:
        return False
    arrived = post.knows(item.message_id)
    fate = Fate.UNKNOWN if arrived is None else Fate.ACCEPTED if arrived else Fate.LATER
    _write_down(item, fate, "the worker died while it handed the mail over", now=now)
    return True


def _show_the_server(outcome: Outcome, *, now: datetime) -> None:
    """Show on every page that the mail server can't be reached; when it is back, nothing waits any longer."""
    if outcome.unreachable:
        say_trouble("mail server", f"Mail can't go out: {outcome.answer}", now=now)
    elif outcome.fate is Fate.ACCEPTED and models.Heartbeat.objects.filter(name="mail server").exclude(trouble=""):
        outbox.bring_forward(now=now)
        say_trouble("mail server", "", now=now)


def look_at_the_server(*, now: datetime, post: Post) -> bool:
    """Look every few minutes whether mail could go out, so that a dead line shows while no mail waits (F-37)."""
    last = models.Heartbeat.objects.filter(name=MAIL_LINE).first()
    if last is not None and timedelta(0) <= now - last.at < LOOK_EVERY:
        return False
    if last is None:
        # The first mail tells more; the next look is due in a moment.
        signs.beat(MAIL_LINE, now=now)
        return False
    look = post.look()
    signs.beat(MAIL_LINE, now=now, trouble=f"Mail can't go out: {look.trouble}" if look.trouble else "")
    if not look.trouble:
        certificates.saw(post.name, look.certificate, now=now)
        if last.trouble:
            outbox.bring_forward(now=now)
    return True


def beat_heart(*, now: datetime, name: str = "watch") -> bool:
    """Say that this round went by and is well, every ten seconds at most; returns whether it was said."""
    last = models.Heartbeat.objects.filter(name=name).first()
    if last is not None and not last.trouble and timedelta(0) <= now - last.at < BEAT_EVERY:
        return False
    signs.beat(name, now=now)
    return True


def say_trouble(name: str, trouble: str, *, now: datetime) -> None:
    """Show trouble with a round on every page, or take it away; nothing is written where nothing changed."""
    last = models.Heartbeat.objects.filter(name=name).values_list("trouble", flat=True).first()
    if (last or "") != trouble[:300]:
        signs.show_trouble(name, trouble, now=now)


def call_outside(*, now: datetime) -> bool:
    """Call the outside watcher once a minute, as long as the rounds go by; returns whether it was called.

    A watcher that can't be reached is trouble to be seen, and stops nothing.
    """
    if not config.get("MAKEGOOD_HEARTBEAT_URL"):
        return False
    last = models.Heartbeat.objects.filter(name="outside").first()
    if last is not None and timedelta(0) <= now - last.at < CALL_EVERY:
        return False
    alive = models.Heartbeat.objects.filter(name__in=ROUNDS, at__gt=now - SILENT_AFTER).count()
    if alive < len(ROUNDS):
        return False
    trouble = second_path.call_heartbeat()
    signs.beat("outside", now=now, trouble=f"Outside watcher: {trouble}." if trouble else "")
    return True


def fly_canary(*, now: datetime) -> bool:
    """Send a canary when its time has come, and sound the alarm for those that stay away; says whether it did."""
    minutes = config.number("MAKEGOOD_CANARY_MINUTES")
    if minutes <= 0:
        return False
    missing = canaries.look_out(after=CANARY_AWAY, now=now)
    if missing:
        sent = [canary.sent_at.isoformat() for canary in missing]
        trouble = second_path.sound_alarm("canary.missed", {"sent_at": sent}, now=now)
        say_trouble("second path", f"Second path for alarms: {trouble}." if trouble else "", now=now)
    return canaries.fly(every=timedelta(minutes=minutes), now=now) is not None or bool(missing)


_written_outside: dict[Path, date] = {}
"""Up to which day this process knows the seals to stand in the file; the file isn't read every few seconds."""


def seal(*, now: datetime) -> bool:
    """Seal the heads of all chains once a day, and write each seal outside the database, too."""
    anchor = signs.seal_day(now=now)
    path = config.home() / "anchors.log"
    if anchor is None and _written_outside.get(path) == now.date():
        return False
    crashpoint("seal.after_commit")
    # A crash between the two leaves a day out of the file; whoever comes next brings it in.
    known = read_seals(path)
    missing = [a for a in models.Anchor.objects.order_by("day") if a.day not in known]
    with path.open("a", encoding="utf-8") as file:
        file.writelines(seal_line(a) for a in missing)
        file.flush()
        os.fsync(file.fileno())
    _written_outside[path] = now.date()
    return anchor is not None or bool(missing)


def note_clock_step(step: Step, *, now: datetime) -> None:
    """Write down that the clock jumped. Backwards, nothing may wait for a moment read off the wrong clock."""
    log.warning("the clock jumped by %s s", int(step.by.total_seconds()))
    signs.clock_jumped(step.told(now), backwards=step.by < timedelta(0), now=now)


def clock_is_behind(*, now: datetime) -> bool:
    """Return whether the clock stands before the last thing written down, and show it: what rings may ring late.

    That is so for a machine that started without a clock, and for a while after a fast one was put
    right; in neither case would it help anybody if the watch stood still.
    """
    last = models.Entry.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    behind = last is not None and last - now > STEP
    said = f"The clock says {now:%Y-%m-%d %H:%M} UTC, before what is written down already. Is it right?"
    say_trouble("clock", said if behind else "", now=now)
    return behind
