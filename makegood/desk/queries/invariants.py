"""P1–P8: what the house promises itself, each as a question the live database can answer.

`docs/guarantees.md` says the same in words. Nothing here changes anything and
nothing takes the desk out of service: every question is asked in batches or
by a query that counts. Each function takes `now` and returns a Verdict.

What the database answers is asked of all rows. Where cases have to be
recomputed one by one, `part` says which (all, unless somebody says otherwise),
and the verdict's note how many these were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Length, StrIndex

from makegood import config
from makegood.desk import facts, models
from makegood.rules import rounds
from makegood.rules.spans import due_at

from . import books, coverage, history, seals, times
from .coverage import Coverage
from .verdicts import Verdict, Violation, verdict

READ_WITHIN = timedelta(minutes=15)
"""A stored message that nobody has judged after this long lies dead."""
Passed = Callable[[int], None]
"""Hears of so many more cases that were recomputed."""
_State = models.InboxItem.State
_Sent = models.OutboxItem.State
_NOTE_WORTH = 24
"""Characters from which a note's words in a letter are no coincidence."""


def nobody_counts(_cases: int) -> None:
    """Nobody wants to know how far it is."""


# ── P1 ───────────────────────────────────────────────────────────────────────


def no_message_lost(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001  (all eight are asked alike)
    """P1. Everything ever accepted is joined to a case, set aside with an owner, or stopped with a reason."""
    items = models.InboxItem.objects
    return verdict("P1", "No message lost", _lost(now), looked_at=items.count())


def _lost(now: datetime) -> Iterator[Violation]:
    items = models.InboxItem.objects.order_by("pk")
    for item in items.filter(raw=None).iterator():
        yield Violation(what=f"item {item.pk} has no raw bytes", since=item.stored_at)
    for item in items.filter(state=_State.STORED, stored_at__lt=now - READ_WITHIN).iterator():
        yield Violation(what=f"item {item.pk} was stored and never judged", since=item.stored_at)
    for item in items.filter(state=_State.SUPPRESSED, why="", code="").iterator():
        yield Violation(what=f"item {item.pk} was stopped without a reason", since=item.settled_at)
    contact = models.Contact.objects.filter(item=OuterRef("pk"))
    without = items.filter(~Exists(contact))
    for item in without.filter(state=_State.JOINED, same_as=None, code="").iterator():
        yield Violation(what=f"item {item.pk} counts as joined and is on no case", since=item.settled_at)
    for item in without.filter(state=_State.QUARANTINED).iterator():
        yield Violation(what=f"item {item.pk} counts as set aside and is on no case", since=item.settled_at)
    dead = models.Case.objects.filter(quarantined=True, open=True, promises=None)
    for case in dead.iterator():
        yield Violation(what="it is set aside without a clock", case=case.number, since=case.opened_at)


# ── P2 ───────────────────────────────────────────────────────────────────────


def none_twice(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001
    """P2. Nothing is taken in twice, nothing counts as sent twice, and one mail has one Message-ID for ever."""
    looked_at = models.InboxItem.objects.count() + models.OutboxItem.objects.count()
    part = part or coverage.everything()
    return verdict("P2", "None twice", _twice(part), looked_at=looked_at)


def _twice(part: Coverage) -> Iterator[Violation]:
    items = models.InboxItem.objects
    for way, source, count in _more_than_one(items.order_by(), "way", "source_id"):
        yield Violation(what=f"{way} {source} was taken in {count} times")
    contacts = models.Contact.objects.exclude(item=None).order_by()
    for item, count in _more_than_one(contacts, "item"):
        yield Violation(what=f"item {item} became {count} contacts")
    for message_id, count in _more_than_one(models.OutboxItem.objects.order_by(), "message_id"):
        yield Violation(what=f"{count} mails carry the Message-ID {message_id}")
    taken = models.Entry.objects.filter(name="contact.accepted").order_by()
    for case, contact, count in _more_than_one(taken, "case", "facts__contact"):
        number = models.Case.objects.values_list("number", flat=True).get(pk=int(str(case)))
        yield Violation(what=f"contact {contact} counts as accepted {count} times", case=number)
    yield from _renamed(part)
    hidden = models.OutboxItem.objects.filter(state=_Sent.UNCERTAIN, contact__isnull=False)
    for mail in hidden.exclude(contact__standing=models.Contact.Standing.UNCERTAIN).iterator():
        yield Violation(what=f"mail {mail.pk} may have arrived, and its letter does not say so", since=mail.settled_at)


def _more_than_one(rows: object, *by: str) -> Iterator[tuple[object, ...]]:
    grouped = rows.values(*by).annotate(times=Count("pk")).filter(times__gt=1)  # type: ignore[attr-defined]
    yield from grouped.values_list(*by, "times").iterator()


def _renamed(part: Coverage) -> Iterator[Violation]:
    mails = models.OutboxItem.objects.order_by("pk").values_list("pk", "message_id", "body")
    for first, end in part.slice_of(models.OutboxItem):
        for pk, message_id, body in mails.filter(pk__gte=first, pk__lt=end).iterator(chunk_size=100):
            head = bytes(body).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
            if message_id.encode() not in head:
                yield Violation(what=f"mail {pk} is not headed by its Message-ID")


# ── P3, P7 ───────────────────────────────────────────────────────────────────


def no_promise_missed_silently(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001
    """P3. Each promise is ahead, kept, or was told to a human in time; where not, the slip is on the record."""
    looked_at = models.Promise.objects.count()
    return verdict("P3", "No promise missed silently", times.missed_silently(now), looked_at=looked_at)


def every_time_recomputes(
    *,
    now: datetime,  # noqa: ARG001
    part: Coverage | None = None,
    passed: Passed = nobody_counts,
) -> Verdict:
    """P7. Each due of a clock follows from its policy, calendar, beginning and pauses."""
    part = part or coverage.everything()
    looked_at = models.Promise.objects.filter(said=False).count() if part.is_first else 0
    title = "Every time can be recomputed"
    return verdict("P7", title, times.unexplained(part, passed=passed), looked_at=looked_at, note=part.says())


# ── P4 ───────────────────────────────────────────────────────────────────────


def no_answer_to_the_wrong_person(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001
    """P4. What went out for a case went to its own customer or to staff, and holds no internal note."""
    mails = models.OutboxItem.objects.exclude(case=None).exclude(purpose="notice")
    return verdict("P4", "No answer to the wrong person", _astray(), looked_at=mails.count())


def _astray() -> Iterator[Violation]:
    mails = models.OutboxItem.objects.order_by("pk").select_related("case")
    his = models.CustomerAddress.objects.filter(
        customer=OuterRef("case__customer"), value__iexact=OuterRef("to_address")
    )
    wrote = models.Contact.objects.filter(
        case=OuterRef("case"), direction="in", standing="joined", from_address__iexact=OuterRef("to_address")
    )
    outward = mails.exclude(case=None).exclude(purpose="notice")
    for mail in outward.filter(~Exists(his), ~Exists(wrote)).defer("body").iterator():
        number = mail.case.number if mail.case else ""
        yield Violation(what=f"mail {mail.pk} went to nobody of this case", case=number, since=mail.written_at)
    ours = models.Staff.objects.filter(email__iexact=OuterRef("to_address"))
    for mail in mails.filter(~Exists(ours), purpose="notice").defer("body").iterator():
        yield Violation(what=f"notice {mail.pk} went to nobody who works here", since=mail.written_at)
    said = models.Contact.objects.filter(
        case=OuterRef("case"), direction="out", received_at__gte=OuterRef("written_at")
    )
    leaked = said.annotate(place=StrIndex("text", OuterRef("text"))).filter(place__gt=0)
    notes = models.Note.objects.annotate(length=Length("text")).filter(length__gte=_NOTE_WORTH)
    for note in notes.filter(Exists(leaked)).select_related("case").order_by("pk").iterator():
        yield Violation(what=f"note {note.pk} stands in a letter", case=note.case.number, since=note.written_at)


# ── P5 ───────────────────────────────────────────────────────────────────────


def no_money_twice(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001
    """P5. Each remedy is paid once at most, the books sum to zero, and authority spent is what was approved."""
    return verdict("P5", "No money twice", books.wrong(), looked_at=books.looked_at())


# ── P6 ───────────────────────────────────────────────────────────────────────


def always_an_owner(*, now: datetime, part: Coverage | None = None) -> Verdict:  # noqa: ARG001
    """P6. Each open case has one active owner who is in, or somebody who is in takes it; and a running clock."""
    cases = models.Case.objects.filter(open=True)
    return verdict("P6", "Always an owner, never dead", _dead(now), looked_at=cases.count())


def _dead(now: datetime) -> Iterator[Violation]:
    cases = models.Case.objects.filter(open=True).select_related("owner", "policy").order_by("pk")
    for case in cases.filter(owner__is_active=False).iterator():
        yield Violation(what=f"its owner {case.owner} has left", case=case.number, since=case.owner.left_at)
    for case in cases.filter(wakes_at=None).iterator():
        yield Violation(what="nothing will ever happen to it", case=case.number)
    owed = models.Promise.objects.filter(case=OuterRef("pk"), outstanding=True)
    for case in cases.filter(~Exists(owed), ball_until=None).iterator():
        yield Violation(what="nothing is owed on it and it is nobody's turn", case=case.number)
    for case in cases.filter(crashed_until__gt=now).iterator():
        yield Violation(what="it made the watch fail and rings on nobody until then", case=case.number)
    away = models.Absence.objects.filter(staff=OuterRef("owner"), from_at__lte=now)
    people = facts.people()
    for case in cases.filter(Exists(away.filter(Q(to_at=None) | Q(to_at__gt=now)))).iterator():
        house = facts.house(case.policy, people)
        moment = rounds.next_moment(facts.case(case), house, now=now)
        limit = house.policy.alarm_limit
        hours = house.hours(house.policy.default_calendar)
        if moment and due_at(limit, moment.at, hours) < now:
            yield Violation(
                what=f"its owner {case.owner} is away, and its hour came and went", case=case.number, since=moment.at
            )


# ── P8 ───────────────────────────────────────────────────────────────────────


def history_is_straight(
    *,
    now: datetime,  # noqa: ARG001
    part: Coverage | None = None,
    passed: Passed = nobody_counts,
) -> Verdict:
    """P8. Chains and seals hold, no broken promise became kept, and every row shows what its journal says."""
    part = part or coverage.everything()
    looked_at = models.Entry.objects.count() if part.is_first else 0
    note = f"chains held together for all, {part.says()}, the newest {seals.SEALS} seals too"
    return verdict("P8", "History can't be bent", _bent(part, passed), looked_at=looked_at, note=note)


def _bent(part: Coverage, passed: Passed) -> Iterator[Violation]:
    if part.is_first:
        for fault in history.bent_house():
            yield Violation(what=f"the house's own journal: {fault}")
        for fault in seals.bent_seals(config.home() / "anchors.log"):
            yield Violation(what=fault)
        lost = models.Promise.objects.filter(said=True).exclude(due_at=F("first_due_at"))
        for promise in lost.select_related("case").iterator():
            what = f"promise {promise.number} was said and its date moved"
            yield Violation(what=what, case=promise.case.number)
    for case, fault in history.bent_cases(part, passed=passed):
        yield Violation(what=fault, case=case.number)


INVARIANTS: tuple[Callable[..., Verdict], ...] = (
    no_message_lost,
    none_twice,
    no_promise_missed_silently,
    no_answer_to_the_wrong_person,
    no_money_twice,
    always_an_owner,
    every_time_recomputes,
    history_is_straight,
)


def ask_all(*, now: datetime) -> list[Verdict]:
    """Ask all eight, P1 to P8."""
    return [invariant(now=now) for invariant in INVARIANTS]
