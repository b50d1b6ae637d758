"""How Spanish says when: days, parts of the day, clocks, counts, and the words around them."""

import re

from ..time_words import Clock, Piece, TimeWords, on_the_clock
from .numbers import number
from .ordinals import nth_of_month
from .time_tables import (
    AT_WHICH,
    BUSINESS,
    CLOCK,
    CLOCKS,
    COUNT,
    COUNTED,
    DATE,
    DAY,
    HOURS,
    MONTHS,
    NAMED,
    NAMES,
    NO_YEAR,
    ODD,
    ODD_COUNTS,
    PARTS,
    PAST,
    PERIOD,
    PERIODS,
    TYPE,
    VAGUE,
    WEEKDAYS,
    ZONE,
)


def _first(low: str, at: int, _: bool) -> Piece | None:
    """Periods and days by name."""
    if PERIOD.match(low, at):
        for name, pattern in PERIODS:
            inner = pattern.match(low, at)
            if inner:
                if name == "end:":
                    name += str(_month_number(inner["month"]))
                return Piece(kind="period", name=name, leans=name == "weekend", start=at, end=inner.end())
    found = DAY.match(low, at)
    if not found:
        return None
    end = found.end()
    if found["past"]:
        return Piece(kind="past", start=at, end=end)
    for group, name in (("after", "+2"), ("tomorrow", "+1"), ("same", "today")):
        if found[group]:
            # "por la mañana" is a part of the day, "mañana" alone is tomorrow
            before = low[max(0, at - 6) : at]
            if (name == "+1" and before.endswith((" la", "la ", "esta "))) or before.endswith(("esta ", "media ")):
                return None
            return Piece(kind="day", name=name, start=at, end=end)
    if found["weeklater"]:
        return Piece(kind="day", name="+7" if "hoy" in found["weeklater"] else "+8", start=at, end=end)
    name = WEEKDAYS[found["weekday"][:2]]
    week = found["week"] or ""
    if "semana" in week:
        name = f"this:{name}" if "esta" in week else f"next:{name}"
    return Piece(kind="weekday", name=name, start=at, end=end)


def _part(low: str, at: int, _: bool) -> Piece | None:
    found = PARTS.match(low, at)
    if not found:
        return None
    kind, end = next(name for name, value in found.groupdict().items() if value), found.end()
    hours = {"late": 12, "latest": 17, "firstpm": 17, "first": 10, "noon": 12, "lunch": 12}
    if kind in hours:
        name = "first" if kind == "first" else "noon"
        return Piece(kind="part", name=name, clock=Clock(hour=hours[kind]), start=at, end=end)
    if kind == "close":
        return Piece(kind="part", name="close", start=at, end=end)
    if kind == "midnight":
        return Piece(kind="part", name="tonight", clock=Clock(hour=23, minute=59), start=at, end=end)
    word = found["of"] or found["midof"] or found["when"] or found[0]
    hour = next((hour for name, hour in HOURS.items() if name in word), 12)
    if kind == "this":
        name = "tonight" if hour == 21 else "this"
        return Piece(kind="part", name=name, clock=Clock(hour=hour), start=at, end=end)
    name = "tomorrow" if kind == "inthe" and hour == 12 else kind
    leans = kind == "inthe" and low.startswith(("de ", "a la noche"), at)
    return Piece(kind="part", name=name, clock=Clock(hour=hour), leans=leans, start=at, end=end)


def _hour(found: re.Match[str], side: str) -> Clock | None:
    word = found[f"hour{side}"]
    hour = NAMED.get(word) or int(word) if not word.isdigit() else int(word)
    minute = int(found[f"minute{side}"] or 0)
    part = found[f"parthalf{side}"] or ""
    half = (found[f"half{side}"] or "")[:1]
    if part:
        half = "a" if part in ("mañana", "madrugada") else "p"
    if re.fullmatch(r"0\d", word) and not half:
        clock: Clock | None = Clock(hour=hour, minute=minute)  # "02:30" counts the hours from midnight.
    else:
        clock = on_the_clock(hour, minute, f"{half}m" if half else "")
    if clock and (past := found[f"past{side}"]):
        amount = PAST[past.split()[-1]]
        if "menos" in past:
            return Clock(hour=(clock.hour - 1) % 24, minute=60 - amount, guessed=clock.guessed)
        return Clock(hour=clock.hour, minute=amount, guessed=clock.guessed)
    return clock


