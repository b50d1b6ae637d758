"""Reports about a mail we sent: it bounced, is late, was delivered, was called spam, was opened.

Delivery reports of RFC 3464 and RFC 6533 (also where a gateway lost their MIME structure), the older forms
that flufl.bounce knows, feedback reports of RFC 5965 and Microsoft's older form, and the dispositions of
RFC 8098. A report is a claim by whoever sent it: it counts only for a mail whose Message-ID is really ours.
Nothing here raises.
"""

import contextlib
import logging
import re
from dataclasses import dataclass
from email import message_from_bytes

from flufl.bounce import all_failures

from .addresses import read_address
from .headers import Headers, message_id, message_ids, read_headers
from .parts import Part
from .visible import clean_line

# It logs each failure of its detectors together with the stranger's words; we only want the result.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)

#: Recipients kept of one report.
RECIPIENTS_KEPT = 500
#: Bytes of a report that are handed to flufl.bounce, and characters of text that are searched.
SEARCHED = 100_000

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_SMTP_CODE = re.compile(r"(?<![\d.])([245])\d\d(?![\d.])")
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
_FINAL = re.compile(r"(?m)^[ \t]{0,3}(?:Final|Original)-Recipient:", re.IGNORECASE)
_ACTION = re.compile(r"(?m)^[ \t]{0,3}Action:[ \t]*(?:failed|delayed|delivered|relayed|expanded)", re.IGNORECASE)
_GROUP = re.compile(r"\n[ \t]*\n")
_RETURNED_ID = re.compile(r"(?mi)^Message-ID:[ \t]*(<[^<>\s]{1,250}>)")
_DELIVERED = frozenset({"delivered", "relayed", "expanded", "deliverable"})
_RETURNED_TYPES = ("text/rfc822-headers", "text/rfc822-header", "message/global-headers")


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What a report says about one recipient."""

    #: The address we wrote to, where the report says it, else the final one; None if unreadable.
    address: str | None
    #: The address where delivery ended, after forwarding.
    final_address: str | None = None
    #: failed, delayed, delivered, relayed or expanded, in the report's own word; lower-case.
    action: str = "failed"
    #: RFC 3463 status code such as "5.1.1"; empty if the report gives none.
    status: str = ""
    #: The server's own words, cleaned, at most 300 characters.
    diagnostic: str = ""

    @property
    def failed(self) -> bool:
        """The letter will not arrive."""
        return self.action == "failed"

    @property
    def delayed(self) -> bool:
        """The letter has not arrived yet and is still being tried."""
        return self.action == "delayed"

    @property
    def permanent(self) -> bool:
        """Trying the same address again is pointless (status class 5)."""
        return self.failed and not self.status.startswith("4")


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A report read: what it is about, without judging yet whether it is one."""

    deliveries: tuple[Delivery, ...] = ()
    original_message_id: str | None = None
    #: Of a feedback report: abuse, fraud, opt-out, auth-failure …
    feedback_type: str | None = None
    #: Of a disposition notification: displayed, deleted …
    disposition: str | None = None
    #: Recipients that a feedback or read report names.
    recipients: tuple[str, ...] = ()


def read_delivery_report(raw: bytes, parts: tuple[Part, ...], text: str, trouble: set[str]) -> Report | None:
    """The delivery report in the mail: its own part, or the same lines in its text; None if neither."""
    deliveries: list[Delivery] = []
    for part in parts:
        if part.type in ("message/delivery-status", "message/global-delivery-status"):
            deliveries += _deliveries(part.text(raw, trouble)[:SEARCHED])
    searched = text[:SEARCHED].replace("\r\n", "\n")
    if not deliveries and _FINAL.search(searched) and _ACTION.search(searched):
        deliveries = _deliveries(searched)
    if not deliveries:
        return None
    return Report(
        deliveries=tuple(deliveries[:RECIPIENTS_KEPT]),
        original_message_id=original_id(raw, parts, searched, trouble),
    )


def read_old_bounce(raw: bytes, text: str, trouble: set[str]) -> Report:
    """What flufl.bounce finds in the dozens of forms that came before RFC 3464. Ask it of bounces only."""
    found: list[Delivery] = []
    if not trouble & {"too_deep", "too_many_parts", "header_too_long"}:
        with contextlib.suppress(Exception):  # Another project's parsers on hostile text.
            later, never = all_failures(message_from_bytes(_short_lines(raw[:SEARCHED])))
            found += [_old(address, "failed") for address in sorted(never)]
            found += [_old(address, "delayed") for address in sorted(later - never)]
    status = _status_of("", text[:2_000])
    if len(found) == 1 and status:
        found = [Delivery(address=found[0].address, action=found[0].action, status=status)]
    return Report(deliveries=tuple(found[:RECIPIENTS_KEPT]), original_message_id=_returned_id(text[:SEARCHED]))


