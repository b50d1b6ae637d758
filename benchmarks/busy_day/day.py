"""One working day, from midnight to midnight, in Larkfield's Chicago.

The clock is honest: while the desk has work, it runs as fast as the machine's own; while there is none, it
jumps to the next moment at which something arrives or falls due. What a minute's work costs is therefore
waited for, as it would be.
"""

from __future__ import annotations

import random
import re
import resource
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef

from benchmarks.intake import post
from makegood.rules.policy import Role
from makegood.rules.refusals import Refusal

from .outside import Outside

BEGINS = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""Monday 2 March 2026, midnight in Chicago."""
DAY = timedelta(days=1)
SHARE_BY_NIGHT = 0.3
"""Of the day's mails: the incident. Whoever writes before nine is promised an answer by five."""
NIGHT = timedelta(hours=9)
PAUSE = timedelta(seconds=1)
"""What each round waits before it looks again when there was nothing to do (`watch.loop`)."""
STORM = timedelta(hours=14)
"""When the dates of yesterday's incident fall due, all at one moment, in the hours in which most mail comes."""
AGAIN = 0.02
"""The share of letters that a sender's server hands over twice."""


@dataclass(kw_only=True)
class Came:
    """What the day came to, as it is lived."""

    accepted: int = 0
    again: int = 0
    answered: int = 0
    judged: int = 0
    woken: int = 0
    worked: float = 0.0
    """Seconds in which the desk had something to do."""
    by_hour: list[tuple[int, int, int]] = field(default_factory=list)
    """Hour, accepted so far, and woken so far."""


