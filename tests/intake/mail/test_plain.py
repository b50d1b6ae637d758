"""HTML as a person would read it aloud."""

import pytest

from makegood.intake.mail.plain import text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<table><tr><td>Order</td><td>88</td></tr><tr><td>a</td></tr></table>", "Order 88\na"),
        ("<blockquote>old<blockquote>older</blockquote></blockquote>new", "> old\n>\n> > older\nnew"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a   b\n c", "a b c"),
        ("1 &lt; 2 &amp;&nbsp;3", "1 < 2 &\xa03"),
        ('<a href="https://x.example/a">here</a>', "here <https://x.example/a>"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="javascript:x">here</a>', "here"),
        ('<img src="x" alt="our logo">', "[our logo]"),
        ("<style>p {}</style><script>x</script><title>t</title>words", "words"),
        ("<head><meta><title>t</title><body>words", "words"),
        ("<button>unclosed words", "unclosed words"),
        ("&#" + "9" * 5_000 + ";x", "\ufffdx"),
        ("a <3 b", "a <3 b"),
        ("<hr>below", "_" * 32 + "\nbelow"),
        ("", ""),
    ],
)
def test_the_words_stay_and_the_markup_goes(markup: str, text: str) -> None:
    assert text_of(markup) == text
