"""What the record knows of the senders and threads of several letters, asked once for all of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from makegood.desk.models import Case, Contact, CustomerAddress, InboxItem, OutboxItem, Staff
from makegood.intake import matching

from . import programs
from .letter_at_hand import AtHand


@dataclass(frozen=True, kw_only=True)
class Known:
    """The answers to what judging asks of the record letter by letter."""

    #: Address → whose it is.
    customers: dict[str, int]
    #: Addresses of colleagues, those who left included.
    colleagues: frozenset[str]
    #: Message-ID of a mail of ours → its case, or None, and what it was for.
    ours: dict[str, tuple[int | None, str]]
    #: Case → its customer.
    owners: dict[int, int]
    #: Case → the one in which it goes on, where it was merged.
    merged: dict[int, int]
    #: Address and id, or address and words, of letters that have come with the id or the words of one of these.
    came: frozenset[tuple[str, str]]
    #: SHA-256 of those programs' letters whose very bytes are on a case already.
    again: frozenset[str]
    #: Customer → number and subject of the one case of his that is open and that nobody must judge first.
    only_case: dict[int, tuple[str, str]]
    #: Customers of whom so many letters opened cases lately that further ones join.
    flooding: frozenset[int]

    def answers_ours(self, hand: AtHand) -> bool:
        """Return whether the letter names a mail of ours."""
        return any(name in self.ours for name in hand.thread)

    def would_open(self, hand: AtHand) -> bool:
        """Return whether a letter of this sender that answers nothing opens a case: it neither goes on nor floods."""
        customer = self.customers.get(hand.address)
        if customer is None:
            return True
        number, subject = self.only_case.get(customer, ("", ""))
        same = matching.about_the_same(hand.letter.subject, number=number, of=subject)
        # A number may be that of a case which goes on in this one.
        goes_on = bool(number) and (same or matching.names_a_case(hand.letter.subject))
        return not goes_on and customer not in self.flooding

    def case_of(self, hand: AtHand) -> int | None:
        """Return the case that the letter says it goes on with, whoever wrote it."""
        if hand.reply_address is not None:
            case: int | None = hand.reply_address.case
        else:
            case = next((self.ours[name][0] for name in hand.thread if name in self.ours), None)
        return case and self.merged.get(case, case)

    def case_of_program(self, hand: AtHand) -> int | None:
        """Return the case that a program's answer is about: that of the mail of ours that it names first."""
        address = hand.reply_address
        if address is not None and address.who == "c":
            return address.case if address.case in self.owners else None
        case, purpose = next((self.ours[name] for name in named(hand) if name in self.ours), (None, ""))
        return case if purpose != "notice" else None

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


def named(hand: AtHand) -> tuple[str, ...]:
    """Return the mails that the letter says it is about, a program's report of one first."""
    return tuple(dict.fromkeys([*filter(None, [hand.letter.automatic.original_message_id]), *hand.thread]))


def of_letters(hands: Sequence[AtHand], *, now: datetime) -> Known:
    """Ask the record about these letters, in as many statements as one letter would need."""
    addresses = {hand.address for hand in hands if hand.address}
    rows = CustomerAddress.objects.filter(kind="mail", value__in=addresses).values_list("value", "customer")
    customers = dict(rows)
    colleagues = Staff.objects.values_list("email", flat=True)
    names = {name for hand in hands for name in named(hand)}
    mails = OutboxItem.objects.filter(message_id__in=names).values_list("message_id", "case", "purpose")
    ours: dict[str, tuple[int | None, str]] = {name: (case, purpose) for name, case, purpose in mails} if names else {}
    cases = {case for case, _ in ours.values() if case} | {h.reply_address.case for h in hands if h.reply_address}
    found = list(Case.objects.filter(pk__in=cases).values_list("pk", "customer", "merged_into")) if cases else []
    owners = {key: customer for pk, customer, into in found if customer for key in (pk, into or pk)}
    return Known(
        customers=customers,
        colleagues=frozenset(email.lower() for email in colleagues),
        ours=ours,
        owners=owners,
        merged={pk: into for pk, _, into in found if into},
        came=_came(hands),
        again=_again(hands),
        only_case=_only_cases(customers.values()),
        flooding=_flooding(customers.values(), now=now),
    )


def _again(hands: Sequence[AtHand]) -> frozenset[str]:
    said = [hand.item.sha256 for hand in hands if hand.letter.automatic.kind in programs.ANSWERING]
    joined = InboxItem.objects.filter(sha256__in=said, state=InboxItem.State.JOINED).order_by()
    return frozenset(joined.values_list("sha256", flat=True)) if said else frozenset()


def _only_cases(customers: Iterable[int]) -> dict[int, tuple[str, str]]:
    standing = Case.objects.filter(customer__in=customers, open=True, quarantined=False).order_by()
    # Of one case, the greatest number and subject are its own.
    told = standing.values_list("customer").annotate(Count("pk"), Max("number"), Max("subject"))
    return {customer: (number, subject) for customer, count, number, subject in told if count == 1}


def _flooding(customers: Iterable[int], *, now: datetime) -> frozenset[int]:
    lately = Case.objects.filter(customer__in=customers, opened_at__gt=now - matching.FLOOD_WITHIN).order_by()
    told = lately.values_list("customer").annotate(opened=Count("pk")).filter(opened__gte=matching.FLOOD)
    return frozenset(customer for customer, _ in told)


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
    """Return the letters that share neither sender nor case nor customer nor thread with another of them."""

    def marks(hand: AtHand) -> set[object]:
        cases = {known.case_of(hand), known.case_of_program(hand)} - {None}
        owners = {known.customers.get(hand.address), *map(known.owners.get, filter(None, cases))} - {None}
        return {hand.address, *named(hand), *(("case", pk) for pk in cases), *(("customer", pk) for pk in owners)}

    shared = Counter(mark for hand in hands for mark in marks(hand))
    return [hand for hand in hands if all(shared[mark] == 1 for mark in marks(hand))]
