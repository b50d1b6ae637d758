"""Whose is it: same person, same case? It reads the record and proposes; what it finds is judged elsewhere.

Addresses handed in are comparable: lower case, the domain in its ASCII form. Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Lower

from makegood.desk.models import Case, Contact, Customer, OutboxItem, Staff
from makegood.desk.prepared import many, one_of, prepared

#: A letter that comes by another address of ours within this long may be the same letter.
SAME_LETTER_WITHIN = timedelta(days=7)
#: Shorter texts ("thanks", "any news?") are written twice by honest people.
TELLING = 40
#: Unthreaded letters of one address within `FLOOD_WITHIN` that open cases of their own; more join the newest.
FLOOD = 20
FLOOD_WITHIN = timedelta(hours=1)
#: Letters of a flood that one case takes; a longer story would take ever longer to read.
A_CASE_TAKES = 50

_PREFIX = re.compile(r"^\s*(?:(?:re|aw|sv|vs|antw|odp|fw|fwd|wg|rv|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_CASE_NUMBER = re.compile(r"\[?\b(20\d\d-\d{4,6})\b\]?")
_WORD = re.compile(r"\w+")


def answered(message_ids: Sequence[str]) -> OutboxItem | None:
    """Return the mail of ours that these ids name, the first id that is ours counting; None if none is."""
    found = dict(_our_mails(many(message_ids))) if message_ids else {}
    first = next((found[name] for name in message_ids if name in found), None)
    return first and OutboxItem.objects.select_related("case", "contact").get(pk=first)


@prepared("message_id", "pk")
def _our_mails(message_ids: str) -> QuerySet[OutboxItem]:
    return OutboxItem.objects.filter(message_id__in=one_of(message_ids, str)).order_by()


def customer_of(address: str) -> Customer | None:
    """Return the customer who has this address."""
    return next((Customer.objects.get(pk=pk) for (pk,) in _customers_of(address)), None)


@prepared("pk")
def _customers_of(address: str) -> QuerySet[Customer]:
    return Customer.objects.filter(addresses__kind="mail", addresses__value=address).order_by("pk")[:1]


def is_address_of(customer: int, address: str) -> bool:
    """Return whether the address is one of this customer's."""
    return (
        bool(address)
        and Customer.objects.filter(pk=customer, addresses__kind="mail", addresses__value=address).exists()
    )


def colleague(address: str) -> Staff | None:
    """Return who of the staff has this address, people who left included."""
    return next((Staff.objects.get(pk=pk) for (pk,) in _colleagues(address.lower())), None) if address else None


@prepared("pk")
def _colleagues(address: str) -> QuerySet[Staff]:
    return Staff.objects.annotate(lower=Lower("email")).filter(lower=address).order_by("pk")[:1]


def open_cases(customer: Customer) -> list[Case]:
    """Return his open cases that are nobody's to judge first, newest first."""
    return list(customer.cases.filter(open=True, quarantined=False).order_by("-received_at", "-pk")[:20])


def about_the_same(subject: str, *, number: str, of: str) -> bool:
    """Return whether a subject says that the letter goes on with the case of this number and subject: it has either."""
    if number in _CASE_NUMBER.findall(subject):
        return True
    bare = _bare(subject)
    return bool(bare) and bare == _bare(of)


def names_a_case(subject: str) -> bool:
    """Return whether a subject holds what may be the number of a case."""
    return _CASE_NUMBER.search(subject) is not None


def _bare(subject: str) -> str:
    return " ".join(_WORD.findall(_PREFIX.sub("", subject).casefold()))


def flooded(customer: Customer, *, at: datetime) -> Case | None:
    """Return the case that takes what a flood of letters from one address brings, or None if there is no flood."""
    lately = customer.cases.filter(opened_at__gt=at - FLOOD_WITHIN)
    if lately.order_by()[:FLOOD].count() < FLOOD:
        return None
    newest = lately.latest("pk")
    return newest if newest.contacts.filter(direction="in").count() < A_CASE_TAKES else None


def same_letter(
    *, address: str, message_id: str, text: str, recipients: Iterable[str], received_at: datetime
) -> Contact | None:
    """Return the contact that is this very letter, come by another way or to another address of ours.

    An equal id counts if the words are nearly equal too: senders repeat and forge ids, and lists add
    footers. Equal words under another id count only where they went to another address of ours, and only
    if there are enough of them; the same words to the same address again are a customer who writes again.
    """
    about = received_at - SAME_LETTER_WITHIN, received_at + SAME_LETTER_WITHIN
    if not address:
        return None
    if message_id:
        for contact in _contacts(_by_id(address, *about, message_id)):
            if nearly_equal(contact.text, text):
                return contact
    if len(text) < TELLING:
        return None
    customer = customer_of(address)
    same = _by_words(address, *about, customer.pk, text) if customer else _by_words_of_nobody(address, *about, text)
    words = _contacts(same)
    return next((contact for contact in words if _elsewhere(contact, recipients)), None)


@prepared("pk")
def _by_id(address: str, since: datetime, until: datetime, message_id: str) -> QuerySet[Contact]:
    return _earlier(address, since, until).filter(message_id=message_id)[:10]


@prepared("pk")
def _by_words(address: str, since: datetime, until: datetime, customer: int, text: str) -> QuerySet[Contact]:
    return _earlier(address, since, until).filter(customer_id=customer, text=text)[:10]


@prepared("pk")
def _by_words_of_nobody(address: str, since: datetime, until: datetime, text: str) -> QuerySet[Contact]:
    return _earlier(address, since, until).filter(customer=None, text=text)[:10]


def _earlier(address: str, since: datetime, until: datetime) -> QuerySet[Contact]:
    written = Contact.objects.filter(direction="in", automatic=False, from_address=address)
    return written.filter(received_at__gte=since, received_at__lte=until).order_by("received_at", "pk")


def _contacts(keys: Iterable[Sequence[int]]) -> Iterator[Contact]:
    """Yield these contacts without their cases: of a storm from one address, each letter would look up all of them."""
    for (pk,) in keys:
        yield Contact.objects.get(pk=pk)


def _elsewhere(contact: Contact, recipients: Iterable[str]) -> bool:
    """Whether the earlier letter went to none of these addresses; without both lists nobody can tell."""
    known = {address.casefold() for address in contact.to_addresses}
    new = {address.casefold() for address in recipients}
    return bool(known) and bool(new) and not known & new


def nearly_equal(one: str, other: str) -> bool:
    """Return whether two texts share nearly all their words. Linear in their length."""
    first, second = set(_words(one)), set(_words(other))
    if not first or not second:
        return first == second
    return len(first & second) >= 0.8 * len(first | second)


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:50_000].casefold())


def seen_until(mail: OutboxItem, case: int) -> int:
    """Return the last journal entry of the case that stood when this mail was written."""
    row = Case.objects.get(pk=case)
    last = row.journal.filter(recorded_at__lte=mail.written_at).order_by("-seq").values_list("seq", flat=True).first()
    return last or 0
