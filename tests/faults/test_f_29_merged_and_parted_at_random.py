"""F-29: whatever is done to the cases of one customer in any order, merged, parted, answered, broken, P1 to P8 hold.

What was said to him is owed, kept or broken somewhere at any moment; a stranger's case is in none of it.
"""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import delivery, letters, merging
from makegood.desk.actions.promises import Words
from makegood.desk.queries import invariants
from makegood.rules import refusals
from makegood.rules.promises import State
from tests.attacks.two_teams import own
from tests.intake.desk import case_of, deliver_all, receive
from tests.intake.letters import ROSA, letter
from tests.watch.house import watch_until

MATTERS = (
    ("Broken buckle", "The buckle of my pack snapped on the first day."),
    ("Invoice", "You charged my card twice for the tent."),
    ("Boots", "The soles of both boots came off in the rain."),
)
IVO = "ivo@else.example"


class _Desk:
    """Three cases of Rosa's and one of Ivo's, and what people and time do to them."""

    def __init__(self, cast: Cast, now: datetime, chance: random.Random) -> None:
        self._by, self._chance, self.now = cast.priya, chance, now
        self.said: list[str] = []
        self.rosas = [self._write(subject, text, ROSA) for subject, text in MATTERS]
        self.ivos = self._write("Lamp", "The lamp went out.", IVO)

    def _write(self, subject: str, text: str, sender: str) -> models.Case:
        name = f"<{subject.casefold().replace(' ', '-')}@quiet.example>"
        raw = letter(text, subject=subject, sender=sender, message_id=name)
        case = case_of(receive(raw, now=self.now, sender=sender))
        own(case, self._by, now=self.now)
        return case

    def one(self) -> models.Case:
        """Return one of Rosa's cases as it is now."""
        return models.Case.objects.get(pk=self._chance.choice(self.rosas).pk)

    def merge(self) -> None:
        kept, gone = self.one(), self.one()
        merging.merge(kept.pk, gone=gone.number, why="one matter", by=self._by, now=self.now)

    def part(self) -> None:
        merging.part(self.one().pk, by=self._by, now=self.now)

    def promise(self) -> None:
        words = f"Number {len(self.said)} leaves us soon."
        says = [Words(words=words, due_at=self.now + timedelta(hours=self._chance.choice([5, 30, 80])))]
        letters.reply(
            self.one().pk, by=self._by, text=words, kinds=["promise"], says=says, confirmed=True, now=self.now
        )
        deliver_all(self.now)
        self.said.append(words)

    def come_back(self) -> None:
        """The last letter of ours to one of her cases comes back."""
        ours = self.one().contacts.filter(direction="out").order_by("pk").last()
        if ours is not None:
            delivery.bounced(ours, why="550 no such user", now=self.now)

    def wait(self) -> None:
        self.now += timedelta(hours=self._chance.choice([1, 9, 30]))
        watch_until(self.now)

    def merge_a_strangers(self) -> None:
        with pytest.raises(refusals.CannotMerge):
            merging.merge(self.one().pk, gone=self.ivos.number, why="one matter", by=self._by, now=self.now)

    def wrong(self) -> list[str]:
        """Return what is not as it must be at this moment."""
        # Nobody sends the mails of this test's alarms.
        named = [v.what for verdict in invariants.ask_all(now=self.now) for v in verdict.violations]
        promises = models.Promise.objects.filter(said=True).exclude(state=State.REPLACED)
        found = set(promises.values_list("words", flat=True))
        lost = [words for words in self.said if words not in found]
        return [what for what in named if not what.endswith("has not gone out")] + lost


@pytest.mark.parametrize("seed", range(2))
def test_in_whatever_order_they_are_merged_and_parted_nothing_is_lost(
    cast: Cast, home: object, monday_ten: datetime, seed: int
) -> None:
    chance = random.Random(seed)
    desk = _Desk(cast, monday_ten, chance)
    done: list[str] = []
    acts = (desk.merge, desk.merge, desk.part, desk.promise, desk.come_back, desk.wait, desk.merge_a_strangers)
    for act in (*chance.sample(acts, len(acts)), *chance.choices(acts, k=7)):
        desk.now += timedelta(minutes=1)
        watch_until(desk.now)
        with suppress(refusals.Refusal):
            act()
            done.append(act.__name__)
        assert desk.wrong() == [], (seed, done)
    assert {"merge", "promise", "wait"} <= set(done)
    assert models.Case.objects.filter(customer=desk.ivos.customer).count() == 1
