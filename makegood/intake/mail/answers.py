"""Staff who answer a notice by mail, from wherever they are.

The signed address says that we gave it to this person for this case. That is necessary and not sufficient:
the mail must come from that person's address, he must still be with us, the house's mail server must vouch
for it where it can, and he must have the rights he would need on the screen (A-12, A-14).
"""

import re
from dataclasses import dataclass

from makegood import config
from makegood.desk.actions import contacts, notices, staff_mail
from makegood.desk.models import Case, Staff
from makegood.desk.queries import merged
from makegood.intake import matching
from makegood.notify.email.reply_address import ReplyAddress
from makegood.rules.refusals import Refusal, SomebodyElseAnswered

from .letter_at_hand import AtHand

#: What a mail may begin with, in English and Spanish, and what it makes of the rest.
WORDS = {
    "answer": "answer",
    "respuesta": "answer",
    "ask": "ask",
    "pregunta": "ask",
    "news": "news",
    "novedad": "news",
    "note": "note",
    "nota": "note",
    "anyway": "anyway",
    "igual": "anyway",
}
HAVE_IT = ("i have it", "ok", "okay", "lo tengo")

_WORD = re.compile(rf"\s*({'|'.join(WORDS)})\s*:[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a colleague's mail asks for: a kind of reply, `note`, or `i have it`."""

    what: str
    text: str
    anyway: bool = False


def read_order(text: str) -> Order:
    """Read the first words of a colleague's mail. Without any, it is an answer to the customer.

    "ok" with more words below is ambiguous, and what is ambiguous stays in the house.
    """
    what, anyway = "answer", False
    text = text.strip()
    while found := _WORD.match(text):
        word = WORDS[found[1].lower()]
        text = text[found.end() :].strip()
        if word != "anyway":
            return Order(what=word, text=text, anyway=anyway)
        anyway = True
    first, _, rest = text.partition("\n")
    if first.strip(" \t\r.,!").lower() in HAVE_IT:
        return Order(what="i have it", text=rest.strip(), anyway=anyway)
    return Order(what=what, text=text, anyway=anyway)


def judge(hand: AtHand, to: ReplyAddress) -> bool:
    """Do what a colleague's mail asks for. Returns False if it is not his, so that it is judged as a stranger's."""
    staff = Staff.objects.filter(pk=to.id).first()
    row = Case.objects.filter(pk=to.case).first()
    if staff is None or row is None:
        return False
    row = merged.goes_on_in(row)
    doubt = _doubt(hand, staff, row)
    if not doubt:
        _do(hand, staff, row)
        return True
    if staff.is_active:
        notices.tell([staff], case=row, kind="mail.not_sent", facts={"why": doubt}, now=hand.now)
    if not row.open:
        return False
    contacts.propose(hand.message(), case_id=row.pk, door=hand.door, item=hand.item, why=doubt, now=hand.now)
    return True


def _doubt(hand: AtHand, staff: Staff, row: Case) -> str:
    """Why this mail can't be taken for the colleague's; empty if it can."""
    name = staff.name
    if hand.address != staff.email.casefold():
        return f"It used the reply address of {name}, but came from another address."
    if not staff.is_active:
        return f"It came from the address of {name}, who no longer works here."
    if hand.is_spoofed or (config.get("MAKEGOOD_AUTHSERV_ID") and not hand.is_proved):
        return f"It bears the address of {name}, but nothing proves that it is his or hers."
    if not staff_mail.may_write(staff, row.pk):
        return f"{name} has no right to this case."
    return ""


def _do(hand: AtHand, staff: Staff, row: Case) -> None:
    order = read_order(hand.letter.new_text)
    try:
        _refuse_what_mail_cannot(hand, order)
        if order.what == "note":
            staff_mail.note(hand.item, case_id=row.pk, by=staff, text=order.text, now=hand.now)
        elif order.what == "i have it":
            staff_mail.have_it(hand.item, case_id=row.pk, by=staff, text=order.text, now=hand.now)
        else:
            staff_mail.reply(
                hand.item,
                case_id=row.pk,
                by=staff,
                text=order.text,
                kind=order.what,
                seen=_seen(hand, row),
                confirmed=order.anyway,
                now=hand.now,
            )
    except Refusal as refusal:
        why = str(refusal)
        if isinstance(refusal, SomebodyElseAnswered):
            why += " To send yours all the same, begin it with “anyway:”."
        staff_mail.refuse(hand.item, case_id=row.pk, by=staff, why=why, now=hand.now)


def _refuse_what_mail_cannot(hand: AtHand, order: Order) -> None:
    automatic = hand.letter.automatic
    if not automatic.by_a_person and automatic.reasons != ("x-auto-response-suppress",):
        raise Refusal(sentence="A program sent this in your name, so nothing was written to the customer.")
    if order.what != "i have it" and not order.text:
        raise Refusal(sentence="There were no new words in your mail, so nothing was written to the customer.")
    if any(not file.inline for file in hand.letter.attachments):
        raise Refusal(sentence="Files can’t be passed on from a mail yet. Open the case and attach them there.")


def _seen(hand: AtHand, row: Case) -> int | None:
    """What the writer had before her eyes: the case as it stood when the notice that she answers was written."""
    notice = matching.answered(hand.thread)
    return matching.seen_until(notice, row.pk) if notice is not None else None
