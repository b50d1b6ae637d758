"""What happened, told in a sentence: the events of a case's journal that a reader wants to know."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from makegood.desk.queries.timeline import Line
from makegood.notify import recorded
from makegood.rules.policy import Policy

from . import told_remedies, words

Telling = tuple[str, str, str, str]
"""Look, icon, title and text of a mark."""


def event(line: Line, policy: Policy) -> Telling | None:
    """Return how one event is told, or None for one that is drawn in another way."""
    assert line.event is not None
    tell = _TELLINGS.get(line.event.name) or _ABOUT_A_PROMISE.get(line.event.name)
    if tell is None:
        return None
    look, icon, title, text = tell(line)
    if line.event.name in _ABOUT_A_PROMISE:
        text = f"{text} {_promise(line, policy)}".strip()
    return look, icon, title, text


def _promise(line: Line, policy: Policy) -> str:
    """The words of the promise an event is about, or what its clock is called."""
    if line.promise is None:
        return ""
    if line.promise.words:
        return _("“{words}”").format(words=line.promise.words)
    return words.clock_title(line.promise.kind, policy)


def _by(line: Line) -> str:
    return line.event.by.name if line.event and line.event.by else ""


def _fact(line: Line, name: str) -> str:
    return str((line.facts or {}).get(name) or "")


def _recorded(line: Line, name: str) -> str:
    """A fact that the desk put into English words, in the reader's language."""
    return recorded.say(_fact(line, name))


def _people(line: Line) -> str:
    return ", ".join(name for name in line.people if name)


def _judged(line: Line) -> Telling:
    if (line.facts or {}).get("genuine"):
        return "sys", "tick", _("A complaint."), _("Its clocks run from when it came in. {who}").format(who=_by(line))
    return "sys", "cross", _("No complaint."), f"{_fact(line, 'why')} {_by(line)}".strip()


def _closed(line: Line) -> Telling:
    return "sys", "tick", _("Closed"), _("by {who}").format(who=_by(line)) if _by(line) else ""


def _reopened(line: Line) -> Telling:
    if (line.facts or {}).get("unresolved"):
        return "bad", "warn", _("Opened again."), _("The customer says that it is not resolved.")
    return "sys", "next", _("Opened again"), _("by {who}").format(who=_by(line)) if _by(line) else ""


def _repinned(line: Line) -> Telling:
    return "sys", "note", _("Goes on under another version of the policy."), _fact(line, "why")


def _why_and_by(line: Line) -> str:
    return ", ".join(filter(None, (_fact(line, "why"), _by(line)))) + "."


def _merged(line: Line) -> Telling:
    return "sys", "next", _("Goes on in another case."), _why_and_by(line)


def _absorbed(line: Line) -> Telling:
    text = _("by {who}. What is owed there is owed here.").format(who=_by(line)) if _by(line) else ""
    return "sys", "next", _("Another case goes on here."), text


def _parted(line: Line) -> Telling:
    text = _("by {who}").format(who=_by(line)) if _by(line) else ""
    return "sys", "split", _("Two cases that were one are two again."), text


def _refused(line: Line) -> Telling:
    in_doubt = _fact(line, "why").startswith("not known whether it arrived")
    again = "" if in_doubt or (line.facts or {}).get("final") else _("It is tried again.")
    return "bad", "warn", _("Customer not reached."), f"{_recorded(line, 'why')} {again}".strip()


def _cleared(line: Line) -> Telling:
    if (line.facts or {}).get("arrived"):
        return "sys", "tick", _("It arrived after all."), _why_and_by(line)
    return "sys", "next", _("Sent once more, as the same mail."), _("by {who}").format(who=_by(line))


def _bounced(line: Line) -> Telling:
    return (
        "bad",
        "warn",
        _("Our mail came back."),
        _("{why} What it had kept is owed again.").format(why=_recorded(line, "why")),
    )


def _broken(_line: Line) -> Telling:
    return "bad", "box", _("Promise broken."), ""


