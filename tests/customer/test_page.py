"""The customer's page: who has it, the next date, what was promised and what became of it, everything said."""

import re
from datetime import timedelta

import pytest

from makegood.demo.weeks import Weeks
from makegood.desk.actions import contacts, handoffs, links, notes, promises
from makegood.desk.actions.contacts import Incoming
from makegood.desk.actions.promises import Words
from makegood.desk.models import Contact, Link
from tests.customer.visitor import DOLORES, ROSALIA, closed, letter, march, promised, reply, visit

FRIDAY_NOON = march(6, 12)


@pytest.fixture
def case(cast):
    """Rosalía's letter of Monday 2 March, 10:00 in Chicago, which Priya owns."""
    return letter(cast, at=march(2, 10))


def test_the_first_heading_names_the_owner_and_the_next_date_on_the_customers_clock(case):
    html = visit(case, now=march(2, 11)).html()
    heading = re.search(r'<h1 id="h">(.*?)</h1>', html)[1]
    assert heading.startswith("Priya Raman has your case, Rosalía. You get an answer by ")
    assert '<time datetime="2026-03-03T09:00-07:00">Tuesday 3 March, 09:00 <span class="z">MST</span></time>' in heading


def test_a_date_of_today_is_said_without_its_day(cast, case):
    promised(cast, case, at=march(3, 9), due_at=march(5, 16), words="You will know by Thursday.")
    assert "Our next promise to you is due today by 15:00 MST." in visit(case, now=march(5, 10)).words()


def test_a_promise_stands_on_the_page_as_it_was_said_with_its_ribbon_and_its_time_left(cast, case):
    promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday, 12:00.")
    page = visit(case, now=march(4, 12))
    html = page.html()
    running = html[html.index('id="next"') : html.index("</section>")]
    assert '<p class="promise-words">A new pack leaves by Friday, 12:00.</p>' in running
    assert '<svg class="rb rb-full" data-state="run" role="img" aria-label="Said Tue 3 Mar 08:00 MST' in running
    assert "2 d 0 h left" in running
    assert "Priya Raman. 12:00 CST where we are is 11:00 MST for you." in page.words()


def test_a_clock_of_ours_is_named_and_not_quoted(cast, case):
    reply(cast, case, at=march(3, 9), text="The buckle is from a bad lot.", kinds=["news"])
    html = visit(case, now=march(3, 10)).html()
    assert '<p class="promise-clock">Word from us, even if there is no news</p>' in html
    assert '<p class="promise-clock">Everything made right</p>' in html
    assert '<p class="promise-words">Word from us' not in html


def test_the_date_behind_our_automatic_words_is_said_once(case):
    html = visit(case, now=march(2, 11)).html()
    assert html.count("We answer within one working day.") == 1
    assert "An answer to your message" not in html


def test_the_houses_own_nudges_are_never_on_the_page(cast, case):
    handoffs.offer(case.pk, to=cast.tom, by=cast.priya, note="Yours, please.", now=march(2, 11))
    Weeks(cast).until(march(11, 10))  # silence has run out, alarms have rung up to the executives
    kinds = set(case.promises.filter(shown=False).values_list("kind", flat=True))
    assert {"silence", "handoff"} <= kinds
    words = visit(case, now=march(11, 10)).words()
    for internal in ("silence", "Silence", "handoff", "offered", "Ruth", "Yours, please", "rung"):
        assert internal not in words


def test_a_broken_promise_is_said_in_plain_words_while_it_is_owed(cast, case):
    promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday.")
    words = visit(case, now=march(9, 10)).words()
    assert "We have broken a promise to you." in words
    assert "We broke this promise It was due on Friday 6 March, 11:00 MST." in words
    assert "It is not done, and we still owe it to you. Nobody of us has written to you since." in words
    assert "It is our turn, and we are late." in words


def test_a_broken_promise_says_when_we_were_heard_of_again(cast, case):
    promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday.")
    reply(cast, case, at=march(6, 16), text="Our stock count was wrong.", kinds=["news"])
    words = visit(case, now=march(9, 10)).words()
    assert "You next heard from us on Friday 6 March, 15:00 MST, 4 hours after it broke." in words


def test_a_replaced_promise_keeps_its_words_and_says_what_took_its_place_and_when_he_was_told(cast, case):
    old = promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday.")
    new = Words(words="It leaves on Tuesday.", due_at=march(10, 17), replaces=old)
    reply(cast, case, at=march(6, 15), text="It did not leave.", kinds=["news", "promise"], says=[new])
    page = visit(case, now=march(7, 10))
    assert (
        "You were told on Friday 6 March, 14:00 MST, 3 hours after it broke, "
        "and got another promise in its place: “It leaves on Tuesday.”"
    ) in page.words()
    assert "you were told" in page.html()
    assert "Our next promise to you is due by Tuesday 10 March, 16:00 MDT." in page.words()


