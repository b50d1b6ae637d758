"""What everybody affected is given: counted before the first cent, approved by somebody else, given once each.

The sum of the dry run is what is approved. The job adds up what it has given and stops by itself before it would
give a cent more, whatever was added to the list or changed in the catalogue meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from makegood.desk import access, facts, models
from makegood.desk.queries import incidents as queries
from makegood.desk.queries.given import given_to_all, is_one_of
from makegood.language import cards, tone
from makegood.rules import affected, authority, refusals
from makegood.rules import incident_refusals as no
from makegood.rules.affected import Giving, Standing, Telling
from makegood.rules.money import Money
from makegood.rules.policy import Policy, Role

from . import cases, grants, incident_letters, journal, notices, proposals, rows
from .incident_people import refuse_closed
from .record import Decision
from .wanted import Choice, Wanted

COUNTED_AT_ONCE = 1_000
"""People of one transaction of a dry run."""
FAILURES = ("outcome", "process")
PUT_BACK = "A copy from before was put back. Look who was told and given something since then, and let it go on."
OWN = "They have a remedy on their case already. Somebody must see whether it is enough."


@dataclass(frozen=True, kw_only=True)
class Gift:
    """What everybody is given: one thing, or several among which each chooses."""

    failure: str
    choices: tuple[Choice, ...]
    words: str = ""
    """What each reads beside it."""

    def plain(self) -> dict[str, object]:
        """Return it as the incident keeps it."""
        return {"failure": self.failure, "words": self.words, "choices": [_plain(one) for one in self.choices]}


def _plain(choice: Choice) -> dict[str, object]:
    return {
        "catalogue": choice.catalogue,
        "title": choice.title,
        "description": choice.description,
        "kind": choice.kind,
        "cost": choice.cost.minor if choice.cost else None,
    }


def gift_of(incident: models.Incident) -> Gift:
    """Return what an incident gives. Raises Refusal where it gives nothing."""
    kept = incident.remedy
    if not kept:
        raise no.NothingToGive
    return Gift(
        failure=kept["failure"], words=kept["words"], choices=tuple(_choice(one, incident) for one in kept["choices"])
    )


def _choice(kept: dict[str, object], incident: models.Incident) -> Choice:
    cost = kept["cost"]
    return Choice(
        catalogue=str(kept["catalogue"]),
        title=str(kept["title"]),
        description=str(kept["description"]),
        kind=str(kept["kind"]),
        cost=Money(incident.currency, cost) if isinstance(cost, int) else None,
    )


def choose(incident_id: int, gift: Gift, *, by: models.Staff, now: datetime) -> None:
    """Say what everybody is given. Whatever was counted or approved before is void.

    Raises Refusal for what the catalogue does not know, RemedyForReview, and once somebody was given something.
    """
    if gift.failure not in FAILURES:
        raise no.NoFailure
    if tone.hangs_on_review(gift.words):
        raise refusals.RemedyForReview
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if incident.given:
            raise no.GivenAlready
        _try(gift, incident, facts.policy(cases.latest_policy()))
        _save(incident, gift, by=by, now=now)


def add_option(incident_id: int, choice: Choice, *, by: models.Staff, now: datetime) -> None:
    """Offer to everybody what one of them was granted (S4-15): whoever is still to be given something chooses it, too.

    The owners of cases whose customers have an offer already hear of it; what was offered stands. The sum is
    counted anew.
    """
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        gift = gift_of(incident)
        wider = Gift(failure=gift.failure, words=gift.words, choices=(*gift.choices, choice))
        _try(wider, incident, facts.policy(cases.latest_policy()))
        _save(incident, wider, by=by, now=now)
        offered = models.Affected.objects.filter(incident=incident, giving=Giving.UNDER_WAY).order_by()
        owners = models.Staff.objects.filter(pk__in=offered.values("case__owner"), is_active=True)
        told: dict[str, object] = {"incident": incident.pk, "title": incident.title, "option": choice.title}
        notices.tell(owners, case=None, kind="incident.option_added", facts=told, now=now)


def _try(gift: Gift, incident: models.Incident, policy: Policy) -> None:
    """Refuse a gift that hangs on a review, costs less than nothing, or that the catalogue can't fill in."""
    if any(tone.hangs_on_review(text) for one in gift.choices for text in (one.title, one.description)):
        raise refusals.RemedyForReview
    if any(one.cost is not None and one.cost.minor < 0 for one in gift.choices):
        raise refusals.Refusal(sentence="Nothing costs less than nothing.")
    wanted = _wanted(gift, incident, person=None, price=Money(policy.currency, 1_000))
    proposals.fill_in(wanted, policy, language="en")


