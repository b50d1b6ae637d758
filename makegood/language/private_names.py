"""The people in a text: those whose names are given, and those who are greeted, sign or bear a title.

    found    the names in a folded text, each person with one number

A name may be any word ("Will", "Rosa"), so a given one is taken out wherever it stands as a word. A name that
only its place betrays is taken out there, and elsewhere where it is written with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from .folding import fold
from .private_words import Span

#: Names that are looked for at once, and words that one of them may have.
MOST_NAMES = 500
MOST_WORDS = 12
#: Signs that may stand between two words of one name.
_GAP = 4

_WORD = re.compile(r"[^\W\d_]+")
#: Alone they are no name, inside one they belong to it.
_PARTICLE_WORDS = """
    de del la las los el the van von der den ter ten dos das do da di du le al bin ibn ben abu y e and und mr mrs
    ms miss dr sir lady sr sra srta don dona prof jr
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
#: Capitalised after a greeting or a closing and no name all the same.
_NO_NAME_WORDS = """
    i we you he she it they the this that these those a an my our your his her their there here what when where why
    how who which is are was were will would can could do does did have has had not no yes ok just please sorry
    thanks thank hi hello hey dear all team everyone everybody folks both again customer client sir madam service
    support care sales office guys so very for to from in on at as but and or if after since before order parcel
    refund monday tuesday wednesday thursday friday saturday sunday today tomorrow tonight bye best kind regards
    cheers hola buenas buenos estimado estimada cliente clientes equipo todos todas senor senora senores amigos
    gracias saludos un una el la los las lo mi tu su nuestro nuestra que cuando donde por para como quien esto este
    esta ha han hay es son si ya me te se le les nos muy con sin pero y o de del al en ayer hoy manana lunes martes
    miercoles jueves viernes sabado domingo pedido paquete adios atentamente cordialmente wanted got any another
    great good much many well january february march july september october november december enero febrero marzo
    abril mayo junio julio agosto septiembre octubre noviembre diciembre spanish english espanol ingles noches
    tardes dias sirs faithfully truly sincerely
"""
_NO_NAMES = frozenset(_NO_NAME_WORDS.split())
_CAPITAL = r"[A-Z\u00c0-\u00de\u0391-\u03a9\u0400-\u042f\u2e80-\uffdc][^\W\d_'-]{0,29}(?:['-][^\W\d_]{1,29}){0,2}"
_NAME = rf"(?:{_CAPITAL}|[A-Z]\.?)(?:[ \t](?:(?:de|del|la|van|von|der)[ \t]){{0,2}}(?:{_CAPITAL}|[A-Z]\b\.?)){{0,3}}"
_ANY = r"[^\W\d_]{2,20}(?:[ \t][^\W\d_]{1,20}\.?)?"
_START = r"(?:(?<=\n)|(?<=[.!?>]\s)|\A)[ \t>*]{0,8}"
_TITLE = r"(?i:mr|mrs|ms|miss|mx|dr|dra|prof|sir|madam|sr|sra|srta|don|dona|senor|senora|senorita|d|dna)\.?[ \t]"
_GREETED = (
    r"(?i:hi+(?: there)?|hello|hey+|dear|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|hola+"
    r"|buen dia|buen[oa]s(?: (?:dias|tardes|noches))?|estimad[oa](?:/a|\(a\))?"
    r"|querid[oa]|apreciad[oa]|muy (?:sr|sra)\.? mi[oa])"
)
_CLOSED = (
    r"(?i:(?:(?:kind(?:est)?|best|warm(?:est)?|many|with(?: kind| best)?)[ \t])?(?:regards|wishes)|best|sincerely"
    r"|yours(?: (?:truly|sincerely|faithfully|ever))?|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|respectfully"
    r"|atentamente|atte\.?|cordialmente|(?:un )?(?:fuerte )?abrazos?|besos?|signed|firmado|fdo\.?|take care|xx?)"
)
_THANKED = (
    r"(?i:(?:many )?thanks(?: again| so much| a lot| in advance)?|thank you(?: again| so much| very much)?|cheers|ta"
    r"|(?:muchas |mil )?gracias(?: de nuevo| de antemano)?|merci|love|bye|adios|ciao)"
)
_LINE_ENDS = r"(?=[ \t]*(?:\n|\Z|[,|(-]|\.[ \t]*(?:\n|\Z)))"
_PATTERNS = (
    re.compile(rf"{_START}{_GREETED}(?:[ \t]{{1,3}},?|,)[ \t]{{0,3}}(?:{_TITLE}){{0,2}}(?P<name>{_NAME})"),
    re.compile(rf"{_START}{_GREETED}[ \t]{{1,3}}(?:{_TITLE})?(?P<name>{_ANY})(?=[ \t]?(?:[,!.:;-]|\n|\Z))"),
    re.compile(rf"{_START}{_THANKED}(?:[ \t]{{1,3}},?|,)[ \t]{{0,3}}(?P<name>{_NAME})(?=[ \t]?(?:[,!.:;-]|\n|\Z))"),
    re.compile(rf"{_START}{_CLOSED}[ \t]{{0,3}}[,.!:-]{{0,2}}\s{{0,6}}(?P<name>{_NAME}){_LINE_ENDS}"),
    re.compile(rf"{_START}{_CLOSED}[ \t]{{0,3}}[,.!:-]{{0,2}}\s{{0,6}}(?P<name>{_ANY}){_LINE_ENDS}"),
    re.compile(rf"{_START}{_THANKED}[ \t]{{0,3}}[,.!:-]{{0,2}}[ \t]*\n\s{{0,6}}(?P<name>{_ANY}|{_NAME}){_LINE_ENDS}"),
    re.compile(rf"(?:(?<=\n)|\A)[ \t]{{0,4}}[-~][ \t]{{0,2}}(?P<name>{_NAME})[ \t]*(?:\n|\Z)"),
    re.compile(rf"(?i:\bmy name is|\bme llamo|\bmi nombre es|\bspoke (?:to|with)|\bhable con)[ \t](?P<name>{_NAME})"),
    re.compile(rf"(?i:\bmy name is|\bme llamo|\bmi nombre es)[ \t]{{1,3}}(?P<name>{_ANY})"),
    re.compile(rf"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Dra|Prof|Sr|Sra|Srta|Don|Dona)\.?[ \t](?P<name>{_NAME})"),
    re.compile(rf"(?<![^\W_])(?i:senor|senora|senorita)[ \t](?P<name>{_NAME})"),
    re.compile(r"(?<![^\W_])(?i:mr|mrs|ms|sra|srta)\.?[ \t](?P<name>[^\W\d_]{2,20})"),
)


