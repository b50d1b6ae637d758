"""What a language tells us of clauses that promise by their grammar alone, whatever their verb or noun."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenWords:
    """What keeps a clause with a coming time from being a promise. All patterns see lower-cased text."""

    #: Before a day or an hour that only tells which one is meant: "your | Sunday".
    which_before: re.Pattern[str]
    #: After one: "Saturday | 's performance".
    which_after: re.Pattern[str]
    #: Before a length of time that is no deadline: "every | two weeks".
    lasting_before: re.Pattern[str]
    #: After one: "a month | 's rent", "two hours | late".
    lasting_after: re.Pattern[str]
    #: Before a time with "de": it tells which one is meant ("la clase | de hoy"), except where `untied` matches;
    #: so it is where a time has a genitive ("by | Saturday's post").
    tied: re.Pattern[str]
    untied: re.Pattern[str]
    #: Before some minutes that something takes him: "it takes | a minute".
    brief_before: re.Pattern[str]
    #: A verb that can only be past.
    past: re.Pattern[str]
    #: A past verb or a participle: past, unless something makes it a participle of what is to come.
    participle: re.Pattern[str]
    #: What makes it one when it stands before: "is | delivered".
    auxiliary: re.Pattern[str]
    #: Something has been arranged; with `towards` before its time it is still to come: "has been moved | to Friday".
    perfect: re.Pattern[str]
    towards: re.Pattern[str]
    #: The customer's own acts and dates, and orders to him.
    customer: re.Pattern[str]
    #: What is, happens or is owed by itself: openings, events, prices, terms, lengths.
    facts: re.Pattern[str]
    #: Ends where a time begins that only tells when something is: "the support act is | at nine".
    being: re.Pattern[str]
    #: States: "the office is busy | today".
    state: re.Pattern[str]
    #: Words that say nothing of a deed or a thing.
    hollow: re.Pattern[str]
    #: A clause that begins so leans on another: "with the driver on Friday".
    leaning: re.Pattern[str]
    #: How a new clause with its own doer begins.
    subject: re.Pattern[str]
    #: A doer right after the time of a condition: "if it fails on Monday | you get …".
    doer: re.Pattern[str]
    #: How a clause begins that goes on with who was just named: "the consulate, | who".
    relative: re.Pattern[str]
    #: An indirect question: "what the architect will say, …".
    indirect: re.Pattern[str]
    #: A participle is past only where the clause has no other verb.
    lone_participle: bool
    #: Our own activity of which he gets nothing, even on a day.
    activity: re.Pattern[str]
