"""The languages we read. One is a folder: its words, its grammar, its examples; deleting it is one line here."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """All that reading needs to know of one language."""

    tag: str


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language(tag="en"),
        Language(tag="es"),
    )
}
