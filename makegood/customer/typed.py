"""What a form of the customer's brought: text and files, within limits, and nothing typed is lost.

A file that is too large is cut off while it comes in, so that it fills neither
memory nor disk, and the rest of the form is read all the same: the page comes
back with everything typed, and says what to leave out. Whatever the browser
calls a file is metadata; its bytes lie under a random name.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext

from makegood import config
from makegood.desk import models
from makegood.desk.actions.contacts import File
from makegood.desk.queries import customer_page
from makegood.notify.email.clean import several_lines

MB = 1024 * 1024
FILE_MB = 25
FILES_MB = 50
MOST_FILES = 10
LONGEST = 50_000
"""Characters of one message; the page's own field stops there too."""
BODY_MB = FILES_MB + 10
"""A form larger than this is not read at all."""
MESSAGES_A_DAY = 40
FILES_A_DAY_MB = 200
FORMS_A_MINUTE = 12
RESERVE_MB = 512
"""Disk that files from this page may never take, so that mail still fits (A-57)."""

# Signs that turn the direction of what follows, or part nothing that can be seen.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What one form brought."""

    text: str = ""
    files: tuple[File, ...] = ()
    wrong: tuple[str, ...] = ()
    """Why it can't be taken as it is, as sentences; empty when it can."""
    proof: str = ""
    status: int = 400

    def once(self, form: str) -> str:
        """Return a name for this very message from this very form, so that it is taken once."""
        said = hashlib.sha256(f"{form}\n{self.text}".encode())
        for file in self.files:
            said.update(hashlib.sha256(f"\n{file.name}\n".encode() + file.content).digest())
        return said.hexdigest()[:40]


class Cap(FileUploadHandler):
    """Stops reading a file where it, or all together, grow too large; counts what it stopped."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.count = self.size = self.total = 0
        self.too_large: list[str] = []
        self.too_much = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        self.size = 0
        if self.count > MOST_FILES or self.too_much:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  (Django asks for it)
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size > FILE_MB * MB:
            self.total -= self.size
            self.too_large.append(file_name(self.file_name or ""))
            raise SkipFile
        if self.total > FILES_MB * MB:
            self.too_much = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Make no file of it: the handler after this one does."""

    def wrong(self) -> list[str]:
        sentences = [
            gettext("“{name}” is larger than {limit} MB.").format(name=name, limit=FILE_MB) for name in self.too_large
        ]
        if self.too_much:
            sentences.append(gettext("The files are larger than {limit} MB together.").format(limit=FILES_MB))
        if self.count > MOST_FILES:
            sentences.append(gettext("There are more than {limit} files.").format(limit=MOST_FILES))
        return sentences


def read(request: HttpRequest) -> Typed:
    """Return what a POST brought. Never raises: what can't be read is said in `wrong`."""
    too_large = gettext("That is more than this page can take at once. Send fewer or smaller files.")
    if _content_length(request) > BODY_MB * MB:
        return Typed(wrong=(too_large,), status=413)
    cap = Cap(request)
    request.upload_handlers.insert(0, cap)
    try:
        fields, files = request.POST, request.FILES.getlist("files")
    except (SuspiciousOperation, MultiPartParserError):
        return Typed(wrong=(too_large,), status=413)
    text = text_of(fields.get("text", ""))
    proof = fields.get("proof", "")
    wrong = cap.wrong()
    if len(text) > LONGEST:
        wrong.append(gettext("The text is longer than {limit} characters.").format(limit=LONGEST))
    if wrong:
        return Typed(text=text, wrong=(*wrong, *_choose_again(cap)), proof=proof, status=413 if cap.wrong() else 400)
    return Typed(text=text, files=tuple(_file(f) for f in files), proof=proof)


def over_quota(link: models.Link, typed: Typed, *, now: datetime) -> tuple[str, ...]:
    """Return why this customer can't send so much today, as sentences; empty when he can."""
    messages, size = customer_page.sent_since(link, now - timedelta(days=1))
    more = sum(len(f.content) for f in typed.files)
    wrong = []
    if messages >= MESSAGES_A_DAY:
        wrong.append(gettext("You have sent {n} messages from this page since yesterday.").format(n=messages))
    if typed.files and size + more > FILES_A_DAY_MB * MB:
        wrong.append(
            gettext("From one page we take {limit} MB of files a day. Send the text without the files.").format(
                limit=FILES_A_DAY_MB
            )
        )
    elif typed.files and shutil.disk_usage(config.home()).free - more < RESERVE_MB * MB:
        wrong.append(gettext("We have no room for files just now. Send the text without them; it will arrive."))
    return tuple(wrong)


def too_often(link: models.Link, *, now: datetime) -> bool:
    """Count one more form of this link; return whether there were too many within this minute.

    Counted in the memory of one process: it slows a flood down, and `over_quota` bounds it.
    """
    key = f"customer-forms-{link.pk}-{int(now.timestamp()) // 60}"
    cache.add(key, 0, timeout=120)
    return int(cache.incr(key)) > FORMS_A_MINUTE


def text_of(typed: str) -> str:
    """Return typed text with plain line ends, and without controls and signs that turn its direction."""
    return _HIDDEN.sub("", several_lines(typed.replace("\x00", ""))).strip()


def file_name(name: str) -> str:
    """Return a file's name as one visible line without a path: what it is called, and nothing more."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    return " ".join(visible.split()).strip(". ")[-200:] or gettext("file")


def _file(upload: UploadedFile[Any]) -> File:
    return File(
        name=file_name(upload.name or ""),
        declared_type=re.sub(r"[^\w.+/-]", "", upload.content_type or "")[:120],
        content=upload.read(),
    )


def _choose_again(cap: Cap) -> Sequence[str]:
    return (gettext("Your text is still here. Please choose the files again."),) if cap.count else ()


def _content_length(request: HttpRequest) -> int:
    given = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isascii() and given.isdigit() else 0
