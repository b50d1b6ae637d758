"""A-24, A-43, A-57: every form of the desk, filled with nonsense that is made from its own fields.

The addresses come from the resolver and the fields from the views' own code, so what is new is tried too.
Never a crash; every refusal says why in a sentence; and afterwards the doctor's eight questions find nothing.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus

import pytest
from django import forms
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import makegood.customer
import makegood.staff
from makegood.customer import proof
from makegood.desk.actions import links
from makegood.desk.models import Link, Staff
from makegood.desk.queries import invariants
from makegood.staff.signing_in import SECOND_STEP
from tests.attacks.declared_input import Input, every_name_asked, input_of, plain_name
from tests.attacks.two_teams import NOW, House, Route, browser, routes, shut, standing

pytestmark = pytest.mark.django_db

ROUTES = routes()
EXAMPLES = 12
HUGE = "x" * 200_000
CLOCK = {"words": "by five", "due_at": "2026-03-09T17:00:00+00:00", "near_at": None}

NONSENSE = [
    "", " ", "\x00", "a\x00b", "\r\n", "\u202eevil", "\ufeff", "\ud800", "\U0010ffff", HUGE, "9" * 400,
    "0", "-1", "1.5", "1e309", "NaN", "inf", "٣", "0x10", str(2**31), str(2**63), str(2**63 + 1), str(-(2**63) - 1),
    "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-03-08", "-2026-01-01",
    "24:00", "25:61", "02:30", "23:59:60", "00:00:00.0000001", "12:00+14:00",
    "null", "[]", "{}", "true", '"x"', "[" * 5_000, '{"a":' * 2_000, json.dumps({"words": {"words": ["x"]}}),
    "{{7*7}}", "{0.__class__}", "%s%n%(x)s", "' OR 1=1 --", "../../etc/passwd", "<script>alert(1)</script>",
    "=1+1", "on", "on,on", "Europe/../../etc/passwd", "UTC\x00", "a@b@c", '"a b"@x.example',
    "a@" + "x." * 120 + "example",
]  # fmt: skip
WORST = ["\x00", "a\x00b", "\ud800", str(2**63 + 1), HUGE]
DUE = [
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00-14:00",
    "2026-03-09T17:00:00",
    "x",
    5,
    None,
    [],
    "20260309T17Z",
]
CLOCKS = [
    json.dumps(CLOCK),
    *(json.dumps(CLOCK | {"due_at": due}) for due in DUE),
    *(json.dumps(CLOCK | {"near_at": due}) for due in DUE),
    *(json.dumps(CLOCK | {"words": words}) for words in (5, None, "", "\ud800", "\x00", ["x"], {"x": 1})),
]
PLAUSIBLE = {
    "text": ["You will hear from me by five.", "Thank you."],
    "clocks": CLOCKS,
    "kinds": ["answer", "promise", "ask", "apology", "news"],
    "labels": ["complaint", "thanks", "escalation_request", "withdrawal", "question"],
    "word": ["thanks", "note"],
    "words": ["You will hear from me by five."],
    "zone": ["Europe/Oslo", "America/Denver"],
    "time_zone": ["Europe/Madrid", ""],
    "theme": ["light", "dark", "system"],
    "genuine": ["yes", "no"],
    "back": ["board", "quarantine"],
    "seen": ["0", "1000"],
    "next": ["/cases/", "//evil.example"],
    "username": ["tom@larkfield.example"],
    "password": ["seven larks at noon"],
    "new": ["seven larks at noon"],
    "again": ["seven larks at noon"],
    "code": ["123456"],
}
CHARSETS = (
    "utf-8", "us-ascii", "utf-7", "hex", "rot13", "unicode_escape", "raw_unicode_escape", "idna", "undefined", "utf-16",
    "none",
)  # fmt: skip
TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain",
    "application/xml", "", "multipart/form-data", "multipart/mixed; boundary=x", "x" * 3_000, "a/b/c; charset",
    "multipart/form-data; boundary=" + "y" * 300, "multipart/form-data; boundary=\x01",
    "multipart/form-data; boundary=é",
    *(f"application/x-www-form-urlencoded; charset={name}" for name in ("utf-16", "utf-7", "hex", "none")),
    *(f"multipart/form-data; boundary=x; charset={name}" for name in CHARSETS),
]  # fmt: skip


# ── making bodies ────────────────────────────────────────────────────────────


def plausible(name: str, field: forms.Field | None) -> st.SearchStrategy[str]:
    """What somebody might really type into a field."""
    match field:
        case forms.DateField():
            return st.dates(min_value=(NOW - timedelta(3)).date(), max_value=(NOW + timedelta(900)).date()).map(str)
        case forms.TimeField():
            return st.times().map(lambda at: at.strftime("%H:%M"))
        case forms.BooleanField():
            return st.just("on")
        case forms.EmailField():
            return st.integers(0, 999).map(lambda n: f"hired{n}@larkfield.example")
        case forms.ChoiceField() if field.choices and not isinstance(field, forms.TypedChoiceField):
            return st.sampled_from([str(value) for value, _ in field.choices])  # type: ignore[misc, union-attr]
    if name in PLAUSIBLE:
        return st.sampled_from(PLAUSIBLE[name])
    if isinstance(field, forms.IntegerField | forms.ModelChoiceField | forms.TypedChoiceField) or name in (
        "also",
        "keeps",
    ):
        return st.integers(0, 15).map(str)
    return st.text(min_size=1, max_size=40)


def typical(name: str, field: forms.Field | None) -> str:
    """One good value for a field."""
    match field:
        case forms.DateField():
            return "2026-03-09"
        case forms.TimeField():
            return "10:30"
        case forms.ChoiceField() if field.choices and not isinstance(field, forms.TypedChoiceField):
            return str(list(field.choices)[-1][0])  # type: ignore[misc, arg-type]
    return PLAUSIBLE.get(name, ["1"])[0]


def one_spoilt(fields: Input) -> Iterator[list[tuple[str, str]]]:
    """The form as it should be, but for the worst in one field after the other."""
    for spoilt in fields:
        for worst in WORST:
            yield [(name, worst if name == spoilt else typical(name, field)) for name, field in fields.items()]


def bodies(fields: Input) -> st.SearchStrategy[tuple[bytes, str]]:
    """A body and its content type: mostly a form with some fields spoilt, sometimes no form at all."""
    nonsense = st.one_of(st.sampled_from(NONSENSE), st.sampled_from(CLOCKS), st.text(max_size=60))

    @st.composite
    def made(draw: st.DrawFn) -> tuple[bytes, str]:
        pairs: list[tuple[str, str]] = []
        for name, field in fields.items():
            fate = draw(st.sampled_from(["kept", "kept", "kept", "spoilt", "missing", "twice"]))
            if fate != "missing":
                pairs += [(name, draw(nonsense if fate == "spoilt" else plausible(name, field)))]
            if fate == "twice":
                pairs += [(name, draw(nonsense))] * draw(st.sampled_from([1, 1, 250]))
        pairs += [(f"{name}[]", "1") for name in list(fields)[:2]] if draw(st.booleans()) else []
        way = draw(st.sampled_from(["plain", "plain", "plain", "parts", "parts", "broken", "json", "other"]))
        if way == "plain":
            return plain(pairs), TYPES[0]
        if way == "json":
            return json.dumps({name: [value, {name: value}] for name, value in pairs}).encode(), "application/json"
        raw = parts(pairs)
        if way == "broken":
            raw = broken(draw, raw)
        return raw, TYPES[1] if way == "parts" else draw(st.sampled_from(TYPES))

    return made()


def plain(pairs: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{quote_plus(n)}={quote_plus(v, errors='surrogatepass')}" for n, v in pairs).encode()


def parts(pairs: list[tuple[str, str]]) -> bytes:
    """A multipart body; a field called `files` is one."""
    made = b""
    for name, value in pairs:
        as_file = '; filename="' + value[:80].replace('"', "") + '"' if name == "files" else ""
        head = f'--x\r\nContent-Disposition: form-data; name="{name}"{as_file}\r\n\r\n'
        made += (head + value + "\r\n").encode("utf-8", "surrogatepass")
    return made + b"--x--\r\n"


def broken(draw: st.DrawFn, raw: bytes) -> bytes:
    """Cut off, without an end, with a part inside a part, with a line that is none."""
    cut = draw(st.integers(0, len(raw)))
    spoils = {
        "cut": raw[:cut],
        "no end": raw.replace(b"--x--", b""),
        "no name": raw.replace(b"; name=", b"; nome="),
        "long head": raw.replace(b"\r\n\r\n", b"\r\nX-Y: " + b"z" * 70_000 + b"\r\n\r\n", 1),
        "base64": raw.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
        "escapes": raw.replace(b"\r\n\r\n", b"\r\n\r\n+2AA-\\ud800\\x00"),
        "inner": raw[:cut] + b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n" + raw[cut:],
    }
    return spoils[draw(st.sampled_from(sorted(spoils)))]


# ── the house ────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        assert_straight()
        yield found


@pytest.fixture(scope="module")
def ruth(house: House) -> Client:
    """The head of service: she sees every case and may do nearly everything."""
    return browser(house.cast.ruth)


def assert_straight() -> None:
    found = [(v.code, violation.what) for v in invariants.ask_all(now=NOW) for violation in v.violations]
    assert found == []


def takes_a_form(route: Route) -> bool:
    """Whether an address takes a POST: what its guard lets through, or whatever comes where it has none."""
    view = route.view
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals
        methods = kept.get("allowed") if "allowed" in kept else kept.get("names")
        if methods is not None:
            return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return True


#: Programs send JSON with a token, and what they are told is tried in tests/api.
FORMS = [where for where, route in ROUTES.items() if takes_a_form(route) and not where.startswith("api/")]


def address_of(route: Route, house: House) -> str:
    mine = house.support
    proposed = route.where.endswith(("/join/", "/part/"))
    numbered = mine.remedy if "remedies" in route.where else mine.promise
    given = {
        "number": numbered if route.where.startswith("c/") else mine.case.number,
        "contact": mine.proposed if proposed else mine.contact,
        "promise": mine.promise,
        "holding": mine.holding,
        "item": 1,
        "remedy": mine.remedy,
        "verb": "decline",
        "pk": house.absence.pk if "absences" in route.where else house.cast.tom.pk,
        "secret": mine.bell if route.where.startswith("a/") else mine.link,
        "anything": f"{mine.link}/x/",
    }
    return route.address(given)


def ready(where: str, client: Client, house: House) -> None:
    """Let the address be open: not throttled, signed in, half signed in."""
    cache.clear()
    if where == "sign-out/":
        client.force_login(house.cast.ruth)
    if where == "sign-in/code/":
        tom = Staff.objects.get(pk=house.cast.tom.pk)
        Staff.objects.filter(pk=tom.pk).update(totp_secret="GEZDGNBVGY3TQOJQ")
        session, password = client.session, tom.get_session_auth_hash()
        session[SECOND_STEP] = {"staff": tom.pk, "password": password, "at": NOW.isoformat(), "next": "/"}
        session.save()


def send(client: Client, address: str, body: bytes, kind: str) -> HttpResponse:
    response = client.generic("POST", address, body, content_type=kind)
    shut(response)
    return response


# ── the tests ────────────────────────────────────────────────────────────────


def test_every_name_that_is_asked_of_a_body_is_tried_at_some_address() -> None:
    tried = {plain_name(name) for where in FORMS for name in input_of(ROUTES[where])}
    asked = every_name_asked(makegood.staff, makegood.customer)
    assert asked == tried
    assert len(FORMS) >= 34 and len(asked) >= 35


@pytest.mark.parametrize("where", FORMS)
def test_nonsense_in_a_form_is_refused_in_a_sentence_and_leaves_the_house_straight(
    where: str, house: House, ruth: Client
) -> None:
    route, fields = ROUTES[where], input_of(ROUTES[where])
    address, client = address_of(route, house), ruth if not where.startswith(("c/", "sign-in")) else browser()
    link = Link.objects.get(digest=links.digest(house.support.link))
    seen: set[int] = set()

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(bodies(fields), st.booleans())
    def fuzz(made: tuple[bytes, str], ours: bool) -> None:
        body, kind = made
        ready(where, client, house)
        if "proof" in fields and ours and kind in TYPES[:2]:
            body = with_proof(body, kind, proof.make(link))
        response = send(client, address, body, kind)
        seen.add(response.status_code)
        assert_told(response, where)

    for pairs in one_spoilt(fields):
        fuzz.hypothesis.inner_test((plain(pairs), TYPES[0]), True)
    fuzz()
    assert seen
    assert_straight()


@pytest.mark.parametrize("where", ["cases/<str:number>/note/", "c/<str:secret>/write/", "sign-in/", "settings/"])
@pytest.mark.parametrize("kind", TYPES, ids=range(len(TYPES)))
def test_a_body_of_any_type_and_charset_is_read_or_refused(where: str, kind: str, house: House, ruth: Client) -> None:
    client = browser() if where.startswith(("c/", "sign-in")) else ruth
    address, link = address_of(ROUTES[where], house), Link.objects.get(digest=links.digest(house.support.link))
    for text in ("+2AA-+AAA-x", "\\ud800\\x00\\N{BELL}", "xn--\xff", "%ff"):
        ready(where, client, house)
        typed = {"text": text, "username": text, "password": text, "time_zone": text, "language": "en"}
        body = (parts if "boundary=x" in kind else plain)([*typed.items(), ("proof", proof.make(link))])
        assert_told(send(client, address, body, kind), where)
    assert_straight()


def with_proof(body: bytes, kind: str, word: str) -> bytes:
    """The same form with the hidden word of the customer's page, so that it is really read."""
    if kind == TYPES[0]:
        return body + b"&" + plain([("proof", word)])
    return parts([("proof", word)]).removesuffix(b"--x--\r\n") + body


