"""Letters that programs wrote in answer to ours: bounces, delays, vacation notes, receipts, complaints.

They are nobody's word, but they belong to a case: a bounce undoes what the mail had kept. What belongs to no
case is stopped with its reason, counted, and stays readable. A program that does not answer us (a form, an
order, a mailing) is not judged here: somebody may stand behind it, so a person looks.
"""

from makegood.desk.actions import ledger, reports
from makegood.desk.models import Case, InboxItem, OutboxItem
from makegood.intake import matching

from .letter_at_hand import AtHand
from .visible import clean_line

#: Kinds of `automatic.Kind` that answer a mail of ours, or claim to.
ANSWERING = ("bounce", "feedback_report", "receipt", "auto_reply", "vacation")

#: What each of them is that says nothing new, in the ledger's words.
WORDS = {
    "feedback_report": "a mail provider says that somebody called our mail spam",
    "receipt": "a receipt: delivered or opened, which is not read",
    "auto_reply": "an automatic answer",
    "vacation": "an absence note",
}


def judge(hand: AtHand) -> None:
    """Put the letter where it belongs: its case, or the ledger alone."""
    if _same_again(hand):
        return
    if hand.letter.automatic.kind == "bounce":
        _bounce(hand)
        return
    why = WORDS[hand.letter.automatic.kind]
    case_id = _case_of(hand)
    if case_id is None:
        reasons = ", ".join(hand.letter.automatic.reasons)
        ledger.suppress(hand.item, code="automatic", why=f"{why}, about no case ({reasons})", now=hand.now)
    else:
        reports.keep(hand.unthreaded(), case_id=case_id, door=hand.door, item=hand.item, why=why, now=hand.now)


def _same_again(hand: AtHand) -> bool:
    """Whether a program said the very same, byte for byte, and it is on its case already: it is noted, once (F-13)."""
    first = InboxItem.objects.filter(sha256=hand.item.sha256, pk__lt=hand.item.pk, state=InboxItem.State.JOINED)
    of = first.order_by("pk").first()
    if of is not None:
        ledger.count_same(hand.item, of, now=hand.now)
    return of is not None


def _case_of(hand: AtHand) -> int | None:
    """The case that a machine's answer is about. What answers a notice to a colleague is about none."""
    address = hand.reply_address
    if address is not None and address.who == "c":
        return Case.objects.filter(pk=address.case).values_list("pk", flat=True).first()
    ours = matching.answered([*filter(None, [hand.letter.automatic.original_message_id]), *hand.thread])
    return ours.case_id if ours is not None and ours.purpose != "notice" else None


def _bounce(hand: AtHand) -> None:
    automatic = hand.letter.automatic
    ours = matching.answered([*filter(None, [automatic.original_message_id]), *hand.thread])
    gone = not automatic.deliveries or any(delivery.failed for delivery in automatic.deliveries)
    why = _why(hand)
    if ours is None:
        ledger.suppress(hand.item, code="bounce_unknown", why=f"of a mail that is not ours: {why}", now=hand.now)
    elif ours.purpose == "notice" and gone:
        reports.colleague_not_reached(ours, item=hand.item, why=why, now=hand.now)
    elif ours.case_id is None or ours.purpose == "notice":
        ledger.suppress(hand.item, code="automatic", why=f"about a mail of ours on no case: {why}", now=hand.now)
    else:
        _on_the_case(hand, ours, gone=gone, why=why)


def _on_the_case(hand: AtHand, ours: OutboxItem, *, gone: bool, why: str) -> None:
    tell = reports.bounced if gone else reports.late
    tell(ours, hand.unthreaded(), door=hand.door, item=hand.item, why=why, now=hand.now)


def _why(hand: AtHand) -> str:
    """Whom it did not reach and what his server said, in one line."""
    for delivery in hand.letter.automatic.deliveries:
        if delivery.failed or delivery.delayed:
            words = f"{delivery.address or 'somebody'} {delivery.status} {delivery.diagnostic}"
            return clean_line(words, 250) or "returned"
    return "returned without a reason"
