"""How English asks for something to be done."""

import re

from ..want_words import Opener, WishWords
from .asking import ACT, ADVERBS, HANDLE, OBJECT, PLEASE, REMEDY, TELLING, THING, TO_DO

WISHES = WishWords(
    clauses=re.compile(
        r"[,:(]\s+|\s-+\s*|\.{2,}\s*|\b(?:so|then|therefore|and please|otherwise|hello|hi|hey|again|either)\s+"
        r"|^(?:and|but|ok|well|now|so|also)[, ]\s*",
    ),
    openers=(
        Opener(
            rule="please-do",
            rank=3.0,
            pattern=re.compile(
                rf"(?:(?:could|can|would|will) (?:you|u|someone|somebody|one person"
                rf"|anyone) )?(?:{PLEASE},? )?{PLEASE}(?:,(?= {ACT}\b))? "
                r"(?:can (?:you|u|someone|i have|i get|we have|we get) |could (?:you|u|someone|i have|i get|we have) "
                r"|will you |would you )?(?:just |simply |also |at least |do |now |then )?"
                r"(?=(?:not |don't |do not )?[a-z]{2,})"
                r"(?!(?:asap|thanks?|and|or|as|at|by|but|before|because|it|i|we|the|my|this|for|to|in|on|if|so|no"
                r"|yes|is|are"
                rf"|was|someone|you|help|with|of|from|urgently|today|tomorrow|now|a|an|{HANDLE})\b)"
            ),
        ),
        Opener(
            rule="please-look",
            rank=1.5,
            pattern=re.compile(
                rf"{PLEASE},? (?:can (?:you|u|someone) |could (?:you|u|someone) )?(?:just |also )?(?={HANDLE}\b)"
            ),
        ),
        Opener(
            rule="i-would-like",
            rank=3.0,
            pattern=re.compile(
                rf"\b(?:i|we)(?:'d|d| would| wld|'ld) {ADVERBS}(?:like|love|prefer|appreciate|settle for|want"
                rf"|(?:happy|glad"
                r"|grateful|fine|content|satisfied|obliged) (?:with|for|to (?:get|have|accept|take|receive))|have)\s+"
                rf"(?=it if |if |{TO_DO}|{THING}[a-z\d$£€\"#])(?!been|thought|expected|had)"
            ),
        ),
        Opener(
            rule="i-would-be-grateful-if",
            rank=3.0,
            pattern=re.compile(
                rf"(?:\b(?:i|we)(?:'d|d| would) {ADVERBS}|\b(?:it|that)(?:'d| would) {ADVERBS}|\bwould be |^)"
                r"(?:grateful|appreciate it|appreciate|obliged|pleased|happy|great|nice|good|lovely|helpful"
                r"|appreciated|ideal"
                r"|kind|a start|fair|glad|thankful|wonderful) if (?:you|u|someone|somebody|your \w+|one of you|it"
                r"|my|the|we|i)"
                r"(?:'d| could| would| can| will| might)? (?:please |kindly |at least |just |be able to )?"
            ),
        ),
        Opener(
            rule="i-want",
            rank=3.0,
            pattern=re.compile(
                rf"\b(?:i|we) {ADVERBS}(?:want|wanna|demand|insist (?:on|that)|request(?: that)?|ask (?:for|that"
                rf"|you to)|"
                rf"claim|require|expect)\s+(?:{TO_DO}|{THING}(?=[a-z\d$£€\"#]))"
            ),
        ),
        Opener(
            rule="i-am-asking",
            rank=3.0,
            pattern=re.compile(
                r"(?:\b(?:i|we)(?:'m|'re| am| are|m) |^(?!after|claim|request (?!you to|that)|demand "
                r"|ask ))(?:(?:now|just|only|formally|hereby|therefore|simply|still|writing to) )*"
                r"(?:request(?:ing)?(?: that| you(?: all)? to)?|ask(?:ing)? (?:for|that|you to)|demand(?:ing)?"
                r"|claim(?:ing)?|looking for"
                r"|after|hoping for|seeking|insisting on)\s+(?=[a-z\d$£€\"])(?!me\b|a friend|details|more than"
                r"|[\d]+ (?:days|weeks))"
            ),
        ),
        Opener(
            rule="all-i-want-is",
            rank=3.0,
            pattern=re.compile(
                r"\b(?:all|what|the (?:only|least) thing|the least|the one thing)(?: that)? (?:i|we)(?:'d|'m| am"
                r"| would|'re| are"
                r"| do| really| actually)* (?:want|ask|asking|need|expect|like)(?: for| from you| now"
                r"| here)* is (?:for )?(?:to )?"
                r"|\bmy (?:request|preference|preferred \w+|wish|demand|ask|suggestion) (?:is|would be)(?: for| that)? "
            ),
        ),
        Opener(
            rule="i-need-you-to",
            rank=3.0,
            pattern=re.compile(
                r"\b(?:i|we) (?:really |just |urgently |now |still |desperately |only )*need (?:you (?:guys )?to"
                r"|someone to"
                r"|somebody to|this (?:\w+ed|fixed|done|gone)|it (?:\w+ed|back|fixed|done|gone|moved)|my \w+ back"
                r"|a (?:refund|replacement|new|different)|an? \w+ (?:refund|replacement))\b"
            ),
        ),
        Opener(
            rule="i-need",
            rank=2.0,
            pattern=re.compile(
                rf"\b(?:i|we) (?:really |just |urgently |now |still |only |do )*need\s+(?:{TO_DO}"
                r"|(?!to\b|you\b|not\b)(?=[a-z\d$£€]))"
            ),
        ),
        Opener(
            rule="can-you",
            rank=3.0,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|would|will|cud|cld)(?: not|n't)? (?:you|u|ya|y'all|someone|somebody|anyone"
                r"|anybody|one person"
                r"|one of you)(?: guys| folks| lot)?"
                rf"(?: please| pls| possibly| maybe| at least| just| kindly| also| perhaps| then)* (?={ACT}\b)"
                r"(?!(?:tell|have|find|make it|do|let me know|see|write back|allow me to know|put up|bill|charge)\b)"
            ),
        ),
        Opener(
            rule="can-your-manager",
            rank=2.9,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|would|will) (?=(?:your|the|a|an|some|one of your|one of the"
                r"|whoever) (?:(?!be\b)[\w'-]+ ){1,5}?"
                r"(?:call|ring|phone|contact|e-?mail|write|come|collect|bring|deliver|fix|help|speak|get|take|sort"
                r"|visit|explain"
                r"|pick|send|be (?:sent|refunded|replaced|fixed|cancelled|moved|changed|delivered|collected))\b)"
            ),
        ),
        Opener(
            rule="can-you-have",
            rank=2.8,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|would|will) (?:you|u|someone|somebody)(?: please| pls| at least| just| kindly)* "
                r"(?=(?:have (?:someone|somebody|your|a|the|him|her|it)|find (?:me|us|it|my|another|a)"
                r"|do (?:something|it|that|the)"
                r"|make (?:sure|it right|an exception))\b)|\bwould you mind "
            ),
        ),
        Opener(
            rule="can-i-have",
            rank=2.7,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|may|might) (?:i|we)(?: please| pls| just| at least| kindly| possibly)* (?:have"
                r"|get)\s+(?!to\b)"
                r"(?=[a-z\d$£€])"
            ),
        ),
        Opener(
            rule="can-i-be",
            rank=2.6,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|may) (?:i|we)(?: please| pls| just| at least)* (?=(?:be (?:\w+ed|put|given|sent)"
                r"|speak|talk)\b)"
            ),
        ),
        Opener(
            rule="can-you-look",
            rank=1.4,
            bare=True,
            pattern=re.compile(
                rf"\b(?:can|could|would|will) (?:you|u|someone|somebody|anyone)(?: please| pls| just)* (?={HANDLE}\b)"
            ),
        ),
        Opener(
            rule="imperative",
            rank=3.0,
            clause=True,
            pattern=re.compile(
                rf"(?:just |simply |at least |do |now |immediately |someone |somebody |one of you "
                rf"|either )*(?!do (?!something|it\b|this|that|the needful|your))(?={ACT}{OBJECT})"
            ),
        ),
        Opener(
            rule="do-not",
            rank=2.6,
            clause=True,
            pattern=re.compile(
                rf"(?:just )?(?=(?:do not|don't|dont|never|stop) (?:you dare )?(?:\w+ing\b|(?:{ACT}|contact|text"
                rf"|spam)\b))"
                r"(?!\w+ (?:worry|get me wrong|you|do)\b)"
            ),
        ),
        Opener(
            rule="remedy-please",
            rank=2.5,
            clause=True,
            pattern=re.compile(
                rf"(?=(?:[\w$£€.%'-]+ ){{0,6}}?{REMEDY}\b(?: [\w$£€.%'-]+){{0,6}}? (?:please|pls|plz|now|asap"
                rf"|or (?:i|we|else))\b)"
                r"(?!(?:yes|no|not|thanks|is|it|i|we|you|your|they|he|she|the|any|where|when|what|why|how|do|does"
                r"|if|still"
                r"|there)\b)"
            ),
        ),
        Opener(
            rule="you-should",
            rank=1.8,
            pattern=re.compile(
                rf"\b(?:you|u) (?:guys )?(?:should|must|need to|have to|had better|ought to|could at least"
                rf"|can at least)"
                rf"(?: really| at least| now| just)* (?={ACT}{OBJECT})(?!have\b)|\byou owe (?:me|us) "
            ),
        ),
        Opener(
            rule="i-hope-you",
            rank=1.7,
            pattern=re.compile(
                rf"\b(?:i |we )?(?:hope|hoping|trust|was hoping|were hoping|wish)(?: that)? (?:you|u"
                rf"|someone) (?:can|could|will"
                rf"|would|might)(?: please)? (?={ACT}\b)|\b(?:i|we) (?:was|were|am|are) hoping (?:for|to get"
                rf"|to have|to receive) "
            ),
        ),
        Opener(
            rule="possible-for-you-to",
            rank=2.8,
            bare=True,
            pattern=re.compile(
                r"\b(?:be|is it) possible for (?:you(?: guys)? to )?(?=(?:[\w'-]+ ){1,6}?\w)(?!me |us )"
            ),
        ),
        Opener(
            rule="somebody-must",
            rank=2.3,
            clause=True,
            pattern=re.compile(
                r"(?=(?:someone|somebody|one of you|your (?:\w+ ){1,2}?)(?: ?(?:really|urgently|now))? ?(?:needs to|"
                r"need to|must|should|has to"
                rf"|has got to|ought to) (?:{ACT}|{HANDLE})\b)"
            ),
        ),
        Opener(
            rule="can-you-ask-them",
            rank=2.7,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could|would|will) (?:you|u|someone)(?: please| pls| just| kindly)* (?=(?:ask|tell|"
                r"get) (?:him|her|them|(?:the|your"
                r"|my|a) (?:[\w'-]+ ){1,4}?)(?: ?)to \w)"
            ),
        ),
        Opener(
            rule="could-it-be-done",
            rank=2.5,
            bare=True,
            pattern=re.compile(
                r"\b(?:can|could) (?=(?:this|it|that|these|they|he|she) (?:\w+ )?be (?!\w*ing\b)\w+(?:ed|en|t|id)\b)"
            ),
        ),
        Opener(
            rule="need-one",
            rank=2.0,
            clause=True,
            pattern=re.compile(
                r"(?:just |really |still )*(?:need|want|demand|wanting|needing|would like) (?=(?:a|an|my|the|some|"
                r"another|new|this|it)\b)"
            ),
        ),
        Opener(
            rule="the-least-you-could-do",
            rank=2.4,
            bare=True,
            pattern=re.compile(rf"\bthe (?:least|minimum) you (?:can|could) do (?:now |here )?is (?:to )?(?={ACT}\b)"),
        ),
        Opener(
            rule="tell-them-to",
            rank=2.6,
            clause=True,
            certain=True,
            pattern=re.compile(
                r"(?:please |just |kindly )*(?=(?:tell|ask) (?:him|her|them|(?:the|your|my|"
                r"whoever) (?:[\w'-]+ ){1,4}?)(?: ?)(?:not )?to \w)"
            ),
        ),
        Opener(
            rule="i-will-take",
            rank=1.8,
            pattern=re.compile(
                r"\b(?:i|we)(?:'ll| will) (?:take|have|accept|go (?:for|with)) (?=(?:the|a|an|your|option)\b)"
            ),
        ),
        Opener(
            rule="make-sure",
            rank=1.9,
            clause=True,
            pattern=re.compile(r"(?:please |just )*(?=(?:make sure|ensure|see to it)\b)"),
        ),
        Opener(
            rule="is-there-another",
            rank=1.3,
            bare=True,
            pattern=re.compile(
                r"\b(?:is|will) there (?:be |going to be )?(?=(?:another|a (?:second|new|spare|replacement|later))\b)"
            ),
        ),
        Opener(
            rule="how-about",
            rank=1.6,
            pattern=re.compile(r"\b(?:how about|what about) (?=(?:a|an|some|you|sending|giving|my)\b)"),
        ),
    ),
    not_wanted=re.compile(rf"(?:(?:please|kindly|just|also|do|you|someone) )*(?:to )?{TELLING}(?!\w)"),
    undone=re.compile(
        r"(?:\b(?:if|when|whenever|why would|why should|what|do|did|does|how|whether|should|told|said|asked|says|until"
        r"|unless|because|that|which|told me|hotline to|number to)\s*|\b(?:asked|told|wanted|begged) (?:me|you"
        r"|us) (?:to )?)$"
    ),
    over=re.compile(
        r",?\s+(?:because|as (?:i|we|it|the|my|this|you|they|he|she)\b|since (?:i|we|it|you|the)\b|otherwise|or else"
        r"|or (?:i|we|i'll|i'm)\b|if not|but|although|though|so (?:that )?(?:i|we|my|he|she|they|it)\b|failing|while"
        r"|whereas|until|and (?:i|we|it|that|this is|if)\b)"
        r"|,?\s+(?:and|or)(?: please| pls| kindly)? (?:tell|let (?:me|us) know|confirm|advise|explain|ask|inform"
        r"|write to me"
        r"|get back|come back|say|reply|answer|apologi[sz]e for)\b"
        rf"|,?\s+or (?=(?:at least )?{ACT} (?:me|us|it|the|my|a|them|this|someone)\b)"
        r"|,\s+(?:not|ideally|preferably|if possible|if you can|i|i'm|i've|i'd|i'll|we|we're|we've|it|it's|he|she"
        r"|they|you|you've|there|this|that|that's|my|our|your|the|ref"
        r"|order|booking|account|case|policy|invoice|no\.|number|res|pnr|which|who|what|when|where|why|thanks?"
        r"|thank|cheers"
        r"|regards|then|is|are|and then|nothing|as|so|these|those|not that|or|even|otherwise|hope|will|would|can"
        r"|could|do|does|also)\b"
        r"|,\s*#?\d{4,}|\s\(|\s-+\s|\s-+$|\s*\?|\.{2,}|\s+(?:ref|order no|order #|booking ref)\b|\s#\d"
        r"|, (?=[a-z]*-?\d{3,})|\s*[:;]\s*[)(]"
    ),
    tail=re.compile(
        r"[\s,]+(?:(?:as soon|as quickly|as fast) as (?:you can|possible|humanly possible)|at (?:the"
        r"|your) (?:earliest|soonest)"
        r"(?: convenience| opportunity)?|a\.?s\.?a\.?p\.?|at once|immediately|urgently|right away|straight away|or not"
        r"|without (?:further |any )?delay|in advance|thanks?(?: you)?|thx|ta|cheers|many thanks)\W*$"
    ),
    contrast=re.compile(
        r"(?:(?:i|we) (?:don't|do not|dont) (?:want|need)|(?:a|an|the|your|another|more) [\w ]{2,40} (?:won't"
        r"|will not|isn't|is no"
        r"|doesn't|does not|is not|are no|are not|aren't) [\w ]{2,40}|no more [\w ]{2,40}|not (?:a|an"
        r"|another) [\w ]{2,40}"
        r"|(?:i|we) (?:don't|do not) [\w ]{2,60}),\s*(?:but |just )?"
    ),
    machine=re.compile(
        r"\b(?:automatic(?:ally)? (?:reply|response|generated|message|confirmation|sent)"
        r"|auto-?(?:matic)?[- ]?(?:reply|response"
        r"|responder)|automated (?:e-?mail|message|reply|response)|out of (?:the )?office"
        r"|do not reply to this (?:e-?mail|message"
        r"|address)|this (?:mailbox|inbox) is (?:not|un)|mail(?:er)?[- ]daemon|delivery (?:status notification"
        r"|has failed)"
        r"|undeliverable|no-?reply@|has received your (?:request|e-?mail|message|enquiry|ticket)|(?:ticket|request"
        r"|case) \W{0,3}[\w-]{3,20} "
        r"(?:has been |was )?(?:created|opened|received|logged)|change the subject line|(?:annual|on|parental"
        r"|maternity|sick) leave (?:until|from|till))"
    ),
    either=re.compile(r"(?:please )?either\b"),
    please=re.compile(PLEASE + r"\b"),
)
