"""What the customer can do on his page: write, attach, say it is not resolved, ask higher, let us off, move zones."""

import re
from unittest.mock import patch

import pytest
from django.core.cache import cache

from makegood.customer import typed
from makegood.demo.weeks import Weeks
from makegood.desk.models import Attachment, Contact, InboxItem
from tests.customer.visitor import closed, letter, march, promised, upload, visit


@pytest.fixture
def case(cast):
    return letter(cast, at=march(2, 10))


@pytest.fixture
def page(case):
    """Rosalía's page on Monday at eleven, an hour after she wrote."""
    return visit(case, now=march(2, 11))


def written(case):
    """What was written from the page, oldest first."""
    return list(Contact.objects.filter(case=case, door="page").order_by("pk"))


# ── writing ──────────────────────────────────────────────────────────────────


def test_what_he_writes_joins_the_case_and_stands_on_the_page(case, page):
    response = page.post("write/", text="Here is more.\r\n\r\nAnd more.")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/c/{page.secret}/?done=sent"
    (contact,) = written(case)
    assert (contact.text, contact.standing, contact.verified) == ("Here is more.\n\nAnd more.", "joined", True)
    assert contact.item.state == InboxItem.State.JOINED
    assert "<p>And more.</p>" in page.html()
    assert "We have your message. Priya Raman answers by Tue 3 Mar 09:00 MST." in page.words("?done=sent")


def test_writing_again_never_moves_the_date_of_the_answer(case, page):
    due = case.promises.get(kind="reply").due_at
    page.now = march(2, 16)
    page.post("write/", text="Hello?")
    case.refresh_from_db()
    assert [p.due_at for p in case.promises.filter(kind="reply", outstanding=True)] == [due]


def test_a_form_that_was_sent_notes_that_the_link_was_used(page):
    assert page.link.opened_at is None
    page.post("write/", text="Hello.")
    assert page.link.opened_at == march(2, 11)


def test_the_same_form_twice_is_one_message_and_new_words_are_another(case, page):
    word = page.proof()
    for text in ("Where is it?", "Where is it?", "Where is it now?"):
        assert page.post("write/", proof=word, text=text).status_code == 303
    assert [c.text for c in written(case)] == ["Where is it?", "Where is it now?"]


def test_an_empty_form_says_so_and_changes_nothing(case, page):
    response = page.post("write/", text="  \n ")
    assert response.status_code == 400
    assert "There is nothing in it yet. Write something, or add a file." in response.content.decode()
    assert "Nothing was changed." in response.content.decode()
    assert written(case) == []
    assert page.link.opened_at is None


def test_what_cannot_be_seen_is_taken_out_of_a_text(case, page):
    page.post("write/", text="Pay \x00to\u202e me\u200b now\x07")
    assert written(case)[0].text == "Pay to me now"


def test_a_text_that_is_too_long_comes_back_whole(case, page):
    text = "word " * 12_000
    response = page.post("write/", text=text)
    assert response.status_code == 400
    assert "The text is longer than 50000 characters." in response.content.decode()
    assert text.strip() in response.content.decode()
    assert written(case) == []


# ── files ────────────────────────────────────────────────────────────────────


def test_files_come_with_a_message_or_alone(case, page):
    page.post("write/", text="The buckle.", files=[upload("buckle.jpg", b"\xff\xd8one"), upload("label.png", b"two")])
    page.post("write/", files=[upload("receipt.pdf", b"%PDF-")])
    first, second = written(case)
    assert [f.name for f in first.attachments.order_by("pk")] == ["buckle.jpg", "label.png"]
    assert second.text == ""
    assert page.html().count('class="file"') == 3


def test_a_file_he_sent_can_be_taken_back_from_the_page(page):
    page.post("write/", files=[upload("receipt.pdf", b"%PDF-1.4 bytes")])
    address = re.search(r'href="/c/[^/]+/(files/\d+/)"', page.html())[1]
    response = page.get(address)
    assert response.content == b"%PDF-1.4 bytes"
    assert response.headers["Content-Disposition"] == 'attachment; filename="receipt.pdf"'


