"""A-45: what is typed into an address is a value. No payload becomes a piece of a statement, or changes an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import incidents, notes
from tests.conftest import MONDAY_TEN
from tests.customer.visitor import visit
from tests.house.reading import ROOT

pytestmark = pytest.mark.django_db

MARK = "zq7mark"
"""Stands in every payload: where a statement holds it, a value was pasted into it."""
SECRET = "obsidian lantern"

#: Addresses of lists, and the words in them that the program reads.
STAFF = {
    "/": ("whose", "door", "source", "page"),
    "/newer/": ("case", "alarm", "since", "whose", "door", "source"),
    "/cases/": ("q", "before", "page"),
    "/cases/{number}/": ("all",),
    "/cases/{number}/remedies/new/": ("item",),
    "/doors/items/": ("state", "door", "page"),
    "/doors/set-aside/": ("page",),
    "/understood/messages/": ("task", "label", "verdict", "reader", "page"),
    "/sent/": ("page",),
    "/codes/": ("currency", "age", "page"),
    "/remedies/behind/": ("what", "budget", "day", "page"),
    "/incidents/new/": ("case", "word"),
    "/incidents/{incident}/people/": ("standing", "telling", "page"),
    "/incidents/{incident}/open-cases/": ("page",),
}
CUSTOMER = {"": ("lang", "done", "show"), "copy/": ("lang",)}

TRUE_AND_FALSE = (
    ("' AND '1'='1", "' AND '1'='2"),
    ('" AND "1"="1', '" AND "1"="2'),
    (" AND 1=1", " AND 1=2"),
    ("') AND ('1'='1", "') AND ('1'='2"),
    ("%' AND 1=1 --", "%' AND 1=2 --"),
)
PAYLOADS = (
    "'", "''", '"', "`", "\\", "\\'", "%27", "%00'", "';", "'--", "' #", "'/*", "*/", "')", "'))", '")', ";", "||",
    "@@version", "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "') OR ('1'='1", "1 OR 1=1", "-1 OR 1=1",
    "1; DROP TABLE desk_case; --", "'; DELETE FROM desk_case; --", "' UNION SELECT NULL --",
    "' UNION ALL SELECT NULL,NULL,NULL,NULL --",
    "1 UNION SELECT password FROM desk_staff", "' UNION SELECT sql FROM sqlite_master --", "' AND SLEEP(5) --",
    "'; SELECT pg_sleep(5); --", "' || (SELECT pg_sleep(5)) || '", "1 AND (SELECT 1 FROM (SELECT pg_sleep(5)) x)",
    "' AND randomblob(900000000) --", "CAST((SELECT version()) AS int)", "' AND 1=CAST((SELECT 1) AS int) --",
    "1)) ORDER BY 99 --", "' ORDER BY 99 --", "' HAVING 1=1 --", "${1}", "%s", "%(x)s", "%%", "{0}", ":1", "?1", "$1",
    "NEAR(a b)", "words:*", "a* OR *", '"a" NOT "b"', "^a", "a & !b", "a <-> b", "!!'':*", "\u02bc OR 1=1", "＇ OR 1=1",
    "0x27", "char(39)", "1e309", "-9223372036854775809", "9" * 40, "NaN", "null", "\n' OR 1=1", "\t", "\u0000'",
)  # fmt: skip
SOME = PAYLOADS[::5]
"""For words that a page compares with a list, or reads as a number."""
SEARCHED = ("q", "before")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the text of everything the database is told; values go beside it."""
    told: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield told


@pytest.fixture
def cases(cast: Cast) -> Iterator[list[models.Case]]:
    """One case of Priya's, and one that she may not see."""
    weeks = Weeks(cast)
    with clock.reading(lambda: MONDAY_TEN):
        hers = weeks.letter(
            Writer(name="Rosa", address="rosa@quill.example"), at=MONDAY_TEN, subject="Buckle", text="A."
        )
        other = weeks.letter(
            Writer(name="Ivo", address="ivo@brandt.example"), at=MONDAY_TEN, subject=SECRET, text=f"My {SECRET}."
        )
        notes.add(other.pk, text=f"The {SECRET}, a note.", by=cast.noor, now=MONDAY_TEN)
        models.Case.objects.filter(pk=hers.pk).update(owner=cast.priya)
        models.Case.objects.filter(pk=other.pk).update(owner=cast.noor, team=None)
        yield [hers, other]


def rows_shown(page: bytes) -> tuple[int, list[bytes]]:
    return page.count(b"data-row"), sorted(set(re.findall(rb"/cases/(2026-\d+)/", page)))


