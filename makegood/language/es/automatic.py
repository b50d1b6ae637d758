"""Words with which our own automatic messages say in Spanish that no person wrote them."""

import re

AUTOMATIC = re.compile(
    r"\b(?:autom[aá]tic[oa]s?\b|autom[aá]ticamente|auto-?respuesta|no-?reply|generado por (?:el|nuestro) sistema"
    r"|no (?:respond[ae]s?|responder|contest[ae]s?|contestar) (?:a|al|este|esta)\b"
    r"|(?:favor de |por favor,? )no (?:responder|responda|conteste|contestar|respondas)"
    r"|no (?:se )?(?:supervisa|monitorea|atiende|revisa|lee)\w* (?:fuera|este|esta)|desatendid[oa]"
    r"|buz[oó]n no (?:atendido|supervisado|monitoreado)|fuera (?:de|del) (?:nuestro )?horario"
    r"|horario de atenci[oó]n es|(?:estamos|oficinas? (?:est[aá]n?|se encuentran?)) cerrad[oa]s?"
    r"|nadie lee|ya (?:hemos cerrado|cerramos)|asistente (?:virtual|digital|de|del)\b"
    r"|(?:chat)?bot\b|en (?:la |una )?cola\b|estado\s?:|cambi[oó] de estado"
    r"|(?:es|eres) el n[uú]mero \d+)",
    re.IGNORECASE,
)
