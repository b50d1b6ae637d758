"""Time at Larkfield Outdoor: letters come, the watch goes round, mail is taken, at moments of our choosing.

Everything goes through the desk's own actions, so what the demo shows is what
the desk does. No clock is read; every step names its moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP

from makegood.desk import models
from makegood.desk.actions import contacts, customers, delivery, digests, ledger, letters, outbox, rounds
from makegood.desk.actions.contacts import Incoming
from makegood.desk.actions.promises import Words

from .cast import Cast


@dataclass(frozen=True, kw_only=True)
class Writer:
    """A customer of the demo."""

    name: str
    address: str
    zone: str = ""
    language: str = "en"


class Weeks:
    """A stretch of the house's life."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def until(self, moment: datetime) -> None:
        """Let the watch do all that falls due up to `moment`, each thing at its own time."""
        while True:
            waking = models.Case.objects.filter(wakes_at__lte=moment).order_by("wakes_at", "pk").first()
            if waking is None or waking.wakes_at is None:
                break
            at = waking.wakes_at
            rounds.wake(waking.pk, now=at)
            self.carry_mail(at)

    def carry_mail(self, at: datetime) -> None:
        """Let every waiting mail be taken by its receiver's server."""
        for staff in digests.people_to_tell(now=at):
            digests.mail_digest(staff, now=at)
        while item := outbox.claim("demo", now=at):
            delivery.accepted(item, answer="250 taken, in the demo", now=at)

    def letter(self, writer: Writer, *, at: datetime, subject: str, text: str, door: str = "mail") -> models.Case:
        """A first letter comes in and opens a case."""
        self.until(at)
        item, message = self._arrive(writer, at=at, subject=subject, text=text, door=door)
        case = contacts.open_case(message, door=self.cast.policy.doors[door], item=item, now=at)
        self._know(case, writer)
        self.carry_mail(at)
        return case

    def again(
        self, case: models.Case, writer: Writer, *, at: datetime, text: str, door: str = "mail"
    ) -> models.Contact:
        """A further letter of the customer's joins his case."""
        self.until(at)
        item, message = self._arrive(writer, at=at, subject=f"Re: {case.subject}", text=text, door=door)
        contact = contacts.join(message, case_id=case.pk, door=self.cast.policy.doors[door], item=item, now=at)
        self.carry_mail(at)
        return contact

    def reply(
        self,
        case: models.Case,
        by: models.Staff,
        *,
        at: datetime,
        text: str,
        kinds: Sequence[str],
        says: Sequence[Words] = (),
        keeps: Sequence[int] = (),
    ) -> models.Contact:
        """Somebody writes to the customer, and his server takes it."""
        self.until(at)
        sent = letters.reply(case.pk, by=by, text=text, kinds=kinds, says=says, keeps=keeps, confirmed=True, now=at)
        self.carry_mail(at + timedelta(seconds=20))
        return sent

    def _arrive(
        self, writer: Writer, *, at: datetime, subject: str, text: str, door: str
    ) -> tuple[models.InboxItem, Incoming]:
        address = self.cast.policy.doors[door].addresses[0]
        message_id = f"<{hashlib.sha256(f'{writer.address}{at}'.encode()).hexdigest()[:24]}@mail.example>"
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = f"{writer.name} <{writer.address}>", address, subject
        mail["Date"], mail["Message-ID"] = at, message_id
        mail.set_content(text)
        raw = bytes(mail)
        arrival = ledger.Arrival(
            door=door,
            way="file",
            source_id=ledger.fingerprint(raw),
            body=raw,
            size=len(raw),
            sha256=ledger.fingerprint(raw),
            received_at=at,
            envelope_from=writer.address,
            envelope_to=(address,),
        )
        item, _ = ledger.store(arrival, now=at)
        message = Incoming(
            received_at=at,
            from_address=writer.address,
            from_name=writer.name,
            to_addresses=(address,),
            subject=subject,
            text=text,
            message_id=message_id,
            language=writer.language,
        )
        return item, message

    def _know(self, case: models.Case, writer: Writer) -> None:
        if writer.zone:
            customers.note_zone(case.customer, writer.zone)
