"""Cases are found by their words, on both databases alike, by those who may open them and by nobody else."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import notes, people
from makegood.desk.queries import pieces, searching
from makegood.desk.queries.snippets import Place, Snippet
from makegood.rules.policy import Role
from tests.conftest import MONDAY_TEN

pytestmark = pytest.mark.django_db

ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example")
IVO = Writer(name="Ivo Brandt", address="ivo@brandt.example")


@pytest.fixture
def weeks(cast: Cast) -> Weeks:
    return Weeks(cast)


@pytest.fixture
def buckle(weeks: Weeks) -> models.Case:
    return weeks.letter(
        ROSALIA,
        at=MONDAY_TEN,
        subject="Hip-belt buckle snapped",
        text="Order LF-10452. The buckle snapped on the first day out, near Peñíscola.",
    )


@pytest.fixture
def boots(weeks: Weeks) -> models.Case:
    return weeks.letter(IVO, at=MONDAY_TEN, subject="Boots", text="My boots are not back from the cobbler. Ключ, ŁÓDŹ?")


def found(who: models.Staff, typed: str) -> list[str]:
    return [hit.case.number for hit in searching.search(who, typed).hits]


def shown(why: Snippet) -> str:
    return "".join(f"[{part.text}]" if part.found else part.text for part in why.parts)


@pytest.mark.parametrize(
    "typed",
    [
        "buckle", "BUCKLE", "buck", "hip-belt", "belt hip", "LF-10452", "10452", "rosalia", "Rosalía",
        "rosali\u0301a quin", "rosalia@quintero.example", "ROSALIA@", "peniscola", "Peñíscola!", "rosalia buckle",
        "order lf",
    ],
)  # fmt: skip
def test_a_case_is_found_by_any_word_of_its_letter(
    cast: Cast, buckle: models.Case, boots: models.Case, typed: str
) -> None:
    assert found(cast.noor, typed) == [buckle.number]


@pytest.mark.parametrize("typed", ["ключ", "КЛЮЧ", "клю"])
def test_words_of_other_alphabets_are_found(cast: Cast, buckle: models.Case, boots: models.Case, typed: str) -> None:
    assert found(cast.noor, typed) == [boots.number]


@pytest.mark.parametrize("typed", ["uckle", "buckle boots", "buckled", "bucklesnapped", "lf-1045 snapped", "b"])
def test_what_is_no_word_of_it_is_not_found(cast: Cast, buckle: models.Case, boots: models.Case, typed: str) -> None:
    """Words count from their beginning, all of them, and only the last may go on."""
    assert found(cast.noor, typed) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL needs no such rule")
def test_a_frequent_word_is_taken_as_it_stands(
    cast: Cast, weeks: Weeks, buckle: models.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = weeks.letter(IVO, at=MONDAY_TEN, subject="Buckles", text="Two of them.")
    assert found(cast.noor, "buckle") == [longer.number, buckle.number]
    monkeypatch.setattr(pieces, "_FREQUENT", 0)
    assert found(cast.noor, "buckle") == [buckle.number]
    assert found(cast.noor, "buc") == found(cast.noor, "buck") == [longer.number, buckle.number]


def test_a_number_that_was_typed_stands_on_top(cast: Cast, weeks: Weeks, buckle: models.Case) -> None:
    later = weeks.letter(IVO, at=MONDAY_TEN, subject="Like", text=f"It is as with {buckle.number}, I heard.")
    assert found(cast.noor, buckle.number) == [buckle.number, later.number]
    assert found(cast.noor, buckle.number[:-1]) == [later.number, buckle.number]


def test_the_newest_case_comes_first_and_once(cast: Cast, weeks: Weeks, buckle: models.Case) -> None:
    models.Contact.objects.create(
        case=buckle, direction="in", door="mail", received_at=MONDAY_TEN, text="The buckle again."
    )
    newer = weeks.letter(IVO, at=MONDAY_TEN, subject="Buckle", text="Another buckle.")
    assert found(cast.noor, "buckle") == [newer.number, buckle.number]


# ── who finds what ───────────────────────────────────────────────────────────


def test_nobody_finds_a_case_he_may_not_open(cast: Cast, buckle: models.Case) -> None:
    stranger = people.hire(
        name="Otto Fremd", email="otto@larkfield.example", role=Role.AGENT, team=None, by=None, now=MONDAY_TEN
    )
    for typed in ("buckle", buckle.number, "rosalia@quintero.example"):
        seen = searching.search(stranger, typed)
        assert (seen.hits, seen.count, seen.or_more, seen.older) == ((), 0, False, None)


def test_who_has_left_finds_nothing(cast: Cast, buckle: models.Case) -> None:
    cast.noor.is_active = False
    assert found(cast.noor, "buckle") == []


def test_a_note_is_found_by_those_who_may_open_its_case(cast: Cast, buckle: models.Case) -> None:
    notes.add(buckle.pk, text="Ask the workshop about zamak castings.", by=cast.noor, now=MONDAY_TEN)
    (hit,) = searching.search(cast.noor, "zamak").hits
    assert (hit.why.place, hit.why.by) == (Place.NOTE, cast.noor.name)
    assert shown(hit.why) == "Ask the workshop about [zamak] castings."


# ── why it was found ─────────────────────────────────────────────────────────


def test_the_snippet_shows_the_words_as_they_were_written(cast: Cast, buckle: models.Case) -> None:
    (hit,) = searching.search(cast.noor, "PENIS").hits
    assert shown(hit.why).endswith("near [Peñíscola].")
    assert (hit.why.place, hit.why.by, hit.why.at) == (Place.THEIRS, "Rosalía Quintero", MONDAY_TEN)


def test_of_a_long_letter_the_place_is_shown(cast: Cast, weeks: Weeks) -> None:
    text = "one two three four five. " * 400 + "Then the zipper broke. " + "six seven eight nine ten. " * 400
    weeks.letter(IVO, at=MONDAY_TEN, subject="Long", text=text)
    (hit,) = searching.search(cast.noor, "zipper").hits
    assert "Then the [zipper] broke." in shown(hit.why)
    assert shown(hit.why).startswith("… ") and shown(hit.why).endswith(" …") and len(shown(hit.why)) < 230


def test_by_his_name_alone_the_sender_is_shown(cast: Cast, weeks: Weeks) -> None:
    weeks.letter(IVO, at=MONDAY_TEN, subject="Late", text="It is late.")
    (hit,) = searching.search(cast.noor, "brandt").hits
    assert shown(hit.why) == "Ivo [Brandt] <ivo@[brandt].example>"


# ── pages ────────────────────────────────────────────────────────────────────


def test_pages_follow_each_other_without_a_gap(cast: Cast, weeks: Weeks, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [weeks.letter(IVO, at=MONDAY_TEN, subject=f"Tent {n}", text="A tent.").number for n in range(7)]
    for page, batches, dense in ((3, (3000,), 3000), (2, (1, 2), 200), (2, (4, 1), 0), (2, (5, 3), 2)):
        monkeypatch.setattr(searching, "PAGE", page)
        monkeypatch.setattr(pieces, "_BATCHES", batches)
        monkeypatch.setattr(pieces, "_DENSE", dense)
        seen: list[str] = []
        older: int | None = None
        while True:
            one = searching.search(cast.noor, "tent", before=older)
            seen += [hit.case.number for hit in one.hits]
            older = one.older
            if older is None:
                break
        assert seen == numbers[::-1]


def test_who_may_see_few_of_many_is_told_where_the_search_stopped(
    cast: Cast, weeks: Weeks, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = weeks.letter(IVO, at=MONDAY_TEN, subject="Stove", text="A stove.")
    models.Case.objects.filter(pk=own.pk).update(owner=cast.priya)
    for number in range(5):
        weeks.letter(ROSALIA, at=MONDAY_TEN, subject=f"Stove {number}", text="A stove.")
    others = models.Case.objects.exclude(pk=own.pk)
    others.update(team=None, owner=cast.noor)
    monkeypatch.setattr(pieces, "_BATCHES", (4,))
    monkeypatch.setattr(searching, "LOOKED_AT", 4)
    first = searching.search(cast.priya, "stove")
    assert (first.hits, first.unfinished, first.or_more) == ((), True, True)
    numbers: list[str] = []
    older = first.older
    while older is not None:
        page = searching.search(cast.priya, "stove", before=older)
        numbers += [hit.case.number for hit in page.hits]
        older = page.older
    assert numbers == [own.number]


# ── the index is what the rows say ───────────────────────────────────────────


def test_what_is_taken_out_of_a_letter_is_taken_out_of_the_index(cast: Cast, buckle: models.Case) -> None:
    changed = models.Contact.objects.filter(case=buckle).update(
        text="[removed]", from_name="", from_address="", subject=""
    )
    assert changed == 1
    models.Case.objects.filter(pk=buckle.pk).update(subject="[removed]")
    for typed in ("snapped", "buckle", "rosalia", "quintero", "10452"):
        assert found(cast.noor, typed) == []
    assert found(cast.noor, "removed") == [buckle.number]


def test_rows_written_together_are_all_found(cast: Cast, buckle: models.Case) -> None:
    first = buckle.contacts.get()
    models.Contact.objects.bulk_create(
        [
            models.Contact(case=buckle, direction="in", door="mail", received_at=MONDAY_TEN, text=f"lantern{n}")
            for n in range(30)
        ]
    )
    assert all(found(cast.noor, f"lantern{n}") == [buckle.number] for n in range(30))
    rest = models.Contact.objects.filter(case=buckle).exclude(pk=first.pk)
    rest.update(text="candle")
    assert found(cast.noor, "lantern") == []
    assert found(cast.noor, "candle") == [buckle.number]


def test_what_is_not_committed_is_not_found(cast: Cast, buckle: models.Case) -> None:
    with transaction.atomic():
        notes.add(buckle.pk, text="a passing thought", by=cast.noor, now=MONDAY_TEN)
        assert found(cast.noor, "passing") == [buckle.number]
        transaction.set_rollback(True)
    assert found(cast.noor, "passing") == []


def test_the_database_keeps_its_index_by_triggers(db: None) -> None:
    """A migration that copies one of these tables drops its triggers: it must make them anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT DISTINCT trigger_name FROM information_schema.triggers"
        )
        names = {name for (name,) in cursor.fetchall()}
    events = ("insert", "update", "delete") if connection.vendor == "sqlite" else ("kept", "changed")
    assert names >= {f"desk_{table}_words_{event}" for table in ("case", "contact", "note") for event in events}


