"""The English words that stand in almost every English text: by them the language is known."""

COMMON = """
the a an and or but if because so than then that this these those there here what which who whom whose when where
why how i you he she it we they me him her us them my your his its our their mine yours ours theirs myself yourself
itself is am are was were be been being has have had having do does did done doing don't doesn't didn't isn't
aren't wasn't weren't haven't hasn't hadn't won't can't couldn't wouldn't shouldn't i'm i've i'd i'll you're you've
you'll it's that's there's what's he's she's we're we've we'll they're let's will would shall should can could
may might must cannot not no nor none nothing nobody never ever yes of in on at by for with without from to into
onto over under up down out off about after before since until till during between through against within upon
above below again once also too very just only still already yet even much many more most some any every each all
both other another such same own few less least enough please thanks thank hello hi dear regards sincerely cheers
sorry hey ok okay as like get got getting gets give gave given go going gone went come came make made take took
know think want need needs wanted see saw say said says tell told ask asked send sent call called wrote write
received receive order ordered refund delivery delivered parcel account bill money price day days week weeks month
year years today tomorrow yesterday monday tuesday wednesday thursday friday saturday sunday january february
march april june july august september october november december time times first second third last next one
two three four five six seven eight nine ten new old good bad great nice right wrong help work works working
worked back now soon always often something someone anything anyone everything everyone things thing way people
customer service mail email phone number address booking flight room broken arrived missing waiting wait paid pay
charged credit card bank house home still problem issue complaint team manager reply answer close closed open
pls plz u ur thx cant dont didnt wont ive im doesnt isnt whats gonna wanna
"""

#: Endings and spellings that English has and its neighbours have not.
SPELLINGS = r"\w{2,}(?:ing|ness|ght|tly|ould|'s|'ve|'re|'ll|n't)|\w*(?:th|wh|sh|gh)\w*|\w+(?:ck|ee|oo)\w*"
