"""What people and programs put under a text: closing words, cards with title and telephone, app lines, disclaimers.

Each function looks at lines already cut to a bounded length. When in doubt a line is the person's own.
"""

import re
from collections.abc import Sequence

#: Lines below closing words that can still be a card, and characters of its longest line.
_CARD_LINES = 10
_CARD_WIDTH = 120

_APP_LINE = re.compile(
    r"\s*[(<*_\[]{0,3}\s*(?:(?:enviado|mandado|escrito) (?:desde|con|mediante)\b|(?:sent|posted|written) (?:from|"
    r"via|with|by|using)\b"
    r"(?! the (?:office|desk) of)|get \[?outlook for|gesendet (?:von|mit|über)\b|von meinem .{2,60} gesendet|"
    r"von unterwegs gesendet"
    r"|diese nachricht wurde von .{2,80} gesendet|envoy[ée] (?:de|depuis|avec|à partir|par|via)\b|télécharger outlook"
    r"|obtenez outlook|obtener outlook|descargar outlook|baixe o outlook|obter o outlook|scarica outlook|"
    r"outlook für .{2,20}"
    r" (?:beziehen|herunterladen)|holen sie sich outlook|inviato (?:da(?:l|lla|ll')?|con|tramite)\b|enviado (?:do|"
    r"pelo|a partir)\b"
    r"|verzonden (?:met|vanaf|van|via)\b|verstuurd vanaf\b|sendt fra\b|skickat från\b|enviat des\b|lähetetty\b|"
    r"wysłan[eo] z\b"
    r"|отправлено (?:с|из)\b|從我的|从我的|download outlook|yahoo mail:? |sent securely with)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\s*[*_\[(]{0,2}(?:confidentiality(?: and .{1,30})? (?:notice|note|statement)|(?:e-?mail |legal )?disclaimer\b|"
    r"legal (?:notice|disclaimer)"
    r"|aviso (?:legal|de (?:confid|privacid))|nota (?:de confidencialidad|legal)|cláusula de confid|"
    r"confidencialidad\s?:|(?:strictly |private and )"
    r"confidential\b|rechtlicher hinweis|haftungsausschluss|vertraulichkeits(?:hinweis|erklärung)|avis (?:de confid|"
    r"légal)|clause de confid"
    r"|(?:this|the content of this|the contents of this) (?:e-?mail|message|communication|"
    r"transmission)(?: message)?(?: \(.{0,60}\))?,?"
    r" (?:and|is|may|contain|including|together|has been (?:sent|scanned|checked)|was (?:sent|"
    r"scanned)).{0,60}(?:attach|confid|intended|privileg|virus|files|malware)"
    r"|this (?:e-?mail|message) (?:is|was) (?:sent )?(?:for|only|solely|intended)|if you (?:are not|"
    r"have received this .{0,20}in error)"
    r"|the information (?:contained )?in this (?:e-?mail|message)|(?:company )?registered (?:in england|office|"
    r"in ireland)"
    r"|(?:este|el presente) (?:mensaje|correo|e-?mail)(?: electrónico)?,? .{0,60}(?:confiden|adjunt|dirigid|anexos|"
    r"destinatari|virus)"
    r"|la información (?:contenida|incluida) en este (?:mensaje|correo)|le informamos de que sus datos|"
    r"de conformidad con (?:el rgpd|la ley)"
    r"|diese (?:e-?mail|nachricht|mail)(?: und .{2,30})? (?:enthält|ist|sind|kann|und|wurde).{0,60}(?:vertraulich|"
    r"anh|virus|viren|geprüft|bestimmt)"
    r"|der inhalt dieser (?:e-?mail|nachricht)|ce (?:message|courriel|mail|"
    r"courrier)(?: électronique)?,? .{0,60}(?:confiden|pièces jointes|destin|virus)"
    r"|les informations contenues dans ce|l'absence de virus|mentions? légales?\b|antes de imprimir|"
    r"(?:please )?(?:consider|think of) the environment"
    r"|(?:please )?think before you print|pensez à (?:l'environnement|la planète)|n'imprimez|"
    r"bitte denken sie an die umwelt|por favor,? piense en el medio"
    r"|no imprima este|(?:this|esta|este|diese|cette?) .{0,30}(?:scanned|virus|analizado|geprüft)|virus-free\b|"
    r"libre de virus\b|virenfrei\b|sans virus\b|privo di virus"
    r"|(?:caution|warning|attention|external(?: e-?mail| sender)?|precaución|atención|advertencia|achtung|vorsicht|"
    r"attenzione)\s?[:!\]-].{0,40}"
    r"(?:originat|outside|external|extern|sender|fuera de|außerhalb|hors de)"
    r"|\[external\]\s*$|\[externo\]\s*$|\[extern\]\s*$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:with |my |our )?(?:kind(?:est)?|best|warm(?:est)?|many|very best|good)? ?(?:regards|"
    r"wishes)(?: to .{1,20})?|rgds|br|kr|sincerely(?: yours)?"
    r"|(?:yours|very) \w+(?: yours)?|respectfully(?: yours)?|cheers|(?:many |with )?thanks?(?: you)?(?: (?:and|"
    r"again|in advance|so much|very much|once more)\b.{0,30})?"
    r"|thx|best|all the best|take care|cordially|(?:reciba |reciban |con )?(?:un |muchos |mis |"
    r"nuestros )?(?:cordial |afectuoso |atento )?saludos?"
    r"(?: (?:cordial(?:es)?|atentos?|afectuosos?|a todos))?|(?:le |les |os |te )?salud(?:a|o)(?: atentamente|"
    r" cordialmente)?|(?:muy )?atentamente|atte\.?|cordialmente"
    r"|(?:muchas |mil )?gracias(?: (?:y|por|de antemano)\b.{0,40})?|un (?:fuerte )?abrazo|(?:quedo|"
    r"quedamos) (?:a la espera|atent[oa]s?|a su disposición|pendiente)\b.{0,30}"
    r"|(?:mit )?(?:freundlichen?|besten?|vielen?|herzlichen?|lieben?|schönen?|sonnigen?) (?:grü(?:ß|ss)en?|"
    r"dank)(?: aus .{2,20})?|(?:lg|vg|mfg|bg|hg)|gruß|grüße|gruss|danke(?: .{0,20})?"
    r"|hochachtungsvoll|(?:bien |très )?cordialement(?: vôtre)?|bien à (?:vous|toi)|(?:sincères |meilleures |"
    r"cordiales |respectueuses )?salutations(?: .{1,20})?|respectueusement"
    r"|merci(?: (?:d'avance|beaucoup|bien))?(?: et .{1,30})?|cdlt|bonne journée|(?:cordiali|distinti) saluti|grazie|"
    r"atenciosamente|cumprimentos|obrigad[oa]"
    r"|(?:met )?vriendelijke groet(?:en)?|mvg)\s*[,.!:;]{0,2}\s*$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"(?:\b(?:tel(?:e(?:ph|f)[oó]n\w*)?|phone|mobile?|móvil|movil|celular|cel|handy|mobil|port|fax|tél|tfno|tlf|"
    r"whatsapp|skype|t|m|f|d|e|p|direct|office)\b\s*[.:+]"
    r"|\+?\(?\d[\d ()./-]{7,}\d|https?://|\bwww\.|[\w.+-]{1,64}@[\w-]{1,64}\.|\s[|•·]\s)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:gmbh|ug|ag|kg|e\.?k|e\.?v|ltd|limited|llc|llp|plc|inc|corp|pty|s\.?l\.?u?|s\.?a\.?s?|s\.?r\.?l|"
    r"s\. ?de r\.?l|sarl|sas|eurl|b\.?v|n\.?v|ab|oy|& (?:co|sons|fils|söhne|hijos))\b\.?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:manager|director|head of|officer|engineer|assistant|coordinator|co-?ordinator|consultant|owner|founder|"
    r"ceo|cfo|coo|cto|president|secretary|chair(?:man|woman|person)?"
    r"|partner|executive|supervisor|administrator|accountant|solicitor|attorney|lawyer|architect|lecturer|professor|"
    r"teacher|headteacher|nurse|surgeon|editor|analyst|developer|designer"
    r"|specialist|representative|trustee|treasurer|department|team lead|purchasing|procurement|sales|accounts|jefe|"
    r"jefa|gerente|directora|responsable|presidenta?e?|secretari[oa]|encargad[oa]"
    r"|propietari[oa]|abogad[oa]|administrador[a]?|ingenier[oa]|arquitect[oa]|profesora?|coordinadora?|asesora?|"
    r"consultora?|analista|departamento|compras|ventas|contabilidad|soci[oa]"
    r"|leiter(?:in)?|geschäftsführer(?:in)?|einkauf|vertrieb|sekretariat|inhaber(?:in)?|abteilung|vorstand|"
    r"prokurist(?:in)?|assistenz|sachbearbeiter(?:in)?|rechtsanw[aä]lt(?:in)?"
    r"|directeur|directrice|gérante?|chef de|cheffe de|assistante?|secrétaire|comptable|avocate?|ingénieure?|"
    r"service (?:achats|clients)|présidente?)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:^|,\s*)\s*(?:\d{1,5}[a-z]? [\w'.-]+(?: [\w'.-]+){0,3} ?(?:street|st|road|rd|lane|ln|avenue|ave|drive|close|"
    r"court|square|wharf|quay|way|hill|row|park|place|terrace|house|blvd|boulevard)\b"
    r"|(?:c/|calle|avda?\.?|avenida|plaza|pza\.?|paseo|carrera|cra\.?|camino|jr\.?|jirón) ?[\w.' -]{2,40}|"
    r"[\wäöüß.-]+(?:straße|strasse|str\.|weg|platz|allee|gasse|ring) ?\d+"
    r"|\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|chemin|place|allée|impasse|quai) )|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|(?:^|\s)\d{4,5} [A-ZÄÖÜÁÉÍÓÚ][\w-]+\s*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\s*[*_]{0,2}(?:(?:dr|prof|mr|mrs|ms|d|dña|sra?|ing|lic|arq|frau|herr|mme|"
    r"m)\.? )?[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,4}[*_]{0,2},?\s*(?:[|•·,/-].*)?$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"\s*(?:p\.? ?s\.?|p\.? ?d\.?|nb|n\.b\.|ps\d?|pd)\s?[:.-]?\s", re.IGNORECASE)


def is_app_line(line: str) -> bool:
    """ "Sent from my phone" and its like."""
    return len(line) < 200 and bool(_APP_LINE.match(line))


def is_disclaimer(line: str) -> bool:
    """Whether a paragraph begins here that a lawyer, a scanner or a printer-saver wrote."""
    return bool(_DISCLAIMER.match(line))


def card(lines: Sequence[str], gaps: Sequence[bool]) -> range | None:
    """Which of the lines (none blank) are a card: a name with title, company, address or telephone; None if none are.

    `gaps[i]` says that a blank line stands before line i. A postscript below a card is no part of it.
    """
    end = len(lines)
    for place in range(end - 1, max(-1, end - _CARD_LINES), -1):
        if gaps[place] and _POSTSCRIPT.match(lines[place]):
            end = place
    for place in range(end - 1, max(-1, end - _CARD_LINES), -1):
        if _CLOSING.fullmatch(lines[place][:80]):
            below = lines[place + 1 : end]
            return range(place + 1, end) if _is_card(below, closed=True) else None
    for place in range(end - 1, max(-1, end - _CARD_LINES), -1):
        if gaps[place] and place > 0:
            below = lines[place:end]
            asked_for = lines[place - 1].rstrip().endswith(":")
            return range(place, end) if not asked_for and _is_card(below, closed=False) else None
    return None


def _is_card(lines: Sequence[str], *, closed: bool) -> bool:
    """Below closing words one sign is enough; without them it takes a name first, a title or house, and a number."""
    if not lines or any(len(line) >= _CARD_WIDTH or line.rstrip().endswith(("?", "!", ":")) for line in lines):
        return False
    reached = sum(bool(_REACHED.search(line)) for line in lines)
    placed = sum(bool(_HOUSE.search(line) or _TITLE.search(line) or _STREET.search(line)) for line in lines)
    if len(lines) == 1:
        return closed and bool(_NAME.match(lines[0])) and " | " in lines[0]
    if closed:
        return bool(reached) or (bool(placed) and bool(_NAME.fullmatch(lines[0])))
    return len(lines) >= 3 and bool(_NAME.fullmatch(lines[0])) and bool(reached) and bool(placed)
