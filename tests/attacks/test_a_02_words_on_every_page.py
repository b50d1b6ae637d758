"""A-02: a payload in every text that a table holds is only words on every page there is, in both languages.

The pages come from the resolver and the columns from the models, so that what is new is tried without being named.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.db import models as columns
from django.test import Client

from tests.attacks.declared_routes import CASES, CUSTOMER, OPEN, READS, ROOMS, allowed
from tests.attacks.test_fuzzed_forms import ROUTES, address_of
from tests.attacks.two_teams import House, browser, shut, standing

pytestmark = pytest.mark.django_db

PAYLOAD = "x\"'><img src=evil onerror=alert(7)><!--{{7|add:7}}{% now 'Y' %}</title></textarea></script>"
PAGES = [where for where in ROUTES if where in {*CASES, *ROOMS, *OPEN, *CUSTOMER} and READS & allowed(where)]
#: Texts in which the program itself finds its way, and those of a policy that is read as a whole.
KEYS = {
    "digest", "sha256", "stored_as", "password", "time_zone", "language", "zone", "kind", "state", "hash", "previous",
    "head_hash", "name_of_event", "key", "source_id", "html", "calendar", "currency", "door", "number", "code",
    "message_id", "email", "value", "totp_secret", "text_hash", "words_hash", "connector", "task", "label", "step",
    "needs", "source", "purpose", "rule", "slug", "envelope_from", "to_address", "actor",
}  # fmt: skip
TABLES = {"Policy", "Entry", "Session", "Anchor", "Token", "Link", "LinkRequest", "Job"}


class Seen(HTMLParser):
    """What a page holds that acts because of the payload."""

    def __init__(self) -> None:
        super().__init__()
        self.evil: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img" or any(name.startswith("on") or (value or "") == "evil" for name, value in attrs):
            self.evil.append(self.get_starttag_text() or tag)

    def handle_comment(self, data: str) -> None:
        self.evil.append(data)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with standing(django_db_blocker) as found:
        poison()
        yield found


def poison() -> None:
    for table in apps.get_app_config("desk").get_models():
        if table.__name__ in TABLES:
            continue
        texts = [
            field.name
            for field in table._meta.concrete_fields
            if isinstance(field, columns.CharField | columns.TextField)
            and not (field.choices or field.unique or field.primary_key or field.name in KEYS)
            and (field.max_length or 1_000) >= len(PAYLOAD)
        ]
        with suppress(DatabaseError), transaction.atomic():  # the books let nobody change a line of theirs
            table._default_manager.update(**dict.fromkeys(texts, PAYLOAD))
            POISONED.update((table.__name__, name) for name in texts)


POISONED: set[tuple[str, str]] = set()


def test_the_texts_that_people_write_are_poisoned(house: House) -> None:
    texts = {
        ("Case", "subject"), ("Contact", "text"), ("Contact", "from_name"), ("Customer", "name"), ("Staff", "name"),
        ("Promise", "words"), ("Note", "text"), ("Attachment", "name"), ("Wish", "words"),
        ("Incident", "title"), ("Holding", "what"), ("Programme", "title"), ("Absence", "why"),
    }  # fmt: skip
    assert texts <= POISONED


@pytest.mark.parametrize("language", ["en", "es"])
def test_they_are_only_words_on_every_page(house: House, language: str) -> None:
    shown = set()
    for where in PAGES:
        client: Client = browser() if where in CUSTOMER or where in OPEN else browser(house.cast.ruth)
        address = address_of(ROUTES[where], house).replace("//", "/1/")
        response = client.get(f"{address}?lang={language}", headers={"Accept-Language": language})
        shut(response)
        if response.status_code != 200 or "html" not in response.headers["Content-Type"] or response.streaming:
            continue
        page = response.content.decode()
        seen = Seen()
        seen.feed(page)
        assert seen.evil == [], where
        assert "x&quot;&#x27;&gt;&lt;img src=evil onerror=alert(7)&gt;&lt;!--14" not in page, where
        shown |= {where} if "onerror=alert(7)" in page else set()
    assert len(shown) >= 15, sorted(shown)