def _grow(storm: int, seed: int) -> None:
    from benchmarks.large_desk.growing import grow

    at_once = (storm, BEGINS + STORM)
    grow(storm * 11 // 10, seed=seed, now=BEGINS, open_share=1, journal_rows=6, due_at_once=at_once)


class Day:
    """A desk of its own, its people, what arrives, and the clock."""

    def __init__(self, *, mails: int, staff: int, answer: float, storm: int, seed: int) -> None:
        self._random, self._seed = random.Random(seed), seed
        self._jumped, self._base = timedelta(0), time.monotonic()
        self.outside = Outside(self.now)
        self.came = Came()
        self._arrivals = deque(sorted(self._moments(mails)))
        self._answers = deque(self._moments_of_answers(int(mails * answer)))
        self.people = self._hire(staff, storm)
        self._said = 0

    # ── the clock ────────────────────────────────────────────────────────────

    def now(self) -> datetime:
        """Return the day's moment: real seconds, and whatever was jumped over."""
        return BEGINS + self._jumped + timedelta(seconds=time.monotonic() - self._base)

    def _jump_to(self, moment: datetime) -> None:
        self._jumped += max(timedelta(0), moment - self.now())

    # ── what is to come ──────────────────────────────────────────────────────

    def _moments(self, mails: int) -> Iterator[datetime]:
        for _ in range(mails):
            if self._random.random() < SHARE_BY_NIGHT:
                yield BEGINS + NIGHT * self._random.random()
            else:
                # Most of a day's mail comes about its middle.
                yield BEGINS + NIGHT + (DAY - NIGHT) * self._random.betavariate(2, 4)

    def _moments_of_answers(self, count: int) -> list[datetime]:
        return sorted(BEGINS + NIGHT + timedelta(hours=8) * self._random.random() for _ in range(count))

    def _hire(self, staff: int, storm: int) -> list[Any]:
        from makegood.demo import cast
        from makegood.desk import models
        from makegood.desk.actions import people

        if storm:
            # In a process of its own, whose memory goes with it.
            growing = get_context("fork").Process(target=_grow, args=(storm, self._seed))
            growing.start()
            growing.join()
            if growing.exitcode:
                raise SystemExit("The desk could not be grown.")
        else:
            cast.load(now=BEGINS, password=None)
        team = models.Staff.objects.get(email="priya@larkfield.example").team
        for nth in range(max(0, staff - models.Staff.objects.count())):
            address = f"hired{nth}@larkfield.example"
            people.hire(email=address, name=f"Agent {nth}", role=Role.AGENT, team=team, hashed="!", now=BEGINS)
        return list(models.Staff.objects.filter(team=team, role=Role.AGENT).order_by("pk"))

    # ── living it ────────────────────────────────────────────────────────────

    def live(self, say: Callable[[str], None]) -> None:
        """Live the day, and after midnight until nothing is left to do at that moment."""
        while self._arrivals or self.now() < BEGINS + DAY:
            began = time.monotonic()
            if self._turn():
                self.came.worked += time.monotonic() - began
                self._report(say)
                continue
            self._jump_to(min(max(self._next(), self.now() + PAUSE), BEGINS + DAY))
            if self.now() >= BEGINS + DAY and not self._arrivals:
                break
        while self._turn():
            self._report(say)

    def _turn(self) -> bool:
        """One walk through all the rounds, each as long as its thread would go before another has its turn."""
        from makegood.intake import judging
        from makegood.watch import rounds

        busy = self._take_in()
        judged = judging.judge_waiting(now=self.now())
        woken = rounds.wake_due(now=self.now())
        self.came.judged += judged
        self.came.woken += woken
        busy |= bool(judged) or bool(woken)
        busy |= rounds.tell_people(now=self.now()) > 0
        for _ in range(25):
            if not rounds.deliver_one("busy day", now=self.now(), post=self.outside):
                break
            busy = True
        return busy | self._answer()

    def _take_in(self) -> bool:
        """Everything that has arrived by now is handed to the mail door's own function, and committed by it."""
        from makegood.intake.mail import arrivals
        from makegood.intake.mail.our_addresses import read_ours

        taken = 0
        while self._arrivals and self._arrivals[0] <= self.now() and taken < 50:
            self._arrivals.popleft()
            raw, sender = self._mail()
            for _ in range(2 if self._random.random() < AGAIN else 1):
                arrivals.from_smtp(
                    raw, envelope_from=sender, recipients=["help@larkfield.example"], ours=read_ours(), now=self.now()
                )
                self.came.again += 1
            self.came.again -= 1
            self.came.accepted += 1
            taken += 1
        return taken > 0

    def _mail(self) -> tuple[bytes, str]:
        """Return the next mail of the mix of `benchmarks.intake.post`, and who sends it.

        Every letter is a seed of its own there, so that whoever answers is known by our mail to him.
        """
        seed = self._seed + self.came.accepted
        thread, base = None, 0
        if self.outside.acknowledged:
            address, message_id = self._random.choice(self.outside.acknowledged)
            base, number = (int(part) for part in address.partition("@")[0].split(".")[1:3])
            thread = post.Thread(number=number, message_id=message_id)
        raw = next(post.morning(1, [thread] if thread else [], seed=seed, base=base))
        return raw, re.search(rb"(?m)^From: .*<(.+)>", raw)[1].decode()

    def _answer(self) -> bool:
        """Whoever's turn it is writes to the customer who waits longest with him."""
        from makegood.desk import models
        from makegood.desk.actions import letters

        if not self._answers or self._answers[0] > self.now():
            return False
        self._answers.popleft()
        waiting = models.Case.objects.filter(open=True, ball="us", quarantined=False).exclude(unanswered_at=None)
        case = waiting.filter(owner=self._random.choice(self.people)).order_by("unanswered_at").first()
        if case is None:
            return True
        text = f"About {case.subject}: we have found the cause, and a new one left our house this morning."
        try:
            letters.reply(
                case.pk, by=case.owner, text=text, kinds=["answer"], seen=case.head_seq, confirmed=True, now=self.now()
            )
            self.came.answered += 1
        except Refusal:
            pass
        return True

    def _next(self) -> datetime:
        """Return when something arrives or falls due."""
        from makegood.desk import models
        from makegood.desk.actions import digests

        now = self.now()
        unmailed = models.Notice.objects.filter(staff=OuterRef("pk"), mail=True, mailed=None)
        moments = [
            models.Case.objects.filter(wakes_at__gt=now)
            .order_by("wakes_at")
            .values_list("wakes_at", flat=True)
            .first(),
            models.OutboxItem.objects.filter(state="waiting", next_at__gt=now)
            .order_by("next_at")
            .values_list("next_at", flat=True)
            .first(),
            self._arrivals[0] if self._arrivals else None,
            self._answers[0] if self._answers else None,
        ]
        if models.Staff.objects.filter(Exists(unmailed)).exists():
            moments.append(now + digests.AT_MOST_EVERY / 6)
        return min((m for m in moments if m is not None), default=BEGINS + DAY)

    def _report(self, say: Callable[[str], None]) -> None:
        hour = int((self.now() - BEGINS).total_seconds() // 3600)
        if hour > self._said:
            self._said = hour
            self.came.by_hour.append((hour, self.came.accepted, self.came.woken))
            say(
                f"{self.now():%H:%M} UTC: {self.came.accepted} mails, {self.came.woken} cases woken, "
                f"{self.came.answered} answered, {self.came.worked:.0f} s of work, {_held():.0f} MB"
            )


def _held() -> float:
    """Return how much memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6
