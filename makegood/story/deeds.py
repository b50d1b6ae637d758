"""What people in a story do, each through the door he would really use.

Customers and executives write mail to our SMTP door; a customer presses
buttons on his page; staff act as their screen would. A deed that the desk
refuses is written down with its code and changes nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from makegood.rules.refusals import Refusal

from .incident_deeds import IncidentDeeds
from .programme_deeds import ProgrammeDeeds
from .remedy_deeds import RemedyDeeds
from .script import Step
from .world import Mail, World

_LINK = re.compile(r"https?://\S+/c/(\S+?)/")


class StoryWentWrong(Exception):  # noqa: N818  (the story is wrong, not the desk)
    """A step can't be done as it is written."""


class Deeds(RemedyDeeds, ProgrammeDeeds, IncidentDeeds):
    """The deeds of one story. `cases` holds what the story calls each case."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: dict[str, int] = {}
        """Who → the last journal entry he had before his eyes."""
        self.refused: list[tuple[str, str, str]] = []
        """(where, code, sentence) of every deed the desk refused."""

    def do(self, step: Step) -> None:
        try:
            getattr(self, f"_{step.verb}")(**step.details)
        except Refusal as refusal:
            self.refused.append((step.where, refusal.code, str(refusal)))
        except TypeError as error:
            raise StoryWentWrong(f"{step.where} ({step.verb}): {error}") from None
        self.world.settle()

    # ── outside ──────────────────────────────────────────────────────────────

    def _letter(
        self,
        *,
        who: str,
        text: str,
        to: str = "help@larkfield.example",
        subject: str = "",
        name: str = "",
        also: str = "",
        files: dict[str, str] | None = None,
    ) -> None:
        """A first letter. The same letter `also` to a further address is sent as a mail of its own."""
        mail = self._mail(who, name=name, to=", ".join(filter(None, (to, also))), subject=subject, text=text)
        for file, content in (files or {}).items():
            mail.add_attachment(content.encode(), maintype="application", subtype="octet-stream", filename=file)
        for address in filter(None, (to, also)):
            self.world.send(mail, sender=who, to=address)
            self.world.settle()

    def _writes(self, *, who: str, text: str, subject: str = "", to: str = "") -> None:
        """Somebody answers the last mail he got from us, or writes again to the same address."""
        last = self._last_mail(who)
        mail = self._mail(who, to=to or "help@larkfield.example", subject=subject, text=text)
        if last is not None:
            mail["In-Reply-To"] = mail["References"] = str(last.message["Message-ID"])
            del mail["To"]
            mail["To"] = str(last.message["Reply-To"] or last.message["From"])
            if not subject:
                del mail["Subject"]
                mail["Subject"] = f"Re: {last.subject}"
        self.world.send(mail, sender=who, to=_address(str(mail["To"])))

    def _answers_by_mail(self, *, who: str, text: str) -> None:
        """Staff answer the last notice from their telephone."""
        self._writes(who=self.world.cast[who].email, text=f"{text}\n\nSent from my phone")

    def _page_writes(self, *, who: str, text: str) -> None:
        self._press(who, "write", {"text": text})

    def _not_resolved(self, *, who: str, text: str = "") -> None:
        self._press(who, "not-resolved", {"text": text})

    def _ask_for_manager(self, *, who: str) -> None:
        self._press(who, "manager", {})

    def _release(self, *, who: str, promise: str) -> None:
        found = self._promise(promise)
        self._press(who, f"release/{found.number}", {"sure": "yes"})

    def _server_down(self, *, who: str) -> None:
        self.world.server.down.add(who.lower())

    def _server_up(self, *, who: str) -> None:
        self.world.server.down.discard(who.lower())

    def _bounces(self, *, who: str) -> None:
        """The last mail to somebody comes back as a delivery status notification (RFC 3464)."""
        last = self._last_mail(who)
        if last is None:
            raise StoryWentWrong(f"nothing was ever sent to {who}, so nothing can bounce")
        bounce = EmailMessage(policy=SMTP)
        bounce["From"], bounce["To"] = "MAILER-DAEMON@their.example", "help@larkfield.example"
        bounce["Subject"], bounce["Date"] = "Undelivered Mail Returned to Sender", self.world.now
        bounce["Auto-Submitted"] = "auto-replied"
        bounce["Message-ID"] = f"<bounce-{len(self.world.server.mails)}@their.example>"
        bounce.set_content("The mail below could not be delivered.")
        bounce.make_mixed()
        bounce.attach(_part("message/delivery-status", _status(who)))
        bounce.attach(_part("text/rfc822-headers", f"Message-ID: {last.message['Message-ID']}\r\n"))
        bounce.set_param("report-type", "delivery-status")
        bounce.replace_header("Content-Type", bounce["Content-Type"].replace("multipart/mixed", "multipart/report"))
        self.world.send(bounce, sender="", to="help@larkfield.example")

    # ── staff ────────────────────────────────────────────────────────────────

    def _answers(
        self,
        *,
        who: str,
        text: str,
        kinds: list[str] | str,
        promise: str = "",
        within: str = "",
        keeps: list[str] | None = None,
        replaces: str = "",
        case: int = 1,
        confirmed: bool = True,
    ) -> None:
        """Somebody writes to the customer on the case page, with a dated promise if one is given."""
        from makegood.desk.actions import letters
        from makegood.desk.actions.promises import Words

        says = []
        if promise:
            says = [
                Words(
                    words=promise,
                    due_at=self.world.now + _span(within),
                    replaces=self._promise(replaces).number if replaces else None,
                )
            ]
        letters.reply(
            self._case(case).pk,
            by=self.world.cast[who],
            text=text,
            kinds=[kinds] if isinstance(kinds, str) else kinds,
            says=says,
            keeps=[self._promise(words).number for words in keeps or []],
            seen=self.seen.get(who),
            confirmed=confirmed,
            now=self.world.now,
        )

    def _looks(self, *, who: str, case: int = 1) -> None:
        """Somebody opens the case page and has what stands there before his eyes."""
        self.seen[who] = self._case(case).head_seq

    def _offers(self, *, who: str, to: str, note: str = "", case: int = 1) -> None:
        from makegood.desk.actions import handoffs

        cast = self.world.cast
        handoffs.offer(self._case(case).pk, to=cast[to], by=cast[who], note=note, now=self.world.now)

    def _accepts(self, *, who: str, case: int = 1) -> None:
        from makegood.desk.actions import handoffs

        handoffs.accept(self._case(case).pk, by=self.world.cast[who], now=self.world.now)

    def _returns(self, *, who: str, why: str = "not mine", case: int = 1) -> None:
        from makegood.desk.actions import handoffs

        handoffs.give_back(self._case(case).pk, why=why, by=self.world.cast[who], now=self.world.now)

    def _notes(self, *, who: str, text: str, case: int = 1) -> None:
        from makegood.desk.actions import notes

        notes.add(self._case(case).pk, text=text, by=self.world.cast[who], now=self.world.now)

    def _has_it(self, *, who: str, case: int = 1) -> None:
        from makegood.desk.actions import alarms

        alarms.acknowledge(self._case(case).pk, by=self.world.cast[who], now=self.world.now)

    def _keeps(self, *, who: str, promise: str, why: str = "", case: int = 1) -> None:
        from makegood.desk.actions import promises

        number = self._promise(promise).number
        promises.keep(self._case(case).pk, number, why=why, by=self.world.cast[who], now=self.world.now)

    def _closes(self, *, who: str, case: int = 1) -> None:
        from makegood.desk.actions import cases

        cases.close(self._case(case).pk, by=self.world.cast[who], now=self.world.now)

    def _needs_no_answer(self, *, who: str, word: str = "thanks", case: int = 1) -> None:
        from makegood.desk.actions import contacts

        last = self._case(case).contacts.filter(direction="in").latest("received_at")
        contacts.mark_needs_no_answer(last.pk, word=word, by=self.world.cast[who], now=self.world.now)

    def _needs_it_by(self, *, who: str, within: str, words: str = "", case: int = 1) -> None:
        from makegood.desk.actions import cases

        need_by = self.world.now + _span(within)
        cases.note_need_by(
            self._case(case).pk, need_by=need_by, words=words, by=self.world.cast[who], now=self.world.now
        )

    def _away(self, *, who: str, within: str = "", until: str = "", cover: str = "") -> None:
        from makegood.desk.actions import people

        cast = self.world.cast
        people.excuse(
            cast[who],
            from_at=self.world.now,
            to_at=self.world.now + _span(until or within) if until or within else None,
            cover=cast[cover] if cover else None,
            why="away",
            by=cast.ruth,
            now=self.world.now,
        )

    def _back(self, *, who: str) -> None:
        from makegood.desk.actions import people

        for absence in self.world.cast[who].absences.all():
            people.come_back(absence, by=self.world.cast.ruth, now=self.world.now)

    def _leaves(self, *, who: str) -> None:
        from makegood.desk.actions import people

        people.leave(self.world.cast[who], by=self.world.cast.ruth, now=self.world.now)

    # ── finding things ───────────────────────────────────────────────────────

    def _case(self, number: int = 1) -> Any:
        """Return the story's n-th case, counted as they were opened."""
        from makegood.desk import models

        found = list(models.Case.objects.order_by("pk")[number - 1 : number])
        if not found:
            raise StoryWentWrong(f"there is no case no. {number} yet")
        return found[0]

    def _promise(self, words: str) -> Any:
        """Return the latest promise whose words or kind hold these words."""
        from django.db.models import Q

        from makegood.desk import models

        found = models.Promise.objects.filter(Q(words__icontains=words) | Q(kind=words)).order_by("-pk").first()
        if found is None:
            raise StoryWentWrong(f"nobody ever promised “{words}”")
        return found

    def _last_mail(self, who: str) -> Mail | None:
        mails = self.world.mails_to(who)
        return mails[-1] if mails else None

    def _mail(self, who: str, *, to: str, subject: str, text: str, name: str = "") -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        count = len(self.world.letters_sent) + 1
        message_id = f"<story-{count}@{who.partition('@')[2]}>"
        self.world.letters_sent[str(count)] = message_id
        mail["From"] = f"{name} <{who}>" if name else who
        mail["To"], mail["Subject"] = to, subject
        mail["Date"], mail["Message-ID"] = self.world.now, message_id
        mail.set_content(text)
        return mail

    def _press(self, who: str, what: str, fields: dict[str, str]) -> None:
        """Press a button on the customer's page, by the link in the last mail that had one."""
        links = [m for mail in self.world.mails_to(who) for m in _LINK.findall(mail.text)]
        if not links:
            raise StoryWentWrong(f"{who} never got a private link")
        CustomerPage(links[-1]).press(what, fields)

    def page(self, who: str) -> str:
        """Return what the customer sees on his page."""
        links = [m for mail in self.world.mails_to(who) for m in _LINK.findall(mail.text)]
        return CustomerPage(links[-1]).text() if links else ""