def _kept(line: Line) -> Telling:
    return "sys", "tick", _("Promise kept."), _fact(line, "why")


def _released(_line: Line) -> Telling:
    return "sys", "ring", _("Released by the customer."), ""


def _replaced(_line: Line) -> Telling:
    return "sys", "next", _("Replaced by a new promise."), ""


def _recomputed(line: Line) -> Telling:
    title = _("Due sooner.") if (line.facts or {}).get("moved") else _("It would be due at another time today.")
    return "sys", "clock", title, _fact(line, "why")


def _warned(line: Line) -> Telling:
    text = _("{who} was reminded before it falls due.").format(who=_people(line))
    return "sys", "bell", "", text


def _alarm(line: Line) -> Telling:
    rung = int((line.facts or {}).get("rung") or 0) + 1
    return "sys", "bell", _("Rung {rung}:").format(rung=rung), _("{who} was told.").format(who=_people(line))


def _missed(line: Line) -> Telling:
    rung = int((line.facts or {}).get("rung") or 0) + 1
    text = _("Our own watch stood still when rung {rung} was due.").format(rung=rung)
    return "bad", "warn", _("Nobody was told."), text


def _acknowledged(line: Line) -> Telling:
    return "sys", "hand", "", _("{who} said “I have it”.").format(who=_by(line))


def _offered(line: Line) -> Telling:
    return "sys", "hand", "", _("{who} offered the case to {to}.").format(who=_by(line), to=_people(line))


def _returned(line: Line) -> Telling:
    why = _recorded(line, "why")
    who = _by(line)
    text = (
        _("{who} sent it back. {why}").format(who=who, why=why) if who else _("The offer ended: {why}.").format(why=why)
    )
    return "sys", "hand", "", text


def _owner_changed(line: Line) -> Telling:
    whys = {
        "handoff": _("accepted"),
        "absent": _("the owner is away"),
        "left": _("the owner left"),
        "handoff budget": _("it was passed around often enough"),
    }
    why = _fact(line, "why")
    text = _("{who} owns the case now: {why}.").format(who=_people(line), why=whys.get(why, why))
    return "sys", "hand", "", text


def _manager(_line: Line) -> Telling:
    return "bad", "rung", _("The customer asked for a manager."), ""


def _unresolved(_line: Line) -> Telling:
    return "bad", "warn", _("Not resolved,"), _("says the customer.")


def _finding(line: Line) -> Telling:
    code = _fact(line, "code")
    evidence = _recorded(line, "evidence")
    return "bad", "warn", f"{words.FINDINGS.get(code, code)}.", evidence[:1].upper() + evidence[1:]


_TELLINGS: dict[str, Callable[[Line], Telling]] = {
    "case.judged": _judged,
    "case.closed": _closed,
    "case.reopened": _reopened,
    "case.repinned": _repinned,
    "case.merged": _merged,
    "contact.cleared": _cleared,
    "case.absorbed": _absorbed,
    "case.parted": _parted,
    "case.divided": _parted,
    "contact.refused": _refused,
    "contact.bounced": _bounced,
    "alarm.acknowledged": _acknowledged,
    "handoff.offered": _offered,
    "handoff.returned": _returned,
    "owner.changed": _owner_changed,
    "manager.asked": _manager,
    "unresolved.said": _unresolved,
    "finding.made": _finding,
    **told_remedies.TELLINGS,
}
"""Pauses are missing on purpose: they are drawn as stretches of the spine."""

_ABOUT_A_PROMISE: dict[str, Callable[[Line], Telling]] = {
    "promise.recomputed": _recomputed,
    "promise.broken": _broken,
    "promise.kept": _kept,
    "promise.released": _released,
    "promise.replaced": _replaced,
    "promise.warned": _warned,
    "alarm.raised": _alarm,
    "alarm.missed": _missed,
}
"""Those whose sentence ends with the promise they are about."""
