"""One cause, many customers: who is one person, how far each is, and the equation that must add up.

Pure: words and numbers in, a decision out. A person on the list of an incident has three things that go their
own way: whether he was told, what became of his remedy, and from both his standing, which is exactly one of five.
So the five counts always sum to the number of people, or somebody was lost, and `Reckoning` says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Telling(StrEnum):
    """How far word of ours is to one person."""

    WAITING = "waiting"
    """Nothing was written yet."""
    WRITTEN = "written"
    """In the outbox, not yet accepted by his server."""
    ACCEPTED = "accepted"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    """The line went dead after everything was sent: it may have arrived."""
    NO_ADDRESS = "no_address"
    BY_HAND = "by_hand"
    """A person told him another way and wrote down what shows it."""
    UNREACHABLE = "unreachable"
    """A person tried every way, gave up, and said why."""


class Giving(StrEnum):
    """How far the remedy is of one person."""

    WAITING = "waiting"
    NOTHING = "nothing"
    """This incident owes word and nothing else."""
    UNDER_WAY = "under_way"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    FAILED = "failed"
    IMPOSSIBLE = "impossible"
    """The dry run, or the desk, can't give it to him, and says why."""


class Standing(StrEnum):
    """Where one person stands: the five parts of the equation."""

    REMEDIED = "remedied"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    UNDER_WAY = "under_way"
    WITH_PERSON = "with_person"
    """No program can go on: a member of staff must."""


TOLD = frozenset({Telling.ACCEPTED, Telling.BY_HAND})
_NOT_REACHED = frozenset({Telling.BOUNCED, Telling.REFUSED, Telling.UNCERTAIN, Telling.NO_ADDRESS})


def standing(telling: Telling, giving: Giving) -> Standing:
    """Return where somebody stands. What he confirmed or declined stands, however word reached him."""
    if giving is Giving.CONFIRMED:
        return Standing.REMEDIED
    if giving is Giving.DECLINED:
        return Standing.DECLINED
    if telling is Telling.UNREACHABLE:
        return Standing.UNREACHABLE
    if telling in _NOT_REACHED or giving in (Giving.FAILED, Giving.IMPOSSIBLE):
        return Standing.WITH_PERSON
    if giving is Giving.NOTHING and telling in TOLD:
        return Standing.REMEDIED
    return Standing.UNDER_WAY


SETTLED = frozenset({Standing.REMEDIED, Standing.DECLINED, Standing.UNREACHABLE})
"""With whom nothing is left to do."""


def reasons_to_leave_open(standing: Standing, *, wrote_since: bool) -> tuple[str, ...]:
    """Return why an incident doesn't close somebody's case, beside what the case's own rules say."""
    reasons = []
    if standing not in SETTLED:
        reasons.append("He is not settled in this incident yet: look him up on its list.")
    if wrote_since:
        reasons.append("He has written since he was told: whoever owns the case answers him and closes it.")
    return tuple(reasons)


_OF_A_LETTER: Mapping[str, Telling] = {
    "waiting": Telling.WRITTEN,
    "accepted": Telling.ACCEPTED,
    "uncertain": Telling.UNCERTAIN,
    "refused": Telling.REFUSED,
    "bounced": Telling.BOUNCED,
}
_OF_A_STEP: Mapping[str, Giving] = {
    "confirmed": Giving.CONFIRMED,
    "declined": Giving.DECLINED,
    "denied": Giving.FAILED,
    "failed": Giving.FAILED,
    "reversed": Giving.FAILED,
}


def told_by(before: Telling, letter: str) -> Telling:
    """Return how far word is once his letter stands so; what a person did by hand outlives a bounce."""
    if before in (Telling.BY_HAND, Telling.UNREACHABLE) and letter != "accepted":
        return before
    return _OF_A_LETTER.get(letter, before)


def given_by(step: str) -> Giving:
    """Return how far a remedy is that has come to this step."""
    return _OF_A_STEP.get(step, Giving.UNDER_WAY)


