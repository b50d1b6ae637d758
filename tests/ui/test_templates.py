"""The shells, the boxes and the pages that stand alone: whole, translated, and without a line of inline code."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from makegood.ui import sheet, shell

ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
NOW = datetime(2026, 3, 12, 15, 42, tzinfo=UTC)


def staff_page(around=None):
    context = dict(sheet.context("sheet", ""))
    return render_to_string("makegood/refused.html", context | ({"shell": around} if around else {}))


@pytest.fixture(params=sheet.PAGES)
def page(request):
    return sheet.render(request.param)


def test_a_page_begins_with_its_doctype_and_names_its_language(page):
    assert page.startswith('<!doctype html>\n<html lang="en">')


def test_a_page_lives_under_a_strict_policy(page):
    assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son\w+=|javascript:", page)
    assert not re.search(r'<(?:link|script|img|iframe|use)\b[^>]*(?:src|href)="(?:https?:)?//', page)


def test_a_page_has_a_skip_link_one_main_part_and_one_first_heading(page):
    assert page.index('<a class="skip" href="#main">') < page.index("<main")
    assert page.count("<main") == page.count('id="main"') == 1
    assert page.count("<h1") == 1


def test_no_two_parts_of_a_page_have_the_same_name(page):
    names = re.findall(r'\sid="([^"]+)"', page)
    assert len(names) == len(set(names))


def test_every_icon_and_glyph_of_a_page_is_in_its_sprite(page):
    assert set(re.findall(r'href="#([gi]-[\w-]+)"', page)) <= set(re.findall(r'symbol id="([^"]+)"', page))


def test_nothing_of_the_template_language_is_left_on_a_page(page):
    assert not re.search(r"{%|%}|{{|}}|{#|Context:", page)


@pytest.mark.parametrize(
    ("theme", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", ""), ('"><script>', "")],
)
def test_a_theme_is_written_only_when_it_is_one(theme, attribute):
    assert f'<html lang="en"{attribute}>' in sheet.render("customer", theme)


def test_the_shell_marks_where_one_is_and_what_needs_attention():
    page = staff_page()
    assert page.count('aria-current="page">Today</a>') == 2  # in the bar, and in the small-screen menu
    assert 'aria-label="one door needs attention"' in page
    assert "<small>Larkfield Outdoor</small>" in page
    assert ">PR</span>" in page


def test_the_shell_shows_nothing_that_it_was_not_given():
    page = staff_page(shell.Shell(house="Larkfield Outdoor"))
    assert not re.search(r'class="(nav|find|me|menu|beat)"', page)


def test_the_heartbeat_is_green_while_the_watch_is_well_and_an_alarm_when_it_is_not():
    def shown(last):
        watch = shell.heartbeat(last, NOW)
        return render_to_string("makegood/heartbeat.html", {"watch": watch}).strip()

    assert "Watch <b>4 s</b> ago" in shown(NOW - timedelta(seconds=4))
    assert "beat-dot" in shown(NOW - timedelta(seconds=60))
    late = shown(NOW - timedelta(seconds=200))
    assert "Watch silent for 3 min" in late
    assert "st-broken" in late
    assert "beat-dot" not in late
    assert "The watch has never run" in shown(None)


def test_places_stand_in_their_order_and_an_unknown_one_is_refused():
    made = shell.places({"people": "/p", "today": "/"}, current="people")
    assert [(place.title, place.current) for place in made] == [("Today", False), ("People", True)]
    with pytest.raises(KeyError, match="attic"):
        shell.places({"attic": "/"})


@pytest.mark.parametrize(
    ("name", "initials"), [("Priya Raman", "PR"), ("Ana María de la Cruz", "AC"), ("cher", "C"), ("", "")]
)
def test_initials_are_those_of_the_first_and_the_last_word(name, initials):
    assert shell.Me(name=name).initials == initials


def test_a_refusal_tells_every_reason_the_way_out_and_that_nothing_changed():
    refused = shell.Refused(
        title="Not closed",
        code="promise-open",
        reasons=(shell.Reason(text="A <promise> runs.", url="/keep", link="Keep it"), shell.Reason(text="So")),
    )
    box = render_to_string("makegood/refusal.html", {"refused": refused})
    assert 'role="alert" data-code="promise-open"' in box
    assert '<li>A &lt;promise&gt; runs. <a href="/keep">Keep it</a></li><li>So</li>' in box
    assert "Nothing was changed." in box


def test_a_reason_may_be_a_plain_sentence():
    box = render_to_string("makegood/refusal.html", {"refused": {"title": "No", "reasons": ["It is <late>."]}})
    assert "<li>It is &lt;late&gt;.</li>" in box


def test_a_notice_is_read_out_and_an_error_is_read_out_at_once():
    said = [Message(levels.SUCCESS, "Sent."), Message(levels.INFO, "Noted."), Message(levels.ERROR, "<b>No")]
    html = render_to_string("makegood/notices.html", {"messages": said})
    assert html.count('role="status"') == 2
    assert html.count('role="alert"') == 1
    assert "notice-done" in html
    assert "&lt;b&gt;No" in html


def test_a_pager_keeps_the_search_and_says_where_one_is():
    middle = Paginator(range(213), 40).page(2)
    html = render_to_string("makegood/pager.html", {"page_obj": middle, "query": "door=mail&"})
    assert 'rel="prev" href="?door=mail&amp;page=1"' in html
    assert 'rel="next" href="?door=mail&amp;page=3"' in html
    assert "41 to 80 of <b>213</b>" in html


def test_a_single_page_has_no_pager():
    assert render_to_string("makegood/pager.html", {"page_obj": Paginator([1], 40).page(1)}).strip() == ""


class Absence(forms.Form):
    until = forms.DateField(label="Away <until>", help_text="The last day.")
    cover = forms.ChoiceField(choices=[("r", "Ruth")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_is_tied_to_its_label_its_hint_and_its_errors():
    html = render_to_string("makegood/form.html", {"form": Absence({"until": "soon"})})
    described = re.search(r'<input type="text" name="until"[^>]*aria-describedby="([^"]+)"', html)
    assert described
    assert described[1].split() == ["id_until_helptext", "id_until_error"]
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert '<label for="id_until">Away &lt;until&gt;</label>' in html
    assert 'aria-invalid="true"' in html
    assert "<fieldset><legend>Cover</legend>" in html
    assert html.count('class="field') == 2  # the hidden one has none


def test_a_forms_own_errors_are_a_refusal():
    form = Absence({})
    form.add_error(None, "Ruth is <away> too.")
    html = render_to_string("makegood/form.html", {"form": form, "submit": "Keep", "cancel_url": "/people"})
    assert "<li>Ruth is &lt;away&gt; too.</li>" in html
    assert ">Keep</button>" in html
    assert 'href="/people">Cancel</a>' in html


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context_at_all(name):
    html = get_template(name).template.render(Context({}))  # as Django renders 500.html
    assert "<h1>" in html
    assert "makegood/tokens.css" in html


@pytest.mark.parametrize("name", [*ERRORS, "registration/login.html"])
def test_pages_that_anybody_may_see_speak_spanish(name):
    english = render_to_string(name)
    with translation.override("es"):
        spanish = render_to_string(name)
    assert '<html lang="es">' in spanish
    assert re.search("<h1>(.*)</h1>", spanish)[1] != re.search("<h1>(.*)</h1>", english)[1]


def test_the_sign_in_page_keeps_where_one_wanted_to_go():
    html = render_to_string("registration/login.html", {"form": sheet.SignIn(), "next": '/cases?"x'})
    assert 'name="next" value="/cases?&quot;x"' in html
    assert 'name="password"' in html


def test_the_customers_page_carries_no_script_and_asks_robots_to_stay_away():
    html = sheet.render("customer")
    assert "<script" not in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert '<meta name="referrer" content="no-referrer">' in html
    assert '<a href="#es" lang="es" hreflang="es">Español</a>' in html


def test_the_customers_page_says_times_in_the_customers_zone():
    html = sheet.render("customer")
    assert '20:00 <span class="z">MDT</span>' in html
    assert "CDT" not in re.sub(r"<p class=\"promise-src\">.*?</p>", "", html)


def test_htmx_is_told_to_add_no_style_run_no_text_and_keep_no_page():
    config = re.search(r"name=\"htmx-config\" content='([^']+)'", staff_page())
    assert config
    for setting in ("includeIndicatorStyles", "allowEval", "allowScriptTags"):
        assert f'"{setting}":false' in config[1]
    assert '"historyCacheSize":0' in config[1]


def test_the_sheet_is_written_where_it_was_asked_for(tmp_path):
    sheet.main([str(tmp_path / "es.html"), "--page", "not-found", "--language", "es"])
    assert "Aquí no hay ninguna página" in (tmp_path / "es.html").read_text(encoding="utf-8")