_AFTER_WEEKDAY = re.compile(r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo) $")


_DAY_NUMBER = re.compile(r"(?P<day>\d{1,2})(?=,? (?:a las?|por la|en la|de la)\b|\s*(?:$|[.;!)](?!\d)))")


def _clock(low: str, at: int, _: bool) -> Piece | None:
    number = _DAY_NUMBER.match(low, at)
    if number and 1 <= int(number["day"]) <= 31 and _AFTER_WEEKDAY.search(low[max(0, at - 12) : at]):
        return Piece(kind="date", date=(int(number["day"]), 0, 0), start=at, end=number.end())
    both = CLOCKS.match(low, at)
    if both and (piece := _clocks(both, low, at)):
        return piece
    found = CLOCK.match(low, at) or TYPE.match(low, at)
    if not found:
        return None
    if found["at"] in ("las ", "la ") and not low[max(0, at - 10) : at].rstrip().endswith(AT_WHICH):
        return None
    dotted = re.fullmatch(r"\d{1,2}\s?[.,]\s?\d\d", found[0].strip()) is not None
    hours = re.search(r"\d\s?(?:horas|hrs|hs|h)\b\.?$", found[0]) is not None and not found["minutea"]
    typed = (found["at"] or "").startswith(("tipo", "como", "a ")) and "la" not in found["at"]
    sure = found["at"] or found["halfa"] or found["parthalfa"] or (found["minutea"] and not dotted)
    if (
        not sure
        or (hours and not found["at"])
        or (
            typed
            and not re.match(
                r"\s*(?:$|[^\w\s]|y |te |le |hoy|mañana|de la|con|para)", low[found.end() : found.end() + 8]
            )
        )
    ):
        return None
    if low[max(0, at - 1) : at] in ("$", "€", "#") or re.match(r"[.,]\d|\.?er\b", low[found.end() : found.end() + 4]):
        return None
    clock = _hour(found, "a")
    if clock is None:
        return None
    return Piece(kind="clock", clock=clock, start=at if typed else found.start("houra"), end=found.end())


def _clocks(found: re.Match[str], low: str, at: int) -> Piece | None:
    told = found["minutea"] or found["halfa"] or found["halfb"]
    plain = "las" not in found[0] and "la " not in found[0] and not told
    leans = plain and found[0].startswith(("de ", "entre ")) and not COUNTED.match(low, found.end())
    if plain and not leans:
        return None
    near, far = _hour(found, "a"), _hour(found, "b")
    if near is None or far is None:
        return None
    if (found["halfb"] or found["parthalfb"]) and not (found["halfa"] or found["parthalfa"]) and far.hour >= 12:
        hour = near.hour
        near = Clock(hour=hour + 12 if hour < 12 and hour + 12 < far.hour else hour, minute=near.minute)
    if (near.hour, near.minute) > (far.hour, far.minute) and far.hour < 12:
        far = Clock(hour=far.hour + 12, minute=far.minute, guessed=True)
    if (near.hour, near.minute) >= (far.hour, far.minute):
        return None
    return Piece(kind="clock", clock=near, until=far, leans=leans, start=at, end=found.end())


def _month_number(word: str) -> int:
    return MONTHS.split("|").index(word[:3]) + 1


def _date(low: str, at: int, month_first: bool) -> Piece | None:
    found = DATE.match(low, at)
    if not found or (at and low[at - 1] in "$€#.,/:-" and not found["month"]):
        return None
    last = (0, 0, 0)
    if found["iso"]:
        said = (int(found["d"]), int(found["m"]), int(found["y"]))
    elif found["nth"]:
        said = (int(found["nth"]), 0, 0)
        if found["nthlast"]:
            last = (int(found["nthlast"]), 0, 0)
    elif found["n1"]:
        day, month, year = int(found["n1"]), int(found["n2"]), int(found["n3"] or 0)
        if (found["sep"] != "/" and not year) or (day, month) == (24, 7):
            return None
        if month_first or month > 12 >= day:
            day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        said = (day, month, year)
    else:
        day_word = found["day"] or found["day2"]
        day = int(day_word) if day_word.isdigit() else 1
        said = (day, _month_number(found["month"] or found["month2"]), int(found["year"] or 0))
        if found["last"]:
            last = (int(found["last"]), said[1], said[2])
    if not 1 <= said[0] <= 31:
        return None
    start = at + 4 if found[0].startswith("del ") and not found["last"] else at
    return Piece(kind="date", date=said, last=last, start=start, end=found.end())


