"""What reading a text proposes, always with its reason. Nothing here is a decision: a person confirms or overrules."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """One thing a text seems to say, and what it rests on."""

    #: What is proposed: a kind, a label, a hint's code.
    label: str
    #: From 0 to 1; measured, not felt: the share of such proposals that were right.
    sure: float
    #: The words it rests on, and where they stand in the text (0, 0 where the whole text is the reason).
    words: str
    start: int
    end: int
    #: Name of the rule that proposed it, as the page shows it.
    rule: str
