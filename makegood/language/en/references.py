"""How English names orders, bookings, cases and parcels, and says that it wrote before."""

import re

from ..reference_words import ReferenceWords

_NUMBERED = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|umpteenth|nth|hundredth|last|final|\d+(?:st|nd|rd|th))"
)
_CONTACT = (
    r"(?:complaint|mail|e-?mail|message|letter|call|phone call|request|ticket|enquiry|inquiry|query|chat|contact"
    r"|report|case|dm|tweet|post"
    r"|note|fax|conversation|correspondence|claim|reminder|attempt|form|text|voicemail)s?"
)
_SAID = (
    r"(?:wrote|written|emailed|e-mailed|mailed|called|phoned|rang|rung|contacted|complained|reported|told"
    r"|explained|mentioned|said|asked"
    r"|messaged|texted|raised|chatted|spoke|spoken|filed|opened|logged|flagged|submitted|reached out|tweeted|dm'd"
    r"|been in touch|got in touch)"
)

REFERENCES = ReferenceWords(
    nouns=(
        (
            "none",
            re.compile(
                r"(?:serial|model|room|gate|flat|apartment|unit|door|page|box|photo|picture|version|phone|mobile"
                r"|tel(?:ephone)?"
                r"|postcode|zip|promo|voucher|coupon|discount|gift card|card ending|ending(?: in)?"
                r"|ends(?: in)?|seat|size|iphone|galaxy|pin|imei"
                r"|article|item|product|sku|bus|train|line|channel|error|platform|level|floor|bay"
                r"|locker|house|building|code)$"
            ),
        ),
        (
            "parcel",
            re.compile(
                r"(?:parcel|package|tracking|shipment|consignment|waybill|awb|air waybill|delivery note|shipping)$"
            ),
        ),
        ("flight", re.compile(r"(?:flight|flt)$")),
        (
            "booking",
            re.compile(
                r"(?:booking|reservation|pnr|record locator|locator|itinerary|confirmation|conf|ticket booking"
                r"|rental agreement"
                r"|hire agreement|check-?in|res|stay|trip|e-?ticket|flight credits?|holiday"
                r"|boarding pass|hotel|accommodation|lodging|rental)$"
            ),
        ),
        (
            "account",
            re.compile(
                r"(?:account|acc|acct|a/c|policy|contract|customer|client|member|membership|subscription|subscriber"
                r"|loyalty|patient"
                r"|frequent flyer|student|tenancy|meter point|user|iban|loan|plan|agreement|roll)$"
            ),
        ),
        ("order", re.compile(r"(?:orders?|purchase|po|invoice|p\.o\.|job|transaction|quote|paid twice for|of)$")),
        (
            "case",
            re.compile(
                r"(?:case|ticket|complaint|claim|incident|request|enquiry|inquiry|query|file|matter|report|sr"
                r"|service request|closed?"
                r"|reference case|ombudsman|dispute|reopen(?:ed)?|appeal|issue)$"
            ),
        ),
    ),
    between=re.compile(
        r"[ ]*(?:[(\"'#:]|\b(?:no\.?|nos\.?|number|numbers|num\.?|nr\.?|n\.?|id|code|ref\.?|reference|is|was"
        r"|was given|the|my|your|our|=|called|with|numbered"
        r"|which is|ie|i\.e\.?)(?=[ :.#]|$)|[-,:]| ){0,10}$"
    ),
    goes=re.compile(r"\s(?:can|may|is ok to|should) (?:be closed|go|close|now be closed)\b"),
    reference=re.compile(r"\b(?:ref|reference|our ref|your ref|yr ref|re|quoting|quote)$"),
    subjects=(
        (
            "booking",
            re.compile(
                r"\b(?:booking|booked|reservation|hotel|room|suite|hire car|rental|rented|flight|fly|flew|plane"
                r"|airport|check-?in|stay"
                r"|stayed|holiday|cruise|itinerary|trip|ferry|train tickets?|land|cottage|villa"
                r"|tour|hostel|b&b|resort|boarding)\b"
            ),
        ),
        ("parcel", re.compile(r"\b(?:parcel|package|tracking|courier|shipment)\b")),
        (
            "case",
            re.compile(
                r"\b(?:case|complaint|claim|ticket|engineer|repair|plumber|technician|boiler|meter|leak|ombudsman"
                r"|close|closed|solved|reopen"
                r"|hot water|fault|outage|without)\b"
            ),
        ),
        (
            "account",
            re.compile(
                r"\b(?:account|policy|contract|broadband|tariff|membership|subscription|premium|mortgage"
                r"|direct debit|fees?|overdraft|statement|standing order)\b"
            ),
        ),
        ("order", re.compile(r"\b(?:order|ordered|delivery|deliver|delivered|bought|purchase|shipped|dispatched)\b")),
    ),
    flying=re.compile(
        r"\b(?:flight|flights|fly|flying|flew|plane|airline|airport|crew|boarding|board|gate|cancelled|canceled"
        r"|delay|delayed|landed"
        r"|take-?off|departure|luggage|baggage|connection|seat|desk|home)\b"
    ),
    earlier=(
        (
            "as-i-said",
            re.compile(
                rf"\b(?:as|like|which|what) (?:i|we) (?:have |had |'ve |already |previously "
                rf"|repeatedly )*{_SAID}\b[^,.;\n]{{0,40}}"
            ),
        ),
        (
            "i-already-said",
            re.compile(
                rf"\b(?:i|we)(?:'ve| have|'d| had)?(?: \w+)? (?:already|previously|repeatedly) {_SAID}\b"
                r"[^,.;\n]{0,40}"
                rf"|\b(?:i|we)(?:'ve| have|'d| had)? (?:\w+ )?{_SAID} (?:to |about |in |with |you |this |it "
                rf"|your )*(?:\w+ )?(?:already|before|previously"
                r"|twice|(?:two|three|four|five|six|several|many|multiple|countless|\d+) times|last (?:week|month|year"
                r"|\w+day|time)"
                r"|(?:a |two |three |several |\d+ )?(?:days?|weeks?|months?) ago|on (?:the )?\d|on \w+day"
                r"|in (?:january|february|march|april|may|june"
                r"|july|august|september|october|november|december)|yesterday)"
            ),
        ),
        (
            "further-to",
            re.compile(
                rf"\b(?:further to|following(?: up)?(?: on)?|with reference to|referring to|in reference to|re:"
                rf"|regarding|reminder of|since|despite|after|answer to"
                rf"|reply to|follow-?up to|(?:no|any) (?:reply|answer|response) to) (?:my|our"
                rf"|the) (?:\w+ ){{0,3}}?{_CONTACT}\b[^,.;\n]{{0,30}}"
            ),
        ),
        (
            "my-last",
            re.compile(
                rf"\b(?:my|our) (?:{_NUMBERED}|previous|earlier|other|prior|original|initial|unanswered|old|former"
                rf"|recent|two|three|four|five|six|many|countless|\d+)"
                rf"(?: \w+)? {_CONTACT}\b|\b(?:this is|here is|here's)? ?(?:now |already )?(?:my |the "
                rf"|our )?{_NUMBERED} (?:\w+ )?{_CONTACT}\b(?! (?:bill))"
                rf"|\b(?:an?|the) (?:earlier|previous|prior|existing) {_CONTACT}\b"
            ),
        ),
        (
            "again-time",
            re.compile(
                rf"\b(?:for |this is )?(?:the |my )?(?:now )?{_NUMBERED} time(?: now)?(?: that)? (?:i|we)(?:'m|'ve| am"
                rf"| have| had|'re| are|'d)?\b[^,.;\n]{{0,40}}"
                r"|\bme again\b|\b(?:writing|here|calling|asking|contacting you|chasing)(?: to you| you)? again\b"
                r"|\bonce again (?:i|we)\b|\bstill me\b"
            ),
        ),
        (
            "you-closed",
            re.compile(
                r"\byou (?:closed|marked|resolved|solved|answered|replied to|rejected|dismissed|reopened) (?:my |our "
                r"|the |this |it|case |ticket )?[^,.;\n]{0,40}"
                r"|\byou (?:wrote|told me|promised|said|answered|replied|assured me)\b[^,.;\n]{0,40}"
            ),
        ),
    ),
)
