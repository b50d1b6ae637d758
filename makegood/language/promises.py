"""Promises in what we write: who gives his word, for when, and with which words.

    Promise    one of them, proposed with its reason
    found      all of a text, in its order

A text is read sentence by sentence, a sentence clause by clause. A clause promises when it tells a coming deed
beside a time, or a deed that gives the customer something; what is asked, denied, told of the past, quoted or
left to the customer promises nothing. The conventions are those of the labelled texts of issue 3.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from . import which
from .clause_joining import Joiner
from .clauses import Clause, Cutter, chosen, numbered
from .known import LANGUAGES
from .promise_words import PromiseWords
from .sentences import SEEN, Sentence, sentences, unwrapped
from .times import Moment, Spoken, at_the_clock, find, folded
from .unsaid import without_quotes

#: How sure a promise is, by what it rests on. Set lower than the share that was right on labelled texts (0.97 and
#: more), because those were seen while this was written; the house's own confirmations tell better.
SURE = {
    "future": 0.95,
    "present": 0.92,
    "short": 0.85,
    "loose": 0.75,
    "open": 0.75,
    "correction": 0.85,
    "no time": 0.85,
    "partner": 0.85,
}


#: Characters that may stand before "…, make it Friday" at the beginning of a sentence.
_ASIDE = 14
#: What is dated later without "will" was last year.
_FAR = timedelta(days=240)


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One promise: the clause, the instant (UTC) and how it was computed."""

    #: The clause that promises: `text[start:end] == words`.
    words: str
    start: int
    end: int
    #: "us" or "partner": whose word it is.
    who: str
    due_at: datetime | None = None
    near_at: datetime | None = None
    #: "elapsed", "business", or None where there is no instant.
    unit: str | None = None
    #: The words of time, empty where there are none.
    when: str = ""
    rule: str = "vague"
    vague: bool = False
    conditional: bool = False
    hedged: bool = False
    automatic: bool = False
    sure: float = 0.9


def found(text: str, *, spoken: Spoken, language: str | None = None) -> tuple[Promise, ...]:
    """The promises in `text`, in order. Never raises; none where the language is unknown and cannot be told."""
    for tag in which.tags_to_read(text, language):
        promises = _in_language(text, spoken, tag)
        if promises:
            return promises
    return ()


def _in_language(text: str, spoken: Spoken, tag: str) -> tuple[Promise, ...]:
    masked = unwrapped(without_quotes(text[:SEEN]))
    low = folded(masked)
    moments = find(masked, spoken=spoken, language=tag)
    words = LANGUAGES[tag].promises
    cutter, joiner = Cutter(low=low, words=words, far=spoken.said_at + _FAR), Joiner(low=low, words=words)
    reader = _Reader(text=text, low=low, words=words, spoken=spoken, cutter=cutter, joiner=joiner)
    promises: list[Promise] = []
    at = 0
    for sentence in sentences(masked):
        begin = at
        while at < len(moments) and moments[at].start < sentence.end:
            at += 1
        inside = [moment for moment in moments[begin:at] if moment.start >= sentence.start]
        reader.read(sentence, inside, promises)
    return tuple(promises)


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Reads the sentences of one text."""

    text: str
    low: str
    words: PromiseWords
    spoken: Spoken
    cutter: Cutter
    joiner: Joiner

    def read(self, sentence: Sentence, moments: list[Moment], promises: list[Promise]) -> None:
        """Add the promises of one sentence."""
        if not moments and not self.words.gives.search(self.low, sentence.start, sentence.end):
            partner = self.words.partner.search(self.low, sentence.start, sentence.end)
            self.cutter.partner_before = partner is not None
            return
        clauses = self.joiner.joined(self.cutter.clauses(sentence, moments))
        low = self.low[sentence.start : sentence.end]
        kept, spoken_of = self.words.kept.search(low), False
        for clause in clauses:
            if clause.corrects:
                withdrawn = _withdraw(promises, clause.retracted, sentence.start)
                if clause.basis == "correction" and not (withdrawn or spoken_of):
                    continue
            spoken_of = spoken_of or bool(clause.moments)
            if clause.kind == "promise" and not (kept and _is_today(clause)):
                promise = self._promise(clause, sentence)
                if promise:
                    promises.append(promise)
        self.cutter.partner_before = bool(self.words.partner.search(low))

    def _promise(self, clause: Clause, sentence: Sentence) -> Promise | None:
        low = self.low[clause.start : clause.end]
        usable = [moment for moment in clause.moments if moment.counted or moment.lead not in ("of", "until", "since")]
        if not usable and self.words.patience.match(low):
            usable = clause.moments
        if not usable and not clause.gives:
            return None
        moment = chosen(usable)
        for other in usable:
            if moment and other is not moment and not moment.timed and other.clock and moment.day:
                moment = at_the_clock(moment, other, self.spoken)
                break
        vague = moment is None or moment.due_at is None
        if clause.idle:
            return None
        if clause.basis == "short" and (vague or numbered(self.low, clause)):
            return None
        if vague and not clause.gives and not self._touches(clause, moment):
            return None
        counted = moment is not None and (moment.from_event or (moment.counted and clause.conditional))
        if moment and moment.counted and self.words.afterwards.search(low):
            counted = True
        start, end = self._span(clause, moment)
        who = "partner" if clause.partner else "us"
        sure = SURE["partner"] if clause.partner else SURE[clause.basis if moment else "no time"]
        dated = moment is not None and moment.due_at is not None and not counted
        return Promise(
            words=self.text[start:end],
            start=start,
            end=end,
            who=who,
            due_at=moment.due_at if moment and dated else None,
            near_at=moment.near_at if moment and dated else None,
            unit=moment.unit if moment and dated else None,
            when=moment.words if moment else "",
            rule=moment.rule if moment and dated else "vague",
            vague=not dated,
            conditional=clause.conditional or counted,
            hedged=bool(self.words.hedge.search(low)),
            automatic=bool(self.words.automatic.search(self.low[sentence.start : clause.end])),
            sure=sure,
        )

    def _touches(self, clause: Clause, moment: Moment | None) -> bool:
        """A vague time makes a promise of a deed that the customer will notice."""
        if moment is None:
            return False
        if moment.from_event:
            return True
        return not self.words.activity.search(self.low[clause.start : clause.end])

    def _span(self, clause: Clause, moment: Moment | None) -> tuple[int, int]:
        start, end = clause.start, clause.end
        if moment and moment.end <= end and (tail := self.words.trailing.search(self.low, moment.end, end)):
            end = tail.start()
        while start < end and not (self.low[start].isalnum() or self.low[start] in "$£€¿¡("):
            start += 1
        while end > start and not (self.low[end - 1].isalnum() or self.low[end - 1] in ")%$€£"):
            end -= 1
        return start, end


def _is_today(clause: Clause) -> bool:
    return not clause.moments or all(moment.rule in ("today", "vague") for moment in clause.moments)


def _withdraw(promises: list[Promise], here: int, sentence: int) -> bool:
    """Take back what was said just before, if anything was: only the last version counts."""
    if not promises or promises[-1].vague:
        return False
    if promises[-1].start < sentence and not (here - sentence <= _ASIDE and here - promises[-1].end < 25):
        return False
    promises.pop()
    return True
