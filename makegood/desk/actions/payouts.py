"""Where money may go: back by the way it came, and nowhere new before the cooling-off is over (A-60).

Somebody who has taken over a customer's mailbox, or talks well on the telephone, first changes where money goes
and then asks for it. So a change is told to the old address at once, and nothing that is worth money leaves
within a day of it.
"""

from __future__ import annotations

from datetime import datetime

from makegood.desk import access, models
from makegood.desk.queries import moves
from makegood.desk.queries.given import beneficiary
from makegood.notify.email import compose, payout_words
from makegood.notify.email.words import ReplyLetter
from makegood.rules import refusals

from . import journal, outbox
from .letters import customer_address, envelope_to, mail_domain
from .record import Decision, deciding

WORTH_MONEY = frozenset({"refund", "credit", "code", "custom"})
"""Kinds of remedy that somebody else could spend. Nobody knows what a custom one is worth in other hands."""


def change_address(case_id: int, *, address: str, by: models.Staff, now: datetime) -> None:
    """Write to the customer at a new address from now on, tell the old one, and begin the cooling-off.

    The old one is told whether it is proved to be his or not: whoever reads it may say no.
    """
    row = access.case_by_id(by, case_id)
    new = address.strip().lower()
    if not compose.is_address(new):
        raise refusals.Refusal(sentence="This is no mail address.")
    with deciding(row.pk, now=now) as d:
        old = customer_address(d.row)
        if new == old:
            return
        known, made = models.CustomerAddress.objects.get_or_create(
            kind="mail", value=new, defaults={"customer": d.row.customer}
        )
        if known.customer_id != d.row.customer_id:
            raise refusals.Refusal(sentence="This address belongs to another customer.")
        models.AddressChange.objects.create(customer=d.row.customer, address=known, changed_at=now, by=by)
        journal.write_house("customer.address_changed", {"case": d.row.number, "new": made}, now=now, by=by)
        if compose.is_address(old):
            words = payout_words.address_changed(new=new, case=d.row.number, language=d.row.language)
            _tell(d, old, words, now=now)


def note_means(case_id: int, *, reference: str, by: models.Staff, now: datetime) -> None:
    """Note the payment by which the customer paid; the first that is noted is the original.

    A further one stands in its place: the customer is told at his address, and the cooling-off begins.
    """
    row = access.case_by_id(by, case_id)
    with deciding(row.pk, now=now) as d:
        _note(d, reference.strip()[:200], by=by, now=now)


def _note(d: Decision, reference: str, *, by: models.Staff | None, now: datetime) -> None:
    known = models.PaymentMeans.objects.filter(customer=d.row.customer_id)
    if not reference or known.filter(reference=reference).exists():
        return
    changed = known.exists()
    models.PaymentMeans.objects.create(
        customer=d.row.customer, reference=reference, noted_at=now, noted_by=by, changed=changed
    )
    if changed:
        journal.write_house("customer.means_changed", {"case": d.row.number}, now=now, by=by)
        if compose.is_address(told := customer_address(d.row)):
            words = payout_words.means_changed(reference=reference, case=d.row.number, language=d.row.language)
            _tell(d, told, words, now=now)


def use_means(d: Decision, reference: str, *, by: models.Staff | None, now: datetime) -> None:
    """Refuse a payout to anything but a payment of this customer's; the first one named is taken for the original."""
    known = models.PaymentMeans.objects.filter(customer=d.row.customer_id)
    if reference and not known.exists():
        _note(d, reference, by=by, now=now)
    elif reference and not known.filter(reference=reference).exists():
        raise refusals.Refusal(sentence="Money goes back by the way it came. Note this payment as his first.")


def held_until(customer: int, *, kind: str, means: str, now: datetime) -> datetime | None:
    """Return until when a remedy of this kind may not leave for this customer; None where it may."""
    if kind not in WORTH_MONEY:
        return None
    since = now - moves.COOLING_OFF
    moments = list(moves.addresses(customer, since=since).values_list("changed_at", flat=True))
    if means:
        moments += moves.means(customer, since=since).filter(reference=means).values_list("noted_at", flat=True)
    return max(moments) + moves.COOLING_OFF if moments else None


def refuse_while_cooling(d: Decision, *, kind: str, means: str, now: datetime) -> None:
    """Refuse to let go of something worth money within a day of a change of address or payment."""
    if held_until(d.row.customer_id, kind=kind, means=means, now=now) is not None:
        raise refusals.CoolingOff


def check(case_id: int, *, by: models.Staff, now: datetime) -> None:
    """Say that the customer was asked and that what changed is his: the cooling-off ends, and what waited is ordered.

    It takes somebody else than who changed it, a team lead or above. Raises OwnRequest, NotEnoughAuthority.
    """
    row = access.case_by_id(by, case_id)
    if not access.may_end_cooling_off(by):
        raise refusals.NotEnoughAuthority
    with deciding(row.pk, now=now) as d:
        changed = moves.moves(d.row.customer_id, now=now)
        if not changed:
            return  # Pressed twice, or it is over.
        if any(one.by == by for one in changed) or beneficiary(d.row.customer) == by.pk:
            raise refusals.OwnRequest(sentence="You changed it yourself. Somebody else must ask the customer.")
        since = now - moves.COOLING_OFF
        for found in (moves.addresses(d.row.customer_id, since=since), moves.means(d.row.customer_id, since=since)):
            found.update(checked_by=by, checked_at=now)
        journal.write_house("customer.change_checked", {"case": d.row.number}, now=now, by=by)
        # The watch looks at each anew: what he may still change goes on waiting.
        models.Remedy.objects.filter(customer=d.row.customer_id, order_at__gt=now).update(order_at=now)


# ── word to the old address ──────────────────────────────────────────────────


def _tell(d: Decision, address: str, words: str, *, now: datetime) -> None:
    message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
    # Without a link to his page: whoever reads the old mailbox now is perhaps not he.
    letter = ReplyLetter(
        envelope=envelope_to(
            d, to_address=address, from_name="", message_id=message_id, in_reply_to="", references=(), now=now
        ),
        case=d.row.number,
        subject=d.row.subject or d.row.number,
        text=words,
    )
    outbox.enqueue(
        message_id=message_id,
        purpose="security",
        to_address=address,
        body=compose.reply(letter),
        case=d.row,
        now=now,
    )
