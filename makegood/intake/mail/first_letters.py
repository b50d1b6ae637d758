"""Letters that plainly open a case of their own, so that many can be opened at once.

Plain is: a person wrote it, to a public door, nobody of that address has written before or is a colleague,
it answers nothing of ours, and no other letter of the batch comes from there. All that `judgement` would ask
of the record letter by letter is asked here for all of them; what is not plain is left to it.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from makegood.desk.actions.openings import Opening, open_all
from makegood.desk.models import Contact, CustomerAddress, OutboxItem, Staff

from . import judgement
from .letter_at_hand import AtHand


def open_together(hands: Sequence[AtHand], *, now: datetime) -> set[int]:
    """Open a case for each plain first letter; returns the keys of their items. Part of the caller's transaction."""
    plain = _first(hands)
    if not plain:
        return set()
    open_all(
        [
            Opening(
                message=hand.message(verified=hand.is_proved),
                door=hand.door,
                item=hand.item,
                acknowledge=judgement.may_be_acknowledged(hand),
            )
            for hand in plain
        ],
        now=now,
    )
    return {hand.item.pk for hand in plain}


def _first(hands: Sequence[AtHand]) -> list[AtHand]:
    """Return those of whose senders and threads the record knows nothing."""
    alike = Counter(hand.address for hand in hands)
    alone = [hand for hand in hands if alike[hand.address] == 1 and _is_plain(hand)]
    addresses = [hand.address for hand in alone]
    known = {
        *CustomerAddress.objects.filter(value__in=addresses).values_list("value", flat=True),
        *Contact.objects.filter(from_address__in=addresses).values_list("from_address", flat=True),
        *(email.lower() for email in Staff.objects.values_list("email", flat=True)),
    }
    named = [name for hand in alone for name in hand.thread]
    ours = set(OutboxItem.objects.filter(message_id__in=named).values_list("message_id", flat=True)) if named else set()
    return [hand for hand in alone if hand.address not in known and not ours & set(hand.thread)]


def _is_plain(hand: AtHand) -> bool:
    """Whether nothing in the letter itself asks for more than opening a case."""
    by_program = hand.letter.automatic.kind == "loop" or not hand.letter.automatic.by_a_person
    # Files are written beside the record, and a batch that fails would leave them there.
    special = hand.marks.canary or hand.reply_address is not None or hand.door.executive or hand.letter.attachments
    return bool(hand.address) and not by_program and not special and not judgement.doubt_in_it(hand)
