"""What a language must give for tone.py to hear how a draft of ours would sound. Patterns see `level` text."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewWords:
    """How one language makes a remedy hang on what somebody writes about us."""

    #: To remove, change, withhold or write a review, a post, a complaint: verb and noun close together.
    swayed: re.Pattern[str]
    #: Something given: money, a voucher, a replacement.
    remedy: re.Pattern[str]
    #: Before the remedy: it was given already ("we have refunded").
    given: re.Pattern[str]
    #: Opens a condition ("if", "once", "unless"), and where its clause ends.
    condition: re.Pattern[str]
    condition_ends: re.Pattern[str]
    #: "before we refund": the remedy stands in the clause, what is asked before it.
    before: re.Pattern[str]
    #: Leads from what is asked to what it earns: "and we'll", "so that we can", "to get".
    earns: re.Pattern[str]
    #: Names the exchange itself: "in return for", "on condition that".
    exchange: re.Pattern[str]
    #: Opens the next sentence: "Then we will …".
    then: re.Pattern[str]
    #: An imperative or a wish that asks him for it.
    asked: re.Pattern[str]
    #: The sentence says that nothing hangs on it.
    free: re.Pattern[str]
    #: A first line that only greets, in small letters: the next one begins a sentence.
    greets: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToneWords:
    """How one language blames, soothes, apologises and puts off."""

    #: Says that somebody else did it, or that it was beyond us.
    blames: re.Pattern[str]
    #: Says that it is ours to mend all the same.
    owns: re.Pattern[str]
    apology: re.Pattern[str]
    #: Kind words that fill a letter.
    soothing: re.Pattern[str]
    #: Something that we did, do or will do; or that he can do, or is asked.
    action: re.Pattern[str]
    #: "soon", "as soon as possible".
    undated: re.Pattern[str]
    #: A coming thing of ours in the same sentence.
    coming: re.Pattern[str]
    #: A time in the same sentence.
    dated: re.Pattern[str]
    #: "soon" that promises nothing: "see you soon", "get well soon".
    not_undated: re.Pattern[str]
    #: Words that say nothing of what a letter is about.
    courtesy: str
    review: ReviewWords
