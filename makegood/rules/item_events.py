"""The things of one case: named one by one, made right one by one. What happens to them, and what it makes of the case.

A dress and another, the wifi and the TV: each has remedies of its own, and the case closes when all are right.
`items` decides; nothing here does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .event import Event
from .values import replace

if TYPE_CHECKING:
    from .cases import Case


@dataclass(frozen=True, kw_only=True)
class ItemNamed(Event):
    """The case is about this, too. Things are numbered within their case, from 1."""

    name = "item.named"
    item: int
    what: str


@dataclass(frozen=True, kw_only=True)
class ItemSettled(Event):
    """It needs no remedy: he keeps it as it is, or nothing was wrong with it."""

    name = "item.settled"
    item: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing of a case."""

    number: int
    what: str
    settled: bool = False
    """Whether somebody said that it needs no remedy."""


def _named(case: Case, event: ItemNamed) -> Case:
    assert event.item == len(case.items) + 1, "things are numbered in the order they were named"
    return replace(case, items=(*case.items, Item(number=event.item, what=event.what)))


def _settled(case: Case, event: ItemSettled) -> Case:
    items = [replace(each, settled=True) if each.number == event.item else each for each in case.items]
    return replace(case, items=tuple(items))


MEANING: dict[type, Callable[[Case, Any], Case]] = {ItemNamed: _named, ItemSettled: _settled}
