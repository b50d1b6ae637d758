"""History can't be bent: the journal is append-only and chained."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from makegood.desk import facts, models
from makegood.desk.actions import journal

pytestmark = pytest.mark.django_db


def test_an_entry_carries_the_hash_of_the_one_before_it(letter: models.Case) -> None:
    entries = list(letter.journal.order_by("seq"))
    assert [e.previous for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert all(journal.sealed(e) == e.hash for e in entries)
    letter.refresh_from_db()
    assert (letter.head_seq, letter.head_hash) == (entries[-1].seq, entries[-1].hash)


@pytest.mark.parametrize("verb", ["UPDATE desk_entry SET name='nothing'", "DELETE FROM desk_entry"])
def test_the_database_refuses_to_change_or_remove_an_entry(letter: models.Case, verb: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert letter.journal.exists()


def test_the_columns_are_what_the_journal_adds_up_to(letter: models.Case) -> None:
    folded = facts.case(letter)
    assert folded.owner == letter.owner_id
    assert folded.open is letter.open
    assert folded.unanswered_at == letter.unanswered_at
    assert {p.number for p in folded.promises} == set(letter.promises.values_list("number", flat=True))
