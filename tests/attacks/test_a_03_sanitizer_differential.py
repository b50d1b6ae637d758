"""A-03: what the sanitiser returns means the same to a second parser, whatever went in."""

import random
import re

import pytest

from makegood.intake.mail.markup import ALLOWED, clean

#: Known shapes of mutation XSS: content that changes its meaning when it is parsed again.
MUTATING = (
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<svg><desc><noembed><style></noembed><img src=x onerror=alert(1)></style>",
    "<template><style></template><img src=x onerror=alert(1)></style></template>",
    "<title><a href=\"</title><img src=x onerror=alert(1)>\">",
    "<textarea><script>alert(1)</textarea><img src=x onerror=alert(1)>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<iframe><img src=\"</iframe><img src=x onerror=alert(1)>\">",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<p id=\"<style><!--\"></p><style>--></style><img src=x onerror=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml <img src=x onerror=alert(1)>?>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>script>alert(1)<</script>/script>",
    "<a href=\"java&#0;script:alert(1)\"><svg/onload=alert(1)//",
    "<table><td><style><td title=\"</style><img src=x onerror=alert(1)>\">",
    "<plaintext><img src=x onerror=alert(1)>",
    "<button><style></button><img src=x onerror=alert(1)></style>",
    "</p><img src=x onerror=alert(1)>", "<img/src=x/onerror=alert(1)>", "<IMG SRC=x ONERROR=alert(1)",
)  # fmt: skip
ELEMENT = re.compile(r"<(/?)([a-z0-9]+)((?: [a-z]+=\"[^\"<>]*\")*)>")
ATTRIBUTE = re.compile(r" ([a-z]+)=\"([^\"]*)\"")


def assert_harmless(markup: str) -> None:
    """Only elements and attributes of the list are written, and every "<" opens one of them."""
    shown = clean(markup, set())
    assert clean(shown, set()) == shown
    assert shown.count("<") == len(ELEMENT.findall(shown))
    for _, name, attributes in ELEMENT.findall(shown):
        assert name in ALLOWED
        for attribute, value in ATTRIBUTE.findall(attributes):
            assert attribute in ALLOWED[name] or (attribute, name) == ("rel", "a")
            assert attribute != "href" or value.startswith(("http://", "https://", "mailto:", "tel:"))


@pytest.mark.parametrize("markup", MUTATING)
def test_markup_that_mutates_is_settled_and_harmless(markup: str) -> None:
    assert_harmless(markup)
    assert_harmless(clean(markup, set()))


def test_three_thousand_fuzzed_documents_reach_a_fixpoint() -> None:
    chance = random.Random(3)
    pieces = [
        "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<!--", "-->", "<table>", "<td>", "</td>", "<p>",
        "</p>", '<a href="', '">', "<noscript>", "<title>", "</title>", "<b>", "</b>", "<form>", "</form>", "&lt;",
        "&#60;",
        "<img src=x onerror=alert(1)>", "<template>", "<select>", "<option>", "<mglyph>", "x", " ", '"', "'", "<",
        ">", "/",
        "</table>", "<caption>", "<desc>", "<![CDATA[", "]]>", "<a href=javascript:alert(1)>", "</a>", "<textarea>",
    ]  # fmt: skip
    for _ in range(3_000):
        assert_harmless("".join(chance.choices(pieces, k=chance.randint(1, 25))))
