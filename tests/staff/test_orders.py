"""Tasks by hand and stuck orders on the staff's page: what shows it, a file, and nobody else's cases."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import order_tasks, remedies
from makegood.rules import orders as rules
from tests.desk.making_good import heard
from tests.desk.ordered import TROUBLE, UNKNOWN, Told, refund_ordered, remedy_ordered, walk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def task(cast: Cast, monday_ten: datetime) -> models.Order:
    return remedy_ordered(cast, heard(cast, at=monday_ten), "replacement", at=monday_ten)


def seen_by(staff: models.Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_a_task_by_hand_waits_in_the_list_until_somebody_says_what_shows_it(
    cast: Cast, task: models.Order, monday_ten: datetime
) -> None:
    assert (task.state, task.due_at) == ("by hand", None)
    with clock.reading(lambda: monday_ten):
        client = seen_by(cast.priya)
        page = client.get("/remedies/orders/").content.decode()
        assert "1 task is to be done by hand." in page
        assert "Rosalía Quintero" in page
        refused = client.post(f"/remedies/orders/{task.pk}/done/", {"said": " "})
        assert refused.status_code == 409
        file = SimpleUploadedFile("receipt.png", b"\x89PNG...")
        sent = {"said": "Handed to the carrier", "reference": "1Z 5519", "file": file}
        assert client.post(f"/remedies/orders/{task.pk}/done/", sent).status_code == 302
        proof = task.proofs.get()
        models.Case.objects.filter(pk=task.case_id).update(team=cast.grace.team)
        assert seen_by(cast.marta).get(f"/remedies/orders/proofs/{proof.pk}").status_code == 404
        got = client.get(f"/remedies/orders/proofs/{proof.pk}")
        assert got.content == b"\x89PNG..."
        assert got.headers["Content-Disposition"].startswith("attachment")
        assert "Nothing is to be done by hand." in client.get("/remedies/orders/").content.decode()
    task.refresh_from_db()
    task.remedy.refresh_from_db()
    assert (task.state, task.settled_by, task.evidence) == ("done", cast.priya, "Handed to the carrier")
    assert (task.remedy.step, task.remedy.reference) == ("shipped", "1Z 5519"), "goods have a way to go"


def test_a_task_is_over_when_its_remedy_was_sent_from_the_case(
    cast: Cast, task: models.Order, monday_ten: datetime
) -> None:
    remedies.ship(task.case_id, task.remedy.number, reference="1Z 5519", by=cast.priya, now=monday_ten)
    task.refresh_from_db()
    assert (task.state, task.settled_by, task.evidence) == ("done", cast.priya, "1Z 5519")


def test_what_cannot_be_done_by_hand_either_fails_the_remedy(
    cast: Cast, task: models.Order, monday_ten: datetime
) -> None:
    with clock.reading(lambda: monday_ten):
        assert seen_by(cast.priya).post(f"/remedies/orders/{task.pk}/refused/", {"said": "Sold out"}).status_code == 302
    task.remedy.refresh_from_db()
    assert (task.remedy.step, task.remedy.ended_why) == ("failed", "Sold out")
    with pytest.raises(rules.OrderIsOver):
        order_tasks.refused(task.pk, why="Again", by=cast.priya, now=monday_ten)


def test_a_task_on_a_case_that_one_may_not_see_does_not_exist(
    cast: Cast, task: models.Order, monday_ten: datetime
) -> None:
    models.Case.objects.filter(pk=task.case_id).update(team=cast.grace.team, owner=cast.grace)
    with clock.reading(lambda: monday_ten):
        client = seen_by(cast.marta)
        assert "Rosalía" not in client.get("/remedies/orders/").content.decode()
        assert client.post(f"/remedies/orders/{task.pk}/done/", {"said": "x"}).status_code == 404
        assert client.post("/remedies/orders/999/done/", {"said": "x"}).status_code == 404
        assert client.post(f"/remedies/orders/{task.pk}/steal/").status_code == 404


def test_a_stuck_order_says_what_to_do_and_becomes_a_task_when_somebody_looked(
    cast: Cast, monday_ten: datetime
) -> None:
    order = refund_ordered(cast, at=monday_ten)
    walk(Told(answers=[UNKNOWN]), now=monday_ten)
    with clock.reading(lambda: monday_ten + MINUTE):
        client = seen_by(cast.priya)
        page = client.get("/remedies/orders/").content.decode()
        assert "1 order is stuck." in page
        assert "nobody knows" in page
        by_hand = client.post(f"/remedies/orders/{order.pk}/by-hand/", {"said": "I'd rather"})
        assert by_hand.status_code == 409, "it may have happened: first somebody looks"
        client.post(f"/remedies/orders/{order.pk}/not-done/", {"said": "Looked in the dashboard: no refund."})
    order.refresh_from_db()
    assert (order.state, order.due_at) == ("by hand", None)
    shop = Told()
    assert walk(shop, now=monday_ten + timedelta(days=2)) == 0
    assert shop.sent == []


def test_an_order_that_something_of_ours_holds_up_may_be_done_by_hand(cast: Cast, monday_ten: datetime) -> None:
    order = refund_ordered(cast, at=monday_ten)
    walk(Told(answers=[TROUBLE]), now=monday_ten)
    with clock.reading(lambda: monday_ten + MINUTE):
        client = seen_by(cast.priya)
        assert "The key was refused." in client.get("/remedies/orders/").content.decode()
        client.post(f"/remedies/orders/{order.pk}/by-hand/", {"said": "Stripe is down today"})
        client.post(f"/remedies/orders/{order.pk}/done/", {"said": "Bank transfer 4711"})
    order.refresh_from_db()
    order.remedy.refresh_from_db()
    assert (order.state, order.remedy.step, order.remedy.evidence) == ("done", "confirmed", "Bank transfer 4711")


def test_a_code_of_ours_is_made_in_the_transaction_that_orders_it(cast: Cast, monday_ten: datetime) -> None:
    order = remedy_ordered(cast, heard(cast, at=monday_ten), "code", at=monday_ten)
    code = models.Code.objects.get(remedy=order.remedy)
    order.remedy.refresh_from_db()
    assert (order.state, order.reference, order.remedy.step) == ("done", str(code.pk), "delivered")
