"""What a private link may show of its case: the customer's own page, and not a line more.

Everything starts from the link. It shows what this customer wrote and what we
said to him: contacts that joined, replies that his mail server accepted,
promises that were said or that the policy shows. Notes, proposed messages,
messages of other people, alarms and the house's own nudges are not read here
at all, so no template can show them by mistake (A-49).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from makegood.desk import facts, models
from makegood.rules import clocks, escalation, spans
from makegood.rules.cases import Ball
from makegood.rules.cases import Case as CaseFacts
from makegood.rules.escalation import House
from makegood.rules.policy import Policy, Source
from makegood.rules.promises import Promise as PromiseFacts
from makegood.rules.promises import State

from . import merged
from .board import due_at as due_as_it_stands

MANAGER = "manager"
CONFIRMED = "confirmed"
"""The kind of a message by which the customer said that it is right again."""
MINE = Q(direction="in", standing=models.Contact.Standing.JOINED)
OURS = Q(direction="out", standing=models.Contact.Standing.ACCEPTED)
SAID_AT = Coalesce("accepted_at", "received_at")
"""When it was said: ours once his server had taken it, his when it came."""
AUTOMATIC_MAILS = ("acknowledgement", "closing")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One promise as the customer may see it, and what became of it."""

    number: int
    kind: str
    words: str
    """As they were said; empty for a clock of the policy."""
    title: str
    """What the policy calls its clock."""
    source: str
    by: str
    said: bool
    zone: str
    """Where it was said, so that "17:00" can be said again on the customer's clock."""
    state: State
    outstanding: bool
    said_at: datetime
    due_at: datetime
    near_at: datetime | None
    pauses: tuple[tuple[datetime, datetime | None], ...]
    paused: bool
    broken_at: datetime | None
    kept_at: datetime | None
    released_at: datetime | None
    replaced_at: datetime | None
    successor: str = ""
    """The words of the promise that took its place."""
    heard_at: datetime | None = None
    """When a person of ours first wrote to him after it broke."""

    @property
    def by_person(self) -> bool:
        return self.said and self.source == str(Source.PERSON)

    @property
    def releasable(self) -> bool:
        """Whether the customer may let us off it: a promise that a person made and still owes."""
        return self.by_person and self.outstanding

    def overdue(self, now: datetime) -> bool:
        return self.outstanding and (self.broken_at is not None or self.due_at <= now)


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing in "everything said so far"."""

    at: datetime
    contact: models.Contact | None = None
    mine: bool = False
    """The customer's own."""
    automatic: str = ""
    """For a mail that the desk wrote by itself: its purpose."""

    @property
    def files(self) -> Iterable[models.Attachment]:
        return self.contact.attachments.all() if self.contact else ()


@dataclass(frozen=True, kw_only=True)
class Higher:
    """Who hears when the customer asks for a manager, and by when that person answers."""

    person: models.Staff | None
    due_at: datetime | None
    asked_at: datetime | None = None
    """When he asked, if no manager has answered yet."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """By when a message written now is answered."""

    due_at: datetime | None
    waiting_since: datetime | None = None
    """An older message of his that has no answer yet; writing again moves no date."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything the customer's page says."""

    link: models.Link
    case: models.Case
    policy: Policy
    owner: models.Staff
    open: bool
    ball: Ball
    ball_until: datetime | None
    asked: bool
    """We asked him something and wait for it."""
    next: Shown | None
    """The next date: of what runs, what is due first; if nothing runs, what is most overdue."""
    owed: tuple[Shown, ...]
    """What else we owe him, the overdue first."""
    before: tuple[Shown, ...]
    """What is over, newest first."""
    quiet: tuple[Shown, ...]
    """What nobody said in person and was kept in time, newest first."""
    talk: tuple[Said, ...]
    """Newest first."""
    earlier: int
    """How many messages there are before those of `talk`."""
    earliest_at: datetime | None
    higher: Higher
    answer: Answer
    confirmed_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    """Who closed it; empty while it is open."""

    @property
    def promises(self) -> tuple[Shown, ...]:
        """Every promise on the page, what is owed first."""
        return (*((self.next,) if self.next else ()), *self.owed, *self.before, *self.quiet)


def is_theirs(link: models.Link) -> bool:
    """Return whether the link's customer still takes part in its case; a removed one's link opens nothing."""
    return link.customer_id is not None and link.customer_id == link.case.customer_id