def _short_lines(raw: bytes) -> bytes:
    return b"\n".join(line[:998] for line in raw.split(b"\n"))


def _old(address: bytes, action: str) -> Delivery:
    return Delivery(address=read_address(address.decode("utf-8", "replace")), action=action)


def read_feedback(raw: bytes, parts: tuple[Part, ...], trouble: set[str]) -> Report | None:
    """The feedback report (RFC 5965) in the mail, or Microsoft's form without a report part; None if neither."""
    for part in parts:
        if part.type == "message/feedback-report":
            fields = _block(part.text(raw, trouble)[:SEARCHED].strip())
            named = fields.all("original-rcpt-to") + fields.all("removal-recipient")
            return Report(
                feedback_type=clean_line(fields.first("feedback-type"), 40).lower() or "abuse",
                original_message_id=original_id(raw, parts, "", trouble),
                recipients=_addresses(named),
            )
    for part in parts:
        if part.type == "message/rfc822" and part.parts:
            carried = part.parts[0].headers
            if carried.has("x-hmxmroriginalrecipient"):
                return Report(
                    feedback_type="abuse",
                    original_message_id=message_id(carried.first("message-id")),
                    recipients=_addresses(carried.all("x-hmxmroriginalrecipient")),
                )
    return None


def read_disposition(raw: bytes, parts: tuple[Part, ...], trouble: set[str]) -> Report | None:
    """The read receipt (RFC 8098) in the mail, or None."""
    for part in parts:
        if part.type in ("message/disposition-notification", "message/global-disposition-notification"):
            fields = _block(part.text(raw, trouble)[:SEARCHED].strip())
            done = fields.first("disposition").rpartition(";")[2].partition("/")[0]
            named = fields.all("original-recipient") or fields.all("final-recipient")
            return Report(
                disposition=clean_line(done, 40).lower() or "displayed",
                original_message_id=message_id(fields.first("original-message-id")),
                recipients=tuple(filter(None, (_typed_address(value) for value in named[:RECIPIENTS_KEPT]))),
            )
    return None


def original_id(raw: bytes, parts: tuple[Part, ...], text: str, trouble: set[str]) -> str | None:
    """The Message-ID of the mail that a report is about, from what it returns of that mail."""
    for part in parts:
        if part.type in ("message/rfc822", "message/global") and part.parts:
            found = message_id(part.parts[0].headers.first("message-id"))
        elif part.type in _RETURNED_TYPES:
            found = message_id(_block(part.text(raw, trouble)[:SEARCHED].lstrip()).first("message-id"))
        else:
            continue
        if found:
            return found
    return _returned_id(text)


def _returned_id(text: str) -> str | None:
    found = _RETURNED_ID.findall(text)
    return next(iter(message_ids(found[-1])), None) if found else None


def _block(text: str) -> Headers:
    content = text.replace("\r\n", "\n").encode("utf-8", "replace")
    return read_headers(content, 0, len(content), set())[0]


def _addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    found = (read_address(value.strip().strip("<>")) for value in values[:RECIPIENTS_KEPT])
    return tuple(dict.fromkeys(filter(None, found)))


def _deliveries(text: str) -> list[Delivery]:
    found: list[Delivery] = []
    for group in _GROUP.split(text.replace("\r\n", "\n")):
        if len(found) >= RECIPIENTS_KEPT:
            break
        if _FINAL.search(group):
            found.append(_delivery(_block(group.strip())))
    return found


def _delivery(fields: Headers) -> Delivery:
    final = _typed_address(fields.first("final-recipient"))
    diagnostic = clean_line(fields.first("diagnostic-code"), 300)
    action = clean_line(fields.first("action"), 40).lower().split(" ")[0].strip(";.")
    status = _status_of(fields.first("status"), diagnostic)
    if action not in _DELIVERED and action not in ("failed", "delayed"):
        action = {"2": "delivered", "4": "delayed"}.get(status[:1], "failed")
    return Delivery(
        address=_typed_address(fields.first("original-recipient")) or final,
        final_address=final,
        action="delivered" if action == "deliverable" else action,
        status=status,
        diagnostic=diagnostic,
    )


def _typed_address(value: str) -> str | None:
    """The address of "rfc822; a@b" or "utf-8; …" (RFC 6533 escapes undone), or None."""
    kind, separator, address = value.partition(";")
    address = (address if separator else kind).strip().strip("<>").strip()
    if kind.strip().lower() == "utf-8":
        address = _ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), address)
    return read_address(address)


def _status_of(status: str, words: str) -> str:
    """The status code given, else the one in the server's words, else the class of its SMTP reply."""
    for text in (status, words):
        found = _STATUS.search(text[:2_000])
        if found:
            return ".".join(found.groups())
    found = _SMTP_CODE.search(words[:2_000])
    return f"{found[1]}.0.0" if found else ""
