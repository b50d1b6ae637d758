"""The mails of a house that has no mail server yet: kept in MAKEGOOD_HOME/sent, to be looked at here.

Only who looks after the program or the service sees them, and only while
MAKEGOOD_SMTP_URL is empty: they hold private links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.http import Http404, HttpResponse

from makegood import config
from makegood.config import clock
from makegood.desk import models
from makegood.rules.policy import Role

from . import pages
from .door import StaffRequest, staff_only

LARGEST = 5_000_000


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kept mail."""

    name: str
    at: datetime
    subject: str
    to: str
    text: str


def may_see(reader: models.Staff) -> bool:
    """Return whether the kept mails are there to be seen, by this person."""
    return not config.get("MAKEGOOD_SMTP_URL") and reader.role in (str(Role.ADMIN), str(Role.HEAD))


@staff_only("GET")
def sent(request: StaffRequest) -> HttpResponse:
    """The kept mails, newest first."""
    now = clock.now()
    if not may_see(request.user):
        raise Http404
    found = pages.paged(_files(), request)
    context = {"page_obj": found, "mails": [_read(path) for path in found]}
    return pages.page(request, "staff/sent.html", context, now=now)


@staff_only("GET")
def sent_mail(request: StaffRequest, name: str) -> HttpResponse:
    """One kept mail, as text."""
    now = clock.now()
    # A name is looked for among those that are there and never becomes a path.
    path = next((p for p in _files() if p.name == name), None) if may_see(request.user) else None
    if path is None:
        raise Http404
    return pages.page(request, "staff/sent_mail.html", {"mail": _read(path)}, now=now)


def _files() -> list[Path]:
    folder = config.home() / "sent"
    if not folder.is_dir():
        return []
    return sorted(folder.rglob("*.eml"), key=lambda path: (path.stat().st_mtime, path.name), reverse=True)


def _read(path: Path) -> Kept:
    with path.open("rb") as file:
        mail = message_from_bytes(file.read(LARGEST), policy=policy.default)
    return Kept(
        name=path.name,
        at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        subject=str(mail.get("Subject", "")),
        to=str(mail.get("To", "")),
        text=_text(mail),
    )


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain",))
    return str(body.get_content()) if body is not None else ""
