"""F-29: two cases of one customer that are one matter are merged, and parted again.

Nothing is owed by nobody at any moment, old numbers, letters and links still lead there, and nobody gets sight.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.http import Http404
from django.test import Client

from makegood.config import clock
from makegood.demo.cast import Cast
from makegood.desk import facts, models
from makegood.desk.actions import contacts, delivery, holdings, letters, links, merging, wishes
from makegood.desk.actions.promises import Words
from makegood.desk.queries import customer_page, invariants
from makegood.rules import refusals
from makegood.rules.promises import State
from tests.attacks.two_teams import own
from tests.intake.desk import HOUR, MINUTE, case_of, deliver_all, receive
from tests.intake.letters import MALLORY, ROSA, letter
from tests.watch.house import watch_until

WORDS = "The new belt leaves us on Thursday."


def written(now: datetime, subject: str, text: str, *, sender: str = ROSA) -> models.Case:
    name = f"<{subject.casefold().replace(' ', '-')}@quiet.example>"
    return case_of(receive(letter(text, subject=subject, sender=sender, message_id=name), now=now, sender=sender))


def answering(ours: models.Contact) -> dict[str, str]:
    return {"In-Reply-To": ours.message_id}


@pytest.fixture
def two(cast: Cast, home: object, monday_ten: datetime) -> tuple[models.Case, models.Case]:
    """Rosa wrote of one buckle twice, a day apart, under two subjects; Priya promised a date in the first."""
    first = written(monday_ten, "Broken buckle", "The buckle of my pack snapped on the first day.")
    own(first, cast.priya, now=monday_ten)
    says = [Words(words=WORDS, due_at=monday_ten + timedelta(days=3))]
    letters.reply(first.pk, by=cast.priya, text=WORDS, kinds=["promise"], says=says, now=monday_ten + HOUR)
    deliver_all(monday_ten + HOUR)
    second = written(monday_ten + timedelta(days=1), "Hip belt", "My pack can't be worn at all with that belt.")
    own(second, cast.priya, now=monday_ten + timedelta(days=1))
    return first, second


def straight(now: datetime) -> None:
    """P1 to P8 hold; the mails of these tests' alarms are nobody's to send."""
    named = [v.what for verdict in invariants.ask_all(now=now) for v in verdict.violations]
    assert not [what for what in named if not what.endswith("has not gone out")]


def test_what_one_owed_the_other_owes_by_the_same_words_and_date(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    said = gone.promises.get(said=True, words=WORDS)
    merging.merge(kept.pk, gone=gone.number, why="the same buckle", by=cast.priya, now=now)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.open, gone.merged_into, gone.wakes_at) == (False, kept, None)
    assert not gone.promises.filter(outstanding=True).exists()
    there = kept.promises.get(words=WORDS)
    same = ("due_at", "from_at", "zone", "calendar", "staff", "contact", "said")
    assert [getattr(there, name) for name in same] == [getattr(said, name) for name in same]
    resolved = kept.promises.get(kind="resolution", outstanding=True)
    assert resolved.from_at == gone.received_at, "the clock that counts from first receipt counts from the first letter"
    straight(now)
    assert gone.journal.get(name="case.merged").facts["why"] == "the same buckle"


def test_a_promise_that_came_with_it_rings_when_it_breaks(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=monday_ten + timedelta(days=1, hours=1))
    due = gone.promises.get(words=WORDS).due_at
    watch_until(due)
    there = kept.promises.get(words=WORDS)
    assert (there.state, there.broken_at, there.told_at) == ("broken", due, due)
    straight(due)


def test_what_was_broken_rings_there_at_once_and_no_lower_than_it_had(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    kept, gone = two
    late = monday_ten + timedelta(days=7)
    watch_until(late)
    heard = facts.case(gone).ringing[0].climb
    assert heard is not None and heard.rung > 0
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=late)
    alarm = kept.alarms.filter(due_at=late).latest("pk")
    assert alarm.rung >= heard.rung, "merging calms no ladder"
    straight(late)


def test_one_answer_answers_both_and_keeps_the_clocks_of_both(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    kept, gone = two
    now = monday_ten + timedelta(days=1, hours=1)
    assert gone.promises.filter(kind="reply", outstanding=True).exists()
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    kept.refresh_from_db()
    assert kept.unanswered_at == gone.received_at and kept.ball == "us"
    letters.reply(kept.pk, by=cast.priya, text="It is on its way.", kinds=["answer"], confirmed=True, now=now + HOUR)
    deliver_all(now + HOUR)
    kept.refresh_from_db()
    assert kept.unanswered_at is None
    assert not kept.promises.filter(kind="reply", outstanding=True).exists()
    straight(now + HOUR)


def test_old_numbers_letters_and_links_lead_to_where_it_goes_on(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    secret = links.make(gone, models.Link.Purpose.PAGE, customer=gone.customer, now=now)
    ours = gone.contacts.get(direction="out")
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    answer = letter("Thank you. Which colour will it be?", message_id="<two@quiet.example>", headers=answering(ours))
    assert case_of(receive(answer, now=now + MINUTE)) == kept
    loose = letter("Any news of it by now?", subject=f"About {gone.number}", message_id="<loose@quiet.example>")
    assert case_of(receive(loose, now=now + HOUR)) == kept, "laid before its owner"
    link = links.open_link(secret, models.Link.Purpose.PAGE, now=now)
    assert link is not None and link.case == kept
    page = customer_page.page(link, now=now)
    assert WORDS in {p.words for p in page.promises}
    assert {said.contact.text for said in page.talk if said.contact} >= {ours.text}
    with clock.reading(lambda: now):
        client = Client()
        client.force_login(cast.priya)
        assert f"This goes on in {kept.number}" in client.get(f"/cases/{gone.number}/").content.decode()
        found = client.get(f"/cases/{kept.number}/").content.decode()
    assert "snapped on the first day" in found and gone.number in found


def test_a_mail_that_comes_back_afterwards_is_owed_where_it_goes_on(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    delivery.bounced(gone.contacts.get(direction="out"), why="550 no such user", now=now + HOUR)
    gone.refresh_from_db()
    kept.refresh_from_db()
    assert (gone.open, gone.merged_into) == (False, kept)
    assert kept.unanswered_at == gone.received_at, "what it had answered waits again"
    straight(now + HOUR)


def test_parted_again_each_owes_what_it_owes(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    before = {p.number for p in gone.promises.filter(outstanding=True)}
    at_home = {p.kind for p in kept.promises.filter(outstanding=True)}
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    merging.part(gone.pk, by=cast.priya, now=now + HOUR)
    gone.refresh_from_db()
    assert gone.open and gone.merged_into is None and gone.wakes_at is not None
    assert {p.number for p in gone.promises.filter(outstanding=True)} >= before
    assert gone.promises.get(words=WORDS).state == State.OPEN
    assert not kept.promises.filter(words=WORDS, outstanding=True).exists()
    assert {p.kind for p in kept.promises.filter(outstanding=True)} >= at_home
    straight(now + HOUR)
    watch_until(now + timedelta(days=4))
    straight(now + timedelta(days=4))
    with pytest.raises(refusals.NotMerged):
        merging.part(gone.pk, by=cast.priya, now=now + timedelta(days=4))


def test_what_was_kept_meanwhile_stays_kept_when_they_are_parted(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    kept, gone = two
    now = monday_ten + timedelta(days=1, hours=1)
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    letters.reply(kept.pk, by=cast.priya, text="It is on its way.", kinds=["answer"], confirmed=True, now=now + HOUR)
    deliver_all(now + HOUR)
    merging.part(gone.pk, by=cast.priya, now=now + 2 * HOUR)
    gone.refresh_from_db()
    assert gone.open and gone.unanswered_at is None
    assert not gone.promises.filter(kind="reply", outstanding=True).exists()
    straight(now + 2 * HOUR)


def test_his_wish_is_not_asked_for_twice(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    wishes.say(gone.pk, words="A new belt, please.", door="phone", by=cast.priya, now=now)
    merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    assert kept.wishes.get().words == "A new belt, please."
    assert facts.case(kept).wish_at == now


def test_cases_of_two_people_are_never_merged_and_nobody_merges_what_he_may_not_see(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    now = monday_ten + timedelta(days=1, hours=1)
    hers = written(now, "Broken buckle", "Mine snapped as well.", sender=MALLORY)
    own(hers, cast.priya, now=now)
    for kept, gone in ((two[0], hers), (hers, two[0]), (two[0], two[0])):
        with pytest.raises(refusals.CannotMerge):
            merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    own(two[1], cast.wen, now=now)
    with pytest.raises(Http404):
        merging.merge(two[1].pk, gone=two[0].number, why="same", by=cast.wen, now=now)
    assert not models.Case.objects.exclude(merged_into=None).exists()


def test_a_second_matter_in_one_case_is_split_off_with_the_time_it_has_waited(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    case, _ = two
    now = monday_ten + timedelta(days=1, hours=2)
    ours = case.contacts.get(direction="out")
    more = letter("And where is the invoice of my tent?", message_id="<invoice@quiet.example>", headers=answering(ours))
    receive(more, now=now)
    asked = case.contacts.get(text__startswith="And where")
    apart = contacts.split(asked.pk, by=cast.priya, now=now + HOUR)
    case.refresh_from_db()
    assert case.unanswered_at is None and case.customer == apart.customer
    assert apart.owner == cast.priya
    assert apart.promises.get(kind="reply").from_at == asked.received_at
    assert not customer_page.is_theirs(models.Link(case=apart, customer=None))
    straight(now + HOUR)
    with pytest.raises(refusals.NotAnotherMatter):
        contacts.split(case.contacts.filter(direction="in").earliest("pk").pk, by=cast.priya, now=now + HOUR)


def test_what_would_be_lost_on_the_way_stands_against_it(
    two: tuple[models.Case, models.Case], cast: Cast, monday_ten: datetime
) -> None:
    gone, kept = two
    now = monday_ten + timedelta(days=1, hours=1)
    letters.reply(gone.pk, by=cast.priya, text="It ships.", kinds=["answer"], confirmed=True, now=now)
    with pytest.raises(refusals.CannotMerge, match="has not reached the customer's mail server"):
        merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    deliver_all(now)
    holdings.take(gone.pk, what="the pack", by=cast.priya, now=now)
    with pytest.raises(refusals.CannotMerge, match="merge the other case into it"):
        merging.merge(kept.pk, gone=gone.number, why="same", by=cast.priya, now=now)
    with pytest.raises(refusals.NeedsReason):
        merging.merge(gone.pk, gone=kept.number, why=" ", by=cast.priya, now=now)
    merging.merge(gone.pk, gone=kept.number, why="same", by=cast.priya, now=now)
    kept.refresh_from_db()
    assert kept.merged_into == gone
