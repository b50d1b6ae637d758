"""What a language must give for references.py: the words that say what a number is. Patterns see `level` text."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceWords:
    """How one language names orders, cases and the like, and how it mentions that it wrote before."""

    #: By type (order, flight, booking, case, parcel, account, none): the noun that stands before the number.
    #: "none" are numbers of other things: a serial number, a room, a code.
    nouns: tuple[tuple[str, re.Pattern[str]], ...]
    #: What may stand between the noun and its number: "no.", "number is", "with the number".
    between: re.Pattern[str]
    #: Behind a number: "77120 can be closed".
    goes: re.Pattern[str]
    #: A bare "ref": the subject of the text says of what.
    reference: re.Pattern[str]
    #: Subjects by type, for numbers without a noun.
    subjects: tuple[tuple[str, re.Pattern[str]], ...]
    #: Words of flying, that make "UA 748" a flight.
    flying: re.Pattern[str]
    #: "as I wrote in March", "my last complaint", "the second time I write".
    earlier: tuple[tuple[str, re.Pattern[str]], ...]
