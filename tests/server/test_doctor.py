"""The doctor finds a well house well, and names what is wrong with an ill one."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from makegood.demo.bad_weeks import tell
from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import people
from makegood.desk.queries import invariants
from makegood.server import doctor
from makegood.watch import rounds
from tests.server.visits import NOW, found

pytestmark = pytest.mark.django_db


def test_a_well_house_is_found_well(house: Cast) -> None:
    assert models.Promise.objects.filter(state="broken").exists(), "a broken promise that was told is no finding"
    report = doctor.examine(now=NOW)
    assert report.well, report.as_text()
    assert [c.code for c in report.checks if c.code.startswith("P")] == [f"P{n}" for n in range(1, 9)]
    assert "Everything is well." in report.as_text()


def test_the_bad_weeks_of_the_demo_break_no_promise_of_the_house_to_itself(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    now = NOW + timedelta(days=12)
    tell(cast, now=now)
    rounds.seal(now=now)
    broken = [(v.code, x.case, x.what) for v in invariants.ask_all(now=now) for x in v.violations]
    assert broken == []


def test_the_report_for_programs_says_the_same(house: Cast) -> None:
    report = doctor.examine(now=NOW + timedelta(hours=1))
    told = json.loads(report.as_json())
    assert told["well"] is report.well is False
    assert {c["code"] for c in told["checks"] if not c["well"]} == {c.code for c in report.checks if not c.well}
    assert told["at"] == "2026-03-04T17:00:00+00:00"


def test_what_the_demo_house_gave_is_on_its_books(house: Cast) -> None:
    assert invariants.no_money_twice(now=NOW).holds


# ── the checks before P1–P8 ─────────────────────────────────────────────────


def test_a_watch_that_stands_still_is_found(house: Cast) -> None:
    assert "It stands still" in "".join(
        c.found[0] for c in doctor.examine(now=NOW + timedelta(minutes=2)).checks if c.code == "watch"
    )


def test_trouble_with_a_round_is_found(house: Cast) -> None:
    rounds.say_trouble("mail server", "Mail can't go out: 421 closed", now=NOW)
    assert found("watch") == "mail server: Mail can't go out: 421 closed"


def test_a_last_executive_is_too_few(house: Cast) -> None:
    people.leave(house.noor, by=None, now=NOW)
    assert "needs two people" in found("executives")


def test_stuck_mail_and_word_are_found(house: Cast) -> None:
    long_ago = NOW - timedelta(hours=1)
    pks = list(models.OutboxItem.objects.order_by("pk").values_list("pk", flat=True)[:3])
    models.OutboxItem.objects.filter(pk=pks[0]).update(state="waiting", next_at=long_ago)
    models.OutboxItem.objects.filter(pk=pks[1]).update(state="waiting", next_at=NOW, attempts=4)
    models.OutboxItem.objects.filter(pk=pks[2]).update(state="uncertain")
    models.Notice.objects.create(staff=house.tom, kind="owner.changed", written_at=long_ago)
    assert found("outbox").splitlines() == [
        "1 mails should have gone and have not been tried",
        "1 mails are tried again and again",
        "1 mails may have arrived, and a person must say, above the board",
        "1 notices to staff have not been mailed",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAKEGOOD_CANARY_MINUTES", "often", "MAKEGOOD_CANARY_MINUTES is “often”"),
        ("MAKEGOOD_SMTP_URL", "smtp://me:hunter22@mail.example?tls=no", "without TLS"),
        ("MAKEGOOD_LMTP", "perhaps", "MAKEGOOD_LMTP is “perhaps”"),
        ("MAKEGOOD_CARD_NUMBERS", "keep", "neither seal nor mask"),
        ("MAKEGOOD_ALARM_URL", "ftp://x.example", "MAKEGOOD_ALARM_URL must begin"),
    ],
)
def test_a_setting_that_makes_no_sense_is_found(
    house: Cast, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    assert said in found("settings") and "hunter22" not in found("settings")


def test_a_key_that_others_can_read_is_found(house: Cast, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700, exist_ok=True)
    key = tmp_path / "keys" / "secret-key"
    key.write_text("x" * 48)
    key.chmod(0o644)
    assert f"{key} can be read by others" in found("settings")


def test_a_check_that_can_not_be_made_is_a_finding(house: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("no such table")

    monkeypatch.setattr(invariants, "none_twice", broken)
    report = doctor.examine(now=NOW)
    check = next(c for c in report.checks if c.code == "P2")
    assert (check.well, check.found) == (False, ("RuntimeError: no such table",))
    assert next(c for c in report.checks if c.code == "P8").well


def test_an_empty_house_is_told_to_load_a_policy(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))
    assert "No policy is loaded" in found("policy")


def test_a_connector_that_the_policy_names_and_nobody_set_up_is_said_and_no_key_is(
    house: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connectors() -> doctor.Check:
        return next(check for check in doctor.examine(now=NOW).checks if check.code == "connectors")

    assert connectors().found == ()
    monkeypatch.setattr(doctor.orders, "connectors_in_use", lambda named: {*named, "stripe"})
    assert connectors().found == ("Stripe isn't set up: put a secret or restricted key into MAKEGOOD_STRIPE_KEY.",)
    monkeypatch.setenv("MAKEGOOD_STRIPE_KEY", "sk_live_51OfLarkfield")
    assert connectors().found == ()
    assert "sk_live" not in doctor.examine(now=NOW).as_text()
