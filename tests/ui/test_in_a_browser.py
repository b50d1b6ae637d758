"""The sheet in a real Chromium under a strict policy: nothing is blocked, the keys work, nothing runs over."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import makegood.ui
from makegood.server.headers import CONTENT_POLICY
from makegood.ui import sheet

pytestmark = pytest.mark.browser
STATIC = Path(makegood.ui.__file__).parent / "static"
CHROMIUM = "/usr/bin/chromium"


class UnderPolicy(SimpleHTTPRequestHandler):
    """Serves a folder, every answer with the policy that the project's own server sends."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a little server with every sample page and the static files."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"needs {CHROMIUM}")
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").symlink_to(STATIC)
    for page in sheet.PAGES:
        html = sheet.render(page).replace(f'"{STATIC}/', '"/static/')
        (folder / f"{page}.html").write_text(html, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(UnderPolicy, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture
def visit(browser: Browser, site):
    """Opens a sample page; at the end nothing may have been complained about."""
    complaints: list[str] = []
    contexts = []

    def open_page(name: str, **options) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{site}/{name}.html", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("name", sheet.PAGES)
def test_no_page_runs_over_its_width_and_none_breaks_the_policy(visit, name):
    page = visit(name)
    for width in (320, 375, 700, 900, 1090, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_style_and_the_script_are_really_there(visit):
    page = visit("sheet")
    assert page.evaluate("getComputedStyle(document.querySelector('.rb-thin')).height") == "16px"
    assert page.evaluate("typeof htmx") == "object"
    assert page.locator("[data-keys-hint]").is_visible()


def test_every_page_can_be_read_without_script(visit):
    page = visit("sheet", java_script_enabled=False)
    assert page.locator("main h1").is_visible()
    assert page.locator("[data-keys-hint]").is_hidden()
    assert page.locator("#all-keys").is_hidden()


def test_j_and_k_move_through_the_rows_and_enter_opens_one(visit):
    page = visit("sheet")
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "Ivo Brandt"
    assert page.locator("[data-chosen]").count() == 1
    page.keyboard.press("Enter")
    assert page.url.endswith("#case-1")


def test_slash_goes_to_the_search_and_single_keys_rest_while_one_writes(visit):
    page = visit("sheet")
    page.keyboard.press("/")
    page.keyboard.type("jk?r")
    assert page.locator("#q").input_value() == "jk?r"
    assert page.locator("[data-chosen]").count() == 0
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "q"


def test_r_brings_the_cursor_into_the_reply_and_ctrl_enter_sends_it(visit):
    page = visit("sheet")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "reply"
    page.keyboard.type("Hello")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**reply=Hello*")


def test_a_key_that_the_page_does_not_have_does_nothing(visit):
    page = visit("sheet")
    page.keyboard.press("n")
    page.keyboard.press("x")
    assert page.url.endswith("sheet.html")


def test_the_question_mark_shows_every_key_and_single_keys_can_be_switched_off(visit):
    page = visit("sheet")
    page.keyboard.press("?")
    assert page.locator("#all-keys").is_visible()
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-chosen]").count() == 0
    page.locator("[data-keys-open]").click()
    assert not page.locator("[data-keys-switch]").is_checked()


def test_the_small_screen_menu_opens_without_script(visit):
    page = visit("sheet", viewport={"width": 375, "height": 800}, java_script_enabled=False)
    assert page.locator(".top .nav").is_hidden()
    page.locator(".menu summary").click()
    assert page.locator(".menu a", has_text="People").is_visible()
    assert page.locator("#q-menu").is_visible()


def test_a_readers_theme_overrides_the_systems(visit):
    page = visit("sheet", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(18, 21, 24)"
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert page.evaluate(ground) == "rgb(250, 250, 248)"


def test_paper_is_always_white_and_has_no_bar_on_top(visit):
    page = visit("sheet", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".top").is_hidden()


def test_targets_are_large_enough_for_a_finger(visit):
    page = visit("customer", viewport={"width": 375, "height": 800})
    heights = page.evaluate(
        "[...document.querySelectorAll('.btn, .choice')].map(e => e.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44


def test_forced_colours_leave_no_colour_of_ours_in_a_ribbon(visit):
    page = visit("sheet", forced_colors="active")
    seen = page.evaluate(
        """[...document.querySelectorAll('svg.rb *, svg.rb')].flatMap(part => {
             const style = getComputedStyle(part);
             return [style.color, part.tagName === 'rect' || part.tagName === 'circle' ? style.fill : 'none'];
           })"""
    )
    allowed = {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "none", 'url("#rb-hatch")'}
    assert set(seen) <= allowed
