"""THE RULE BOOK. Plain Python: no framework, no I/O, no clock. Every file, in reading order.

Time
    hours              opening hours as a ruler of numbered open quarter-hours
    days               deadlines counted in business or calendar days, as laws count them
    spans              lengths of time as people write them: read, and laid on a calendar

One house
    policy             its promises, hours, ladders and limits, as values
    policy_file        one TOML file read into a policy, every mistake told at once
    policy_tables      reading a table of it, and complaining where it can't be read
    policy_sections    the sections of the file, each turned into its values
    policy_calendars   its opening hours and holidays
    policy_sense       whether the sections make sense with each other
    policy_remedies    its catalogue, budgets and rates, and the clocks that go with them
    vague_words        "prompt" and "soon": words that promise without saying when
    people             who works here, who is in, and who stands above whom

Money
    money              amounts, exactly: a currency and a whole number of its smallest units
    catalogue          what a house may give, and what fits one failure
    authority          who may give how much, and who may approve what another wants to give
    books              every movement of money as postings that sum to zero
    reminding          when a customer who wants it is reminded of a code
    code_text          how a code is written, so that it can be read out, typed and trusted
    codes              what a code is good for, and what is left of it
    programmes         what public terms promise, and when an entitlement may end

One case
    event              what every event has
    events             everything that can happen to it; the grammar of their names
    merge_events       what happens to two cases that are one matter
    item_events        the things of one case, named and settled one by one
    remedy_events      what can happen to a wish, a remedy, and what we hold of the customer's
    written_events     events as JSON values and back, as the journal keeps them
    cases              its story: events folded into what is true now; whose ball it is
    contacts           what messages do to it: who waits, what a reply settled, what a bounce unsettles
    promises           what was promised, when it is due, paused, kept, broken, released
    remedy_steps       a remedy and what became of it, from proposed to confirmed
    values             one of its fields changed, quickly
    unfolding          a case while something happens to it

What people may do (each lets events happen, or raises a refusal and changes nothing)
    clocks             what opens a promise of the policy, what keeps it, what pauses it
    incoming           a message of the customer's: the case it opens or joins
    outgoing           a message of ours: what it keeps, whose turn it makes it, what a bounce undoes
    keeping            dated promises, what a door says by itself, keeping, being let off
    ownership          offering, taking and returning a case; "I have it"
    remedies           making it right: the wish, what he is offered and chooses, whether it arrived
    items              several things in one case, each made right by itself
    proposing          what somebody wants to give, and who says yes or no
    remedy_guards      what every step of a remedy stands on
    orders             when what others carry out is tried or asked for again, and who hears of it
    closing            when a case may close, what opens it again, what was set aside
    merging            two cases that are one matter: what one owes the other owes, and parting them again
    findings           putting a finding on the record; telling somebody higher at once
    refusals           every way an action is refused, drawn as a tree on top

Many cases
    affected           one cause, many customers: who is one person, and how far each is
    incident_refusals  every way something wanted of an incident is refused
    telling            by when everybody it hit is told, and who hears if not
    people_lists       lists of people that somebody uploads
    blanks             letters to many: a text with blanks, filled in for each

What time does
    escalation         who hears next, when, and why it never stops on its own
    waking             when time will next do something, and what
    rounds             all that time has brought, and when to look again

What another desk's log tells
    logs               its rows, in our words: the one table that the audit reads
    settlements        which of its rows kept which promise
    histories          a case told from it: steps, stretches, facts
    verdicts           what the checks find in that

What is counted
    shares             shares of small numbers, with how far they can be trusted

What desk and audit look for
    logic              missing, present, after, both, either: for a value or a whole column
    checks/            one sentence each, with good and bad examples
"""
