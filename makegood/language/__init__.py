"""Understanding text: plain Python and one folder a language. It proposes with reasons and decides nothing.

In reading order:
    replies.py        the new words of a mail, apart from what it quotes
    attributions.py   the lines with which programs introduce a quote
    signatures.py     closing words, cards, app lines, disclaimers
    which.py          the language of a message, and the unknown known as unknown (other_languages)
    automatic.py      the words with which programs say that nobody is there
    cards.py          payment card numbers, found and masked
    redaction.py      a text without what tells who it is about, and the way back
    times.py          every expression of time, and the instant it means (time_words, instants)
    promises.py       promises in what we write (clauses, clause_joining, open_clauses, promise_words,
                      open_words, unsaid, carriers)
    wishes.py         what a customer would like done, in his words (want_words)
    needs.py          by when he needs it (need_words)
    references.py     the numbers he names, and that he wrote before (reference_words)
    tone.py           hints about a draft of ours; a remedy for a review is refused (tone_words)
    titles.py         the same of the titles in a policy's catalogue
    sentences.py      a text in sentences, each with its place
    signs.py          what a sentence shows: its words, their classes, how they follow one another
    learning.py       which signs speak for which label, learned from a language's own examples
    weighing.py       a text weighed with what was learned, and the words that say so
    kinds.py          what kind of message of ours it is, and whether it moves anything
    messages.py       what a customer's message is, and whether it is nothing but thanks
"""
