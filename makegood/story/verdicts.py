"""Whether a story came out as it should: one small function for each thing that can be expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from makegood.desk import models

from .deeds import Deeds
from .incident_verdicts import IncidentVerdicts
from .programme_verdicts import ProgrammeVerdicts
from .remedy_verdicts import RemedyVerdicts
from .script import Expectation

_RUNGS = ("owner", "lead", "head", "executive")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One expectation and what was found."""

    expectation: Expectation
    good: bool
    found: str


class Judge(RemedyVerdicts, ProgrammeVerdicts, IncidentVerdicts):
    """Looks at the desk as it stands and compares."""

    def __init__(self, deeds: Deeds, zone: str) -> None:
        self.deeds, self.world, self.zone = deeds, deeds.world, ZoneInfo(zone)

    def judge(self, expectation: Expectation) -> Verdict:
        """Return whether the expectation holds now, with what was found instead."""
        good, found = getattr(self, f"_{expectation.check}")(expectation.wanted)
        return Verdict(expectation=expectation, good=good, found=found)

    def _moment(self, text: Any) -> datetime:
        return datetime.fromisoformat(str(text)).replace(tzinfo=self.zone)

    def _say(self, at: datetime | None) -> str:
        return at.astimezone(self.zone).strftime("%a %d %b %H:%M %Z") if at else "never"

    # ── who heard ────────────────────────────────────────────────────────────

    def _alarms(self, wanted: Any) -> list[models.Alarm]:
        rung = _RUNGS.index(wanted["to"]) if wanted.get("to") in _RUNGS else None
        alarms = models.Alarm.objects.filter(missed=False).prefetch_related("to").order_by("told_at")
        if "case" in wanted:
            alarms = alarms.filter(case=self.deeds._case(int(wanted["case"])))
        return [a for a in alarms if rung is None or a.rung == rung]

    def _alarm(self, wanted: Any) -> tuple[bool, str]:
        """alarm: {to: lead, first_at: 2026-03-04 10:00, person: marta, about: words}"""
        alarms = self._alarms(wanted)
        if "about" in wanted:
            alarms = [a for a in alarms if self._is_about(a, str(wanted["about"]))]
        if "person" in wanted:
            person = self.world.cast[wanted["person"]]
            alarms = [a for a in alarms if person in a.to.all()]
        first = alarms[0] if alarms else None
        good = first is not None and ("first_at" not in wanted or first.due_at == self._moment(wanted["first_at"]))
        told = ", ".join(s.name for s in first.to.all()) if first else "nobody"
        return good, f"{told} heard first {self._say(first.due_at if first else None)}"

    def _is_about(self, alarm: models.Alarm, words: str) -> bool:
        about = alarm.case.promises.filter(number__in=alarm.numbers)
        return any(words in (p.kind, p.words) or words.lower() in p.words.lower() for p in about)

    def _no_alarm(self, wanted: Any) -> tuple[bool, str]:
        alarms = self._alarms(wanted if isinstance(wanted, dict) else {})
        return not alarms, f"{len(alarms)} alarms, the first {self._say(alarms[0].due_at if alarms else None)}"

    def _warned(self, wanted: Any) -> tuple[bool, str]:
        """warned: {about: words, at: …}: the owner heard before it broke."""
        promise = self.deeds._promise(str(wanted["about"]))
        entries = promise.case.journal.filter(name="promise.warned", facts__number=promise.number)
        at = [entry.at for entry in entries]
        good = self._moment(wanted["at"]) in at if "at" in wanted else bool(at)
        return good, f"warned {', '.join(map(self._say, at)) or 'never'}"

    def _head_start(self, wanted: Any) -> tuple[bool, str]:
        """head_start: {of: head, before: 2026-03-17 10:00, days: 10}: how long before the customer had to shout."""
        alarms = self._alarms({"to": wanted["of"]})
        if not alarms:
            return False, f"{wanted['of']} never heard"
        lead = self._moment(wanted["before"]) - alarms[0].due_at
        return lead >= timedelta(days=float(wanted["days"])), f"{lead / timedelta(days=1):.1f} days"

    # ── the case ─────────────────────────────────────────────────────────────

    def _cases(self, wanted: Any) -> tuple[bool, str]:
        count = models.Case.objects.count()
        return count == wanted, f"{count} cases"

    def _contacts(self, wanted: Any) -> tuple[bool, str]:
        count = self.deeds._case().contacts.filter(direction="in", standing="joined").count()
        return count == wanted, f"{count} contacts from the customer"

    def _owner(self, wanted: Any) -> tuple[bool, str]:
        name, number = (wanted, 1) if isinstance(wanted, str) else (wanted["is"], int(wanted.get("case", 1)))
        owner = self.deeds._case(number).owner
        good = owner.role == name if name in ("agent", "lead", "head", "executive") else owner == self.world.cast[name]
        return good, f"{owner.name} owns it"

    def _open(self, wanted: Any) -> tuple[bool, str]:
        case = self.deeds._case()
        return case.open is bool(wanted), "open" if case.open else "closed"

    def _ball(self, wanted: Any) -> tuple[bool, str]:
        case = self.deeds._case()
        return case.ball == wanted, f"the ball is with {case.ball}"

    def _promise(self, wanted: Any) -> tuple[bool, str]:
        """promise: {about: words or kind, due: …, near: …, state: …, source: …, said: true, ancestor: words}"""
        promise = self.deeds._promise(str(wanted["about"]))
        wrong = []
        for key, field in (("due", "due_at"), ("near", "near_at")):
            if key in wanted and getattr(promise, field) != self._moment(wanted[key]):
                wrong.append(f"{key} {self._say(getattr(promise, field))}")
        for key in ("state", "source", "said", "shown"):
            if key in wanted and getattr(promise, key) != wanted[key]:
                wrong.append(f"{key} {getattr(promise, key)}")
        if "ancestor" in wanted and (not promise.ancestor or wanted["ancestor"] not in promise.ancestor.words):
            wrong.append(f"ancestor {promise.ancestor.words if promise.ancestor else 'none'}")
        shown = f"{promise.state}, due {self._say(promise.due_at)}"
        return not wrong, "; ".join(wrong) or shown

    def _finding(self, wanted: Any) -> tuple[bool, str]:
        """finding: MG202, or {code: MG202, at: …}"""
        code = wanted["code"] if isinstance(wanted, dict) else wanted
        found = models.Entry.objects.filter(name="finding.made", facts__code=code).order_by("at")
        at = [entry.at for entry in found]
        good = bool(at) and (not isinstance(wanted, dict) or "at" not in wanted or self._moment(wanted["at"]) in at)
        return good, f"{code} {', '.join(map(self._say, at)) or 'never'}"

    def _no_finding(self, wanted: Any) -> tuple[bool, str]:
        good, found = self._finding(wanted)
        return not good, found

    def _handoffs(self, wanted: Any) -> tuple[bool, str]:
        """handoffs: {accepted: {lte: 1}, returned: 1}"""
        handoffs = models.Handoff.objects.all()
        counts = {
            "offered": handoffs.count(),
            "accepted": handoffs.exclude(accepted_at=None).count(),
            "returned": handoffs.exclude(returned_at=None).count(),
        }
        return all(_fits(counts[key], value) for key, value in wanted.items()), str(counts)

    def _same_dates(self, wanted: Any) -> tuple[bool, str]:
        """same_dates: [1, 2]: every clock of these cases has the same length, whoever wrote and whoever is at fault."""
        lengths = []
        for number in wanted:
            case = self.deeds._case(int(number))
            made = case.promises.order_by("number")
            lengths.append([(p.kind, p.first_due_at - p.from_at) for p in made])
        return all(found == lengths[0] for found in lengths), f"{len(lengths[0])} clocks each"

    def _policy_refuses(self, wanted: Any) -> tuple[bool, str]:
        """policy_refuses: {adds: TOML, because: words}: such a policy does not load."""
        from makegood.config import shipped
        from makegood.rules import policy_file

        try:
            policy_file.read(shipped.demo_policy() + "\n" + wanted["adds"], version=1, name="a story's")
        except policy_file.PolicyErrors as errors:
            text = policy_file.format_errors(errors.errors)
            return str(wanted["because"]) in text, text
        return False, "it loads"

    def _attachments(self, wanted: Any) -> tuple[bool, str]:
        names = sorted(models.Attachment.objects.values_list("name", flat=True))
        return names == sorted(wanted), f"attachments: {', '.join(names) or 'none'}"

    def _slipped(self, wanted: Any) -> tuple[bool, str]:
        case = self.deeds._case()
        return (case.slipped_at is not None) is bool(wanted), f"slipped {self._say(case.slipped_at)}"

    # ── what was said ────────────────────────────────────────────────────────

    def _mail(self, wanted: Any) -> tuple[bool, str]:
        """mail: {to: address or name, says: words, lacks: words, count: 1, subject: words}"""
        to = str(wanted["to"])
        address = to if "@" in to else self.world.cast[to].email
        mails = self.world.mails_to(address)
        for key in ("says", "subject"):
            if key in wanted:
                mails = [m for m in mails if str(wanted[key]) in _flat(m.text if key == "says" else m.subject)]
        if "lacks" in wanted:
            mails = [m for m in mails if str(wanted["lacks"]) in _flat(m.text)]
            return not mails, f"{len(mails)} mails to {to} say it"
        return _fits(len(mails), wanted.get("count", {"gte": 1})), f"{len(mails)} such mails to {to}"

    def _page_shows(self, wanted: Any) -> tuple[bool, str]:
        """page_shows: {who: address, words: …}: on the customer's own page, through HTTP."""
        page = _flat(_without_tags(self.deeds.page(wanted["who"])))
        words = wanted["words"] if isinstance(wanted["words"], list) else [wanted["words"]]
        lacking = [w for w in words if w not in page]
        return not lacking, f"the page lacks {lacking}" if lacking else "shown"

    def _page_lacks(self, wanted: Any) -> tuple[bool, str]:
        page = _flat(_without_tags(self.deeds.page(wanted["who"])))
        return wanted["words"] not in page, "shown" if wanted["words"] in page else "not shown"

    def _refused(self, wanted: Any) -> tuple[bool, str]:
        codes = [code for _, code, _ in self.deeds.refused]
        return wanted in codes, f"refused: {', '.join(codes) or 'nothing'}"

    def _event(self, wanted: Any) -> tuple[bool, str]:
        """event: {name: owner.changed, count: 1, facts: {why: handoff budget}}"""
        entries = models.Entry.objects.filter(name=wanted["name"])
        for key, value in (wanted.get("facts") or {}).items():
            entries = entries.filter(**{f"facts__{key}": value})
        count = entries.count()
        return _fits(count, wanted.get("count", {"gte": 1})), f"{wanted['name']} happened {count} times"

    def _never(self, wanted: Any) -> tuple[bool, str]:
        count = models.Entry.objects.filter(name=wanted).count()
        return count == 0, f"{wanted} happened {count} times"


def _fits(count: int, wanted: Any) -> bool:
    if not isinstance(wanted, dict):
        return bool(count == wanted)
    return all({"gte": count >= value, "lte": count <= value}[key] for key, value in wanted.items())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _without_tags(page: str) -> str:
    import html
    import re

    return html.unescape(re.sub(r"<[^>]*>", " ", page))
