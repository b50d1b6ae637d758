"""A-42: nobody is who a header says he is, nor where it says he is, nor is this desk where it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.ui.network import address_of, fingerprint
from tests.conftest import MONDAY_TEN
from tests.customer.visitor import letter, march, visit

PEER = "203.0.113.9"
PROXY = "198.51.100.7"
WHERE_FROM = (
    "X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "Client-IP", "X-Client-IP", "Forwarded",
    "X-Forwarded", "Forwarded-For", "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Originating-IP", "Remote-Addr",
    "X-Remote-Addr", "Via",
)  # fmt: skip
WHO = (
    "Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Auth-Request-User", "X-Auth-Request-Email", "X-User",
    "X-WEBAUTH-USER", "X-Authenticated-User", "X-Forwarded-Email", "X-SSL-Client-S-DN", "Authorization", "Impersonate",
)  # fmt: skip
AS_ENVIRONMENT = ("REMOTE_USER", "AUTH_USER", "HTTP_REMOTE_USER", "REDIRECT_REMOTE_USER", "SSL_CLIENT_S_DN_Email")
EVIL = "evil.example"


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    with clock.reading(lambda: MONDAY_TEN):
        yield


# ── where somebody is ────────────────────────────────────────────────────────


@pytest.mark.parametrize("header", WHERE_FROM)
@pytest.mark.parametrize("claimed", ["192.0.2.1", "127.0.0.1", "for=192.0.2.1", f"192.0.2.1, {PROXY}", "x" * 9_000])
def test_a_failed_sign_in_is_counted_where_it_came_from_and_not_where_a_header_says(
    cast: Cast, header: str, claimed: str
) -> None:
    Client(REMOTE_ADDR=PEER, headers={header: claimed}).post("/sign-in/", {"username": "x@y.example", "password": "x"})
    facts = models.Entry.objects.get(name="sign_in.failed").facts
    assert facts["address"] == fingerprint(PEER)


@pytest.mark.parametrize("header", [name for name in WHERE_FROM if name != "X-Forwarded-For"])
def test_a_proxy_we_trust_is_believed_in_one_header_only(header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_TRUSTED_PROXIES", PROXY)
    assert address(header, "192.0.2.1", peer=PROXY) == PROXY


@pytest.mark.parametrize(
    ("peer", "said", "counted"),
    [
        (PROXY, "192.0.2.1", "192.0.2.1"),
        (PROXY, "10.9.9.9, 192.0.2.1", "192.0.2.1"),
        (PROXY, f"10.9.9.9, 192.0.2.1, {PROXY}", "192.0.2.1"),
        (PROXY, f"127.0.0.1, {PROXY}, 192.0.2.1", "192.0.2.1"),
        (PROXY, "", PROXY),
        (PROXY, " , ,", PROXY),
        (PROXY, f"{PROXY}, {PROXY}", PROXY),
        (PEER, "192.0.2.1", PEER),
        (PEER, PROXY, PEER),
        (PEER, f"{PROXY}, {PROXY}", PEER),
    ],
)
def test_of_forwarded_addresses_the_last_that_no_proxy_of_ours_wrote_counts(
    monkeypatch: pytest.MonkeyPatch, peer: str, said: str, counted: str
) -> None:
    monkeypatch.setenv("MAKEGOOD_TRUSTED_PROXIES", f" {PROXY} ,")
    assert address("X-Forwarded-For", said, peer=peer) == counted


def address(header: str, said: str, *, peer: str) -> str:
    return address_of(RequestFactory(REMOTE_ADDR=peer, headers={header: said}).post("/sign-in/"))


# ── who somebody is ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["ruth@larkfield.example", "sam@larkfield.example", "1", "admin"])
def test_no_header_signs_anybody_in(cast: Cast, name: str) -> None:
    for header in WHO:
        assert_outside(Client(headers={header: name}))
    for variable in AS_ENVIRONMENT:
        assert_outside(Client(**{variable: name}))


def assert_outside(client: Client) -> None:
    for url in ("/", "/people/hire/", "/doors/items/"):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/")
    assert client.post("/settings/theme/", {"theme": "dark"})["Location"].partition("?")[0] == "/sign-in/"


# ── where this desk is ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host", [EVIL, f"localhost.{EVIL}", f"{EVIL}:80", "localhost@evil.example", "evil.example\t", "[::2]"]
)
def test_a_host_that_is_not_ours_is_refused_at_every_door(cast: Cast, host: str) -> None:
    page = visit(letter(cast, at=march(2, 10)), now=MONDAY_TEN)
    for url in ("/", "/sign-in/", "/cases/", f"/c/{page.secret}/"):
        response = page.client.get(url, HTTP_HOST=host)
        assert response.status_code == 400
        assert EVIL not in response.content.decode()


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-Host",
        "X-Host",
        "X-Forwarded-Server",
        "X-HTTP-Host-Override",
        "Forwarded",
        "X-Original-URL",
        "X-Rewrite-URL",
    ],
)
def test_no_header_moves_the_desk_elsewhere(cast: Cast, header: str) -> None:
    said = f"host={EVIL}" if header == "Forwarded" else f"https://{EVIL}/" if "URL" in header else EVIL
    client = Client(headers={header: said})
    response = client.get("/cases/?q=x")
    assert response["Location"] == "/sign-in/?next=%2Fcases%2F%3Fq%3Dx"
    assert EVIL not in client.get("/sign-in/").content.decode()


def test_the_links_in_a_mail_name_the_address_of_the_settings_whatever_host_was_asked(cast: Cast) -> None:
    client = Client(headers={"X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "ftp", "X-Forwarded-Prefix": f"//{EVIL}"})
    case = letter(cast, at=march(2, 10))
    client.force_login(cast.priya)
    shown = client.post(f"/cases/{case.number}/page-link/").content.decode()
    assert "http://127.0.0.1:8000/c/" in shown and EVIL not in shown
    for body in models.OutboxItem.objects.values_list("body", flat=True):
        assert EVIL.encode() not in bytes(body)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_a_forged_form_is_not_ours_because_a_header_says_so(cast: Cast, header: str) -> None:
    page = visit(letter(cast, at=march(2, 10)), now=march(2, 11))
    forged = {"Origin": f"https://{EVIL}", header: EVIL}
    assert page.post("write/", text="Forged.", headers=forged).status_code == 403


@pytest.mark.parametrize("header", ["X-Forwarded-Proto", "X-Forwarded-Ssl", "X-Url-Scheme", "Front-End-Https"])
def test_no_header_makes_a_plain_line_a_secure_one(header: str) -> None:
    request = RequestFactory(headers={header: "https" if "Proto" in header or "Scheme" in header else "on"}).get("/")
    assert not request.is_secure()


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_turns_a_look_into_a_change(cast: Cast, header: str) -> None:
    client = Client(headers={header: "POST"})
    client.force_login(cast.priya)
    assert client.get("/settings/theme/?theme=dark").status_code == 405
    assert client.post("/settings/?_method=DELETE", {"time_zone": "UTC", "language": "en"}).status_code == 302


def test_without_a_trusted_proxy_the_server_itself_believes_no_forwarded_header(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What `makegood serve` hands to its web server, which would otherwise rewrite where a request comes from."""
    import uvicorn

    from makegood.server import serving

    asked: dict[str, Any] = {}

    def note(_app: Any, **settings: Any) -> Any:
        asked.update(settings)
        raise InterruptedError

    monkeypatch.setattr(uvicorn, "Config", note)
    for proxies, believed in (("", False), (PROXY, True)):
        monkeypatch.setenv("MAKEGOOD_TRUSTED_PROXIES", proxies)
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
        with pytest.raises(InterruptedError):
            serving._serve_web(None, None)  # type: ignore[arg-type]  # neither is ever reached
        assert asked["proxy_headers"] is believed
        assert asked["forwarded_allow_ips"] == (PROXY if believed else None)
        assert asked["server_header"] is False and asked["access_log"] is False
