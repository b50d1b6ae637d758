"""How English blames, soothes, apologises, puts off, and ties a remedy to a review."""

import re

from ..tone_words import ReviewWords, ToneWords

_OTHERS = (
    r"(?:carriers?|couriers?|delivery (?:company|partner|firm|driver)|driver|shipping company|shipper|post office"
    r"|postal service|royal mail|suppliers?"
    r"|manufacturers?|factory|maker|vendor|seller|merchant|third[- ]part(?:y|ies)|partners?|partner airline"
    r"|airline|airport|ground handler|handling agent"
    r"|contractors?|subcontractors?|sub-contractors?|fitters?|installers?|customs|bank|card issuer"
    r"|payment provider|payment processor|processor|warehouse"
    r"|logistics (?:company|partner|provider)|provider|network operator|host|landlord|agency|travel agent"
    r"|booking site|franchise\w*|store|branch|depot|haulier"
    r"|weather|software|system provider|other department|other team|colleagues? in \w+)"
)
_REVIEW = (
    r"(?:reviews?|ratings?|posts?|posting|comments?|tweets?|stars?|star rating|feedback|testimonials?|trustpilot"
    r"|tripadvisor|google|facebook|instagram|tiktok"
    r"|yelp|videos?|stor(?:y|ies)|threads?|complaints?|chargebacks?|dispute"
    r"|claim with(?! (?:\w+ )?(?:carriers?|couriers?|insur\w+|airline|police|post office))"
    r"|report|write-?up|score"
    r"|survey|online|publicly|social media|word)"
)
_SWAY = (
    r"(?:remov\w+|delet\w+|tak(?:e|es|ing) (?:\w+ ){0,4}?down|taken down|pull(?:s|ed|ing)?|edit\w*|chang\w+"
    r"|updat\w+|amend\w*|revis\w+|withdraw\w*|retract\w*"
    r"|modif\w+|drop(?:s|ped|ping)?|clos(?:e|es|ed|ing)|cancel\w*|rais(?:e|es|ed|ing)|improv\w+|upgrad(?:e|es|ed"
    r"|ing) your|leav(?:e|es|ing)|left|writ(?:e|es|ing|ten)|post(?:s|ed|ing)?"
    r"|submit\w*|give us|giving us|rat(?:e|es|ing) us|add(?:s|ed|ing)?|publish\w*|stop (?:posting|tweeting)"
    r"|refrain from|not (?:to )?(?:post|publish|share|review"
    r"|write)|hid(?:e|es|ing)|share(?:s|d)?|sharing|mak(?:e|es|ing)|hold back|keep(?:ing)?|reconsider\w*|swap\w*"
    r"|turn\w*|set\w*|adjust\w*|correct\w*|rewrit\w+|replac(?:e|ing) your)"
)
_REMEDY = (
    r"(?:refunds?|refunding|refunded|reimburs\w+|vouchers?|gift ?cards?|credits?|crediting|compensat\w+|discounts?"
    r"|money|money back|replacements?|replace"
    r"|upgrades?|goodwill|gesture|free\b|% off|\d+ ?%|[£$€] ?\d+|\d+ ?(?:£|\$|€|eur|usd|gbp|euros?|dollars?"
    r"|pounds?)|cash ?back|payment|payout|prize|draw|reward"
    r"|bonus|points|miles|coupons?|gift|exchange it|waive\w*|repair|pay (?:you|out|back)|send (?:you )?(?:a"
    r"|the) new|sort (?:it|this|everything|things) out|compensation"
    r"|(?<!post )(?<!zip )(?<!error )(?<!access )(?<!tracking )codes?"
    r"|(?:we|i)(?:'ll| will) send (?:it|this|that|them)(?= (?:to you|out|over|straight|right|today|at once)|\W*$)"
    r"|settle\w*|settlement|deposit|release|something (?:nice|extra)|make it (?:up|right)|look after you"
    r"|see you right|knock)"
)

