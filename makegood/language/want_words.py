"""What a language must give for its wishes to be read (wishes.py), and the letters its patterns are written in."""

import re
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = str.maketrans(
    dict(zip("áàâãåéèêíìîóòôõúùûÁÀÂÃÉÈÊÍÌÎÓÒÔÕÚÙÛ", "aaaaaeeeiiioooouuuaaaaeeeiiioooouuu", strict=False))
    | dict.fromkeys("’‘ʼ`´", "'")
    | dict.fromkeys("–—―", "-")
    | dict.fromkeys("“”«»„", '"')
    | dict.fromkeys("\t\u00a0\u202f\u2009", " ")
)
_TOLD = re.compile(r"(?<=\w\w\w)[éíó](?!\w)")


@lru_cache(maxsize=512)
def level(text: str) -> str:
    """The text in small letters, without accents (ñ and ü stay) and with plain marks, every letter at its old place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    plain = lower.translate(_PLAIN)
    # "pagué" and "paró" tell, "pague" asks: at the end of a longer word the accent stays.
    kept, at = [], 0
    for found in _TOLD.finditer(lower):
        kept += [plain[at : found.start()], found.group()]
        at = found.end()
    return "".join(kept) + plain[at:]


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """One construction with which a request begins. The pattern ends where what is wanted begins."""

    rule: str
    #: Of two wishes in one message the higher is his; of equal ones the first.
    rank: float
    pattern: re.Pattern[str]
    #: Whether it counts only where a clause begins ("Send me …"), or wherever it stands ("… I'd like …").
    clause: bool = False
    #: A bare question form ("can you …"): its words are no part of the wish unless he says please.
    bare: bool = False
    #: Sure by itself: what follows needs no second look ("tell the driver to …").
    certain: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WishWords:
    """How one language says what it would like done. All patterns see `level` text."""

    openers: tuple[Opener, ...]
    #: Where a clause begins in a sentence: the end of the match.
    clauses: re.Pattern[str]
    #: What follows an opener and makes it no request to act: he wants words, says thanks, takes the matter back.
    not_wanted: re.Pattern[str]
    #: Stands before an opener and undoes it ("why would I want", "if you need").
    undone: re.Pattern[str]
    #: Where the wish is over though the sentence goes on.
    over: re.Pattern[str]
    #: Falls off the end: "as soon as possible", "or not".
    tail: re.Pattern[str]
    #: "A voucher is no use to me," before "I want my money": belongs to the wish.
    contrast: re.Pattern[str]
    please: re.Pattern[str]
    #: "Either send it or …": the wish goes on behind the "or".
    either: re.Pattern[str]
    #: A program wrote it: nobody wishes anything.
    machine: re.Pattern[str]
