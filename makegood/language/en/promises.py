"""How English promises: the verbs that give one's word, and the turns that take it back."""

import re

from ..promise_words import PromiseWords
from .open_clauses import OPEN
from .partners import PARTNER

_ADVERB = (
    r"(?:(?:also|then|just|now|still|always|usually|normally|generally|typically|personally|definitely|certainly|"
    r"probably|"
    r"hopefully|gladly|happily|simply|even|only|actually|again|either|try to|aim to|most likely|be able to|try and|"
    r"for sure|"
    r"\w+ly) )*"
)
_US = r"(?:i|we|someone|somebody|one of (?:us|our [\w ]{1,20}?|my [\w ]{1,20}?|the [\w ]{1,20}?))"
_GAIN = (
    r"(?:get|gets|have|receive|receives|hear|see|notice|find|be (?:\w+ed|contacted|getting|receiving|hearing|called|"
    r"rung|"
    r"paid|sent|given|told|shown|able to (?:see|log|use|track|print|download|collect|fly|travel))|expect)"
)
_GIVE = (
    r"(?:refund|credit|send|ship|replace|repair|fix|sort|call|ring|phone|e-?mail|mail|text|write|let (?:you|u|yous|"
    r"ye) know|"
    r"keep (?:you|u) (?:posted|updated|informed|in the loop)|update|get back|come back|revert|be (?:back )?in touch|"
    r"be on to|"
    r"get in touch|reach out|reply|respond|answer|confirm|waive|reimburse|compensate|pay|repay|return|deliver|re-?send|"
    r"re-?issue|issue|make (?:it|this|that|things|good|sure (?:that )?(?:you|it|this|that|your|the))|put (?:it|this|"
    r"that|things|them) right|follow up|get (?:you|it|this|"
    r"that|them|someone|somebody|back|a|the|your)|have (?:it|that|this|someone|somebody|them|a|an|the|your|one)|"
    r"arrange|"
    r"organi[sz]e|book|process|give|bring|drop|post|correct|amend|remove|take (?:it|that|the|off|care)|cover|see to|"
    r"honou?r|match|resolve|solve|settle|hear|transfer|release|dispatch|courier|collect|pick (?:it|them|the)|"
    r"install|visit|come|"
    r"reschedule|rebook|re-?open|re-?do|re-?deliver|reverse|restore|unlock|unblock|re-?activate|cancel|close|extend|"
    r"provide|supply|"
    r"contact|speak|talk to you|tell you|report back|share|upload|publish|hand|present|deduct|adjust|exchange|swap|"
    r"order)"
)
_DONE = (
    r"(?:done|finished|built|cleaned|painted|printed|mended|rebuilt|refunded|credited|sent|shipped|replaced|"
    r"repaired|fixed|sorted|called|contacted|updated|waived|reimbursed|paid|returned|"
    r"delivered|resent|reissued|issued|corrected|amended|removed|resolved|settled|transferred|released|dispatched|"
    r"collected|"
    r"installed|visited|rebooked|restored|unlocked|cancelled|canceled|processed|posted|mailed|emailed|completed|"
    r"made|applied|"
    r"activated|reinstated|rescheduled|with you|in touch|yours|back (?:with|to|on)|in your|on your|at your|ready|"
    r"honou?red)"
)
_COMES = (
    r"(?:comes?|goes|go|ships?|leaves?|arrives?|lands?|follows?|moves?|reaches|reach|rings?|calls?|phones?|writes?|"
    r"gets?|starts?|"
    r"begins?|takes?|posts?|shows?|clears?|delivers?|drops?|collects?|visits?|sends?|refunds?|repl(?:y|ies)|"
    r"answers?|responds?|"
    r"resumes?|returns?|contacts?|e-?mails?|mails?|texts?|appears?|applies|expects? to (?!hear)|hopes? to (?!hear)|"
    r"reverts?|"
    r"aims? to|plans? to|promises? to|intends? to|processes|resolves?|settles?|despatches|dispatches|fits|installs?|"
    r"swaps?|"
    r"replaces|repairs?|fixes|brings?|picks? (?:it|them|the|this|that|up)|sees? you|heads? (?:out|your)|turns? up|"
    r"sets? off|"
    r"gives? you|lets? you know|has (?:it|this|that)|have (?:it|this|that) (?:to|with|for)|there(?:'s| is|"
    r" are) (?:a|an|your|the|two|some)|boards?|flies|travels?|credits?|hits?|"
    r"cracks on|decides?|confirms? (?:it|this|that)|happens?|gets? back|comes? back|updates?|is back|will)"
)
_IRREGULAR = (
    "am|are|was|were|had|did|do|don't|know|knew|think|thought|see|saw|understand|understood|hope|hoped|want|wanted|need|"
    "needed|"
    "said|wrote|rang|sent|left|got|came|went|made|found|told|met|felt|kept|lost|paid|gave|took|spoke|heard|sold|brought|"
    "bought|"
    "forgot|missed|believe|appreciate|apologi[sz]e|regret|realise|realize|like|love|feel|assume|suppose|would|could|"
    "should|might|may|must|never|no|can't|cannot|won't|didn't|haven't|hadn't|couldn't|wouldn't|recommend|suggest|ask|thank|owe|"
    "agree|admit|"
    "remember|see that|note|open|close|have been|have not|look forward|wait|put|set|cut|read|let|shut|hit"
)
_IRREGULAR_PRESENT = r"(?!(?:" + _IRREGULAR + r")\b)(?!\w+ed\b)"

