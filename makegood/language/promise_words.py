"""What a language tells us about promising: the words that make one, and those that undo it."""

import re
from dataclasses import dataclass

from .open_words import OpenWords


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseWords:
    """How one language promises. All patterns see lower-cased text of one clause, its conjunction cut off."""

    #: Where one clause may end and another begin; the conjunction belongs to the second.
    cut: re.Pattern[str]
    #: A conjunction at the beginning of a clause, and greetings and assent, none of them part of a promise.
    opening: re.Pattern[str]
    #: "but": what was told before it ends here.
    turning: re.Pattern[str]
    #: A clause that goes on with the same doer: "and …"; `same_doer` looks behind the conjunction.
    same_doer: re.Pattern[str]
    joining: re.Pattern[str]
    #: The clause is a condition ("if", "once"); "if you like" is one that makes an offer of what follows.
    condition: re.Pattern[str]
    courtesy: re.Pattern[str]
    #: In a condition without a comma: where the deed begins that hangs on it.
    main_after: re.Pattern[str]
    #: A coming deed: will, 'll, going to; `gives` says that the customer gets something of it.
    future: re.Pattern[str]
    #: Present tense, a promise only beside a time.
    present: re.Pattern[str]
    #: A deed from which the customer gets something: a promise even without a time.
    gives: re.Pattern[str]
    #: What may follow after a comma and still belongs to the clause: "…, as you asked".
    closing: re.Pattern[str]
    #: A word that ties a clause to the verb before it: "that".
    linking: re.Pattern[str]
    #: Asks for time: "give me an hour".
    patience: re.Pattern[str]
    #: A clause without a verb that promises beside a time: "Refund in 10 days".
    short: re.Pattern[str]
    #: A clause that goes on after "and" with the verb alone.
    bare: re.Pattern[str]
    #: Our own work, of which the customer gets nothing yet.
    activity: re.Pattern[str]
    #: What undoes a promise in its own clause.
    past: re.Pattern[str]
    negated: re.Pattern[str]
    unreal: re.Pattern[str]
    customer: re.Pattern[str]
    standing_facts: re.Pattern[str]
    #: What somebody said before, quoted or withdrawn: undoes the rest of the sentence.
    told: re.Pattern[str]
    #: Somebody else says it: what follows is his word, unless he is one of us.
    says: re.Pattern[str]
    #: Tenses that promise only in reported speech: "they would ring you".
    reported: re.Pattern[str]
    according: re.Pattern[str]
    partner: re.Pattern[str]
    #: A partner who does it, named behind the verb ("pasa el mensajero").
    partner_after: re.Pattern[str]
    ours: re.Pattern[str]
    they: re.Pattern[str]
    hedge: re.Pattern[str]
    automatic: re.Pattern[str]
    #: "… no, make it Tuesday": what came before in the sentence no longer counts.
    correction: re.Pattern[str]
    #: The same said by itself: "scratch that".
    retraction: re.Pattern[str]
    #: Verbs that tell what is, not what will be done.
    stating: re.Pattern[str]
    #: Something of ours that is already being kept: "as promised, I write today".
    kept: re.Pattern[str]
    #: Ends of a question that only ask for assent: "…, ok?"
    assent: re.Pattern[str]
    #: Words with which a question begins.
    asks: re.Pattern[str]
    #: Where the clause of a promise ends although words follow its time.
    trailing: re.Pattern[str]
    #: Starts counting after something else happened.
    afterwards: re.Pattern[str]
    #: What keeps a clause from being a promise by its grammar alone.
    open: OpenWords