def test_a_file_that_is_too_large_is_named_and_the_text_stays(case, page):
    with patch.object(typed, "FILE_MB", 1):
        response = page.post(
            "write/",
            text="I wrote this for half an hour.",
            files=[upload("small.jpg"), upload("film.mov", b"x" * (1024 * 1024 + 1))],
        )
    html = response.content.decode()
    assert response.status_code == 413
    assert "“film.mov” is larger than 1 MB." in html
    assert "Your text is still here. Please choose the files again." in html
    assert "I wrote this for half an hour." in html[html.index("<textarea") :]
    assert written(case) == []


def test_files_that_are_too_large_together_are_not_taken(case, page):
    files = [upload(f"{n}.jpg", b"x" * 600_000) for n in range(3)]
    with patch.object(typed, "FILES_MB", 1):
        response = page.post("write/", text="Look.", files=files)
    assert "The files are larger than 1 MB together." in response.content.decode()
    assert Attachment.objects.count() == 0


def test_more_than_ten_files_are_not_taken(page):
    response = page.post("write/", text="Look.", files=[upload(f"{n}.jpg") for n in range(11)])
    assert response.status_code == 413
    assert "There are more than 10 files." in response.content.decode()
    assert page.post("write/", text="Look.", files=[upload(f"{n}.jpg") for n in range(10)]).status_code == 303


def test_an_empty_file_field_is_no_file(case, page):
    page.post("write/", text="Only words.", files=[])
    assert written(case)[0].attachments.count() == 0


# ── not resolved, right again ────────────────────────────────────────────────


def test_not_resolved_needs_no_words(case, page):
    assert page.post("not-resolved/").headers["Location"].endswith("?done=not-resolved")
    assert written(case)[0].text == "This is not resolved."
    assert case.journal.filter(name="unresolved.said", actor="customer").count() == 1


def test_not_resolved_opens_a_closed_case_with_its_old_clock_one_rung_higher(cast, case):
    first = case.promises.get(kind="resolution").due_at
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(10, 10))
    page.post("not-resolved/", text="The new one broke too.")
    case.refresh_from_db()
    assert case.open
    assert case.promises.get(kind="resolution", outstanding=True).due_at == first
    assert case.journal.filter(name="case.reopened", facts__unresolved=True).count() == 1
    assert "The new one broke too." in page.html()
    assert "Priya Raman has your case, Rosalía." in page.words()
    assert "Your case is open, one person higher has been told, and the old dates count." in page.words(
        "?done=not-resolved"
    )


def test_right_again_is_his_own_message_and_opens_nothing(cast, case):
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(4, 10))
    assert page.post("right-again/").status_code == 303
    case.refresh_from_db()
    assert not case.open
    (contact,) = written(case)
    assert (contact.text, contact.kinds) == ("It is right again.", ["confirmed"])
    assert "It is right again, Rosalía." in page.words()
    html = page.html()
    assert "/right-again/" not in html
    assert "/not-resolved/" in html


def test_not_resolved_still_counts_after_right_again(cast, case):
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(4, 10))
    page.post("right-again/")
    page.post("not-resolved/", text="I was too quick.")
    case.refresh_from_db()
    assert case.open


def test_right_again_on_an_open_case_is_refused_kindly(case, page):
    response = page.post("right-again/")
    assert response.status_code == 409
    assert "This case is open already." in response.content.decode()
    assert written(case) == []


# ── a manager ────────────────────────────────────────────────────────────────


def test_the_page_names_the_manager_and_the_time_before_he_asks_and_keeps_to_it(cast, case, page):
    assert "Marta Olsen (team lead) hears it at once, and answers you today by 14:00 MST." in page.words()
    assert page.post("manager/").headers["Location"].endswith("?done=manager")
    assert case.promises.get(kind="manager").due_at == march(2, 15)
    alarm = case.alarms.get(numbers=[])
    assert [s.name for s in alarm.to.all()] == ["Marta Olsen"]
    words = page.words("?done=manager")
    assert "We have told Marta Olsen (team lead)." in words
    assert (
        "You asked today at 10:00 MST. Marta Olsen (team lead) was told, and answers you today by 14:00 MST." in words
    )
    assert "/manager/" not in page.html()


def test_asking_twice_for_a_manager_adds_nothing(case, page):
    word = page.proof()
    for _ in range(3):
        assert page.post("manager/", proof=word).status_code == 303
    assert case.journal.filter(name="manager.asked").count() == 1


def test_the_manager_named_on_a_closed_case_is_the_one_who_hears(cast, case):
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(4, 10))
    named = re.search(r"([\w ]+) \([\w ]+\) hears it at once", page.words())[1]
    page.post("manager/")
    assert named.endswith(case.alarms.get(numbers=[]).to.get().name)
    case.refresh_from_db()
    assert case.open


