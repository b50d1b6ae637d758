"""A new private link for somebody who has lost his. Who asks learns nothing; the link goes to the address we write to.

Asking writes one row, whoever is named. The watch looks later whose address it is, so that neither the answer of
the page nor the time it takes says whether we know him.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from makegood.desk import models
from makegood.desk.models import LinkRequest
from makegood.notify.email import compose
from makegood.notify.email.words import NewLinks, PageLine

from . import links, outbox
from .letters import customer_address, envelope_to, mail_domain, page_url
from .record import Decision, deciding

FROM_ONE_NETWORK = 10
"""Requests from one network address within an hour; an office may share one."""
IN_AN_HOUR = 300
"""Requests from anywhere within an hour: more is somebody who uses us to write to others."""
TO_ONE_ADDRESS = 3
"""Mails to one address within a day, and one an hour at most."""
CASES = 10
"""So many of his cases one mail names, the newest; older ones are named on no page of a new customer's."""
FORGOTTEN_AFTER = timedelta(days=1)


def ask(address: str, *, network: str, now: datetime) -> bool:
    """Note that somebody asks for a new link for this address. Returns False where too many were asked for lately."""
    lately = LinkRequest.objects.filter(asked_at__gt=now - timedelta(hours=1))
    from_there = lately.filter(network=network)
    if from_there[:FROM_ONE_NETWORK].count() >= FROM_ONE_NETWORK or lately[:IN_AN_HOUR].count() >= IN_AN_HOUR:
        return False
    LinkRequest.objects.create(address=address.strip().lower()[:320], network=network, asked_at=now)
    return True


def answer_next(*, now: datetime) -> bool:
    """Look at the oldest request that nobody has looked at; returns whether there was one. Forgets those of yesterday.

    It counts as looked at before anything is done: one that makes us fail stands in nobody's way.
    """
    pk = LinkRequest.objects.filter(looked_at=None).order_by("pk").values_list("pk", flat=True).first()
    if pk is None:
        LinkRequest.objects.filter(asked_at__lt=now - FORGOTTEN_AFTER).delete()
        return False
    if LinkRequest.objects.filter(pk=pk, looked_at=None).update(looked_at=now):
        with transaction.atomic():
            asked = LinkRequest.objects.get(pk=pk)
            if _may_be_sent(asked, now=now) and _send(asked.address, now=now):
                LinkRequest.objects.filter(pk=pk).update(sent=True)
    return True


def _may_be_sent(asked: LinkRequest, *, now: datetime) -> bool:
    sent = LinkRequest.objects.filter(address=asked.address, sent=True)
    in_an_hour = sent.filter(looked_at__gt=now - timedelta(hours=1))
    return not in_an_hour.exists() and sent.filter(looked_at__gt=now - timedelta(days=1)).count() < TO_ONE_ADDRESS


def _send(address: str, *, now: datetime) -> bool:
    """Write one mail with a link to each of his cases, if it is an address to which we write about them."""
    if not compose.is_address(address):
        return False
    his = models.Case.objects.filter(customer__addresses__kind="mail", customer__addresses__value=address)
    cases = his.filter(quarantined=False, merged_into=None).select_related("customer").order_by("-open", "-pk")
    there = [case for case in cases[:CASES] if customer_address(case) == address]
    if not there:
        return False
    with deciding(there[0].pk, now=now, actor="program") as d:
        _write(d, address, there, now=now)
    return True


def _write(d: Decision, address: str, cases: list[models.Case], *, now: datetime) -> None:
    made = links.make_all([(case, case.customer) for case in cases], now=now)
    message_id = outbox.new_message_id(mail_domain(d.u.house.policy))
    letter = NewLinks(
        envelope=envelope_to(
            d, to_address=address, from_name="", message_id=message_id, in_reply_to="", references=(), now=now
        ),
        pages=tuple(
            PageLine(case=case.number, received_at=case.received_at, url=page_url(secret))
            for case, secret in zip(cases, made, strict=True)
        ),
    )
    outbox.enqueue(
        message_id=message_id,
        purpose="new_link",
        to_address=address,
        body=compose.new_links(letter),
        case=d.row,
        now=now,
    )
