"""Writing one lived case many times: new keys, other customers, other words, each its own hash chain.

Clones of one case at one time differ in few columns, so whole columns are made at once; a row is what
stands beside each other in them.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import Any

from makegood.desk import models
from makegood.desk.actions.letters import mail_domain
from makegood.desk.chain import START
from makegood.notify.email import reply_address
from makegood.notify.email.reply_address import ReplyAddress
from makegood.rules.policy import Policy

from . import words
from .moments import Moment
from .sink import Sink, next_keys
from .templates import NUMBER, TABLES, Kind, Row, Template

_CUSTOMER, _ADDRESS, _CASE = NUMBER[models.Customer], NUMBER[models.CustomerAddress], NUMBER[models.Case]
_LINK, _CONTACT, _NOTE = NUMBER[models.Link], NUMBER[models.Contact], NUMBER[models.Note]
COMES_BACK = 0.2
"""Of the customers, those who had a case before."""


def secret_of(link: int) -> str:
    """Return the secret behind a cloned link, so that its page can be opened."""
    return f"large-desk-{link:019d}"


@dataclass(kw_only=True)
class _Batch:
    """Some clones of one case at one time."""

    first: list[int]
    """The first key of the batch in each table; row by row, each has one key for every clone."""
    size: int
    customers: list[int]
    new: list[bool]
    """Whether a clone's customer never had a case before."""
    own: list[list[str]] = field(default_factory=list)
    """What fills the holes of each clone's texts."""
    heads: list[str]
    letters: dict[int, list[tuple[bytes, str]]] = field(default_factory=dict)

    def keys(self, table: int, place: int) -> Sequence[int]:
        """The keys that the clones have for one row of their case."""
        if table == _CUSTOMER:
            return self.customers
        start = self.first[table] + place * self.size
        return range(start, start + self.size)


class Cloner:
    """Writes clones, with the next free keys."""

    def __init__(self, sink: Sink, policy: Policy, *, rng: random.Random) -> None:
        self._sink, self._rng = sink, rng
        self._next = next_keys(TABLES)
        self._domain = mail_domain(policy)
        self._known: list[int] = []
        self._numbers: Counter[int] = Counter()
        for number in models.Case.objects.values_list("number", flat=True):
            year, _, count = number.partition("-")
            self._numbers[int(year)] = max(self._numbers[int(year)], int(count))

    def clone(self, moment: Moment, rows: Sequence[Row], count: int) -> None:
        """Write so many more cases like this. `rows` are the template's at that moment."""
        template = moment.template
        batch = self._batch(template, count, year=moment.received_at.year)
        for table, values, holes in rows:
            columns: list[Iterable[Any]] = [repeat(value) for value in values]
            for column, kind, what in holes:
                columns[column] = _column(batch, kind, what, columns)
            lines = zip(*columns, strict=False)
            self._sink.add(table, compress(lines, batch.new) if table in (_CUSTOMER, _ADDRESS) else lines)
        for table, of_one in enumerate(template.counts):
            if table != _CUSTOMER:
                self._next[table] += of_one * count

    def _batch(self, template: Template, count: int, *, year: int) -> _Batch:
        comes_back = [bool(self._known) and self._rng.random() < COMES_BACK for _ in range(count)]
        customers = [self._rng.choice(self._known) if back else self._new_customer() for back in comes_back]
        batch = _Batch(
            first=list(self._next),
            size=count,
            customers=customers,
            new=[not back for back in comes_back],
            heads=[START] * count,
        )
        batch.own = [self._own(template, batch, clone, year=year) for clone in range(count)]
        return batch

    def _new_customer(self) -> int:
        key = self._next[_CUSTOMER]
        self._next[_CUSTOMER] += 1
        self._known.append(key)
        return key

    def _own(self, template: Template, batch: _Batch, clone: int, *, year: int) -> list[str]:
        """What fills the holes of a clone's texts, in the order of `templates.Own`."""
        customer, case = batch.customers[clone], batch.first[_CASE] + clone
        name = words.name_of(customer)
        self._numbers[year] += 1
        contacts = (batch.keys(_CONTACT, place)[clone] for place in range(template.contacts))
        notes = (batch.keys(_NOTE, place)[clone] for place in range(template.notes))
        return [
            name,
            words.quoted(name),
            words.address_of(customer, name),
            words.subject(self._rng),
            words.sentence(self._rng),
            f"{year:04d}-{self._numbers[year]:04d}",
            reply_address.make(ReplyAddress(case=case, who="c", id=customer), domain=self._domain),
            str(case),
            *(_message_id(old, case, place) for place, old in enumerate(template.message_ids)),
            *map(str, contacts),
            *map(str, notes),
        ]


def _message_id(old: str, case: int, place: int) -> str:
    local, _, domain = old[1:-1].partition("@")
    return f"<{hashlib.sha256(f'{case} {place}'.encode()).hexdigest()[: len(local)]}@{domain}>"


def _column(batch: _Batch, kind: Kind, what: Any, columns: Sequence[Iterable[Any]]) -> Iterable[Any]:
    """What stands in one column of one row of each clone."""
    match kind:
        case Kind.KEY:
            return batch.keys(*what)
        case Kind.TEXT:
            pattern, pick = what
            return [pattern % pick(own) for own in batch.own]
        case Kind.BYTES:
            pattern, pick = what
            return [(pattern % pick(own)).encode("utf-8", "surrogateescape") for own in batch.own]
        case Kind.HEAD:
            return batch.heads
        case Kind.SEAL:
            pattern, pick = what
            sha256 = hashlib.sha256
            sealed = zip(batch.heads, batch.own, strict=True)
            batch.heads = [sha256(f"{head}\n{pattern % pick(own)}".encode()).hexdigest() for head, own in sealed]
            return batch.heads
        case Kind.LINK:
            return [hashlib.sha256(secret_of(key).encode()).hexdigest() for key in columns[0]]
        case Kind.FINGERPRINT:
            place, text = what
            if place not in batch.letters:
                batch.letters[place] = _letters(batch, *text)
            return [fingerprint for _, fingerprint in batch.letters[place]]
        case Kind.SIZE:
            return [len(body) for body, _ in batch.letters[what]]
        case Kind.RAW:
            return [body for body, _ in batch.letters[what]]


def _letters(batch: _Batch, pattern: str, pick: Any) -> list[tuple[bytes, str]]:
    """The bytes of a letter to each clone, with their fingerprints."""
    bodies = [(pattern % pick(own)).encode() for own in batch.own]
    return [(body, hashlib.sha256(body).hexdigest()) for body in bodies]
