"""The languages we read. One is a folder: its words, its grammar, its examples; deleting it is one line here."""

import re
from dataclasses import dataclass

from .en import automatic as en_automatic
from .en import common as en_common
from .en import needs as en_needs
from .en import promises as en_promises
from .en import references as en_references
from .en import times as en_times
from .en import tone as en_tone
from .en import wants as en_wants
from .en import words as en_words
from .es import automatic as es_automatic
from .es import common as es_common
from .es import needs as es_needs
from .es import promises as es_promises
from .es import references as es_references
from .es import times as es_times
from .es import tone as es_tone
from .es import wants as es_wants
from .es import words as es_words
from .need_words import NeedWords
from .promise_words import PromiseWords
from .reference_words import ReferenceWords
from .signs import Lexicon
from .time_words import TimeWords
from .tone_words import ToneWords
from .want_words import WishWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """All that reading needs to know of one language."""

    tag: str
    #: Words that stand in almost every text of the language, and spellings its neighbours have not (which.py).
    common: str
    spellings: str
    #: How it says when (times.py).
    times: TimeWords
    #: How it gives its word (promises.py).
    promises: PromiseWords
    #: How it says what it would like done (wishes.py).
    wishes: WishWords
    #: How it says by when it needs it (needs.py).
    needs: NeedWords
    #: How it names orders, cases and the like (references.py).
    references: ReferenceWords
    #: How it blames, soothes, apologises and puts off (tone.py).
    tone: ToneWords
    #: Its words by class, and how our own automatic messages name themselves (kinds.py, messages.py).
    lexicon: Lexicon
    automatic: re.Pattern[str]


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language(
            tag="en",
            common=en_common.COMMON,
            spellings=en_common.SPELLINGS,
            times=en_times.TIMES,
            promises=en_promises.PROMISES,
            wishes=en_wants.WISHES,
            needs=en_needs.NEEDS,
            references=en_references.REFERENCES,
            tone=en_tone.TONE,
            lexicon=en_words.ENGLISH,
            automatic=en_automatic.AUTOMATIC,
        ),
        Language(
            tag="es",
            common=es_common.COMMON,
            spellings=es_common.SPELLINGS,
            times=es_times.TIMES,
            promises=es_promises.PROMISES,
            wishes=es_wants.WISHES,
            needs=es_needs.NEEDS,
            references=es_references.REFERENCES,
            tone=es_tone.TONE,
            lexicon=es_words.SPANISH,
            automatic=es_automatic.AUTOMATIC,
        ),
    )
}
