"""The markup of ribbons, icons and state words: that of the design, piece for piece."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from makegood.ui import drawing
from makegood.ui.ribbon import Form, Ribbon, State, ribbon
from makegood.ui.wording import Reader

CHICAGO = ZoneInfo("America/Chicago")
HOUR = timedelta(hours=1)
SAID = datetime(2026, 3, 10, 9, 0, tzinfo=CHICAGO)
DUE = SAID + 48 * HOUR
PRIYA = Reader(zone=CHICAGO, now=DUE)


def after(hours, form="thin", **facts) -> Ribbon:
    moments = {name: SAID + value * HOUR if name.endswith("_at") else value for name, value in facts.items()}
    return ribbon(SAID, DUE, SAID + hours * HOUR, form=form, **moments)


THIN_TRACK = '<rect class="rb-track" x="0" y="5" width="66%" height="6"/>'
THIN_MARKS = (
    '<line class="rb-said" x1="0" x2="0" y1="3" y2="13"/><line class="rb-due" x1="66%" x2="66%" y1="0" y2="16"/>'
)
PAUSED_FROM, PAUSED_TO = SAID + 14 * HOUR, SAID + 30 * HOUR


@pytest.mark.parametrize(
    ("drawn", "inside"),
    [
        (
            after(20),
            THIN_TRACK
            + '<rect class="rb-fill" x="0" y="5" width="27.5%" height="6"/>'
            + THIN_MARKS
            + '<circle class="rb-now" cx="27.5%" cy="8" r="4"/>',
        ),
        (
            after(48 * 9),
            THIN_TRACK
            + '<rect class="rb-fill" x="0" y="5" width="66%" height="6"/>'
            + '<rect class="rb-over" x="66%" y="5" width="31%" height="6" fill="url(#rb-hatch)"/>'
            + '<svg x="83.05%" y="3" overflow="visible"><path class="rb-tear" d="M3 0L-3 10"/></svg>'
            + THIN_MARKS
            + '<use href="#g-open" x="97%" y="8"/>',
        ),
        (
            after(30, paused=True, pauses=[(PAUSED_FROM, PAUSED_TO)]),
            THIN_TRACK
            + '<rect class="rb-fill" x="0" y="5" width="41.25%" height="6"/>'
            + '<rect class="rb-pause" x="19.25%" y="4" width="22%" height="8"/>'
            + '<line class="rb-pause-line" x1="19.25%" x2="41.25%" y1="8" y2="8"/>'
            + '<line class="rb-pause-end" x1="19.25%" x2="19.25%" y1="4" y2="12"/>'
            + '<line class="rb-pause-end" x1="41.25%" x2="41.25%" y1="4" y2="12"/>'
            + THIN_MARKS
            + '<use href="#g-pause" x="41.25%" y="8"/>',
        ),
        (
            after(30, form="full", near_at=24),
            '<rect class="rb-track" x="0" y="8" width="100%" height="12"/>'
            '<rect class="rb-fill" x="0" y="8" width="62.5%" height="12"/>'
            '<line class="rb-said" x1="0" x2="0" y1="6" y2="22"/>'
            '<line class="rb-near" x1="50%" x2="50%" y1="1" y2="27"/>'
            '<line class="rb-due" x1="100%" x2="100%" y1="0" y2="28"/>'
            '<use href="#g-soon" x="62.5%" y="14"/>',
        ),
        (
            after(99, form="full", kept_at=58),
            '<rect class="rb-track" x="0" y="8" width="82.76%" height="12"/>'
            '<rect class="rb-fill" x="0" y="8" width="82.76%" height="12"/>'
            '<rect class="rb-over" x="82.76%" y="8" width="17.24%" height="12" fill="url(#rb-hatch)"/>'
            '<line class="rb-said" x1="0" x2="0" y1="6" y2="22"/>'
            '<line class="rb-due" x1="82.76%" x2="82.76%" y1="0" y2="28"/>'
            '<use href="#g-tick" x="100%" y="14"/>',
        ),
    ],
    ids=["running", "far over", "paused", "range", "late"],
)
def test_a_ribbon_is_drawn_as_the_design_draws_it(drawn, inside):
    svg = drawing.ribbon_svg(drawn, PRIYA, hidden=True)
    head = f'<svg class="rb rb-{drawn.form}" data-state="{drawn.state}" aria-hidden="true">'
    assert svg == f"{head}{inside}</svg>"


def test_a_ribbon_that_stands_alone_has_a_role_and_a_sentence():
    svg = drawing.ribbon_svg(after(20), PRIYA)
    assert ' role="img" aria-label="Said Tue 10 Mar 09:00 CDT, due Thu 12 Mar 09:00 CDT, 1 day 4 hours left">' in svg


@pytest.mark.parametrize("form", list(Form))
def test_every_sign_a_ribbon_uses_is_in_the_sprite(form):
    facts = [{}, {"kept_at": 3}, {"released_at": 3}, {"replaced_at": 3}, {"paused": True}]
    ribbons = [after(hours, form=form, **more) for hours in (20, 47, 60) for more in facts]
    used = {name for r in ribbons for name in re.findall(r'href="#(g-\w+)"', drawing.ribbon_svg(r, PRIYA))}
    sprite = render_to_string("makegood/sprite.html")
    assert used == set(re.findall(r'symbol id="(g-\w+)"', sprite))
    assert 'pattern id="rb-hatch"' in sprite


def test_the_icons_that_can_be_named_are_those_of_the_sprite():
    assert set(re.findall(r'symbol id="i-(\w+)"', render_to_string("makegood/sprite.html"))) == drawing.ICONS


def test_an_icon_is_decoration_unless_it_is_given_a_meaning():
    assert drawing.icon("mail") == ('<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-mail"/></svg>')
    assert 'role="img" aria-label="by &quot;mail&quot;"' in drawing.icon("mail", label='by "mail"')
    assert 'class="i di"' in drawing.icon("mail", extra="di")


def test_an_icon_that_is_not_in_the_sprite_is_refused():
    with pytest.raises(ValueError, match="no icon 'crown'"):
        drawing.icon("crown")


def test_a_state_is_always_a_colour_a_glyph_and_a_word():
    words = {state: drawing.state_word(state, PRIYA) for state in State}
    for state, markup in words.items():
        found = re.fullmatch(
            r'<span class="st st-(\w+)"><svg class="i".*?href="#i-(\w+)".*?</svg>([\w ]+)</span>', markup
        )
        assert found, markup
        assert found[1] == ("broken" if state is State.LATE else state)
        assert found[2] == drawing.STATE_ICONS[state]
    assert len(set(words.values())) == len(State)


@pytest.mark.parametrize(
    ("told", "word"), [("open", "Running"), ("kept late", "Kept late"), ("ended", "No longer running")]
)
def test_the_rule_books_own_words_for_a_state_are_understood(told, word):
    assert drawing.state_word(told, PRIYA).endswith(f"{word}</span>")


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="lost"):
        drawing.state_word("lost", PRIYA)


def test_a_running_promise_is_calm_in_a_list_and_nothing_else_is():
    assert drawing.state_word(after(20), PRIYA, calm=True) == '<span class="calm">1 d 4 h left</span>'
    assert "st-soon" in drawing.state_word(after(47.5), PRIYA, calm=True)


def test_the_tags_say_times_in_the_zone_of_the_page_or_in_the_one_asked_for():
    page = Template("{% load makegood %}{% when t %} {% when t zone='America/Denver' %} {% when_text t %}")
    said = page.render(Context({"t": SAID, "zone": CHICAGO, "now": SAID}))
    assert said == (
        '<time datetime="2026-03-10T09:00-05:00">09:00 <span class="z">CDT</span></time> '
        '<time datetime="2026-03-10T08:00-06:00">08:00 <span class="z">MDT</span></time> '
        "Tue 10 Mar 09:00 CDT"
    )


def test_a_moment_that_never_came_is_nothing_on_the_page():
    page = Template("{% load makegood %}[{% when t %}{% when_text t %}{% day t %}]")
    assert page.render(Context({"t": None, "zone": "UTC"})) == "[]"


def test_the_tags_draw_spans_days_icons_and_words():
    page = Template(
        "{% load makegood %}{% span 4680 %}|{% span 41 fine=True %}|{% day d %}|{% icon 'mail' %}|"
        "{% ribbon_words r %}|{% state_word r %}|{% ribbon r hidden=True %}"
    )
    parts = page.render(Context({"d": DUE.date(), "r": after(20), "zone": CHICAGO, "now": DUE})).split("|")
    assert parts[:3] == ["1 h 18", "41 s", '<time datetime="2026-03-12">Thu 12 Mar</time>']
    assert parts[3:5] == [
        drawing.icon("mail"),
        "Said Tue 10 Mar 09:00 CDT, due Thu 12 Mar 09:00 CDT, 1 day 4 hours left",
    ]
    assert parts[5:] == [
        drawing.state_word(after(20), PRIYA),
        drawing.ribbon_svg(after(20), PRIYA, hidden=True),
    ]
