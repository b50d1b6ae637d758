"""What holds for every ribbon, whatever the moments: nothing outside the picture, nothing negative."""

from datetime import UTC, datetime, timedelta

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from makegood.ui.mail import mail_ribbon
from makegood.ui.plain import plain_ribbon
from makegood.ui.ribbon import Form, Ribbon, Sign, State, ribbon

MOMENT = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC))  # noqa: DTZ001
MAYBE = st.none() | MOMENT


@st.composite
def drawn(draw) -> Ribbon:
    """A ribbon of moments in any order whatever."""
    return ribbon(
        draw(MOMENT),
        draw(MOMENT),
        draw(MOMENT),
        near_at=draw(MAYBE),
        kept_at=draw(MAYBE),
        broken=draw(st.booleans()),
        replaced_at=draw(MAYBE),
        released_at=draw(MAYBE),
        pauses=draw(st.lists(st.tuples(MOMENT, MAYBE), max_size=3)),
        paused=draw(st.booleans()),
        form=draw(st.sampled_from(Form)),
    )


def number(percent: str) -> float:
    assert percent.endswith("%")
    return float(percent[:-1])


def stretches(r: Ribbon):
    return [*r.pauses, *([r.over] if r.over else [])]


@given(drawn())
@settings(max_examples=300)
def test_every_percent_lies_within_the_picture(r):
    marks = [r.due, r.fill, r.end, r.near, r.tear, *(x for s in stretches(r) for x in (s.x, s.width, s.end))]
    assert all(0 <= number(mark) <= 100 for mark in marks if mark is not None)


@given(drawn())
def test_a_stretch_ends_where_its_width_says(r):
    for s in stretches(r):
        assert abs(number(s.x) + number(s.width) - number(s.end)) < 0.02


@given(drawn())
def test_the_fill_never_crosses_due_and_the_overrun_begins_there(r):
    assert number(r.fill) <= number(r.due)
    if r.over:
        assert (r.over.x, r.over.end, r.fill) == (r.due, r.end, r.due)
    else:
        assert r.end == r.fill


@given(drawn())
def test_due_stands_at_66_in_every_list_and_never_under_30_elsewhere(r):
    assert number(r.due) == 66 if r.form is Form.THIN else number(r.due) >= 30


@given(drawn())
def test_what_crosses_the_due_line_is_broken_or_late_and_nothing_else_is_hatched(r):
    if r.over:
        assert r.state in {State.BROKEN, State.LATE}
    assert (r.until_at > r.due_at) == (r.over is not None)


@given(drawn())
def test_the_end_sign_fits_the_state(r):
    allowed = {
        State.RUN: {Sign.NOW},
        State.SOON: {Sign.SOON},
        State.KEPT: {Sign.TICK},
        State.LATE: {Sign.TICK},
        State.BROKEN: {Sign.OPEN, Sign.NEXT, Sign.RING},
        State.PAUSED: {Sign.PAUSE},
        State.RELEASED: {Sign.RING},
        State.REPLACED: {Sign.NEXT},
    }
    assert r.sign in allowed[r.state]


@given(drawn())
def test_no_span_in_a_word_or_label_is_negative_unless_nothing_was_said_yet(r):
    gaps = [value for part in (r.word, *r.label) for _, value in part.gaps]
    assert all(value >= timedelta() for value in gaps if isinstance(value, timedelta))


@given(drawn())
def test_in_plain_text_and_in_a_mail_the_parts_fill_the_whole(r):
    text, cells = plain_ribbon(r), mail_ribbon(r)
    assert text[0] == "|"
    assert sum(text.count(sign) for sign in "=-/~") == 40
    assert cells.filled + cells.left == 100
    assert cells.promised + cells.over == 100
    assert min(cells.filled, cells.promised) >= 1
    assert bool(cells.over) == (r.over is not None)


def test_every_state_can_be_reached():
    # Any example will do, so none is made smaller.
    at_once = settings(phases=[Phase.generate], max_examples=2000)
    for state in State:
        assert find(drawn(), lambda r, wanted=state: r.state is wanted, settings=at_once).state is state
