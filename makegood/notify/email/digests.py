"""A digest: a sentence with the numbers, then a section for each case with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext, ngettext

from .blocks import Block, Button, Heading, Link, Quote, Sentence, Tone
from .moments import Reader, reader
from .telling import numbers, tell, who
from .words import Digest, NoticeLine

_DESK = ("watch.failed", "canary.missed", "door.trouble", "certificate.ends", "backup.restored")


@dataclass(frozen=True, kw_only=True)
class _Section:
    """All that is told of one case, or of the desk itself."""

    case: str
    lines: tuple[NoticeLine, ...]

    @property
    def rings(self) -> bool:
        return any(line.acknowledge_url or line.kind.startswith("alarm.") for line in self.lines)

    @property
    def may_be_written_to(self) -> bool:
        """Each case has an address of its own. Whoever was set aside is judged before he is answered."""
        set_aside = any(line.facts.get("quarantined") is True for line in self.lines)
        return bool(self.first("answer_to")) and not set_aside

    def first(self, field: str) -> str:
        """The first line's value that is not empty."""
        return next((value for line in self.lines if (value := getattr(line, field))), "")


def headline(lines: tuple[NoticeLine, ...]) -> str:
    """Return one sentence with numbers in it: "2 promises are broken, 1 case is offered to you."."""
    broken, warned, offered, mine, unresolved, desk, other = _counts(lines)
    clauses = [
        (broken, ngettext("{n} promise is broken", "{n} promises are broken", broken)),
        (unresolved, ngettext("{n} customer is not content", "{n} customers are not content", unresolved)),
        (warned, ngettext("{n} promise comes due", "{n} promises come due", warned)),
        (offered, ngettext("{n} case is offered to you", "{n} cases are offered to you", offered)),
        (mine, ngettext("{n} case is newly yours", "{n} cases are newly yours", mine)),
        (desk, ngettext("{n} fault of the desk itself", "{n} faults of the desk itself", desk)),
        (other, ngettext("{n} more thing to know", "{n} more things to know", other)),
    ]
    said = ", ".join(words.format(n=n) for n, words in clauses if n)
    return f"{said}." if said else gettext("Nothing new.")


def _counts(lines: tuple[NoticeLine, ...]) -> tuple[int, ...]:
    """Count promises once however often they rang, and each case once in a group."""
    broken = {(line.case, n) for line in lines if line.kind == "alarm.raised" for n in numbers(line)}
    warned = {(line.case, str(line.facts.get("number"))) for line in lines if line.kind == "promise.warned"}
    offered = {line.case for line in lines if line.kind == "handoff.offered"}
    mine = {line.case for line in lines if line.kind == "owner.changed"}
    unresolved = {line.case for line in lines if _is_unresolved(line)}
    desk = [line for line in lines if line.kind in _DESK]
    counted = ("alarm.raised", "promise.warned", "handoff.offered", "owner.changed", *_DESK)
    other = [line for line in lines if line.kind not in counted and not _is_unresolved(line)]
    unnumbered = {line.case for line in lines if line.kind == "alarm.raised" and not numbers(line)}
    groups = (broken, warned, offered, mine, unresolved | unnumbered, desk, other)
    return tuple(len(group) for group in groups)


def _is_unresolved(line: NoticeLine) -> bool:
    return line.kind == "unresolved.said" or (line.kind == "case.reopened" and line.facts.get("unresolved") is True)


def subject_of(digest: Digest, said: str) -> str:
    """Return the subject: whose case and its number where there is but one, else the headline."""
    cases = {line.case for line in digest.lines}
    if len(cases) != 1 or not digest.lines[0].case:
        return said
    line = digest.lines[0]
    return f"{line.who}: {said.rstrip('.')} [{line.case}]" if line.who else f"{said.rstrip('.')} [{line.case}]"


def digest_blocks(digest: Digest) -> Iterator[Block]:
    """Yield the sections, those that ring first, and the way to the board."""
    sections = _sections(digest.lines)
    seen_by = reader(digest.envelope)
    one_case = len(sections) == 1 and bool(sections[0].case)
    for section in sections:
        yield Heading(words=section.first("who") or _title(section), aside=section.case)
        yield from _told(section, seen_by)
        yield from _doing(section)
        if one_case and digest.envelope.reply_to:
            yield _answering(section)
        elif section.may_be_written_to:
            yield _writing(section)
    if not one_case and any(section.may_be_written_to for section in sections):
        yield _not_this_mail()
    if digest.board_url:
        yield Link(label=gettext("Today’s board"), url=digest.board_url)


def _sections(lines: tuple[NoticeLine, ...]) -> list[_Section]:
    cases = dict.fromkeys(line.case for line in lines)
    made = [_Section(case=case, lines=tuple(line for line in lines if line.case == case)) for case in cases]
    return sorted(made, key=lambda section: not section.rings)


def _title(section: _Section) -> str:
    return gettext("A customer whose name we don’t know") if section.case else gettext("The desk itself")


def _told(section: _Section, seen_by: Reader) -> Iterator[Block]:
    quoted = ""
    for line in section.lines:
        told = tell(line, seen_by)
        yield Sentence(words=told.first, tone=told.tone)
        if line.what and line.what != quoted:
            yield Quote(words=translation.gettext(line.what))  # a clock is called by its title in the policy
            quoted = line.what
        if told.more:
            yield Sentence(words=" ".join(told.more))


def _doing(section: _Section) -> Iterator[Block]:
    acknowledge = section.first("acknowledge_url")
    if acknowledge:
        yield Button(
            label=gettext("I have it"),
            url=acknowledge,
            under=gettext("Opens a page with one button. Nothing happens until you press it there."),
        )
    if section.first("case_url"):
        yield Link(label=gettext("Open case {case}").format(case=section.case), url=section.first("case_url"))


def _answering(section: _Section) -> Sentence:
    return Sentence(
        words=gettext(
            "Answer this mail and your words go to {who} as an answer. Begin the first line with “note:” to "
            "keep it inside, or with “ask:” to ask."
        ).format(who=who(section.lines[0]))
    )


def _writing(section: _Section) -> Link:
    label = gettext("Answer {who} by mail").format(who=who(section.lines[0]))
    return Link(label=label, url=f"mailto:{section.first('answer_to')}")


def _not_this_mail() -> Sentence:
    return Sentence(
        words=gettext(
            "A mail to one of these addresses goes to that customer as an answer. Don’t answer this mail "
            "itself: it is about more than one case."
        ),
        tone=Tone.QUIET,
    )
