"""A list too long to be counted says so, and still every row of it can be reached."""

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.staff import long_lists
from makegood.staff.long_lists import Long
from tests.staff.conftest import SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def short_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count no more than four rows."""
    monkeypatch.setattr(long_lists, "MOST", 4)


def test_every_row_of_a_list_that_was_not_counted_stands_on_some_page(cast: Cast, short_counts: None) -> None:
    staff = models.Staff.objects.order_by("pk")
    pages = Long(staff, 3)
    seen, number = [], 1
    while True:
        page = pages.get_page(str(number))
        seen += [person.pk for person in page]
        if not page.has_next():
            break
        number = page.next_page_number()
    assert seen == [person.pk for person in staff]
    assert (pages.more, pages.count) == (True, 4)
    assert (page.start_index(), page.end_index(), page.previous_page_number()) == (10, 10, 3)


@pytest.mark.parametrize("asked", ["0", "x", "٣", None, "9999999", "99999999"])
def test_a_page_that_makes_no_sense_is_one_that_does(cast: Cast, short_counts: None, asked: str | None) -> None:
    assert Long(models.Staff.objects.order_by("pk"), 3).get_page(asked).number == 1


def test_a_list_that_could_be_counted_says_its_number(cast: Cast) -> None:
    pages = Long(models.Staff.objects.order_by("pk"), 3)
    assert (pages.more, pages.count, pages.num_pages, pages.get_page("4").has_next()) == (False, 10, 4, False)


def test_the_page_says_that_there_are_more(
    signed_in: SignedIn, cast: Cast, buckle: models.Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_lists, "MOST", 0)
    assert "More than 0 cases." in signed_in(cast.priya).get("/cases/").content.decode()
