"""What the record knows of the senders and threads of several letters, asked once for all of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from makegood.desk.models import Case, Contact, CustomerAddress, OutboxItem, Staff
from makegood.intake import matching

from .letter_at_hand import AtHand


@dataclass(frozen=True, kw_only=True)
class Known:
    """The answers to what judging asks of the record letter by letter."""

    #: Address → whose it is.
    customers: dict[str, int]
    #: Addresses that wrote before, or are a colleague's.
    others: frozenset[str]
    #: Message-ID of a mail of ours → its case, or None, and what it was for.
    ours: dict[str, tuple[int | None, str]]
    #: Case → its customer.
    owners: dict[int, int]
    #: Address and id, or address and words, of letters that have come with the id or the words of one of these.
    came: frozenset[tuple[str, str]]

    def knows(self, hand: AtHand) -> bool:
        """Return whether the record knows anything of this letter's sender or thread."""
        by_sender = hand.address in self.customers or hand.address in self.others
        return by_sender or any(name in self.ours for name in hand.thread)

    def case_of(self, hand: AtHand) -> int | None:
        """Return the case that the letter says it goes on with, whoever wrote it."""
        if hand.reply_address is not None:
            return hand.reply_address.case
        return next((self.ours[name][0] for name in hand.thread if name in self.ours), None)

    def case_of_customer(self, hand: AtHand) -> int | None:
        """Return that case if the letter comes from its own customer, by the way we gave to him."""
        case, to = self.case_of(hand), hand.reply_address
        if case is None or hand.address not in self.customers or self.owners.get(case) != self.customers[hand.address]:
            return None
        if to is not None:
            return case if to.who == "c" and to.id == self.customers[hand.address] else None
        first = next(name for name in hand.thread if name in self.ours)
        return case if self.ours[first][1] != "notice" else None

    def may_be_a_copy(self, hand: AtHand) -> bool:
        """Return whether the letter may have come before by another way."""
        letter = hand.message()
        return not self.came.isdisjoint({(hand.address, letter.message_id), (hand.address, letter.text)})


def of_letters(hands: Sequence[AtHand]) -> Known:
    """Ask the record about these letters, in as many statements as one letter would need."""
    addresses = {hand.address for hand in hands if hand.address}
    rows = CustomerAddress.objects.filter(value__in=addresses).values_list("kind", "value", "customer")
    wrote = Contact.objects.filter(from_address__in=addresses).order_by().values_list("from_address", flat=True)
    colleagues = Staff.objects.values_list("email", flat=True)
    names = {name for hand in hands for name in hand.thread}
    mails = OutboxItem.objects.filter(message_id__in=names).values_list("message_id", "case", "purpose")
    ours: dict[str, tuple[int | None, str]] = {name: (case, purpose) for name, case, purpose in mails} if names else {}
    cases = {case for case, _ in ours.values() if case} | {h.reply_address.case for h in hands if h.reply_address}
    owners = Case.objects.filter(pk__in=cases).values_list("pk", "customer")
    return Known(
        customers={value: customer for kind, value, customer in rows if kind == "mail"},
        others=frozenset({*wrote.distinct(), *(email.lower() for email in colleagues)}),
        ours=ours,
        owners={pk: customer for pk, customer in owners if customer} if cases else {},
        came=_came(hands),
    )


def _came(hands: Sequence[AtHand]) -> frozenset[tuple[str, str]]:
    letters = [hand.message() for hand in hands if hand.address]
    if not letters:
        return frozenset()
    received = [letter.received_at for letter in letters]
    about = min(received) - matching.SAME_LETTER_WITHIN, max(received) + matching.SAME_LETTER_WITHIN
    ids = {letter.message_id for letter in letters if letter.message_id}
    words = {letter.text for letter in letters if len(letter.text) >= matching.TELLING}
    earlier = Contact.objects.filter(
        Q(message_id__in=ids) | Q(text__in=words),
        direction="in",
        from_address__in={letter.from_address for letter in letters},
        received_at__range=about,
    )
    found = earlier.order_by().values_list("from_address", "message_id", "text")
    return frozenset((address, mark) for address, *marks in found for mark in marks if mark)


def strangers_to_each_other(hands: Sequence[AtHand], known: Known) -> list[AtHand]:
    """Return the letters that share neither sender nor case nor thread with another of them."""

    def marks(hand: AtHand) -> set[object]:
        return {hand.address, *hand.thread, *filter(None, [known.case_of(hand)])}

    shared = Counter(mark for hand in hands for mark in marks(hand))
    return [hand for hand in hands if all(shared[mark] == 1 for mark in marks(hand))]
