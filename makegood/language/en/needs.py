"""How English says by when something is needed."""

import re

from ..need_words import NeedWords

NEEDS = NeedWords(
    need=re.compile(
        r"\b(?:need(?:s|ed)?|must|(?:have|has|'ve got|got|gotta|ought) to|gotta|want|wants|require[sd]?|demand|expect|insist|(?:would|'d) (?:like"
        r"|love|prefer|need|appreciate)|please|pls|plz|kindly|(?:can|could|would|will|may) (?:you|i|we|someone|somebody|it|this|the"
        r"|my|u|your)|is it possible|any (?:chance|way)|possible to|in time|in good time|deadline|no later than|at the latest|latest"
        r"|preferably|ideally|make sure|ensure|has got to|is due|are due|hoping|hope|essential|vital|crucial|useless after|no (?:good|use"
        r") (?:to me )?after|too late|worthless after|last (?:day|chance)|cut-?off|runs? out|expires?|closes?|only until|before (?:i|we|they|the|my|he|she|it))\b"
    ),
    ultimatum=re.compile(
        r"\b(?:(?:if|unless|should) (?:i|we|you|this|it|the|there|nothing|nobody|no one|not|my)\b|you (?:have|'ve got|got|'ve) (?:until|till"
        r"|\w+ (?:days?|hours?|weeks?|business|working)|one|two|\d+)|giv(?:e|ing) you (?:until|till|one|\d|a|two|three|seven|24|48)"
        r"|or (?:else|i|i'll|we|we'll)\b|otherwise|failing (?:that|which)|final (?:notice|warning|chance)|or it goes|last warning)"
    ),
    event=re.compile(
        r"\b(?:wedding|marr(?:y|ies|ied|iage)|party|birthday|anniversary|funeral|burial|memorial|christening|baptism|communion|bar mitzvah|bat"
        r" mitzvah|graduation|prom|ceremony|reception|exams?|examination|driving test|interview|appointment|surgery|operation|scan|procedure|hearing|trial"
        r"|court|conference|congress|keynote|presentation|speech|meeting|board (?:sits|meets)|pitch|demo|launch|opening|inauguration"
        r"|exhibition|fair|trade show|concert|gig|festival|match|game|race|marathon|tournament|competition|audition|rehearsal"
        r"|performance|premiere|trip|holiday|holidays|vacation|honeymoon|cruise|journey|camp|retreat|flight|flights|train|ferry|bus"
        r"|coach|fly(?:ing)?|flies|fly out|land(?:ing|s)?|tak(?:e|ing) off|depart\w*|leav(?:e|es|ing)|travel(?:l?ing|s)?|set off|setting off"
        r"|check-? ?(?:in|out)|arriv(?:e|es|ing)|guests?|visitors?|in-laws|parents (?:come|are coming|visit|arrive)|relatives"
        r"|(?:i|we|they|i'm|we're) mov(?:e|es|ing)|move (?:in|out|house)|moving (?:in|out|house|day)|handover|completion|lease|tenancy|contract ends|visa|semester"
        r"|term|school (?:starts|trip|begins)|course (?:starts|begins)|lecture|first day|start(?:s|ing)? (?:school|work|my"
        r"|a new|the|at|university|college)|due date|baby|birth|inspection|audit|closing|auction|sale|election|vote|christmas|easter"
        r"|eid|diwali|thanksgiving|mother's day|father's day|valentine's?|halloween|new year|ramadan|passover|hanukkah|deadline day"
        r"|kick-?off|performing|recital|(?:we|i|band|team|choir|orchestra|group|she|he|they|daughter|son|\w+) (?:plays?|performs?|sings?|competes?|graduates?|opens?|re-?opens?|debuts?|hosts?|exhibits?|defends?|retires?)|photo ?shoot|filming|parade|barbecue|bbq|dinner|lunch|reunion|gala|ball"
        r"|hen|stag|shower|retire\w*|sails?|sailing|embark\w*|boards?|boarding|emigrat\w*|away from|off to|going to|go on|go to|goes to)\b"
    ),
    travel=re.compile(
        r"\b(?:flight|flights|fly|flying|flies|land|lands|landing|takes? off|depart\w*|train|ferry|bus|coach|plane|leave|leaves|leaving|sails?"
        r"|boarding|check-?in|set off|cruise)\b"
    ),
    told=re.compile(
        r"(?:\b(?:move|reschedule|postpone|rebook|re-?schedule|change|swap|cancel|bring forward|push back) (?:my|the|our|his|her)\b|\b(?:you|they|he|she|who|driver|agent|colleague|rep|website|site|app|tracking|courier|carrier|lady|man|guy|chat|email|mail|letter|sms"
        r"|text|bot|somebody|someone|engineer|technician|system|which|that|message|status|note|card|page|it|staff|assistant|advisor|operator|\w+)"
        r" (?:\w+ )?(?:said|say|says|told|promised|promise|assured|wrote|quoted|guaranteed|confirmed|stated|swore|claimed|estimated|mentioned|announced)\b"
        r"|\b(?:was|were|been|am|are|is|got|being) (?:told|promised|assured|quoted|given|supposed|meant|due|expected|scheduled|to be|guaranteed)\b"
        r"|\bsupposed to\b|\bpromis(?:e|ed|ing)\b|\baccording to\b|\bestimated\b|\bshould have\b|\bcoupon\b|\bvalid\b|\bopen (?:from|until|till|mon|on weekdays|between)\b|\bappointment was\b"
        r"|\byour (?:promise|estimate|date|message|mail|email)\b|\byou'(?:d|ll)\b|\b(?:will|would) be (?:back|with|in touch|dealt)\b"
        r"|\bwill not be\b|\bnow (?:says|shows)\b|\bshows\b|\bdelivery date\b|\bmoved (?:it|my|the|us)\b|\bpostponed\b|\brescheduled\b)"
    ),
    past=re.compile(
        r"\b(?:was|were|had|did|didn't|wasn't|weren't|went|came|left|bought|paid|got|sent|wrote|rang|took|saw|said|told|broke|began|gave|lost"
        r"|made|stood|slept|sat|met|drove|flew|spent|kept|felt|found|held|heard|put back|has been|have been|since|ago|yesterday|last"
        r"|(?!need|expir|supposed|pleased|interested|agreed|married|scheduled|booked|planned|excited|invited|delayed|cancelled|stranded"
        r"|required|indeed|red|bed|speed|feed|seed|hundred|fed|wed)\w{2,}ed)\b"
    ),
    free=re.compile(
        r"\b(?:works? for me|suits?|is fine|is good|is ok(?:ay)?|are fine|(?:i'm|i am|i'll be|we're|we are|we'll be|am) (?:free|home|in|available"
        r"|at home|around|back|off|out|away|here|at work)|available|any ?time|any day|except|best time|can come|could come|at home|home all"
        r"|i work|we work|out of office|out of the office|my shift|prefer mornings|still (?:here|waiting))\b"
    ),
    clause=re.compile(r"[,;:()]\s|\s-+\s|\b(?:and|but|because|so|while|although|though|whereas)\s"),
    attribute=re.compile(r"\b(?:my|our|your|the|his|her|this|that|from)\s$"),
    from_now=re.compile(r"(?:in|within|inside|under|no more than|at most|less than|by|before|next)\b"),
)
