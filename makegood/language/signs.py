"""The signs that a sentence gives: its words, the classes they belong to, and how these follow one another.

A class says what a word is about ("give", "desk", "sorry"), whatever the word; so a sentence of unknown wording
still shows "we + will + give + you + remedy + day". The tables of words are the language's own (`en/acts.py`, …).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

#: The families of signs, in the order in which `Lexicon.signs` gives them.
FAMILIES = ("word", "pair", "stem", "class", "form", "forms2", "forms3", "classes2", "classes3", "gap", "asked", "mark")

_TOKEN = re.compile(
    r"https?://[^\s<>]{1,200}|www\.[^\s<>]{1,200}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}"
    r"|[#€$£]?\d[\w.,:/-]{0,40}|[^\W\d_]{1,12}[-/]?\d[\w/-]{0,40}"
    r"|[^\W\d_]{1,60}(?:['’-][^\W\d_]{1,20}){0,3}|[?!¿¡]+|[^\w\s]",
)
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|h|hs|hrs)|\d{1,2}[:h]\d\d(?:am|pm|h)?")
_MONEY = re.compile(r"[€$£]\d.*|\d[\d.,]*[€$£]")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|º|ª|er|do|ro|to)")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?")
_APOSTROPHE = re.compile(r"['’]")
_EMOJI = {
    **dict.fromkeys("😀😃😄😁😊🙂😍🥰😘👍❤♥💛💙💚🎉🙌💪✨⭐🌟😻🤗🫶😎💐🥳", ":)"),
    **dict.fromkeys("😞😔😢😭😡😠🤬😤😩😫😣😖☹🙁😟😕👎💔😒🤢🤮😱🤦", ":("),
    **dict.fromkeys("🙃🙄👏😏🤡😂🤣😅", ";)"),
    "🙏": "pray",
}
_KEPT_MARKS = frozenset('?!,:"“”«»%()')
#: Token positions of a sentence that are looked at.
_LONGEST = 160


def plain(word: str) -> str:
    """The word in small letters and without accents (but with ñ), as the tables are compared."""
    word = word.casefold()
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word.replace("ñ", "\0"))
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("\0", "ñ") or word


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What the tables say of one token."""

    text: str
    classes: tuple[str, ...]
    #: The class it counts as in a row of classes, and the same with its verbal form.
    main: str
    form: str


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The words of one language by class, and the endings that tell its verbal forms."""

    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Mapping[tuple[str, ...], tuple[str, ...]]]
    form_of: Callable[[str], str]
    kept: frozenset[str]
    dropped: frozenset[str]
    split: Callable[[str], tuple[str, ...]]
    #: The classes as the tables name them, most telling first.
    order: tuple[str, ...]
    look: Callable[[str], Word] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "look", lru_cache(maxsize=4_000)(self._look))

    def signs(self, sentence: str) -> tuple[Iterable[object], ...]:
        """The signs of one sentence by family, in the order of `FAMILIES`; repeated ones count once."""
        read = self.read(sentence)
        texts = [word.text for word in read]
        shown = [word for word in read if word.main]
        mains = ["^", *(word.main for word in shown), "$"]
        forms = ["^", *(word.form for word in shown), "$"]
        classes = {name for word in read for name in word.classes}
        asks = "?" in sentence[-6:] or "¿" in sentence
        return (
            set(texts),
            set(zip(["^", *texts], [*texts, "$"], strict=True)),
            {text[:5] for text in texts if len(text) > 5},
            classes,
            set(forms),
            set(pairwise(forms)),
            set(zip(forms, forms[1:], forms[2:], strict=False)),
            set(pairwise(mains)),
            set(zip(mains, mains[1:], mains[2:], strict=False)),
            set(zip(mains, mains[2:], strict=False)),
            classes if asks else (),
            _marks(sentence, len(texts), asks=asks),
        )

    def read(self, sentence: str) -> list[Word]:
        """The words of a sentence; a phrase of the tables counts as its first word's class."""
        words: list[Word] = []
        for token in _TOKEN.findall(sentence)[:_LONGEST]:
            words.extend(map(self.look, self.split(token) if "'" in token or "’" in token else (token,)))
        phrases = self.phrases
        found: list[Word] = []
        at = 0
        while at < len(words):
            known = phrases.get(words[at].text)
            length = self._phrase_length(words, at, known) if known else 0
            if known and length:
                found.append(self._phrase(words[at : at + length], known))
                at += length
            else:
                found.append(words[at])
                at += 1
        return found

    @staticmethod
    def _phrase_length(words: list[Word], at: int, known: Mapping[tuple[str, ...], tuple[str, ...]]) -> int:
        texts = tuple(word.text for word in words[at : at + 5])
        for length in range(len(texts), 1, -1):
            if texts[:length] in known:
                return length
        return 0

    @staticmethod
    def _phrase(words: list[Word], known: Mapping[tuple[str, ...], tuple[str, ...]]) -> Word:
        texts = tuple(word.text for word in words)
        names = known[texts]
        parts = tuple(name for word in words for name in word.classes if name in ("p1", "p2", "neg", "perf", "fut"))
        return Word(text="_".join(texts), classes=names + parts, main=names[0], form=f"{names[0]}+")

    def _look(self, written: str) -> Word:
        written = written.casefold()
        token = plain(written)
        shape = _shape(token)
        if shape:
            return Word(text=shape, classes=(shape,), main=shape, form=shape)
        names = self.words.get(token, ())
        stemmed = {name for length in range(3, min(len(token), 16) + 1) for name in self.stems.get(token[:length], ())}
        if stemmed:
            names = tuple(name for name in self.order if name in names or name in stemmed)
        ending = self.form_of(written)
        if names:
            return Word(text=token, classes=names, main=names[0], form=f"{names[0]}{ending}")
        if token in self.dropped:
            return Word(text=token, classes=(), main="", form="")
        main = token if token in self.kept or not token[0].isalpha() else f"~{ending}"
        if not token[0].isalpha() and token[0] not in _KEPT_MARKS:
            main = ""
        return Word(text=token, classes=(), main=main, form=main)


