"""A letter, read: raw bytes in, one value out, whatever the bytes are.

`read_letter` never raises and never takes more than time and memory in proportion to the mail. What it could
not read is named in `trouble`; the raw mail, stored before, remains the truth.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from makegood.language.cards import mask, mask_in_place
from makegood.language.replies import new_words

from .addresses import NOBODY, Mailbox, read_mailboxes, read_sender
from .authentic import UNVERIFIED, Authentication, read_authentication
from .automatic import A_PERSON, Automatic, Evidence, judge
from .bodies import Attachment, letter_parts, read_body
from .headers import (
    LOOP_HEADER,
    Headers,
    came_from,
    decode_words,
    message_id,
    message_ids,
    read_date,
    read_language,
)
from .parts import DEPTH_LIMIT, PART_LIMIT, split
from .visible import LINE_LIMIT, clean_line, hides, mixes_scripts

__all__ = ["LOOP_HEADER", "SIZE_LIMIT", "TROUBLE", "Attachment", "Letter", "came_from", "masked", "read_letter"]

#: Bytes of a mail that are read (A-25).
SIZE_LIMIT = 25 * 1024 * 1024

#: Every trouble code, and what it tells the person who opens the case.
TROUBLE: dict[str, str] = {
    "bad_address": "An address could be read in two ways, so it was not believed.",
    "broken_mime": "The structure of the mail is broken; it is shown as plain text.",
    "header_too_long": "The header is longer than 256 KB, or one field longer than 16 KB; the rest was not read.",
    "hidden_characters": "The subject or a name held invisible or reversing characters; they were removed.",
    "mixed_scripts": "A name or the subject mixes alphabets within a word, as look-alikes do.",
    "too_deep": f"Parts are nested more than {DEPTH_LIMIT} levels deep; the inner ones were not read.",
    "too_large": "The mail is larger than 25 MB; only its beginning was read.",
    "too_many_parts": f"The mail has more than {PART_LIMIT} parts; the later ones were not read.",
    "truncated": "Not all of the text is shown.",
    "undecodable_charset": "Some characters could not be decoded; the original is kept.",
    "unknown_encoding": "A part is encoded in a way we don't know; it is shown as it came.",
    "unreadable": "The mail could not be read; the original is kept.",
    "unsettled_markup": "The formatting of the mail could not be made safe; it is shown as text.",
}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail says. All of it is the sender's claim, save `authentication`."""

    #: In angle brackets; None if there is none. A hint only: senders repeat and forge ids.
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    #: At most 50: the first and the newest.
    references: tuple[str, ...] = ()
    #: One line, nothing hidden, at most 1,000 characters.
    subject: str = ""
    sender: Mailbox = NOBODY
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    #: Addresses that mail servers on the way say they delivered to (Delivered-To and its like).
    delivered_to: tuple[str, ...] = ()
    #: The sender's date in UTC, or None. Never the time of receipt.
    date: datetime | None = None
    #: Language tag that the sender's program declared, such as "es".
    language: str | None = None
    #: The whole readable text.
    text: str = ""
    #: What the person newly wrote; empty if there is nothing new.
    new_text: str = ""
    #: The rest: quotes, signature, what a program added.
    quoted: str = ""
    #: Safe to put into a page; fetches nothing. Empty if the letter has no HTML.
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: Automatic = A_PERSON
    authentication: Authentication = UNVERIFIED
    #: Sorted codes of `TROUBLE`.
    trouble: tuple[str, ...] = ()


def read_letter(
    raw: bytes,
    envelope_from: str | None = None,
    trusted_authserv: str | None = None,
    own_desk: str | None = None,
) -> Letter:
    """The letter in the raw bytes. Never raises.

    `envelope_from`: the SMTP sender, "" for the null sender, None if the door can't know it.
    `trusted_authserv`: the name our own mail server signs its Authentication-Results with.
    `own_desk`: our desk's id, by which a mail of ours is known when it comes back.
    """
    trouble: set[str] = set()
    if len(raw) > SIZE_LIMIT:
        trouble.add("too_large")
        raw = raw[:SIZE_LIMIT]
    try:
        return _read(raw, envelope_from, trusted_authserv, own_desk, trouble)
    except Exception:  # Whatever it is, a person complained; the letter must reach a case (F-10).
        return _minimal(raw, trouble)


