"""Answers of programs that plainly belong to a case of ours, so that many can be kept at once.

Absence notes and receipts, that is, about a mail of ours on a case; none of them says anything new. A bounce, the
same bytes again, and what is about no case are left to `programs`.
"""

from collections.abc import Sequence
from datetime import datetime

from makegood.desk.actions import reports
from makegood.desk.actions.reports import Kept

from . import programs
from .known import Known
from .letter_at_hand import AtHand


def keep_together(hands: Sequence[AtHand], known: Known, *, now: datetime) -> set[int]:
    """Keep each plain note with its case; returns the keys of their items. Part of the caller's transaction.

    No two of the letters may have to do with each other.
    """
    plain = [(hand, note) for hand in hands if (note := _note(hand, known)) is not None]
    if plain:
        reports.keep_all([note for _, note in plain], now=now)
    return {hand.item.pk for hand, _ in plain}


def _note(hand: AtHand, known: Known) -> Kept | None:
    why = programs.WORDS.get(hand.letter.automatic.kind)
    if why is None or hand.marks.canary or hand.item.sha256 in known.again:
        return None
    case = known.case_of_program(hand)
    return Kept(message=hand.unthreaded(), case_id=case, door=hand.door, item=hand.item, why=why) if case else None
