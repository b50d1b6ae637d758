"""The ribbon where no picture can be: a line of text, a row of table cells."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from makegood.ui.mail import mail_ribbon
from makegood.ui.plain import plain_ribbon
from makegood.ui.ribbon import ribbon

HOUR = timedelta(hours=1)
SAID = datetime(2026, 3, 2, 15, 12, tzinfo=UTC)
DUE = SAID + 24 * HOUR
PAGE = {"zone": "America/Denver", "now": SAID}


def after(hours, **facts):
    moments = {name: SAID + value * HOUR for name, value in facts.items()}
    return ribbon(SAID, DUE, SAID + hours * HOUR, **moments)


@pytest.mark.parametrize(
    ("drawn", "line"),
    [
        (after(0), "|" + "=" + "-" * 39 + "|"),
        (after(12), "|" + "=" * 20 + "-" * 20 + "|"),
        (after(24), "|" + "=" * 40 + "|"),
        (after(30), "|" + "=" * 32 + "|" + "/" * 8 + ">"),
        (after(99, kept_at=30), "|" + "=" * 32 + "|" + "/" * 8 + "|"),
        (after(99, replaced_at=30), "|" + "=" * 32 + "|" + "/" * 8 + ">"),
        (after(99, released_at=30), "|" + "=" * 32 + "|" + "/" * 8 + "o"),
        (after(240), "|" + "=" * 12 + "|" + "/" * 14 + "~" + "/" * 13 + ">"),
    ],
    ids=["said", "half", "due", "over", "late", "replaced", "released", "far over"],
)
def test_the_ribbon_in_plain_text(drawn, line):
    assert plain_ribbon(drawn) == line


def test_the_plain_ribbon_stands_between_its_stamps_and_is_not_escaped():
    text = render_to_string("makegood/mail/ribbon.txt", {"r": after(30), **PAGE})
    assert text.splitlines() == [
        "  said  Mon 2 Mar 08:12 MST",
        "  |" + "=" * 32 + "|////////>",
        "  due  Tue 3 Mar 08:12 MST",
    ]


def test_a_running_promise_in_a_mail_is_a_filled_cell_and_a_track():
    cells = mail_ribbon(after(6))
    assert (cells.name, cells.colour) == ("bar", "#1d4176")
    assert (cells.filled, cells.left, cells.promised, cells.over) == (25, 75, 100, 0)


def test_an_overrun_in_a_mail_is_a_cell_of_its_own_and_never_hides_the_promise():
    assert (mail_ribbon(after(30)).promised, mail_ribbon(after(30)).over) == (80, 20)
    assert mail_ribbon(after(24 * 99)).promised == 30
    assert mail_ribbon(after(30)).name == "bar-broken"
    hair = ribbon(SAID, DUE, DUE + timedelta(seconds=1))
    assert mail_ribbon(hair).over == 1


def test_the_mail_ribbon_is_tables_with_inline_colours_and_nothing_to_fetch():
    html = Template("{% load makegood %}{% mail_ribbon r %}").render(Context({"r": after(30), **PAGE}))
    assert "background:#b3231b" in html
    assert html.count("<table") == html.count("</table>") == 4
    assert not re.search(r"<img|<svg|url\(|https?:", html)
    assert "said Mon 2 Mar 08:12 MST" in html
    assert "due <b>Tue 3 Mar 08:12 MST</b>" in html
