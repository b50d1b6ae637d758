"""Clauses joined again where one promise runs over several: its time in front, its condition behind a comma.

Joiner    joins the weighed clauses of one sentence
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .clauses import Clause, chosen, numbered
from .open_clauses import content
from .promise_words import PromiseWords


@dataclass(kw_only=True, slots=True)
class Joiner:
    """Joins the clauses of the sentences of one text."""

    low: str
    words: PromiseWords

    def joined(self, pieces: Iterator[Clause]) -> list[Clause]:
        """Clauses with their fragments and conditions; a time before the first verb goes to it."""
        clauses: list[Clause] = []
        waiting: Clause | None = None
        conditional = courtesy = other = False
        all_pieces = list(pieces)
        for place, piece in enumerate(all_pieces):
            last = clauses[-1] if clauses else None
            after = all_pieces[place + 1] if place + 1 < len(all_pieces) else None
            if last and last.kind == "promise" and last.moments and self._closes(piece):
                last.end = piece.end
            elif piece.kind == "courtesy" and other:
                clauses.append(piece)  # It offers the alternative just named, not what was promised.
            elif piece.kind in ("condition", "courtesy"):
                conditional, courtesy = conditional or piece.kind == "condition", courtesy or piece.kind == "courtesy"
                self._after_the_fact(last, piece)
                clauses.append(piece)
            elif piece.kind == "fragment" and piece.bare and piece.moments and last and last.moments:
                # What was denied, or is past, stays so in the verb that goes on with it.
                piece.kind = "nothing" if last.basis in ("denied", "past") else "promise"
                piece.basis, piece.partner = last.basis or "future", last.partner
                clauses.append(piece)
            elif piece.kind == "fragment" and not self._opens(piece, last, after):
                waiting = self._fragment(piece, last, waiting)
                if waiting is not piece and waiting and self._follows(waiting, piece):
                    waiting.end, waiting.open, waiting.empty = piece.end, True, False
            elif piece.kind in ("promise", "fragment"):
                if piece.kind == "fragment":
                    piece.kind, piece.basis = "promise", "open"
                piece.conditional = piece.conditional or conditional
                if courtesy:
                    piece.kind = "nothing"
                self._with_time(waiting, piece)
                waiting = None
                if last and last.moments and not piece.moments and self._waits(last):
                    if not self.low.startswith("you", piece.start):
                        last.end = piece.end
                    continue
                if last and self._continues(last, piece):
                    piece.start, piece.gives = last.start, piece.gives or last.gives
                    basis = last.basis if last.kind == "promise" else ""
                    piece.basis, piece.conditional = basis or piece.basis, last.conditional
                    clauses.pop()
                clauses.append(piece)
            elif last and self._reports(last, piece):
                last.end, last.moments = piece.end, piece.moments
            else:
                waiting = None
                clauses.append(piece)
            other = piece.kind == "fragment" and not piece.moments and place > 0
        if waiting and not any(clause.kind == "promise" for clause in clauses) and self._stands(waiting):
            waiting.kind, waiting.basis, waiting.conditional = "promise", "loose", conditional
            clauses.append(waiting)
        return clauses

    def _opens(self, piece: Clause, last: Clause | None, after: Clause | None) -> bool:
        """Whether a piece without a known verb tells a deed of its own: not a time for the one before or after it."""
        if not piece.open:
            return False
        if last and last.kind == "promise":
            own = self._has_doer(piece) or (piece.joins and bool(last.moments))
            return own and content(self.low, piece.start, piece.end, piece.moments, self.words.open) > 1
        return not (after and after.kind == "promise" and not after.moments and not after.joins)

    def _has_doer(self, piece: Clause) -> bool:
        return bool(self.words.open.subject.match(self.low, piece.start, piece.end))

    def _with_time(self, waiting: Clause | None, piece: Clause) -> None:
        """Give the deed the time that was named before it, and its place in the text."""
        if waiting and waiting.moments and not piece.moments:
            piece.start, piece.moments = waiting.start, waiting.moments
        elif waiting and piece.moments and self._goes_on(waiting, piece):
            piece.start = waiting.start

    def _goes_on(self, waiting: Clause, piece: Clause) -> bool:
        """Whether the doer stands before "and", and the time behind it: "I'm having it redone | and sent by Monday"."""
        if waiting.moments or not piece.joins or piece.basis not in ("short", "open"):
            return False
        return self._has_doer(waiting) and not self._has_doer(piece)

    def _fragment(self, piece: Clause, last: Clause | None, waiting: Clause | None) -> Clause | None:
        if piece.corrects and piece.moments:
            piece.kind, piece.basis = "promise", "short"
        if last and last.kind in ("promise", "nothing") and not piece.corrects:
            if piece.moments:
                last.idle = False
                last.end, last.moments = piece.end, last.moments + piece.moments
            elif piece.bare and last.moments and self._waits(last):
                last.end = piece.end
            return None
        if piece.empty and waiting and not waiting.moments and self._names(waiting):
            piece.head = waiting.start
        return piece if piece.moments or waiting is None else waiting

    def _follows(self, waiting: Clause, piece: Clause) -> bool:
        """Whether a bare time comes first and what is done by then after it: "Two days | and the scar is history"."""
        return waiting.empty and piece.joins and not piece.moments and self._has_doer(piece)

    def _names(self, piece: Clause) -> bool:
        """Whether a piece without a time is the thing that a bare time after it is for: "New boiler | , Tuesday"."""
        body = self.low[piece.start : piece.end]
        words = self.words.open
        return (
            0 < len(body.split()) <= 6
            and content(self.low, piece.start, piece.end, [], words) > 0
            and not (words.customer.search(body) or words.facts.search(body) or words.past.search(body))
            and not self.words.stating.search(body)
        )

    def _continues(self, last: Clause, piece: Clause) -> bool:
        """Whether one doer does both, and only the second has a time: one promise."""
        if not piece.joins or last.moments or not piece.moments or last.partner != piece.partner:
            return False
        event = any(moment.from_event for moment in piece.moments)
        if last.kind == "nothing":
            return event and bool(self.words.customer.search(self.low[last.start : last.end]))
        first_person = self.words.same_doer.match(self.low[piece.start : piece.end])
        verbless = piece.basis in ("short", "open") and not self._has_doer(piece)
        return last.kind == "promise" and (bool(first_person) or verbless)

    def _closes(self, piece: Clause) -> bool:
        """Whether the piece is a last word to the clause before it: "…, as you asked"."""
        return piece.kind != "promise" and bool(self.words.closing.match(self.low[piece.start : piece.end]))

    def _waits(self, clause: Clause) -> bool:
        """Whether the clause asks for patience: what follows is why, not another promise."""
        return bool(self.words.patience.match(self.low[clause.start : clause.end]))

    def _reports(self, last: Clause, piece: Clause) -> bool:
        """Whether the piece only says what the deed before it is about: "I'll check | that it left tonight"."""
        linked = self.words.linking.search(self.low, max(0, piece.start - 6), piece.start)
        return (
            bool(linked)
            and piece.basis == "past"
            and last.kind == "promise"
            and last.basis == "future"
            and not last.moments
            and bool(piece.moments)
        )

    @staticmethod
    def _after_the_fact(last: Clause | None, condition: Clause) -> None:
        """A condition that follows its promise."""
        if last and last.kind == "promise":
            if condition.kind == "courtesy":
                last.kind = "nothing"
            else:
                last.conditional = True

    def _stands(self, piece: Clause) -> bool:
        """Whether words with a time are a promise though no verb of ours is known: "Our van pulls up at six"."""
        moment = chosen(piece.moments)
        if moment is None or moment.due_at is None or moment.lead in ("of", "after", "until"):
            return False
        if piece.head >= 0:
            piece.start = piece.head
            return True
        if piece.open:
            return True
        rest = self.low[piece.start : moment.start] + " " + self.low[moment.end : piece.end]
        return len(rest.split()) >= 3 and not self.words.stating.search(rest) and not numbered(self.low, piece)
