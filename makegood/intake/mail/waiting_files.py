"""Files that found no room on the disk when their letter was judged: written from the letter once there is room."""

from datetime import datetime

from makegood.desk.actions import files

from . import judgement
from .our_addresses import read_ours


def put_away_next(now: datetime) -> bool:
    """Write the waiting files of one letter; says whether there were any. Raises OSError while there is no room."""
    for contact in files.waiting(1):
        assert contact.item is not None, "only what came in a letter waits"
        hand = judgement.at_hand(contact.item, read_ours(), now=now)
        files.put_away(contact, hand.message().files)
        return True
    return False
