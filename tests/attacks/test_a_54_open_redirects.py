"""A-54: no word in an address, a form or a session sends anybody to another site."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from makegood.staff.one_time_codes import code_at
from tests.attacks.declared_input import input_of
from tests.attacks.test_fuzzed_forms import FORMS, ROUTES, address_of, ready, typical
from tests.attacks.two_teams import NOW, House, browser, shut, standing

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
ELSEWHERE = (
    f"https://{EVIL}/", f"http://{EVIL}", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}", f"/\\{EVIL}", f"\\\\{EVIL}",
    f"\\/{EVIL}", f"/\\/{EVIL}", f"/\t/{EVIL}", f"/\n/{EVIL}", f"/\r/{EVIL}", f"/\x00/{EVIL}", f"\t//{EVIL}",
    f" //{EVIL}", f"\u3000//{EVIL}", f"https:{EVIL}", f"https:/{EVIL}", f"http:///{EVIL}",
    f"https://localhost@{EVIL}/", f"https://testserver.{EVIL}/", f"//testserver@{EVIL}", f"//testserver:80@{EVIL}/",
    f"HtTpS://{EVIL}", f"ftp://{EVIL}/", f"javascript:location='//{EVIL}'", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    f"/%0d%0aLocation:%20//{EVIL}", f"/\r\nLocation: //{EVIL}", f"/%2f%2f{EVIL}", f"/%5c{EVIL}", f"%2f%2f{EVIL}",
    f"/.//{EVIL}", f"/..//{EVIL}", f"/;@{EVIL}", f"{EVIL}", f".{EVIL}", f"@{EVIL}", f"//{EVIL}\\@testserver",
    f"//[::1]@{EVIL}", "//%65vil.example", "//①②③.example", f"/／{EVIL}", f"／／{EVIL}", f"/\u200b/{EVIL}",
    f"/\ufeff/{EVIL}", "mailto:a@evil.example", "?next=//evil.example", "#//evil.example",
)  # fmt: skip
PATHS = (
    f"//{EVIL}", f"//{EVIL}/", f"//{EVIL}/%2e%2e", f"///{EVIL}/cases", f"/\\{EVIL}/cases", f"//{EVIL}/cases/1/reply/",
    f"/%5c{EVIL}/cases", f"/%2f%2f{EVIL}/cases", f"/.{EVIL}", "/cases", "/sign-in", f"//{EVIL}/sign-in", "/c", "/c/x",
    f"/cases//{EVIL}/", f"/cases/%2f%2f{EVIL}/", f"/a/%2f%2f{EVIL}",
)  # fmt: skip
NAMES = (
    "next", "back", "url", "return", "return_to", "redirect", "redirect_uri", "continue", "to", "goto", "lang", "done",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        found.cast.tom.set_password("a trail needs no password")
        found.cast.tom.save()
        yield found


def where_a_browser_goes(location: str) -> str:
    """The site a browser would be on: it drops tabs and newlines, strips spaces, and takes \\ for /."""
    seen = "".join(c for c in location if c not in "\t\n\r").strip("".join(map(chr, range(33)))).replace("\\", "/")
    if seen.startswith("//"):
        return "somewhere else"
    return "here" if seen.startswith("/") and not urlsplit(seen).scheme else "somewhere else"


def assert_stays(response: HttpResponse) -> None:
    shut(response)
    location = response.headers.get("Location")
    if location is not None:
        assert where_a_browser_goes(location) == "here", location
    assert "Refresh" not in response.headers


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_sign_in_goes_on_to_a_page_of_ours(house: House, elsewhere: str) -> None:
    typed = {"username": house.cast.tom.email, "password": "a trail needs no password"}
    for client, response in (
        (one := Client(), one.post("/sign-in/", typed | {"next": elsewhere})),
        (two := Client(), two.post("/sign-in/?next=" + quote(elsewhere), typed)),
    ):
        assert response.status_code == 302
        assert_stays(response)
        again = client.get("/sign-in/?next=" + quote(elsewhere))
        assert again.status_code == 302, "who is in already goes on at once"
        assert_stays(again)


def test_so_does_the_second_step(house: House) -> None:
    seed = b"12345678901234567890"
    tom = house.cast.tom
    tom.totp_secret = base64.b32encode(seed).decode()
    tom.save()
    typed = {"username": tom.email, "password": "a trail needs no password"}
    for step, elsewhere in enumerate(ELSEWHERE[2:5], -1):
        client = Client()
        client.post("/sign-in/", typed | {"next": elsewhere})
        client.get("/sign-in/code/?next=" + quote(elsewhere))
        code = code_at(seed, int(NOW.timestamp()) // 30 + step)
        response = client.post("/sign-in/code/", {"code": code, "next": elsewhere})
        assert response.status_code == 302
        assert_stays(response)


@pytest.mark.parametrize("where", [where for where in FORMS if where != "sign-in/code/"])
def test_every_form_goes_back_to_a_page_of_ours_whatever_it_is_told(where: str, house: House) -> None:
    fields = {name: typical(name, field) for name, field in input_of(ROUTES[where]).items()}
    client = browser() if where.startswith(("c/", "sign-in")) else browser(house.cast.ruth)
    for elsewhere in (ELSEWHERE[0], ELSEWHERE[2], ELSEWHERE[5], ELSEWHERE[10]):
        ready(where, client, house)
        told = dict.fromkeys(NAMES, elsewhere) | {name: v for name, v in fields.items() if name not in ("next", "back")}
        asked = "?" + "&".join(f"{name}={quote(elsewhere)}" for name in NAMES)
        headers = {"Referer": elsewhere.strip(), "HX-Current-URL": "https://evil.example/"}
        headers = {name: value for name, value in headers.items() if value.isprintable()}
        assert_stays(client.post(address_of(ROUTES[where], house) + asked, told, headers=headers))


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_taken_for_a_site(path: str, house: House) -> None:
    for client in (browser(), browser(house.cast.ruth)):
        for method in ("GET", "POST", "HEAD"):
            # The client would take the first word behind two slashes for the host; a server does not.
            response = client.generic(method, "/", PATH_INFO=unquote(path))
            assert response.status_code in (301, 302, 400, 404, 405)
            assert_stays(response)
            on = response.headers.get("Location", "")
            assert where_a_browser_goes(next_of(on)) == "here", on


def next_of(location: str) -> str:
    return parse_qs(urlsplit(location).query).get("next", ["/"])[0]
