"""English word classes made ready, with the endings of its verbs."""

from ..signs import Lexicon, lexicon
from .acts import ACTS
from .feelings import FEELINGS
from .things import THINGS

_PAST_WRITTEN = """
    was were had did went sent gave found got came left told said paid made took put rang wrote spoke
    broke fell lost kept held met sold bought brought began ran saw heard knew thought meant felt stood
    won cut hit set let chose done gone sent given taken written spoken broken fallen rung seen known
    chosen driven flown eaten drawn shown stuck torn worn sworn led understood rebuilt built spent lent
    fed slept crept withdrew withdrawn
    """
_PAST = frozenset(_PAST_WRITTEN.split())


def _form(token: str) -> str:
    if token in _PAST or (token.endswith("ed") and len(token) > 4):
        return ".d"
    if token.endswith("ing") and len(token) > 5:
        return ".g"
    if token.endswith("ly") and len(token) > 5:
        return ".ly"
    return ".s" if token.endswith("s") and not token.endswith(("ss", "us", "is")) and len(token) > 3 else ""


def _split(token: str) -> tuple[str, ...]:
    """ "we'll" is "we" and "'ll"; "can't" stays one word, as its own class."""
    token = token.replace("’", "'")
    for ending in ("'ll", "'ve", "'re", "'d", "'s", "'m"):
        if token.endswith(ending) and len(token) > len(ending):
            return (token[: -len(ending)], ending)
    return (token,)


ENGLISH: Lexicon = lexicon(
    ACTS,
    THINGS,
    FEELINGS,
    form_of=_form,
    split=_split,
    kept="to for from of at in on with about out off up down into and or so as than that there here all any some more"
    " much many only also too very just even back away over 'd do does did know like",
    dropped="the a an this these those 's",
)
