"""Letters that plainly open a case of their own, so that many can be opened at once.

Plain is: it came to a public door, nobody of that address has written before or is a colleague, and it answers
nothing of ours. One that speaks against itself is opened set aside, as it would be by itself. What is not
plain is left to `judgement`.
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
    plain = [hand for hand in hands if _is_plain(hand) and not known.knows(hand)]
    if plain:
        open_all([_opening(hand) for hand in plain], now=now)
    return {hand.item.pk for hand in plain}


def _is_plain(hand: AtHand) -> bool:
    """Whether nothing in the letter itself asks for more than opening a case."""
    special = hand.marks.canary or hand.reply_address is not None or hand.door.executive
    return bool(hand.address) and not special and not judgement.is_from_a_program(hand)


def _opening(hand: AtHand) -> Opening:
    doubt = judgement.doubt_in_it(hand)
    if doubt:
        code = judgement.code_of_doubt(hand)
        return Opening(
            message=hand.message(), door=hand.door, item=hand.item, quarantine=doubt, code=code, acknowledge=False
        )
    message = hand.message(verified=hand.is_proved)
    return Opening(message=message, door=hand.door, item=hand.item, acknowledge=judgement.may_be_acknowledged(hand))
