"""Whether remedies of a story came out as they should: their steps, the books, what was counted and proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from makegood.desk import models
from makegood.desk.queries import catalogue, invariants, purses, tenure

if TYPE_CHECKING:
    from .deeds import Deeds
    from .world import World


class RemedyVerdicts:
    """Checks about remedies; mixed into `Judge`."""

    deeds: Deeds
    world: World

    def _remedy(self, wanted: Any) -> tuple[bool, str]:
        """remedy: {number: 1, step: ordered, needs: lead, approved_by: marta, chosen: refund, …}"""
        case = self.deeds._case(int(wanted.get("case", 1)))
        row = case.remedies.filter(number=int(wanted.get("number", 1))).first()
        if row is None:
            return False, "there is no such remedy"
        plain = ("step", "kind", "needs", "chosen", "custom", "before_wish", "late", "weak", "cost", "words", "about")
        wrong = [f"{key} {getattr(row, key)}" for key in plain if key in wanted and getattr(row, key) != wanted[key]]
        if "approved_by" in wanted and row.approved_by != self.world.cast[wanted["approved_by"]]:
            wrong.append(f"approved by {row.approved_by}")
        return not wrong, "; ".join(wrong) or f"remedy {row.number} is {row.step}"

    def _items(self, wanted: Any) -> tuple[bool, str]:
        """items: {the wifi: true, the TV: false}: which of the case's things are right."""
        from makegood.desk import facts
        from makegood.rules import items

        case = facts.case(self.deeds._case())
        found = {item.what: items.is_right(case, item) for item in case.items}
        return found == wanted, str(found)

    def _tenure(self, wanted: Any) -> tuple[bool, str]:
        """tenure: false where staff don't see it yet; {case: 2, since: 2026-03-02, cases: 1} as they see it."""
        from makegood.desk import facts

        told = wanted if isinstance(wanted, dict) else {"shown": wanted}
        row = self.deeds._case(int(told.get("case", 1)))
        seen = tenure.tenure(row, facts.case(row))
        found: dict[str, Any] = {"shown": seen is not None}
        if seen is not None:
            found |= {"since": seen.since.date(), "cases": seen.cases, "orders": seen.orders}
        return all(found.get(name) == value for name, value in told.items() if name != "case"), str(found)

    def _wish(self, wanted: Any) -> tuple[bool, str]:
        """wish: his last one, word for word."""
        said = self.deeds._case().wishes.last()
        return said is not None and said.words == wanted, said.words if said else "nobody knows it"

    def _books(self, wanted: Any) -> tuple[bool, str]:
        """books: {"spent:": 12000}: what accounts that begin so hold together; and that all of P5 holds."""
        found = {}
        for account in wanted:
            held = models.Posting.objects.filter(account__startswith=account).aggregate(sum=Sum("minor"))
            found[account] = held["sum"] or 0
        p5 = invariants.no_money_twice(now=self.world.now)
        return found == wanted and p5.holds, f"{found}{'' if p5.holds else ', and P5 is broken'}"

    def _gap(self, wanted: Any) -> tuple[bool, str]:
        """gap: {given: 2, above: 1, waited: 1, minutes: 90}: more authority than the first handler had (M-26)."""
        gap = purses.gap(self.world.cast.ruth, now=self.world.now)
        minutes = None if gap.median_wait is None else round(gap.median_wait.total_seconds() / 60)
        found = {"given": gap.given, "above": gap.above, "waited": gap.waited, "minutes": minutes}
        return all(found[name] == value for name, value in wanted.items()), str(found)

    def _catalogue_lacks(self, wanted: Any) -> tuple[bool, str]:
        """catalogue_lacks: what was given by hand twice, by its title."""
        titles = [one.title for one in catalogue.candidates(self.world.cast.ruth)]
        return wanted in titles, ", ".join(titles) or "nothing was given by hand twice"

    def _told(self, wanted: Any) -> tuple[bool, str]:
        """told: {who: ruth, kind: remedy.waits}: a member of staff was told of something."""
        heard = models.Notice.objects.filter(staff=self.world.cast[wanted["who"]], kind=wanted["kind"])
        return heard.exists(), f"{wanted['who']} was told {heard.count()} times"
