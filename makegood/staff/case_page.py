"""What the page of a case is made from: read in a fixed number of queries, drawn by `staff/case.html`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpResponse
from django.utils.translation import gettext as _

from makegood.desk import access, facts, models
from makegood.desk.actions import letters
from makegood.desk.queries import board as boards
from makegood.desk.queries import house, incidents, ladder, moves, tenure, timeline
from makegood.rules import closing
from makegood.rules.cases import Case
from makegood.rules.escalation import House
from makegood.rules.keeping import STANDING
from makegood.rules.refusals import Refusal
from makegood.ui.ribbon import Form, Ribbon

from . import hearing, pages, remedy_panel, words
from .door import StaffRequest
from .drawn import ribbon_of
from .marks import marks
from .merging import Merge
from .replying import Offer, Reply

LATEST = 100
"""So many marks of a long timeline are shown at first; one click shows the others."""
REMOVED_AT = {
    "It is set aside": "judge",
    "A promise is open": "promises",
    "The customer's last message": "reply",
    "A stranger's message": "proposed",
    "No substantive reply": "reply",
    "The customer asked for a manager": "reply",
    "A letter to an executive": "reply",
    "A remedy": "remedies",
    "We hold": "holdings",
}
"""Where on the page a reason against closing is removed, by how the reason begins."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A promise with its picture and what is said about it."""

    row: models.Promise
    ribbon: Ribbon
    title: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A rung of the ladder with the people's names."""

    step: ladder.Step
    who: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """A reason against closing, and the place on the page that removes it."""

    text: str
    place: str


