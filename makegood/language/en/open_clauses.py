"""What keeps an English clause with a coming time from being our word, whatever its verb or noun."""

import re

from ..open_words import OpenWords

_STRONG = (
    "came|went|rang|wrote|took|gave|knew|began|broke|drove|flew|spoke|stole|wore|ate|saw|grew|threw|chose|froze|fell|"
    "ran|sang|sank|shook|tore|woke|became|forgot|arose|drew|blew|withdrew|undertook|mistook|overtook|swore|hid|did|"
    "fled|slept|knelt|arrived|appeared|happened|ended|occurred|expired|seemed|suited|suffered|lasted|belonged|remained|"
    "resigned|retired|complained|disappeared|burnt|burst|lay"
)
_EITHER = (
    r"sent|sold|made|kept|held|built|paid|lost|met|found|brought|bought|caught|left|got|told|said|thought|felt|meant|"
    r"stood|understood|heard|lent|"
    r"dealt|won|led|hung|spun|stuck|struck|"
    r"(?!need|feed|speed|indeed|hundred|proceed|exceed|succeed|seed|weed|deed|bleed|breed|greed|shed|sacred|naked|"
    r"embed|united|limited|unlimited|dedicated|left hand)\w{2,}[^e\W]ed|\w{2,}(?:eed|eyed)(?<!need)(?<!feed)(?<!peed)"
    r"(?<!deed)(?<!ceed)(?<!seed)(?<!weed)(?<!reed)(?<!leed)"
)
_BASE = (
    r"send|pay|return|reply|respond|confirm|sign|fill|bring|collect|fetch|pick|drop|call|ring|phone|write|e-?mail|mail|"
    r"text|contact|come|go|leave|fly|depart|travel|drive|move|need|want|wish|wanted|have to|must|should|may|might|could"
    r"|can|cannot|decide|choose|prefer|say|said|ask|asked|tell|told|mention|cancel|book|order|buy|check|keep|use|apply|"
    r"appeal|claim|register|upload|submit|complete|give|hand|let|make|agree|accept|renew|stay|live|work|turn|were|had|"
    r"wait|sit|meet|visit|open|close|owe"
)

