"""A text in, redacted; the second reader's proposals out, in the words as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from makegood import config
from makegood.language.listening import Reading
from makegood.language.redaction import redact

from . import asking, line
from .line import Reader, ReaderFailed

RULE = "second reader"
"""What a page shows as the rule of such a proposal."""
LONGEST = 20_000
"""Characters of a message that are sent; what follows is not read by the second reader."""
_BEYOND = 2_000
#: A language may be what a stranger's mail declares; only a tag goes into the question.
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?")


def configured() -> Reader | None:
    """Return the reader that the settings name; None where there is none, which is how a house begins.

    Raises ReaderFailed for an address without a model, or one that is no address.
    """
    url = config.get("MAKEGOOD_READER_URL")
    if not url:
        return None
    model = config.get("MAKEGOOD_READER_MODEL")
    if not model:
        raise ReaderFailed("settings", "MAKEGOOD_READER_URL is set; MAKEGOOD_READER_MODEL must say which model to ask.")
    reader = Reader(url=url, model=model, key=config.get("MAKEGOOD_READER_KEY"))
    _ = reader.place
    return reader


def read_outgoing(
    text: str, *, language: str, names: Iterable[str], said_at: datetime, zone: str
) -> tuple[Reading, ...]:
    """Propose the kinds and promises of a message of ours.

    `language` is a tag, or empty where it isn't known. `names` are the people who must not be named: the
    customer, and the staff of his case. `said_at` (aware) and `zone` (IANA) say whose "tomorrow" it is.
    Raises ReaderFailed.
    """
    return _read(text, asking.OURS, language=language, names=names, said_at=said_at, zone=zone)


def read_incoming(
    text: str, *, language: str, names: Iterable[str], said_at: datetime, zone: str
) -> tuple[Reading, ...]:
    """Propose the labels, the need-by and the wish of a customer's message, as `read_outgoing` does of ours."""
    return _read(text, asking.THEIRS, language=language, names=names, said_at=said_at, zone=zone)


def _read(
    text: str,
    tasks: Mapping[str, tuple[str, ...]],
    *,
    language: str,
    names: Iterable[str],
    said_at: datetime,
    zone: str,
) -> tuple[Reading, ...]:
    reader = configured()
    if reader is None:
        raise ReaderFailed("off", "There is no second reader: MAKEGOOD_READER_URL is empty.")
    if said_at.utcoffset() is None:
        raise ValueError("said_at must say its zone")
    if not text.strip():
        return ()
    # Redacted first and cut then: a number that is cut in half is no longer seen as one.
    hidden = redact(text[: LONGEST + _BEYOND], names=names)
    sent = hidden.text[:LONGEST]
    tag = language if _TAG.fullmatch(language) else ""
    asked = asking.question(sent, tasks=tasks, model=reader.model, language=tag, said_at=said_at, zone=zone)
    answer = line.ask(reader, asked)
    return tuple(
        _reading(claim, text, hidden.origin(claim.start, claim.end), language=tag)
        for claim in asking.claims(answer, sent, tasks=tasks, said_at=said_at)
    )


def _reading(claim: asking.Claim, text: str, place: tuple[int, int], *, language: str) -> Reading:
    start, end = place
    return Reading(
        task=claim.task,
        label=claim.label,
        words=text[start:end],
        start=start,
        end=end,
        rule=RULE,
        sure=claim.sure,
        language=language,
        due_at=claim.due_at,
    )