def _save(incident: models.Incident, gift: Gift, *, by: models.Staff, now: datetime) -> None:
    masked = Gift(failure=gift.failure, choices=gift.choices, words=cards.mask(gift.words.strip())[:2_000])
    incident.remedy = masked.plain()
    incident.dry_run_at, incident.dry_run, incident.needs = None, {}, ""
    incident.save(update_fields=["remedy", "dry_run_at", "dry_run", "needs"])
    keys = [choice.catalogue or choice.title for choice in gift.choices]
    journal.write_house("incident.remedy_chosen", {"incident": incident.pk, "choices": keys}, now=now, by=by)


def _wanted(gift: Gift, incident: models.Incident, *, person: models.Affected | None, price: Money | None) -> Wanted:
    return Wanted(
        # From the person's own number, so that whatever is tried again is the same remedy.
        key=uuid5(NAMESPACE_URL, f"makegood:incident:{incident.pk}:{person.pk if person else 0}"),
        failure=gift.failure,
        choices=gift.choices,
        words=gift.words,
        why=f"incident {incident.pk}: {incident.title}"[:300],
        price=price,
    )


# ── the dry run ──────────────────────────────────────────────────────────────


def dry_run(incident_id: int, *, by: models.Staff, now: datetime) -> Money:
    """Count what everybody's remedy would cost, and return the sum. Nothing is given, nothing is reserved.

    Whoever the remedy can't be given to is named with the reason. Above the own authority of whoever makes it,
    the sum wants somebody else's approval; one that was approved holds as long as the sum is not above it.
    """
    incident = access.incident_for(by, incident_id)
    refuse_closed(incident)
    gift = gift_of(incident)
    with transaction.atomic():
        policy = facts.policy(cases.latest_policy())
    last: int | None = 0
    while last is not None:
        last = _count_some(incident.pk, gift, policy, after=last)
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        _conclude(incident, policy, by=by, now=now)
    return Money(incident.currency, incident.dry_run_total)


def _count_some(incident_id: int, gift: Gift, policy: Policy, *, after: int) -> int | None:
    with transaction.atomic():
        incident = models.Incident.objects.select_for_update().get(pk=incident_id)
        waiting = models.Affected.objects.filter(
            incident=incident, pk__gt=after, giving__in=[Giving.WAITING, Giving.IMPOSSIBLE], remedy=None
        )
        people = list(waiting.order_by("pk")[:COUNTED_AT_ONCE])
        own = _with_own_remedy(people)
        before = [rows.read(person, _COUNTED) for person in people]
        for person in people:
            _count(person, gift, incident, policy, own=own)
        rows.update(list(zip(people, before, strict=True)), _COUNTED)
    return people[-1].pk if people else None


_COUNTED = ("cost", "giving", "standing", "why")


def _with_own_remedy(people: Sequence[models.Affected]) -> set[int]:
    """Return the cases of these people on which somebody gave a remedy that is not the incident's."""
    theirs = [person.case_id for person in people if person.case_id is not None]
    own = models.Remedy.objects.filter(case__in=theirs, gives=True, incident=None, cost__gt=0)
    return set(own.values_list("case", flat=True))


