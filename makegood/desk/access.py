"""The only way to get a case on someone's behalf.

An agent sees the cases of his team, those he owns and those offered to him;
a team lead those of the team; a head of service, an executive and an
administrator see all. What somebody may not see does not exist for him: the
answer is 404, never 403, so that numbers can't be tried.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from makegood.rules.policy import Role

from . import models

_SEE_ALL = {str(Role.HEAD), str(Role.EXECUTIVE), str(Role.ADMIN)}
_LOOK_AFTER = {str(Role.LEAD), *_SEE_ALL}


def cases_for(who: models.Staff) -> QuerySet[models.Case]:
    """Return the cases this member of staff may see."""
    if not who.is_active:
        return models.Case.objects.none()
    if who.role in _SEE_ALL:
        return models.Case.objects.all()
    mine = Q(owner=who) | Q(offered_to=who)
    return models.Case.objects.filter(mine | Q(team=who.team_id) if who.team_id else mine)


def case_for(who: models.Staff, number: str) -> models.Case:
    """Return one case by its number. Raises Http404 for one he may not see and for one there isn't."""
    return _one(who, number=number)


def case_by_id(who: models.Staff, pk: int) -> models.Case:
    """Return one case by its key. Raises Http404."""
    return _one(who, pk=pk)


def attachment_for(who: models.Staff, pk: int) -> models.Attachment:
    """Return a file that came with a case he may see. Raises Http404."""
    files = models.Attachment.objects.filter(pk=pk)
    found = files.filter(contact__case__in=cases_for(who)).first()
    if found is None:
        found = files.select_related("contact__case").first()
        if found is None or not _goes_on_before(who, found.contact.case):
            raise Http404
    return found


def contact_for(who: models.Staff, pk: int) -> models.Contact:
    """Return a contact of a case he may see. Raises Http404."""
    contacts = models.Contact.objects.select_related("case").filter(pk=pk)
    found = contacts.filter(case__in=cases_for(who)).first()
    if found is None:
        found = contacts.first()
        if found is None or not _goes_on_before(who, found.case):
            raise Http404
    return found


def _goes_on_before(who: models.Staff, case: models.Case) -> bool:
    """Whether the case goes on in one that he may see: then he may see it, too."""
    return case.merged_into_id is not None and cases_for(who).filter(pk=case.merged_into_id).exists()


def may_see_ledger(who: models.Staff) -> bool:
    """Return whether he may read the ledger of all doors and judge what was set aside."""
    return who.is_active and who.role in _LOOK_AFTER


def items_for(who: models.Staff) -> QuerySet[models.InboxItem]:
    """Return the items of the ledger he may read: those on no case, and those on cases that he may see."""
    if not may_see_ledger(who):
        return models.InboxItem.objects.none()
    if who.role in _SEE_ALL:
        return models.InboxItem.objects.all()
    foreign = models.Contact.objects.exclude(case__in=cases_for(who))
    itself, its_copy = (Exists(foreign.filter(item=OuterRef(of))) for of in ("pk", "same_as"))
    return models.InboxItem.objects.exclude(itself).exclude(its_copy)


def may_end_codes(who: models.Staff) -> bool:
    """Return whether he may take codes back, give them anew, and see those of no case."""
    return who.is_active and who.role in _LOOK_AFTER


def may_give_promised(who: models.Staff) -> bool:
    """Return whether he may give somebody what the terms of a programme promise him."""
    return who.is_active and who.role in (str(Role.LEAD), str(Role.HEAD), str(Role.EXECUTIVE))


def may_end_cooling_off(who: models.Staff) -> bool:
    """Return whether he may say that a customer's new address or payment is his, having asked him."""
    return who.is_active and who.role in (str(Role.LEAD), str(Role.HEAD), str(Role.EXECUTIVE))


def may_run_programmes(who: models.Staff) -> bool:
    """Return whether he may publish terms, and say what becomes of those who hold something from a programme.

    An administrator may not: he gives nothing.
    """
    return who.is_active and who.role in (str(Role.HEAD), str(Role.EXECUTIVE))


def may_change_people(who: models.Staff) -> bool:
    """Return whether he may change roles, teams and who is active."""
    return who.is_active and who.role in (str(Role.HEAD), str(Role.ADMIN), str(Role.EXECUTIVE))


def may_excuse(who: models.Staff, other: models.Staff) -> bool:
    """Return whether he may record that `other` is absent: himself, or somebody he looks after.

    A team lead looks after the agents of his own team, not those above him.
    """
    own_agent = who.role == str(Role.LEAD) and other.role == str(Role.AGENT) and other.team_id == who.team_id
    return who.is_active and (who.pk == other.pk or own_agent or who.role in _SEE_ALL)


def _one(who: models.Staff, **which: object) -> models.Case:
    whole = ("owner", "customer", "team", "policy")
    row = cases_for(who).select_related(*whole).filter(**which).first()
    if row is None:
        row = models.Case.objects.select_related(*whole).filter(merged_into__isnull=False, **which).first()
        if row is None or not _goes_on_before(who, row):
            raise Http404
    return row


def may_see_incidents(who: models.Staff) -> bool:
    """Return whether he may open incidents: each names customers of many cases."""
    return who.is_active and who.role in _LOOK_AFTER


def incidents_for(who: models.Staff) -> QuerySet[models.Incident]:
    """Return the incidents somebody may see: a team lead those of the team, those above all of them."""
    if not may_see_incidents(who):
        return models.Incident.objects.none()
    if who.role in _SEE_ALL:
        return models.Incident.objects.all()
    own = Q(owner=who) | Q(opened_by=who)
    return models.Incident.objects.filter(own | Q(owner__team=who.team_id) if who.team_id else own)


def incident_for(who: models.Staff, pk: int, *, lock: bool = False) -> models.Incident:
    """Return one incident, locked if it is to be changed. Raises Http404."""
    found = incidents_for(who)
    if lock:
        # Not of the people it names: whoever changes one of them asks for nothing of the incident.
        pk = found.values_list("pk", flat=True).filter(pk=pk).first() or 0
        row = models.Incident.objects.select_for_update().filter(pk=pk).first()
    else:
        row = (
            found.select_related("owner", "opened_by", "opened_from", "approved_by", "dry_run_by").filter(pk=pk).first()
        )
    if row is None:
        raise Http404
    return row


def refuse_incidents(who: models.Staff) -> None:
    """Raise Http404 for somebody who may not open incidents."""
    if not may_see_incidents(who):
        raise Http404


def affected_of(incident: models.Incident, pk: int) -> models.Affected:
    """Return one of the people of an incident that somebody may see. Raises Http404."""
    found = incident.people.select_related("case", "customer").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