def page(link: models.Link, *, now: datetime, show: int = 6) -> Page:
    """Return what the link shows at `now`, with the newest `show` messages."""
    case = link.case
    story, house = facts.case(case), facts.house(case.policy)
    promises = _promises(link, story, house, now=now)
    owed = sorted((p for p in promises if p.outstanding), key=lambda p: (not p.overdue(now), p.due_at, not p.said))
    runs = [p for p in owed if not p.overdue(now)]
    first = next(iter(runs or owed), None)
    over = sorted((p for p in promises if not p.outstanding), key=lambda p: p.said_at, reverse=True)
    talk, earlier, earliest_at = _talk(link, show=show)
    return Page(
        link=link,
        case=case,
        policy=house.policy,
        owner=case.owner,
        open=story.open,
        ball=story.ball,
        ball_until=story.ball_until,
        asked=bool(story.asked) and story.ball is Ball.CUSTOMER,
        next=first,
        owed=tuple(p for p in owed if p is not first),
        before=tuple(p for p in over if not _is_quiet(p)),
        quiet=tuple(p for p in over if _is_quiet(p)),
        talk=talk,
        earlier=earlier,
        earliest_at=earliest_at,
        higher=_higher(link, story, house, now=now),
        answer=_answer(story, house, now=now),
        confirmed_at=_confirmed_at(link, story),
        closed_at=story.closed_at,
        closed_by="" if story.open else _closed_by(case),
    )


def _closed_by(case: models.Case) -> str:
    last = case.journal.filter(name="case.closed").select_related("by").order_by("-seq").first()
    return last.by.name if last and last.by else case.owner.name


def promise(link: models.Link, number: int, *, now: datetime) -> Shown:
    """Return one promise that the page shows. Raises Http404 for any other number."""
    house = facts.house(link.case.policy)
    for shown in _promises(link, facts.case(link.case), house, now=now):
        if shown.number == number:
            return shown
    raise Http404


def attachment(link: models.Link, pk: int) -> models.Attachment:
    """Return a file of a message that the page shows. Raises Http404 for every other file."""
    found = models.Attachment.objects.filter(pk=pk, contact__in=_contacts(link)).first()
    if found is None:
        raise Http404
    return found


def house_name(link: models.Link) -> str:
    """Return how the house calls itself in the policy of this case."""
    return facts.policy(link.case.policy).name


def sent_since(link: models.Link, since: datetime) -> tuple[int, int]:
    """Return how many messages, and how many bytes of files, this customer sent from the page since then."""
    sent = models.Contact.objects.filter(
        case=link.case_id, customer=link.customer_id, door="page", direction="in", received_at__gt=since
    )
    counted = sent.aggregate(messages=Count("pk", distinct=True), size=Sum("attachments__size"))
    return counted["messages"], counted["size"] or 0


# ── promises ─────────────────────────────────────────────────────────────────


def _promises(link: models.Link, story: CaseFacts, house: House, *, now: datetime) -> list[Shown]:
    rows = {row.number: row for row in link.case.promises.filter(shown=True).select_related("staff")}
    told = {p.number: p for p in story.promises if p.number in rows}
    numbers = [n for n, p in told.items() if _worth_showing(p) and not _said_by_another(p, told.values())]
    heard = _heard(link)
    return [_shown(rows[n], told[n], rows, house, heard=heard, now=now) for n in numbers]


def _worth_showing(promise: PromiseFacts) -> bool:
    """Leave out the clocks of the policy that stopped or gave way without ever having been missed."""
    if promise.said or promise.broken_at:
        return True
    return promise.state not in (State.ENDED, State.REPLACED)


def _said_by_another(promise: PromiseFacts, others: Iterable[PromiseFacts]) -> bool:
    """Whether words said to him state this very date: the reply clock behind "We answer within a day"."""
    return not promise.said and any(
        o.said and (o.from_at, o.due_at, o.state) == (promise.from_at, promise.due_at, promise.state) for o in others
    )


def _is_quiet(promise: Shown) -> bool:
    return promise.state is State.KEPT and not promise.by_person


def _shown(
    row: models.Promise,
    fact: PromiseFacts,
    rows: dict[int, models.Promise],
    house: House,
    *,
    heard: list[datetime],
    now: datetime,
) -> Shown:
    kind = house.policy.kinds.get(row.kind)
    successor = rows.get(fact.replaced_by or 0)
    return Shown(
        number=row.number,
        kind=row.kind,
        words=row.words if row.said else "",
        title=kind.title if kind else "",
        source=row.source,
        by=row.staff.name if row.staff else "",
        said=row.said,
        zone=row.zone,
        state=fact.state,
        outstanding=fact.outstanding,
        said_at=row.from_at,
        due_at=due_as_it_stands(row, now=now),
        near_at=row.near_at,
        pauses=tuple((datetime.fromisoformat(a), datetime.fromisoformat(b) if b else None) for a, b in row.pauses),
        paused=fact.paused,
        broken_at=fact.broken_at,
        kept_at=fact.kept_at,
        released_at=fact.released_at,
        replaced_at=row.settled_at if fact.replaced_by else None,
        successor=successor.words if successor else "",
        heard_at=next((at for at in heard if fact.broken_at and at > fact.broken_at), None),
    )


