"""The cases that a large desk is grown from, lived through the desk's own actions in the last five weeks.

Every name, address, subject and closing sentence is a mark that stands nowhere else, so that a
clone's own can take its place.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import alarms, cases, contacts, handoffs, notes
from makegood.desk.actions.promises import Words
from makegood.rules import refusals

Story = Callable[["Tale"], Iterator[datetime]]

_LETTERS = (
    "What I ordered from you is not what came, and I have written twice. What can you do about it?",
    "It broke on the first day out. I paid a good deal for it and I would like it replaced.",
    "My bank shows the same order twice. Please send one of the two back to my card.",
    "The parcel was promised for last week and has not come. We leave on Saturday.",
)
_CARTAS = (
    "Lo que pedí no es lo que llegó, y ya he escrito dos veces. ¿Qué pueden hacer?",
    "El paquete llegó roto y me gustaría que me lo cambiaran. Salimos el sábado.",
)
_ANSWERS = (
    "I have looked at it myself. A new one leaves here today and you need not send the old one back.",
    "You are right, we charged you twice. The second payment went back to your card this morning.",
    "The parcel stood in the wrong town. It is on its way to you now, and we bear the cost.",
)


class Telling(Weeks):
    """The house while its cases are lived: many at once, each step at its own time."""

    at: datetime
    """The moment that is lived."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self.hours = cast.policy.calendars[cast.policy.default_calendar]

    def live(self, tales: list[tuple[datetime, Iterator[datetime]]], *, now: datetime) -> None:
        """Let every tale go on at the moments it names, in the order of time, up to `now`."""
        queue = [(at, number, tale) for number, (at, tale) in enumerate(tales)]
        heapq.heapify(queue)
        while queue:
            at, number, tale = heapq.heappop(queue)
            if at >= now:
                continue
            self.until(at)
            self.at = at
            following = next(tale, None)
            if following is not None:
                heapq.heappush(queue, (max(following, at), number, tale))
        self.until(now)
        self.carry_mail(now)


@dataclass(kw_only=True)
class Tale:
    """One case while it is lived."""

    desk: Telling
    number: int
    rng: random.Random
    rounds: int
    """How many more letters and answers it has than it needs."""
    spanish: bool = False
    promised: timedelta = timedelta(days=6)
    promised_at: datetime | None = None
    case: models.Case | None = None

    @property
    def writer(self) -> Writer:
        mark = f"{self.number:04d}"
        language = "es" if self.spanish else "en"
        return Writer(name=f"Xenname{mark}", address=f"xen{mark}@mark.example", language=language)

    @property
    def owner(self) -> models.Staff:
        assert self.case is not None
        self.case.refresh_from_db()
        return self.case.owner

    @property
    def row(self) -> models.Case:
        assert self.case is not None
        return self.case

    def letter(self, *, door: str = "mail", quarantine: str = "") -> None:
        """The first letter comes in."""
        subject, text = f"Xensubject{self.number:04d}", self._words(_CARTAS if self.spanish else _LETTERS)
        desk, at = self.desk, self.desk.at
        if not quarantine:
            self.case = desk.letter(self.writer, at=at, subject=subject, text=text, door=door)
            return
        item, message = desk._arrive(self.writer, at=at, subject=subject, text=text, door=door)
        chosen = desk.cast.policy.doors[door]
        self.case = contacts.open_case(message, door=chosen, item=item, quarantine=quarantine, code="unsure", now=at)
        desk.carry_mail(at)

    def _words(self, among: tuple[str, ...]) -> str:
        return f"{self.rng.choice(among)}\n\nXenwords{self.number:04d}."

    def again(self) -> None:
        """The customer writes again, by mail or on his page."""
        at, text = self.desk.at, self._words(_CARTAS if self.spanish else _LETTERS)
        if self.rng.random() < 0.3 and (link := self.row.links.filter(purpose="page").first()) is not None:
            contacts.write_from_page(link, text=text, now=at)
            self.desk.carry_mail(at)
        else:
            self.desk.again(self.row, self.writer, at=at, text=text)

    def stranger(self) -> None:
        """Somebody we can't vouch for writes about this case: it is laid before the owner."""
        desk, at = self.desk, self.desk.at
        item, message = desk._arrive(
            self.writer, at=at, subject=f"Xensubject{self.number:04d}", text=self._words(_LETTERS), door="mail"
        )
        door = desk.cast.policy.doors["mail"]
        contacts.propose(message, case_id=self.row.pk, door=door, item=item, why="Nobody we know.", now=at)
        desk.carry_mail(at)

    def answer(self, *kinds: str, due_at: datetime | None = None) -> None:
        """The owner answers; with a date, he promises it, and keeps what he promised before."""
        says = [Words(words="You will hear from me by then, with or without news.", due_at=due_at)] if due_at else []
        self.row.refresh_from_db()
        owed = self.row.promises.filter(said=True, outstanding=True, source="person")
        self.desk.reply(
            self.row, self.owner, at=self.desk.at, text=self.rng.choice(_ANSWERS), kinds=kinds or ["answer"],
            says=says, keeps=[promise.number for promise in owed],
        )  # fmt: skip

    def later(self, hours: float) -> datetime:
        """Return when so many working hours have gone by."""
        return self.desk.hours.due(self.desk.at, int(hours * 3600))

    def talk(self) -> Iterator[datetime]:
        """Letters and answers in turn; every second answer promises a date."""
        for turn in range(self.rounds):
            yield self.later(2 + self.rng.random() * 5)
            self.again()
            yield self.later(1 + self.rng.random() * 4)
            self.answer("news", due_at=self.later(20) if turn % 2 else None)

    def close(self) -> Iterator[datetime]:
        """Close it, after one more answer where something stands against it."""
        for _ in range(3):
            try:
                cases.close(self.row.pk, by=self.owner, now=self.desk.at)
                self.desk.carry_mail(self.desk.at)
                return
            except refusals.CannotClose:
                self.answer("answer")
                yield self.later(2)


