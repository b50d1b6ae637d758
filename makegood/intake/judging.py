"""The judge: takes the oldest stored item, has its door read it, and ends it in exactly one place.

Reading comes before the transaction, since it may take long; deciding and everything that follows from it
is one transaction with the ledger. Whatever goes wrong, the item stays stored, and the others go on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import OperationalError, transaction

from makegood.desk.actions import cases, contacts, ledger
from makegood.desk.actions.contacts import Incoming
from makegood.desk.actions.files import NO_ROOM
from makegood.desk.crashpoints import crashpoint
from makegood.desk.models import InboxItem

from .mail import absence_notes, first_letters, judgement, known, known_threads
from .mail.letter_at_hand import AtHand
from .mail.our_addresses import read_ours

log = logging.getLogger(__name__)

#: How long an item waits that could not be judged, and one whose database was busy or full.
AGAIN_IN = timedelta(minutes=1)
SOON = timedelta(seconds=10)
#: Letters that are judged in one go: enough to share the costs, few enough that nobody waits for the lock.
TOGETHER = 50


def judge_next(now: datetime) -> bool:
    """Judge one item; returns whether there was any. Never raises for what is in the item."""
    item = ledger.claim(now=now)
    if item is None:
        return False
    _one(item, now=now)
    return True


def _one(item: InboxItem, *, now: datetime) -> None:
    try:
        if item.attempts > ledger.TRIES:
            _set_aside(item, now=now)
        else:
            _judge(item, now=now)
    except ledger.AlreadySettled:
        pass  # another worker was quicker
    except OperationalError as error:
        # A database that is locked or full says nothing about the letter.
        log.warning("item %s waits for the database: %s", item.pk, type(error).__name__)
        ledger.let_go(item, until=now + SOON, counted=False)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            log.warning("item %s waits for the disk: %s", item.pk, type(error).__name__)
            ledger.let_go(item, until=now + SOON, counted=False)
        else:
            _failed(item, error, now=now)


def judge_waiting(now: datetime, limit: int = TOGETHER) -> int:
    """Judge up to `limit` items, the oldest, all in one transaction; returns how many.

    Letters that open a case are opened together, answers of customers join their cases together, absence notes
    are kept together: nearly all that comes is that, and many cost little more than one. What makes judging fail
    is judged by itself.
    """
    if not ledger.anything_waits(now=now):
        return 0
    items = ledger.claim_some(limit, now=now)
    if not items:
        # Only letters that were tried before, if any: those one by one.
        return int(judge_next(now))
    done: set[int] = set()
    if len(items) > 1:
        try:
            done = _judge_together(items, now=now)
        except Exception as error:
            log.warning("%s letters could not be judged together: %s", len(items), type(error).__name__)
    # Given back before any is judged: a letter that kills this process takes no other along.
    left = [item for item in items if item.pk not in done]
    ledger.let_go_untried(left)
    return len(done) + sum(judge_next(now) for _ in left)


def _judge_together(items: Sequence[InboxItem], *, now: datetime) -> set[int]:
    """Judge these items, and return the keys of those that are judged: of all, but for what makes judging fail."""
    crashpoint("intake.after_claim")
    ours = read_ours()
    hands = [judgement.at_hand(item, ours, now=now) for item in items]
    crashpoint("intake.after_reading")
    with transaction.atomic():
        cases.latest_policy()
        told = known.of_letters(hands, now=now)
        alone = known.strangers_to_each_other(hands, told)
        done = first_letters.open_together(alone, told, now=now)
        done |= known_threads.join_together([h for h in alone if h.item.pk not in done], told, now=now)
        done |= absence_notes.keep_together([h for h in alone if h.item.pk not in done], told, now=now)
        done |= {hand.item.pk for hand in hands if hand.item.pk not in done and _judged_beside(hand)}
        crashpoint("intake.before_commit")
    crashpoint("intake.after_commit")
    return done


def _judged_beside(hand: AtHand) -> bool:
    """Judge one letter of many; one that makes judging fail leaves nothing behind, and the others go on."""
    try:
        with transaction.atomic():
            judgement.judge(hand)
    except (OperationalError, OSError, ledger.AlreadySettled):
        # The database or the disk is in trouble, or another worker is quicker: that is nothing the letter did.
        raise
    except Exception as error:
        log.warning("item %s is judged by itself: %s", hand.item.pk, type(error).__name__)
        return False
    return True


def _judge(item: InboxItem, *, now: datetime) -> None:
    crashpoint("intake.after_claim")
    hand = judgement.at_hand(item, read_ours(), now=now)
    crashpoint("intake.after_reading")
    with transaction.atomic():
        # One judge at a time decides: two copies of one letter must not both find that they are the first.
        cases.latest_policy()
        judgement.judge(hand)
        crashpoint("intake.before_commit")
    crashpoint("intake.after_commit")


def _failed(item: InboxItem, error: Exception, *, now: datetime) -> None:
    # The type only: an error's words may quote the letter.
    log.error("item %s made judging fail (%s of %s): %s", item.pk, item.attempts, ledger.TRIES, type(error).__name__)
    if item.attempts < ledger.TRIES:
        ledger.let_go(item, until=now + AGAIN_IN)
        return
    try:
        _set_aside(item, now=now)
    except Exception as second:
        log.critical("item %s could not even be set aside: %s", item.pk, type(second).__name__)
        ledger.let_go(item, until=now + 10 * AGAIN_IN)


def _set_aside(item: InboxItem, *, now: datetime) -> None:
    """What can't be judged becomes a case all the same: raw, with an owner and a clock (F-10)."""
    message = Incoming(
        received_at=item.received_at,
        from_name=item.envelope_from,
        to_addresses=tuple(item.envelope_to),
        subject="A message that the desk could not read",
        trouble=("unreadable",),
    )
    why = f"Reading it failed {ledger.TRIES} times. The original is kept as item {item.pk}."
    contacts.open_case(
        message, door=judgement.door_of(item), item=item, quarantine=why, code="unreadable", acknowledge=False, now=now
    )
