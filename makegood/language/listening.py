"""Everything one message seems to say, as one list: what the composer, the timeline and the record take.

    incoming    a customer's message: what it is, when he needs it, what he would like, which numbers he names
    outgoing    a message of ours: its kinds, and the promises in it with their due times
    Reading     one proposal, whoever made it: these rules, or a second reader

A message whose language we don't read gives nothing: a person reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from . import kinds, messages, needs, promises, references, which, wishes
from .known import LANGUAGES
from .locales import locale_of as locale_of
from .proposals import Proposal
from .times import Spoken


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One thing a message seems to say.

    Of a promise `label` is whose word it is, us or partner; of a reference its type and value, "order 88-1973".
    """

    #: kind, promise, label, need_by, wish, reference, earlier.
    task: str
    label: str
    words: str
    start: int
    end: int
    rule: str
    #: From 0 to 1.
    sure: float
    #: Tag of the language it was read in; empty where the text was too short to tell, and all were tried.
    language: str
    #: UTC; None for what has no instant, a promise without a date among it.
    due_at: datetime | None = None
    near_at: datetime | None = None


def incoming(text: str, *, spoken: Spoken, declared: str | None = None) -> tuple[Reading, ...]:
    """What a customer's message seems to say. `spoken` is when he wrote it, on his own clock. Never raises.

    `declared` is the language tag that his program or his case gives, for texts too short to tell.
    """
    language = which.language(text, declared).label
    if language and language not in LANGUAGES:
        return ()
    return tuple(_of_customer(text, language or None, _in_language(spoken, language)))


def outgoing(text: str, *, spoken: Spoken, declared: str | None = None) -> tuple[Reading, ...]:
    """What a message of ours seems to say. `spoken` is when, on the writer's clock. Never raises."""
    told = which.language(text, declared).label
    if told and told not in LANGUAGES:
        return ()
    heard = kinds.outgoing(text, language=told or None)
    read = [_plain("kind", proposal, told) for proposal in heard.proposals]
    for found in _promised(text, told, spoken):
        read.append(
            Reading(
                task="promise",
                label=found.who,
                words=found.words,
                start=found.start,
                end=found.end,
                rule=found.rule,
                sure=found.sure,
                language=told,
                due_at=found.due_at,
                near_at=found.near_at,
            )
        )
    return tuple(read)


def promised(text: str, *, spoken: Spoken, declared: str | None = None) -> tuple[promises.Promise, ...]:
    """The promises in a message of ours, and nothing else of it. `spoken` is as for `outgoing`. Never raises."""
    told = which.language(text, declared).label
    return () if told and told not in LANGUAGES else _promised(text, told, spoken)


def _promised(text: str, language: str, spoken: Spoken) -> tuple[promises.Promise, ...]:
    return promises.found(text, spoken=_in_language(spoken, language), language=language or None)


def _in_language(spoken: Spoken, language: str) -> Spoken:
    return replace(spoken, locale=locale_of(spoken.zone, language=language or "en"))


def _of_customer(text: str, language: str | None, spoken: Spoken) -> Iterator[Reading]:
    told = language or ""
    for proposal in messages.incoming(text, language=language):
        yield _plain("label", proposal, told)
    need = needs.need_by(text, spoken=spoken, language=language)
    if need is not None:
        yield Reading(
            task="need_by",
            label="need_by",
            words=need.words,
            start=need.start,
            end=need.end,
            rule=need.rule,
            sure=need.sure,
            language=told,
            due_at=need.due_at,
        )
    for task, proposals in (
        ("wish", wishes.found(text, language=language)),
        ("earlier", references.mentions_earlier(text, language=language)),
    ):
        for proposal in proposals:
            yield _plain(task, proposal, told)
    for proposal in references.found(text, language=language):
        yield replace(_plain("reference", proposal, told), label=f"{proposal.label} {proposal.words}")


def _plain(task: str, proposal: Proposal, language: str) -> Reading:
    return Reading(
        task=task,
        label=proposal.label,
        words=proposal.words,
        start=proposal.start,
        end=proposal.end,
        rule=proposal.rule,
        sure=proposal.sure,
        language=language,
    )