# ── whatever is typed is data ────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "'", '"', '""', "*", "a*", "*:*", ":", "NEAR(", "NEAR(buckle snapped)", "buckle NOT snapped", "AND",
        "OR OR", "words:buckle", "{words}:", "-buckle", "+", "^", "(", ")", "\\", "%", "_", ";", "--", "/*", "\0",
        "buckle\0snapped", "x" * 10_000, "buckle " * 2_000, "é" * 10_000, "\u0301", "\u200b", "\ud7ff", "𝐀", "🂡",
        "ª²³", "ⅷ", "a\ua7aeb", "\U0001e922b", "'; DROP TABLE desk_case; --", "' OR '1'='1", "') UNION SELECT 1",
        "buckle':* | 'a", "!!", "<->", "a & b", "a | !b",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_searched_for_and_nothing_else(cast: Cast, buckle: models.Case, typed: str) -> None:
    words = pieces.read(typed).all
    seen = searching.search(cast.noor, typed)
    assert seen.words == words
    assert len(words) <= 8
    assert len(seen.hits) in ((0, 1) if words else (0,))
    assert models.Case.objects.count() == 1


def test_every_letter_may_be_searched_for(cast: Cast, buckle: models.Case) -> None:
    """What counts as a letter here must be one for the database, too; else it would see two words in one and refuse."""
    letters = [chr(n) for n in range(0x20, 0x30000) if pieces.read(chr(n))]
    assert len(letters) > 80_000
    for start in range(0, len(letters), 200):
        list(pieces.holding(pieces.Words(all=tuple(f"a{x}b" for x in letters[start : start + 200]), open_ended=False)))
