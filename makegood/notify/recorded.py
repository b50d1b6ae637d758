"""What the record says in English, said in the reader's language.

Reasons, evidence and refusals are written down once, in English, when they
come true. A reader of another language gets those sentences that the
catalogue of `makegood.desk` knows; whatever a person or a mail server said
stays as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import translation

from . import connectors_said

WITH_GAPS = (
    "The desk itself failed on it ({error}). Its log says where.",
    "The next one would be more than the {approved} that were approved.",
    "wrote by the door {door} while a promise was broken",
    "not known whether it arrived: {answer}",
    "an answer of {name}",
    "a note of {name}",
    "{name} has it",
    "from {name}, not sent: {why}",
    "It used the reply address of {name}, but came from another address.",
    "It came from the address of {name}, who no longer works here.",
    "It bears the address of {name}, but nothing proves that it is his or hers.",
    "{name} has no right to this case.",
    "A program seems to have written it ({reasons}). Somebody may stand behind it.",
    "Reading it failed {tries} times. The original is kept as item {item}.",
    "“{kind}” is no kind of reply.",
    "“{label}” is nothing a message can be.",
    "of a mail that is not ours: {answer}",
    "about a mail of ours on no case: {answer}",
    "{what}, about no case ({reasons})",
    "It is in {currency}.",
    "It takes off up to {sum}.",
    "we hold {thing}",
    "redeemed for order {order}",
    "one of our own codes, number {item}",
    "{minutes}-minute canary missing: mail out or in stands still.",
    "remedy {number} failed: {why}",
    "remedy {number} came after he needed it",
    "It would be {sum} on this case, more than {limit}.",
    "It would be {sum} to this customer in 30 days, more than {limit}.",
    "It would be {sum} for all of them together, more than {limit}.",
    "It would be {sum} with what one of them got in 30 days, more than {limit}.",
    "It would be {sum} by you today, more than {limit}.",
    "It would be {sum} by you in 30 days, more than {limit}.",
    "The policy has no rate for {currency}, so only an executive can say yes.",
    "It needs the authority of {role}.",
    "It would need {sum} more.",
    "“{code}” is no currency.",
    "{currency} has no digits after the point.",
    "{n} of them: no {field}.",
    "{currency} has {n} digits after the point.",
    "This is {share} % of the price. Above {ceiling} % more does not help: say why.",
    "This is {share} % of the price. They give it back: {least} to {most} % does most.",
    "This is {share} % of the price. They keep it: the first parts do most.",
    "“{title}” is sold out. Offer something that there is.",
    "“{title}”: say what it costs us, or what he paid.",
    "“{title}” may cost {most} at most, as the catalogue says.",
    "The catalogue has no “{name}”.",
    *connectors_said.SENTENCES,
)
"""Sentences of the record in which something of its own stands."""
LONGEST = 2_000
"""Characters; a longer text is nobody's sentence of ours."""

_MONEY = r"-?[0-9.]+ [A-Z]{3}"
_END_OF_SENTENCE = re.compile(r"(?<=[.!?”]) (?=[A-Z“])")


def _pattern(template: str) -> re.Pattern[str]:
    pieces = re.split(r"({\w+})", template)
    return re.compile("".join(_gap(p[1:-1]) if p[:1] == "{" else re.escape(p) for p in pieces), re.DOTALL)


def _gap(name: str) -> str:
    return f"(?P<{name}>{_MONEY if name in ('sum', 'limit') else '.+'})"


_PATTERNS = tuple((template, _pattern(template)) for template in WITH_GAPS)


def say(text: str) -> str:
    """Return a text of the record in the active language, each sentence that is known; the rest as it stands."""
    if not text or len(text) > LONGEST:
        return text
    return _known(text) or " ".join(_sentences(text))


def _known(text: str) -> str:
    said = translation.gettext(text)
    if said != text:
        return said
    for template, pattern in _PATTERNS:
        if found := pattern.fullmatch(text):
            gaps = {name: say(value) if name in ("what", "why") else value for name, value in found.groupdict().items()}
            return translation.gettext(template).format(**gaps)
    return ""


def _sentences(text: str) -> Iterator[str]:
    """The longest runs of sentences that the catalogue knows, one after the other."""
    rest = _END_OF_SENTENCE.split(text)
    while rest:
        for length in range(len(rest), 0, -1):
            if said := _known(" ".join(rest[:length])):
                break
        yield said or rest[0]
        rest = rest[length:]