def _count(low: str, at: int, _: bool) -> Piece | None:
    odd = ODD.match(low, at)
    if odd:
        name = next(name for name, value in odd.groupdict().items() if value)
        if name == "d1":
            return Piece(kind="day", name="+1", start=at, end=odd.end())
        amount, unit = ODD_COUNTS[name]
        if not BUSINESS.match(low, odd.end() + 1):
            return Piece(kind="count", low=amount, high=amount, unit=unit, start=at, end=odd.end())
    found = COUNT.match(low, at)
    if not found or (at and low[at - 1] in "$€.,"):
        return None
    business = bool(BUSINESS.search(found["adjectives"]))
    unit, factor = _unit(found["unit"], business=business)
    near = number(found["low"])
    far = number(found["high"]) if found["high"] else near
    if found["tail"] and unit in ("h", "d"):
        near = near * 60 + 30 if unit == "h" else near * 24 + 12
        unit = "m" if unit == "h" else "h"
        return Piece(kind="count", low=near, high=near, unit=unit, start=at, end=found.end())
    if found["unit"].startswith("quincena"):
        factor = 15
    near, far = sorted((near * factor, far * factor))
    return Piece(kind="count", low=near, high=far, unit=unit, start=at, end=found.end())


def _unit(word: str, *, business: bool) -> tuple[str, int]:
    letter = {"mi": "m", "ho": "h", "hr": "h", "hs": "h", "h": "h", "me": "mo", "añ": "mo"}.get(word[:2], "d")
    factor = {"se": 7, "añ": 12}.get(word[:2], 1)
    if word.startswith("jornada"):
        return "bd", 1
    return (f"b{letter}", 5 if factor == 7 else 1) if business and letter in ("h", "d") else (letter, factor)


def _vague(low: str, at: int, _: bool) -> Piece | None:
    found = VAGUE.match(low, at)
    return Piece(kind="vague", start=at, end=found.end()) if found else None


