"""A customer with a private link, and the weeks he has behind him; used by tests/customer and tests/attacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from makegood import config
from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import cases, handoffs, links
from makegood.desk.actions.promises import Words

CHICAGO = ZoneInfo("America/Chicago")
ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")
IVO = Writer(name="Ivo Brandt", address="ivo@brandt.example")
DOLORES = Writer(name="Dolores Etxeberria", address="dolores@etxeberria.example", language="es")


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 on the clocks of Chicago; they go forward on Sunday the 8th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)


class Visitor:
    """Somebody who holds a private link, at a moment of the test's choosing."""

    def __init__(self, secret: str, *, now: datetime) -> None:
        (config.home() / "static").mkdir(exist_ok=True)
        cache.clear()
        self.secret = secret
        self.now = now
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str = "", **headers: str) -> HttpResponse:
        with clock.reading(lambda: self.now):
            return self.client.get(f"/c/{self.secret}/{path}", headers=headers or None)

    def post(
        self, path: str, proof: str | None = None, headers: dict[str, str] | None = None, **fields: Any
    ) -> HttpResponse:
        """Send a form as the page has it, hidden word included, unless the test brings another."""
        word = self.proof() if proof is None else proof
        with clock.reading(lambda: self.now):
            return self.client.post(f"/c/{self.secret}/{path}", {"proof": word, **fields}, headers=headers)

    def proof(self) -> str:
        """The hidden word of a form on the page as it is now."""
        found = re.search(r'name="proof" value="([^"]+)"', self.html())
        assert found, "the page has no form"
        return found[1]

    def html(self, path: str = "") -> str:
        response = self.get(path)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def words(self, path: str = "") -> str:
        """What a reader sees, as one line."""
        return words_of(self.html(path))

    @property
    def link(self) -> models.Link:
        return models.Link.objects.get(digest=links.digest(self.secret))


def words_of(html: str) -> str:
    body = html.partition("<body")[2].partition(">")[2]
    return " ".join(unescape(strip_tags(re.sub(r"<(?!/?(?:time|span|b|a)\b)", " <", body))).split())


def visit(case: models.Case, *, now: datetime) -> Visitor:
    """Return the customer of a case on his page, with a link made now."""
    case.refresh_from_db()
    return Visitor(links.make(case, models.Link.Purpose.PAGE, customer=case.customer, now=now), now=now)


def letter(cast: Cast, who: Writer = ROSALIA, *, at: datetime, subject: str = "", text: str = "") -> models.Case:
    """A first letter, owned by Priya."""
    case = Weeks(cast).letter(who, at=at, subject=subject or "Buckle snapped", text=text or "It snapped on day one.")
    if case.owner_id != cast.priya.pk:
        handoffs.offer(case.pk, to=cast.priya, by=cast.marta, note="Yours, please.", now=at)
        handoffs.accept(case.pk, by=cast.priya, now=at)
        case.refresh_from_db()
    return case


def reply(
    cast: Cast,
    case: models.Case,
    *,
    at: datetime,
    text: str = "We looked at it.",
    kinds: Sequence[str] = ("answer",),
    says: Sequence[Words] = (),
    keeps: Sequence[int] = (),
) -> models.Contact:
    return Weeks(cast).reply(case, cast.priya, at=at, text=text, kinds=kinds, says=says, keeps=keeps)


def promised(
    cast: Cast, case: models.Case, *, at: datetime, due_at: datetime, words: str = "You will hear from me."
) -> int:
    """Priya promises something by mail; return the number of the promise."""
    reply(cast, case, at=at, text=words, kinds=["promise"], says=[Words(words=words, due_at=due_at)])
    return case.promises.get(words=words).number


def closed(cast: Cast, case: models.Case, *, at: datetime) -> None:
    """Answer the case and close it an hour later."""
    reply(cast, case, at=at, text="It is done.", kinds=["answer"])
    cases.close(case.pk, by=cast.priya, now=at + timedelta(hours=1))
    Weeks(cast).carry_mail(at + timedelta(hours=1))
    case.refresh_from_db()


def upload(name: str, content: bytes = b"bytes", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)