def _shape(token: str) -> str:
    """A name for tokens that are not words: numbers, sums, hours, addresses, emoji."""
    first = token[0]
    if first.isalpha() and not any(c.isdigit() or c == "@" for c in token):
        return "#url" if token.startswith(("http://", "https://", "www.")) else ""
    if first in _EMOJI:
        return f"#{_EMOJI[first]}"
    if "@" in token and len(token) > 3:
        return "#mail"
    if any(c.isdigit() for c in token):
        bare = token.strip(".,:/-")
        return _number(bare)
    return "#emoji" if ord(first) > 0x2600 and not first.isalnum() else ""


def _number(token: str) -> str:
    if _CLOCK.fullmatch(token):
        return "#clock"
    if _MONEY.fullmatch(token):
        return "#money"
    if _ORDINAL.fullmatch(token):
        return "#nth"
    if token.isdigit():
        return "#year" if len(token) == 4 and token[:2] in ("19", "20") else "#long" if len(token) > 3 else "#number"
    if _DATE.fullmatch(token):
        return "#date"
    return "#code"


def _marks(sentence: str, length: int, *, asks: bool) -> list[str]:
    marks = [f"long{min(length // 4, 6)}"]
    if asks:
        marks.append("asks")
    if "!" in sentence:
        marks.append("!!" if "!!" in sentence else "!")
    letters = [c for c in sentence if c.isalpha()]
    if len(letters) > 8 and sum(c.isupper() for c in letters) > len(letters) * 0.7:
        marks.append("CAPITALS")
    if '"' in sentence or "“" in sentence or "«" in sentence:
        marks.append("quotes")
    return marks


def lexicon(
    *tables: Mapping[str, str],
    form_of: Callable[[str], str],
    kept: str,
    dropped: str,
    split: Callable[[str], tuple[str, ...]] = lambda token: (token,),
) -> Lexicon:
    """A language's tables made ready. A word may stand in several classes; the first one counts in rows."""
    words: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    phrases: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for table in tables:
        for name, entries in table.items():
            for entry in dict.fromkeys(entries.split()):
                if "_" in entry:
                    parts = tuple(p for part in entry.split("_") for p in split(plain(part)))
                    phrases.setdefault(parts[0], {}).setdefault(parts, []).append(name)
                elif entry.endswith("*"):
                    stems.setdefault(plain(entry[:-1]), []).append(name)
                else:
                    words.setdefault(plain(entry), []).append(name)
    return Lexicon(
        words={word: tuple(dict.fromkeys(names)) for word, names in words.items()},
        stems={word: tuple(dict.fromkeys(names)) for word, names in stems.items()},
        phrases={
            first: {parts: tuple(dict.fromkeys(names)) for parts, names in known.items()}
            for first, known in phrases.items()
        },
        form_of=form_of,
        kept=frozenset(kept.split()),
        dropped=frozenset(dropped.split()),
        split=split,
        order=tuple(dict.fromkeys(name for table in tables for name in table)),
    )
