"""The words with which programs answer: out of office, automatic reply, mail that came back.

Only words. None of them proves anything alone: a customer may complain *about* an automatic reply. Whoever
asks here must hold other evidence (headers, an empty envelope sender) as well.
"""

import re

#: Beginnings of subjects that vacation programs write, without "Re:" and the like.
_AWAY = re.compile(
    r"(?:out of (?:the )?office|away (?:from|until|on)|on (?:vacation|holiday|leave|annual leave)|ooo\b"
    r"|(?:i am|i'm) (?:away|out|on)|vacation|absence|annual leave|parental leave|maternity leave"
    r"|fuera de (?:la )?oficina|ausen(?:cia|te)|de vacaciones|estoy (?:fuera|de vacaciones)"
    r"|abwesen|nicht im (?:büro|haus)|im urlaub|urlaub"
    r"|absen(?:ce|t)|en cong|hors du bureau|en vacances"
    r"|fuori (?:sede|ufficio)|assen(?:za|te)|in ferie|fora do escrit|ausência|de férias|em férias"
    r"|afwezig|niet aanwezig|met vakantie|frånvar|fravær|ikke til stede|poissa|nieobecno|poza biurem|на отпуск"
    r"|в отпуске|не в офисе|відпустк|不在|休暇|外出)",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"(?:auto(?:matic|mated|matische|matisch|matisk|matiskt)?[ -]?(?:reply|response|respons|responder|answer"
    r"|antwort|antwoord|svar)|autosvar|autorespon\w*|autoreply"
    r"|respuesta autom|contestaci[oó]n autom|réponse autom|risposta autom|resposta autom"
    r"|automatyczna odpowied|automaattinen vastaus|автоответ|автоматическ\w+ ответ|自動応答|自動返信|自动回复)",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"(?:undeliver|returned (?:mail|to sender)|return(?:ed)? mail|mail (?:delivery|failed|system error|could not)"
    r"|delivery (?:status|failure|failed|report|problem|delayed|error|unsuccessful|has failed|incomplete|notification)"
    r"|failure notice|failed mail|non[- ]?deliver|not delivered|message (?:not delivered|delivery|you sent blocked)"
    r"|delayed mail|warning: (?:could not send|message)|could not (?:send|be delivered)|unable to deliver"
    r"|returning (?:message|to sender)|mail failed|nicht zugestellt|unzustellbar|zustellung"
    r"|no se (?:ha )?(?:pudo|podido)"
    r"|no entregado|notificaci[oó]n de (?:estado|entrega)|non remis|échec de|remise|mancato recapito"
    r"|notifica dello stato|não entregue|falha na entrega|onbestelbaar|niet bezorgd|配信|送信エラー)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^\W*(?:\[[^\]]{0,40}\]\s*)?(?:(?:re|fw|fwd|aw|wg|rv|tr|sv|vs|antw|odp|r|i)\s*:\s*)?[^\w]*", re.IGNORECASE
)


def _start(subject: str) -> str:
    return _PREFIX.sub("", subject[:200], count=1)


def says_away(subject: str) -> bool:
    """Whether a subject begins as vacation programs begin theirs."""
    return bool(_AWAY.match(_start(subject)))


def says_automatic(subject: str) -> bool:
    """Whether a subject begins by calling itself an automatic reply."""
    return bool(_AUTOMATIC.match(_start(subject)))


def says_returned(subject: str) -> bool:
    """Whether a subject says that a mail could not be delivered."""
    return bool(_RETURNED.search(subject[:200]))