def test_a_manager_who_did_not_answer_in_time_is_said(case, page):
    page.post("manager/")
    page.now = march(3, 12)
    assert "Marta Olsen (team lead) was told, and should have answered on" not in page.words()
    assert "was told, and should have answered by Monday 2 March, 14:00 MST." in page.words()


# ── letting us off ───────────────────────────────────────────────────────────


def test_a_promise_is_released_by_a_button_behind_a_page_that_says_what_it_means(cast, case):
    number = promised(cast, case, at=march(3, 9), due_at=march(6, 12), words="A new pack leaves by Friday.")
    page = visit(case, now=march(4, 10))
    assert f'href="/c/{page.secret}/release/{number}/"' in page.html()
    assert "Everything else that we owe you goes on." in page.words(f"release/{number}/")
    assert case.promises.get(number=number).state == "open"
    assert page.post(f"release/{number}/").headers["Location"].endswith("?done=released")
    promise = case.promises.get(number=number)
    assert (promise.state, promise.settled_at) == ("released", march(4, 10))
    assert case.journal.get(name="promise.released").actor == "customer"
    words = page.words()
    assert "A new pack leaves by Friday. Released Wed 4 Mar" in words
    assert "released by you Wed 4 Mar 09:00 MST" in words


def test_a_broken_promise_that_is_released_stays_broken(cast, case):
    number = promised(cast, case, at=march(3, 9), due_at=march(4, 12), words="You will know by Wednesday.")
    Weeks(cast).until(march(5, 10))
    page = visit(case, now=march(5, 10))
    page.post(f"release/{number}/")
    words = page.words()
    assert "We broke this promise It was due on Wednesday 4 March, 11:00 MST." in words
    assert "You told us today at 09:00 MST that we need not do it any more. It stays here as broken." in words


def test_a_promise_that_is_over_cannot_be_released(cast, case):
    number = promised(cast, case, at=march(3, 9), due_at=march(6, 12))
    page = visit(case, now=march(4, 10))
    word = page.proof()
    page.post(f"release/{number}/", proof=word)
    assert "This promise is over" in page.words(f"release/{number}/")
    again = page.post(f"release/{number}/", proof=word)
    assert again.status_code == 409
    assert "This promise is over" in again.content.decode()


def test_a_clock_of_the_house_cannot_be_released(case, page):
    number = case.promises.get(kind="resolution").number
    assert "This is a clock of the house" in page.post(f"release/{number}/").content.decode()
    assert case.promises.get(number=number).state == "open"


def test_a_number_the_page_does_not_show_is_not_there(case, page):
    hidden = case.promises.get(kind="silence").number
    word = page.proof()
    for number in (hidden, 9_999):
        assert page.get(f"release/{number}/").status_code == 404
        assert page.post(f"release/{number}/", proof=word).status_code == 404


# ── his zone ─────────────────────────────────────────────────────────────────


def test_he_moves_to_another_zone_and_no_date_moves(case, page):
    before = case.promises.get(kind="reply").due_at
    assert '<option value="America/Denver" selected>Denver</option>' in page.html("zone/")
    assert page.post("zone/", zone="Europe/Oslo").headers["Location"].endswith("?done=zone")
    case.customer.refresh_from_db()
    assert case.customer.time_zone == "Europe/Oslo"
    assert case.promises.get(kind="reply").due_at == before
    assert "You get an answer by Tuesday 3 March, 17:00 CET." in page.words()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "America", "/etc/passwd", "UTC\x00"])
def test_no_other_word_becomes_a_zone(case, page, zone):
    response = page.post("zone/", zone=zone)
    assert response.status_code == 400
    assert "That is no time zone we know." in response.content.decode()
    case.customer.refresh_from_db()
    assert case.customer.time_zone == "America/Denver"


def test_a_form_in_spanish_ends_on_the_page_in_spanish_and_its_errors_are_spanish(case, page):
    assert page.post("write/?lang=es", text="Hola.").headers["Location"].endswith("/?lang=es&done=sent")
    cache.clear()
    assert "Todavía está vacío." in page.post("write/?lang=es", text="").content.decode()
    page.post("not-resolved/?lang=es")
    assert written(case)[-1].text == "Esto no está resuelto."
