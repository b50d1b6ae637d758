"""Style sheets, scripts and words as files: what others wrote is theirs to the byte, what is named exists."""

import gettext
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import makegood.ui

UI = Path(makegood.ui.__file__).parent
STATIC = UI / "static" / "makegood"
VENDORED = tomllib.loads((STATIC / "VENDORED.toml").read_text(encoding="utf-8"))
SHEETS = sorted(STATIC.glob("*.css"))
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
CATALOGUE = UI / "locale" / "es" / "LC_MESSAGES"


@pytest.mark.parametrize("name", VENDORED)
def test_what_others_wrote_is_as_they_published_it(name):
    told = VENDORED[name]
    assert hashlib.sha512((STATIC / name).read_bytes()).hexdigest() == told["sha512"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["version"])
    assert told["license"]


def test_everything_minified_is_known_to_be_vendored():
    assert {path.name for path in STATIC.glob("*.min.*")} == set(VENDORED)


def test_htmx_says_the_version_that_is_written_down():
    told = VENDORED["htmx.min.js"]["version"]
    assert f'version:"{told}"' in (STATIC / "htmx.min.js").read_text(encoding="utf-8")


def test_every_style_sheet_a_template_links_exists_and_every_other_is_an_extra():
    linked = {name for t in TEMPLATES for name in re.findall(r'static "makegood/([\w.]+)"', t.read_text("utf-8"))}
    assert linked <= {path.name for path in STATIC.iterdir()}
    extras = {"report.css", "wall.css", "sheet.css"}
    assert {path.name for path in SHEETS} - linked == extras


def test_widths_and_paper_have_the_last_word():
    linked = re.findall(r"makegood/([\w.]+\.css)", render_to_string("makegood/styles.html"))
    assert linked[0] == "tokens.css"
    assert linked[-2:] == ["narrow.css", "print.css"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_fetches_nothing_and_closes_what_it_opens(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"@import|url\(|https?:", text)
    assert text.count("{") == text.count("}") > 0
    assert text.count("(") == text.count(")")


def test_every_decision_a_style_sheet_uses_is_a_token():
    tokens = set(re.findall(r"(--[\w-]+):", (STATIC / "tokens.css").read_text(encoding="utf-8")))
    used = {name for path in SHEETS for name in re.findall(r"var\((--[\w-]+)", path.read_text("utf-8"))}
    assert used <= tokens


def test_no_style_sheet_but_the_tokens_knows_a_colour():
    for path in SHEETS:
        if path.name != "tokens.css":
            assert not re.search(r"#[0-9a-f]{6}\b|rgba?\(|hsla?\(", path.read_text(encoding="utf-8")), path.name


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> list[dict[str, str]]:
    pairs = re.findall(
        r"--([\w-]+):\s+light-dark\((#\w{6}), (#\w{6})\)", (STATIC / "tokens.css").read_text(encoding="utf-8")
    )
    # The first value counts: a second one is for readers who ask for more contrast.
    first = {name: values for name, *values in reversed(pairs)}
    return [{name: values[i] for name, values in first.items()} for i in (0, 1)]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_text_and_marks_keep_their_contrast_on_every_ground(theme):
    grounds = [theme[name] for name in ("paper", "sheet", "wash")]
    for text in ("ink", "ink-2", "ink-3", "run", "kept", "soon", "broken", "paused"):
        assert min(contrast(theme[text], ground) for ground in grounds) >= 4.5, text
    for state in ("run", "kept", "soon", "broken", "paused"):
        assert contrast(theme[state], theme[f"{state}-wash"]) >= 4.5, state
        assert contrast(theme["ink-3"], theme[f"{state}-wash"]) >= 4.5, state
        assert contrast(theme[state], theme["track"]) >= 3, state
    assert contrast(theme["on-run"], theme["run"]) >= 4.5
    assert min(contrast(theme["line-strong"], ground) for ground in grounds) >= 3
    assert min(contrast(theme["focus"], ground) for ground in grounds) >= 3


def test_the_script_makes_no_markup_from_text():
    script = (STATIC / "keys.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function", script)


def entries() -> dict[str, str]:
    """The Spanish catalogue as written, by its English (with its context before a \\x04)."""
    text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    text = re.sub(r'"\n"', "", text)
    found = re.findall(r'(?:msgctxt "(.*)"\n)?msgid "(.+)"\n(?:msgid_plural ".*"\nmsgstr\[0\]|msgstr) "(.*)"', text)
    return {f"{context}\x04{english}" if context else english: spanish for context, english, spanish in found}


def test_the_compiled_words_are_those_that_are_written():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    loaded = {key[0] if isinstance(key, tuple) else key: value for key, value in compiled.items()}
    # A plural is known by its first form alone.
    firsts = {key: compiled.get((key, 0), loaded.get(key)) for key in entries()}
    assert firsts == entries()


def test_every_sentence_is_said_in_spanish_with_the_same_gaps():
    for english, spanish in entries().items():
        assert spanish, english
        gaps = r"{\w+(?::\w+)?}|%\(\w+\)s"
        assert sorted(re.findall(gaps, english)) == sorted(re.findall(gaps, spanish)), english


def test_no_sentence_of_a_template_is_missing_from_the_catalogue():
    known = {key.rsplit("\x04", 1)[-1] for key in entries()}
    for path in TEMPLATES:
        for sentence in re.findall(r'{% translate "([^"]+)"', path.read_text(encoding="utf-8")):
            assert sentence in known, f"{path.name}: {sentence}"


def test_no_phrase_of_a_ribbon_is_missing_from_the_catalogue():
    source = (UI / "phrases.py").read_text(encoding="utf-8")
    sentences = re.findall(r'gettext_noop\("(.+)"\)', source)
    assert len(sentences) > 20
    assert set(sentences) <= set(entries())
