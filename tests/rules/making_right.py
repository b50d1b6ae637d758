"""A case on which something is made right, told step by step: `company`'s desk, with remedies."""

from __future__ import annotations

from makegood.rules import events as ev
from makegood.rules import items, remedies
from makegood.rules.authority import Given, Verdict, judge, nothing_given
from makegood.rules.money import Money
from makegood.rules.policy import Role
from makegood.rules.remedies import Option, Proposal, Remedy, Step
from tests.rules.company import LEA, Desk, at

BAG = 21_900
"""What the bag cost, in cents: 219.00 USD."""
REFUND = Option(key="refund", kind="refund", cost=BAG, value=BAG)
ANY_BAG = Option(key="choose_any", kind="choose_any", cost=13_140, value=BAG)
CODE = Option(key="code", kind="code", cost=BAG, value=BAG)
SORRY = Option(key="apology", kind="apology", cost=0, value=0)
SOMETHING = Option(key="custom", kind="custom", cost=4_000, value=4_000)


class Amends(Desk):
    """One case, and everything that is done to make it right. The wish is known unless `wish` is False."""

    def __init__(self, opened: str = "2026-03-02 10:00", *, wish: bool = True, **more: object) -> None:
        super().__init__(opened, **more)  # type: ignore[arg-type]  # the same keywords
        if wish:
            self.wishes(opened)

    @property
    def remedy(self) -> Remedy:
        """Return the newest remedy."""
        return self.case.remedies[-1]

    def clocks(self, number: int | None = None) -> list[str]:
        """Return the kinds of clocks that one remedy has now; the newest unless `number` is given."""
        which = number or len(self.case.remedies)
        return [p.kind for p in self.case.outstanding() if p.remedy == which]

    def steps(self, number: int = 1) -> list[str]:
        """Return what happened to a remedy, in order."""
        named = (e for e in self.story if e.name.startswith("remedy."))
        return [e.name.removeprefix("remedy.") for e in named if getattr(e, "number", 0) == number]

    def wishes(self, when: str, *, himself: bool = False) -> None:
        u = self.unfolding(when)
        remedies.say_wish(u, words_hash="w", by=None if himself else self.case.owner, at=at(when))
        self._settle(u)

    def asks_wish(self, when: str) -> None:
        u = self.unfolding(when)
        remedies.ask_wish(u, by=self.case.owner, at=at(when))
        self._settle(u)

    def passes_wish(self, when: str, why: str = "He is at the airport.") -> None:
        u = self.unfolding(when)
        remedies.pass_wish(u, why=why, by=self.case.owner, at=at(when))
        self._settle(u)

    def proposes(
        self,
        when: str,
        *options: Option,
        allowed: Verdict | None = None,
        by: int | None = None,
        incident: int | None = None,
        currency: str = "USD",
        failure: str = "outcome",
        why: str = "The strap tore.",
        ancestor: int | None = None,
        item: int | None = None,
    ) -> int:
        """Propose; what the proposer may give is judged as if nobody had given anything yet."""
        u = self.unfolding(when)
        giver = None if incident else by or self.case.owner
        proposal = Proposal(
            failure=failure,
            currency=currency,
            options=options or (REFUND,),
            words_hash="p",
            why=why,
            ancestor=ancestor,
            item=item,
            incident=incident,
        )
        verdict = allowed or Verdict()
        number = remedies.propose(u, proposal, allowed=verdict, by=giver, at=at(when))
        self._settle(u)
        return number

    def names(self, when: str, what: str) -> int:
        u = self.unfolding(when)
        number = items.name(u, what=what, by=self.case.owner, at=at(when))
        self._settle(u)
        return number

    def needs_nothing(self, when: str, item: int, why: str = "He keeps it as it is.") -> None:
        u = self.unfolding(when)
        items.settle(u, number=item, why=why, by=self.case.owner, at=at(when))
        self._settle(u)

    def judged(self, cost: int, given: Given | None = None, role: Role = Role.AGENT) -> Verdict:
        return judge(Money("USD", cost), role=role, given=given or nothing_given("USD"), policy=self.policy)

    def approves(self, when: str, *, by: int = LEA, role: Role = Role.LEAD, number: int = 0) -> None:
        u = self.unfolding(when)
        remedies.approve(u, number=number or self.remedy.number, role=role, by=by, at=at(when))
        self._settle(u)

    def denies(self, when: str, why: str = "Too much.", *, by: int = LEA) -> None:
        u = self.unfolding(when)
        remedies.deny(u, number=self.remedy.number, why=why, by=by, at=at(when))
        self._settle(u)

    def offers_it(
        self, when: str, *, expires: str | None = None, arrives: str | None = None, although_late: bool = False
    ) -> int:
        """Offer the newest remedy by a letter; returns the contact."""
        contact = self.sends(when, "offer")
        u = self.unfolding(when)
        remedies.offer(
            u,
            number=self.remedy.number,
            by=self.case.owner,
            at=at(when),
            contact=contact,
            expires_at=at(expires) if expires else None,
            arrives_at=at(arrives) if arrives else None,
            although_late=although_late,
        )
        self._settle(u)
        return contact

    def chooses(self, when: str, option: str = "refund") -> None:
        u = self.unfolding(when)
        remedies.accept(u, number=self.remedy.number, option=option, words_hash="c", at=at(when))
        self._settle(u)

    def declines(self, when: str, why: str = "I want another bag.") -> None:
        u = self.unfolding(when)
        remedies.decline(u, number=self.remedy.number, why=why, at=at(when))
        self._settle(u)

    def lapses(self, when: str) -> None:
        u = self.unfolding(when)
        remedies.lapse(u, number=self.remedy.number, at=at(when))
        self._settle(u)

    def orders(self, when: str, *, number: int = 0) -> None:
        u = self.unfolding(when)
        remedies.order(u, number=number or self.remedy.number, key="k-1", by=self.case.owner, at=at(when))
        self._settle(u)

    def ships(self, when: str) -> None:
        u = self.unfolding(when)
        remedies.ship(u, number=self.remedy.number, reference="1Z999", at=at(when))
        self._settle(u)

    def arrives(self, when: str) -> None:
        u = self.unfolding(when)
        remedies.deliver(u, number=self.remedy.number, evidence="scanned at his door", at=at(when))
        self._settle(u)

    def confirms(self, when: str, *, weak: bool = False) -> None:
        u = self.unfolding(when)
        remedies.confirm(u, number=self.remedy.number, evidence="said so", weak=weak, at=at(when))
        self._settle(u)

    def fails(self, when: str, why: str = "The new strap tore, too.") -> None:
        u = self.unfolding(when)
        remedies.fail(u, number=self.remedy.number, why=why, at=at(when))
        self._settle(u)

    def takes_back(self, when: str, why: str = "It was meant for another case.") -> None:
        u = self.unfolding(when)
        lost = self.remedy.step in (Step.SHIPPED, Step.DELIVERED, Step.CONFIRMED)
        remedies.reverse(u, number=self.remedy.number, why=why, lost=lost, by=self.case.owner, at=at(when))
        self._settle(u)

    def makes_good(self, day: str, *options: Option) -> None:
        """From proposed to confirmed within one morning."""
        self.proposes(f"{day} 10:00", *options)
        self.orders(f"{day} 10:05")
        self.arrives(f"{day} 10:10")
        if self.remedy.undone:
            self.confirms(f"{day} 10:15")

    def fails_again(self, day: str) -> None:
        """A refund is proposed and ordered, and never comes."""
        self.proposes(f"{day} 10:00", REFUND)
        self.orders(f"{day} 10:05")
        self.fails(f"{day} 10:10")

    def takes_his_thing(self, when: str, holding: int = 1) -> None:
        u = self.unfolding(when)
        remedies.hold_property(u, holding=holding, what="his watch", by=self.case.owner, at=at(when))
        self._settle(u)

    def gives_it_back(self, when: str, holding: int = 1) -> None:
        u = self.unfolding(when)
        remedies.return_property(u, holding=holding, by=self.case.owner, at=at(when))
        self._settle(u)

    def alarms_to(self) -> list[int]:
        """Return everybody who heard an alarm, in order."""
        return [person for alarm in self.all_of(ev.AlarmRaised) for person in alarm.to]
