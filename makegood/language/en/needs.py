"""How English says by when something is needed."""

import re

from ..need_words import NeedWords

NEEDS = NeedWords(
    need=re.compile(
        r"\b(?:need(?:s|ed)?|must|(?:have|has|'ve got|got|gotta|ought) to|gotta|want|wants|require[sd]?|demand"
        r"|expect|insist|(?:would|'d) (?:like"
        r"|love|prefer|need|appreciate)|please|pls|plz|kindly|(?:can|could|would|will|may) (?:you|i|we|someone"
        r"|somebody|it|this|the"
        r"|my|u|your)|is it possible|any (?:chance|way)|possible to|in time|in good time|deadline|no later than"
        r"|at the latest|latest"
        r"|preferably|ideally|make sure|ensure|has got to|is due|are due|hoping|hope|essential|vital|crucial"
        r"|useless after|no (?:good|use"
        r") (?:to me )?after|too late|worthless after|last (?:day|chance)|cut-?off|runs? out|expires?|closes?"
        r"|only until|before (?:i|we|they|the|my|he|she|it))\b"
    ),
    ultimatum=re.compile(
        r"\b(?:(?:if|unless|should) (?:i|we|you|this|it|the|there|nothing|nobody|no one|not|my)\b|you (?:have"
        r"|'ve got|got|'ve) (?:until|till"
        r"|\w+ (?:days?|hours?|weeks?|business|working)|one|two|\d+)|giv(?:e|ing) you (?:until|till|one|\d|a|two"
        r"|three|seven|24|48)"
        r"|or (?:else|i|i'll|we|we'll)\b|otherwise|failing (?:that|which)|final (?:notice|warning|chance)"
        r"|or it goes|last warning)"
    ),
    event=re.compile(
        r"\b(?:wedding|marr(?:y|ies|ied|iage)|party|birthday|anniversary|funeral|burial|memorial|christening"
        r"|baptism|communion|bar mitzvah|bat"
        r" mitzvah|graduation|prom|ceremony|reception|exams?|examination|driving test|interview|appointment"
        r"|surgery|operation|scan|procedure|hearing|trial"
        r"|court|conference|congress|keynote|presentation|speech|meeting|board (?:sits|meets)|pitch|demo|launch"
        r"|opening|inauguration"
        r"|exhibition|fair|trade show|concert|gig|festival|match|game|race|marathon|tournament|competition"
        r"|audition|rehearsal"
        r"|performance|premiere|trip|holiday|holidays|vacation|honeymoon|cruise|journey|camp|retreat|flight"
        r"|flights|train|ferry|bus"
        r"|coach|fly(?:ing)?|flies|fly out|land(?:ing|s)?|tak(?:e|ing) off|depart\w*|leav(?:e|es|ing)"
        r"|travel(?:l?ing|s)?|set off|setting off"
        r"|check-? ?(?:in|out)|arriv(?:e|es|ing)|guests?|visitors?|in-laws|parents (?:come|are coming|visit"
        r"|arrive)|relatives"
        r"|(?:i|we|they|i'm|we're) mov(?:e|es|ing)|move (?:in|out|house)|moving (?:in|out|house|day)|handover"
        r"|completion|lease|tenancy|contract ends|visa|semester"
        r"|term|school (?:starts|trip|begins)|course (?:starts|begins)|lecture|first day|start(?:s|ing)? (?:school"
        r"|work|my"
        r"|a new|the|at|university|college)|due date|baby|birth|inspection|audit|closing|auction|sale|election"
        r"|vote|christmas|easter"
        r"|eid|diwali|thanksgiving|mother's day|father's day|valentine's?|halloween|new year|ramadan|passover"
        r"|hanukkah|deadline day"
        r"|kick-?off|performing|recital|(?:we|i|band|team|choir|orchestra|group|she|he|they|daughter|son"
        r"|\w+) (?:plays?|performs?|sings?|competes?|graduates?|opens?|re-?opens?|debuts?|hosts?|exhibits?"
        r"|defends?|retires?)|photo ?shoot|filming|parade|barbecue|bbq|dinner|lunch|reunion|gala|ball"
        r"|hen|stag|shower|retire\w*|sails?|sailing|embark\w*|boards?|boarding|emigrat\w*|away from|off to"
        r"|going to|go on|go to|goes to)\b"
    ),
    travel=re.compile(
        r"\b(?:flight|flights|fly|flying|flies|land|lands|landing|takes? off|depart\w*|train|ferry|bus|coach|plane"
        r"|leave|leaves|leaving|sails?"
        r"|boarding|check-?in|set off|cruise)\b"
    ),
    told=re.compile(
        r"(?:\b(?:move|reschedule|postpone|rebook|re-?schedule|change|swap|cancel|bring forward|push back) (?:my"
        r"|the|our|his|her)\b|\b(?:you|they|he|she|who|driver|agent|colleague|rep|website|site|app|tracking"
        r"|courier|carrier|lady|man|guy|chat|email|mail|letter|sms"
        r"|text|bot|somebody|someone|engineer|technician|system|which|that|message|status|note|card|page|it|staff"
        r"|assistant|advisor|operator|\w+)"
        r" (?:\w+ )?(?:said|say|says|told|promised|promise|assured|wrote|quoted|guaranteed|confirmed|stated|swore"
        r"|claimed|estimated|mentioned|announced)\b"
        r"|\b(?:was|were|been|am|are|is|got|being) (?:told|promised|assured|quoted|given|supposed|meant|due"
        r"|expected|scheduled|to be|guaranteed)\b"
        r"|\bsupposed to\b|\bpromis(?:e|ed|ing)\b|\baccording to\b|\bestimated\b|\bshould have\b|\bcoupon\b"
        r"|\bvalid\b|\bopen (?:from|until|till|mon|on weekdays|between)\b|\bappointment was\b"
        r"|\byour (?:promise|estimate|date|message|mail|email)\b|\byou'(?:d|ll)\b|\b(?:will|would) be (?:back|with"
        r"|in touch|dealt)\b"
        r"|\bwill not be\b|\bnow (?:says|shows)\b|\bshows\b|\bdelivery date\b|\bmoved (?:it|my|the|us)\b"
        r"|\bpostponed\b|\brescheduled\b)"
    ),
    past=re.compile(
        r"\b(?:was|were|had|did|didn't|wasn't|weren't|went|came|left|bought|paid|got|sent|wrote|rang|took|saw|said"
        r"|told|broke|began|gave|lost"
        r"|made|stood|slept|sat|met|drove|flew|spent|kept|felt|found|held|heard|put back|has been|have been|since"
        r"|ago|yesterday|last"
        r"|(?!need|expir|supposed|pleased|interested|agreed|married|scheduled|booked|planned|excited|invited"
        r"|delayed|cancelled|stranded"
        r"|required|indeed|red|bed|speed|feed|seed|hundred|fed|wed)\w{2,}ed)\b"
    ),
    free=re.compile(
        r"\b(?:works? for me|suits?|is fine|is good|is ok(?:ay)?|are fine|(?:i'm|i am|i'll be|we're|we are"
        r"|we'll be|am) (?:free|home|in|available"
        r"|at home|around|back|off|out|away|here|at work)|available|any ?time|any day|except|best time|can come"
        r"|could come|at home|home all"
        r"|i work|we work|out of office|out of the office|my shift|prefer mornings|still (?:here|waiting))\b"
    ),
    clause=re.compile(r"[,;:()]\s|\s-+\s|\b(?:and|but|because|so|while|although|though|whereas)\s"),
    attribute=re.compile(r"\b(?:my|our|your|the|his|her|this|that|from)\s$"),
    onward=re.compile(r"\b(?:after|from|as of|starting|since|any time after|past)\s"),
    allowed=re.compile(r"\b(?:can|may|could|do) (?:i|we)\b"),
    from_now=re.compile(r"(?:in|within|inside|under|no more than|at most|less than|by|before|next)\b"),
)
