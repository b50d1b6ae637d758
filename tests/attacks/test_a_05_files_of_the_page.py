"""A-05, A-07, A-08: whatever a file is or is called, the customer's page hands it out as a download only."""

import re

import pytest

from makegood import config
from makegood.customer.typed import file_name
from makegood.desk.models import Attachment
from tests.customer.visitor import letter, march, upload, visit

ACTIVE = [
    ("page.html", "text/html", b"<script>alert(1)</script>"),
    ("picture.svg", "image/svg+xml", b"<svg onload=alert(1)>"),
    ("letter.xml", "application/xml", b"<?xml-stylesheet href='x'?>"),
    ("paper.pdf", "application/pdf", b"%PDF-1.7 /JS (app.alert(1))"),
    ("app.xhtml", "application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script>"),
    ("run.js", "text/javascript", b"alert(1)"),
    ("photo.jpg", "text/html; charset=utf-7", b"+ADw-script+AD4-"),
    ("x.swf", "", b"FWS"),
]


@pytest.fixture
def page(cast):
    return visit(letter(cast, at=march(2, 10)), now=march(2, 11))


def take(page):
    return page.get(f"files/{Attachment.objects.latest('pk').pk}/")


@pytest.mark.parametrize(("name", "kind", "content"), ACTIVE, ids=[name for name, *_ in ACTIVE])
def test_a_file_is_a_download_of_no_type_that_may_run_nothing(page, name, kind, content):
    page.post("write/", text="Look.", files=[upload(name, content, kind)])
    response = take(page)
    assert response.content == content
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\evil.exe", "evil.exe"),
        (".htaccess", "htaccess"),
        ("\u200b.htaccess", "htaccess"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie x=1.txt"),
        ('"><img src=x onerror=alert(1)>.jpg', "img src=x onerror=alert(1).jpg"),
        ("nul\x00byte.txt", "nulbyte.txt"),
        ("", "file"),
        ("...", "file"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_a_visible_word_and_no_path(called, kept):
    assert file_name(called) == kept


def test_a_name_from_mail_is_cleaned_when_it_is_shown_and_handed_out(page):
    page.post("write/", text="Look.", files=[upload("a.txt")])
    Attachment.objects.update(name='..\\x"\r\nX-Evil: 1\u202e<b>.txt')
    html = page.html()
    shown = re.search(r'class="file".*?<span>(.*?)</span>', html)[1]
    assert shown == "xX-Evil 1b.txt"
    response = take(page)
    assert response.headers["Content-Disposition"] == 'attachment; filename="xX-Evil 1b.txt"'
    assert "X-Evil" not in response.headers


def test_the_bytes_lie_under_a_random_name_outside_anything_served(page):
    page.post("write/", text="Look.", files=[upload("../../static/evil.js", b"alert(1)")])
    kept = Attachment.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", kept.stored_as)
    assert (config.home() / "attachments" / kept.stored_as).read_bytes() == b"alert(1)"
    assert page.client.get(f"/static/{kept.stored_as}").status_code == 404
    assert page.client.get(f"/attachments/{kept.stored_as}").status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_there(page):
    page.post("write/", text="Look.", files=[upload("a.txt")])
    (config.home() / "attachments" / Attachment.objects.get().stored_as).unlink()
    assert take(page).status_code == 404