OPEN = OpenWords(
    which_before=re.compile(
        r"\b(?:your|my|his|her|their|whose|any|some|last|happy|good|great|lovely|nice|wonderful|enjoy the|"
        r"not(?: on| by| before| until)?|than|or not|of the|about|since|dated|from)\s*$"),
    which_after=re.compile(r"'s?\s(?!post\b|mail\b|van\b|run\b|batch\b|end\b|delivery\b|drop\b|shipment\b|round\b)\w"),
    lasting_before=re.compile(
        r"\b(?:every|each|per|for|(?:older|younger|longer|shorter|below|above) than|under the|the (?:last|past)|"
        r"includes?|minimum(?: "
        r"of)?|at least|of up to|"
        r"for (?:up to|at least|about|around|another|a further|the next|roughly|almost|nearly)|keep(?:s|ing)? (?:it|"
        r"them)|"
        r"last(?:s|ing)?(?: for| up to| about| around)?|costs?|below|above|exactly|only|require|requires)\s*$"),
    lasting_after=re.compile(
        r"(?:'s?)? (?:rent|notice|pay|wages?|salary|stay|delay|supply|worth|wait|cover|warranty|guarantee|work|walk|"
        r"drive"
        r"|trip|flight|journey|interest|credit|subscription|membership|grace|trial|access)\b"
        r"|\s?(?:ago|before(?! (?:you|we|i|it|the (?:end|close|weekend))\b)|prior|beforehand|in advance|in a row|"
        r"notice|"
        r"old|long|late\b|apart|free\b|per|a (?:day|week|month|year|head|night)|by (?:car|coach|train|bus|bike|tube|"
        r"road|"
        r"plane|sea|rail|foot)|on foot|away\b|drive\b|walk\b|extra|at a time|each|in (?:june|july|may|total|all))\b"),
    tied=re.compile(r"(?!)"),
    untied=re.compile(r"\b(?:on|in|with|by) $"),
    brief_before=re.compile(r"\b(?:takes?|spare|spend|need|(?:it|that)'?s)(?: up| us| you| only| just| about)*\s*$"),
    past=re.compile(r"(?:^|[\w)\"'] |\s\s)(?:(?:already|also|just|then|only|finally|never|both|all) "
        r")?(?:" + _STRONG + r")\b"),
    participle=re.compile(
        r"(?:^\s*|\s\s|\b(?!(?:the|a|an|your|our|my|his|her|their|this|that|these|those|its|new|two|one|any|no|every|"
        r"each|is|"
        r"are|be|been|being|am|get|gets|getting|having|it|them|already|fully|newly|freshly|of|with|by|for|and)\b)"
        r"[\w'-]+ (?:already |also |just |finally |now )?)(?P<verb>" + _EITHER + r")\b"),
    auxiliary=re.compile(
        r"\b(?:is|are|am|be|being|gets?|getting|having|have (?:it|them|this|that|the|a|an|your|my)|want|need)\b|"
        r"'(?:s|re|m)\b"),
    perfect=re.compile(
        r"\b(?:(?:has|have|'ve|'s)(?: (?:now|just|also|already|therefore|been)){0,3} (?!had|been\b)\w+(?:ed|en|ut|ade|"
        r"et|elt|eld|ought|own|ung)|i've|we've)\b"),
    towards=re.compile(r"\b(?:for|to|onto|until)\s(?:the )?"),
    customer=re.compile(
        r"\b(?:you|u)(?:'ll|'d|'re)? (?:also |then |still |only |first |now |will |all )*(?:" + _BASE + r")\b"
        r"|^\s*(?!(?:the|your|our|my|a|an|this|that|it|he|she|they|i|we|you|one|two|no|all|both|everything|someone|"
        r"somebody|which|who|what|if|is|are|and|but|or|so|with|for|in|on|at|by|to|of|from|back|off|up|out|down|new|"
        r"\w+ing|"
        r"\w+s|\d+\w*)\b)"
        r"(?:please |just |then |kindly |simply |do )*[a-z]+ (?:the|your|a|an|it|us|me|this|that|them|our|any|some|"
        r"yourself|all)\b|^\s*(?:please|kindly|pls|plz|enjoy|have|see|happy|good luck|best|all the best|thanks|thank|"
        r"cheers|"
        r"regards|dear|hi|hello|wait|turn|swab|hope)\b"
        r"|\byour (?:own )?(?:deadline|appeal|payment|instal+ment|rent|premium|flight|train|bus|trip|stay|booking|"
        r"reservation|table|holiday|check-?(?:in|out)|exam|wedding|move|birthday|party|interview|shift|contract|lease|"
        r"warranty|guarantee|trial|subscription|membership|letter|mail|email|message|order)\b"
        r"|\b(?:must|has to|have to|needs? to|need|require|requires|suits? you|up to you)\b"),
    facts=re.compile(
        r"[$£€]\s?\d|\b(?:costs?|prices?|fares?|rates?|lasts?|ends?|runs? (?:for|out|from|till|until)|expires?|valid|"
        r"open|opens|"
        r"closes?|shuts?|closed|hours|doors|public holiday|bank holiday|holiday|half day|day off|on leave|shift|"
        r"birthday|wedding|concert|match|exam|sunrise|kick-?off|deadline|due date|rent|tariff|terms?|notice|speed|"
        r"limit|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|mornings|evenings|every|each|daily|weekly|free after|"
        r"banned|allowed|"
        r"permitted|(?:is|are) (?:free|a holiday|from|until)|no(?:body| one|thing)?|not|n't|neither|never|there's no|"
        r"(?:trip|journey|drive|flight|ride|film|movie|play|show|crossing|walk) (?:takes?|runs?|is)|"
        r"if|unless|whether|who|which|where|what|why|how|said|says)\b"),
    being=re.compile(r"(?:\b(?:is|are|was|were)|\b(?:it|that|there|here|he|she|what|who)'s|'re)(?: \w+ly| not| on| "
        r"for| only| back)?\s*$"),
    state=re.compile(r"\b(?:is|are|am|it's|stays?|remains?)\b(?! [\w-]+ing\b)|'(?:s|re|m)\b(?! [\w-]+ing\b)"),
    hollow=re.compile(
        r"(?:the|a|an|by|on|in|at|to|for|of|from|with|within|until|before|after|and|or|but|so|then|this|that|these|"
        r"latest|earliest|about|around|roughly|say|maybe|perhaps|probably|hopefully|sharp|max|maximum|just|only|also|"
        r"please|sorry|yes|ok|okay|well|now|again|it|i|we|you|he|she|they|is|are|be|am|not|no|as|per|than|more|less|am|"
        r"pm|o'clock|ish|day|days|time|local|our|your|my|their|his|her|its|us|me|him|them)"),
    leaning=re.compile(
        r"\s*(?:with|for|of|from|than|like|as|between|during|including|except|without|via|per|about|not|in your|on "
        r"your "
        r"(?:mail|letter|form)|see|cf|re|ref|dated|and|or|to)\b"),
    subject=re.compile(
        r"\s*(?:also |then |on \w+ )?(?:the|your|our|my|a|an|this|that|these|those|all|both|everything|it|he|she|"
        r"they|i|we|"
        r"you|someone|somebody|another|his|her|their|its)(?:'\w+)?\b"),
    doer=re.compile(r"\s+(?:i|we|you|they|he|she|it)\b"),
    relative=re.compile(r"\s*(?:who|they)\b"),
    indirect=re.compile(r"\s*(?:what|how|why|where|whether)\b"),
    lone_participle=False,
    activity=re.compile(
        r"\b(?:(?:look|looking) into|work(?:ing)? (?:on|through) (?:it|this|that)|(?:i'm|we're|i am|we "
        r"are|be) on (?:it|this)|think(?:ing)? (?:of|about)|sit(?:ting)? down|go(?:ing)? through|dig(?:ging)? (?:into|"
        r"through)|bear(?:ing)? (?:it )?in mind|discuss(?:ing)?|(?:hop|wait|expect|look)\w* (?:forward )?(?:to hear|"
        r"for|to hearing)|talk(?:ing)? (?:it|this) (?:over|through)|chas(?:e|ing))\b"),
)  # fmt: skip