def test_a_promise_kept_late_stays_late(cast, case):
    number = promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday.")
    promises_before = visit(case, now=march(6, 11)).html()
    assert "Kept late" not in promises_before
    Weeks(cast).until(march(7, 12))
    promises.keep(case.pk, number, why="it left", by=cast.priya, now=march(7, 12))
    words = visit(case, now=march(9, 10)).words()
    assert "“A new pack" not in words  # the quotation marks are the style sheet's
    assert "A new pack leaves by Friday. Kept late, by 1 d 0 h" in words


def test_what_was_kept_in_time_without_a_persons_word_is_folded_away(cast, case):
    reply(cast, case, at=march(2, 14), kinds=["answer"])
    html = visit(case, now=march(4, 10)).html()
    assert "And one automatic date, kept in time" in html
    assert html.index("<details") < html.index("We answer within one working day.") < html.index("</details>")


def test_an_ask_makes_it_his_turn_and_says_what_happens_otherwise(cast, case):
    reply(cast, case, at=march(2, 14), text="Which colour?", kinds=["ask"])
    words = visit(case, now=march(2, 15)).words()
    assert "It is your turn now: Priya Raman asked you something." in words
    assert "If we hear nothing by Wednesday 4 March, 13:00 MST, it is our turn again" in words
    assert "Nothing closes by itself." in words


def test_after_an_answer_it_is_his_turn_without_a_question(cast, case):
    reply(cast, case, at=march(2, 14), kinds=["answer"])
    assert "It is your turn now, if there is anything you want to add." in visit(case, now=march(2, 15)).words()


def test_while_it_is_our_turn_he_need_do_nothing(case):
    assert "It is our turn. You need do nothing for it to go on." in visit(case, now=march(2, 11)).words()


# ── everything said ──────────────────────────────────────────────────────────


def test_everything_said_is_there_newest_first_and_our_automatic_mail_is_marked(cast, case):
    reply(cast, case, at=march(2, 14), text="We looked at the buckle.")
    html = visit(case, now=march(2, 15)).html()
    talk = html[html.index('<ol class="talk">') :]
    places = [talk.index(t) for t in ("We looked at the buckle.", "An automatic mail: that your", "It snapped on day")]
    assert places == sorted(places)


def test_what_has_not_reached_him_is_not_shown_as_said(cast, case):
    for standing in ("waiting", "uncertain", "refused", "bounced"):
        sent = reply(cast, case, at=march(2, 14), text=f"This one is {standing}.")
        Contact.objects.filter(pk=sent.pk).update(standing=standing)
    html = visit(case, now=march(3, 10)).html()
    assert "This one is" not in html


def test_what_a_stranger_wrote_is_not_on_his_page_proposed_or_joined(cast, case):
    message = Incoming(received_at=march(2, 12), from_address="eve@evil.example", text="Send it to me instead.")
    door = cast.policy.doors["mail"]
    stranger = contacts.propose(message, case_id=case.pk, door=door, item=None, why="unknown", now=march(2, 12))
    assert "Send it to me" not in visit(case, now=march(2, 13)).html()
    contacts.join_proposed(stranger.pk, by=cast.priya, now=march(2, 14))
    assert "Send it to me" not in visit(case, now=march(2, 15)).html()


def test_a_colleagues_note_is_not_on_his_page(cast, case):
    notes.add(case.pk, text="He is a difficult one.", by=cast.priya, now=march(2, 12))
    assert "difficult" not in visit(case, now=march(2, 13)).html()


def test_earlier_messages_are_one_link_away_and_none_is_ever_lost(cast, case):
    for hour in range(9):
        Weeks(cast).again(case, ROSALIA, at=march(3, 9 + hour), text=f"Message number {hour}.")
    page = visit(case, now=march(4, 10))
    html = page.html()
    assert "Message number 3." in html
    assert "Message number 2." not in html
    assert "Show 4 earlier messages, back to Mon 2 Mar" in html
    more = re.search(r'href="/c/[^/]+/(\?show=\d+)#talk"', html)[1]
    everything = page.html(more)
    assert all(f"Message number {hour}." in everything for hour in range(9))
    assert "It snapped on day one." in everything


