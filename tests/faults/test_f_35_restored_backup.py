"""F-35: last night's copy is put back. The gap enters once more, nothing is sent blindly again, and the gap is told."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import incidents, restoring
from makegood.watch import incidents as round_of
from tests.crashes.kitchen import SERVER, Kitchen, Told
from tests.desk.hit import of_seven, small_steps, work
from tests.intake.letters import letter
from tests.servers import dovecot
from tests.watch.mail_server import MailServer

NIGHT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 9, 14, tzinfo=UTC)
DRILL = "tests.faults.drill:"
HOUR = timedelta(hours=1)
__all__ = ["of_seven", "small_steps"]


class Drill:
    """One house, its copy, and what was heard of each part of the drill."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.folder, self.copy = folder, folder / "copies" / "night"
        self.kitchen = stack.enter_context(Kitchen(folder))
        self.server = stack.enter_context(MailServer())
        self.mailbox = stack.enter_context(dovecot.running())
        self._words = {"mail": self.server.url, "mailbox": self.mailbox.url(), "copy": str(self.copy)}

    def do(self, home: Path, part: str, **words: Any) -> Told:
        told = self.kitchen.do(home, DRILL + part, **{**self._words, **words})
        assert told.code == 0, told.last("failed")
        return told

    def copy_is_made(self, home: Path) -> Told:
        self.mailbox.append(letter("My tent never came.", subject="Before the copy", message_id="<1@more.example>"))
        return self.do(home, "until_the_copy")

    def morning_is_lost(self, home: Path) -> Told:
        self.mailbox.append(letter("Nor my stove.", subject="In the gap", message_id="<2@more.example>"))
        self.mailbox.append(letter("Nor my lamp.", subject="In the gap, too", message_id="<3@more.example>"))
        return self.do(home, "lost_morning")

    def empty_place(self, like: Path) -> Path:
        """Return where to restore: on SQLite the same folder; with PostgreSQL a new folder and an empty database."""
        return self.kitchen.empty("restored") if SERVER else like


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    with ExitStack() as stack:
        yield Drill(stack, tmp_path_factory.mktemp("drill"))


@pytest.fixture(scope="module")
def drilled(drill: Drill) -> dict[str, Any]:
    """The whole drill, once."""
    home = drill.kitchen.furnished()
    night = drill.copy_is_made(home)
    lost = drill.morning_is_lost(home)
    place = drill.empty_place(home)
    restored = drill.do(place, "put_back", now=MORNING.isoformat())
    after = drill.do(place, "day_after")
    return {
        "night": night,
        "lost": lost,
        "restored": restored,
        "after": after,
        "home": place,
        "end": json.loads((place / "end.json").read_text("utf-8")),
    }


pytestmark = pytest.mark.imap


def test_what_waited_when_the_copy_was_made_is_known(drilled: dict[str, Any]) -> None:
    assert drilled["night"].last("waiting") == ["canary", "reply"]
    assert drilled["night"].last("missing") == 0 and drilled["night"].last("files") == 1


def test_the_letters_of_the_gap_enter_once_more_and_no_other_does(drilled: dict[str, Any]) -> None:
    assert drilled["after"].last("subjects") == ["Before the copy", "In the gap", "In the gap, too", "The tent"]
    assert {item[3] for item in drilled["end"]["items"]} == {"joined"}


def test_a_reply_that_may_have_gone_out_since_is_uncertain_and_its_owner_is_told(
    drill: Drill, drilled: dict[str, Any]
) -> None:
    replies = [m for m in drill.server.taken if m.subject.startswith("Re: ")]
    assert len(replies) == 1, "it went out in the lost hours, and not again"
    assert [state for _, purpose, state in drilled["after"].last("mails") if purpose == "reply"] == ["uncertain"]
    assert drilled["end"]["told that nobody knows"] == [True]


def test_no_mail_goes_twice_under_one_message_id(drill: Drill, drilled: dict[str, Any]) -> None:
    assert Counter(m.message_id for m in drill.server.taken).most_common(1)[0][1] == 1