def found(text: str, *, names: Iterable[str]) -> list[Span]:
    """The names in the folded text, in no order, overlaps included. Linear in the text."""
    people = _People()
    for name in islice(names, MOST_NAMES):
        people.add(name)
    betrayed = _People(numbers_from=MOST_NAMES)
    spans = []
    for match in (match for pattern in _PATTERNS for match in pattern.finditer(text)):
        named = _named(match["name"])
        if named:
            start = match.start("name")
            spans.append(Span(kind="NAME", start=start, end=start + len(named), known=people.known(named)))
            betrayed.add(named)
    words = list(_WORD.finditer(text))
    return [
        *(_with_number(span, text, people, betrayed) for span in spans),
        *people.among(words, capitals=False),
        *betrayed.among(words, capitals=True),
        *people.unspaced(text),
    ]


def _named(words: str) -> str:
    """The name without the words that follow it and are none; empty if the first is none already."""
    end = 0
    for word in _WORD.finditer(words):
        told = word[0].casefold()
        if told in _NO_NAMES and told not in _PARTICLES:
            break
        if told not in _NO_NAMES:
            end = word.end()
    return words[:end]


def _with_number(span: Span, text: str, people: _People, betrayed: _People) -> Span:
    words = text[span.start : span.end]
    return Span(kind="NAME", start=span.start, end=span.end, known=people.known(words) or betrayed.known(words))


class _People:
    """Names to look for, each with the key by which its person is known."""

    def __init__(self, *, numbers_from: int = 0) -> None:
        self._count = numbers_from
        self._whole: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, set[int]] = {}
        self._parts: dict[str, str] = {}
        self._unspaced: dict[str, str] = {}

    def add(self, name: str) -> None:
        """Look for this name as a whole and for its parts; a name of one letter is not looked for."""
        folded = fold(name[:400]).text
        words = tuple(word[0].casefold() for word in islice(_WORD.finditer(folded), MOST_WORDS))
        if sum(map(len, words)) < 2:
            return
        first = self._parts.get(words[0]) if len(words) == 1 else None
        known = self._whole.get(words) or first or f"person {self._count}"
        self._count += 1
        self._whole.setdefault(words, known)
        self._lengths.setdefault(words[0], set()).add(len(words))
        for word in words:
            if len(word) >= 3 and word not in _PARTICLES:
                self._parts.setdefault(word, known)
        for word in _WORD.findall(folded):
            if word[0] >= "\u2e80":
                self._unspaced.setdefault(word, known)

    def known(self, words: str) -> str:
        """The key of whose name this is or begins; empty if it is nobody's we know."""
        told = tuple(word.casefold() for word in _WORD.findall(words))
        if told in self._whole:
            return self._whole[told]
        return next((self._parts[word] for word in told if word in self._parts), "")

    def among(self, words: list[re.Match[str]], *, capitals: bool) -> Iterator[Span]:
        """Every name among the words of a text; with `capitals` only those that begin with one."""
        told = [word[0].casefold() for word in words]
        for at, word in enumerate(words):
            if capitals and not word[0][0].isupper():
                continue
            for length in sorted(self._lengths.get(told[at], ()), reverse=True):
                # At the end of the text there are fewer words than that, and they may be another's whole name.
                these = words[at : at + length]
                known = self._whole.get(tuple(told[at : at + length])) if len(these) == length else None
                if known and _together(these):
                    yield Span(kind="NAME", start=word.start(), end=these[-1].end(), known=known)
                    break
            if told[at] in self._parts:
                yield Span(kind="NAME", start=word.start(), end=word.end(), known=self._parts[told[at]])

    def unspaced(self, text: str) -> Iterator[Span]:
        """Names in scripts that put no space between words."""
        for name, known in self._unspaced.items():
            at = text.find(name)
            while at >= 0:
                yield Span(kind="NAME", start=at, end=at + len(name), known=known)
                at = text.find(name, at + len(name))


def _together(words: list[re.Match[str]]) -> bool:
    return all(after.start() - before.end() <= _GAP for before, after in pairwise(words))