def _read(
    raw: bytes, envelope_from: str | None, trusted_authserv: str | None, own_desk: str | None, trouble: set[str]
) -> Letter:
    root = split(raw, trouble)
    headers = root.headers
    subject = _line(headers.first("subject"), trouble)
    sender = read_sender(headers.all("from"), trouble)
    _look_for_disguise((headers.first("from"), sender.name), trouble)
    body = read_body(raw, root, trouble)
    reply = new_words(body.text)
    if envelope_from is not None:
        envelope_from = envelope_from.strip().strip("<>").strip()
    evidence = Evidence(
        raw=raw,
        root=root,
        parts=tuple(letter_parts(root)),
        subject=subject,
        text=body.text,
        envelope_from=envelope_from,
        own_desk=own_desk,
    )
    return Letter(
        message_id=message_id(headers.first("message-id")),
        in_reply_to=message_ids(headers.first("in-reply-to"))[:5],
        references=message_ids(headers.first("references")),
        subject=subject,
        sender=sender,
        reply_to=read_mailboxes(headers.first("reply-to"), trouble),
        to=_mailboxes(headers, "to", trouble),
        cc=_mailboxes(headers, "cc", trouble),
        delivered_to=_delivered_to(headers),
        date=read_date(headers.first("date")),
        language=read_language(headers),
        text=body.text,
        new_text=reply.new,
        quoted=reply.folded,
        html=body.html,
        attachments=body.attachments,
        automatic=judge(evidence, trouble),
        authentication=read_authentication(headers, sender.address, trusted_authserv),
        trouble=tuple(sorted(trouble)),
    )


def _line(value: str, trouble: set[str]) -> str:
    text = decode_words(value, trouble)
    _look_for_disguise((text,), trouble)
    if len(text) > LINE_LIMIT:
        trouble.add("truncated")
    return clean_line(text)


def _look_for_disguise(texts: tuple[str, ...], trouble: set[str]) -> None:
    for text in texts:
        text = decode_words(text[: LINE_LIMIT * 4], set())
        if hides(text):
            trouble.add("hidden_characters")
        if mixes_scripts(text):
            trouble.add("mixed_scripts")


def _mailboxes(headers: Headers, name: str, trouble: set[str]) -> tuple[Mailbox, ...]:
    return tuple(box for value in headers.all(name)[:20] for box in read_mailboxes(value, trouble))


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    values = [value for name in ("delivered-to", "x-original-to", "envelope-to") for value in headers.all(name)[:20]]
    boxes = [box for value in values for box in read_mailboxes(value, set())]
    return tuple(dict.fromkeys(box.address for box in boxes if box.address))


def _minimal(raw: bytes, trouble: set[str]) -> Letter:
    """What the plainest look at the bytes gives, so that even this letter can be opened and answered."""
    text = raw[:65_536].decode("utf-8", "replace")
    found = {
        name.lower(): value.strip()
        for name, value in re.findall(r"(?mi)^(message-id|subject|from):([^\r\n]{0,900})", text[:16_384])
    }
    address = re.search(r"[\w.+-]{1,64}@[\w.-]{1,250}", found.get("from", ""))
    return Letter(
        message_id=message_id(found.get("message-id", "")),
        subject=clean_line(found.get("subject", "")),
        sender=Mailbox(name=clean_line(address[0] if address else "", 200)),
        text="".join(sign for sign in text if sign.isprintable() or sign in "\n\t"),
        trouble=tuple(sorted(trouble | {"unreadable"})),
    )


def masked(letter: Letter) -> Letter:
    """The letter as it may be shown, searched, told and logged: card numbers to their last four digits.

    Attachments' bytes are left alone; `masking.mask_raw` is for what is stored.
    """

    def boxes(found: tuple[Mailbox, ...]) -> tuple[Mailbox, ...]:
        return tuple(replace(box, name=mask(box.name)) for box in found)

    return replace(
        letter,
        subject=mask(letter.subject),
        sender=replace(letter.sender, name=mask(letter.sender.name)),
        reply_to=boxes(letter.reply_to),
        to=boxes(letter.to),
        cc=boxes(letter.cc),
        text=mask(letter.text),
        new_text=mask(letter.new_text),
        quoted=mask(letter.quoted),
        html=mask_in_place(letter.html, "•", markup=True),
        attachments=tuple(replace(file, name=mask(file.name)) for file in letter.attachments),
    )
