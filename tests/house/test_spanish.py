"""Whoever reads Spanish reads Spanish everywhere: each text has its entry, its gaps, and is the one shown."""

import gettext
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import npgettext, pgettext

from makegood.intake.mail.letters import TROUBLE
from makegood.notify import recorded
from makegood.staff import words

from . import catalogues, spoken_rules
from .catalogues import Text

ROOMS = (*catalogues.ROOMS, "desk")
#: Words that stand on a page in every language: the program's name.
NAMES = {"Makegood"}
#: Sample pages of the look, shown to nobody but their makers, and a class of CSS that a block holds.
SAMPLES = {"sheet.html", "sheet_customer.html"}
MARKUP = {'class="cust"'}


def said(room: str) -> frozenset[Text]:
    return spoken_rules.texts() if room == "desk" else catalogues.said(room)


def forms(text: Text, spanish: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(English, Spanish) of an entry; the singular may leave its number out."""
    if not text.plural:
        yield text.text, spanish[0]
    else:
        yield text.plural, spanish[-1]


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_its_spanish_and_nothing_else_is_kept(room: str) -> None:
    known, needed = catalogues.spanish(room), said(room)
    assert len(needed) > 100
    assert sorted(t.text for t in needed - known.keys()) == []
    assert sorted(t.text for t in known.keys() - needed) == []
    assert [t.text for t, spanish in known.items() if not all(spanish) or len(spanish) != (2 if t.plural else 1)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_gap_and_every_tag_of_a_text_comes_through(room: str) -> None:
    pairs = [pair for text, spanish in catalogues.spanish(room).items() for pair in forms(text, spanish)]
    assert [pair for pair in pairs if catalogues.gaps(pair[0]) != catalogues.gaps(pair[1])] == []


def test_a_lost_gap_is_seen() -> None:
    assert catalogues.gaps("{who} has case %(number)s") != catalogues.gaps("{who} lleva el caso")
    assert catalogues.gaps("<b>%(n)s</b> of {total:02d}") == catalogues.gaps("de {total:02d}, <b>%(n)s</b>")


@pytest.mark.parametrize("room", ROOMS)
def test_the_compiled_catalogue_is_the_written_one(room: str) -> None:
    with catalogues.catalogue(room).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written: dict[object, str] = {}
    for text, spanish in catalogues.spanish(room).items():
        key = f"{text.context}\x04{text.text}" if text.context else text.text
        written |= {(key, n): form for n, form in enumerate(spanish)} if text.plural else {key: spanish[0]}
    assert {key: form for key, form in compiled.items() if key != ""} == written


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_wrote_is_what_its_reader_gets(room: str) -> None:
    """All catalogues are poured into one: where two rooms differ about a text, one of them is not heard."""
    wrong = []
    with translation.override("es"):
        for text, spanish in catalogues.spanish(room).items():
            shown = _shown(text)
            if shown != spanish:
                wrong.append((text.text, spanish, shown))
    assert wrong == []


def _shown(text: Text) -> tuple[str, ...]:
    if text.plural:
        if text.context:
            return tuple(npgettext(text.context, text.text, text.plural, n) for n in (1, 2))
        return tuple(translation.ngettext(text.text, text.plural, n) for n in (1, 2))
    return (pgettext(text.context, text.text) if text.context else translation.gettext(text.text),)


@pytest.mark.parametrize("room", catalogues.ROOMS)
def test_no_word_stands_on_a_page_in_one_language_alone(room: str) -> None:
    found = {
        path.name: [text for text in catalogues.untranslated(path.read_text("utf-8")) if text not in NAMES | MARKUP]
        for path in catalogues.templates(room)
        if path.name not in SAMPLES
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('{% load i18n %}<p>{% translate "Hello" %}</p>', []),
        ("{% blocktranslate with n=n %}{{ n }} of us{% endblocktranslate %} wait", ["wait"]),
        ('<input placeholder="Name" value="x" class="wide">', ["Name"]),
        ('<a title="{{ one }}, open">{{ one }}</a>', [", open"]),
        ("{% comment %}Context: a case.{% endcomment %}<kbd>Ctrl</kbd><b>{{ n }}</b> = 3", []),
    ],
)
def test_a_word_that_nobody_translated_is_found(page: str, words: list[str]) -> None:
    assert catalogues.untranslated(page) == words


# ── what the record says ─────────────────────────────────────────────────────


def test_every_text_of_the_record_with_something_of_its_own_in_it_is_known() -> None:
    filled = list(spoken_rules.with_gaps())
    assert len(filled) > 5
    assert [text for text in filled if not recorded._known(text)] == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("This case is closed. Reopen it first.", "Este caso está cerrado. Reábralo primero."),
        ("asked for a manager", "pidió una persona responsable"),
        (
            "wrote by the door mail while a promise was broken",
            "escribió por la puerta mail con una promesa incumplida",
        ),
        (
            "Somebody else answered, or is answering. Read that first, then send again to confirm. Priya Raman. "
            "To send yours all the same, begin it with “anyway:”.",
            "Otra persona ha respondido, o está respondiendo. Léalo antes y envíe otra vez para confirmar. "
            "Priya Raman. Para enviar la suya de todos modos, empiécela con “igual:”.",
        ),
        (
            "from Tom Hale, not sent: This case is closed. Reopen it first.",
            "de Tom Hale, no enviado: Este caso está cerrado. Reábralo primero.",
        ),
        ("550 5.1.1 No such user here", "550 5.1.1 No such user here"),
        ("She is on holiday. Ask her on Monday.", "She is on holiday. Ask her on Monday."),
        ("", ""),
    ],
)
def test_the_record_is_said_in_the_readers_language(english: str, spanish: str) -> None:
    with translation.override("es"):
        assert recorded.say(english) == spanish
    with translation.override("en"):
        assert recorded.say(english) == english


def test_a_text_without_end_is_left_as_it_is() -> None:
    endless = "A. " * 100_000
    with translation.override("es"):
        assert recorded.say(endless) == endless


def test_every_trouble_of_a_mail_is_said_in_words() -> None:
    assert {code: str(text) for code, text in words.TROUBLE.items()} == TROUBLE
