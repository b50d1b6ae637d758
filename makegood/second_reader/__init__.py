"""The optional second reader: a language model that the house chose, asked what a message seems to say.

In reading order:
    asking.py    what we ask: the instruction, the text as data, what comes back held to what was asked
    line.py      one question over HTTP: bounded in time and size, led nowhere else
    client.py    switched on or off; a text in, redacted; proposals out, in the words as written

Off unless MAKEGOOD_READER_URL is set. It proposes beside the rules and decides nothing; it has no tools, no
memory and no sight of cases, only of the one text without the names in it.
"""
