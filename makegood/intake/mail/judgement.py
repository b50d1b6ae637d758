"""What becomes of a letter. Each ends as exactly one of: joined to a case, set aside as a case, stopped.

In this order, the first that fits: our canary, our own mail come back, a program's answer, the same letter
again, a signed reply address, an answer to a mail of ours, what a person must look at first, a letter to an
executive, a letter that seems to go on with a case, a flood, a new case. A signature or a thread is never
enough by itself: the sender must be who we wrote to; anybody else is proposed to the owner and gets no history.
"""

from makegood.desk.actions import contacts, ledger, rounds
from makegood.desk.models import Canary, Case, Contact, InboxItem
from makegood.desk.queries import merged
from makegood.intake import matching
from makegood.language.messages import only_thanks
from makegood.notify.email.reply_address import ReplyAddress
from makegood.rules import clocks
from makegood.rules.policy import Door

from . import answers, programs
from .arrivals import read_limit
from .letter_at_hand import AtHand
from .letter_at_hand import at_hand as at_hand
from .our_addresses import read_ours

#: Mailboxes behind which nobody reads; an acknowledgement to them is noise, or the start of a loop.
NOBODY_READS = ("noreply", "no-reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce", "bounces")

#: Trouble that leaves so much unread that a person must look first.
TROUBLE = {
    "header_too_long": "Its header is too long to be read whole.",
    "too_deep": "Its parts are nested too deeply to be read whole.",
    "too_large": "It is too large to be read whole.",
    "too_many_parts": "It has too many parts to be read whole.",
    "unreadable": "It could not be read.",
}


def door_of(item: InboxItem) -> Door:
    """The door an item came by."""
    ours = read_ours()
    return ours.doors.get(item.door) or ours.doors[ours.first]


def judge(hand: AtHand) -> None:
    """End the item. Part of the caller's transaction; raises whatever goes wrong, and nothing was done then."""
    if hand.marks.canary and Canary.objects.filter(token=hand.marks.canary).exists():
        rounds.canary_is_back(hand.marks.canary, now=hand.now)
        ledger.suppress(hand.item, code="canary", why="our own canary came back", now=hand.now)
    elif hand.letter.automatic.kind == "loop":
        ledger.suppress(hand.item, code="loop", why="our own mail came back to us", now=hand.now)
    elif hand.letter.automatic.kind in programs.ANSWERING:
        programs.judge(hand)
    elif not (_same_again(hand) or _by_reply_address(hand) or _by_thread(hand) or _set_aside(hand)):
        _by_person(hand)


# ── the same letter again ────────────────────────────────────────────────────


def _same_again(hand: AtHand) -> bool:
    message = hand.message()
    first = matching.same_letter(
        address=hand.address,
        message_id=message.message_id,
        text=message.text,
        recipients=hand.recipients,
        received_at=hand.item.received_at,
    )
    if first is None or not _may_be_noted(first, hand):
        return False
    contacts.also_at(first, door=hand.door, item=hand.item, now=hand.now)
    return True


def _may_be_noted(first: Contact, hand: AtHand) -> bool:
    """A mere note must not swallow a letter that opens a clock, nor one on a case that is closed."""
    if hand.door.executive:
        return first.case.open and first.standing == Contact.Standing.JOINED
    return first.case.open or first.message_id == (hand.letter.message_id or "none")


# ── threads ──────────────────────────────────────────────────────────────────


def _by_reply_address(hand: AtHand) -> bool:
    to = hand.reply_address
    if to is None:
        return False
    return answers.judge(hand, to) if to.who == "s" else _by_customers_address(hand, to)


def _by_customers_address(hand: AtHand, to: ReplyAddress) -> bool:
    row = Case.objects.filter(pk=to.case).first()
    if row is None:
        return False
    row = merged.goes_on_in(row)
    if row.customer_id != to.id or not matching.is_address_of(to.id, hand.address):
        return _propose(hand, row, "Somebody else used the reply address that we gave to this customer.")
    if hand.is_spoofed:
        return _propose(hand, row, "It bears the customer’s address, but his domain says that it is not his.")
    _join(hand, row, verified=True)
    return True


def _by_thread(hand: AtHand) -> bool:
    ours = matching.answered(hand.thread)
    if ours is None or ours.case is None:
        return False
    row = merged.goes_on_in(ours.case)
    if ours.purpose == "notice":
        why = "It answers a notice to a colleague, without the address that proves who wrote it."
        return _propose(hand, row, why)
    if not matching.is_address_of(row.customer_id, hand.address):
        return _propose(hand, row, "Somebody else answered a mail that we wrote to this customer.")
    if hand.is_spoofed:
        return _propose(hand, row, "It bears the customer’s address, but his domain says that it is not his.")
    _join(hand, row, verified=hand.is_proved)
    return True


