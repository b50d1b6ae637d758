"""Every sentence of the customer's page is in its Spanish catalogue, and the catalogue is the compiled one."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils import translation

import makegood.customer
from makegood.customer import speech

ROOM = Path(makegood.customer.__file__).parent
CATALOGUE = ROOM / "locale" / "es" / "LC_MESSAGES"
CALLS = {"gettext": 1, "gettext_noop": 1, "ngettext": 2}


def of_python():
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            for word in node.args[: CALLS.get(name, 0)] if isinstance(node, ast.Call) else ():
                if isinstance(word, ast.Constant):
                    yield word.value


def of_templates():
    for path in (ROOM / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        yield from re.findall(r'{% translate "([^"]+)" %}', text)
        for block in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text):
            for part in block.split("{% plural %}"):
                yield re.sub(r"{{ (\w+) }}", r"%(\1)s", part)


SENTENCES = sorted({*of_python(), *of_templates()})


def test_the_sentences_were_found():
    assert len(SENTENCES) > 120


@pytest.fixture(scope="module")
def spanish():
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)._catalog


def test_every_sentence_has_its_spanish(spanish):
    known = {key if isinstance(key, str) else key[0] for key in spanish}
    plurals = set(re.findall(r'msgid_plural "(.*)"', (CATALOGUE / "django.po").read_text("utf-8")))
    missing = [s for s in SENTENCES if s not in known and s not in plurals]
    assert missing == []


def test_the_compiled_catalogue_says_what_the_written_one_says(spanish):
    written = re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', (CATALOGUE / "django.po").read_text("utf-8"), re.MULTILINE)
    said = set(spanish.values())
    assert len(written) > 120
    assert [w for w in written if ast.literal_eval(f'"{w}"') not in said] == []


def test_every_gap_of_a_sentence_is_in_its_translation():
    for table in (speech.NEXT, speech.CLOCKS, speech.SOURCES):
        for english in table.values():
            with translation.override("es"):
                spanish = translation.gettext(english)
            assert spanish != english
            assert set(re.findall(r"{\w+}", spanish)) == set(re.findall(r"{\w+}", english))
