"""A-01, A-02: nothing a stranger or a colleague wrote is markup on the customer's page, in its forms or its titles."""

from urllib.parse import urlencode

import pytest

from makegood.desk.models import Contact, Customer, Staff
from tests.customer.visitor import closed, letter, march, promised, upload, visit

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "{owner.__class__} {0} %(case)s",
    "javascript:alert(1)",
    'https://x.example/"onmouseover=alert(1)',
    "<a href=javascript:alert(1)>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>*{background:url(https://x.example)}</style>",
    '<!--<img src="--><img src=x onerror=alert(1)//">',
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_is_only_words(cast, payload):
    case = letter(cast, at=march(2, 10), subject=payload, text=payload)
    number = promised(cast, case, at=march(2, 14), due_at=march(6, 12), words=payload)
    Customer.objects.update(name=payload)
    Staff.objects.filter(pk__in=[cast.priya.pk, cast.marta.pk]).update(name=payload)
    Contact.objects.update(from_name=payload)
    page = visit(case, now=march(3, 11))
    page.post("write/", text=payload, files=[upload(f"{payload}.txt".replace("/", ""))])
    refused = page.post("write/", proof="none", text=payload)
    for html in (
        page.html(),
        page.html("?lang=es"),
        page.html(f"release/{number}/"),
        refused.content.decode(),
    ):
        assert_only_words(html, payload)


def test_a_payload_on_a_closed_case_is_only_words(cast):
    case = letter(cast, at=march(2, 10))
    closed(cast, case, at=march(2, 14))
    Staff.objects.filter(pk=cast.priya.pk).update(name=PAYLOADS[0])
    assert_only_words(visit(case, now=march(3, 11)).html(), PAYLOADS[0])


def test_a_payload_in_the_address_is_not_on_the_page(cast):
    case = letter(cast, at=march(2, 10))
    page = visit(case, now=march(3, 11))
    for payload in PAYLOADS:
        for name in ("lang", "done", "show", "x"):
            html = page.html(f"?{urlencode({name: payload})}")
            assert payload not in html


def assert_only_words(html, payload):
    lower = html.lower()
    assert "<script" not in lower
    assert "<iframe" not in lower
    assert "<style" not in lower
    assert "<img" not in lower
    assert "<svg/" not in lower
    assert 'href="javascript:' not in lower
    assert "href=javascript:" not in lower.replace("&lt;a href=javascript:", "")
    for tag in lower.split("<")[1:]:
        inside = tag.partition(">")[0]
        assert not any(f" {event}=" in inside.replace("&quot;", "") for event in ("onerror", "onload", "onmouseover"))
    assert html.count("</textarea>") == html.count("<textarea")
