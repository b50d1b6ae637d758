"""A stored letter, read, with all that judging it asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from makegood import config
from makegood.desk.actions.contacts import File, Incoming
from makegood.desk.models import InboxItem
from makegood.notify.email import canary_mark, reply_address
from makegood.notify.email.message import desk_id
from makegood.notify.email.reply_address import ReplyAddress
from makegood.rules.policy import Door

from .addresses import comparable
from .headers import read_headers
from .letters import Letter, masked, read_letter
from .our_addresses import Ours

#: Bytes in which a letter's own header is looked for.
HEADER = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a letter's header says besides the letter."""

    #: The token of a canary of ours, its signature checked; None for any other letter.
    canary: str | None
    #: Whether a spam filter on its way marked it.
    spam: bool
    #: Whether it went through a list or to many; a person may have written it all the same.
    to_many: bool


@dataclass(frozen=True)
class AtHand:
    """One item and what was read of it. Reading asks no database, so it needs no transaction."""

    item: InboxItem
    letter: Letter
    marks: Marks
    ours: Ours
    now: datetime

    @property
    def door(self) -> Door:
        return door_of(self.item, self.ours)

    @cached_property
    def address(self) -> str:
        """The sender's address as the record keeps addresses; empty where nobody can tell."""
        return comparable(self.letter.sender.address or "")

    @cached_property
    def thread(self) -> tuple[str, ...]:
        """The mails it says it answers, the likeliest first."""
        return tuple(dict.fromkeys([*self.letter.in_reply_to, *reversed(self.letter.references)]))

    @cached_property
    def recipients(self) -> tuple[str, ...]:
        """Our addresses that it came to. Without an envelope, those it names."""
        if self.item.envelope_to:
            return tuple(self.item.envelope_to)
        named = [box.address for box in (*self.letter.to, *self.letter.cc) if box.address]
        return tuple(dict.fromkeys(a for a in (*self.letter.delivered_to, *named) if self.ours.takes(a)))

    @cached_property
    def reply_address(self) -> ReplyAddress | None:
        """The first reply address among its recipients that we really gave to somebody."""
        return next((read for a in self.recipients if (read := reply_address.read(a))), None)

    @property
    def is_spoofed(self) -> bool:
        """Whether our mail server found that the sender's domain disowns it."""
        return self.letter.authentication.verdict == "fail"

    @property
    def is_proved(self) -> bool:
        """Whether our mail server found that the sender's domain vouches for it."""
        return self.letter.authentication.verdict == "pass"

    def message(self, *, verified: bool = False, kinds: Iterable[str] = ()) -> Incoming:
        """The letter as the desk takes it: card numbers masked, nothing hidden."""
        return replace(self._message, verified=verified, kinds=tuple(kinds))

    @cached_property
    def _message(self) -> Incoming:
        seen = masked(self.letter)
        return Incoming(
            received_at=self.item.received_at,
            from_address=self.address,
            from_name=seen.sender.name,
            to_addresses=self.recipients,
            subject=seen.subject,
            text=seen.new_text or ("" if seen.quoted else seen.text),
            folded=seen.quoted,
            html=seen.html,
            language=(seen.language or "").partition("-")[0],
            message_id=seen.message_id or "",
            trouble=seen.trouble,
            files_kept=True,
            files=tuple(File(name=f.name, declared_type=f.type, content=f.content) for f in seen.attachments),
        )

    def unthreaded(self) -> Incoming:
        """The letter without its id, so that no answer of ours is threaded onto it."""
        return replace(self.message(), message_id="")


def door_of(item: InboxItem, ours: Ours) -> Door:
    """The door an item came by; one that the policy no longer has is the first public one."""
    return ours.doors.get(item.door) or ours.doors[ours.first]


def at_hand(item: InboxItem, ours: Ours, *, now: datetime) -> AtHand:
    """Read a stored item. The reader raises nothing; what is raised here is a fault of ours."""
    raw = bytes(item.raw.body)
    letter = read_letter(
        raw,
        envelope_from=item.envelope_from if item.way == "smtp" else None,
        trusted_authserv=config.get("MAKEGOOD_AUTHSERV_ID") or None,
        own_desk=desk_id(),
    )
    return AtHand(item=item, letter=letter, marks=_marks(raw), ours=ours, now=now)


def _marks(raw: bytes) -> Marks:
    # The reader of headers leaves our own namespace out, so that nobody believes a stranger's X-Makegood
    # field. This one is believed only for its signature.
    head = raw[:HEADER].split(b"\r\n\r\n", 1)[0].split(b"\n\n", 1)[0]
    name = canary_mark.HEADER.encode().lower() + b":"
    lines = [line for line in head.splitlines() if line.lower().startswith(name)]
    token = canary_mark.check_canary(lines[0].partition(b":")[2].decode("ascii", "replace")) if lines else None
    headers, _ = read_headers(raw, 0, min(len(raw), HEADER), set())
    listed = any(field.name.startswith("list-") for field in headers.fields)
    return Marks(
        canary=token,
        spam=headers.first("x-spam-flag").strip().lower() == "yes",
        to_many=listed or headers.first("precedence").strip().lower() in ("list", "bulk", "junk"),
    )
