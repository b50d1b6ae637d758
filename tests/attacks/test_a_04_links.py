"""A-04: a link of a mail goes to http, https, mailto or tel, or nowhere."""

import re

import pytest

from makegood.intake.mail.markup import LINK_REL, clean

REFUSED = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)", "java\rscript:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&#58;alert(1)", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)", "file:///etc/passwd", "ftp://x.example", "blob:https://x.example/1", "cid:part1",
    "about:blank",
    "view-source:https://x.example", "intent://x#Intent;end", "ms-word:ofe|u|https://x.example", "/relative",
    "relative",
    "//x.example", "\\\\x.example", "?query", "#fragment", "", "feed:javascript:alert(1)", "jar:https://x.example!/",
    "https\x00://x.example/\x00javascript:", "\u200bjavascript:alert(1)",
)  # fmt: skip
ALLOWED = ("https://x.example/a?b=1#c", "HTTP://X.example", "mailto:a@x.example?subject=b", "tel:+49-431-000")


@pytest.mark.parametrize("quote", ['"', "'", ""])
@pytest.mark.parametrize("target", REFUSED)
def test_no_other_scheme_survives(target: str, quote: str) -> None:
    shown = clean(f"<a href={quote}{target}{quote}>x</a>", set())
    found = re.search(r'href="([^"]*)"', shown)
    assert found is None or found[1].startswith(("http://", "https://"))
    assert "javascript:" not in shown.lower() or found is None or found[1].startswith("http")


@pytest.mark.parametrize("target", ALLOWED)
def test_a_good_link_stays_and_tells_its_target_nothing(target: str) -> None:
    shown = clean(f'<a href="{target}" target="_top" rel="opener" ping="https://y.example">x</a>', set())
    assert f'rel="{LINK_REL}"' in shown and "href=" in shown
    assert "target" not in shown and "ping" not in shown and "y.example" not in shown


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://track.example/p.gif">',
        '<img srcset="https://track.example/p.gif 2x">',
        '<p style="background:url(https://track.example/p.gif)">x</p>',
        "<style>@import 'https://track.example/a.css';</style>x",
        '<link rel="stylesheet" href="https://track.example/a.css">x',
        '<table background="https://track.example/p.gif"><tr><td>x</td></tr></table>',
        '<video poster="https://track.example/p.gif" src="https://track.example/v"></video>x',
        '<iframe src="https://track.example"></iframe>x',
        '<meta http-equiv="refresh" content="0;url=https://track.example">x',
        '<base href="https://track.example/"><a href="a">x</a>',
        '<svg><image href="https://track.example/p.svg"/></svg>x',
        '<object data="https://track.example"></object><embed src="https://track.example">x',
        '<input type="image" src="https://track.example/p.gif">x',
        '<form action="https://track.example"><input name="password"><button formaction="https://track.example">x</form>',
        '<blockquote cite="https://track.example">x</blockquote>',
        '<audio src="https://track.example/a.mp3" autoplay>x</audio>',
    ],
)
def test_nothing_is_fetched_and_nothing_is_submitted(markup: str) -> None:
    assert "track.example" not in clean(markup, set())
