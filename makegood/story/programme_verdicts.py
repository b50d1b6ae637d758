"""Whether programmes and codes of a story came out as they should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from makegood.desk import models
from makegood.desk.queries import codes, programmes

if TYPE_CHECKING:
    from .deeds import Deeds
    from .world import World


class ProgrammeVerdicts:
    """Checks about programmes and codes; mixed into `Judge`."""

    deeds: Deeds
    world: World

    def _holds(self, wanted: Any) -> tuple[bool, str]:
        """holds: {who: walter@…, codes: 1, left: 5000, endless: 0, frozen: 1}: what a customer has of ours."""
        mine = models.Customer.objects.get(addresses__value=wanted["who"])
        open_codes = models.Code.objects.filter(customer=mine, state="open")
        rows = models.Entitlement.objects.filter(customer=mine, state="open")
        found = {
            "codes": open_codes.count(),
            "left": sum(open_codes.values_list("left", flat=True)),
            "shown": sum(bool(codes.text_of(row)) for row in open_codes),
            "endless": rows.filter(expires_at=None).count(),
            "frozen": rows.filter(frozen_at__isnull=False).count(),
        }
        return all(found[key] == value for key, value in wanted.items() if key != "who"), str(found)

    def _pinned(self, wanted: Any) -> tuple[bool, str]:
        """pinned: {who: walter@…, words: …}: the terms he is held to, word for word, as they were published."""
        entrant = models.Entrant.objects.filter(customer__addresses__value=wanted["who"]).earliest("pk")
        good = entrant.version.text == wanted["words"] and programmes.unchanged(entrant.version)
        return good, entrant.version.text

    def _stopped(self, wanted: Any) -> tuple[bool, str]:
        """stopped: {times: 2, affected: 2}: less than the terms was stopped, and everybody who saw them is listed."""
        row = models.Mismatch.objects.order_by("pk").first()
        if row is None:
            return False, "nothing was stopped"
        affected = models.Affected.objects.filter(incident=row.incident).count()
        found = {"times": row.times, "affected": affected}
        return found == wanted, str(found)

    def _order_came_from(self, wanted: Any) -> tuple[bool, str]:
        """order_came_from: {order: 2071, who: walter@…}: which customer's entitlement or case brought an order."""
        row = models.Redemption.objects.filter(order=str(wanted["order"])).select_related("code__customer").first()
        if row is None:
            return False, "no code was redeemed on it"
        addresses = list(row.code.customer.addresses.values_list("value", flat=True))
        return wanted["who"] in addresses, f"{row.code} of {', '.join(addresses)}"

    def _warned_of(self, wanted: Any) -> tuple[bool, str]:
        """warned_of: {who: ruth, days: [14, 7, 1]}: when somebody heard before an end."""
        heard = models.Notice.objects.filter(staff=self.world.cast[wanted["who"]], kind="entitlement.warned")
        days = list(heard.order_by("pk").values_list("facts__days", flat=True))
        return days == wanted["days"], str(days)