def test_the_gap_is_reported_in_the_journal_and_to_those_who_look_after_the_house(drilled: dict[str, Any]) -> None:
    told = dict(drilled["after"].last("house"))["backup.restored"]
    assert (told["since"], told["until"]) == (NIGHT.isoformat(), MORNING.isoformat())
    assert told == drilled["restored"].last("gap")
    assert (told["uncertain"], told["arrived"], told["told_anew"]) == (1, 0, 1)
    assert sorted(drilled["after"].last("notices")) == ["admin", "head"]


@pytest.mark.parametrize("of", [0, 1], ids=["key", "case number"])
def test_none_that_was_handed_out_in_the_lost_hours_is_handed_out_again(drilled: dict[str, Any], of: int) -> None:
    before, lost, now = ({case[of] for case in drilled[part].last("cases")} for part in ("night", "lost", "after"))
    assert (len(before), len(lost), len(now)) == (2, 5, 4)
    assert now & lost == before


def test_afterwards_p1_to_p8_hold_and_every_file_is_there(drilled: dict[str, Any]) -> None:
    assert drilled["after"].last("broken") == []
    assert drilled["after"].last("lost") == []


def test_what_was_in_its_place_is_put_aside_and_not_lost(drilled: dict[str, Any]) -> None:
    aside = drilled["restored"].last("aside")
    expected = ["anchors.log"] if not SERVER else []
    expected += ["makegood.sqlite3"] if not SERVER else []
    assert sorted(name.partition(".before-")[0] for name in aside) == expected
    assert all((drilled["home"] / name).exists() for name in aside)


@pytest.fixture
def on_its_way(of_seven: models.Incident, cast: Cast, monday_ten: datetime) -> models.Incident:
    """An incident three of whose seven people were told when the copy was made."""
    incidents.start(of_seven.pk, "opens", by=cast.ruth, now=monday_ten)
    incidents.start(of_seven.pk, "tells", by=cast.ruth, now=monday_ten)
    while not models.Contact.objects.filter(direction="out").exists():
        assert round_of.go_on(now=monday_ten)
    return of_seven


@pytest.mark.django_db
def test_an_incident_that_was_telling_people_tells_nobody_else_before_its_owner_has_looked(
    on_its_way: models.Incident, cast: Cast, monday_ten: datetime
) -> None:
    restoring.begin_anew(copied_at=monday_ten, now=monday_ten + HOUR, knows=lambda _: False)
    work(monday_ten + HOUR)
    on_its_way.refresh_from_db()
    assert (on_its_way.job, models.Contact.objects.filter(direction="out").count()) == ("stopped", 3)
    assert models.Notice.objects.filter(kind="incident.stopped", staff=cast.ruth).count() == 1
    incidents.go_on(on_its_way.pk, by=cast.ruth, now=monday_ten + HOUR)
    work(monday_ten + HOUR)
    assert models.Contact.objects.filter(direction="out").count() == 7


@pytest.mark.django_db
def test_acknowledgements_that_waited_stand_above_the_board_and_are_settled_with_one_press(
    complaint: models.Case, monday_ten: datetime
) -> None:
    restoring.begin_anew(copied_at=monday_ten, now=monday_ten + HOUR, knows=lambda _: False)
    mail = models.OutboxItem.objects.get(purpose="acknowledgement")
    assert mail.state == "uncertain"
    client = Client()
    with clock.reading(lambda: monday_ten + HOUR):
        client.force_login(complaint.owner)
        assert f'name="mail" value="{mail.pk}"' in client.get("/").content.decode()
        assert client.post("/in-doubt/", {"mail": mail.pk, "said": "arrived"}).status_code == 302
        assert client.post("/in-doubt/", {"mail": mail.pk, "said": "arrived"}).status_code == 409, "it is said"
    mail.refresh_from_db()
    assert (mail.state, mail.answer) == ("accepted", f"{complaint.owner.name}: it arrived")


# ── refusals ─────────────────────────────────────────────────────────────────


