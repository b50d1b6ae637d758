"""Words of a stranger on our page: all of them, and nothing but words and plain links."""

import time

import pytest
from django.template import Context, Template

from makegood.ui import spoken


def test_words_said_are_in_serif_in_quotation_marks_and_escaped():
    assert spoken.said("Is <b>it</b> {words} safe?") == (
        '<span class="said">“Is &lt;b&gt;it&lt;/b&gt; {words} safe?”</span>'
    )


def test_blank_lines_part_paragraphs_and_single_breaks_stay():
    assert spoken.paragraphs("Hello,\r\n\r\none\r\ntwo\n \t\n\nend\n") == (
        "<p>Hello,</p>\n<p>one<br>two</p>\n<p>end</p>"
    )


def test_an_empty_message_has_no_paragraph():
    assert spoken.paragraphs(" \n\n ") == ""


def link(address):
    return f'<a href="{address}" rel="noopener nofollow noreferrer">{address}</a>'


@pytest.mark.parametrize(
    ("line", "markup"),
    [
        ("see https://a.example/x.", f"see {link('https://a.example/x')}."),
        ("(https://a.example/x)", f"({link('https://a.example/x')})"),
        ("https://a.example/w_(x)!", f"{link('https://a.example/w_(x)')}!"),
        ("HTTP://A.example", link("HTTP://A.example")),
        ("http://a.example http://b.example", f"{link('http://a.example')} {link('http://b.example')}"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x ftp://a.example www.a.example", "data:text/html,x ftp://a.example www.a.example"),
        ("xhttps://a.example", "xhttps://a.example"),
        ("https:// and https://.", "https:// and https://."),
        (
            'https://a.example/"onmouseover="x',
            f"{link('https://a.example/')}&quot;onmouseover=&quot;x",
        ),
        ("https://a.example/?a=1&b=2", link("https://a.example/?a=1&amp;b=2")),
        ("https://a.example/<script>", f"{link('https://a.example/')}&lt;script&gt;"),
    ],
)
def test_only_plain_web_addresses_become_links(line, markup):
    assert spoken.linked(line) == markup


def test_a_character_that_turns_the_direction_ends_an_address():
    turned = spoken.linked("https://a.example/\u202egpj.exe")
    assert turned == link("https://a.example/") + "\u202egpj.exe"


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example/" + ")" * 100_000,
        "https://" * 20_000,
        "\n \t" * 50_000,
        "https://a.example/" + "(" * 1_000 + ")" * 1_000,
    ],
    ids=["brackets", "schemes", "blank lines", "pairs"],
)
def test_a_hostile_message_costs_no_more_than_its_length(text):
    began = time.process_time()
    spoken.paragraphs(text)
    assert time.process_time() - began < 2


def test_the_filters_are_what_templates_use():
    page = Template("{% load makegood %}{{ t|said }}{{ t|paragraphs }}")
    assert page.render(Context({"t": "<i>"})) == '<span class="said">“&lt;i&gt;”</span><p>&lt;i&gt;</p>'
