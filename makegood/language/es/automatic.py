"""Words with which our own automatic messages say in Spanish that no person wrote them."""

import re

AUTOMATIC = re.compile(
    r"\b(?:autom[aá]tic[oa]s?\b|autom[aá]ticamente|auto-?respuesta|no (?:responda|respondas|responder|conteste|contestes|contestar)"
    r" (?:a|al|este|esta)\b|(?:favor de |por favor,? )no (?:responder|responda|conteste|contestar|respondas)|no-?reply"
    r"|no (?:se )?(?:supervisa|monitorea|atiende|revisa|lee)\w* (?:fuera|este|esta)|desatendid[oa]|buz[oó]n no (?:atendido|supervisado|monitoreado)"
    r"|fuera (?:de|del) (?:nuestro )?horario|horario de atenci[oó]n es|(?:estamos|oficina(?:s)? (?:est[aá]n?|se encuentran?)) cerrad[oa]s?"
    r"|(?:chat)?bot\b|asistente virtual|en (?:la |una )?cola\b|generado por (?:el|nuestro) sistema|estado\s?:|cambi[oó] de estado"
    r"|(?:es|eres) el n[uú]mero \d+)",
    re.IGNORECASE,
)
