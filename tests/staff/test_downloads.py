"""Files are saved, never shown (A-05, A-36); a message as it was sent stands in a frame where nothing runs."""

from __future__ import annotations

import pytest
from django.test import Client

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts
from makegood.desk.actions.contacts import File
from makegood.staff.downloads import harmless

from .conftest import Hand, SignedIn, case_url


def with_file(cast: Cast, hand: Hand, name: str, declared: str) -> models.Attachment:
    message = contacts.Incoming(
        received_at=hand.at,
        from_address="rosalia@quintero.example",
        subject="Photos",
        text="Attached.",
        html="<p onclick=x>Hi <b>there</b></p>",
        files=(File(name=name, declared_type=declared, content=b"<script>1</script>"),),
    )
    case = contacts.open_case(message, door=cast.policy.doors["mail"], item=None, now=hand.at)
    return models.Attachment.objects.get(contact__case=case)


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("page.html", "text/html"),
        ("picture.svg", "image/svg+xml"),
        ("form.xml", "text/xml"),
        ("paper.pdf", "application/pdf"),
        ("shot.png", "image/png"),
    ],
)
def test_whatever_its_type_a_file_is_only_saved(
    signed_in: SignedIn, cast: Cast, hand: Hand, name: str, declared: str
) -> None:
    file = with_file(cast, hand, name, declared)
    response = signed_in(cast.marta).get(f"/attachments/{file.pk}/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"<script>1</script>"


def test_a_file_of_a_case_one_may_not_see_is_not_there(
    client: Client, signed_in: SignedIn, cast: Cast, hand: Hand
) -> None:
    file = with_file(cast, hand, "photo.png", "image/png")
    assert signed_in(cast.wen).get(f"/attachments/{file.pk}/").status_code == 404
    assert client.get(f"/attachments/{file.pk}/").status_code == 302
    assert signed_in(cast.ruth).get("/attachments/999999/").status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_there(signed_in: SignedIn, cast: Cast, hand: Hand) -> None:
    file = with_file(cast, hand, "photo.png", "image/png")
    models.Attachment.objects.filter(pk=file.pk).update(stored_as="../../keys/secret-key")
    assert signed_in(cast.ruth).get(f"/attachments/{file.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("C:\\windows\\x.exe", "Cwindowsx.exe"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ('a"; filename="b.html', "a; filename=b.html"),
        ("line\r\nSet-Cookie: x", "lineSet-Cookie x"),
        ("", "file"),
        ("...", "file"),
        ("Maße über Größe.pdf", "Maße über Größe.pdf"),
    ],
)
def test_a_name_is_metadata_and_loses_what_disguises_it(name: str, kept: str) -> None:
    assert harmless(name) == kept


def test_a_message_as_it_was_sent_may_load_and_run_nothing(signed_in: SignedIn, cast: Cast, hand: Hand) -> None:
    file = with_file(cast, hand, "photo.png", "image/png")
    case, marta = file.contact.case, signed_in(cast.marta)
    response = marta.get(case_url(case, "contact-html", file.contact_id))
    policy = response["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert b"<b>there</b>" in response.content
    page = marta.get(case_url(case)).content.decode()
    assert '<iframe class="as-sent" sandbox loading="lazy"' in page
    assert "onclick" not in page


def test_the_original_of_a_message_is_saved_by_who_may_see_its_case(
    priya: Client, signed_in: SignedIn, cast: Cast, buckle: models.Case
) -> None:
    contact = buckle.contacts.get(direction="in")
    url = case_url(buckle, "contact-raw", contact.pk)
    response = priya.get(url)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert b"From: =?utf-8?" in response.content
    assert signed_in(cast.wen).get(url).status_code == 404
