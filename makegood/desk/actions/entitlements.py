"""What customers may still claim: given, warned of, standing still, going on, ending, extended or put in other words.

An entitlement's row is its own lock. Each change sets the moment at which time will next do something to it, and the
watch polls that column (`wake_due`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from makegood.desk import access, facts, models
from makegood.desk.queries import programmes as queries
from makegood.rules import authority, refusals
from makegood.rules import codes as code_rules
from makegood.rules import programmes as rules
from makegood.rules.policy import Role
from makegood.rules.programmes import NarrowerThanPromised, Step, Terms, Turn

from . import cases, codes, entitlement_rows, journal, mismatches, notices

State = models.Entitlement.State


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What is to be given to somebody."""

    title: str
    terms: Terms
    code: codes.Wanted | None = None
    """The code that carries it; None where it is something else, such as a coupon of another shop."""


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What was given."""

    row: models.Entitlement
    code: codes.Issued | None


def issue(entrant: models.Entrant, grant: Grant, *, by: models.Staff, now: datetime) -> Granted:
    """Give an entrant what he is entitled to. Less than the terms he saw is stopped here, before anything is sent.

    Raises NarrowerThanPromised; that it was tried stays on the record, and everybody who saw those terms is
    proposed as an incident (`mismatches`). Raises MoreThanPromised, NotEnoughAuthority, and GivenOnce.
    """
    version = entrant.version
    reasons = rules.narrower(grant.terms, queries.terms_of(version))
    if not reasons and grant.code is not None:
        reasons = rules.narrower(_of_code(grant), queries.terms_of(version))
    if reasons:
        mismatches.found(version, grant.terms, reasons, by=by, now=now)
        raise NarrowerThanPromised(*reasons)
    _refuse_generosity(grant, queries.terms_of(version), by=by)
    with transaction.atomic():
        _refuse_a_second(entrant)
        row = entitlement_rows.create(
            grant.title,
            grant.terms,
            customer=entrant.customer,
            now=now,
            by=by,
            entrant=entrant,
            programme=version.programme,
        )
        return Granted(row=row, code=_with_code(row, grant, by=by, now=now))


def _refuse_generosity(grant: Grant, promised: Terms, *, by: models.Staff) -> None:
    """Refuse more than is promised, and more than he may give: else a programme were a way around authority (A-61)."""
    policy = facts.policy(cases.latest_policy())
    worth = grant.code.worth.value if grant.code is not None else grant.terms.value
    if worth is not None:
        verdict = authority.judge(
            worth, role=Role(by.role), given=authority.nothing_given(policy.currency), policy=policy
        )
        if verdict.needs is not None:
            raise refusals.NotEnoughAuthority(*verdict.reasons)
    if access.may_run_programmes(by):
        return
    given = [grant.terms, *([_of_code(grant)] if grant.code is not None else [])]
    if any(rules.narrower(promised, terms) for terms in given):
        raise rules.MoreThanPromised


def _refuse_a_second(entrant: models.Entrant) -> None:
    """Refuse to give for one entry twice. Whoever comes at the same moment waits for the row of the entry."""
    models.Entrant.objects.select_for_update(of=("self",)).get(pk=entrant.pk)
    if entrant.entitlements.exclude(state=State.TAKEN_BACK).exists():
        raise rules.GivenOnce


def _of_code(grant: Grant) -> Terms:
    """Return the terms that a code itself carries: it must not be narrower than what is said of it."""
    assert grant.code is not None
    worth = grant.code.worth
    percent = 0 if worth.percent == 100 else worth.percent
    return Terms(percent=percent, value=worth.value, scope=worth.scope, days=grant.terms.days, uses=grant.terms.uses)


def _with_code(row: models.Entitlement, grant: Grant, *, by: models.Staff | None, now: datetime) -> codes.Issued | None:
    if grant.code is None:
        return None
    return codes.issue(grant.code, customer=row.customer, now=now, by=by, case=row.case, entitlement=row)


# ── time ─────────────────────────────────────────────────────────────────────


def wake_due(*, now: datetime, limit: int = 50) -> int:
    """Let time do what is due to up to `limit` entitlements, oldest first; returns to how many it did."""
    due = models.Entitlement.objects.filter(next_at__lte=now).order_by("next_at", "pk").values_list("pk", flat=True)
    woken = 0
    for pk in list(due[:limit]):
        with transaction.atomic():
            # Whoever holds a row is at work on it; what is left to do comes up again next round.
            free = models.Entitlement.objects.select_for_update(skip_locked=True, of=("self",))
            row = free.filter(pk=pk, next_at__lte=now).first()
            if row is not None:
                woken += bool(_catch_up(row, now=now))
    return woken


def caught_up(pk: int, *, now: datetime) -> models.Entitlement:
    """Return an entitlement that nobody else can change until this transaction ends, as time has left it."""
    row = models.Entitlement.objects.select_for_update(of=("self",)).get(pk=pk)
    _catch_up(row, now=now)
    return row


def _catch_up(row: models.Entitlement, *, now: datetime) -> int:
    """Let time do to a locked row what it has brought; returns how many steps."""
    done = 0
    while row.state == State.OPEN:
        case = queries.case_since(row.customer_id)
        step = rules.step(queries.held(row), now=now, case_since=case[1] if case else None)
        if step is None:
            break
        _apply(row, step, case=case[0] if case else None, now=now)
        done += 1
    return done


def _apply(row: models.Entitlement, step: Step, *, case: int | None, now: datetime) -> None:
    match step.turn:
        case Turn.WARN:
            row.warned = step.days
            _tell(row, "entitlement.warned", {"days": step.days}, now=now)
        case Turn.FREEZE:
            row.frozen_at, row.frozen_case_id = step.at, case
        case Turn.LAPSE:
            row.state, row.over_at = State.LAPSED, step.at
            _tell(row, "entitlement.lapsed", {}, now=now)
    _save(row)
    facts = {"entitlement": row.pk, "days": step.days, "at": step.at.isoformat(), "case": row.frozen_case_id}
    journal.write_house(f"entitlement.{step.turn}", facts, now=now, actor="watch")
    if step.turn is Turn.LAPSE and (code := models.Code.objects.filter(entitlement=row).first()):
        codes.lapse(code, now=now)


def _save(row: models.Entitlement) -> None:
    row.next_at = rules.next_at(queries.held(row)) if row.state == State.OPEN else None
    row.save(
        update_fields=("state", "over_at", "warned", "frozen_at", "frozen_case", "expires_at", "next_at", "answer")
    )


def _tell(row: models.Entitlement, kind: str, facts: dict[str, object], *, now: datetime) -> None:
    """Tell whoever can act: the programme's owner, and the owner of the case it came from; else those above."""
    owners = {row.programme.owner if row.programme else None, row.case.owner if row.case else None}
    active = sorted((s for s in owners if s is not None and s.is_active), key=lambda s: s.pk)
    told = facts | {
        "title": row.title,
        "who": row.customer.name,
        "expires_at": row.expires_at.isoformat() if row.expires_at else "",
    }
    if active:
        notices.tell(active, case=row.case, kind=kind, facts=told, now=now)
    else:
        notices.write_to_house(kind, told, now=now, case=row.case)


