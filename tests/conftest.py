"""What all tests share: a home of their own, the cast, and a clock that stands still."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from makegood.rules.policy import Policy

# Before Django reads its settings: nothing a test does may touch the folder a person works in.
os.environ.setdefault("MAKEGOOD_HOME", tempfile.mkdtemp(prefix="makegood-tests-"))

CHROMIUM = "/usr/bin/chromium"
CHICAGO = ZoneInfo("America/Chicago")
MONDAY_TEN = datetime(2026, 3, 2, 10, 0, tzinfo=CHICAGO).astimezone(UTC)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One real browser for all tests of a worker: Playwright runs only once in a process."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"needs {CHROMIUM} (Debian's package chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop running in this thread, which Django takes for a reason not to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """A password hash is slow on purpose; tests that sign in a hundred times need not wait for it."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    PBKDF2PasswordHasher.iterations = 1000


@pytest.fixture(autouse=True, scope="session")
def _policies_read_once() -> Iterator[None]:
    """Thousands of tests begin with the same policy, which says the same each time it is read."""
    from makegood.rules import policy_file

    read, known = policy_file.read, {}

    def read_once(text: str, *, version: int, name: str, laws: Mapping[str, str] | None = None) -> Policy:
        key = (text, version, name, tuple(sorted((laws or {}).items())))
        if key not in known:
            known[key] = read(text, version=version, name=name, laws=laws)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy_file, "read", read_once)
        yield


@pytest.fixture(autouse=True)
def _known_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process looks at the schema every ten seconds; no test that counts what a page asks meets that moment."""
    from makegood.desk.queries import schema

    monkeypatch.setattr(schema, "_seen", (float("inf"), ()))


@pytest.fixture
def monday_ten() -> datetime:
    """Monday 2 March 2026, 10:00 in Chicago: a quiet week before the clocks change."""
    return MONDAY_TEN


@pytest.fixture
def cast(db: None, monday_ten: datetime) -> Iterator[object]:
    """Larkfield Outdoor, its staff and its policy, in an empty database."""
    from makegood.demo import cast as the_cast
    from makegood.desk import facts

    facts.forget_policies()
    yield the_cast.load(now=monday_ten, password=None)
    facts.forget_policies()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Really commit, for tests in which other threads must see what was written; emptied afterwards.

    The journal and the books refuse to be emptied, so their guards are taken off for that moment.
    """
    from importlib import import_module

    from django.apps import apps
    from django.core.management import call_command
    from django.db import connection

    names = ("0002_the_journal_is_append_only", "0010_making_it_good", "0012_codes_and_programmes")
    guards = [import_module(f"makegood.desk.migrations.{name}") for name in names]
    yield
    with connection.schema_editor() as editor:
        for each in guards:
            each.unguard(apps, editor)
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    with connection.schema_editor() as editor:
        for each in guards:
            each.guard(apps, editor)
