"""Every call of the program door, fuzzed from the names and kinds that its own code asks of a body.

Whatever JSON comes: an answer in the one shape, a code that docs/api.md explains, and books that add up.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import codes, tokens
from makegood.desk.queries import codes as queries
from makegood.desk.queries import invariants
from makegood.desk.queries.tokens import RIGHTS
from makegood.rules.codes import Worth
from makegood.rules.money import Money
from tests.attacks.declared_routes import API
from tests.attacks.two_teams import Route, routes

pytestmark = pytest.mark.django_db

CALLS = {where: route for where, route in routes().items() if where in API and "anything" not in where}
HERS = "rosalia@quintero.example"
NONSENSE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, 1e308, float("nan"), float("inf"), "", " ", "\x00", "a\x00b", "\ud800",
    "x" * 70_000, "9" * 400, "-1.00", "0.00", "1e5", "NaN", "1,00", "\u0661.00", "0x10", "' OR 1=1 --", "{{7*7}}",
    "<script>alert(1)</script>", "\r\nX: 1", "\u202e", [], [[]], [None], ["x"] * 300, [{"a": "b"}], {}, {"code": "x"},
)  # fmt: skip
RAW = (
    b"", b"{", b"[]", b"null", b'"x"', b"[" * 30_000, b'{"a":' * 5_000, b"\xff\xfe", b"\x00", b"{}" + b" " * 70_000,
    b'{"code": 1, "code": "x"}', b'{"code": ' + b"9" * 5_000 + b"}", '{"code": "é"}'.encode("utf-16"), b"--x--", b"a=b",
)  # fmt: skip
Body = dict[str, Any]


def schema(route: Route) -> dict[str, str]:
    """The names that a call lets stand in a body, each with the reader of `door` that reads it."""
    view = inspect.unwrap(route.view)
    module = sys.modules[view.__module__]
    names: set[str] = set()
    read: dict[str, str] = {}
    todo, seen = [view.__name__], set()
    while todo:
        thing = getattr(module, name := todo.pop(), None)
        if name in seen or not inspect.isfunction(inspect.unwrap(thing) if callable(thing) else None):
            continue
        seen.add(name)
        for node in ast.walk(ast.parse(inspect.getsource(inspect.unwrap(thing)))):  # type: ignore[arg-type]
            if isinstance(node, ast.Name):
                todo.append(node.id)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                if node.func.attr == "only":
                    names |= set(words)
                elif node.func.attr in ("text", "texts", "money"):
                    read |= dict.fromkeys(words, node.func.attr)
    assert names == set(read), "what may stand in a body is read, and the other way round"
    return read


@pytest.fixture
def till(cast: Cast, monday_ten: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Client, str]]:
    """A till that guesses are not counted for, so that what comes after the tenth is read as well; and a code."""
    monkeypatch.setattr(queries, "BY_ONE", 10**9)
    monkeypatch.setattr(queries, "BY_DOOR", 10**9)
    with clock.reading(lambda: monday_ten):
        secret = tokens.make("till", may=RIGHTS, now=monday_ten)
        rosalia = models.Customer.objects.create(name="Rosalía Quintero", first_seen_at=monday_ten)
        rosalia.addresses.create(value=HERS)
        wanted = codes.Wanted(title="Any pack", worth=Worth(value=Money("USD", 20_000), single=False))
        code = codes.issue(wanted, customer=rosalia, now=monday_ten, by=cast.priya).text
        yield Client(headers={"authorization": f"Bearer {secret}"}), code


def honest(code: str, name: str) -> Any:
    given = {"code": code, "customer": HERS, "order": "1001", "currency": "USD", "total": "1.50", "amount": "1.00"}
    return given.get(name, ["Trail Pack 40"])


def test_every_call_says_itself_what_it_takes() -> None:
    read = {where: schema(route) for where, route in CALLS.items()}
    assert len(read) == len(RIGHTS)
    assert read["api/v1/codes/redeem"] == {
        "code": "text", "customer": "text", "order": "text", "currency": "text", "total": "money", "amount": "money",
        "items": "texts",
    }  # fmt: skip


@pytest.mark.parametrize("where", CALLS)
def test_no_body_makes_a_call_fail_or_the_books_wrong(where: str, till: tuple[Client, str]) -> None:
    client, code = till
    names = schema(CALLS[where])
    good = {name: honest(code, name) for name in names}
    seen: set[int] = set()

    def send(raw: bytes, kind: str = "application/json") -> None:
        answer = client.generic("POST", f"/{where}", raw, content_type=kind)
        seen.add(answer.status_code)
        assert_told(answer.status_code, answer.json(), code)

    def plain(body: Body) -> bytes:
        return json.dumps(body).encode()

    for raw in RAW:
        send(raw)
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"):
        response = client.generic("POST", f"/{where}", plain(good), content_type=kind)
        assert response.status_code == 400
    for name in names:
        send(plain({key: value for key, value in good.items() if key != name}))
        for nonsense in NONSENSE:
            send(plain(good | {name: nonsense}))

    @settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(bodies(good))
    def fuzz(body: Body) -> None:
        send(plain(body))

    fuzz()
    send(plain(good))
    assert {200, 400} <= seen <= {200, 400, 404, 409}
    found = [violation.what for verdict in invariants.ask_all(now=clock.now()) for violation in verdict.violations]
    assert found == []


def bodies(good: Body) -> st.SearchStrategy[Body]:
    """The body as it should be, with several names spoilt, missing, or that nobody knows."""
    anything = st.recursive(
        st.one_of(st.sampled_from(NONSENSE), st.text(max_size=30), st.integers(), st.floats()),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=5,
    )
    missing = object()

    @st.composite
    def made(draw: st.DrawFn) -> Body:
        fates = {name: draw(st.sampled_from([value, value, value, missing, ...])) for name, value in good.items()}
        body = {name: draw(anything) if fate is ... else fate for name, fate in fates.items() if fate is not missing}
        return body | (draw(st.dictionaries(st.text(max_size=12), anything, max_size=1)) if draw(st.booleans()) else {})

    return made()


def assert_told(status: int, told: Body, code: str) -> None:
    """What was done, or one error with a code that is documented and a sentence; never the code that was held up."""
    assert code not in json.dumps(told)
    if status == 200:
        assert "error" not in told
        return
    assert set(told) == {"error"} and set(told["error"]) == {"code", "sentence", "reasons"}
    assert f"`{told['error']['code']}`" in API_PAGE
    assert told["error"]["sentence"].strip()[-1] in ".…"


API_PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