# ── what people decide ───────────────────────────────────────────────────────


def freeze(pk: int, *, case: models.Case, by: models.Staff, now: datetime) -> None:
    """Say that an open case is about this: its end stands still from the moment the case was opened."""
    row_of_case = access.case_by_id(by, case.pk)
    with transaction.atomic():
        row = _open(pk, now=now)
        if row.expires_at is None or row.frozen_at is not None:
            return
        if row_of_case.customer_id != row.customer_id or not row_of_case.open:
            raise rules.NotFrozen("Only an open case of the same customer makes it stand still.")
        _apply(
            row,
            Step(turn=Turn.FREEZE, at=min(max(row_of_case.opened_at, row.issued_at), now)),
            case=row_of_case.pk,
            now=now,
        )


def resume(pk: int, *, by: models.Staff, now: datetime) -> None:
    """Let an end go on, with as much left as when it began to stand still.

    Raises CaseStillOpen as long as any case of the customer's is open.
    """
    with transaction.atomic():
        row = _open(pk, now=now)
        if queries.case_since(row.customer_id) is not None:
            raise rules.CaseStillOpen
        row.expires_at = rules.resumed(queries.held(row), at=now)
        row.frozen_at = row.frozen_case = None
        _save(row)
        facts = {"entitlement": row.pk, "expires_at": row.expires_at.isoformat()}
        journal.write_house("entitlement.resumed", facts, now=now, by=by)


def extend(pk: int, until: datetime | None, *, by: models.Staff, now: datetime) -> None:
    """Let something last longer, or for ever. It counts as the answer when its programme ends."""
    with transaction.atomic():
        row = _open(pk, now=now)
        rules.check_extension(queries.held(row), until, now=now)
        row.expires_at, row.answer, row.warned = until, "extension", None
        row.frozen_at = row.frozen_case = None
        _save(row)
        facts = {"entitlement": row.pk, "expires_at": until.isoformat() if until else ""}
        journal.write_house("entitlement.extended", facts, now=now, by=by)


def substitute(pk: int, grant: Grant, *, by: models.Staff, now: datetime) -> Granted:
    """Give something of equal worth or more in its place. Raises SubstituteIsLess with what falls short."""
    with transaction.atomic():
        row = _open(pk, now=now)
        was = rules.from_plain(row.terms)
        reasons = rules.narrower(grant.terms, was)
        if not reasons and grant.code is not None:
            reasons = rules.narrower(_of_code(grant), was)
        if reasons:
            raise rules.SubstituteIsLess(*reasons)
        old_code = models.Code.objects.filter(entitlement=row, state=code_rules.State.OPEN).first()
        if old_code is not None:
            codes.revoke_for_substitute(old_code, by=by, now=now)
        new = entitlement_rows.create(
            grant.title, grant.terms, customer=row.customer, now=now, by=by, entrant=row.entrant, case=row.case
        )
        # No longer the programme's, whose end must not ask for it again.
        models.Entitlement.objects.filter(pk=row.pk).update(
            state=State.REPLACED, over_at=now, next_at=None, frozen_at=None, frozen_case=None,
            answer="substitute", successor=new,
        )  # fmt: skip
        journal.write_house("entitlement.replaced", {"entitlement": row.pk, "by": new.pk}, now=now, by=by)
        return Granted(row=new, code=_with_code(new, grant, by=by, now=now))


def claim(pk: int, *, evidence: str, by: models.Staff, now: datetime) -> None:
    """Record that he got what he was entitled to, where no code of ours says so by itself."""
    with transaction.atomic():
        row = _open(pk, now=now)
        if models.Code.objects.filter(entitlement=row, state=code_rules.State.OPEN).exists():
            raise rules.CodeStandsForIt
        row.state, row.over_at = State.USED, now
        row.frozen_at = row.frozen_case = None
        _save(row)
        facts = {"entitlement": row.pk, "evidence": evidence[:300]}
        journal.write_house("entitlement.used", facts, now=now, by=by)


def _open(pk: int, *, now: datetime) -> models.Entitlement:
    row = caught_up(pk, now=now)
    if row.state != State.OPEN:
        raise rules.EntitlementIsOver
    return row
