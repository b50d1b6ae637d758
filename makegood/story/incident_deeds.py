"""What people in a story do about an incident: open it, list who is hit, tell all, count, approve, give."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from makegood.desk.models import Incident

    from .world import World


class IncidentDeeds:
    """Deeds about the story's incident; mixed into `Deeds`."""

    world: World

    def _opens_incident(self, *, who: str, title: str, case: int = 0) -> None:
        """From the story's nth case, or with its list to come."""
        from makegood.desk import models
        from makegood.desk.actions import incidents

        by, now = self.world.cast[who], self.world.now
        if case:
            row = models.Case.objects.order_by("pk")[case - 1]
            incidents.open_from_case(row.pk, title=title, by=by, now=now)
        else:
            incidents.open_incident(title=title, by=by, now=now)

    def _lists_affected(self, *, who: str, rows: str) -> None:
        """Upload a list, as CSV."""
        from makegood.desk.actions import incident_lists

        by, now = self.world.cast[who], self.world.now
        incident_lists.upload(_incident().pk, name="list.csv", content=[rows.encode()], by=by, now=now)

    def _writes_to_all(self, *, who: str, subject: str, text: str) -> None:
        from makegood.desk.actions import incidents

        by, now = self.world.cast[who], self.world.now
        incidents.write_letter(_incident().pk, language="en", subject=subject, text=text, by=by, now=now)

    def _tells_all(self, *, who: str) -> None:
        self._start("tells", who)

    def _gives_all(self, *, who: str) -> None:
        self._start("gives", who)

    def _start(self, task: str, who: str) -> None:
        from makegood.desk.actions import incidents

        incidents.start(_incident().pk, task, by=self.world.cast[who], now=self.world.now)

    def _counts_cost(self, *, who: str, catalogue: str = "", failure: str = "outcome") -> None:
        """Say what everybody is given, unless that is said, and make the dry run."""
        from makegood.desk.actions import incident_remedies
        from makegood.desk.actions.wanted import Choice

        by, now, incident = self.world.cast[who], self.world.now, _incident().pk
        if catalogue:
            gift = incident_remedies.Gift(failure=failure, choices=(Choice(catalogue=catalogue),))
            incident_remedies.choose(incident, gift, by=by, now=now)
        incident_remedies.dry_run(incident, by=by, now=now)

    def _approves_sum(self, *, who: str) -> None:
        from makegood.desk.actions import incident_remedies

        incident = _incident()
        by, now = self.world.cast[who], self.world.now
        incident_remedies.approve(incident.pk, total=incident.dry_run_total, by=by, now=now)

    def _told_by_hand(self, *, who: str, name: str, why: str) -> None:
        from makegood.desk.actions import incidents

        incident = _incident()
        person = incident.people.get(name=name)
        incidents.tell_by_hand(incident.pk, person.pk, why=why, by=self.world.cast[who], now=self.world.now)

    def _offers_to_all(self, *, who: str) -> None:
        """Offer to everybody what one of them was granted by hand."""
        from makegood.desk.actions import incident_remedies
        from makegood.desk.actions.wanted import Choice
        from makegood.desk.queries import incidents as queries

        incident = _incident()
        one = queries.granted_otherwise(incident)[0]
        choice = (
            Choice(catalogue=one.catalogue) if one.catalogue else Choice(title=one.title, kind=one.kind, cost=one.cost)
        )
        incident_remedies.add_option(incident.pk, choice, by=self.world.cast[who], now=self.world.now)


def _incident() -> Incident:
    from makegood.desk import models

    return models.Incident.objects.latest("pk")