# ── the equation ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Reckoning:
    """An incident's counts, each taken by itself, and whether they agree.

    affected = remedied + declined + unreachable + under way + with a person; and
    affected = told + not told yet. Nobody twice, nobody left out.
    """

    affected: int
    """Rows of the list, counted without asking how far they are."""
    standing: Mapping[Standing, int]
    telling: Mapping[Telling, int]
    twice: int = 0
    """People whom two rows name, or who have two remedies of this incident."""
    strays: int = 0
    """Remedies of this incident on no row of its list."""

    def count(self, *which: Standing) -> int:
        return sum(self.standing.get(one, 0) for one in which)

    @property
    def told(self) -> int:
        return sum(self.telling.get(one, 0) for one in TOLD)

    @property
    def untold(self) -> int:
        return sum(n for one, n in self.telling.items() if one not in TOLD)

    @property
    def owed_word(self) -> int:
        """How many are still to be told: not told, and nobody has given them up."""
        return self.untold - self.telling.get(Telling.UNREACHABLE, 0)

    @property
    def settled(self) -> int:
        """With how many nothing is left to do."""
        return self.count(*SETTLED)

    @property
    def adds_up(self) -> bool:
        everybody = sum(self.standing.values()) == self.affected == self.told + self.untold
        return everybody and not self.twice and not self.strays

    @property
    def done(self) -> bool:
        """Whether the short equation holds: affected = remedied + declined + unreachable."""
        return self.adds_up and self.settled == self.affected


# ── who is one person ────────────────────────────────────────────────────────


def keys(*, mail: str = "", customer: int | None = None, order: str = "") -> tuple[str, ...]:
    """Return under what one row of a list names a person; two rows that share one are the same person.

    His name is none of them: two people may have one name. `mail` is normalised already.
    """
    named = []
    if customer is not None:
        named.append(f"customer:{customer}")
    if mail:
        named.append(f"mail:{mail.casefold()}")
    if folded := fold_order(order):
        named.append(f"order:{folded}")
    return tuple(named)


def fold_order(order: str) -> str:
    """Return an order number as it is compared: without case, spaces and signs before and between."""
    plain = unicodedata.normalize("NFKC", order).casefold()
    return re.sub(r"[\s#._/-]+", "", plain)[:60]


# ── who told first ───────────────────────────────────────────────────────────


def notice_gap(ours: datetime, partners: datetime) -> timedelta:
    """Return our notice − the first partner notice (M-24). Above zero, he heard it from somebody else first."""
    return ours - partners


# ── a spike ──────────────────────────────────────────────────────────────────

LEAST = 5
"""So many cases at least: fewer are a coincidence anybody sees for himself."""
TIMES = 3
"""So many times what is usual."""


@dataclass(frozen=True, kw_only=True)
class Spike:
    """A word that unusually many new cases share."""

    word: str
    count: int
    usual: float
    """How many such cases a window of the same length had on average before."""


def spikes(now_: Mapping[str, int], before: Mapping[str, int], *, windows: int) -> tuple[Spike, ...]:
    """Return the words worth a look, the most unusual first. `before` counts over so many earlier windows.

    A simple rule that can be said aloud: at least five new cases share the word, and that is more than three
    times as many as usual (one more than usual, so that a word never seen before needs more than three). It
    proposes and decides nothing.
    """
    found = []
    for word, count in now_.items():
        usual = before.get(word, 0) / max(windows, 1)
        if count >= LEAST and count > TIMES * (usual + 1):
            found.append(Spike(word=word, count=count, usual=usual))
    return tuple(sorted(found, key=lambda s: (s.usual - s.count, s.word)))


_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_COURTESIES = """
about after again also answer been before cannot case could customer does email from have hello help here just mail
message need never not order please problem question regarding reply request since still thank thanks that their them
there they this today until urgent very waiting want were what when where which will with would your yours
ayuda buenas caso cliente como consulta correo cuando desde donde está este esta favor gracias hola mensaje muchas
para pedido pero porque problema queja quiero sobre solicitud tengo todavía urgente
"""
_COMMON = frozenset(_COURTESIES.split())


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a subject that could name a cause: four letters or more, or with a digit; no courtesies."""
    found = {word.casefold() for word in _WORD.findall(unicodedata.normalize("NFKC", text))}
    return frozenset(w for w in found if 3 < len(w) <= 40 and w not in _COMMON)


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """Return in how many of these texts each telling word stands."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in telling_words(text):
            counts[word] = counts.get(word, 0) + 1
    return counts