def show(
    request: StaffRequest,
    row: models.Case,
    *,
    now: datetime,
    form: Reply | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the case, with a reply that could not be sent if there is one: nothing typed is lost."""
    folded, surroundings = facts.case(row), facts.house(row.policy)
    promises = list(row.promises.select_related("staff", "ancestor"))
    zone = house.zone_of(request.user, surroundings.policy)
    reply = form or Reply(promises=promises, zone=zone, initial={"seen": row.head_seq})
    context = {
        "case": row,
        "facts": folded,
        "door": words.door_sign(row.door, surroundings.policy),
        "form": reply,
        "refused": pages.as_refused(refusal) if refusal else None,
        "asks": folded.asks,
        "draft": hearing.read(request, row, now=now) if form else None,
        **_promises(row, promises, surroundings, now=now),
        **_timeline(request, row, promises, folded, surroundings, now=now),
        **_people(request, row, promises, folded, surroundings, now=now),
        **_around(request, row, folded, now=now),
        **remedy_panel.context(request.user, row, folded, surroundings, promises, now=now),
    }
    return pages.page(request, "staff/case.html", context, now=now, place="cases", status=status)


def _promises(
    row: models.Case, promises: list[models.Promise], surroundings: House, *, now: datetime
) -> dict[str, Any]:
    owed = [p for p in promises if p.outstanding]
    first = min([p for p in owed if p.shown] or owed, key=lambda p: (p.due_at, not p.said), default=None)
    said = [p for p in promises if p.said and p != first]
    clocks = [p for p in promises if not p.said and p != first]
    return {
        "head": _shown(first, surroundings, now=now, form=Form.FULL) if first and row.open else None,
        "said": [_shown(p, surroundings, now=now) for p in reversed(said)],
        "running_clocks": [_shown(p, surroundings, now=now) for p in clocks if p.outstanding],
        "past_clocks": [_shown(p, surroundings, now=now) for p in reversed(clocks) if not p.outstanding],
        "broken_said": sum(p.said and p.broken_at is not None for p in promises),
        "keepable": keepable(promises),
    }


def keepable(promises: Iterable[models.Promise]) -> list[models.Promise]:
    """Return the promises a person keeps: what a door says by itself is kept by the reply as such."""
    return [p for p in promises if p.said and p.outstanding and not p.kind.startswith(STANDING)]


def _shown(promise: models.Promise, surroundings: House, *, now: datetime, form: Form = Form.THIN) -> Shown:
    return Shown(
        row=promise,
        ribbon=ribbon_of(promise, now=now, form=form),
        title=words.clock_title(promise.kind, surroundings.policy),
        source=_source(promise),
    )


def _source(promise: models.Promise) -> str:
    """Who said it and what became of it, in a line of our own."""
    by = promise.staff.name if promise.staff and promise.source == "person" else ""
    parts = [by or str(words.SOURCES.get(promise.source, promise.source)).capitalize() + "."]
    if by:
        parts = [_("{name}, in a mail.").format(name=by)]
    if promise.evidence:
        parts.append(promise.evidence)
    if promise.ancestor:
        parts.append(_("It took the place of an older promise."))
    if promise.state == "broken" and promise.settled_at is not None:
        parts.append(_("Replaced by a later one; that it broke stays on the record."))
    return " ".join(parts)


def _timeline(
    request: StaffRequest,
    row: models.Case,
    promises: Iterable[models.Promise],
    folded: Case,
    surroundings: House,
    *,
    now: datetime,
) -> dict[str, Any]:
    whys = timeline.why_proposed(row)
    everything = marks(
        timeline.timeline(row),
        promises,
        timeline.automatic_mails(row),
        unanswered=folded.unanswered_by,
        proposed={pk: whys.get(pk, "") for pk in folded.proposed},
        policy=surroundings.policy,
        now=now,
    )
    shown = everything if request.GET.get("all") else everything[-LATEST:]
    return {"marks": shown, "earlier": len(everything) - len(shown)}


def _people(
    request: StaffRequest,
    row: models.Case,
    promises: Iterable[models.Promise],
    folded: Case,
    surroundings: House,
    *,
    now: datetime,
) -> dict[str, Any]:
    """Whose it is, who may take it, who hears next, and what stands against closing."""
    staff = {person.pk: person for person in models.Staff.objects.filter(is_active=True).order_by("name")}
    present = [p for p in staff.values() if p.pk != row.owner_id and surroundings.people.here(p.pk, now)]
    rung_for = ladder.next_promise(folded) if row.open else None
    alarms = list(row.alarms.prefetch_related("to")) if rung_for else []
    steps = ladder.ladder(folded, rung_for, surroundings, alarms, now=now) if rung_for else ()
    reasons = closing.reasons_not_to_close(folded) if row.open else ()
    mine = request.user.pk == row.owner_id
    return {
        "offer": Offer(people=present),
        "may_offer": row.open and row.offered_to_id is None and (mine or request.user.role != "agent"),
        "owner_here": surroundings.people.here(row.owner_id, now),
        "handoff_budget": surroundings.policy.handoff_budget,
        "rungs": [_rung(step, staff) for step in steps],
        "rung_for": rung_for,
        "rung_title": words.clock_title(rung_for.kind, surroundings.policy) if rung_for else "",
        "rung_words": next((p.words for p in promises if rung_for and p.number == rung_for.number), ""),
        "hindrances": [_hindrance(reason) for reason in reasons],
        "rings": bool(folded.ringing) and row.open,
        "why_aside": timeline.why_set_aside(row) if row.quarantined else "",
    }


def _rung(step: ladder.Step, staff: Mapping[int, models.Staff]) -> Rung:
    names = [staff[pk].name for pk in step.people if pk in staff]
    return Rung(step=step, who=", ".join(names) or _("somebody who left"), role=words.role(step.role))


def _hindrance(reason: str) -> Hindrance:
    place = next((at for beginning, at in REMOVED_AT.items() if reason.startswith(beginning)), "")
    return Hindrance(text=_(reason), place=place)


def _around(request: StaffRequest, row: models.Case, folded: Case, *, now: datetime) -> dict[str, Any]:
    """The customer, his other cases, who else writes, and the cases before and after."""
    earlier, later = boards.neighbours(request.user, row)
    others = list(access.cases_for(request.user).filter(customer=row.customer).exclude(pk=row.pk).order_by("-pk")[:5])
    open_ones = [other for other in others if other.open] if row.open else []
    return {
        "addresses": list(row.customer.addresses.all()),
        "incidents": incidents.of_case(row, request.user),
        "may_open_incident": access.may_see_incidents(request.user),
        "moves": (changed := moves.moves(row.customer_id, now=now)),
        "may_check": access.may_end_cooling_off(request.user) and all(one.by != request.user for one in changed),
        "paid_by": list(row.customer.means.values_list("reference", flat=True)),
        "other_cases": others,
        "tenure": tenure.tenure(row, folded),
        "merge_form": Merge(cases=open_ones) if open_ones else None,
        "merged_cases": list(row.merged.order_by("pk")) if folded.absorbed else [],
        "opened_at": row.links.filter(purpose="page").aggregate(last=Max("opened_at"))["last"],
        "writing": others_writing(row, request.user, now=now),
        "earlier_case": earlier,
        "later_case": later,
    }


def others_writing(row: models.Case, me: models.Staff, *, now: datetime) -> list[str]:
    """Return the names of those who have a reply to this case open now, the reader left out."""
    others = row.composing.exclude(staff=me).filter(at__gt=now - letters.COMPOSING_FOR).select_related("staff")
    return [other.staff.name for other in others]