def _propose(hand: AtHand, row: Case, why: str) -> bool:
    """Lay it before the owner. On a closed case nobody would look: then it is judged as a letter of its own."""
    if not row.open:
        return False
    contacts.propose(hand.message(), case_id=row.pk, door=hand.door, item=hand.item, why=why, now=hand.now)
    return True


def _join(hand: AtHand, row: Case, *, verified: bool) -> None:
    thanks = _is_mere_thanks(hand, row)
    contacts.join(
        hand.message(verified=verified, kinds=["thanks"] if thanks else ()),
        case_id=row.pk,
        door=hand.door,
        item=hand.item,
        wants_answer=not thanks,
        now=hand.now,
    )


def _is_mere_thanks(hand: AtHand, row: Case) -> bool:
    """Thanks neither reopen a case nor want an answer; to a question of ours they are no answer either."""
    if hand.letter.attachments or not only_thanks(hand.letter.new_text):
        return False
    asked = row.promises.filter(kind=clocks.ASK, outstanding=True).exists()
    return not row.open or not (asked or row.unanswered_at)


# ── what a person must look at first ─────────────────────────────────────────


def _set_aside(hand: AtHand) -> bool:
    why = _doubt(hand)
    if not why:
        return False
    contacts.open_case(
        hand.message(),
        door=hand.door,
        item=hand.item,
        quarantine=why,
        code=code_of_doubt(hand),
        acknowledge=False,
        now=hand.now,
    )
    return True


def _doubt(hand: AtHand) -> str:
    """Why a person must look before anything is owed or sent; empty if nothing speaks against it."""
    if why := doubt_in_it(hand):
        return why
    if matching.colleague(hand.address):
        return "A colleague’s address sent it. Whose complaint it is, a person must say."
    return ""


def doubt_in_it(hand: AtHand) -> str:
    """Return what speaks against the letter in the letter itself, as a sentence; empty if nothing does."""
    letter = hand.letter
    if hand.item.size > read_limit():
        return TROUBLE["too_large"]
    for code in letter.trouble:
        if code in TROUBLE:
            return TROUBLE[code]
    if not hand.address:
        return "It names no sender that can be answered."
    if hand.is_spoofed:
        return "The domain of its sender says that it is not his: somebody may be using his name."
    if hand.ours.takes(hand.address):
        return "It claims to come from one of our own addresses."
    if hand.marks.spam:
        return "A spam filter marked it."
    if not letter.automatic.by_a_person:
        reasons = ", ".join(letter.automatic.reasons)
        return f"A program seems to have written it ({reasons}). Somebody may stand behind it."
    return ""


def code_of_doubt(hand: AtHand) -> str:
    """Return the ledger's word for why a person must look at it."""
    if hand.item.size > read_limit() or "too_large" in hand.letter.trouble:
        return "too_large"
    if hand.marks.spam:
        return "spam"
    return "automatic" if not hand.letter.automatic.by_a_person else "doubt"


# ── a person's letter ────────────────────────────────────────────────────────


def _by_person(hand: AtHand) -> None:
    customer = matching.customer_of(hand.address)
    if customer is not None:
        cases = matching.open_cases(customer)
        if hand.door.executive and cases:
            _join(hand, cases[0], verified=hand.is_proved)
            return
        if len(cases) == 1 and _goes_on(hand, cases[0]):
            _propose(hand, cases[0], "It seems to go on with this case, but answers no mail of ours.")
            return
        flooded = matching.flooded(customer, at=hand.now)
        if flooded is not None:
            _join(hand, flooded, verified=hand.is_proved)
            return
    contacts.open_case(
        hand.message(verified=hand.is_proved),
        door=hand.door,
        item=hand.item,
        acknowledge=may_be_acknowledged(hand),
        now=hand.now,
    )


def _goes_on(hand: AtHand, row: Case) -> bool:
    numbers = (row.number, *row.merged.values_list("number", flat=True))
    return any(matching.about_the_same(hand.letter.subject, number=number, of=row.subject) for number in numbers)


def is_from_a_program(hand: AtHand) -> bool:
    """Return whether a program wrote it that answers us, or claims to: it is nobody's word."""
    return hand.letter.automatic.kind == "loop" or hand.letter.automatic.kind in programs.ANSWERING


def may_be_acknowledged(hand: AtHand) -> bool:
    """Return whether an automatic mail may answer it: not a program, not a list, not where nobody reads."""
    local = hand.address.partition("@")[0].partition("+")[0]
    silent = hand.item.way == "smtp" and not hand.item.envelope_from
    by_program = hand.marks.to_many or not hand.letter.automatic.may_be_answered
    return not (by_program or silent or local in NOBODY_READS)
