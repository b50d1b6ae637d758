"""The search of the staff door: cases as on the board, with the place that holds the words, page by page."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import notes

from .conftest import IVO, Hand, SignedIn, text_of

pytestmark = pytest.mark.django_db


def test_cases_are_found_by_number_name_address_and_subject(
    priya: Client, buckle: models.Case, weeks: Weeks, hand: Hand
) -> None:
    weeks.letter(IVO, at=hand.at, subject="Boots", text="Not back.")
    for words in (buckle.number, "quintero", "ROSALIA@", "hip-belt", "first day"):
        page = text_of(priya.get("/cases/", {"q": words}))
        assert "Rosalía Quintero" in page
        assert "Ivo Brandt" not in page
    for nothing in ("%", "unheard", '"', "NEAR("):
        assert "Nothing found." in text_of(priya.get("/cases/", {"q": nothing}))


def test_the_place_that_holds_the_words_is_shown_under_its_case(
    priya: Client, buckle: models.Case, cast: Cast, hand: Hand
) -> None:
    page = text_of(priya.get("/cases/", {"q": "snapp first"}))
    assert "Nothing found." in page
    page = text_of(priya.get("/cases/", {"q": "first snapp"}))
    assert "<b>1 case</b> for “first snapp”, newest first." in page
    assert "It <mark>snapped</mark> on the <mark>first</mark> day." in page
    assert "Letter from Rosalía Quintero" in page
    notes.add(buckle.pk, text="Zamak, says the workshop.", by=cast.priya, now=hand.at)
    page = text_of(priya.get("/cases/", {"q": "zamak"}))
    assert f"Note by {cast.priya.name}" in page
    assert "<mark>Zamak</mark>, says the workshop." in page


def test_what_strangers_wrote_and_what_was_typed_is_text_and_no_markup(
    priya: Client, weeks: Weeks, hand: Hand, cast: Cast
) -> None:
    evil = Writer(name="<script>alert(1)</script>", address="eve@evil.example")
    case = weeks.letter(evil, at=hand.at, subject="<img src=x onerror=alert(2)>", text="<b onclick=alert(3)>zebra</b>")
    models.Case.objects.filter(pk=case.pk).update(owner=cast.priya)
    page = priya.get("/cases/", {"q": 'zebra" onfocus="alert(4)'}).content.decode()
    assert 'onfocus="alert' not in page
    page = priya.get("/cases/", {"q": "zebra"}).content.decode()
    assert "<mark>zebra</mark>" in page
    assert not re.search(r"<script>alert|<img|<b onclick", page)


def test_a_case_one_may_not_open_is_not_found(signed_in: SignedIn, cast: Cast, weeks: Weeks, hand: Hand) -> None:
    hers = weeks.letter(IVO, at=hand.at, subject="Lantern", text="Secret lantern.")
    notes.add(hers.pk, text="lantern of the note", by=cast.noor, now=hand.at)
    models.Case.objects.filter(pk=hers.pk).update(owner=cast.noor, team=None)
    page = text_of(signed_in(cast.priya).get("/cases/", {"q": "lantern"}))
    assert "Nothing found." in page
    assert "Ivo" not in page
    assert "Ivo Brandt" in text_of(signed_in(cast.noor).get("/cases/", {"q": "lantern"}))


def test_pages_lead_from_the_newest_to_the_oldest_and_back(
    signed_in: SignedIn, cast: Cast, weeks: Weeks, hand: Hand
) -> None:
    numbers = [weeks.letter(IVO, at=hand.at, subject="Peg", text=f"Peg {n}.").number for n in range(27)]
    reader = signed_in(cast.noor)
    first = text_of(reader.get("/cases/", {"q": "peg"}))
    assert "<b>27 cases</b>" in first
    assert set(re.findall(r"/cases/(2026-\d+)/", first)) == set(numbers[2:])
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = text_of(reader.get("/cases/" + older[1].replace("&amp;", "&")))
    assert set(re.findall(r"/cases/(2026-\d+)/", second)) == set(numbers[:2])
    assert 'rel="next"' not in second
    assert "Back to the newest" in second


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "9999999999", "²", "1.5", "1 OR 1"])
def test_a_place_to_go_on_from_that_makes_no_sense_is_the_first_page(
    priya: Client, buckle: models.Case, before: str
) -> None:
    page = text_of(priya.get("/cases/", {"q": "buckle", "before": before}))
    assert "<b>1 case</b>" in page


def test_a_search_asks_the_same_few_queries_for_one_case_and_for_many(
    signed_in: SignedIn, cast: Cast, weeks: Weeks, hand: Hand
) -> None:
    reader = signed_in(cast.noor)
    weeks.letter(IVO, at=hand.at, subject="Peg", text="Peg.")
    reader.get("/cases/", {"q": "peg"})
    with CaptureQueriesContext(connection) as one:
        reader.get("/cases/", {"q": "peg"})
    for number in range(12):
        weeks.letter(IVO, at=hand.at, subject="Peg", text=f"Peg {number}.")
    with CaptureQueriesContext(connection) as many:
        reader.get("/cases/", {"q": "peg"})
    assert len(many) <= len(one) <= 20


def test_searching_is_reading_and_needs_a_sign_in(priya: Client, buckle: models.Case) -> None:
    assert priya.post("/cases/", {"q": "buckle"}).status_code == 405
    assert Client().get("/cases/", {"q": "buckle"}).status_code == 302
    with CaptureQueriesContext(connection) as asked:
        priya.get("/cases/", {"q": "buckle"})
    # PostgreSQL's SET LOCAL lasts for one query and changes no row.
    verbs = {query["sql"].split()[0].upper() for query in asked}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE", "SET", "BEGIN"}


def test_the_search_speaks_spanish_to_who_reads_it(priya: Client, buckle: models.Case, cast: Cast) -> None:
    models.Staff.objects.filter(pk=cast.priya.pk).update(language="es")
    page = text_of(priya.get("/cases/", {"q": "buckle"}))
    assert "<b>1 caso</b> con “buckle”, primero los más recientes." in page
    assert "Mensaje de Rosalía Quintero" in page
