"""The letters that the tests of mails write: the same people and moments in all of them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from makegood.notify.email.words import (
    Acknowledgement,
    CanaryLetter,
    ClosingQuestion,
    Digest,
    Envelope,
    NoticeLine,
    PromiseLine,
    ReplyLetter,
)

#: Monday 2 March 2026, 08:12 in Phoenix.
SAID = datetime(2026, 3, 2, 15, 12, tzinfo=UTC)
DUE = datetime(2026, 3, 3, 15, 12, tzinfo=UTC)
#: Friday 6 March 2026, 08:20 in Phoenix.
DIGEST_AT = datetime(2026, 3, 6, 15, 20, tzinfo=UTC)
PAGE = "https://care.larkfield.example/c/secret/"


def envelope(**changes: Any) -> Envelope:
    """From the house to Rosalía, answering her first mail."""
    return replace(
        Envelope(
            message_id="<aa11bb22@care.larkfield.example>",
            to_address="rosalia@quintero.example",
            to_name="Rosalía Quintero",
            from_name="Tom Hale, Larkfield Outdoor",
            from_address="help@larkfield.example",
            reply_to="reply+1.c1.aabc@care.larkfield.example",
            in_reply_to="<hers@quintero.example>",
            references=("<older@quintero.example>", "<hers@quintero.example>"),
            at=SAID,
            language="en",
            zone="America/Phoenix",
            house="Larkfield Outdoor",
        ),
        **changes,
    )


def acknowledgement(*, role: str = "agent", **changes: Any) -> Acknowledgement:
    return Acknowledgement(
        envelope=envelope(**changes),
        case="2026-0412",
        owner="Tom Hale",
        owner_role=role,
        promise=PromiseLine(words="", said_at=SAID, due_at=DUE),
        page_url=PAGE,
    )


def reply(text: str = "Hello Rosalía,\n\nyour pack ships today.", **changes: Any) -> ReplyLetter:
    promise = PromiseLine(words="It is at your door by Tuesday, 08:12.", said_at=SAID, due_at=DUE)
    return ReplyLetter(
        envelope=envelope(**changes),
        case="2026-0412",
        subject="Re: broken buckle",
        text=text,
        promises=(promise,),
        page_url=PAGE,
    )


def closing_question(**changes: Any) -> ClosingQuestion:
    return ClosingQuestion(envelope=envelope(**changes), case="2026-0412", owner="Tom Hale", page_url=PAGE)


def canary(**changes: Any) -> CanaryLetter:
    return CanaryLetter(envelope=envelope(**changes), token="0f" * 16, headers={"X-Makegood-Canary": "0f" * 48})


def notice(kind: str, facts: dict[str, object] | None = None, **changes: Any) -> NoticeLine:
    return replace(
        NoticeLine(
            case="2026-0412",
            kind=kind,
            facts=facts or {},
            at=DIGEST_AT,
            who="Rosalía Quintero",
            case_url="https://care.larkfield.example/cases/2026-0412/",
            answer_to="reply+1.s4.aabc@care.larkfield.example",
        ),
        **changes,
    )


def alarm(**changes: Any) -> NoticeLine:
    """A promise that fell due on Thursday 5 March at 17:00 in Phoenix, told to Priya."""
    facts: dict[str, object] = {"numbers": [1], "rung": 1, "repeat": False, "told_at": DIGEST_AT.isoformat()}
    return replace(
        notice("alarm.raised", facts),
        **{
            "what": "A new Fell 45 leaves our warehouse on Thursday.",
            "due_at": datetime(2026, 3, 6, 0, 0, tzinfo=UTC),
            "rung": "lead",
            "acknowledge_url": "https://care.larkfield.example/a/secret/",
            **changes,
        },
    )


def digest(*lines: NoticeLine, **changes: Any) -> Digest:
    to_priya = {
        "to_address": "priya@larkfield.example",
        "to_name": "Priya Raman",
        "from_name": "Makegood, Larkfield Outdoor",
        "reply_to": "",
        "in_reply_to": "",
        "references": (),
        "at": DIGEST_AT,
    }
    return Digest(
        envelope=envelope(**{**to_priya, **changes}), lines=lines, board_url="https://care.larkfield.example/"
    )


# ── reading what was made ────────────────────────────────────────────────────


def read(raw: bytes) -> EmailMessage:
    """The mail as a mail program reads it."""
    return message_from_bytes(raw, policy=default)


def text_of(raw: bytes) -> str:
    return _body(raw, "plain")


def html_of(raw: bytes) -> str:
    return _body(raw, "html")


def flat(raw: bytes) -> str:
    """The plain text on one line, so that a sentence is found however it was wrapped."""
    return " ".join(text_of(raw).split())


def _body(raw: bytes, kind: str) -> str:
    part = read(raw).get_body((kind,))
    assert part is not None, f"the mail has no {kind} body"
    return str(part.get_content()).replace("\r\n", "\n")
