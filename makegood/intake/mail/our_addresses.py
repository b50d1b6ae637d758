"""Which addresses are ours: the doors of the policy, reply addresses, and nothing else. Never a relay."""

from dataclasses import dataclass

from makegood.desk import facts, models
from makegood.desk.actions.letters import mail_domain, sender_address
from makegood.rules.policy import Door, Policy

from .addresses import comparable, plus_detail

#: RFC 5321 section 4.5.1: mail for the postmaster of a domain we take mail for is always taken.
_ALWAYS = ("postmaster", "abuse")


@dataclass(frozen=True, kw_only=True)
class Ours:
    """The addresses one policy makes ours."""

    doors: dict[str, Door]
    #: Comparable address → name of its door.
    addresses: dict[str, str]
    #: The domain of reply addresses and canaries.
    domain: str
    #: Every domain that any of our addresses has.
    domains: frozenset[str]
    #: The public mail door that takes what names no other.
    first: str

    def takes(self, address: str) -> bool:
        """Return whether mail for this address is taken: a door, a reply address, a canary, the postmaster."""
        return self.door_of(address) is not None or self.is_reply(address) or self._is_canary(address)

    def door_of(self, address: str) -> str | None:
        """Return the door that an address names, whatever its case and its +detail; None if it names none."""
        spoken = comparable(address.strip())
        found = self.addresses.get(spoken) or self.addresses.get(plus_detail(spoken)[0])
        if found is None:
            local, _, domain = spoken.rpartition("@")
            if (local in _ALWAYS and domain in self.domains) or spoken == "postmaster":
                return self.first
        return found

    def is_reply(self, address: str) -> bool:
        """Return whether it has the shape of a reply address of ours. Whether it is signed is judged later."""
        return self._starts(address, "reply+")

    def is_executive(self, door: str) -> bool:
        return door in self.doors and self.doors[door].executive

    def _is_canary(self, address: str) -> bool:
        return self._starts(address, "canary+") or comparable(address.strip()) == f"canary@{self.domain}"

    def _starts(self, address: str, beginning: str) -> bool:
        spoken = comparable(address.strip())
        return spoken.startswith(beginning) and spoken.rpartition("@")[2] == self.domain


def read_ours() -> Ours:
    """Return the addresses that are ours by the policy in force. Raises PolicyVersion.DoesNotExist if there is none."""
    policy = facts.policy_in_force()
    if policy is None:
        raise models.PolicyVersion.DoesNotExist("No policy is loaded.")
    return of_policy(policy)


def of_policy(policy: Policy) -> Ours:
    """Return the addresses that a policy makes ours."""
    doors = {name: door for name, door in policy.doors.items() if door.kind == "mail"}
    addresses = {comparable(address): name for name, door in doors.items() for address in door.addresses}
    public = [name for name, door in doors.items() if not door.executive] or list(doors) or list(policy.doors)
    first = public[0]
    addresses.setdefault(comparable(sender_address(policy, "")), first)
    domain = comparable(mail_domain(policy))
    return Ours(
        doors=policy.doors,
        addresses=addresses,
        domain=domain,
        domains=frozenset({domain, *(address.rpartition("@")[2] for address in addresses)}),
        first=first,
    )
