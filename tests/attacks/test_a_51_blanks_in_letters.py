"""A-51: a letter to many has blanks and no logic; nothing in it is evaluated, reached into, or filled in twice."""

from __future__ import annotations

from datetime import datetime

import pytest

from makegood.demo.cast import Cast
from makegood.desk.actions import incidents
from makegood.rules import blanks, refusals

pytestmark = pytest.mark.django_db

WICKED = (
    "{{7*7}}",
    "{{ settings.SECRET_KEY }}",
    "{% include '/etc/passwd' %}",
    "{name.__class__}",
    "{name!r}",
    "{name:>99999999}",
    "{0}",
    "{}",
    "{owner[0]}",
    "{case.owner.password}",
    "{secret}",
    "{ name }",
    "{name",
    "name}",
    "{#x#}",
)


@pytest.mark.parametrize("wicked", WICKED)
def test_what_is_no_blank_is_refused_when_it_is_written(cast: Cast, monday_ten: datetime, wicked: str) -> None:
    incident = incidents.open_incident(title="x", by=cast.ruth, now=monday_ten)
    for subject, text in ((wicked, "Dear {name}"), ("Order {order}", f"Dear {{name}} {wicked}")):
        with pytest.raises(refusals.Refusal, match="nothing else in braces"):
            incidents.write_letter(incident.pk, language="en", subject=subject, text=text, by=cast.ruth, now=monday_ten)
    incident.refresh_from_db()
    assert incident.letters == {}


@pytest.mark.parametrize("wicked", WICKED)
def test_a_name_that_looks_like_a_blank_stays_the_name_it_is(wicked: str) -> None:
    assert blanks.fill("Dear {name}.", {"name": wicked, "owner": "!", "secret": "!"}) == f"Dear {wicked}."


def test_a_letter_that_hangs_on_a_review_is_refused(cast: Cast, monday_ten: datetime) -> None:
    incident = incidents.open_incident(title="x", by=cast.ruth, now=monday_ten)
    text = "You get 25 dollars if you delete your review."
    with pytest.raises(refusals.RemedyForReview):
        incidents.write_letter(incident.pk, language="en", subject="x", text=text, by=cast.ruth, now=monday_ten)
