"""Who hears next when nobody acted, at which instant, and why it never stops on its own."""

from __future__ import annotations

from makegood.rules import events as ev
from makegood.rules import rounds
from tests.rules.company import ANN, BEN, CAST, ELI, EVE, HAL, LEA, Desk, away, gone, shown


def test_a_complaint_nobody_answers_reaches_the_executive_at_the_instants_of_story_0() -> None:
    desk = Desk("2026-03-02 10:00")

    desk.watch("2026-03-09 10:00")

    rungs = [(shown(e.at), e.rung, e.to) for e in desk.all_of(ev.AlarmRaised) if not e.repeat]
    assert rungs == [
        ("Tue 03-03 10:00 EST", 0, (ANN,)),
        ("Wed 03-04 10:00 EST", 1, (LEA,)),
        ("Thu 03-05 10:00 EST", 2, (HAL,)),
        ("Mon 03-09 10:00 EDT", 3, (EVE,)),
    ]
