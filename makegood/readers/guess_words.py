"""Words by which people name columns and states in English and Spanish, for guesses that a person then looks at."""

from __future__ import annotations

import re

ROLES: dict[str, tuple[str, ...]] = {
    "case": (
        "case:concept:name", "case id", "caseid", "case", "ticket id", "ticket", "incident id", "incident", "sr number",
        "request id", "request", "enquiry id", "complaint id", "conversation id", "unique key", "issue key", "number",
        "caso", "incidencia", "solicitud", "expediente", "id", "key",
    ),
    "team": (
        "org:group", "assignment group", "team", "group", "queue", "department", "workgroup", "support section",
        "involved st", "agency", "section", "function", "equipo", "grupo", "cola", "departamento", "company",
    ),
    "person": (
        "org:resource", "assigned to", "assignee", "resource", "agent", "owner", "technician", "handler", "handled by",
        "responder", "agente", "responsable", "asignado", "updated by", "author",
    ),
    "customer": ("caller", "customer", "requester", "client", "consumer", "contact id", "cliente", "solicitante"),
    "channel": ("channel", "contact type", "submitted via", "via", "source", "origin", "canal", "origen", "medio"),
    "state": (
        "incident state", "ticket status", "case status", "status", "state", "stage", "concept:name", "activity",
        "action", "event", "estado", "actividad", "fase",
    ),
    "substate": ("lifecycle:transition", "sub status", "substatus", "sub state", "status reason", "subestado"),
    "time": (
        "time:timestamp", "complete timestamp", "timestamp", "sys updated at", "updated", "change date", "event time",
        "date time", "datetime", "time", "date", "fecha", "at",
    ),
    "opened": (
        "created", "opened", "open", "received", "submitted", "reported", "start", "creado", "abierto", "recibido",
    ),
    "closed": ("closed", "resolved", "solved", "completed", "finished", "cerrado", "resuelto"),
    "due": ("due", "target", "deadline", "promised", "sla", "vence", "vencimiento", "plazo"),
    "sent": ("sent", "forwarded", "assigned", "enviado", "asignado"),
    "answered": ("first response", "first reply", "responded", "replied", "answered", "respondido"),
    "changed": ("updated", "modified", "changed", "actualizado", "modificado"),
}  # fmt: skip
"""What columns of each role are called, the likeliest first."""

MISSING = ("?", "NULL", "null", "N/A", "n/a", "#N/A", "NaN", "nan", "None", "-", "(null)", "MISSING", "Unspecified")
"""What stands for "nothing here" in many exports."""

_STATES: tuple[tuple[str, str], ...] = (
    ("waiting_customer", r"(await|wait|pend|hold|esper).*(customer|user|client|caller|requester|info|reply|cliente)"),
    ("waiting_customer", r"^pending$|^pendiente$|^asked|request(ed)? (more )?info"),
    ("waiting_other", r"await|wait|hold|suspend|pending|pendiente|espera|snooz|schedul|vendor|third part|supplier"),
    ("open", r"re-?open|unresolved|unsolved|not (resolved|solved|closed)|reabierto|queued|awaiting assignment"),
    ("done", r"clos|resolv|solv|done|complet|finish|cancel|fixed|reject|withdrawn|cerrad|resuelt|terminad|anulad"),
    ("open", r"new|open|active|progress|assign|accept|start|triage|take in charge|escalat|nuev|abiert|curso|activ"),
)
"""The first pattern that is found in a value says its state. `queued` and `awaiting assignment` wait for us."""


def name_of(column: str) -> str:
    """Return a column's name as words: "sys_updated_at" is "sys updated at", "OpenDate" is "open date"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    return re.sub(r"[\s_.\-]+", " ", spaced).strip().lower()


def fitness(column: str, role: str) -> int:
    """Return how well a name fits a role; 0 where it doesn't. A whole name fits better than a part of it."""
    name = name_of(column)
    found = ROLES[role]
    for rank, word in enumerate(found):
        if name == word:
            return 200 - rank
    for rank, word in enumerate(found):
        if re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", name) and len(word) > 2:
            return 100 - rank
    return 0


def state_of(value: str) -> str | None:
    """Return the state that a value seems to be; None where no word of it is known."""
    low = value.lower()
    if re.search(r"await\w* assignment|^queued", low):
        return "open"
    return next((state for state, pattern in _STATES if re.search(pattern, low)), None)