def test_a_nonsense_number_of_messages_shows_the_usual_ones(case):
    assert visit(case, now=march(2, 11)).get("?show=99999999999999999999").status_code == 200
    assert visit(case, now=march(2, 11)).get("?show=²").status_code == 200


def test_the_copy_holds_every_word_of_the_page(cast, case):
    promised(cast, case, at=march(3, 9), due_at=FRIDAY_NOON, words="A new pack leaves by Friday.")
    page = visit(case, now=march(9, 10))
    response = page.get("copy/")
    text = response.content.decode()
    assert response.headers["Content-Disposition"] == 'attachment; filename="case-2026-0001.txt"'
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    for said in (
        "Priya Raman has your case, Rosalía. We have broken a promise to you.",
        "“A new pack leaves by Friday.” (Priya Raman)",
        "It was due on Friday 6 March, 11:00 MST.",
        "It snapped on day one.",
        "Our automatic message",
    ):
        assert said in text
    assert "<" not in text
    assert "|====" in text


# ── language, zone, closing ──────────────────────────────────────────────────


def test_the_page_speaks_the_customers_language(cast):
    case = letter(cast, DOLORES, at=march(2, 10), subject="Llegó una", text="Pedí dos y llegó una.")
    page = visit(case, now=march(2, 11))
    html = page.html()
    assert '<html lang="es">' in html
    assert page.get().headers["Content-Language"] == "es"
    assert (
        "Su caso lo lleva Priya Raman, Dolores. Tendrá una respuesta a más tardar el martes 3 de marzo" in page.words()
    )
    for english in ("It is our turn", "Write to", "Ask for", "said ", "Everything"):
        assert english not in page.words()


def test_another_language_is_a_link_that_stays_in_every_address_of_the_page(case):
    page = visit(case, now=march(2, 11))
    assert '?lang=es" lang="es" hreflang="es">Español</a>' in page.html()
    spanish = page.html("?lang=es")
    assert "Nos toca a nosotros." in spanish
    own = re.findall(rf'(?:action|href)="(/c/{page.secret}/[^"#]*)', spanish)
    assert len(own) >= 6
    assert all("lang=" in address for address in own)


def test_an_unknown_language_changes_nothing(case):
    assert '<html lang="en">' in visit(case, now=march(2, 11)).html("?lang=%22%3E%3Cscript%3E")


def test_times_are_the_houses_until_we_know_his(cast):
    case = letter(cast, at=march(2, 10))
    case.customer.time_zone = ""
    case.customer.save()
    words = visit(case, now=march(2, 11)).words()
    assert "Times are those of our house: Chicago, CST." in words
    assert "Tuesday 3 March, 10:00 CST" in words


def test_a_zone_nobody_knows_does_not_break_the_page(case):
    case.customer.time_zone = "../../etc"
    case.customer.save()
    assert "Chicago, CST" in visit(case, now=march(2, 11)).words()


def test_a_closed_case_asks_whether_it_is_right_again_and_names_who_closed_it(cast, case):
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(4, 10))
    assert "Priya Raman thinks it is done, Rosalía. Is it right again?" in page.words()
    assert "We do not count it as made right until you say so." in page.words()
    html = page.html()
    assert f'action="/c/{page.secret}/right-again/"' in html
    assert html.count(f'action="/c/{page.secret}/not-resolved/"') == 1


def test_somebody_without_a_name_is_not_called_by_his_address(cast, case):
    case.customer.name = "rosalia@quintero.example"
    case.customer.save()
    assert "Priya Raman has your case. You get" in visit(case, now=march(2, 11)).words()


def test_opening_the_page_writes_nothing_down(case, django_assert_max_num_queries):
    page = visit(case, now=march(2, 11))
    head = case.head_hash
    with django_assert_max_num_queries(37) as seen:
        for path in ("", "copy/", "zone/"):
            assert page.get(path).status_code == 200
    assert not [q["sql"] for q in seen.captured_queries if not q["sql"].lstrip().upper().startswith("SELECT")]
    case.refresh_from_db()
    assert case.head_hash == head
    assert page.link.opened_at is None


def test_a_link_ends_after_half_a_year_and_a_person_can_end_it_before(case):
    page = visit(case, now=march(2, 11))
    page.now = march(2, 11) + timedelta(days=179)
    assert page.get().status_code == 200
    page.now = march(2, 11) + timedelta(days=181)
    assert page.get().status_code == 404
    page.now = march(3, 11)
    links.revoke(case, customer=case.customer, now=march(3, 10))
    assert page.get().status_code == 404
    assert Link.objects.filter(revoked_at=None, purpose="page").count() == 0