def _count(person: models.Affected, gift: Gift, incident: models.Incident, policy: Policy, *, own: set[int]) -> None:
    price = Money(incident.currency, person.amount) if person.amount is not None else None
    person.cost, person.why = None, ""
    try:
        if person.case_id in own:
            raise refusals.NotARemedy(OWN)
        filled = proposals.fill_in(_wanted(gift, incident, person=person, price=price), policy, language="en")
        costs = [each.cost for each in filled]
        if any(cost.currency != incident.currency for cost in costs):
            raise refusals.NotARemedy("It costs in another currency than the incident's.")
        person.cost = max(cost.minor for cost in costs)
        giving = Giving.WAITING
    except refusals.NotARemedy as no:
        person.why, giving = " ".join(no.reasons)[:300], Giving.IMPOSSIBLE
    person.giving = str(giving)
    person.standing = str(affected.standing(Telling(person.telling), giving))


def _conclude(incident: models.Incident, policy: Policy, *, by: models.Staff, now: datetime) -> None:
    total = sum(line.total.minor for line in queries.cost_lines(incident))
    cost = Money(incident.currency, total)
    verdict = _verdict(incident, cost, policy, by=by, now=now)
    incident.dry_run = {
        "people": sum(line.people for line in queries.cost_lines(incident)),
        "impossible": queries.impossible(incident),
        "reasons": list(verdict.reasons),
    }
    incident.dry_run_total, incident.dry_run_at, incident.dry_run_by = total, now, by
    incident.needs = str(verdict.needs or "")
    if verdict.needs is None and total > (incident.approved or 0):
        incident.approved, incident.approved_at, incident.approved_by = total, now, by
    incident.save()
    told = {"incident": incident.pk, "total": cost.plain(), "needs": incident.needs, **incident.dry_run}
    journal.write_house("incident.dry_run", told, now=now, by=by)
    if incident.needs and total > (incident.approved or 0):
        _tell_approvers(incident, Role(incident.needs), by=by, cost=cost, now=now)


def _verdict(
    incident: models.Incident, cost: Money, policy: Policy, *, by: models.Staff, now: datetime
) -> authority.Verdict:
    given = given_to_all(incident, by, policy, now=now)
    return authority.judge(cost, role=Role(by.role), given=given, policy=policy)


def _tell_approvers(incident: models.Incident, needs: Role, *, by: models.Staff, cost: Money, now: datetime) -> None:
    higher = [str(role) for role in authority.GIVERS[authority.GIVERS.index(needs) :]]
    approvers = models.Staff.objects.filter(role__in=higher, is_active=True).exclude(pk=by.pk)
    facts_: dict[str, object] = {"incident": incident.pk, "title": incident.title, "sum": cost.plain(), "who": by.name}
    notices.tell(approvers, case=None, kind="incident.needs_approval", facts=facts_, now=now)


def approve(incident_id: int, *, total: int, by: models.Staff, now: datetime) -> None:
    """Approve the sum that the dry run came to, as the approver read it (`total`, in minor units).

    Raises OwnRequest for whoever made the dry run or is on the list, NotEnoughAuthority, and Refusal where the sum
    is another by now.
    """
    with transaction.atomic():
        incident = access.incident_for(by, incident_id, lock=True)
        refuse_closed(incident)
        if incident.dry_run_at is None or incident.dry_run_total != total:
            raise no.AnotherSum
        if incident.dry_run_by_id == by.pk:
            raise refusals.OwnRequest
        if _is_on_the_list(incident, by):
            raise refusals.OwnRequest(sentence="You are on the list yourself. Somebody else must approve.")
        policy = facts.policy(cases.latest_policy())
        cost = Money(incident.currency, total)
        verdict = _verdict(incident, cost, policy, by=by, now=now)
        reasons = authority.may_approve(
            approver=by.pk, role=Role(by.role), proposer=incident.dry_run_by_id, beneficiary=None, verdict=verdict
        )
        if reasons:
            raise refusals.NotEnoughAuthority(*reasons)
        incident.approved, incident.approved_at, incident.approved_by = total, now, by
        incident.save(update_fields=["approved", "approved_at", "approved_by"])
        told = {"incident": incident.pk, "total": cost.plain()}
        journal.write_house("incident.approved", told, now=now, by=by)


def _is_on_the_list(incident: models.Incident, by: models.Staff) -> bool:
    return models.AffectedKey.objects.filter(incident=incident, key__in=affected.keys(mail=by.email)).exists()