# ── the stories ──────────────────────────────────────────────────────────────


def answered(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.later(1 + tale.rng.random() * 5)
    tale.answer("answer")
    yield from tale.talk()
    yield tale.later(3 + tale.rng.random() * 8)
    yield from tale.close()


def promised(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.later(2 + tale.rng.random() * 4)
    tale.answer("promise", due_at=tale.later(16))
    yield tale.later(12)
    tale.answer("news")
    yield from tale.talk()
    yield tale.later(5)
    yield from tale.close()


def slipped(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.later(9.5 + tale.rng.random() * 6)
    if tale.rng.random() < 0.6:
        alarms.acknowledge(tale.row.pk, by=tale.owner, now=tale.desk.at)
    yield tale.later(1 + tale.rng.random())
    tale.answer("apology", "answer")
    yield from tale.talk()
    yield tale.later(4)
    yield from tale.close()


def handed_on(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.later(1.5)
    others = models.Staff.objects.filter(team=tale.owner.team_id, role="agent").exclude(pk=tale.owner.pk)
    to, marta = tale.rng.choice(list(others)), tale.desk.cast.marta
    handoffs.offer(tale.row.pk, to=to, by=marta, note="You know this one.", now=tale.desk.at)
    yield tale.later(0.5)
    handoffs.accept(tale.row.pk, by=to, now=tale.desk.at)
    notes.add(tale.row.pk, text="The warehouse says there are two left, both set aside.", by=to, now=tale.desk.at)
    yield tale.later(2)
    tale.answer("answer")
    yield from tale.talk()
    yield tale.later(6)
    yield from tale.close()


def no_complaint(tale: Tale) -> Iterator[datetime]:
    tale.letter(quarantine="Nobody could say what it is about.")
    yield tale.later(1 + tale.rng.random() * 2)
    cases.judge(tale.row.pk, genuine=False, why="An advertisement.", by=tale.desk.cast.marta, now=tale.desk.at)


def after_all_a_complaint(tale: Tale) -> Iterator[datetime]:
    tale.letter(quarantine="It came without a sender.")
    yield tale.later(2)
    cases.judge(tale.row.pk, genuine=True, why="A complaint.", by=tale.desk.cast.marta, now=tale.desk.at)
    yield tale.later(2)
    tale.answer("answer")
    yield from tale.talk()
    yield tale.later(6)
    yield from tale.close()


def to_an_executive(tale: Tale) -> Iterator[datetime]:
    tale.letter(door="executive")
    yield tale.later(3)
    tale.answer("apology", "answer")
    yield from tale.talk()
    yield tale.later(8)
    yield from tale.close()


CLOSED: tuple[Story, ...] = (
    answered, answered, promised, slipped, answered, handed_on, no_complaint, after_all_a_complaint, answered,
    to_an_executive,
)  # fmt: skip


def just_in(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield from ()


def their_turn(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.desk.at + timedelta(hours=2)
    tale.answer("answer")
    yield from tale.talk()


def asked(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.desk.at + timedelta(hours=1)
    tale.answer("ask")
    yield tale.desk.at + timedelta(minutes=20)
    tale.answer("ask")


def a_date_is_out(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.desk.at + timedelta(hours=2)
    tale.answer("promise", due_at=tale.promised_at or tale.desk.at + tale.promised)
    yield from tale.talk()


def ringing(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.later(8.5)
    if tale.rng.random() < 0.4:
        alarms.acknowledge(tale.row.pk, by=tale.owner, now=tale.desk.at)


def offered(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.desk.at + timedelta(minutes=30)
    others = models.Staff.objects.filter(team=tale.owner.team_id, role="agent").exclude(pk=tale.owner.pk)
    to = tale.rng.choice(list(others))
    handoffs.offer(tale.row.pk, to=to, by=tale.desk.cast.marta, note="Please.", now=tale.desk.at)


def set_aside(tale: Tale) -> Iterator[datetime]:
    tale.letter(quarantine="It reads like an advertisement.")
    yield from ()


def a_stranger_writes(tale: Tale) -> Iterator[datetime]:
    tale.letter()
    yield tale.desk.at + timedelta(hours=2)
    tale.answer("answer")
    yield tale.desk.at + timedelta(hours=1)
    tale.stranger()


def executive_waits(tale: Tale) -> Iterator[datetime]:
    tale.letter(door="executive")
    yield from ()


OPEN: tuple[tuple[Story, float], ...] = (
    (just_in, 5), (their_turn, 60), (a_date_is_out, 50), (asked, 20), (ringing, 44), (offered, 3), (set_aside, 2),
    (a_stranger_writes, 30), (just_in, 20), (executive_waits, 6), (a_date_is_out, 100), (their_turn, 90),
)  # fmt: skip
"""With how many hours before now each begins."""
