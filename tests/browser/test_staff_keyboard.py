"""The staff's pages from the keyboard, on a phone, without script, and in both themes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import rounds

from .conftest import Visit

pytestmark = pytest.mark.browser
ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")
PHONE = {"width": 375, "height": 800}


@pytest.fixture
def morning(house: Cast, moment: list[datetime]) -> list[models.Case]:
    """Six people wrote on Friday; on Monday at eleven two promises are broken and ring."""
    weeks = Weeks(house)
    start = moment[0] - timedelta(days=3)
    opened = []
    for number in range(6):
        writer = Writer(name=f"Writer {number}", address=f"w{number}@writers.example")
        at = start + timedelta(hours=number)
        opened.append(weeks.letter(writer, at=at, subject=f"Matter {number}", text="It broke.\n\nPlease help."))
    moment[0] += timedelta(hours=1, minutes=30)
    weeks.until(moment[0])
    rounds.beat("watch", now=moment[0] - timedelta(seconds=4))
    return opened


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_one_works_through_the_board_without_a_mouse(visit: Visit, morning: list[models.Case]) -> None:
    page = visit()
    page.keyboard.press("j")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("a")
    assert "You have it:" in page.inner_text("main")
    for _ in range(3):
        page.keyboard.press("j")
    name = focused(page)
    with page.expect_navigation(url="**/cases/*/", wait_until="load"):
        page.keyboard.press("Enter")
    assert name.split(" in ")[0][:6] in page.inner_text("h1")
    page.keyboard.press("r")
    page.keyboard.type("Here is the answer.")
    page.check("[name=kinds][value=answer]", force=True)
    page.focus("#r-text")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Control+Enter")
    assert "Written. It counts once" in page.inner_text("main")
    assert models.Contact.objects.filter(direction="out", text="Here is the answer.").count() == 1


def test_tab_reaches_every_control_of_the_case_in_reading_order_and_shows_where_one_is(
    visit: Visit, morning: list[models.Case]
) -> None:
    page = visit(path=f"/cases/{morning[0].number}/")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(
            """(() => { const e = document.activeElement, b = e.getBoundingClientRect();
               return [e.tagName, e.name || e.textContent.trim().slice(0, 20), b.width > 0 && b.height > 0,
                       getComputedStyle(e).outlineStyle !== 'none' || e.closest('label') !== null
                       || e.tagName === 'TEXTAREA' || e.tagName === 'BODY']; })()"""
        ))  # fmt: skip
    names = [name for _, name, _, _ in seen]
    assert names[0] == "Skip to content"
    assert names.index("text") < names.index("kinds")
    assert all(marked for tag, _, _, marked in seen if tag != "BODY")


def test_who_else_writes_is_said_while_one_types(visit: Visit, morning: list[models.Case]) -> None:
    url = f"/cases/{morning[0].number}/"
    visit("tom", url).focus("#r-text")
    page = visit("priya", url)
    with page.expect_response("**/composing/"):
        page.focus("#r-text")
    page.wait_for_selector("text=Tom Hale is writing a reply too")


def test_a_dated_promise_is_made_without_script_too(visit: Visit, morning: list[models.Case]) -> None:
    case = morning[0]
    page = visit(path=f"/cases/{case.number}/", java_script_enabled=False)
    page.fill("#r-text", "I will look.")
    page.click(".found > summary")
    page.fill("[name=words]", "You will hear from me by Wednesday noon.")
    page.fill("[name=due_date]", "2026-03-04")
    page.fill("[name=due_time]", "12:00")
    page.click("button[data-send]")
    assert "Written. It counts once" in page.inner_text("main")
    assert case.contacts.get(direction="out").says[0]["due_at"].startswith("2026-03-04T18:00")


PAGES = ("/", "/cases/", "/doors/", "/doors/items/", "/doors/set-aside/", "/people/", "/people/1/", "/settings/")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_runs_over_its_width_or_hides_a_word_in_its_ground(
    visit: Visit, morning: list[models.Case], theme: str
) -> None:
    page = visit("ruth", color_scheme=theme)
    for path in (*PAGES, f"/cases/{morning[0].number}/"):
        page.goto(path)
        for width in (375, 700, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"


def test_on_a_phone_the_buttons_are_large_enough_and_the_menu_opens(visit: Visit, morning: list[models.Case]) -> None:
    page = visit(viewport=PHONE)
    heights = page.evaluate("[...document.querySelectorAll('main .btn')].map(e => e.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 24
    page.click(".menu summary")
    with page.expect_navigation(url="**/people/"):
        page.click(".menu nav >> text=People")


def test_the_reader_turns_the_lights_off_for_himself(visit: Visit) -> None:
    page = visit(path="/settings/", color_scheme="light")
    page.click("button[value=dark]")
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 21, 24)"
