"""The pages of incidents: for team leads and above, from the list to the closed equation, in both languages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import delivery, outbox
from makegood.watch import incidents

pytestmark = pytest.mark.django_db

LIST = """Email;Name;Order;Amount
rosa@quill.example;Rosa Quill;88-1;21.00
ben@ford.example;Ben Ford;88-2;21.00
rosa@quill.example;Rosa Quill;88-1;21.00
nobody;=cmd|' /C calc'!A0;;
;Cordelia Banks;88-9;21.00
"""


def browser(who: models.Staff) -> Client:
    client = Client()
    client.force_login(who)
    return client


def work(now: datetime) -> None:
    while incidents.go_on(now=now):
        pass


@pytest.fixture
def ruth(cast: Cast, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    return browser(cast.ruth)


def press(client: Client, incident: int, where: str, /, **typed: object) -> str:
    response = client.post(f"/incidents/{incident}/{where}/", typed, follow=True)
    assert response.status_code == 200, (where, response.content.decode()[-3000:])
    return response.content.decode()


def test_an_incident_goes_from_its_list_to_the_closed_equation_on_its_pages(ruth: Client, cast: Cast) -> None:
    now = clock.now()
    ruth.post("/incidents/new/", {"title": "Buckles of lot 25-K", "cause": "The supplier changed the nylon."})
    incident = models.Incident.objects.get().pk
    press(ruth, incident, "upload", file=SimpleUploadedFile("buyers.csv", LIST.encode("cp1252")))
    work(now)
    page = ruth.get(f"/incidents/{incident}/").content.decode()
    assert "3 new + 1 named again + 1 given back" in page
    returned = b"".join(ruth.get(f"/incidents/{incident}/lists/1/rejected/")).decode()
    assert "That is no mail address we could write to." in returned
    assert "'=cmd|" in returned
    press(ruth, incident, "letter", language="en", subject="Your order {order}", text="Dear {name}, the buckle cracks.")
    press(ruth, incident, "start", task="tells")
    later = clock.now() + timedelta(seconds=1)
    work(later)
    while item := outbox.claim("test", now=later):
        delivery.accepted(item, answer="250", now=later)
    page = ruth.get(f"/incidents/{incident}/").content.decode()
    assert "2 have heard it from us." in page
    assert "Adds up." in page
    people = ruth.get(f"/incidents/{incident}/people/?standing=with_person").content.decode()
    assert "Cordelia Banks" in people
    assert "Rosa Quill" not in people
    assert "Everybody has heard it from us by" in page
    still = ruth.get(f"/incidents/{incident}/open-cases/").content.decode()
    assert "not settled in this incident yet" in still
    number = models.Case.objects.filter(affected__incident=incident).values_list("number", flat=True)[0]
    assert f'href="/incidents/{incident}/"' in ruth.get(f"/cases/{number}/").content.decode()
    needs = models.Affected.objects.get(name="Cordelia Banks").pk
    press(ruth, incident, f"people/{needs}", what="told", why="rang her, she has it")
    press(ruth, incident, "remedy", catalogue="credit", failure="process")
    assert "$75.00" in press(ruth, incident, "dry-run")
    assert "The job runs" in press(ruth, incident, "start", task="gives")
    work(clock.now() + timedelta(seconds=1))
    assert models.Remedy.objects.filter(incident=incident).count() == 3
    assert ruth.post(f"/incidents/{incident}/close/", {"told_back": "Steel since lot 26-A"}).status_code == 409


def test_agents_have_no_incidents_and_a_lead_sees_only_those_of_the_team(ruth: Client, cast: Cast) -> None:
    ruth.post("/incidents/new/", {"title": "Lot 25-K"})
    incident = models.Incident.objects.get().pk
    for who in (cast.priya, cast.marta, cast.wen):
        assert browser(who).get(f"/incidents/{incident}/").status_code == 404
        assert browser(who).post(f"/incidents/{incident}/start/", {"task": "tells"}).status_code == 404
    assert browser(cast.priya).get("/incidents/").status_code == 404
    assert "Lot 25-K" not in browser(cast.marta).get("/incidents/").content.decode()


def test_every_page_of_an_incident_is_there_in_spanish(ruth: Client, cast: Cast) -> None:
    ruth.post("/incidents/new/", {"title": "Lote 25-K"})
    incident = models.Incident.objects.get().pk
    models.Staff.objects.filter(pk=cast.ruth.pk).update(language="es")
    for where in ("/incidents/", "/incidents/new/", f"/incidents/{incident}/", f"/incidents/{incident}/people/"):
        assert 'lang="es"' in ruth.get(where).content.decode(), where
