"""Pages of a list that may be too long to be counted: so many rows are counted, and behind them it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:

    class AnyPage(Page[Any]):
        """Django's page; its class takes no parameter while the program runs."""

    class AnyPaginator(Paginator[Any]):
        """Django's paginator, likewise."""

else:
    AnyPage, AnyPaginator = Page, Paginator

MOST = 10_000
"""So many rows are counted. Of a longer list is said that it is longer; every page of it can be opened."""
_DIGITS = 7


class LongPage(AnyPage):
    """A page behind which there may be rows that nobody counted."""

    def __init__(self, rows: Sequence[Any], number: int, paginator: Long, *, goes_on: bool) -> None:
        super().__init__(rows, number, paginator)
        self._goes_on = goes_on

    def has_next(self) -> bool:
        return self._goes_on

    def next_page_number(self) -> int:
        return self.number + 1

    def previous_page_number(self) -> int:
        return self.number - 1

    def end_index(self) -> int:
        return self.start_index() + len(self.object_list) - 1


class Long(AnyPaginator):
    """A list in pages. A page number that makes no sense is the nearest that does."""

    @cached_property
    def _counted(self) -> int:
        if isinstance(self.object_list, QuerySet):
            return self.object_list.order_by()[: MOST + 1].count()
        return len(self.object_list)

    @property
    def more(self) -> bool:
        """Whether there are more rows than `count` says."""
        return isinstance(self.object_list, QuerySet) and self._counted > MOST

    @cached_property
    def count(self) -> int:
        """How many rows there are; of a list that is longer, `MOST`."""
        return MOST if self.more else self._counted

    def get_page(self, number: Any) -> Page[Any]:
        if not self.more:
            return super().get_page(number)
        text = str(number)
        makes_sense = text.isascii() and text.isdigit() and len(text) <= _DIGITS
        asked = max(1, int(text)) if makes_sense else 1
        return self._rows_of(asked) or self._rows_of(MOST // self.per_page) or super().get_page(1)

    def _rows_of(self, number: int) -> LongPage | None:
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        return LongPage(rows[: self.per_page], number, self, goes_on=len(rows) > self.per_page) if rows else None
