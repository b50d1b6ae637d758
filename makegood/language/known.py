"""The languages we read. One is a folder: its words, its grammar, its examples; deleting it is one line here."""

from dataclasses import dataclass

from .en import common as en_common
from .en import times as en_times
from .es import common as es_common
from .es import times as es_times
from .time_words import TimeWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """All that reading needs to know of one language."""

    tag: str
    #: Words that stand in almost every text of the language, and spellings its neighbours have not (which.py).
    common: str
    spellings: str
    #: How it says when (times.py).
    times: TimeWords


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language(tag="en", common=en_common.COMMON, spellings=en_common.SPELLINGS, times=en_times.TIMES),
        Language(tag="es", common=es_common.COMMON, spellings=es_common.SPELLINGS, times=es_times.TIMES),
    )
}
