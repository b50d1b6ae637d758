"""What people in a story do to make it right: the wish, proposing, approving, offering, choosing, and what we hold.

Staff act as their screen would; the customer presses the buttons of his page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from .world import World


class RemedyDeeds:
    """Deeds about remedies; mixed into `Deeds`. `remedy` counts within its case, from 1."""

    world: World
    proposed: int = 0

    if TYPE_CHECKING:

        def _case(self, number: int = 1) -> Any: ...
        def _press(self, who: str, what: str, fields: dict[str, str]) -> None: ...

    # ── the wish ─────────────────────────────────────────────────────────────

    def _asks_wish(self, *, who: str, case: int = 1) -> None:
        from makegood.desk.actions import wishes

        wishes.ask(self._case(case).pk, by=self.world.cast[who], now=self.world.now)

    def _wishes(self, *, who: str, words: str) -> None:
        """The customer says on his page what would make it right."""
        self._press(who, "wish", {"text": words})

    def _hears_wish(self, *, who: str, words: str, door: str = "phone", case: int = 1) -> None:
        from makegood.desk.actions import wishes

        wishes.say(self._case(case).pk, words=words, door=door, by=self.world.cast[who], now=self.world.now)

    def _passes_wish(self, *, who: str, why: str, case: int = 1) -> None:
        from makegood.desk.actions import wishes

        wishes.pass_gate(self._case(case).pk, why=why, by=self.world.cast[who], now=self.world.now)

    def _names_item(self, *, who: str, what: str, case: int = 1) -> None:
        """One of the things that the case is about; they are numbered from 1."""
        from makegood.desk.actions import items

        items.name(self._case(case).pk, what=what, by=self.world.cast[who], now=self.world.now)

    def _settles_item(self, *, who: str, item: int, why: str, case: int = 1) -> None:
        from makegood.desk.actions import items

        items.settle(self._case(case).pk, item, why=why, by=self.world.cast[who], now=self.world.now)

    # ── given by us ──────────────────────────────────────────────────────────

    def _proposes(
        self,
        *,
        who: str,
        choices: list[dict[str, Any]] | str,
        price: str = "",
        failure: str = "outcome",
        words: str = "",
        why: str = "",
        item: int | None = None,
        case: int = 1,
    ) -> None:
        """Propose a remedy: names of the catalogue, or {title, cost, arrives, stock}; money in dollars."""
        from makegood.desk.actions import remedies
        from makegood.rules.money import read

        self.proposed += 1
        wanted = remedies.Wanted(
            key=uuid5(NAMESPACE_URL, f"story/{self.proposed}"),
            failure=failure,
            choices=tuple(map(self._choice, [{"catalogue": choices}] if isinstance(choices, str) else choices)),
            price=read(str(price), "USD") if price else None,
            words=words,
            why=why,
            item=item,
        )
        remedies.propose(self._case(case).pk, wanted, by=self.world.cast[who], now=self.world.now)

    def _choice(self, told: dict[str, Any]) -> Any:
        from makegood.desk.actions import remedies
        from makegood.rules.money import read

        from .deeds import _span

        return remedies.Choice(
            catalogue=str(told.get("catalogue", "")),
            title=str(told.get("title", "")),
            cost=read(str(told["cost"]), "USD") if "cost" in told else None,
            stock=told.get("stock"),
            arrives_by=self.world.now + _span(str(told["arrives"])) if "arrives" in told else None,
        )

    def _approves(self, *, who: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import approvals

        approvals.approve(self._case(case).pk, remedy, by=self.world.cast[who], now=self.world.now)

    def _denies(self, *, who: str, why: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import approvals

        approvals.deny(self._case(case).pk, remedy, why=why, by=self.world.cast[who], now=self.world.now)

    def _makes_offer(
        self, *, who: str, text: str = "", remedy: int = 1, although_late: bool = False, case: int = 1
    ) -> None:
        """Offer an approved remedy on the customer's page, with `text` by a letter as well."""
        from makegood.desk.actions import remedies

        by, number = self.world.cast[who], self._case(case).pk
        remedies.offer(number, remedy, by=by, text=text, although_late=although_late, now=self.world.now)

    def _orders(self, *, who: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import remedies

        remedies.order(self._case(case).pk, remedy, by=self.world.cast[who], now=self.world.now)

    def _ships(self, *, who: str, reference: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import remedies

        by = self.world.cast[who]
        remedies.ship(self._case(case).pk, remedy, reference=reference, by=by, now=self.world.now)

    def _delivers(self, *, who: str, evidence: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import remedies

        by = self.world.cast[who]
        remedies.deliver(self._case(case).pk, remedy, evidence=evidence, by=by, now=self.world.now)

    def _fails(self, *, who: str, why: str, remedy: int = 1, case: int = 1) -> None:
        from makegood.desk.actions import remedies

        remedies.fail(self._case(case).pk, remedy, why=why, by=self.world.cast[who], now=self.world.now)

    # ── his part ─────────────────────────────────────────────────────────────

    def _chooses(self, *, who: str, option: str, words: str = "", remedy: int = 1) -> None:
        self._press(who, f"remedies/{remedy}/choose", {"option": option, "text": words})

    def _declines(self, *, who: str, words: str = "", remedy: int = 1) -> None:
        self._press(who, f"remedies/{remedy}/decline", {"text": words})

    def _confirms(self, *, who: str, remedy: int = 1) -> None:
        """He says on his page that he has it and that it is right."""
        self._press(who, f"remedies/{remedy}/right", {})

    def _not_right(self, *, who: str, words: str = "", remedy: int = 1) -> None:
        self._press(who, f"remedies/{remedy}/not-right", {"text": words})

    # ── what we hold of his ──────────────────────────────────────────────────

    def _takes_in(self, *, who: str, what: str, where: str = "", case: int = 1) -> None:
        from makegood.desk.actions import holdings

        holdings.take(self._case(case).pk, what=what, where=where, by=self.world.cast[who], now=self.world.now)

    def _gives_back(self, *, who: str, evidence: str, case: int = 1) -> None:
        from makegood.desk.actions import holdings

        row = self._case(case)
        held = row.holdings.filter(returned_at=None).latest("since")
        holdings.give_back(row.pk, held.pk, evidence=evidence, by=self.world.cast[who], now=self.world.now)
