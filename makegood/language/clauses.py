"""A sentence cut into clauses, and each clause weighed: does it promise, and whose word would it be.

Clause     a stretch of a sentence and what it was found to be
Cutter     cuts the sentences of one text and weighs the pieces
chosen     which of several times counts
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .open_clauses import arranged, content, is_open, is_past, tells_when, without_times
from .promise_words import PromiseWords
from .sentences import Sentence
from .times import Moment

_NUMBERED = re.compile(r"[a-z]+ \d{1,2}\b(?! (?:days?|hours?|min|weeks?|months?|d[íi]as|horas|semanas|a |to |-))")


@dataclass(kw_only=True, slots=True)
class Clause:
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
    #: Tells of something with a coming time, though no word of it is known.
    open: bool = False
    #: Our own work, of which he gets nothing.
    idle: bool = False
    #: Nothing but a time: where the words before it begin that say of what ("Refund: | Friday").
    empty: bool = False
    head: int = -1
    corrects: bool = False
    #: Where the words of a correction begin.
    retracted: int = 0
    conditional: bool = False
    moments: list[Moment] = field(default_factory=list)


def chosen(moments: list[Moment]) -> Moment | None:
    """The time that counts: the first that names an instant, else the first.

    A day counts for nothing beside a time of another zone: "On Friday I call at 5pm London time".
    """
    void = [moment for moment in moments if moment.void]
    if void and not any(moment.timed or moment.counted for moment in moments):
        return void[0]
    dated = [moment for moment in moments if moment.due_at is not None]
    events = [moment for moment in moments if moment.from_event]
    firm = [moment for moment in dated if moment.lead != "after"]
    return next(iter(events or firm or dated or moments), None)


def numbered(low: str, clause: Clause) -> bool:
    """Whether it is an entry of a list of what happened ("Visit 2 on 26 May"), which promises nothing."""
    return bool(_NUMBERED.match(low, clause.start, clause.end))


@dataclass(kw_only=True, slots=True)
class Cutter:
    """Cuts the sentences of one text; remembers whether the last one spoke of a partner."""

    low: str
    words: PromiseWords
    #: A date later than this is one of last year's, unless the clause says "will".
    far: datetime
    partner_before: bool = False

    def clauses(self, sentence: Sentence, moments: list[Moment]) -> Iterator[Clause]:
        """The clauses of a sentence, weighed, before fragments are joined."""
        until = self._question(sentence)
        told = partner = doing = retracts = denied = False
        retracted = before = -1
        for start, end in self._pieces(sentence, moments):
            if start >= until:
                return
            body = self.low[start:end]
            mine = [
                moment
                for moment in moments
                if start <= moment.start < end and tells_when(self.low, start, moment, self.words.open)
            ]
            if self.words.turning.match(body):
                told = partner = False
            opening = None if self.words.condition.match(body) else self.words.opening.match(body)
            inner = start + (opening.end() if opening else 0)
            joins = bool(self.words.joining.match(body))
            bare = joins and doing and bool(self.words.bare.match(body))
            if before >= 0 and self._speaks_for(before, start, body):
                partner = True
            before = start
            if bare:
                clause = Clause(start=inner, end=end, kind="fragment", partner=partner, moments=mine)
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
            if denied and self.words.linking.search(self.low, start, inner):
                clause.kind, clause.basis = "nothing", "denied"
            denied = clause.basis == "denied" and not retracts
            if told and not clause.corrects:
                clause.kind = "nothing"
            elif clause.corrects and clause.kind != "promise":
                clause.kind, clause.basis = "promise", "correction"
            yield clause

    def _speaks_for(self, before: int, start: int, body: str) -> bool:
        """Whether a piece is the word of whom the piece before it names: "the bank's letter: …", "the court, who …"."""
        last = self.low[before:start]
        if not (last.rstrip().endswith(":") or self.words.open.relative.match(body)):
            return False
        return bool(self.words.partner.search(last)) and not self.words.ours.search(last)

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

    def _weighed(self, start: int, end: int, moments: list[Moment], *, partner: bool) -> Clause:
        """What one piece is, by itself."""
        words, body = self.words, self.low[start:end]
        clause = Clause(start=start, end=end, kind="fragment", partner=partner, moments=moments)
        if words.courtesy.match(body):
            clause.kind = "courtesy"
        elif words.condition.match(body):
            clause.kind = "condition"
            main = words.main_after.search(body, 8)
            after = start + main.start() if main else self._resumed(end, moments)
            if any(moment.start >= after for moment in moments):
                clause.kind, clause.basis, clause.conditional = "promise", "future", True
                clause.gives, clause.moments = True, [moment for moment in moments if moment.start >= after]
        elif words.told.search(body) and not (words.says.search(body) and words.partner.search(body)):
            clause.kind = "told"
        else:
            self._weigh_deed(clause, body)
        return clause

    def _resumed(self, end: int, moments: list[Moment]) -> int:
        """Where a condition without a comma is over: a doer right after its time. The end if it goes on."""
        for moment in moments:
            if self.words.open.doer.match(self.low, moment.end, end):
                return moment.end
        return end

    def _weigh_deed(self, clause: Clause, body: str) -> None:
        words = self.words
        said = words.says.search(body)
        if said and words.negated.search(body, 0, said.end()):
            clause.kind, clause.basis = "nothing", "denied"
            return
        if said and not words.ours.search(body):
            clause.partner = True
            clause.start += said.end()
            body = body[said.end() :]
            if not any(letter.isalnum() for letter in body):
                clause.kind = "nothing"
                return
        if words.negated.search(body) or words.open.indirect.match(body):
            clause.kind, clause.basis = "nothing", "denied"
            return
        if words.customer.search(body) or words.standing_facts.search(body):
            clause.kind = "nothing"
            return
        verb = words.future.search(body)
        if not verb and clause.partner and words.reported.search(body):
            verb = words.reported.search(body)
        if not verb and self._is_told(clause, body):
            return
        clause.basis = "future" if verb else ""
        if not verb:
            clause.moments = [moment for moment in clause.moments if not moment.due_at or moment.due_at < self.far]
        timeless = without_times(self.low, clause.start, clause.end, clause.moments)
        if not verb and (verb := words.present.search(timeless)):
            clause.basis = "present"
        if not verb and (short := words.short.match(body)):
            clause.basis, verb = "short", short
        if not verb and clause.partner and clause.moments:
            clause.kind, clause.basis = "promise", "short"
        if not verb:
            idle = words.open.activity.search(body) is not None
            clause.open = not idle and is_open(self.low, clause.start, clause.end, clause.moments, words.open)
            clause.empty = bool(clause.moments) and not self._content(clause)
            doer = words.partner.search(body) if clause.open else None
            clause.partner = clause.partner or bool(doer and not words.ours.match(body))
            return
        clause.kind = "promise"
        clause.gives = bool(words.gives.search(body)) and not words.activity.search(body)
        clause.idle = not clause.gives and bool(words.open.activity.search(body))
        doer = words.partner.search(body)
        if doer and (doer.start() < verb.start() or words.partner_after.search(body)) and not words.ours.match(body):
            clause.partner = True
        if self.partner_before and words.they.match(body):
            clause.partner = True

    def _content(self, clause: Clause) -> int:
        return content(self.low, clause.start, clause.end, clause.moments, self.words.open)

    def _is_past(self, clause: Clause, body: str) -> bool:
        timeless = without_times(self.low, clause.start, clause.end, clause.moments)
        return is_past(timeless, clause.moments, self.words.open, verb=bool(self.words.present.search(body)))

    def _is_told(self, clause: Clause, body: str) -> bool:
        """Whether a clause without a future is past or unreal, or puts something to a coming time (a promise)."""
        words = self.words
        if arranged(self.low, clause.start, clause.end, clause.moments, words.open):
            clause.kind, clause.basis = "promise", "open"
            return True
        if words.unreal.search(body) or words.past.search(body) or self._is_past(clause, body):
            clause.kind, clause.basis = "nothing", "past"
            return True
        return False
