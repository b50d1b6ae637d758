"""What a customer's message is. Today: whether it is nothing but thanks.

Said with care: a "thanks" that was read into a complaint would leave a customer without an answer, while one
that was missed costs a person a second. So every doubt makes it a message like any other.
"""

import re

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
