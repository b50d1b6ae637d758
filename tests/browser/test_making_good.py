"""A wish, two things side by side, his choice without script on a phone: the whole way, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from makegood.demo.cast import Cast
from makegood.demo.weeks import Weeks, Writer
from makegood.desk import models
from makegood.desk.actions import handoffs, links

from .conftest import Complaints, Visit

pytestmark = pytest.mark.browser
ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")


def runs_over(page: Page) -> list[int]:
    """The widths at which a page is wider than its window."""
    found = []
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found


def test_from_the_wish_to_his_choice(
    visit: Visit, house: Cast, chromium: Browser, live_server: LiveServer, moment: list, complaints: Complaints
) -> None:
    now = moment[0]
    case = Weeks(house).letter(ROSALIA, at=now, subject="Buckle snapped", text="It snapped on the first day.")
    if case.owner_id != house.priya.pk:
        handoffs.offer(case.pk, to=house.priya, by=house.marta, note="", now=now)
        handoffs.accept(case.pk, by=house.priya, now=now)
    moment[0] = now + timedelta(minutes=5)

    page = visit("priya", f"/cases/{case.number}/", color_scheme="dark")
    page.get_by_text("They have said it", exact=True).click()
    page.get_by_label("In their own words").fill("A pack I can trust before the 21st.")
    page.get_by_role("button", name="Keep it").click()
    assert page.locator("#wish .wish").inner_text() == "A pack I can trust before the 21st."
    page.wait_for_load_state("load")
    page.locator("body").click(position={"x": 2, "y": 400})
    page.keyboard.press("o")
    page.wait_for_url("**/remedies/new/**")
    page.get_by_label("The thing itself").select_option("no")
    page.get_by_label("They paid").fill("219")
    page.get_by_role("button", name="Work it out").click()
    assert page.locator("svg.scale").get_attribute("aria-label").startswith("What each option is worth")
    for box in page.locator("[name$=-take]:checked").all():
        box.uncheck()
    for name, title in (("substitute", "A Fell 48"), ("choose_any", "A Harrow 42")):
        page.locator(f"[name=o-{name}-take]").check()
        page.locator(f"[name=o-{name}-title]").fill(title)
        page.locator(f"[name=o-{name}-cost]").fill("124")
    assert runs_over(page) == []
    page.get_by_label("What they read with it").fill("Choose what suits you.")
    page.get_by_role("button", name="Offer it now").click()
    page.wait_for_url("**/#remedy-1")
    assert "offered, their turn" in page.locator("#remedy-1").inner_text()
    assert runs_over(page) == []

    secret = links.make(case, models.Link.Purpose.PAGE, customer=case.customer, now=moment[0])
    phone = chromium.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    theirs = phone.new_page()
    theirs.on("console", lambda message: complaints.said.append(message.text))
    theirs.goto(f"{live_server.url}/c/{secret}/", wait_until="load")
    assert theirs.locator(".choice :checked").count() == 0
    heights = [
        box["height"] for one in theirs.locator(".choice, .amend .btn:visible").all() if (box := one.bounding_box())
    ]
    assert min(heights) >= 44
    theirs.get_by_role("radio", name="A Harrow 42").focus()
    theirs.keyboard.press("Space")
    theirs.get_by_role("button", name="Choose this").focus()
    theirs.keyboard.press("Enter")
    theirs.wait_for_url("**/?done=chosen#amends")
    assert "Until then you may choose another." in theirs.locator("#r1").inner_text()
    phone.close()

    page.reload()
    assert "ordered" in page.locator("#remedy-1").inner_text()
    assert models.Remedy.objects.get(case=case).chosen == "choose_any"
    page.goto("/remedies/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Nothing waits for a yes.")
    assert runs_over(page) == []