def throw(ask: Callable[[str, dict[str, str]], Any], path: str, name: str, payload: str) -> Any:
    """Ask with a payload; it is harmless or refused, and no statement holds it."""
    with statements() as told:
        response = ask(path, {name: payload})
    assert response.status_code in (200, 204, 400, 404), (path, name, payload, response.status_code)
    assert not [sql for sql in told if MARK in sql.lower()], (path, name, payload)
    page = response.content
    for word in (b"syntax error", b"OperationalError", b"DataError", b"psycopg", b"sqlite3", b"Traceback"):
        assert word not in page, (path, name, payload)
    return response


@pytest.mark.parametrize(("path", "names"), STAFF.items())
def test_no_address_of_the_staff_door_lets_a_payload_through(
    cast: Cast, cases: list[models.Case], path: str, names: Sequence[str]
) -> None:
    client = Client()
    # No agent has to do with incidents: there the attacker is one who may open them.
    client.force_login(cast.ruth if path.startswith("/incidents") else cast.priya)
    incident = incidents.open_incident(title="Buckles", by=cast.ruth, now=MONDAY_TEN)
    before = models.Case.objects.count(), models.Staff.objects.count(), models.Entry.objects.count()
    at = path.format(number=cases[0].number, incident=incident.pk)
    for name in names:
        for payload in PAYLOADS if name in SEARCHED else SOME:
            response = throw(client.get, at, name, f"{MARK}{payload}")
            assert SECRET.encode() not in response.content.replace(quote(SECRET).encode(), b"")
        for true, false in TRUE_AND_FALSE if name in SEARCHED else TRUE_AND_FALSE[:1]:
            answers = [throw(client.get, at, name, f"{MARK}{logic}") for logic in (true, false)]
            assert rows_shown(answers[0].content) == rows_shown(answers[1].content), (at, name, true)
    assert (models.Case.objects.count(), models.Staff.objects.count(), models.Entry.objects.count()) == before


@pytest.mark.parametrize("true_and_false", TRUE_AND_FALSE)
@pytest.mark.parametrize("word", ["Buckle", "obsidian"])
def test_the_search_finds_neither_more_nor_other_cases_for_logic_behind_a_word(
    cast: Cast, cases: list[models.Case], word: str, true_and_false: tuple[str, str]
) -> None:
    client = Client()
    client.force_login(cast.priya)
    answers = [throw(client.get, "/cases/", "q", f"{word}{logic}") for logic in true_and_false]
    assert rows_shown(answers[0].content) == rows_shown(answers[1].content)
    assert SECRET.encode() not in answers[0].content + answers[1].content


def test_a_payload_in_the_place_of_a_number_is_no_case(cast: Cast, cases: list[models.Case]) -> None:
    client = Client()
    client.force_login(cast.priya)
    hers = cases[0].number
    for payload in PAYLOADS:
        with statements() as told:
            response = client.get(f"/cases/{quote(f'{hers}{MARK}{payload}', safe='')}/")
        assert response.status_code in (400, 404), payload
        assert not [sql for sql in told if MARK in sql.lower()], payload


@pytest.mark.parametrize(("path", "names"), CUSTOMER.items())
def test_no_address_of_the_customers_page_lets_a_payload_through(
    cast: Cast, cases: list[models.Case], path: str, names: Sequence[str]
) -> None:
    page = visit(cases[0], now=MONDAY_TEN)

    def ask(at: str, words: dict[str, str]) -> Any:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in words.items())
        return page.get(f"{at}?{query}")

    for name in names:
        for payload in SOME:
            assert SECRET.encode() not in throw(ask, path, name, f"{MARK}{payload}").content


def test_every_word_that_an_address_may_hold_is_attacked_here() -> None:
    """A new filter or pager must be named above, or this fails."""
    read = re.compile(r"GET(?:\.get\(|\[)\"(\w+)\"")
    several = re.compile(r"GET\.get\(n[a-z]*, \"\"\)(?:\[:\d+\])? for n[a-z]* in \(([^)]*)\)")
    known = {name for names in (*STAFF.values(), *CUSTOMER.values()) for name in names}
    found: set[str] = set()
    for room in ("staff", "customer"):
        for file in sorted((ROOT / "makegood" / room).rglob("*.py")):
            text = file.read_text("utf-8")
            found |= set(read.findall(text))
            found |= {name for group in several.findall(text) for name in re.findall(r'"(\w+)"', group)}
    assert {"q", "whose", "verdict", "show"} <= found
    # Where to go after a sign-in is an address and asks the database nothing.
    assert found - known == {"next"}
