"""A-33, A-36: a private link opens its own case and the files of its own messages; every other number is not there."""

import re

import pytest

from makegood.desk.actions import contacts, customers
from makegood.desk.actions.contacts import File, Incoming
from makegood.desk.models import Attachment, Contact
from tests.customer.visitor import IVO, letter, march, promised, upload, visit

NOW = march(3, 11)


@pytest.fixture
def two(cast):
    """Two customers on their pages, each with a promise and a file of his own."""
    pages = []
    for who in ({}, {"who": IVO, "subject": "Boots for resoling", "text": "Where are my boots?"}):
        case = letter(cast, at=march(2, 10), **who)
        promised(cast, case, at=march(2, 14), due_at=march(6, 12), words=f"Promise of {case.number}.")
        page = visit(case, now=NOW)
        page.post("write/", text=f"Words of {case.number}.", files=[upload("own.jpg", case.number.encode())])
        pages.append(page)
    return pages


def files_of(page):
    return Attachment.objects.filter(contact__case=page.link.case)


def test_a_page_shows_nothing_of_another_customers_case(two):
    mine, other = two
    for path in ("", "copy/", "?show=500"):
        text = mine.get(path).content.decode()
        for foreign in ("Boots", "boots", "Ivo", IVO.address, other.link.case.number):
            # As a word: the random letters of a form's token may spell a short name.
            assert not re.search(rf"\b{re.escape(foreign)}\b", text)


def test_every_number_of_a_file_that_is_not_his_is_not_there(two):
    mine, _ = two
    own = set(files_of(mine).values_list("pk", flat=True))
    assert own
    for pk in range(1, Attachment.objects.order_by("-pk").first().pk + 3):
        assert mine.get(f"files/{pk}/").status_code == (200 if pk in own else 404)


def test_a_file_needs_its_link_and_ends_with_it(two):
    mine, other = two
    pk = files_of(mine).get().pk
    assert other.get(f"files/{pk}/").status_code == 404
    assert mine.client.get(f"/files/{pk}/").status_code == 404
    mine.now = march(30, 10).replace(year=2027)
    assert mine.get(f"files/{pk}/").status_code == 404


def test_a_number_of_a_promise_means_his_own_promise(two):
    mine, other = two
    number = other.link.case.promises.get(kind="said").number
    mine.post(f"release/{number}/")
    assert other.link.case.promises.get(number=number).state == "open"


def test_the_files_of_what_he_may_not_see_are_not_his_either(cast, two):
    mine, _ = two
    case = mine.link.case
    message = Incoming(
        received_at=march(2, 15),
        from_address="eve@evil.example",
        text="Mine!",
        files=(File(name="eve.pdf", declared_type="application/pdf", content=b"eve"),),
    )
    door = cast.policy.doors["mail"]
    stranger = contacts.propose(message, case_id=case.pk, door=door, item=None, why="unknown", now=march(2, 15))
    pk = Attachment.objects.get(name="eve.pdf").pk
    assert mine.get(f"files/{pk}/").status_code == 404
    contacts.join_proposed(stranger.pk, by=cast.priya, now=march(2, 16))
    assert mine.get(f"files/{pk}/").status_code == 404


def test_a_second_case_of_the_same_customer_has_a_page_of_its_own(cast, two):
    mine, _ = two
    second = letter(cast, at=march(3, 9), subject="Tent pegs", text="One peg is missing.")
    assert second.customer_id == mine.link.customer_id
    assert "Tent pegs" not in mine.html()
    assert "One peg is missing" not in mine.get("copy/").content.decode()


def test_what_another_customer_once_wrote_into_the_case_is_not_shown(cast, two):
    mine, _ = two
    someone = customers.of_messages(
        [Incoming(received_at=NOW, from_address="someone@else.example", from_name="Someone Else")], now=NOW
    )[0]
    Contact.objects.create(
        case=mine.link.case, direction="in", standing="joined", door="mail", received_at=NOW, customer=someone,
        text="The other party's private words.",
    )  # fmt: skip
    assert "private words" not in mine.html()


def test_his_own_address_and_no_other_address_is_in_the_page(two):
    mine, _ = two
    addresses = set(re.findall(r"[\w.]+@[\w.]+\.example", mine.html()))
    assert addresses == set()
