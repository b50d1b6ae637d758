"""The rule book: what is owed to a customer, when, and who hears. Plain Python; no Django, no I/O, no clock.

In reading order:

policy            one house's promises, hours, ladders and limits, as values
events            everything that can happen to a case; the grammar of its names
promises          one promise and what became of it
contacts          what a message, in or out, makes true of a case
cases             a case's story: events folded into what is true now
people            who works here, who is in, who stands above whom
escalation        who hears next, when, and why it never stops
unfolding         a case while something happens to it
clocks            what opens a promise of the policy, what keeps and pauses it
findings          what is put on the record because somebody must look
incoming          a message of the customer's
keeping           making a dated promise, keeping it, being let off it
outgoing          a message of ours
closing           when a case may close, and what opens it again
ownership         offering a case, taking it, saying "I have it"
rounds            what time does, and when to look again
refusals          every way an action is refused
checks            what desk and audit look for, in words that mean the same for both
logic             missing, present, after, both, either

hours             opening hours as a ruler of numbered open quarter-hours
days              deadlines counted in days, as laws count them
spans             "8 business hours" read, and laid on a calendar
vague_words       "soon", "prompt": words that need a number

policy_file       one policy file, read and checked whole
policy_tables     TOML, read key by key
policy_calendars  its calendars
policy_sections   its other sections
policy_sense      what must be true of all of them together
"""
