"""What people in a story do with programmes and codes: publish terms, enter, give what is promised, redeem, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from makegood.desk.models import Customer, Entitlement

    from .world import World


class ProgrammeDeeds:
    """Deeds about programmes; mixed into `Deeds`. Money is in dollars."""

    world: World

    def _starts_programme(self, *, who: str, name: str, text: str, value: str, days: int | None = None) -> None:
        from makegood.desk.actions import programmes

        by = self.world.cast[who]
        terms = _terms(value, days=days)
        programmes.start(name, name, text=text, terms=terms, owner=by, by=by, now=self.world.now)

    def _publishes(
        self, *, who: str, name: str, text: str, value: str, only: str = "", days: int | None = None
    ) -> None:
        from makegood.desk import models
        from makegood.desk.actions import programmes

        programme = models.Programme.objects.get(name=name)
        terms = _terms(value, only=only, days=days)
        programmes.publish(programme, text=text, terms=terms, by=self.world.cast[who], now=self.world.now)

    def _enters(self, *, who: str, name: str, reference: str = "parcel 1") -> None:
        """A customer, by his mail address, enters a programme now."""
        from makegood.desk import models
        from makegood.desk.actions import programmes

        programme, now = models.Programme.objects.get(name=name), self.world.now
        customer = _customer(who)
        programmes.enter(programme, customer=customer, entered_at=now, reference=reference, by=None, now=now)

    def _grants(
        self,
        *,
        who: str,
        to: str,
        title: str,
        value: str,
        only: str = "",
        days: int | None = None,
        reference: str = "parcel 1",
    ) -> None:
        """Staff give an entrant a code, as the programme's page lets them."""
        from makegood.desk import models
        from makegood.desk.actions import codes, entitlements
        from makegood.rules.codes import Worth, named

        entrant = models.Entrant.objects.get(customer=_customer(to), reference=reference)
        terms = _terms(value, only=only, days=days)
        assert terms.value is not None
        wanted = codes.Wanted(title=title, worth=Worth(value=terms.value, scope=named([only] if only else [])))
        grant = entitlements.Grant(title=title, terms=terms, code=wanted)
        entitlements.issue(entrant, grant, by=self.world.cast[who], now=self.world.now)

    def _redeems(self, *, who: str, holder: str, order: str, total: str) -> None:
        """Staff redeem the customer's oldest open code, as he reads it to them from his page."""
        from makegood.desk import models
        from makegood.desk.actions import redeeming
        from makegood.desk.queries import codes as queries
        from makegood.rules.money import read

        row = models.Code.objects.filter(customer=_customer(holder)).order_by("state", "pk").first()
        assert row is not None
        till = redeeming.Till(staff=self.world.cast[who])
        found = redeeming.look_up(queries.text_of(row), customer=holder, till=till, now=self.world.now)
        redeeming.redeem(
            found, redeeming.Order(number=order, total=read(total, row.currency)), till=till, now=self.world.now
        )

    def _extends(self, *, who: str, holder: str) -> None:
        """Everything that a customer holds is good for ever."""
        from makegood.desk.actions import entitlements

        for row in _held(holder):
            entitlements.extend(row.pk, None, by=self.world.cast[who], now=self.world.now)

    def _ends_programme(self, *, who: str, name: str) -> None:
        from makegood.desk import models
        from makegood.desk.actions import programmes

        programmes.end(models.Programme.objects.get(name=name), by=self.world.cast[who], now=self.world.now)


def _terms(value: str, *, only: str = "", days: int | None = None) -> Any:
    from makegood.rules.codes import named
    from makegood.rules.money import read
    from makegood.rules.programmes import Terms

    return Terms(value=read(value, "USD"), scope=named([only] if only else []), days=days)


def _customer(address: str) -> Customer:
    from makegood.desk import models

    return models.Customer.objects.get(addresses__value=address.lower())


def _held(address: str) -> list[Entitlement]:
    from makegood.desk import models

    return list(models.Entitlement.objects.filter(customer=_customer(address), state="open").order_by("pk"))
