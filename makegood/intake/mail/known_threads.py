"""Letters in which a customer plainly answers a mail of ours, so that many can join their cases at once.

Plain is: it names a mail of ours to this customer or bears the reply address that we gave to him, comes from
an address of his that nothing disowns, is no copy of a letter we have, and says more than thanks. What is not
plain is left to `judgement`.
"""

from collections.abc import Sequence
from datetime import datetime

from makegood.desk.actions.contacts import Joining, join_all
from makegood.language.messages import only_thanks

from . import judgement
from .known import Known
from .letter_at_hand import AtHand


def join_together(hands: Sequence[AtHand], known: Known, *, now: datetime) -> set[int]:
    """Let each plain answer join its case; returns the keys of their items. Part of the caller's transaction.

    No two of the letters may have to do with each other.
    """
    plain = [(hand, joining) for hand in hands if (joining := _joining(hand, known)) is not None]
    if plain:
        join_all([joining for _, joining in plain], now=now)
    return {hand.item.pk for hand, _ in plain}


def _joining(hand: AtHand, known: Known) -> Joining | None:
    case = known.case_of_customer(hand)
    special = hand.marks.canary or judgement.is_from_a_program(hand) or hand.is_spoofed
    if case is None or special or known.may_be_a_copy(hand) or only_thanks(hand.letter.new_text):
        return None
    message = hand.message(verified=hand.reply_address is not None or hand.is_proved)
    return Joining(message=message, case_id=case, door=hand.door, item=hand.item)