# ── given ────────────────────────────────────────────────────────────────────


def give(incident: models.Incident, told: Sequence[tuple[models.Affected, Decision]], *, now: datetime) -> int:
    """Give these people the remedy, each on his own case; returns to how many it came before the sum was reached.

    Part of the job's transaction, who holds the incident. Raises Stop where the next one would be a cent more than
    was approved, and what the budget and the catalogue refuse.
    """
    gift = gift_of(incident)
    if incident.dry_run_at is None:
        raise Stop("The list or the remedy was changed after the dry run. Make it again.")
    told = _within_the_sum(incident, told)
    grants.lock([d for _, d in told])
    owners = is_one_of([d.row.customer_id for _, d in told], staff=incident.owner)
    able = []
    for person, d in told:
        if (why := _why_not(incident, d, owners)) is not None:
            _leave_to_a_person(person, why)
        else:
            able.append((person, d))
    answers = grants.grant([_grant(incident, gift, person, d) for person, d in able], incident=incident.pk, now=now)
    given = []
    for (person, d), answer in zip(able, answers, strict=False):
        if isinstance(answer, refusals.Refusal):
            _leave_to_a_person(person, " ".join((answer.sentence, *answer.reasons)))
        else:
            _was_given(incident, person, d, answer)
            given.append((person, d, d.u.case.remedy(answer)))
    incident_letters.say_given(incident, given, words=gift.words, now=now)
    return len(told) - len(able) + len(answers)


def _within_the_sum(
    incident: models.Incident, told: Sequence[tuple[models.Affected, Decision]]
) -> Sequence[tuple[models.Affected, Decision]]:
    """Return the first of these, as many as what was approved pays for. Raises Stop where it pays for none."""
    left = (incident.approved or 0) - incident.given
    for nth, (person, _) in enumerate(told):
        left -= person.cost or 0
        if left < 0 and nth == 0:
            approved = Money(incident.currency, incident.approved or 0).plain()
            raise Stop(f"The next one would be more than the {approved} that were approved.")
        if left < 0:
            return told[:nth]
    return told


class Stop(Exception):  # noqa: N818  (a decision of the job's; it is not an error)
    """The job may not go on by itself. `why` is a sentence for its owner."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def _why_not(incident: models.Incident, d: Decision, owners: frozenset[int]) -> str | None:
    """Return why somebody must not be given it by the job, if so."""
    if d.row.customer_id in owners:
        return "This would be for the incident's owner. Somebody else must give it."
    if any(own.counts and own.cost() and own.incident != incident.pk for own in d.u.case.remedies):
        return OWN
    return None


def _grant(incident: models.Incident, gift: Gift, person: models.Affected, d: Decision) -> grants.Grant:
    price = Money(incident.currency, person.amount) if person.amount is not None else None
    wanted = _wanted(gift, incident, person=person, price=price)
    return grants.Grant(decision=d, wanted=wanted, contact=person.contact_id)


def _was_given(incident: models.Incident, person: models.Affected, d: Decision, number: int) -> None:
    remedy = d.u.case.remedy(number)
    if remedy.cost() != Money(incident.currency, person.cost or 0):
        raise Stop("A remedy would cost something else than the dry run said. Make it again.")
    incident.given += remedy.cost().minor
    person.remedy = number
    person.giving = str(affected.given_by(str(remedy.step)))
    person.standing = str(affected.standing(Telling(person.telling), Giving(person.giving)))


def _leave_to_a_person(person: models.Affected, why: str) -> None:
    person.giving, person.standing = str(Giving.IMPOSSIBLE), str(Standing.WITH_PERSON)
    person.why, person.cost = why[:300], None


def with_a_person(person_id: int, *, why: str) -> int:
    """Leave to a member of staff somebody whom the desk can't give it, with the reason; returns 1 if there is he."""
    return models.Affected.objects.filter(pk=person_id).update(
        giving=str(Giving.IMPOSSIBLE), standing=str(Standing.WITH_PERSON), why=why[:300], cost=None
    )
