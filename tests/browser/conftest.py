"""A real Chromium before a real server, at one fixed moment; every complaint of the browser fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from makegood.config import clock
from makegood.demo import cast as the_cast
from makegood.demo.cast import Cast
from makegood.desk import facts

PASSWORD = "a trail needs no password"

Visit = Callable[..., Page]


class Complaints:
    """What the browser said against a page, and where it wanted to go besides our own server."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.left: list[str] = []
        self.dialogs: list[str] = []


@pytest.fixture
def moment(monday_ten: datetime) -> Iterator[list[datetime]]:
    """The moment at which every door reads the clock; its one entry may be changed."""
    now = [monday_ten]
    with clock.reading(lambda: now[0]):
        yield now


@pytest.fixture
def house(committed: None, moment: list[datetime]) -> Iterator[Cast]:
    """Larkfield Outdoor in the database that the live server reads, everybody with a password."""
    facts.forget_policies()
    yield the_cast.load(now=moment[0] - timedelta(days=30), password=PASSWORD)
    facts.forget_policies()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Collects what goes wrong in the browser, and fails the test for it."""
    found = Complaints()
    yield found
    assert found.dialogs == []
    assert found.left == []
    assert found.said == []


@pytest.fixture
def visit(chromium: Browser, house: Cast, live_server: LiveServer, complaints: Complaints) -> Iterator[Visit]:
    """Opens a browser in which somebody has signed in by the form."""
    contexts = []

    def open_page(who: str = "priya", path: str = "/", **options: object) -> Page:
        contexts.append(chromium.new_context(base_url=live_server.url, **options))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.route("**/*", lambda route: _only_ours(route, live_server.url, complaints))
        page.on("console", lambda message: _note(message.type, message.text, complaints))
        page.on("pageerror", lambda error: complaints.said.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto("/sign-in/")
        page.fill("[name=username]", f"{who}@larkfield.example")
        page.fill("[name=password]", PASSWORD)
        with page.expect_navigation(url="**/", wait_until="load"):
            page.click("main [type=submit]")
        page.goto(path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _only_ours(route: Route, ours: str, complaints: Complaints) -> None:
    if urlsplit(route.request.url).netloc == urlsplit(ours).netloc:
        route.continue_()
    else:
        complaints.left.append(route.request.url)
        route.abort()


def _note(kind: str, text: str, complaints: Complaints) -> None:
    if kind in ("error", "warning"):
        complaints.said.append(text)