PROMISES = PromiseWords(
    cut=re.compile(
        r"(?P<mark>[,:()]|\s--?\s|\.\.\.|…)|\b(?:as soon as|and|but|so|because|since|as|though|although|while|"
        r"whereas|hence|if|unless|"
        r"once|when|whenever|until|after|before|that(?= (?:i|we|you|it|he|she|they|the|your|our|my|this|there|"
        r"someone)\b)|which|who|where|plus|however|or|rather than|instead of|in case|provided|assuming|given|meaning)\b"
    ),
    opening=re.compile(
        r"\s*(?:(?:and|but|so|hence|because|as(?! (?:you|agreed|requested|discussed))|since|plus|while|though|"
        r"although|however|or|that|which|whereas|then|therefore|thus)\b\s*)*"
        r"(?:(?:yes|yep|yeah|ok|okay|sure(?: thing)?|right|well|now|anyway|also|hi|hello|hey|dear \w+|sorry|kindly "
        r"note|"
        r"please note|auto|"
        r"rest assured|don't worry|no worries|no problem|of course|absolutely|great|perfect|thanks|good news|update|"
        r"note|i promise|"
        r"we promise|i can confirm|we can confirm|you have my word)\b[\s,:)\]]*)*"
    ),
    turning=re.compile(r"\s*(?:but|however|so|hence)\b|\s*and (?:i|we)(?:'ll| will| promise| assure| guarantee)\b"),
    joining=re.compile(r"\s*(?:and|then|plus|or)\b"),
    same_doer=re.compile(r"\s*(?:i|we|i'll|we'll|you|you'll)\b|\s*(?:then |also )?" + _GIVE),
    condition=re.compile(
        r"\s*(?:(?:but|and|so|or|only|even)\s+)*(?:if|unless|once|when|whenever|as soon as|in case|provided|"
        r"assuming|should \w+|"
        r"as long as|after (?:you|we|i|they|the|your|receiving|it|checking|that|this)\b|"
        r"the (?:moment|minute|day) "
        r"(?:you|we|i|it|the|they)|subject to|depending on|upon|on (?:receipt|receiving)|pending|given that|"
        r"following (?:your|receipt))\b"
    ),
    courtesy=re.compile(
        r"\s*(?:(?:but|and|or|only)\s+)*(?:if|whenever|when|should) (?:that|this|it|you|you'd|you'll|u|they|"
        r"there) ?(?:'s |is |are |would |"
        r"works?|suits?|want|wish|prefer|like|rather|don't mind|agree|insist|choose|ask|ask for it|happy|okay|ok|"
        r"fine|helps?|need|have any|any)+"
    ),
    main_after=re.compile(
        r"(?<=\w )(?:i|we|you|it|they|someone|somebody)(?:'ll| will| shall)\b|(?<=\w )we " + _GIVE + r"\b"),
    future=re.compile(
        r"\b(?:will\b|wil\b|shall\b|gonna|going to|'?ll\b|can\b|aim(?:s|ing)? to|hop(?:e|es|ing) to (?!hear)|plan(?:s|"
        r"ning)? to|expect(?:s|ing)? to (?!hear)|"
        r"intend(?:s|ing)? to|promise(?:s)? (?:to|you|that)|set to|due to|about to|(?:plan|aim|goal|intention|"
        r"target|idea) is (?:to|for)|guarantee|undertake to|try (?:to|and)|"
        r"(?:i|we|they|he|she|it) should(?! have \w+ed\b)(?! (?:not|never|have been)\b)|\w+ should (?:be|arrive|"
        r"reach|land|come|have|get|show|hit|leave|ship|go|clear|appear|take|know|hear)(?! been\b)|"
        r"you should (?:get|have|receive|see|hear|be (?!aware|able))|you can expect|"
        r"should (?:now )?be (?!\w*ed by you)|ought to (?:be|have|arrive|get)|"
        r"(?:i'm|im|i am|we're|we are|he's|she's|they're|it's|it is|is|are|\w+'s) (?:now |also |just |still |then |"
        r"being )?"
        r"(?!looking|hoping|waiting|writing|checking into|thinking|trying to (?:find|work)|during|sorry|being|"
        r"nothing|missing|having|using|following up on|running|asking)[\w-]{2,}ing\b(?! (?:the (?:bank )?holiday))|"
        r"(?:is|are|be|being|'s|'re) (?:now |currently |still |also |all )?(?:due|expected|scheduled|booked|planned|"
        r"slated|estimated|pencilled|penciled|set|ready|back|"
        r"out for delivery|with you|yours|there|here|on (?:its|the|their|his|her|my) way|to be|down for|"
        r"in the (?:post|mail)|in your|on your|arranged|confirmed for|fixed for|lined up|earmarked)\b)"
    ),
    present=re.compile(
        r"\b(?:i|we) " + _ADVERB + _IRREGULAR_PRESENT + r"(?!(?:and|or|but|on|in|at|to)\b)[a-z-]{2,}\b"
        r"|\b(?:you|u) (?:get|receive|have|hear|see)\b(?! to\b)|\b" + _COMES +
            r"\b|\b(?:is|are|gets?) (?:being |all |usually |normally |always |"
            r"then )*(?:\w{3,}ed\b(?<!need)(?<!dated)|" + _DONE + r")"
    ),
    gives=re.compile(
        r"\b" + _US +
            r"(?: (?:will|shall|wil)|'ll|'m going to|'re going to| am going to| are going to|'m gonna|'re gonna|"
            r" promise to| guarantee to| undertake to| aim to| intend to| plan to| hope to) "
        + _ADVERB + _GIVE + r"\b|\b(?:you|u)(?:'ll| will| shall|'re going to| should) " + _ADVERB + _GAIN
        + r"|\b(?:will|shall|'ll|going to|should) " + _ADVERB + r"be " + _ADVERB + _DONE
        + r"|\b(?:i'm|we're|i am|we are) " + _ADVERB
        +
            r"(?:refund|credit|send|ship|replac|waiv|reimburs|return|deliver|resend|reissu|issu|post|courier|"
            r"dispatch|cancel|giv|gett|arrang|book)ing\b"
        +
            r"|\b(?:\w+|team|colleague|manager|driver|engineer|technician|fitter|agent|specialist|adviser|advisor|"
            r"department|office|desk|workshop)"
        + r"(?: will| shall|'ll) " + _ADVERB +
            r"(?:call|contact|ring|phone|e-?mail|write|reply|respond|get back|reach out|be in touch|come back|visit|"
            r"come|answer|collect|deliver|refund|send)\b"
        + r"|\b(?:is|are) (?:getting|being) " + _DONE +
            r"\b|\b(?:comes|goes|is coming|is going) (?:off|back (?:on|to|onto|into)|onto?|into|to) your (?:bill|"
            r"account|card|invoice|statement|bank)\b|\b(?:is|are) on (?:us|me|the house)\b"
        + r"|^\s*(?:will " + _ADVERB + _GIVE +
            r"|expect (?:my|our|a|an|the) (?:call|mail|email|reply|answer|text|refund|parcel|replacement))\b"
    ),
    short=re.compile(
        r"\s*(?:(?:your|the|a|an|our|my|full|new|next|another|free|standard|final|written|first|"
        r"estimated) )*(?:[a-z]+ )??"
        r"(?:back (?:to|with|on|at)|refunds?|replacement|deliver(?:y|ies)|call ?-?backs?|calls?|answers?|repl(?:y|"
        r"ies)|response(?: time)?|updates?|decision|"
        r"credit|repair|visit|payment|cheque|check|turnaround|eta|dispatch|despatch|shipping|collection|pick-?up|"
        r"appointment|fitting|installation|resolution|feedback|news|"
        r"confirmation|letter|money|parcel|courier|engineer|technician|fitter|result|verdict|outcome|exchange|"
        r"reimbursement|processing(?: time)?|estimate|quote|"
        r"expect|give (?:me|us)|allow|(?:please|kindly) (?:allow|expect|give (?:me|us))|call it|make (?:it|that)|"
        r"let's say|say|figure|reckon on|count on|bank on|plan on|think|on it|with you|yours|in your inbox|to you|"
        r"done|sorted|fixed|ready|talk|speak)\b"
    ),
    closing=re.compile(
        r"\s*(?:as (?:you (?:asked|requested|wanted|wished|suggested)|agreed|requested|discussed)|"
        r"(?:well )?before (?:your|you)|in time for|ahead of|without fail|guaranteed)\b"),
    linking=re.compile(r"\b(?:that|whether)\s*$"),
    patience=re.compile(r"\s*(?:just |please |kindly )*(?:give (?:me|us)|allow|bear with|let me have)\b"),
    bare=re.compile(
        r"\s*(?:(?:and|then|plus|or) )+(?:also |will |personally )*(?:" + _GIVE +
            r"\b|(?!(?:the|your|a|an|my|our|i|we|you|it|he|she|they|that|this|there|is|are|in|on|at|by|to|for|with|"
            r"no|not)\b)[a-z-]+ (?:you|u|your|it|them|the|a|an|this|that|everything|both)\b)"
    ),
    activity=re.compile(
        r"\b(?:look(?:ing)? (?:in|at|over|through|again)\w*|investigat\w+|check(?:ing)?(?! in with you)|"
        r"review(?:ing)?|chas(?:e|ing)|work(?:ing)? on|going through|"
        r"pass(?:ing)? (?:it|this|that|your)|escalat\w+|rais(?:e|ing)|forward(?:ing)?|shar(?:e|ing) (?:it|this|that|"
        r"your)|note|feed(?:ing)? (?:it|this|that) back|discuss|"
        r"ask(?:ing)?|get to the bottom|find(?:ing)? out|do (?:my|our) best|stay on|keep (?:an eye|looking|trying|"
        r"on)|be (?:looking|working|checking|reviewing|investigating|happy|glad|pleased|sure)|"
        r"tak(?:e|ing) (?:it|this|that) (?:up|forward|seriously|into)|learn from|improv\w+|train|remind|speak (?:to|"
        r"with) (?:the|my|our)|talk to (?:the|my|our)|get (?:it|this|that) looked)\b"
    ),
    past=re.compile(
        r"\b(?:was|were|had|did|didn't|wasn't|weren't|has(?! (?:it|your|the|this|that|them|our)\b)|have been|'ve|"
        r"have (?!it\b|that\b|this\b|your\b|the\b|a\b|"
        r"an\b|someone\b|one\b|them\b|you\b)\w+(?:ed|en|ne|nt|ld|de|me)?|hasn't|haven't|"
        r"(?:i|we|you|he|she|they|it|who|that|which)(?: also| already| then| just| never| only)? (?:\w+ed|called|"
        r"rang|said|wrote|sent|left|got|came|went|made|found|told|met|spoke|gave|took|paid|kept|lost|saw|heard|put|"
        r"rang|broke|fell|sold|thought|felt|stood|did|knew|meant|brought)|already)\b"
    ),
    negated=re.compile(
        r"^\s*no (?!later|problem|worries|bother|dramas?|doubt|matter)\w+|\b(?:won't|wont|can't|cant|cannot|shan't|"
        r"don't|doesn't|isn't|aren't|will not|shall not|can not|not (?:be |going to |able|yet|expect|promise|"
        r"guarantee|say|commit|until|before|in a position|possible|sure)|"
        r"(?:i'm|im|am|we're|are|he's|she's|is|they're) not (?:\w+ly )?(?!joking|kidding|forgetting)\w+ing|"
        r"unable|no longer|never|is not|are not|do not|does not|wouldn't|couldn't|shouldn't|mightn't|impossible|"
        r"no (?:way|chance|promise|guarantee)s?|nobody|no one|neither|nor|nothing|no need|unlikely|instead of|"
        r"without having|rather than|refuse)\b"
        r"(?!.{0,12}\b(?:later than|problem|worr))"
    ),
    unreal=re.compile(
        r"\b(?:would|'d(?! (?:say|guess|reckon|think|expect))|could|might|may|were to|had (?:you|we|i|it)|if only|"
        r"wish|supposed to|used to)\b"),
    customer=re.compile(
        r"\b(?:you|u)(?:'ll| will| shall|'re going to| are going to) (?:\w+ly |then |also |just |please |be )*"
        r"(?!get|receiv|have|having|hear|see|find|meet|catch|be\b|notice|expect|owe|thank)[a-z-]+ "
        r"(?:(?:it|this|that|them|back|to|(?:the|your|a) [\w-]+) )*(?:me|us)\b(?! to\b)|"
        r"\b(?:you|u)(?:'ll| will| shall) (?:call|ring|phone|pay|sign|upload|submit|fill|let (?:me|us)|get back to "
        r"(?:me|us))\b(?! (?:nothing|no|less))|"
        r"\byou(?:'ll| will|'d)? (?:also )?(?:need|must|have to|had|can(?! expect| count on| have| get|"
        r" look forward)|could|may|might|want|asked?|said|wrote|told|mentioned|sent|called|promised|would|"
        r"are (?:asked|required|welcome|entitled|free)|'re (?:asked|welcome|entitled|free)|decide|choose|prefer|"
        r"agree|pay|send|return|reply|respond|confirm|let)\b"
        r"|^\s*(?:please|kindly|pls|plz) (?!allow|expect|give (?:me|us)|note|be advised|rest|accept)\w+|"
        r"^\s*(?:(?:please|kindly|just|simply|then|do|or|and|so) )*(?:send|call|ring|write|use|check|let (?:us|me)|"
        r"contact|reply|keep|bear|tell|pick|choose|see|note|make sure|ensure|fill|return|"
        r"bring|upload|attach|confirm|forward|provide|respond|answer|complete|sign|click|visit|try|take|drop|leave|"
        r"pay|book|order|be (?:at|there|ready|sure|aware|patient)|remember|feel free|get in touch|email|mail|text|"
        r"phone|quote|have|wait|hold|ask|submit|print|pop|come|stop|read|don't|do not)\b(?! (?:the )?(?:you|u\b|"
        r"follows|comes|takes|will|is|goes|it (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|"
        r"\d)))"
        r"|\b(?:need|want|ask|expect|require|like|waiting for|wait for|looking forward to) (?:you|your|for you)\b|"
        r"\byour (?:deadline|appeal|payment|instalment) (?:is|falls)"
    ),
    standing_facts=re.compile(
        r"^\s*(?:all the best|good luck|enjoy|happy)\b|\b(?:expires?|shuts? (?:at|on|from|early)|runs? out|valid|"
        r"opens?\b|open (?:until|till|from|at|on|again|today|tomorrow)|(?:is|are|be|"
        r"we're) (?:open|closed|away|off|out till|out until|out of)|closed?\b(?! of)|closes|on (?:leave|holiday|"
        r"vacation|annual leave)|lapses?|"
        r"takes? place|kicks? off|wedding|concert|bank holiday|public holiday|day off|coupon|voucher code|promo|"
        r"sale (?:ends|starts)|deadline|due date|office hours|opening hours|office is|shop is|store is|birthday|"
        r"back from (?:leave|holiday|vacation)|working (?:from|till|until)|(?:is|are|am|'m|'re|'s) (?:in|out|around|"
        r"here|away|off)(?: again)? (?:until|till|from|between)|lines are|ends? (?:on|at|in|this|next|tomorrow)|(?:is|"
        r"'s) (?:a holiday|our|my))\b"
    ),
    told=re.compile(
        r"\b(?:told|promised|assured|quoted|gave|sold|offered) (?:you|u)\b|\b(?:i|we) (?:wish|understand|see|know|"
        r"realise|realize|appreciate|gather)\b(?! (?:how|what))|\b(?<!as )(?:you|u|your (?:mail|email|letter|"
        r"message)|the customer) (?:also |had |have |'ve |were |was )?(?:said|wrote|asked|told|mentioned|wanted|"
        r"claimed|complained|promised|say|says|asks|mentions|reads|were told|requested|heard)\b(?! (?:us|me)| (?:for "
        r")?(?:will|shall|is|are|goes|comes|gets|should)\b)"
        r"|\b(?:we|i|they|he|she|it|which|who|colleague|someone|somebody|agent|system|site|website|page|"
        r"confirmation|text|mail|email|shop|rep|driver|team)(?:'d)? (?:also |had |have |has |'ve |originally |"
        r"first |always |then |would |did )*(?:promised|assured|hoped|meant|planned|wanted|intended|quoted|"
        r"were going|was going|were supposed|was supposed|said (?:we|i|you|it'd|we'd|i'd|that (?:we|i))|told you|"
        r"wrote (?:to )?you|expected|thought|offered|were to|was to|emails everybody)\b"
        r"|\b(?:was|were|been) (?:promised|told|supposed|due|meant|scheduled|expected|planned|going)\b"
        r"|\b(?:website|web ?site|page|web ?page|system|leaflet|brochure|banner|bot|form|app|sign|board|screen|"
        r"poster|notice|faq)\b.{0,30}\b(?:tells|says|promises|quotes|claims|advertises)\b|\b(?:forget|scrap|scratch|"
        r"ignore|disregard|"
        r"cancel) (?:what|that|the|my|about)\b|\b(?:we|i)'d (?:normally|usually|have|never|love|hoped|planned|"
        r"said)\b|\b(?:had|if) (?:you|we) \w+ed\b"
        r"|\bhad (?:\w+ )?(?:promised|said|told|planned|announced|agreed|offered)\b"
    ),
    says=re.compile(
        r"\b(?:says?|said|saying|tells?|told (?:us|me)|confirm(?:s|ed)|(?<=who )confirm|(?<=they )confirm|informs?|"
        r"informed (?:us|me)|expects(?! to)|"
        r"estimates?|estimated(?= it| that| they| at)|writes|wrote (?:to )?(?:us|me)|assures?|assured (?:us|me)|"
        r"notif(?:ies|ied)(?: us| me)?|repl(?:ies|ied)|responded|explain(?:s|ed)|stat(?:es|ed)(?= )|warn(?:s|"
        r"ed) (?:us|me)|pledg(?:es|ed)|guarantees|mention(?:s|ed)|relayed|announc(?:es|ed)|promis(?:es|ed) (?:us|me|"
        r"it|that|to|a|delivery)|quot(?:es|ed)(?: us| me)?|"
        r"advis(?:es|ed)(?: us| me)?|reckons?|reckoned|has (?:given|told|confirmed|promised|advised|informed|"
        r"written|assured|committed|agreed|announced)|have (?:given|told|confirmed|promised|advised|informed|"
        r"written|assured|committed|agreed|announced)|indicates?|shows?(?= (?:delivery|it|\d|tomorrow|monday|tuesday|"
        r"wednesday|thursday|friday|saturday|sunday|an?))|(?<=they )give(?= us)|gave (?:us|me)|gives (?:us|me)|puts it|"
        r"has (?:it|you|this) (?:down|booked|marked|listed)(?: for)?|have (?:it|you|this) (?:down|booked|marked|"
        r"listed)(?: for)?|lists it|commit(?:s|ted) to|schedul(?:es|ed) it|is saying|are saying|are telling|"
        r"is telling|thinks?)\b(?: us\b| me\b| to us\b| to me\b)?(?: that\b)?"
    ),
    reported=re.compile(r"\b(?:would|'d|were|was|could)\b"),
    according=re.compile(
        r"\b(?:according to|as per (?:the|their|our partner)|per the|as (?:informed|advised|confirmed|told|stated|"
        r"promised) by|going by|by their|as per (?:dhl|ups|fedex|dpd)|on (?:their|its) (?:website|site|tracking|"
        r"word))\b"),
    partner=PARTNER,
    partner_after=re.compile(r"(?!)"),
    ours=re.compile(
        r"\s*(?:\w+ )?\b(?:i|we|my|our (?!partner|supplier|carrier|courier|insurer|bank|subcontractor|haulier|"
        r"shipping (?:partner|company)|delivery partner|payment (?:provider|partner)|logistics|provider)[\w-]+|"
        r"colleague|manager|workshop|depot|warehouse|team|accounts|kitchen|boss|engineer|technician|driver|fitter)\b"),
    they=re.compile(r"\s*(?:they|they'll|they've|they'd|it|its|their)\b"),
    hedge=re.compile(
        r"\b(?:should|hopefully|aim|hope|hoping|expect(?:ed|ing|s)?(?! (?:my|our|a)\b)|try|trying|fingers crossed|"
        r"all being well|touch wood|with (?:any )?luck|probably|likely|ought to|plan(?:ning|s)? to|estimate[ds]?|"
        r"estimated|approximately|if all goes|target|intend|i think|i reckon|normally|usually|typically|looks like|"
        r"possibly|maybe|might|ideally|anticipate)\b"),
    automatic=re.compile(
        r"\bauto(?:matic|mated|-reply|reply)?\b|\bno-?reply\b|\bdo not reply\b|\bthis mailbox\b|\b(?:we|"
        r"our [\w -]{3,30}) (?:always |usually |normally |aim to |try to |generally |typically )*(?:return|answer|"
        r"reply|respond|get back|call back|process|review|acknowledge|resolve|handle)(?: to)? (?:\w+ )?(?:calls?|"
        r"every|all|each|any|mails?|e-?mails?|messages?|tickets?|requests?|enquiries|inquiries|complaints?|"
        r"back within|within|web|queries|claims)\b|\bsomeone will (?:reply|respond)\b|\b(?:a member|one) of (?:our|"
        r"the) (?:team|staff)"
    ),
    correction=re.compile(
        r"\b(?:(?:no|sorry|actually|wait|hang on|hold on|scratch that|correction|i mean|oops|rather|strike that|"
        r"apologies|my mistake)[ ,]+(?:no[, ]+|wait[, ]+|i mean |make (?:it|that) |call it |let's say |say |"
        r"that's )*(?:on |by |the |until )?(?=mon|tue|wed|thu|fri|sat|sun|tom|tod|next|noon|\d|one|two|three|four|"
        r"five|six|seven|eight|nine|ten|half|this|end|within|in )|(?:make|call) (?:it|that) (?:on |by )?|"
        r"better (?:say|make)|let's (?:say|make it)|to be (?:safe|on the safe side|realistic|honest)[, ]+(?:make|"
        r"call|say|let's|by|on|it)|(?:i|we) (?:meant|mean)\b|correction:|more like(?:ly)?|better still)"
    ),
    retraction=re.compile(
        r"\s*(?:no|nope|sorry|actually|oops|wait|no wait|hang on|hold on|scratch that|strike that|scrap that|"
        r"correction|my mistake|my bad|apologies|i mean|i meant|let me correct that|rather|make that)[\s,!]*(?:no|"
        r"wait|sorry|that's wrong|scratch that)?\s*$"),
    stating=re.compile(
        r"\b(?:is|are|was|were|am|'s|'re|there's|been|tells?|says?|left|went|came|got|took|made|told|said|sent|rang|"
        r"\w{2,}ed|dear|regards|thanks|your (?:mail|email|letter|message|order)|order|invoice|ref|ticket|case|dated|"
        r"subject)\b"),
    kept=re.compile(r"\bas (?:promised|agreed|announced)\b(?!.{0,40}\bwill\b)"),
    assent=re.compile(
        r"(?:,|-|\.\.\.|…)\s*(?:ok|okay|k|alright|all right|right|yeah|yes|fine|deal|sound good|sounds good|"
        r"does that (?:work|suit|help)|is that (?:ok|okay|alright|all right|fine)|if that's (?:ok|okay|alright|"
        r"all right)|that (?:ok|okay|alright)|would that (?:work|suit)|does that sound [\w ]+|cool|"
        r"fair)\s*(?:with you|for you|by you)?\s*\?\s*$"),
    asks=re.compile(
        r"\s*(?:and |but |so |or |also )*(?:shall|can|could|would|will|do|does|did|is|are|was|were|has|have|had|may|"
        r"might|should|what|when|where|why|who|how|which|whose|if i were|any|ok if)\b"),
    trailing=re.compile(r"\s+with (?:a|an|the|your|my|our|next|more|all|any|some|details|full|further|what|news)\b"),
    afterwards=re.compile(
        r"\b(?:after that|afterwards|thereafter|from then|from there|on top of that|once (?:it|we|you|they|the)|"
        r"after (?:it|we|you|they|the|your|receiving|approval)|of (?:your|us|receiving|receipt|getting|approval)|"
        r"upon|following)\b"),
    open=OPEN,
)  # fmt: skip
