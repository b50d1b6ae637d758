"""Letters that plainly open a case of their own, so that many can be opened at once.

Plain is: it came to a public door from nobody of our own, answers nothing of ours, is no copy of a letter we
have, and neither goes on with a case of its sender nor is one of a flood. One that speaks against itself is
opened set aside, as it would be by itself. What is not plain is left to `judgement`.
"""

from collections.abc import Sequence
from datetime import datetime

from makegood.desk.actions.openings import Opening, open_all

from . import judgement
from .known import Known
from .letter_at_hand import AtHand


def open_together(hands: Sequence[AtHand], known: Known, *, now: datetime) -> set[int]:
    """Open a case for each plain first letter; returns the keys of their items. Part of the caller's transaction.

    No two of the letters may have to do with each other.
    """
    plain = [hand for hand in hands if _is_plain(hand, known)]
    if plain:
        open_all([_opening(hand) for hand in plain], now=now)
    return {hand.item.pk for hand in plain}


def _is_plain(hand: AtHand, known: Known) -> bool:
    """Whether nothing in the letter, and nothing that we have already, asks for more than opening a case."""
    special = hand.marks.canary or hand.reply_address is not None or hand.door.executive
    if special or not hand.address or judgement.is_from_a_program(hand):
        return False
    if hand.address in known.colleagues or known.answers_ours(hand) or known.may_be_a_copy(hand):
        return False
    return bool(judgement.doubt_in_it(hand)) or known.would_open(hand)


def _opening(hand: AtHand) -> Opening:
    doubt = judgement.doubt_in_it(hand)
    if doubt:
        code = judgement.code_of_doubt(hand)
        return Opening(
            message=hand.message(), door=hand.door, item=hand.item, quarantine=doubt, code=code, acknowledge=False
        )
    message = hand.message(verified=hand.is_proved)
    return Opening(message=message, door=hand.door, item=hand.item, acknowledge=judgement.may_be_acknowledged(hand))
