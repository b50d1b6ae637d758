"""A-49: no internal note reaches a customer, whatever it says: not on his page, in his copy, or in a mail."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.desk.actions import handoffs, notes
from tests.customer.visitor import closed, letter, march, reply, visit

MARK = st.uuids().map(lambda one: one.hex)
AROUND = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
PLACES = ("", "?show=500", "?lang=es", "copy/", "zone/", "release/{number}/", "write/")


def test_no_words_of_a_note_are_on_anything_a_customer_can_open(cast):
    case = letter(cast, at=march(2, 10))
    page = visit(case, now=march(2, 16))
    number = case.promises.filter(shown=True).values_list("number", flat=True)[0]

    @settings(max_examples=15, deadline=None)
    @given(mark=MARK, before=AROUND, after=AROUND, to_colleague=st.booleans())
    def holds(mark, before, after, to_colleague):
        text = f"{before} {mark} {after}"
        if to_colleague:
            handoffs.offer(case.pk, to=cast.tom, by=cast.priya, note=text, now=march(2, 11))
            handoffs.give_back(case.pk, by=cast.tom, why=text, now=march(2, 11))
        else:
            notes.add(case.pk, text=text, by=cast.priya, now=march(2, 11))
        assert case.notes.filter(text__contains=mark).exists() or to_colleague
        for place in PLACES:
            assert mark not in page.get(place.format(number=number)).content.decode()

    holds()
    reply(cast, case, at=march(2, 14), text="We looked.", kinds=["news"])
    written = [note.text for note in case.notes.all()]
    assert written
    for sent in case.outbox.exclude(purpose="notice"):
        assert not any(text.encode() in bytes(sent.body) for text in written)


def test_no_note_is_on_the_page_of_a_closed_case_or_of_one_that_opened_again(cast):
    case = letter(cast, at=march(2, 10))
    notes.add(case.pk, text="Between us: he was right.", by=cast.marta, now=march(2, 11))
    closed(cast, case, at=march(2, 14))
    page = visit(case, now=march(3, 10))
    assert "he was right" not in page.html()
    page.post("not-resolved/")
    page.now += timedelta(minutes=1)
    assert "he was right" not in page.html()
