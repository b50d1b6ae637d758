"""The report in a real Chromium: nothing loaded, nothing wider than a phone, every number opens."""

from pathlib import Path
from typing import Any

import pytest

from makegood.audit.gather import Report
from makegood.audit.report.page import page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(report), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [390, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_asks_nobody_for_anything(chromium: Any, file: Path, width: int, scheme: str) -> None:
    opened = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert said == []
    for somewhere in ("", "#l-slipped", "#l-hand-0-1"):
        opened.goto(file.as_uri() + somewhere)
        assert opened.evaluate("document.documentElement.scrollWidth") <= width, somewhere
    opened.close()


def test_a_number_that_is_followed_shows_its_cases(chromium: Any, file: Path) -> None:
    opened = chromium.new_page(viewport={"width": 1100, "height": 900})
    opened.goto(file.as_uri())
    listed = opened.locator("#l-slipped")
    assert not listed.is_visible()
    opened.locator("h1 a.opens").first.click()
    listed.wait_for(state="visible")
    assert listed.locator("tbody tr").count() > 10
    opened.close()


def test_a_cell_of_either_picture_opens_the_table_of_its_cases(chromium: Any, file: Path) -> None:
    opened = chromium.new_page(viewport={"width": 1100, "height": 900})
    opened.goto(file.as_uri())
    for cell in (".heat a.opens", ".plot.week a"):
        link = opened.locator(cell).first
        listed = opened.locator(f"[id='{link.get_attribute('href')[1:]}']")
        assert not listed.is_visible()
        link.click()
        listed.wait_for(state="visible")
        assert listed.locator("tbody tr").count() > 0
    opened.close()


def test_printed_the_timelines_are_open(chromium: Any, file: Path, report: Report) -> None:
    assert report.calls
    opened = chromium.new_page(viewport={"width": 1100, "height": 900})
    opened.goto(file.as_uri())
    assert not opened.locator("#call-1").is_visible()
    opened.emulate_media(media="print")
    assert opened.locator("#call-1").is_visible()
    assert not opened.locator("#behind").is_visible()
    opened.close()
