"""Every text of the audit has its Spanish, and nothing else is kept."""

import gettext

from tests.audit import spoken
from tests.house import catalogues
from tests.house.catalogues import Text


def known() -> dict[Text, tuple[str, ...]]:
    return catalogues.read_po(spoken.CATALOGUE.read_text("utf-8"))


def test_every_text_has_its_spanish_and_nothing_else_is_kept() -> None:
    needed = spoken.texts()
    assert len(needed) > 200
    assert sorted(text.text for text in needed - known().keys()) == []
    assert sorted(text.text for text in known().keys() - needed) == []
    assert [text.text for text, spanish in known().items() if not all(spanish)] == []


def test_every_gap_comes_through() -> None:
    lost = [
        text.text
        for text, spanish in known().items()
        if catalogues.gaps(text.plural or text.text) != catalogues.gaps(spanish[-1])
    ]
    assert lost == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with spoken.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    written: dict[object, str] = {}
    for text, spanish in known().items():
        written |= {(text.text, n): form for n, form in enumerate(spanish)} if text.plural else {text.text: spanish[0]}
    assert {key: form for key, form in compiled.items() if key != ""} == written