def _heard(link: models.Link) -> list[datetime]:
    """Return when people of ours wrote to him, oldest first."""
    ours = _contacts(link).filter(OURS, automatic=False).order_by(SAID_AT)
    return [accepted or received for accepted, received in ours.values_list("accepted_at", "received_at")]


# ── what was said ────────────────────────────────────────────────────────────


def _contacts(link: models.Link) -> QuerySet[models.Contact]:
    """Return the messages this link may show: this customer's own, and what reached him."""
    cases = merged.family(link.case_id)
    return models.Contact.objects.filter(MINE | OURS, case__in=cases, customer=link.customer_id)


def _talk(link: models.Link, *, show: int) -> tuple[tuple[Said, ...], int, datetime | None]:
    every = _contacts(link).select_related("staff").prefetch_related("attachments")
    count = every.count()
    newest = every.order_by(SAID_AT.desc(), "-pk")[:show]
    said = [Said(at=c.accepted_at or c.received_at, contact=c, mine=c.direction == "in") for c in newest]
    earlier = max(0, count - len(said))
    since = said[-1].at if earlier else None
    said += [mail for mail in _automatic_mails(link) if since is None or mail.at >= since]
    said.sort(key=lambda one: (one.at, bool(one.automatic)), reverse=True)
    first = every.order_by(SAID_AT).first()
    return tuple(said), earlier, (first.accepted_at or first.received_at) if first else None


def _automatic_mails(link: models.Link) -> list[Said]:
    """Return when the desk itself wrote to him. What such a mail says is on the page already."""
    taken = link.case.outbox.filter(purpose__in=AUTOMATIC_MAILS, state=models.OutboxItem.State.ACCEPTED)
    return [Said(at=item.settled_at or item.written_at, automatic=item.purpose) for item in taken]


def _confirmed_at(link: models.Link, story: CaseFacts) -> datetime | None:
    if story.closed_at is None:
        return None
    since = _contacts(link).filter(MINE, received_at__gte=story.closed_at).order_by("received_at")
    return next((c.received_at for c in since if CONFIRMED in c.kinds), None)


# ── who answers, and by when ─────────────────────────────────────────────────


def _answer(story: CaseFacts, house: House, *, now: datetime) -> Answer:
    kind = house.policy.kinds.get(clocks.REPLY)
    if kind is None or story.quarantined:
        return Answer(due_at=None)
    running = [p.due_at for p in story.outstanding(clocks.REPLY)]
    within = house.policy.within(kind, "page")
    due_at = spans.due_at(within, now, house.hours(_calendar(story, house, kind.calendar)))
    return Answer(due_at=min([*running, due_at]), waiting_since=story.unanswered_at if running else None)


def _higher(link: models.Link, story: CaseFacts, house: House, *, now: datetime) -> Higher:
    owed = story.outstanding(MANAGER)
    if owed:
        told = link.case.alarms.filter(numbers=[], told_at__gte=owed[0].from_at).order_by("told_at", "pk").first()
        return Higher(
            person=told.to.order_by("pk").first() if told else None,
            due_at=owed[0].due_at,
            asked_at=owed[0].from_at,
        )
    ladder = house.policy.ladders["house"]
    # Asking on a closed case opens it again one rung higher.
    lowest = story.lowest_rung if story.open else story.lowest_rung + 1
    told_to = escalation.hearers(story, min(max(1, lowest), len(ladder.rungs) - 1), ladder, house, at=now).to
    kind = house.policy.kinds.get(MANAGER)
    due_at = None
    if kind is not None:
        hours = house.hours(_calendar(story, house, kind.calendar))
        due_at = spans.due_at(house.policy.within(kind, story.door), now, hours)
    return Higher(person=models.Staff.objects.filter(pk__in=told_to[:1]).first(), due_at=due_at)


def _calendar(story: CaseFacts, house: House, named: str) -> str:
    return named if named in house.policy.calendars else house.calendar_of(story.owner)