TIMES = TimeWords(
    starts=re.compile(
        r"(?<![\w.])(?=\d|" + NAMES +
            r"|un|una|dieci|quinc|veint|treint|cuaren|sesent|setent|novent|trece|catorce|media|medio|cuarto|par de|"
            r"hora|horita"
        r"|el |la |las |los |este|esta|al |del |de |en |por |para |a |antes|entre|desde|dentro|durante|hasta|tipo |"
        r"como |ayer|ant|pasad|hoy|mañana"
        r"|lun|mar|mi[ée]|jue|vie|s[áa]b|dom|ene|feb|abr|may|jun|jul|ago|sep|oct|nov|dic|primer|d[íi]a|fin|cierre|"
        r"principio|comienzo|inicio|mediados|mitad"
        r"|semana|mes\b|pr[óo]xim|siguiente|[úu]ltim|muy |bien |tempran|lo |pront|brev|ahorita|altiro|enseguida|ya |"
        r"inmed|cuanto|con |tan |apenas|sin |m[áa]s "
        r"|luego|uno|cuando |aprox|m[áa]ximo|otr[oa])[\wáéíóúñ]*"
    ),
    readers=(_vague, nth_of_month, _date, _count, _clock, _first, _part),
    glue=re.compile(
        r"[\s,(]*(?:(?:a|al|el|la|las|por|en|de|del|día|sobre|hacia|antes|como|eso|tipo|mismo|desde|para|o sea|"
        r"es decir|y|más tardar|tarde|a más tardar|alrededor|tal vez|en torno)[\s,]+){0,4}"
    ),
    to=re.compile(
        r"\s?(?:-|a|al|o|u|y|/|hasta)\s?(?:el |al )?|,? o (?:a lo sumo|como (?:muy tarde|mucho)|a más tardar|"
        r"quizás?)?\s?(?:el )?"),
    both=("y", "y el", "y la", "e"),
    between="entre",
    leads=(
        ("event", re.compile(
            r"\b(después|luego|a partir de ah[ií]|desde ah[ií]|posteriormente|tras ello|otros|una vez (?:recibid|"
            r"aprobad|enviad|procesad|abonad|all)\w*,?)\s(?:(?:se )?(?:demora|tarda|lleva|suele tardar|puede tardar|"
            r"puede demorar|son|toma)n?\s)?(?:de |en |entre |hasta |unos |unas |otros |otras )?$")),
        ("before", re.compile(
            r"\b(antes del?|previo al?|con anterioridad al?)\s?(?:que (?:sea|llegue) )?(?:el |la |las |los |día )?$")),
        ("until", re.compile(r"\b(hasta)\s(?:el |la |las |que )?$")),
        ("since", re.compile(
            r"\b(desde hace|desde|con fecha)\s(?:el |la |las |ya |m[áa]s de |casi |unos |"
            r"unas |como )?$")),
        ("for", re.compile(
            r"\b(durante|por espacio de|hace|hacía|llev[aoó]\w*|"
            r"esper(?:ado|ando)|garant[íi]a de|tard[óo]|tardaron|demor[óo]|pas(?:aron|"
            r"ado))\s(?:el |la |los |las |m[áa]s de |casi |unos |unas )?$")),
        ("by", re.compile(
            r"\b((?:a m[áa]s tardar|como (?:muy tarde|mucho|m[áa]ximo|tope)|a lo (?:sumo|m[áa]s tarde)|"
            r"no m[áa]s (?:tarde|all[áa]) del?|m[áa]ximo|tope|para|antes o|lo m[áa]s tarde)\s?"
            r"(?:el día |el |la |las |los |a |en |de )?(?:pr[óo]ximo )?)$")),
        ("within", re.compile(
            r"\b((?:en (?:un|el) (?:plazo|lapso|t[ée]rmino|per[íi]odo|tiempo|margen)(?: (?:m[áa]ximo|aproximado|"
            r"estimado|no mayor|no superior|legal))?(?: de| a)|en un m[áa]ximo de|en menos de|en no m[áa]s de|"
            r"en m[áa]ximo|dentro de(?: los| las)?"
            r"|antes de(?: los| las)?|en el transcurso de(?: los| las)?|a lo largo de(?: los| las)?|"
            r"en aproximadamente|en torno a|en cosa de|en cuesti[óo]n de|en|de|entre|hasta|m[áa]ximo|unos|unas|"
            r"como mucho en"
            r"|plazo de|lapso de|aproximadamente|menos de|no m[áa]s de|aprox\.?|a)\s(?:de |entre |unos |unas |"
            r"hasta |los |las |m[áa]ximo |como (?:mucho|m[áa]ximo) )?)$")),
        ("of", re.compile(r"(?<!antes )\b(del|de|de fecha)\s(?:el |la |día )?$")),
        ("after", re.compile(r"\b((?:después|luego|pasadas?|a partir|desde) (?:del? )?(?:la |las |el )?)$")),
        ("at", re.compile(
            r"\b((?:(?:como |más o menos |alrededor )?(?:a eso de |sobre |hacia |alrededor de |a |de |en |cerca de |"
            r"tipo )?(?:el|la|las|este|esta|los|las) (?:mismo |d[íi]a )?(?:pr[óo]ximo )?|sobre |hacia |a eso de |"
            r"tipo ))$")),
    ),
    from_event=re.compile(
        r",?(?: (?:como m[áa]ximo|m[áa]s o menos|aproximadamente|contados|a contar|contando|h[áa]biles|posteriores|"
        r"siguientes|m[áa]s)){0,2},?\s+(?:desde|tras|despu[ée]s|luego|a partir|una vez|cuando|posteriores a|"
        r"siguientes a|de (?:haber|recib\w+|su|la recepci[óo]n)"
        r"|que (?:nos|recib\w+|tengamos)|al? (?:recibir|recepci[óo]n))\b(?! (?:de )?(?:hoy|ahora|este (?:correo|"
        r"mensaje)|esta (?:carta|comunicaci[óo]n)|mañana))"
    ),
    ago=re.compile(r"\s+(?:atr[áa]s|antes(?! de)|tarde\b|de (?:retraso|demora|atraso|espera|antig)|(?:esperando|sin))"),
    tail=re.compile(
        r",? (?:como (?:muy tarde|mucho|m[áa]ximo|tope)|a m[áa]s tardar|m[áa]ximo|a lo sumo|sin falta|tope)\b"),
    zone=ZONE,
    no_year=NO_YEAR,
)  # fmt: skip