SENTENCE = re.compile(r"[\w“¿][^<>]{8,}[.!?]")


def assert_told(response: HttpResponse, where: str) -> None:
    """A refusal has its status, and says why; a redirect stays in the house."""
    status = response.status_code
    assert status in (200, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429), (where, status)
    if status in (302, 303):
        assert response.headers["Location"].startswith("/") and not response.headers["Location"].startswith("//")
        return
    if status == 200:
        return
    html = response.content.decode()
    main = html.partition("<main")[2] or html.partition("<body")[2]
    assert SENTENCE.search(main), (where, status, html[:2000])
    if status == 409 and not where.startswith("c/"):
        refused = response.context["refused"]
        assert re.fullmatch("[a-z_]{3,40}", refused.code), where
        assert SENTENCE.fullmatch(str(refused.title)), refused.title
    if status == 422:
        assert said_by_forms(response), where


def said_by_forms(response: HttpResponse) -> bool:
    """Whether a form of the page says what is wrong with it, each time in a sentence."""
    found = [
        str(error)
        for context in response.context
        for thing in context.flatten().values()
        if isinstance(thing, forms.BaseForm)
        for errors in thing.errors.values()
        for error in errors
    ]
    assert all(SENTENCE.fullmatch(error) for error in found), found
    return bool(found)
