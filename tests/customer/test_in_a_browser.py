"""The customer's page in a real Chromium: forms under its own headers, from the keyboard, on a phone, on paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from makegood import config
from makegood.config import clock
from makegood.desk.models import Contact
from tests.customer.visitor import closed, letter, march, promised, upload, visit

pytestmark = pytest.mark.browser
NOW = march(4, 11)


@pytest.fixture
def case(chromium, committed):
    """A case with a broken promise, a file and a running promise, in a database that other threads see."""
    from makegood.demo import cast as the_cast
    from makegood.desk import facts

    facts.forget_policies()
    cast = the_cast.load(now=march(2, 9), password=None)
    made = letter(cast, at=march(2, 10))
    promised(cast, made, at=march(2, 12), due_at=march(3, 12), words="You will know by Tuesday.")
    promised(cast, made, at=march(3, 16), due_at=march(6, 12), words="A new pack leaves by Friday, 12:00.")
    made.refresh_from_db()
    visit(made, now=march(3, 17)).post("write/", text="Here is the buckle.", files=[upload("buckle.jpg")])
    made.cast = cast
    return made


@pytest.fixture
def open_page(case, live_server, chromium):
    """Opens the page of the case; at the end nothing may have been complained about, and no cookie be set."""
    complaints: list[str] = []
    contexts = []
    (config.home() / "static").mkdir(exist_ok=True)

    def opened(path: str = "", **options) -> Page:
        contexts.append(chromium.new_context(viewport={"width": 375, "height": 800}, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda request: complaints.append(request.url) if live_server.url not in request.url else None
        )
        page.goto(f"{live_server.url}/c/{visit(case, now=NOW).secret}/{path}", wait_until="load")
        return page

    with clock.reading(lambda: NOW):
        yield opened
    assert [cookie for context in contexts for cookie in context.cookies()] == []
    for context in contexts:
        context.close()
    assert [c for c in complaints if "status of 4" not in c] == []


def test_a_person_writes_attaches_and_reads_it_back(case, open_page, tmp_path):
    photo = tmp_path / "label 25-K.png"
    photo.write_bytes(b"\x89PNG the label")
    page = open_page()
    page.get_by_label("Anything you want to add or ask").fill("The label says 25-K.")
    page.get_by_label("Add photos or papers").set_input_files(photo)
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/?done=sent")
    assert page.get_by_role("status").inner_text().startswith("We have your message. Priya Raman answers by")
    assert "The label says 25-K." in page.locator(".talk").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="label 25-K.png").click()
    assert Path(download.value.path()).read_bytes() == b"\x89PNG the label"
    page.reload()
    assert Contact.objects.filter(case=case, text="The label says 25-K.").count() == 1


def test_what_cannot_be_sent_comes_back_with_the_reason_and_every_word(case, open_page, tmp_path):
    film = tmp_path / "film.mov"
    film.write_bytes(b"x" * (25 * 1024 * 1024 + 1))
    page = open_page()
    page.get_by_label("Anything you want to add or ask").fill("Half an hour of writing.")
    page.get_by_label("Add photos or papers").set_input_files(film)
    page.get_by_role("button", name="Send", exact=True).click()
    assert "“film.mov” is larger than 25 MB." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Anything you want to add or ask").input_value() == "Half an hour of writing."
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/?done=sent")
    assert Contact.objects.filter(case=case, text="Half an hour of writing.").count() == 1


def test_everything_is_reached_and_done_from_the_keyboard(case, open_page):
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    names = []
    for _ in range(30):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''").strip())
    for name in ("Español", "You need not do this any more", "text", "files", "Send", "This is not resolved"):
        assert name in names
    assert "Ask for Marta Olsen" in names
    page.get_by_role("button", name="Ask for Marta Olsen").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?done=manager")
    assert case.journal.filter(name="manager.asked").count() == 1


def test_letting_us_off_takes_two_deliberate_steps(case, open_page):
    page = open_page()
    page.get_by_role("link", name="You need not do this any more").last.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Need we not do this any more?"
    assert not case.promises.filter(state="released").exists()
    page.get_by_role("button", name="You need not do this any more").click()
    page.wait_for_url("**/?done=released")
    assert case.journal.filter(name="promise.released").count() == 1


def test_the_time_moves_to_his_zone_and_the_page_stays_in_his_language(case, open_page):
    page = open_page("?lang=es")
    page.get_by_role("link", name="Cambiar").click()
    page.get_by_label("La ciudad más cercana que tiene su misma hora").select_option("Europe/Madrid")
    page.get_by_role("button", name="Usar esta hora").click()
    page.wait_for_url("**/?lang=es&done=zone")
    assert "CET" in page.locator("h1").inner_text()


def test_nothing_runs_over_at_any_width_and_fingers_find_their_targets(open_page):
    for path in ("", "?lang=es", "zone/", "nothing/"):
        page = open_page(path)
        for width in (320, 375, 700, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
        heights = page.evaluate(
            "[...document.querySelectorAll('main .btn, main .file, main select, main input:not([type=hidden])')]"
            ".map(e => e.getBoundingClientRect().height)"
        )
        assert min(heights, default=44) >= 44, path


def test_the_page_is_set_in_18_pixels_and_the_promises_in_serif(open_page):
    page = open_page()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    family = page.evaluate("getComputedStyle(document.querySelector('.promise-words')).fontFamily")
    assert family.startswith("ui-serif")


def test_a_closed_case_asks_and_one_button_answers(case, open_page):
    from makegood.desk.actions import promises

    for number in case.promises.filter(said=True, outstanding=True).values_list("number", flat=True):
        promises.keep(case.pk, number, why="it left", by=case.cast.priya, now=march(4, 8))
    closed(case.cast, case, at=march(4, 9))
    page = open_page()
    assert "Is it right again?" in page.locator("h1").inner_text()
    page.get_by_role("button", name="It is right again").click()
    page.wait_for_url("**/?done=right-again")
    assert "It is right again, Rosalía." in page.locator("h1").inner_text()


def test_paper_has_the_words_and_not_the_forms(open_page):
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in ("form", "textarea", ".let-go"):
        assert page.locator(hidden).first.is_hidden()
    assert page.locator(".talk").is_visible()
    assert page.locator(".promises .truth").first.is_visible()
    assert re.search("You will know by Tuesday", page.locator("main").inner_text())
