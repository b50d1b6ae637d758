"""The timeline as it is drawn: solid marks for substance, open ones for the rest, hatched silence, dotted waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from makegood.desk import models
from makegood.desk.queries.timeline import Line
from makegood.notify import recorded
from makegood.rules.outgoing import SUBSTANTIVE, substantive
from makegood.rules.policy import Policy
from makegood.ui import wording

from . import told, words
from .hearing import Understood, understood

Standing = models.Contact.Standing


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of a reply as its chip."""

    text: str
    substantive: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing in the timeline. `look` is the class of the design: in, sub, sys, bad, gap, theirs or none."""

    at: datetime
    look: str
    icon: str
    title: str = ""
    text: str = ""
    contact: models.Contact | None = None
    note: models.Note | None = None
    by: str = ""
    subject: str = ""
    """Of an incoming message, where it says something new."""
    kinds: tuple[Kind, ...] = ()
    made: tuple[models.Promise, ...] = ()
    """Of a reply: what it promised. One that went over to another case with its own is told once."""
    standing: str = ""
    trouble: bool = False
    in_doubt: bool = False
    """A reply of which nobody knows whether it arrived: a person says what became of it."""
    waits: bool = False
    """An incoming message that still wants an answer."""
    may_split: bool = False
    """Whether it may become a case of its own: a later message that waits."""
    proposed: bool = False
    why: str = ""
    read: Understood | None = None
    """Of an incoming message: what it seems to be."""
    order: int = field(default=5)


def marks(
    lines: Iterable[Line],
    promises: Iterable[models.Promise],
    automatic: Iterable[models.OutboxItem],
    *,
    unanswered: tuple[int, ...],
    proposed: dict[int, str],
    policy: Policy,
    now: datetime,
) -> list[Mark]:
    """Return everything that happened, oldest first, with the silences and the waiting drawn in."""
    lines = list(lines)
    came = [line.contact for line in lines if line.contact and line.contact.direction == "in"]
    # Of each case that goes on here, the letter that opened it.
    first = {contact.case_id: contact.pk for contact in reversed(came)}.values()
    drawn = [m for line in lines if (m := _mark(line, policy, unanswered=unanswered, proposed=proposed)) is not None]
    drawn += [_automatic(item) for item in automatic]
    for promise in promises:
        drawn += _silence(promise, now=now)
        drawn += _their_turn(promise, now=now)
    later = [replace(m, may_split=True) if m.waits and m.contact and m.contact.pk not in first else m for m in drawn]
    return sorted(later, key=lambda m: (m.at, m.order))


def _mark(line: Line, policy: Policy, *, unanswered: tuple[int, ...], proposed: dict[int, str]) -> Mark | None:
    if line.note is not None:
        return Mark(at=line.at, look="sys", icon="note", note=line.note, order=1)
    if line.contact is None:
        return _event(line, policy)
    if line.contact.direction == "in":
        return _incoming(line.contact, policy, unanswered=unanswered, proposed=proposed)
    return _outgoing(line.contact)


def _event(line: Line, policy: Policy) -> Mark | None:
    telling = told.event(line, policy)
    if telling is None:
        return None
    look, icon, title, text = telling
    return Mark(at=line.at, look=look, icon=icon, title=title, text=text, order=4)


def _incoming(
    contact: models.Contact, policy: Policy, *, unanswered: tuple[int, ...], proposed: dict[int, str]
) -> Mark:
    door = words.door_sign(contact.door, policy)
    name = contact.from_name or str(contact.customer or contact.from_address or _("Somebody"))
    return Mark(
        at=contact.received_at,
        look="in",
        icon=door.icon,
        by=door.text,
        title=name,
        contact=contact,
        subject=_new_subject(contact),
        waits=contact.pk in unanswered,
        proposed=contact.pk in proposed,
        why=recorded.say(proposed.get(contact.pk, "")),
        read=understood(list(contact.heard.all())),
        order=0,
    )


def _new_subject(contact: models.Contact) -> str:
    """The subject without its "Re:", unless it is that of the case."""
    said = contact.subject.strip()
    while said[:3].lower() in ("re:", "aw:", "fw:", "wg:", "rv:"):
        said = said[3:].strip()
    return "" if said == contact.case.subject.strip() else said


def _outgoing(contact: models.Contact) -> Mark:
    moves = substantive(tuple(contact.kinds), automatic=contact.automatic)
    arrived = contact.standing == Standing.ACCEPTED
    icon = "tick" if moves else "q" if "ask" in contact.kinds else "mail"
    return Mark(
        at=contact.received_at,
        look="sub" if moves and arrived else "",
        icon=icon,
        by=str(words.BY_DOOR["mail"]),
        title=contact.staff.name if contact.staff else contact.from_name,
        contact=contact,
        kinds=tuple(Kind(text=words.kind(k), substantive=k in SUBSTANTIVE) for k in contact.kinds),
        made=tuple({(p.words, p.due_at): p for p in contact.made.all() if p.said}.values()),
        standing="" if arrived else str(words.STANDINGS.get(contact.standing, contact.standing)),
        in_doubt=contact.standing == Standing.UNCERTAIN,
        trouble=contact.standing in (Standing.REFUSED, Standing.BOUNCED, Standing.UNCERTAIN),
        order=0,
    )


def _automatic(item: models.OutboxItem) -> Mark:
    title = {
        "acknowledgement": _("Automatic acknowledgement"),
        "closing": _("Asked whether it is right again"),
        "new_link": _("A new private link, which somebody asked for"),
        "given": _("Told what they were given"),
    }.get(item.purpose, item.purpose)
    states = {
        "accepted": _("accepted by their mail server."),
        "refused": _("refused by their mail server."),
        "uncertain": _("not known whether it arrived."),
    }
    text = states.get(item.state, _("waits to be sent."))
    return Mark(at=item.written_at, look="sys", icon="note", title=f"{title},", text=text, order=3)


def _silence(promise: models.Promise, *, now: datetime) -> Iterator[Mark]:
    """A stretch in which we were silent past the limit, hatched."""
    if promise.kind != "silence" or promise.broken_at is None:
        return
    until = promise.kept_at or promise.settled_at or now
    length = wording.span(until - promise.from_at, exact=True)
    ongoing = promise.kept_at is None and promise.settled_at is None
    text = (
        _("{length} without a substantive reply so far. The limit passed on")
        if ongoing
        else _("{length} without a substantive reply. The limit passed on")
    )
    yield Mark(at=promise.broken_at, look="gap", icon="", text=text.format(length=length), order=6)


def _their_turn(promise: models.Promise, *, now: datetime) -> Iterator[Mark]:
    """A stretch in which it was the customer's turn and the reply clock stood still, dotted."""
    if promise.kind != "reply":
        return
    for start, end in promise.pauses:
        from_at = datetime.fromisoformat(start)
        if end is None:
            length = wording.span(max(now - from_at, timedelta()))
            text = _("Their turn: the reply clock has stood still for {length}, as the one ask allows")
        else:
            length = wording.span(datetime.fromisoformat(end) - from_at)
            text = _("Their turn: the reply clock stood still for {length}, as the one ask allows")
        yield Mark(at=from_at, look="theirs", icon="pause", text=text.format(length=length), order=7)