_REVIEWS = ReviewWords(
    swayed=re.compile(
        rf"\b{_SWAY}\b[^.!?\n]{{0,50}}?\b{_REVIEW}\b|\b(?:tak(?:e|es|ing)|pull(?:s"
        rf"|ing)?) (?:\w+ ){{0,3}}?{_REVIEW}(?: \w+){{0,3}}? (?:down|off)\b"
        rf"|\b{_REVIEW}\b(?: \w+){{0,5}}? (?:is|was|has been|have been|gets?|being|to be|be|comes?|goes|stays?"
        rf"|remains?|must be|would be|are"
        rf") (?:\w+ )?(?:{_SWAY}|gone|down|off|up|online|live|private|offline|five|5)\b"
        rf"|\b{_REVIEW}\b(?: \w+){{0,2}}? (?:disappears?|vanish(?:es)?|no longer (?:shows?|appears?|exists?))\b"
        r"|\b(?:five|5|four|4)[- ]?stars?\b|\b(?:positive|good|nice|better|kind|honest|favou?rable"
        r"|short|glowing) (?:\w+ )?(?:review|rating|comment|feedback|word)\b|\b(?:review|rate|recommend|tag"
        r"|mention) us\b|\b(?:tweet|post|talk) about (?:us|it|this)\b"
        r"|\b(?:removal|deletion|withdrawal|retraction) of (?:\w+ ){0,3}(?:review|post|comment|complaint|tweet"
        r"|rating|video)"
    ),
    remedy=re.compile(rf"(?<![\w£$€])(?!(?<=\bwe )\w+ed\b)(?!(?<=\bi )\w+ed\b){_REMEDY}(?!\w)|[£$€] ?\d|\d ?(?:€|%)"),
    given=re.compile(
        r"(?:\b(?:have|has|'ve|had|was|were|been|already|just)(?: \w+){0,2} "
        r"|\b(?:we|i) (?:refunded|paid|sent|gave|credited)(?: \w+){0,2} )$"
    ),
    condition=re.compile(
        r"\b(?:if|once|when|whenever|as soon as|the moment|the minute|after|provided(?: that)?|providing"
        r"|as long as|so long as|assuming|should you|unless|until|till|while"
        r"|where|in case|were you to|on the basis that|only when|only if|upon|with)\b"
        rf"(?! (?:we|i)(?: have|'ve)? {_SWAY})"
    ),
    condition_ends=re.compile(
        r",|;|\bthen\b|\bwe(?:'ll|'d| will| would| can| could| are| shall|'re)\b|\bi(?:'ll|'d| will| can)\b"
        r"|\b(?:we|i) (?=refund|reimburse|credit|pay|send|give|replace|compensate|waive|issue|release|knock)"
        r"|\byou(?:'ll| will| get| receive| would)\b|$"
    ),
    before=re.compile(
        r"\b(?:before|prior to) (?:we|i|any|the|your|you|issuing|processing|sending|releasing|paying|refunding)\b"
    ),
    earns=re.compile(
        r"(?:,|:|&|\+|\band|\bso(?: that)?|\bthen|-)\s*(?:then |in return |(?:an? )?(?:full )?refund"
        r"|we|i|you|your|the|get|receive|claim|earn|enjoy"
        r"|have|it|that|10|win)\b[^.!?\n]{0,80}"
        r"|\b(?:and|to|in order to) (?:get|receive|claim|earn|unlock|qualify|win|be (?:eligible|entered|refunded)"
        r"|obtain|collect|release|enjoy|have)\b"
    ),
    exchange=re.compile(
        r"^\W*(?:to|in order to) (?:get|receive|claim|obtain|unlock|qualify for|be refunded)\b|\b(?:in (?:exchange"
        r"|return)(?: for)?|on (?:the )?condition(?: that| of)?|conditional (?:on|upon)|subject to"
        r"|contingent (?:on|upon)|in consideration of|depends? (?:on|upon)"
        r"|hangs? on|hinges? on|requires?|as a thank[- ]you for|as thanks for|reward(?:ed|s)? for"
        r"|for (?=(?:removing|deleting|taking|changing|updating|editing|leaving|writing|posting"
        r"|withdrawing|dropping|a (?:\w+ ){0,2}(?:review|rating)|your (?:\w+ ){0,2}(?:review|rating|post)|every"
        r"|each|five|5|not posting))|against (?:the )?(?:removal|deletion|withdrawal)"
        r"|tied to|linked to|in turn|that way|all (?:that )?(?:we|i) (?:ask|want|need)(?: for)?(?: of you)? is"
        r"|please\b[^.!?\n]{0,80}\b(?:after|once|when|as soon as) (?:we|i)(?: have|'ve)? (?:send|sent|issue|pay|paid"
        r"|refund|process|credit))\b"
    ),
    then=re.compile(
        r"^\W*(?:then\b|after that|once (?:that's|that is|it's|it is|this is|done|you have|you've|i see|we see"
        r"|removed|gone)|in (?:return|exchange)|afterwards|when (?:that|it|this)(?:'s| is)"
        r"|as soon as (?:it|that)|only then|we(?:'ll| will) then|and then|and we|we can then|at that point"
        r"|until then|until that|that done|as a thank)"
    ),
    asked=re.compile(
        rf"(?:^|[,:;-]\s*)\W*(?:first,? |just |simply |so |now |then |kindly |please |go ahead and )*(?:{_SWAY})\b"
        r"|\bplease\b"
        rf"|\b(?:could|can|would|will) you\b|\bwe(?:'d| would) (?:like|ask|need)|\bwe need you\b"
        r"|\b(?:ask|asking|asked|request|need|want|expect) (?:that )?you\b|\byou (?:need|have|must|should"
        r"|would have)\b|\bhow about\b|\bwould you mind\b|\bthe review (?:has|needs) to\b"
    ),
    free=re.compile(
        r"\b(?:does(?:n't| not) (?:depend|hang|hinge)|do(?:n't| not) (?:depend|hang|hinge)|not (?:conditional"
        r"|contingent|tied|linked)|regardless|whether or not|whether you|independent(?:ly)? of"
        r"|never (?:ask|tie|make|link|offer)|no strings|either way|nothing to do with|no conditions?"
        r"|without (?:any )?conditions?|unconditional|no need to|(?:we|i) (?:do not|don't|would never"
        r"|will never|won't) (?:ask|tie|want you|expect)|you (?:do not|don't) (?:have|need) to"
        r"|whatever you (?:write|post|say|decide)|even if|review (?:your|the|our|this|my) (?:case|file|order"
        r"|account"
        r"|complaint|claim|details|photos|notes|bill|options))\b"
    ),
    greets=re.compile(r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day))(?: [\w'-]+\.?){0,3}[ ,!]*"),
)

TONE = ToneWords(
    blames=re.compile(
        rf"\b(?:due to|because of|caused by|down to|thanks to|as a result of|owing to|on account of) (?:an? |the "
        rf"|our |their |your |some )?(?:\w+ ){{0,3}}?{_OTHERS}\b"
        rf"|\b(?:the|our|this|that) (?:\w+ ){{0,2}}?{_OTHERS} (?:is|are|was|were) (?:entirely |solely |fully "
        rf"|clearly )?(?:to blame|responsible|at fault|in charge of|liable)"
        rf"|\b{_OTHERS}(?:'s|s'|') (?:own )?(?:fault|mistake|error|responsibility|problem|failure|doing|issue"
        rf"|negligence)\b"
        rf"|\b(?:fault|mistake|error|failure|responsibility) (?:lies|is|was|rests|sits) (?:entirely |solely |with "
        rf"|of |on )+(?:the |our )?(?:\w+ ){{0,2}}?{_OTHERS}\b"
        rf"|\b(?:fault|mistake|error|failure|negligence) (?:of|by|on the part of) (?:the"
        rf"|our) (?:\w+ ){{0,2}}?{_OTHERS}\b"
        rf"|\b(?:the|our) (?:\w+ ){{0,2}}?{_OTHERS} (?:has |have )?(?:let (?:us|you|both of us) down|failed (?:to"
        rf"|us|you)|messed|dropped the ball|should have|did not do (?:its|their) job|lost it, not us)"
        r"|\b(?:not|isn't|wasn't|hardly|never) (?:really |actually )?(?:our|my) (?:fault|doing|mistake"
        r"|responsibility|error|problem)\b|\bnothing to do with us\b|\bnot (?:down to|caused by) us\b"
        r"|\b(?:outside|beyond|out of) (?:of )?(?:our|my) (?:control|hands|influence|reach)\b|\bout of our hands\b"
        r"|\b(?:we|i) (?:cannot|can't|can not|do not|don't|are not able to) (?:be held (?:responsible|liable)"
        r"|take (?:any )?responsibility|accept (?:any )?(?:liability|responsibility))"
        r"|\b(?:we|i) (?:are|am)(?: not|n't) (?:responsible|liable|to blame)\b"
        rf"|\byou(?:'ll| will| would|'d)? (?:need|have|must|should)(?: to)? (?:contact|take (?:this|it"
        rf"|that) up with|speak to|complain to|ask|call|raise (?:this|it) with) (?:the "
        rf"|your )?(?:\w+ ){{0,2}}?{_OTHERS}\b"
    ),
    owns=re.compile(
        r"\b(?:(?:it|that|this|which)(?:'s| is| was| remains) (?:still )?(?:ours|on us|our (?:job|responsibility"
        r"|fault|doing|mistake|problem|failure|duty|business))|(?:we|i)(?:'ll| will)? (?:take|takes|took|accept"
        r"|own|bear)"
        r" (?:full |the |all )?(?:responsibility|blame|it|that|this)|our (?:fault|mistake|error|responsibility)"
        r"|we chose (?:them|the)|you bought (?:it )?from us|your contract is with us|we answer for"
        r"|we(?:'ll| will) (?:deal|sort|settle|take) (?:it |this |that |up )?(?:up )?with (?:them|the|him|it)"
        r"|leave (?:that|them|the \w+) to us|between (?:us|them) and|not your problem|we should have)\b"
    ),
    apology=re.compile(
        r"\b(?:sorry|apolog\w+|forgive (?:us|me)|ashamed|my bad|mea culpa|beg your pardon|regret(?:s"
        r"|ted)?)\b(?! (?:to hear you are leaving))"
    ),
    soothing=re.compile(
        r"\b(?:sorry|apolog\w+|regret|understand (?:how|that|your|the)|appreciate (?:your|how|the|you)"
        r"|value (?:you|your)|valued|take (?:this|it|your|such|all) (?:\w+ )?(?:very )?seriously|frustrat\w+"
        r"|inconvenien\w+"
        r"|disappoint\w+|thank you for (?:your|bringing|reaching|letting|taking|contacting|getting|sharing)"
        r"|thanks for (?:your|bringing|reaching|letting|getting|sharing)|feedback|important to us|patience"
        r"|understanding"
        r"|experience|concern|hear (?:that|this|about)|strive|committed|commitment|pride ourselves|standards)\b"
    ),
    action=re.compile(
        r"\?|\b(?:i|we) (?:have )?(?!apologi|understand|appreciat|valu|regret|hear|feel)(?:\w{2,}ed|sat|went|stood"
        r"|drove|gave|met)\b|\bon (?:us|the house)\b|\b(?:hand|pass|transferr|mov)ing you\b"
        r"|\b(?:i|we) (?:can't|cannot|can not|won't|don't|do not|aren't able to|are unable to) (?!thank|apologi"
        r"|imagin|take|control)\w+\b"
        r"|\b(?:(?:i|we)(?:'ve| have|'ll| will|'m| am|'re| are|'d| can| could| shall| just| also"
        r"|'ve already)*(?: now| just| already| personally| also| asked \w+ and)* (?:going to |getting |able to "
        r"|happy to |glad to )?"
        r"(?:refund|reimburs|credit|send|sent|resen|ship|dispatch|post|replac|exchang|cancel|cancell|book|rebook"
        r"|call|ring|rang|phon|spoke|speak|ask|check|found|find|trac|look|open|reopen|chang|correct|fix"
        r"|repair|remov|add|updat|arrang|order|pay|paid|return|transfer|extend|waiv|issu|apply|appl|deduct|reserv"
        r"|put|mov|escalat|pass|hand|took|tak|stop|switch|reset|unlock|unblock|restor|read|went|go|visit|come|came"
        r"|collect|pick|deliver|bring|brought|listen|compar|test|confirm|write|wrote|let you know|get back|report"
        r"|need|propos|suggest|offer|giv|gave|mak|made|cover|match|keep|kept|hold|held|start|began|begin|set|talk"
        r"|includ|attach|enclos|investigat|review|lift|clos|do|did|assign|forward|contact|email|e-mail|know|see"
        r"|saw|measur|record|print|got|get|have|sort|solv|resolv)\w*)\b"
        r"|\b(?:has|have|had|was|were|is|are|will be|'s|being) (?:\w+ )?(?:been )?(?:refunded|sent|shipped"
        r"|replaced|cancelled|canceled|credited|booked|on (?:its|the) way|fixed|repaired|corrected|issued|closed"
        r"|paid|delivered|removed"
        r"|updated|arranged|ordered|collected|processed|released|restored|changed|found|traced|located|due|caused"
        r"|damaged|lost|scheduled|passed|back|reset|reserved|extended|waived|confirmed|approved|declined|rejected"
        r"|delayed)\b"
        r"|\b(?:please|kindly|you can|you could|you may|you'll (?:get|receive|find|see)|you will (?:get|receive"
        r"|find|see)|to do (?:so|this|that)|press|click|go to|open the|turn|hold|select|choose|send us|tell us"
        r"|let us know|let me know|reply"
        r"|call us|ring us|here is|here's|attached|enclosed|because|the reason)\b|\d"
    ),
    undated=re.compile(
        r"\b(?:as soon as (?:possible|we can|i can|practicable|we are able|we have (?:news|more|any)|there is news"
        r"|we know)|a\.?s\.?a\.?p|soon|shortly|in due course|in the (?:near future|coming (?:days|weeks))"
        r"|before (?:too )?long"
        r"|at (?:the|our) earliest(?: convenience| opportunity)?|as quickly as (?:possible|we can)"
        r"|as fast as (?:possible|we can)|in the next few (?:days|weeks)|within a few days|in a few days"
        r"|without delay|promptly|at some point"
        r"|in good time|when we can|any (?:day|time) now|very soon|quickly|momentarily|by and by)\b"
    ),
    coming=re.compile(
        r"\b(?:will|'ll|shall|going to|is being|are being|should|expect to|hope to|aim to|plan to|intend to"
        r"|working (?:to|on)|looking into|be (?:in touch|with you|back)|get back|hear from|on its way)\b"
    ),
    dated=re.compile(
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)(?:day)?\b|\b(?:today|tonight|tomorrow|noon|midnight"
        r"|this (?:morning|afternoon|evening|week)|end of (?:the )?(?:day|week|month)|next (?:week|month)"
        r"|january|february|march|april|june|july|august|september|october|november|december|(?:\d+|one|two|three"
        r"|four|five|six|seven|eight|ten|an|a)(?:[ -](?:to|or|and|-) ?\d+)? "
        r"(?:business |working |calendar )?(?:hours?|days?|weeks?|minutes?|months?)|by \d|at \d)\b|\d{1,2}[:.]\d\d"
        r"|\d{1,2} ?(?:am|pm)\b|\d{1,2}(?:st|nd|rd|th)\b|\d/\d"
    ),
    not_undated=re.compile(
        r"\b(?:see you|get well|better|welcome you(?: back)?|back|visit us|fly(?:ing)? with us|hear from you"
        r"|until) (?:\w+ ){0,3}(?:soon|shortly)|(?:how|too|so|no sooner|as) soon\b(?! as (?:possible|we|i))|sooner"
        r"|soon as you"
        r"|(?:hope|look(?:ing)? forward) to (?:see|seeing|welcom\w+|serv\w+|hear\w+)|(?:reply|write|call|tell|send"
        r"|return|let us know)(?: \w+){0,4} (?:as soon as|asap|at your earliest)|(?:arrived|came|replied|answered"
        r"|happened|reacted) (?:\w+ )?"
        r"(?:quickly|promptly|soon|shortly)|not (?:\w+ ){0,3}(?:quickly|promptly|soon)|(?:more|so|that|as|how|too"
        r"|enough|very) (?:quickly|promptly)\b|shortly (?:after|before)|soon after|your earliest"
    ),
    courtesy="""
        about after again allow always another anyone anything apologies apologise apologize
        appreciate aware back because been before being best bring bringing care case cheers come
        comes concern concerns contact contacted contacting could customer customers days dear
        delighted disappointed disappointment does doing done each else ever every everything
        experience feedback feel find first forward from frustrated frustrating frustration further
        getting give glad goes going good great have having hear heard hello help hope hours however
        important inconvenience into issue issues just kind kindly know letting like look looking
        made make making many matter message more morning much need needs never nobody nothing only
        other ours ourselves over patience please pleased possible problem quite reach reaching
        really regards reply request response right said same says service share sharing should
        since sincerely situation some someone something sorry sort still such sure take taken
        taking team tell than thank thanks that their them then there these they thing things think
        this those though through time today told took trouble truly trying understand understanding
        unfortunately until upon used valued very want wanted wants week weeks well went were what
        when where which while will wish with within without word words work working would write
        writing wrote year yesterday yours
    """,
    review=_REVIEWS,
)
