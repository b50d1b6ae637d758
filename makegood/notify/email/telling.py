"""One thing a member of staff is told, in sentences. A function for each kind of event.

What an event's facts hold is read with care: the kinds are older or newer
than this file, and a notice that can't be worded well is still told plainly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from makegood.notify import recorded

from . import incidents_told, orders_told, remedies_told
from .blocks import Tone
from .moments import Reader, span
from .words import NoticeLine

LATE = timedelta(minutes=2)
"""Told later than this, our own watch stood still, and the reader must know it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said of one notice."""

    first: str
    more: tuple[str, ...] = ()
    tone: Tone = Tone.INK


def tell(line: NoticeLine, reader: Reader) -> Told:
    """Return the sentences for a notice, in the active language; for an unknown kind a plain one."""
    return _KINDS.get(line.kind, _unknown)(line, reader)


def numbers(line: NoticeLine) -> tuple[int, ...]:
    """Return the promises that an alarm is about."""
    found = line.facts.get("numbers")
    return tuple(n for n in found if isinstance(n, int)) if isinstance(found, list | tuple) else ()


# ── promises ─────────────────────────────────────────────────────────────────


def _alarm_raised(line: NoticeLine, reader: Reader) -> Told:
    count = len(numbers(line))
    if not count:
        words = gettext("{who} needs somebody higher. You are told at once, without waiting for a clock.")
        return Told(first=_about(line, words), more=tuple(_way_up(line)), tone=Tone.BROKEN)
    words = ngettext(
        "A promise in the case of {who} is broken.", "{n} promises in the case of {who} are broken.", count
    )
    return Told(
        first=_about(line, words, n=count),
        more=(*_due(line, reader), *_again(line), *_way_up(line), *_told_late(line, reader)),
        tone=Tone.BROKEN,
    )


def _due(line: NoticeLine, reader: Reader) -> Iterator[str]:
    if line.due_at is None:
        return
    due = reader.long(line.due_at)
    if line.due_at <= reader.at:
        over = span(reader.at - line.due_at)
        yield gettext("It was due {due}: {span} over.").format(due=due, span=over)
    else:
        yield gettext("It is due {due}: {span} left.").format(due=due, span=span(line.due_at - reader.at))


def _again(line: NoticeLine) -> Iterator[str]:
    if line.facts.get("repeat") is True:
        yield gettext("You are told again, because nobody has said “I have it”.")


def _way_up(line: NoticeLine) -> Iterator[str]:
    """Why this reader hears it: his rung, or those who could not hear."""
    if line.skipped:
        names = _names(line.skipped)
        yield ngettext(
            "{names} is out, so it went up to you.",
            "{names} are out, so it went up to you.",
            len(line.skipped),
        ).format(names=names)
        return
    rungs = {
        "owner": gettext("You hear it because the case is yours."),
        "lead": gettext("You hear it as team lead."),
        "head": gettext("You hear it as head of service."),
        "executive": gettext("You hear it as executive: there is nobody above you."),
    }
    if line.rung:
        yield rungs.get(line.rung) or gettext("You hear it on the rung “{rung}”.").format(rung=line.rung)


def _told_late(line: NoticeLine, reader: Reader) -> Iterator[str]:
    told_at = _moment(line, "told_at")
    if told_at is not None and told_at - line.at > LATE:
        yield gettext(
            "You should have heard this {at}. Our own watch stood still until {told}; that stays on the record."
        ).format(at=reader.long(line.at), told=reader.long(told_at))


def _alarm_missed(line: NoticeLine, reader: Reader) -> Told:
    words = gettext("An alarm about {who} was missed: our own watch stood still when it should have rung.")
    at = gettext("It should have rung {at}. That stays on the record as our failure.")
    return Told(first=_about(line, words), more=(at.format(at=reader.long(line.at)), *_due(line, reader)))


def _promise_warned(line: NoticeLine, reader: Reader) -> Told:
    first = _about(line, gettext("A promise in the case of {who} comes due."))
    return Told(first=first, more=(*_due(line, reader), *_told_late(line, reader)), tone=Tone.SOON)


# ── whose it is ──────────────────────────────────────────────────────────────


def _handoff_offered(line: NoticeLine, _: Reader) -> Told:
    more = gettext("Accept it or return it on its page; until you accept, it stays with its owner.")
    return Told(first=_about(line, gettext("The case of {who} is offered to you.")), more=(more,))


def _handoff_returned(line: NoticeLine, _: Reader) -> Told:
    why = _fact(line, "why")
    if why == "nobody took it in time":
        more = [gettext("Nobody took it in time.")]
    else:
        more = [gettext("The reason given: {why}").format(why=why)] if why else []
    first = _about(line, gettext("The case of {who} that you offered came back. It is still yours."))
    return Told(first=first, more=tuple(more))


def _owner_changed(line: NoticeLine, _: Reader) -> Told:
    reasons = {
        "handoff": gettext("You accepted it."),
        "left": gettext("Its owner has left."),
        "absent": gettext("Its owner is away."),
        "handoff budget": gettext("It was handed on too often without an answer to the customer."),
    }
    why = _fact(line, "why")
    more = reasons.get(why) or (gettext("The reason given: {why}").format(why=why) if why else "")
    return Told(first=_about(line, gettext("The case of {who} is yours now.")), more=(more,) if more else ())


# ── what was found, and what the customer did ────────────────────────────────


def _finding_made(line: NoticeLine, _: Reader) -> Told:
    code, evidence = _fact(line, "code"), _fact(line, "evidence")
    found = recorded.say(evidence)
    if code == "MG201":
        words = gettext("{who} was asked again before getting anything of substance.")
        return Told(first=_about(line, words), more=(gettext("The second question pauses no clock."),))
    if code == "MG202":
        words = gettext("The case of {who} goes back and forth between us, and nobody has answered.")
        return Told(first=_about(line, words))
    if code == "MG301":
        said = [gettext("What the mail server said: {evidence}").format(evidence=found)] if evidence else []
        more = (gettext("The clocks run on. Try another address, or telephone."), *said)
        return Told(first=_about(line, gettext("Our mail did not reach {who}.")), more=more, tone=Tone.BROKEN)
    if code == "MG302":
        manager = evidence == "asked for a manager"
        words = gettext("{who} asked for a manager.") if manager else gettext("{who} had to go higher to be heard.")
        return Told(first=_about(line, words))
    if code in ("custody", "MG711"):  # as it was called up to 0.5.0
        words = gettext("We hold something of {who}, who holds nothing of ours: no offer, no code, no date.")
        return Told(first=_about(line, words), more=(found,) if found else (), tone=Tone.BROKEN)
    first = gettext("A check found something on the case of {who}: {code}.")
    return Told(first=_about(line, first, code=code or "?"), more=(found,) if found else ())


def _contact_proposed(line: NoticeLine, _: Reader) -> Told:
    words = gettext("Somebody we can’t vouch for wrote into the case of {who}.")
    more = gettext("Read it and decide whether it belongs there. Until then it has not joined, and nobody answers.")
    return Told(first=_about(line, words), more=(more, *_why(line)))


def _case_opened(line: NoticeLine, _: Reader) -> Told:
    if line.facts.get("quarantined") is not True:
        return Told(first=_about(line, gettext("A new case is yours: {who}.")))
    more = gettext("It may be a complaint. Look at it and say so; its clock runs.")
    return Told(first=gettext("A message that nobody could place was set aside for you."), more=(more, *_why(line)))


def _case_reopened(line: NoticeLine, _: Reader) -> Told:
    if line.facts.get("unresolved") is True:
        more = gettext("{who} says that it is not resolved. The old dates hold, and it rings one rung higher.")
        first = gettext("The case of {who} is open again.")
        return Told(first=_about(line, first), more=(_about(line, more),), tone=Tone.BROKEN)
    return Told(first=_about(line, gettext("The case of {who} is open again.")))


def _unresolved_said(line: NoticeLine, _: Reader) -> Told:
    words = gettext("{who} says that it is not resolved.")
    return Told(first=_about(line, words), more=(gettext("The case is open, with its old dates."),), tone=Tone.BROKEN)


def _contact_received(line: NoticeLine, _: Reader) -> Told:
    return Told(first=_about(line, gettext("{who} wrote to us.")))


def _mail_not_sent(line: NoticeLine, _: Reader) -> Told:
    words = gettext("What you wrote by mail about the case of {who} was not sent.")
    return Told(first=_about(line, words), more=tuple(_why(line)), tone=Tone.BROKEN)


# ── the desk itself ──────────────────────────────────────────────────────────


def _staff_not_reached(line: NoticeLine, _: Reader) -> Told:
    words = gettext("Our mail to a colleague came back: {address}.").format(address=_fact(line, "address") or "?")
    more = gettext("Alarms for that person reach nobody by mail. Mend the address, or say that the person is away.")
    return Told(first=words, more=(more, *_why(line)), tone=Tone.BROKEN)


def _watch_failed(line: NoticeLine, _: Reader) -> Told:
    words = gettext("Our own watch could not go through the case of {who}, and stepped aside for an hour.")
    more = [gettext("Look at its promises yourself until then: nothing rings on it.")]
    error = _fact(line, "error")
    more += [gettext("What went wrong: {error}").format(error=error)] if error else []
    return Told(first=_about(line, words), more=tuple(more), tone=Tone.BROKEN)


def _canary_missed(line: NoticeLine, reader: Reader) -> Told:
    sent_at = _moment(line, "sent_at")
    sent = [gettext("It was sent {at}.").format(at=reader.long(sent_at))] if sent_at else []
    more = gettext("Customers’ mail may not be reaching us either. Look at the doors.")
    words = gettext("A test complaint that we sent to ourselves has not come back.")
    return Told(first=words, more=(*sent, more), tone=Tone.BROKEN)


def _backup_restored(line: NoticeLine, reader: Reader) -> Told:
    since, until = _moment(line, "since"), _moment(line, "until")
    words = gettext("The desk was put back to an earlier copy of itself.")
    more = [
        gettext("What happened between {since} and {until} is not on record.").format(
            since=reader.long(since), until=reader.long(until)
        )
    ] if since and until else []  # fmt: skip
    more += [
        gettext("Mail that came into a mailbox in these hours comes in again by itself."),
        gettext("Mails that may have gone out in them are not sent again by themselves: look at what is uncertain."),
    ]
    return Told(first=words, more=tuple(more), tone=Tone.BROKEN)


def _door_trouble(line: NoticeLine, _: Reader) -> Told:
    door = _fact(line, "title") or _fact(line, "door") or line.what
    trouble = _fact(line, "trouble") or _fact(line, "error") or _fact(line, "why")
    words = gettext("The door “{door}” has trouble: messages may not be getting in.").format(door=door or "?")
    more = [gettext("What went wrong: {error}").format(error=trouble)] if trouble else []
    return Told(first=words, more=tuple(more), tone=Tone.BROKEN)


def _certificate_ends(line: NoticeLine, reader: Reader) -> Told:
    ends_at = _moment(line, "ends_at")
    server = _fact(line, "server") or "?"
    words = gettext("The certificate of the mail server {server} ends soon.").format(server=server)
    ends = [gettext("It ends {at}.").format(at=reader.long(ends_at))] if ends_at else []
    more = gettext("Without a new one, no mail goes through that server afterwards. Tell whoever looks after it.")
    return Told(first=words, more=(*ends, more), tone=Tone.BROKEN)


def _entitlement_warned(line: NoticeLine, reader: Reader) -> Told:
    ends_at = _moment(line, "expires_at")
    words = gettext("“{title}” of {who} ends soon, and nobody has used it.")
    ends = [gettext("It ends {at}.").format(at=reader.long(ends_at))] if ends_at else []
    more = gettext("It can be extended, or put in other words. Nobody should lose it by waiting.")
    return Told(first=_held(line, words), more=(*ends, more))


def _entitlement_lapsed(line: NoticeLine, _: Reader) -> Told:
    words = gettext("“{title}” of {who} has ended without being used.")
    return Told(first=_held(line, words), tone=Tone.BROKEN)


def _terms_mismatched(line: NoticeLine, _: Reader) -> Told:
    words = gettext("Somebody was about to get less than the terms of “{title}” say. It was stopped.")
    reasons = line.facts.get("reasons")
    why = [recorded.say(reason) for reason in reasons if isinstance(reason, str)] if isinstance(reasons, list) else []
    more = gettext("Everybody who saw these terms is listed as an incident. Decide what they are told.")
    return Told(first=words.format(title=_fact(line, "title")), more=(*why, more), tone=Tone.BROKEN)


def _held(line: NoticeLine, words: str) -> str:
    return words.format(title=_fact(line, "title"), who=_fact(line, "who") or who(line))


def _incident(line: NoticeLine, _: Reader) -> Told:
    first, more, bad = incidents_told.sentences(line.kind, line.facts)
    return Told(first=first, more=more, tone=Tone.BROKEN if bad else Tone.INK)


def _remedy(line: NoticeLine, _: Reader) -> Told:
    said = remedies_told.sentences(line.kind, line.facts)
    return Told(first=_about(line, said.first), more=said.more, tone=Tone.BROKEN if said.bad else Tone.INK)


def _order(line: NoticeLine, _: Reader) -> Told:
    said = orders_told.sentences(line.kind, line.facts)
    return Told(first=_about(line, said.first), more=said.more, tone=Tone.BROKEN if said.bad else Tone.INK)


def _unknown(line: NoticeLine, _: Reader) -> Told:
    if line.case:
        return Told(first=_about(line, gettext("Something happened on the case of {who}: {kind}."), kind=line.kind))
    return Told(first=gettext("Something happened at the desk: {kind}.").format(kind=line.kind))


_KINDS: dict[str, Callable[[NoticeLine, Reader], Told]] = {
    "alarm.raised": _alarm_raised,
    "alarm.missed": _alarm_missed,
    "promise.warned": _promise_warned,
    "handoff.offered": _handoff_offered,
    "handoff.returned": _handoff_returned,
    "owner.changed": _owner_changed,
    "finding.made": _finding_made,
    "contact.proposed": _contact_proposed,
    "contact.received": _contact_received,
    "case.opened": _case_opened,
    "case.reopened": _case_reopened,
    "unresolved.said": _unresolved_said,
    "watch.failed": _watch_failed,
    "canary.missed": _canary_missed,
    "backup.restored": _backup_restored,
    "door.trouble": _door_trouble,
    "certificate.ends": _certificate_ends,
    "entitlement.warned": _entitlement_warned,
    "entitlement.lapsed": _entitlement_lapsed,
    "terms.mismatched": _terms_mismatched,
    "mail.not_sent": _mail_not_sent,
    "staff.not_reached": _staff_not_reached,
    **dict.fromkeys(remedies_told.KINDS, _remedy),
    **dict.fromkeys(orders_told.KINDS, _order),
    **dict.fromkeys(incidents_told.KINDS, _incident),
}


# ── reading a notice ─────────────────────────────────────────────────────────


def who(line: NoticeLine) -> str:
    """Return the customer's name, or words for somebody whose name we don't know."""
    return line.who or gettext("a customer")


def _about(line: NoticeLine, words: str, **gaps: object) -> str:
    """Fill a sentence of ours; what fills it is never itself read as one."""
    said = words.format(who=who(line), **gaps)
    return said if line.who else said[:1].upper() + said[1:]


def _why(line: NoticeLine) -> Iterator[str]:
    why = recorded.say(_fact(line, "why"))
    if why:
        yield gettext("Why: {why}").format(why=why)


def _names(names: tuple[str, ...]) -> str:
    *others, last = names
    return gettext("{names} and {last}").format(names=", ".join(others), last=last) if others else last


def _fact(line: NoticeLine, key: str) -> str:
    found = line.facts.get(key)
    return found if isinstance(found, str) else ""


def _moment(line: NoticeLine, key: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(_fact(line, key))
    except ValueError:
        return None
    return found if found.tzinfo else None
