"""The lines with which mail programs introduce what they quote: "On Monday, Ann wrote:", header blocks.

Each function looks at a few lines, already cut to a bounded length, and answers at once. Words of many
languages, because a customer's program speaks the customer's language.
"""

import re

#: Lines over which one attribution may be wrapped.
ATTRIBUTION_LINES = 5
#: Characters an attribution may have in all.
_LONGEST = 600

_WROTE = (
    r"(?:wrote|writes|sent|said|escribi[óo]|escribe|schrieb|schrieb am|folgendes geschrieben"
    r"|va escriure|escrigué|a [ée]crit|ha scritto|scrive|escreveu|schreef"
    r"|geschreven|skrev|skrifaði|kirjoitti|napisał(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|написал(?:\(а\)|а)?|пишет|пише"
    r"|написав|a scris|írta|yazdı|đã viết|写道|寫道|のメッセージ)"
)
_OPENING = re.compile(
    r"\s*(?:[-*_]{2,}\s*)?(?:(?:on|at|el|am|le|il|em|op|den|på|w dniu|dnia|dne|vào|pada|на|в|à|de)\b.{0,80}?\d"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.?\s\w{3,12}\.?,?\s(?:de\s)?\d{4}|\w{3,12}[.,]{0,2}\s\d{1,2}\.?\s\w{3,12}"
    r"|\w{3,14}, \d{1,2} \w{3,12})",
    re.IGNORECASE,
)
_SAID_AT_END = re.compile(rf"\b{_WROTE}\s*(?:-{{2,}})?\s*[:：]?\s*(?:-{{2,}})?\s*$", re.IGNORECASE)
_SAID_BEFORE_NAME = re.compile(rf"\b{_WROTE}\b.{{0,200}}[:：]\s*$", re.IGNORECASE)
_WRAPPED_END = re.compile(rf"\s*>\s*(?:{_WROTE})?\s*[:：]\s*$", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]@[\w-]")
_ADDRESS_END = re.compile(r"@[\w.-]{1,200}>?\s*[>)]?\s*:?\s*$")
_DATE_START = re.compile(r"\s*\d{4}[/-]\d{1,2}[/-]\d{1,2}\b")
_SAID_THEN_TEXT = re.compile(rf"@[\w.-]{{1,200}}>\)?\s*{_WROTE}\s?[:：]\s", re.IGNORECASE)
_INLINE = re.compile(r"(?:-{2,}\s*)?\bOn (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6},? .{4,300}(?:wrote|sent):\s*$")
_ALONE = re.compile(rf"\s*-{{2,}}[^-]{{1,200}}\b{_WROTE}\b.{{0,200}}-{{2,}}\s*$", re.IGNORECASE)

_FIELD_WORDS = {
    "from": "from|de|von|da|van|från|fra|od|от|від|expéditeur|remitente|gönderen|寄件者|发件人|差出人",
    "date": "sent|date|enviado(?: el)?|fecha|gesendet|datum|envoyé|data|verzonden|skickat|sendt|dato|wysłano|дата"
    "|отправлено|inviato|发送时间|日期|送信日時",
    "to": "to|para|an|à|a|aan|till|til|do|кому|destinatario|收件人|宛先",
    "subject": "subject|asunto|betreff|objet|oggetto|assunto|onderwerp|ämne|emne|temat|тема|主题|件名",
    "other": "cc|bcc|reply-to|responder a|antwort an|risposta|importance|attachments",
}
_FIELD = re.compile(
    r"\s{0,8}(?:[>|]\s?){0,3}[*_]{0,2}(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIELD_WORDS.items())
    + r")\s?[*_]{0,2}\s?[:：][*_]{0,2}(?:\s|$)",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\s*[*>_]{0,2}\s*-{2,}\s*(?:original message|reply message|original-nachricht|ursprüngliche nachricht"
    r"|antwort nachricht|mensaje original|mensagem original|message d'origine|message original|messaggio originale"
    r"|oorspronkelijk bericht|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding|wiadomość oryginalna"
    r"|исходное сообщение|original appointment)\s*-{2,}",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*[*>_]{0,2}\s*(?:-{3,}\s*(?:forwarded message|mensaje reenviado|weitergeleitete nachricht|message transféré"
    r"|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|vidarebefordrat meddelande)\b"
    r"|begin forwarded message|inicio del mensaje reenviado|anfang der weitergeleiteten"
    r"|début du message (?:transféré|réexpédié))",
    re.IGNORECASE,
)


def attribution_end(lines: list[str]) -> int:
    """How many of the lines, from the first, are one attribution; 0 if they are none."""
    first = lines[0]
    if _ALONE.match(first):
        return 1
    opens = bool(_OPENING.match(first))
    if not opens and "@" not in first and "<" not in first:
        return 0
    joined = ""
    for count, line in enumerate(lines, start=1):
        if count > 1 and line.lstrip().startswith(">") and not _WRAPPED_END.match(line):
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if len(joined) > _LONGEST:
            return 0
        if _is_attribution(joined, opens=opens):
            return count
        if not opens and count > 2:
            return 0
    return 0


def _is_attribution(text: str, *, opens: bool) -> bool:
    if opens and "@" in text and _SAID_THEN_TEXT.search(text):
        return True
    ends = text.endswith((":", "：", "-", ">"))
    if not ends and not opens:
        return False
    dated = bool(_WHEN.search(text))
    if not ends and not (dated and _SAID_AT_END.search(text)):
        return False
    if _SAID_AT_END.search(text) or _SAID_BEFORE_NAME.search(text):
        addressed = bool(_ADDRESS.search(text))
        return (opens and (dated or addressed)) or (addressed and len(text) < 300)
    # Some programs write no verb: the date, the person, a colon.
    bare = bool(_DATE_START.match(text)) or (opens and dated and text.endswith(":"))
    return bare and bool(_ADDRESS_END.search(text))


def inline_attribution(line: str) -> int:
    """Where in the line an attribution begins that follows other words; 0 if none does."""
    if not line.rstrip().endswith(("wrote:", "sent:")):
        return 0
    found = _INLINE.search(line)
    return found.start() if found else 0


def header_block_end(lines: list[str]) -> int:
    """How many lines a quoted block of header fields has; 0 if there is none. It needs two known fields.

    One of them must be the sender or the date, and one line must hold an address or a date, or there are
    three: a person's own list ("Date: … Time: …") is not a header block.
    """
    names: set[str] = set()
    count = 0
    for index, line in enumerate(lines):
        found = _FIELD.match(line)
        if found:
            names.add(str(found.lastgroup))
            count = index + 1
        elif index == 0 or not line.strip() or index - count > 1:
            break
    known = names - {"other"}
    if len(known) < 2 or not known & {"from", "date"}:
        return 0
    text = " ".join(lines[:count])
    return count if len(known) >= 3 or "@" in text or _WHEN.search(text) else 0


def is_banner(line: str) -> bool:
    """ "-----Original Message-----" and its like."""
    return bool(_BANNER.match(line))


def is_forward_banner(line: str) -> bool:
    """ "---------- Forwarded message ----------" and its like."""
    return bool(_FORWARDED.match(line))
