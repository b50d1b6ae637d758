"""A-57: a flood through a private link fills neither disk nor board, and real mail still comes in."""

import shutil
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache

from makegood import config
from makegood.customer import typed
from makegood.demo.weeks import Weeks
from makegood.desk.models import Attachment, Contact
from tests.customer.visitor import IVO, ROSALIA, letter, march, upload, visit

NOW = march(2, 11)


@pytest.fixture
def case(cast):
    return letter(cast, at=march(2, 10))


@pytest.fixture(autouse=True)
def _a_home_of_its_own(monkeypatch, tmp_path):
    # Other workers' tests keep files meanwhile, and here they are counted.
    monkeypatch.setenv("MAKEGOOD_HOME", str(tmp_path))


@pytest.fixture
def page(case):
    return visit(case, now=NOW)


def kept_files():
    folder = config.home() / "attachments"
    return set(folder.iterdir()) if folder.exists() else set()


def test_forms_that_come_too_fast_wait_a_minute_and_keep_their_text(case, page):
    word = page.proof()
    answers = [page.post("write/", proof=word, text=f"Number {n}.") for n in range(typed.FORMS_A_MINUTE + 3)]
    assert [a.status_code for a in answers] == [303] * typed.FORMS_A_MINUTE + [429] * 3
    assert "Wait a minute, then press the button again." in answers[-1].content.decode()
    assert f"Number {typed.FORMS_A_MINUTE + 2}." in answers[-1].content.decode()
    page.now = NOW + timedelta(minutes=1)
    assert page.post("write/", proof=word, text="Later.").status_code == 303


def test_a_slow_flood_ends_at_the_days_quota_and_the_next_day_is_free(case, page):
    word = page.proof()
    with patch.object(typed, "MESSAGES_A_DAY", 5):
        for n in range(9):
            cache.clear()
            page.now = NOW + timedelta(minutes=n)
            last = page.post("write/", proof=word, text=f"Number {n}.")
        assert last.status_code == 429
        assert "You have sent 5 messages from this page since yesterday." in last.content.decode()
        assert Contact.objects.filter(case=case, door="page").count() == 5
        page.now = NOW + timedelta(days=1, minutes=10)
        assert page.post("write/", proof=word, text="A new day.").status_code == 303


def test_a_new_link_brings_no_new_quota(case, page):
    with patch.object(typed, "MESSAGES_A_DAY", 1):
        assert page.post("write/", text="One.").status_code == 303
        assert visit(case, now=NOW).post("not-resolved/", text="Two.").status_code == 429


def test_somebody_at_his_quota_can_still_ask_for_a_manager(case, page):
    with patch.object(typed, "MESSAGES_A_DAY", 0):
        assert page.post("write/", text="More.").status_code == 429
        assert page.post("manager/").status_code == 303


def test_files_beyond_the_days_quota_are_refused_and_words_are_not(page):
    with patch.object(typed, "FILES_A_DAY_MB", 0):
        response = page.post("write/", text="Look.", files=[upload("a.jpg")])
        assert response.status_code == 429
        assert "Send the text without the files." in response.content.decode()
        assert page.post("write/", text="Look.").status_code == 303
    assert Attachment.objects.count() == 0


def test_files_never_take_the_last_of_the_disk(page):
    before = kept_files()
    full = shutil.disk_usage("/")._replace(free=typed.RESERVE_MB * typed.MB)
    with patch("makegood.customer.typed.shutil.disk_usage", return_value=full):
        response = page.post("write/", text="Look.", files=[upload("a.jpg")])
        assert "We have no room for files just now." in response.content.decode()
        assert page.post("write/", text="Look.").status_code == 303
    assert kept_files() == before


def test_a_form_that_is_far_too_large_is_not_even_read(page):
    word = page.proof()
    with patch.object(typed, "BODY_MB", 1), patch.object(typed, "Cap", side_effect=AssertionError("it was read")):
        response = page.post("write/", proof=word, text="x", files=[upload("a.iso", b"x" * (2 * typed.MB))])
    assert response.status_code == 413
    assert "That is more than this page can take at once." in response.content.decode()


def test_what_was_refused_leaves_no_file_behind(page):
    before = kept_files()
    with patch.object(typed, "FILE_MB", 1):
        page.post("write/", text="x", files=[upload("ok.jpg"), upload("a.iso", b"x" * (2 * typed.MB))])
    page.post("write/", proof="forged", text="x", files=[upload("ok.jpg")])
    assert kept_files() == before
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"\x00" * 500, b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n"]
)
def test_a_mangled_form_is_refused_without_a_crash(page, body):
    response = page.client.post(f"/c/{page.secret}/write/", body, content_type="multipart/form-data; boundary=x")
    assert response.status_code in (400, 403, 404, 413)


@pytest.mark.parametrize("many", [{"fields": 1_100}, {"long": 3_000_000}])
def test_a_form_with_far_too_much_in_it_is_refused_without_a_crash(page, many):
    extra = {f"f{n}": "x" for n in range(many.get("fields", 0))}
    response = page.post("write/", text="x" * many.get("long", 1), **extra)
    assert response.status_code == 413


def test_after_a_flood_real_mail_still_comes_in(cast, case, page):
    word = page.proof()
    for n in range(40):
        page.post("write/", proof=word, text=f"Flood {n}.")
    weeks = Weeks(cast)
    weeks.again(case, ROSALIA, at=march(2, 12), text="This one came by mail.")
    other = weeks.letter(IVO, at=march(2, 12), subject="Boots", text="Where are they?")
    assert other.contacts.filter(text="Where are they?", standing="joined").exists()
    assert case.contacts.filter(text="This one came by mail.", standing="joined").exists()