def refused(drill: Drill, home: Path, *, copy: Path, now: datetime = MORNING) -> str:
    return str(drill.do(home, "put_back", copy=str(copy), now=now.isoformat()).last("refused"))


def test_a_copy_that_was_damaged_is_refused(drill: Drill, drilled: dict[str, Any], tmp_path: Path) -> None:
    bad = shutil.copytree(drill.copy, tmp_path / "bad")
    database = next(path for path in bad.iterdir() if path.name in ("makegood.sqlite3", "makegood.dump"))
    database.write_bytes(database.read_bytes()[:-10])
    assert "the copy is damaged" in refused(drill, drilled["home"], copy=bad)
    assert "is no copy of a desk" in refused(drill, drilled["home"], copy=tmp_path)


def test_a_copy_that_a_newer_program_made_is_refused(drill: Drill, drilled: dict[str, Any], tmp_path: Path) -> None:
    newer = shutil.copytree(drill.copy, tmp_path / "newer")
    told = json.loads((newer / "copy.json").read_text("utf-8"))
    told["migrations"].append("desk.0999_what_comes_one_day")
    (newer / "copy.json").write_text(json.dumps(told), "utf-8")
    assert "made by a newer Makegood (desk.0999_what_comes_one_day)" in refused(drill, drilled["home"], copy=newer)


def test_a_place_where_a_desk_is_at_work_is_refused_and_stays_as_it_is(drill: Drill, drilled: dict[str, Any]) -> None:
    home = drill.kitchen.furnished("alive")
    drill.do(home, "show_life")
    said = refused(drill, home, copy=drill.copy, now=datetime(2026, 3, 3, 2, 0, 20, tzinfo=UTC))
    assert ("holds a desk already" if SERVER else "A desk is at work here: it went by 20 s ago") in said
    assert not list(home.glob("*before*")) and not (home / "restore-is-unfinished").exists()


def test_a_copy_of_the_other_database_is_refused(drill: Drill, drilled: dict[str, Any], tmp_path: Path) -> None:
    other = shutil.copytree(drill.copy, tmp_path / "other")
    told = json.loads((other / "copy.json").read_text("utf-8"))
    told["database"] = "sqlite" if SERVER else "postgresql"
    (other / "copy.json").write_text(json.dumps(told), "utf-8")
    assert "is a copy of a" in refused(drill, drilled["home"], copy=other)


# ── while writing ────────────────────────────────────────────────────────────


def test_copies_made_while_letters_come_in_are_each_of_one_moment(drill: Drill, drilled: dict[str, Any]) -> None:
    home = drill.kitchen.furnished("writing")
    told = drill.do(home, "write_on", copy=str(drill.folder / "copies" / "while"), copies=3)
    assert told.last("written") >= 3
    counts = []
    for number in range(3):
        place = drill.kitchen.empty(f"while{number}")
        now = datetime(2026, 3, 2, 17, 0, tzinfo=UTC).isoformat()
        drill.do(place, "put_back", copy=str(drill.folder / "copies" / f"while{number}"), now=now)
        found = drill.do(place, "examine", now=now)
        assert found.last("lost") == [], "a row without its file"
        assert [b for b in found.last("broken") if b[:2] in ("P1", "P2", "P5", "P8")] == []
        counts.append(found.last("cases"))
    assert counts == sorted(counts)


@pytest.mark.skipif(not SERVER, reason="pg_dump is asked for on PostgreSQL alone")
def test_without_pg_dump_a_copy_is_refused_and_the_package_is_named(
    drill: Drill, drilled: dict[str, Any], tmp_path: Path
) -> None:
    told = drill.kitchen.do(
        drilled["home"], DRILL + "back_up", copy=str(tmp_path / "none"), settings={"PATH": str(tmp_path)}
    )
    assert told.code == 1
    assert "Install Debian's package postgresql-client" in told.last("failed")
    assert not (tmp_path / "none").exists()
    assert os.environ["PATH"] != str(tmp_path)
