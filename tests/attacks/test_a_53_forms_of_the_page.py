"""A-53, A-54: forged, prefetched and framed forms of the customer's page do nothing; nobody is sent elsewhere."""

import re

import pytest
from django.core.cache import cache

from makegood.config import clock
from makegood.customer import proof
from makegood.desk.models import Contact, Customer, Entry, InboxItem, Link, Promise
from tests.customer.visitor import IVO, closed, letter, march, promised, visit

NOW = march(3, 11)
FORMS = ["write/", "not-resolved/", "right-again/", "manager/", "release/{number}/", "reminders/", "zone/"]


@pytest.fixture
def case(cast):
    return letter(cast, at=march(2, 10))


@pytest.fixture
def page(cast, case):
    number = promised(cast, case, at=march(2, 14), due_at=march(6, 12))
    made = visit(case, now=NOW)
    made.number = number
    return made


def everything():
    """All that a form of the page could change."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Contact, Customer, Entry, InboxItem, Link, Promise)
    ]


def forge(page, path, word, **headers):
    return page.post(path.format(number=page.number), proof=word, headers=headers, text="Forged.", zone="Europe/Oslo")


def test_a_scanner_that_follows_every_link_of_the_page_changes_nothing(page):
    before = everything()
    seen, todo = set(), [""]
    while todo:
        path = todo.pop()
        seen.add(path)
        response = page.get(path)
        assert response.status_code == 200
        if "html" in response.headers["Content-Type"]:
            found = re.findall(rf'href="/c/{page.secret}/([^"#]*)', response.content.decode())
            todo += [p for p in (p.replace("&amp;", "&") for p in found) if p not in seen and p not in todo]
    assert {"copy/", "zone/", f"release/{page.number}/"} <= seen
    assert everything() == before


def test_what_changes_something_cannot_be_fetched(page):
    before = everything()
    for path in ("write/", "not-resolved/", "right-again/", "manager/", "reminders/"):
        with clock.reading(lambda: NOW):
            for method in ("head", "put", "delete", "patch", "options"):
                assert getattr(page.client, method)(f"/c/{page.secret}/{path}").status_code == 405
        response = page.get(path)
        assert response.status_code == 405
        assert response.headers["Allow"] == "POST"
        assert "Nothing was changed" in response.content.decode()
    assert everything() == before


def test_yes_it_is_right_again_takes_a_persons_button(cast, case):
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=NOW)
    before = everything()
    assert page.get("right-again/").status_code == 405
    assert everything() == before


@pytest.mark.parametrize("word", ["", "x", ".", "a.b", "name." + "0" * 64])
def test_a_form_without_its_hidden_word_changes_nothing_and_loses_nothing(page, word):
    before = everything()
    for path in FORMS:
        response = forge(page, path, word)
        assert response.status_code == 403
        assert "We could not see that this came from your page." in response.content.decode()
        if path in ("write/", "not-resolved/"):
            assert "Forged." in response.content.decode()
    assert everything() == before


def test_the_hidden_word_of_one_link_is_worth_nothing_on_another(cast, page):
    other = visit(letter(cast, IVO, at=march(2, 12), subject="Boots"), now=NOW)
    same_case = visit(page.link.case, now=NOW)
    before = everything()
    for path in FORMS:
        cache.clear()  # Whoever sends too many is refused for that alone.
        assert forge(page, path, other.proof()).status_code == 403
        assert forge(page, path, same_case.proof()).status_code == 403
    assert everything() == before


def test_a_hidden_word_is_random_and_any_changed_sign_spoils_it(page):
    word = proof.make(page.link)
    assert word != proof.make(page.link)
    assert proof.name_of(page.link, word) == word.partition(".")[0]
    for place in range(len(word)):
        changed = word[:place] + ("0" if word[place] != "0" else "1") + word[place + 1 :]
        assert proof.name_of(page.link, changed) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_the_right_word(page, headers):
    word = page.proof()
    before = everything()
    assert page.post("write/", proof=word, headers=headers, text="Forged.").status_code == 403
    assert everything() == before


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_our_own_page_is_taken_whatever_the_browser_tells(page, headers):
    assert page.post("write/", headers=headers, text="Mine.").status_code == 303


def test_no_answer_of_the_page_sets_a_cookie(page):
    word = page.proof()
    for response in (
        page.get(),
        page.post("write/", proof=word, text="Hello."),
        page.post("write/", proof=word, text=""),
        page.post("manager/", proof=word),
        page.get("?done=sent"),
        page.get("zone/"),
    ):
        assert not response.cookies
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\r\nLocation: https://evil.example",
    ],
)
def test_no_word_in_a_form_or_an_address_sends_anybody_elsewhere(page, where):
    word = page.proof()
    for name in ("next", "lang", "done", "url"):
        response = page.post("write/", proof=word, text=f"To {name}.", **{name: where})
        assert response.headers["Location"] == f"/c/{page.secret}/?done=sent"
        assert where not in page.html()
    response = page.client.get(f"/c/{page.secret}/", {"lang": where, "done": where, "next": where})
    assert "evil.example" not in response.content.decode()
