"""What a customer's message is: complaint, question, information, thanks, withdrawal, a call for someone higher…

`incoming` proposes, for a person to confirm. `only_thanks` alone may keep a case closed, and is said with care: a
"thanks" that was read into a complaint would leave a customer without an answer, while one that was missed costs a
person a second. So every doubt makes it a message like any other.
"""

import re

from .proposals import Proposal
from .weighing import Weighed, own_words, proposal, tag_of, weigh

#: Chances from which a label is proposed, and from which the likeliest one is where none reaches that.
LIKELY, AT_LEAST = 0.27, 0.12

#: Words that a message of mere thanks may have.
LONGEST = 40

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_THANKS = re.compile(
    r"\b(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated|much obliged"
    r"|(?:muchas |muchísimas |mil )?gracias|(?:se )?(?:lo )?agrade(?:zco|cemos|cido|cida))\b",
    re.IGNORECASE,
)
#: Words that turn thanks into something else: an objection, a wish, a fact still missing, a condition.
_BUT = re.compile(
    r"\b(?:but|however|still|yet|not|no|never|nothing|none|n't|cannot|can't|don't|doesn't|didn't|won't|isn't|wasn't"
    r"|without|except|unless|until|if|when|where|why|how|who|what|which|please|could|would|should|need|want|wait\w*"
    r"|ask\w*|again|another|also|wrong|broken|missing|late|refund\w*|cancel\w*|complain\w*|problem\w*|issue\w*"
    r"|disappoint\w*|unfortunately|though|although|instead|advance|hear\w*|forward|await\w*|expect\w*|as soon"
    r"|pero|sin embargo|todavía|aún|aun|sino|nunca|nada|ningún\w*|sin|salvo|excepto|si|cuándo|cuando|dónde|donde"
    r"|por qué|cómo|como|quién|quien|qué|cuál|favor|podría\w*|necesit\w*|quier\w*|quisiera|esper\w*|otra|otro"
    r"|también|mal|rot[oa]s?|falta\w*|tarde|reembols\w*|cancel\w*|queja\w*|problema\w*|aunque|antemano|lamentablemente)\b",
    re.IGNORECASE,
)
#: Thanks that mean the opposite.
_BITTER = re.compile(r"\bthanks? (?:you )?(?:for|a lot for|so much for) nothing\b|\bgracias por nada\b", re.IGNORECASE)


def incoming(text: str, *, language: str | None = None) -> tuple[Proposal, ...]:
    """Propose what a customer's new words are; quoted lines are context, not his words. Never raises."""
    text = own_words(text)
    tag = tag_of(text, language)
    if not tag:
        return ()
    weighed = weigh(text, task="incoming", tag=tag)
    labels = settled(weighed)
    return tuple(proposal(one, task="incoming", tag=tag) for one in weighed if one.label in labels)


def settled(weighed: tuple[Weighed, ...]) -> frozenset[str]:
    """The labels that stand together: a program's message is nothing else besides."""
    chances = {one.label: one.chance for one in weighed}
    labels = {label for label, chance in chances.items() if chance >= LIKELY}
    if not labels and chances:
        likeliest = max(chances, key=chances.__getitem__)
        labels = {likeliest} if chances[likeliest] >= AT_LEAST else set()
    if "automatic" in labels:
        others = max(chances[label] for label in chances if label != "automatic")
        return frozenset({"automatic"}) if chances["automatic"] >= others else frozenset(labels - {"automatic"})
    return frozenset(labels)


def only_thanks(text: str) -> bool:
    """Whether a message is plainly nothing but thanks, in English or Spanish. False in every doubt.

    It must be short, thank somebody, hold no number, no address of a page or a person, no question, and no
    word that could carry a wish, an objection or a condition.
    """
    text = text.strip()
    words = _WORD.findall(text[:2_000])
    if not words or len(words) > LONGEST or len(text) > 400 or not _THANKS.search(text):
        return False
    if re.search(r"[?¿\d@/]|\n\s*[-*]", text):
        return False
    return not _BUT.search(text) and not _BITTER.search(text)
