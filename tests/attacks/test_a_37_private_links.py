"""A-37: a private link can't be guessed, is kept only as a hash, ends, and leaks by no header and no log."""

import base64
import io
import logging
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings

from makegood.customer.quiet import HidePrivateLinks
from makegood.desk.actions import customers, links
from makegood.desk.actions.messages import Incoming
from makegood.desk.models import Link
from tests.customer.visitor import IVO, Visitor, letter, march, visit

NOW = march(2, 11)


@pytest.fixture
def case(cast):
    return letter(cast, at=march(2, 10))


def make(case, **more):
    return links.make(case, Link.Purpose.PAGE, customer=case.customer, now=NOW, **more)


def test_a_secret_has_192_random_bits(case):
    secrets = {make(case) for _ in range(300)}
    assert len(secrets) == 300
    assert {len(base64.urlsafe_b64decode(secret)) for secret in secrets} == {24}
    # Every byte of it moves: nothing of it is a counter, a time or a case number.
    assert all(len({secret[place] for secret in secrets}) > 20 for place in range(32))


def test_the_database_keeps_no_secret(case):
    secret = make(case)
    kept = " ".join(str(value) for row in Link.objects.values() for value in row.values())
    assert secret not in kept
    assert links.digest(secret) in kept


def test_every_address_that_opens_nothing_gets_the_same_answer(cast, case):
    good = visit(case, now=NOW)
    expired = make(case)
    Link.objects.filter(digest=links.digest(expired)).update(expires_at=NOW)
    other_purpose = links.make(case, Link.Purpose.ACKNOWLEDGE, staff=cast.priya, now=NOW)
    gone = make(case)
    links.revoke(case, customer=case.customer, now=NOW)
    still_good = make(case)
    wrong = [
        "x" * 32,
        expired,
        gone,
        other_purpose,
        still_good[:-1],
        still_good + "A",
        "x",
        " ",
        "%00",
        "..",
        "a" * 5000,
    ]
    answers = [Visitor(secret, now=NOW).get() for secret in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    html = answers[0].content.decode()
    assert "help@larkfield.example" in html
    for told in (case.number, "Rosalía", "Priya", "expired", "revoked"):
        assert told not in html
    assert good.get().content == answers[0].content


@pytest.mark.parametrize(
    "path",
    ["write/", "not-resolved/", "right-again/", "manager/", "release/1/", "reminders/", "zone/", "copy/", "files/1/"],
)
def test_a_revoked_link_opens_nothing_below_it_either(case, path):
    page = visit(case, now=NOW)
    word = page.proof()
    links.revoke(case, customer=case.customer, now=NOW)
    assert page.get(path).status_code == 404
    assert page.post(path, proof=word, text="Still me.", zone="Europe/Oslo").status_code == 404
    assert case.contacts.filter(door="page").count() == 0


def test_the_link_of_somebody_who_no_longer_takes_part_opens_nothing(case):
    page = visit(case, now=NOW)
    case.customer = customers.of_messages(
        [Incoming(received_at=NOW, from_address=IVO.address, from_name=IVO.name)], now=NOW
    )[0]
    case.save()
    assert page.get().status_code == 404


def test_a_link_ends_by_itself(case):
    page = visit(case, now=NOW)
    page.now = NOW + timedelta(days=180)
    assert page.get().status_code == 404


@pytest.mark.parametrize("path", ["", "copy/", "zone/", "write/", "nothing/"])
def test_no_answer_lets_the_address_out(case, path):
    response = visit(case, now=NOW).get(path)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies


def test_the_page_says_so_to_programs_that_read_no_headers(case):
    html = visit(case, now=NOW).html()
    assert '<meta name="referrer" content="no-referrer">' in html
    assert '<meta name="robots" content="noindex, nofollow">' in html


def test_everything_the_page_loads_comes_from_us_and_names_no_secret(case):
    page = visit(case, now=NOW)
    html = page.html()
    for tag in html.split("<")[1:]:
        if tag.startswith(("link ", "script", "img ", "iframe")):
            assert page.secret not in tag
            assert "//" not in tag


def test_a_crash_writes_no_secret_into_the_log(case):
    page = visit(case, now=NOW)
    page.client.raise_request_exception = False
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.addFilter(HidePrivateLinks())
    logging.getLogger("django.request").addHandler(handler)
    try:
        with patch("makegood.customer.shown.render", side_effect=RuntimeError(f"failed at /c/{page.secret}/write/")):
            assert page.get().status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "Internal Server Error: /c/…/" in log.getvalue()
    assert "RuntimeError: failed at /c/…/write/" in log.getvalue()
    assert page.secret not in log.getvalue()


def test_every_log_of_the_desk_hides_private_links():
    handlers = settings.LOGGING["handlers"].values()
    hiding = {name for name, made in settings.LOGGING["filters"].items() if made["()"].endswith("HidePrivateLinks")}
    assert handlers
    assert all(hiding & set(handler.get("filters", ())) for handler in handlers)


@pytest.mark.parametrize("place", ["c", "a"])
def test_an_access_log_line_loses_the_secret_wherever_it_stands(place):
    args = ("127.0.0.1:1", "GET", f"/{place}/s3cret-s3cret-s3cret/?lang=es", "1.1", 200)
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', args, None)
    assert HidePrivateLinks().filter(record)
    assert record.getMessage() == f'127.0.0.1:1 - "GET /{place}/…/?lang=es HTTP/1.1" 200'
