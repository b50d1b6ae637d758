"""The search in a real browser: from the keyboard, on a phone, in both themes, and without a sideways scroll."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models

from .conftest import Visit

pytestmark = pytest.mark.browser
TEXT = (
    "Good morning. The buckle of the hip belt snapped on the first day out, near Peñíscola, and order LF-10452 is lost."
)


@pytest.fixture
def letters(house: Cast, moment: list[datetime]) -> list[models.Case]:
    """Five people wrote about buckles."""
    weeks, start = Weeks(house), moment[0] - timedelta(days=1)
    return [
        weeks.letter(
            Writer(name=f"Writer {n}", address=f"w{n}@writers.example"), at=start, subject=f"Matter {n}", text=TEXT
        )
        for n in range(5)
    ]


def test_one_finds_a_case_without_a_mouse(visit: Visit, letters: list[models.Case]) -> None:
    page = visit("noor")
    page.keyboard.press("/")
    page.keyboard.type("penis")
    with page.expect_navigation(url="**/cases/?q=penis", wait_until="load"):
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == "5 cases for “penis”, newest first."
    assert page.locator("mark").first.inner_text() == "Peñíscola"
    page.keyboard.press("j")
    with page.expect_navigation(url=f"**/cases/{letters[-1].number}/", wait_until="load"):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_was_found_fits_every_window_in_both_themes(
    visit: Visit, letters: list[models.Case], width: int, theme: str
) -> None:
    page = visit("noor", "/cases/?q=buckle", viewport={"width": width, "height": 900}, color_scheme=theme)
    assert page.locator("tr.why").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("tr.why q").first.bounding_box()
    assert box is not None
    assert box["width"] > 250