class CustomerPage:
    """The customer's page, looked at and pressed as a browser would."""

    def __init__(self, secret: str) -> None:
        from django.test import Client

        self.address = f"/c/{secret}/"
        self.browser = Client()

    def text(self) -> str:
        found = self.browser.get(self.address, HTTP_HOST="localhost")
        return found.content.decode()

    def press(self, what: str, fields: dict[str, str]) -> None:
        """Fill in the form that posts to `what`, hidden fields included, and send it."""
        address = f"{self.address}{what}/"
        page = self.text()
        proof = re.search(r'name="proof" value="([^"]+)"', page)
        hidden = {"proof": proof.group(1)} if proof else {}
        found = self.browser.post(address, {**hidden, **fields}, HTTP_HOST="localhost", HTTP_ORIGIN="http://localhost")
        if found.status_code >= 400:
            raise StoryWentWrong(f"the page answered {found.status_code} to {what}: {found.content.decode()[:300]}")


def _address(value: str) -> str:
    found = re.search(r"[^\s<>,]+@[^\s<>,]+", value)
    return found.group(0) if found else value


def _span(text: str) -> timedelta:
    units = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
    found = re.findall(r"(\d+)\s*([wdhms])", text)
    if not found:
        raise StoryWentWrong(f"“{text}” is no length of time; write 3d 4h")
    return sum((timedelta(**{units[u]: int(n)}) for n, u in found), timedelta())


def _part(kind: str, text: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = kind
    part.set_payload(text)
    return part


def _status(address: str) -> str:
    return (
        "Reporting-MTA: dns; their.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
    )
