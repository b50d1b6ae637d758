"""The books: every movement of money as postings that sum to zero, each with a key that makes twice impossible.

A posting above zero goes into its account, one below zero comes out of it.

    house ─→ budget:NAME ─→ reserved:NAME ─→ spent:KIND
                   ↖──────────────┘  ╲────→ liability:codes ─→ redeemed
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .money import Money

HOUSE = "house"
"""Where budgets come from."""
LIABILITY = "liability:codes"
"""What codes that he hasn't redeemed may still cost us."""
REDEEMED = "redeemed"
LAPSED = "lapsed"
"""What codes could have cost that ended unredeemed."""


class Unbalanced(ValueError):  # noqa: N818  (the house's way of naming)
    """The postings of a transfer don't sum to zero in every currency, or there are none."""


@dataclass(frozen=True)
class Posting:
    """So much into an account, or out of it (below zero), in minor units."""

    account: str
    currency: str
    minor: int


@dataclass(frozen=True)
class Transfer:
    """One movement of money. Raises Unbalanced where it would make or lose any."""

    key: str
    """Unique in the books: the same movement can't be posted twice."""
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        if not self.postings or any(sums(self.postings).values()):
            raise Unbalanced(f"{self.key}: {self.postings}")


def sums(postings: Iterable[Posting]) -> dict[str, int]:
    """Return the sum of postings by currency: all zero in books that balance."""
    found: dict[str, int] = defaultdict(int)
    for each in postings:
        found[each.currency] += each.minor
    return dict(found)


def balances(postings: Iterable[Posting]) -> dict[tuple[str, str], int]:
    """Return what each account holds, by account and currency."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for each in postings:
        found[each.account, each.currency] += each.minor
    return dict(found)


def move(key: str, amount: Money, *, out_of: str, into: str) -> Transfer | None:
    """Return the transfer of an amount from one account into another; None where nothing moves."""
    if not amount or out_of == into:
        return None
    minor, currency = amount.minor, amount.currency
    return Transfer(key, (Posting(out_of, currency, -minor), Posting(into, currency, minor)))


def budget(name: str) -> str:
    """Return the account of what is left in a budget; remedies without one share the account `budget:house`."""
    return f"budget:{name or HOUSE}"


def reserved(name: str) -> str:
    """Return the account of what is promised out of a budget and not ordered yet."""
    return f"reserved:{name or HOUSE}"


def spent(kind: str) -> str:
    """Return the account of what a kind of remedy has cost; of codes and credit, what they may still cost."""
    return LIABILITY if kind in ("code", "credit") else f"spent:{kind}"


def remedy_key(case: int, number: int, step: str) -> str:
    """Return the key of what one step of one remedy moves: once, whoever tries again."""
    return f"remedy:{case}:{number}:{step}"


# ── what each step of a remedy moves ─────────────────────────────────────────


def reserve(case: int, number: int, name: str, cost: Money) -> Transfer | None:
    """Proposed: the dearest option is set aside."""
    return move(remedy_key(case, number, "proposed"), cost, out_of=budget(name), into=reserved(name))


def choose(case: int, number: int, name: str, *, reserved_cost: Money, chosen_cost: Money) -> Transfer | None:
    """Accepted: what the choice costs less than the dearest goes back."""
    less = reserved_cost - chosen_cost
    return move(remedy_key(case, number, "accepted"), less, out_of=reserved(name), into=budget(name))


def spend(case: int, number: int, name: str, kind: str, cost: Money) -> Transfer | None:
    """Ordered: what was set aside is spent, or becomes what we owe for a code."""
    return move(remedy_key(case, number, "ordered"), cost, out_of=reserved(name), into=spent(kind))


def give_back(case: int, number: int, name: str, step: str, cost: Money) -> Transfer | None:
    """Denied, declined, reversed or failed before it was ordered: what was set aside goes back."""
    return move(remedy_key(case, number, step), cost, out_of=reserved(name), into=budget(name))


def take_back(case: int, number: int, name: str, kind: str, cost: Money) -> Transfer | None:
    """Reversed after it was ordered, and the money is ours again."""
    return move(remedy_key(case, number, "reversed"), cost, out_of=spent(kind), into=budget(name))
