"""Days of a month by the month around: "el primero del mes que viene", "el 5 del próximo mes"."""

import re

from ..time_words import Piece

_NTH = re.compile(
    r"(?:el |al )?(?:día )?(?P<day>\d{1,2}|primero|uno)(?:º|°|ro|er)? (?:de |del )"
    r"(?:(?P<next>(?:mes (?:que viene|que entra|pr[óo]ximo|siguiente|entrante)|pr[óo]ximo mes|siguiente mes))"
    r"|(?:este |presente |corriente )?mes(?: en curso| actual)?)(?!\w)"
)


def nth_of_month(low: str, at: int, _: bool) -> Piece | None:
    """A day of this or the next month; None where there is none or no such day."""
    found = _NTH.match(low, at)
    if not found:
        return None
    day = int(found["day"]) if found["day"].isdigit() else 1
    if not 1 <= day <= 31:
        return None
    name = "nextmonth" if found["next"] else ""
    return Piece(kind="date", name=name, date=(day, 0, 0), start=at, end=found.end())
