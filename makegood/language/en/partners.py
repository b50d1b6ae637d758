"""English names of those whose word is not ours: carriers, couriers, banks, insurers, authorities."""

import re

from ..carriers import CARRIERS

PARTNER = re.compile(
    r"\b(?:(?:the |your |a |our |their )?(?:carrier|courier|couriers|haulier|freight (?:company|forwarder|line|"
    r"carrier)|"
    r"shipping (?:company|line|partner)|"
    r"delivery (?:company|firm|partner|service|network)|parcel (?:company|service)|post office|postal service|"
    r"postman|postie|mail carrier|"
    r"[\w-]+(?:'s|s') (?:app|tracking|tracker|portal|website|site|timetable|schedule|system|dispatcher|helpdesk)|"
    r"credit union|bank|banks|card (?:issuer|company|provider|scheme)|credit card company|payment (?:provider|"
    r"processor|partner)|building society|"
    r"insurer|insurers|insurance(?: company| firm| people)?|underwriter|underwriters|loss adjuster|airline|customs|"
    r"tax office|council|"
    r"authority|authorities|regulator|ombudsman|(?:county |district |small claims )?court(?:'s)?|embassy|consulate|"
    r"ministry|police|registry|land registry|manufacturer|factory|maker|"
    r"supplier|suppliers|wholesaler|distributor|importer|network operator|grid operator|openreach|landlord|freeholder|"
    r"subcontractor|contractor|third party|(?:our )?partner(?: company)?|partners|broker|logistics (?:company|firm|"
    r"partner|provider)|"
    r"airport|handling agent|ground handler|tour operator|clearing house|lender|water board|utility|dvla|dmv|irs|"
    r"hmrc|fca|faa|cab office)"
    r"(?!'s (?:man|guy|fitter|engineer|driver)|'?s? ?(?:slip|transfer|details|account|statement|holiday|charges?|"
    r"fees?|card|forms?|claim|"
    r"polic(?:y|ies)|label|report|tax|reset|orders?|number|letter|refund|cheque|draft|line|working|date|hearing|"
    r"invoice|reference|money|days?|hours)\b)|" + CARRIERS + r")\b"
)
