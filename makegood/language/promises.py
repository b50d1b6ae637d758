"""Promises in what we write: who gives his word, for when, and with which words.

    Promise    one of them, proposed with its reason
    found      all of a text, in its order

A text is read sentence by sentence, a sentence clause by clause. A clause promises when it tells a coming deed
beside a time, or a deed that gives the customer something; what is asked, denied, told of the past, quoted or
left to the customer promises nothing. The conventions are those of the labelled texts of issue 3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from . import which
from .known import LANGUAGES
from .promise_words import PromiseWords
from .sentences import Sentence, sentences
from .times import Moment, Spoken, at_the_clock, find, folded
from .unsaid import without_quotes

#: How sure a promise is, by what it rests on: the share that was right on other people's labels.
SURE = {"future": 0.95, "present": 0.92, "short": 0.85, "loose": 0.75, "correction": 0.85, "no time": 0.85, "partner": 0.85}


_NUMBERED = re.compile(r"[a-z]+ \d{1,2}\b(?! (?:days?|hours?|min|weeks?|months?|d[íi]as|horas|semanas|a |to |-))")


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


@dataclass(kw_only=True, slots=True)
class _Clause:
    """A stretch of a sentence while it is being weighed."""

    start: int
    end: int
    #: promise, fragment, condition, courtesy, nothing.
    kind: str
    #: future, present, short.
    basis: str = ""
    partner: bool = False
    gives: bool = False
    joins: bool = False
    #: Goes on with the verb alone: "and text you".
    bare: bool = False
    corrects: bool = False
    #: Where the words of a correction begin.
    retracted: int = 0
    conditional: bool = False
    moments: list[Moment] = field(default_factory=list)


def found(text: str, *, spoken: Spoken, language: str | None = None) -> tuple[Promise, ...]:
    """The promises in `text`, in order. Never raises; none where the language is unknown and cannot be told."""
    for tag in which.tags_to_read(text, language):
        promises = _in_language(text, spoken, tag)
        if promises:
            return promises
    return ()


def _in_language(text: str, spoken: Spoken, tag: str) -> tuple[Promise, ...]:
    masked = without_quotes(text)
    low = folded(masked)
    moments = find(masked, spoken=spoken, language=tag)
    reader = _Reader(text=text, low=low, words=LANGUAGES[tag].promises, spoken=spoken)
    promises: list[Promise] = []
    for sentence in sentences(masked):
        inside = [moment for moment in moments if sentence.start <= moment.start < sentence.end]
        reader.read(sentence, inside, promises)
    return tuple(promises)


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Reads the sentences of one text; remembers whether the last one spoke of a partner."""

    text: str
    low: str
    words: PromiseWords
    spoken: Spoken
    partner_before: bool = False

    def read(self, sentence: Sentence, moments: list[Moment], promises: list[Promise]) -> None:
        """Add the promises of one sentence."""
        clauses = self._joined(self._clauses(sentence, moments))
        low = self.low[sentence.start : sentence.end]
        kept = self.words.kept.search(low)
        for clause in clauses:
            if clause.corrects:
                _withdraw(promises, clause.retracted, sentence.start)
            if clause.kind == "promise" and not (kept and _is_today(clause)):
                promise = self._promise(clause, sentence)
                if promise:
                    promises.append(promise)
        self.partner_before = bool(self.words.partner.search(low))

    # ── cutting ──────────────────────────────────────────────────────────────

    def _clauses(self, sentence: Sentence, moments: list[Moment]) -> Iterator[_Clause]:
        """The clauses of a sentence, weighed, before fragments are joined."""
        until = self._question(sentence)
        told = partner = doing = retracts = False
        retracted = -1
        for start, end in self._pieces(sentence, moments):
            if start >= until:
                return
            body = self.low[start:end]
            mine = [moment for moment in moments if start <= moment.start < end]
            if self.words.turning.match(body):
                told = partner = False
            opening = None if self.words.condition.match(body) else self.words.opening.match(body)
            inner = start + (opening.end() if opening else 0)
            joins = bool(self.words.joining.match(body))
            bare = joins and doing and bool(self.words.bare.match(body))
            if bare:
                clause = _Clause(start=inner, end=end, kind="fragment", partner=partner, moments=mine)
            else:
                clause = self._weighed(inner, end, mine, partner=partner)
                clause.partner = clause.partner or bool(self.words.according.search(body))
            clause.joins, clause.bare = joins, bare
            doing = clause.kind == "promise" or (doing and clause.kind == "fragment")
            clause.corrects = bool(mine) and (retracts or bool(self.words.correction.search(body)))
            retracts = bool(self.words.retraction.match(body)) and not mine
            clause.retracted = retracted if clause.corrects and retracted >= 0 else start
            retracted = start if retracts else -1
            partner = partner or clause.partner
            if clause.kind == "told":
                told = True
            if told and not clause.corrects:
                clause.kind = "nothing"
            elif clause.corrects and clause.kind != "promise":
                clause.kind, clause.basis = "promise", "correction"
            yield clause

    def _pieces(self, sentence: Sentence, moments: list[Moment]) -> Iterator[tuple[int, int]]:
        begin = sentence.start
        for cut in self.words.cut.finditer(self.low, sentence.start, sentence.end):
            if any(moment.start <= cut.start() < moment.end for moment in moments):
                continue
            if self.low[begin : cut.start()].strip():
                yield begin, cut.start()
            begin = cut.end() if cut["mark"] else cut.start()
        if self.low[begin : sentence.end].strip():
            yield begin, sentence.end

    def _question(self, sentence: Sentence) -> int:
        """Where a question begins in the sentence; its end if it asks nothing."""
        low = self.low[sentence.start : sentence.end]
        opened = low.find("¿")
        if opened >= 0:
            return sentence.start + opened if low[:opened].strip(" ,") or "?" in low else sentence.end
        if not low.rstrip(" \"')").endswith("?"):
            return sentence.end
        assent = self.words.assent.search(low)
        if assent and not self.words.asks.match(low):
            return sentence.start + assent.start()
        if not self.words.asks.match(low):
            for cut in self.words.cut.finditer(low):
                if self.words.asks.match(low, cut.end()):
                    return sentence.start + cut.start()
        return sentence.start

    # ── weighing ─────────────────────────────────────────────────────────────

    def _weighed(self, start: int, end: int, moments: list[Moment], *, partner: bool) -> _Clause:
        """What one piece is, by itself."""
        words, body = self.words, self.low[start:end]
        clause = _Clause(start=start, end=end, kind="fragment", partner=partner, moments=moments)
        if words.courtesy.match(body):
            clause.kind = "courtesy"
        elif words.condition.match(body):
            clause.kind = "condition"
            main = words.main_after.search(body, 8)
            if main and any(moment.start >= start + main.start() for moment in moments):
                clause.kind, clause.basis, clause.conditional = "promise", "future", True
                clause.gives = True
        elif words.told.search(body) and not (words.says.search(body) and words.partner.search(body)):
            clause.kind = "told"
        else:
            self._weigh_deed(clause, body)
        return clause

    def _weigh_deed(self, clause: _Clause, body: str) -> None:
        words = self.words
        said = words.says.search(body)
        if said and words.negated.search(body, 0, said.start()):
            clause.kind = "nothing"
            return
        if said and not words.ours.search(body):
            clause.partner = True
            clause.start += said.end()
            body = body[said.end() :]
            if not body.strip():
                clause.kind = "nothing"
                return
        if words.negated.search(body) or words.customer.search(body) or words.standing_facts.search(body):
            clause.kind = "nothing"
            return
        verb = words.future.search(body)
        if not verb and clause.partner and words.reported.search(body):
            verb = words.reported.search(body)
        if not verb and (words.unreal.search(body) or words.past.search(body)):
            clause.kind, clause.basis = "nothing", "past"
            return
        clause.basis = "future" if verb else ""
        if not verb and (verb := words.present.search(body)):
            clause.basis = "present"
        if not verb and (short := words.short.match(body)):
            clause.basis, verb = "short", short
        if not verb and said and clause.moments:
            clause.kind, clause.basis = "promise", "short"
        if not verb:
            return
        clause.kind = "promise"
        clause.gives = bool(words.gives.search(body)) and not words.activity.search(body)
        doer = words.partner.search(body)
        if doer and (doer.start() < verb.start() or words.partner_after.search(body)) and not words.ours.match(body):
            clause.partner = True
        if self.partner_before and words.they.match(body):
            clause.partner = True

    # ── joining ──────────────────────────────────────────────────────────────

    def _joined(self, pieces: Iterator[_Clause]) -> list[_Clause]:
        """Clauses with their fragments and conditions; a time before the first verb goes to it."""
        clauses: list[_Clause] = []
        waiting: _Clause | None = None
        conditional = courtesy = other = False
        pieces_first: _Clause | None = None
        for piece in pieces:
            pieces_first = pieces_first or piece
            last = clauses[-1] if clauses else None
            if last and last.kind == "promise" and last.moments and self._closes(piece):
                last.end = piece.end
            elif piece.kind == "courtesy" and other:
                clauses.append(piece)  # It offers the alternative just named, not what was promised.
            elif piece.kind in ("condition", "courtesy"):
                conditional, courtesy = conditional or piece.kind == "condition", courtesy or piece.kind == "courtesy"
                self._after_the_fact(last, piece)
                clauses.append(piece)
            elif piece.kind == "fragment" and piece.bare and piece.moments and last and last.moments:
                piece.kind, piece.basis, piece.partner = "promise", last.basis or "future", last.partner
                clauses.append(piece)
            elif piece.kind == "fragment":
                waiting = self._fragment(piece, last, waiting)
            elif piece.kind == "promise":
                piece.conditional = piece.conditional or conditional
                if courtesy:
                    piece.kind = "nothing"
                if waiting and waiting.moments and not piece.moments:
                    piece.start, piece.moments = waiting.start, waiting.moments
                waiting = None
                if last and last.moments and not piece.moments and self._waits(last):
                    if not self.low.startswith("you", piece.start):
                        last.end = piece.end
                    continue
                if last and self._continues(last, piece):
                    piece.start, piece.gives = last.start, piece.gives or last.gives
                    piece.basis, piece.conditional = last.basis or piece.basis, last.conditional
                    clauses.pop()
                clauses.append(piece)
            elif last and self._reports(last, piece):
                last.end, last.moments = piece.end, piece.moments
            else:
                waiting = None
                clauses.append(piece)
            other = piece.kind == "fragment" and not piece.moments and piece is not pieces_first
        if waiting and not any(clause.kind == "promise" for clause in clauses) and self._stands(waiting):
            waiting.kind, waiting.basis = "promise", "loose"
            clauses.append(waiting)
        return clauses

    def _fragment(self, piece: _Clause, last: _Clause | None, waiting: _Clause | None) -> _Clause | None:
        if piece.corrects and piece.moments:
            piece.kind, piece.basis = "promise", "short"
        if last and last.kind in ("promise", "nothing") and not piece.corrects:
            if piece.moments:
                last.end, last.moments = piece.end, last.moments + piece.moments
            elif piece.bare and last.moments and self._waits(last):
                last.end = piece.end
            return None
        return piece if piece.moments or waiting is None else waiting

    def _continues(self, last: _Clause, piece: _Clause) -> bool:
        """Whether one doer does both, and only the second has a time: one promise."""
        if not piece.joins or last.moments or not piece.moments or last.partner != piece.partner:
            return False
        event = any(moment.from_event for moment in piece.moments)
        if last.kind == "nothing":
            return event and bool(self.words.customer.search(self.low[last.start : last.end]))
        first_person = self.words.same_doer.match(self.low[piece.start : piece.end])
        return last.kind == "promise" and bool(first_person)

    def _closes(self, piece: _Clause) -> bool:
        """Whether the piece is a last word to the clause before it: "…, as you asked"."""
        return piece.kind != "promise" and bool(self.words.closing.match(self.low[piece.start : piece.end]))

    def _waits(self, clause: _Clause) -> bool:
        """Whether the clause asks for patience: what follows is why, not another promise."""
        return bool(self.words.patience.match(self.low[clause.start : clause.end]))

    def _reports(self, last: _Clause, piece: _Clause) -> bool:
        """Whether the piece only says what the deed before it is about: "I'll check | that it left tonight"."""
        linked = self.words.linking.search(self.low, max(0, piece.start - 6), piece.start)
        return bool(linked) and piece.basis == "past" and last.kind == "promise" and not last.moments and bool(piece.moments)

    @staticmethod
    def _after_the_fact(last: _Clause | None, condition: _Clause) -> None:
        """A condition that follows its promise."""
        if last and last.kind == "promise":
            if condition.kind == "courtesy":
                last.kind = "nothing"
            else:
                last.conditional = True

    def _stands(self, piece: _Clause) -> bool:
        """Whether words with a time are a promise though no verb of ours is known: "Our van pulls up at six"."""
        moment = _chosen(piece.moments)
        if moment is None or moment.due_at is None or moment.lead in ("of", "after", "until"):
            return False
        rest = self.low[piece.start : moment.start] + " " + self.low[moment.end : piece.end]
        return len(rest.split()) >= 3 and not self.words.stating.search(rest) and not self._numbered(piece)

    # ── proposing ────────────────────────────────────────────────────────────

    def _promise(self, clause: _Clause, sentence: Sentence) -> Promise | None:
        low = self.low[clause.start : clause.end]
        usable = [moment for moment in clause.moments if moment.counted or moment.lead not in ("of", "until", "since")]
        if not usable and not clause.gives:
            return None
        moment = _chosen(usable)
        for other in usable:
            if moment and other is not moment and not moment.timed and other.clock and moment.day:
                moment = at_the_clock(moment, other, self.spoken)
                break
        vague = moment is None or moment.due_at is None
        if clause.basis == "short" and (vague or self._numbered(clause)):
            return None
        if vague and (moment is None or moment.rule == "vague") and not clause.gives and not self._touches(clause, moment):
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

    def _numbered(self, clause: _Clause) -> bool:
        """A list of what happened ("Visit 2 on 26 May") is no promise."""
        return bool(_NUMBERED.match(self.low, clause.start, clause.end))

    def _touches(self, clause: _Clause, moment: Moment | None) -> bool:
        """A vague time makes a promise of a deed that the customer will notice."""
        if moment is None:
            return False
        if moment.from_event:
            return True
        return not self.words.activity.search(self.low[clause.start : clause.end])

    def _span(self, clause: _Clause, moment: Moment | None) -> tuple[int, int]:
        start, end = clause.start, clause.end
        if moment and moment.end <= end and (tail := self.words.trailing.search(self.low, moment.end, end)):
            end = tail.start()
        while start < end and not (self.low[start].isalnum() or self.low[start] in "$£€¿¡("):
            start += 1
        while end > start and not (self.low[end - 1].isalnum() or self.low[end - 1] in ")%$€£"):
            end -= 1
        return start, end


def _chosen(moments: list[Moment]) -> Moment | None:
    """The time that counts: the first that names an instant, else the first."""
    dated = [moment for moment in moments if moment.due_at is not None]
    events = [moment for moment in moments if moment.from_event]
    firm = [moment for moment in dated if moment.lead != "after"]
    return next(iter(events or firm or dated or moments), None)


def _is_today(clause: _Clause) -> bool:
    return not clause.moments or all(moment.rule in ("today", "vague") for moment in clause.moments)


def _withdraw(promises: list[Promise], here: int, sentence: int) -> None:
    """Take back what was said just before: only the last version counts."""
    if promises and not promises[-1].vague and (promises[-1].start >= sentence or here - promises[-1].end < 25):
        promises.pop()
