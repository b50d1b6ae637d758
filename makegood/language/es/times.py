"""How Spanish says when: days, parts of the day, clocks, counts, and the words around them."""

import re

from ..time_words import Clock, Piece, TimeWords, on_the_clock
from .numbers import NUMBER, UNITS, number

_MONTHS = "ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic"
_MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|feb|mar|abr|may"
    r"|jun|jul|ago|sept?|oct|nov|dic)\b\.?"
)
_WEEKDAY = r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\b|(?:lun|mar|mi[ée]|jue|vie|s[áa]b|dom)\b\.?(?= ?\d)"
_WEEKDAYS = {"lu": "mon", "ma": "tue", "mi": "wed", "ju": "thu", "vi": "fri", "sá": "sat", "sa": "sat", "do": "sun"}
_COMING = r"(?:que viene|q viene|pr[óo]xima|siguiente|entrante|que entra|que arranca)"
_NEXT_WEEK = rf"(?:la )?(?:semana {_COMING}|(?:pr[óo]xima|siguiente) semana|otra semana)"
_THIS_WEEK = r"(?:la|esta)(?: misma)? semana(?: (?:en curso|actual|laboral))?"
_DAY = re.compile(
    r"(?P<past>ayer|anteayer|antes de ayer|antier|anoche|antenoche|el otro día|(?:el |la )?(?:" + _WEEKDAY + r"|semana|mes|año|noche)"
    r" (?:pasad[oa]|anterior)|(?:el |la )?pasad[oa] (?:" + _WEEKDAY + r"|semana|mes)"
    r"|(?:(?:en )?(?:los|las) )?[úu]ltim[oa]s [\w ]{1,10}(?:minutos|horas|días|semanas|meses))\b"
    r"|(?P<after>pasado mañana)\b|(?P<tomorrow>(?:el día de )?mañana(?: mismo)?(?! (?:temprano )?de (?:hoy|ayer)))\b"
    r"|(?P<same>hoy(?: mismo| día| por hoy)?|(?:en |durante |dentro de )?el (?:mismo|transcurso del|resto del) día(?: de hoy)?|el día de hoy"
    r"|(?:a lo largo|dentro|en el transcurso|en el curso|durante el resto) del (?:mismo )?día(?: de hoy)?|en el día)\b"
    r"|(?:(?:el |este |esta )?(?P<next>pr[óo]ximo |siguiente ))?(?P<weekday>" + _WEEKDAY + r")"
    r"(?P<week>,? (?:de|en) " + _NEXT_WEEK + r"|,? de esta (?:misma )?semana| pr[óo]ximo| que viene| que entra| siguiente)?"
    r"|(?P<weeklater>(?:de )?(?:hoy|mañana) en (?:ocho|una semana))"
)

_PERIODS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("early", r"(?:a |al )?(?:principios?|comienzos?|inicios?|primeros)(?: días)? de " + _NEXT_WEEK),
        ("mid", r"(?:a )?(?:mediados|mitad) de " + _NEXT_WEEK),
        ("nextweek", r"(?:a )?(?:finales|fines|final|fin) de " + _NEXT_WEEK + "|" + _NEXT_WEEK),
        ("eow", r"(?:antes (?:de |del )|para (?:antes )?(?:de |del )?)(?:el |este )?(?:fin de semana|finde)\b"
         r"|antes (?:de )?(?:que )?(?:de )?(?:acab\w+|termin\w+|finali\w+|cierr\w+|cerrar|concluy\w+|sal\w+) " + _THIS_WEEK
         + r"|(?:a(?:l)? |en )?(?:finales|fines|final|fin|cierre|t[ée]rmino) de (?:la |esta )(?:presente )?semana|al acabar la semana"
         r"|(?:a lo largo|en el transcurso|en el curso|dentro|durante el resto) de " + _THIS_WEEK + r"|" + _THIS_WEEK.replace("(?:la|esta)", "esta")
         + r"|(?:en|durante) la semana\b(?! que)|la presente semana|entre semana|a finales de semana"),
        ("weekend", r"(?:este |el |al )?(?:fin de semana|finde)\b"),
        ("midweek", r"(?:a )?(?:mediados|mitad) de (?:la |esta )?semana"),
        ("earlymonth", r"(?:a )?(?:principios|comienzos|inicios|primeros) (?:del mes|de mes|del (?:mes )?(?:pr[óo]ximo mes|que viene|mes que viene|mes pr[óo]ximo))"),
        ("nextmonth", r"(?:(?:a )?(?:finales|fines|final|fin) del )?(?:(?:el )?mes (?:que viene|pr[óo]ximo|siguiente|entrante)|(?:el )?(?:pr[óo]ximo|siguiente) mes)"),
        ("midmonth", r"(?:a )?(?:mediados|mitad) (?:de|del|de este) mes"),
        ("eom", r"(?:antes )?(?:a(?:l)? |de )?(?:finales|fines|final|fin|cierre|t[ée]rmino) (?:de|del|de este|de el)(?: presente)? mes(?: en curso)?"
         r"|antes (?:de )?(?:que )?(?:de )?(?:acab\w+|termin\w+|finali\w+|cierr\w+|cerrar) (?:el|este) mes|(?:dentro de |en |durante )?este(?: mismo)? mes"
         r"|[úu]ltimo día del mes|(?:a lo largo|en el transcurso|dentro) del mes"),
        ("eoy", r"(?:antes de )?(?:finales|fines|final|fin) (?:de|del|de este) año|este año|antes de que (?:acabe|termine) el año"),
        ("end:", r"(?:a )?(?:finales|fines|final|fin) de (?P<month>" + _MONTH + ")"),
    )
)  # fmt: skip
_PERIOD = re.compile("|".join(f"(?:{words.pattern.replace('?P<month>', '?:')})" for _, words in _PERIODS))

_PARTS = re.compile(
    r"(?P<late>a [úu]ltima hora de la mañana)|(?P<latest>a [úu]ltima hora de la tarde)"
    r"|(?P<firstpm>a primera hora de la tarde)"
    r"|(?P<first>(?:muy )?(?:a |en )?primer[ai]t?a? hora(?: de la mañana)?|(?:bien |muy )?tempranito|(?:bien |muy )?temprano"
    r"|a primeras horas(?: de la mañana)?|lo primero que (?:haga|hago))\b"
    r"|(?P<close>(?:antes )?(?:de)?(?:al? |el )?(?:final|finalizar|fin|t[ée]rmino|terminar|cierre|cerrar|acabar)(?: de)?(?:l| la| el)"
    r" (?:día|jornada|turno|horario|tarde laboral)(?: (?:laboral|hábil|de trabajo))?|(?:a |en )?[úu]ltima hora(?: del día)?"
    r"|(?:antes de )(?:que )?(?:cierre|cerrar|cerremos|termine|terminar|acabe|acabar|finalizar|finalice|salir|irme)(?: (?:el día|la jornada|la oficina|mi turno|el turno|la tienda))?"
    r"|al cierre|al cerrar|(?:antes )?(?:al|del|el) (?:cierre|final|t[ée]rmino)(?= del? (?:hoy|ma[ñn]ana|d[íi]a \d|\d|lunes|martes|mi[ée]r|jue|vie|s[áa]b|dom)))\b"
    r"|(?P<noon>(?:a |al |el )?medio ?día)\b|(?P<midnight>(?:a )?(?:la )?media ?noche)\b"
    r"|(?P<this>(?:hoy )?(?:(?:en el transcurso|a lo largo|en el curso|durante el resto) de )?(?:esta(?: misma)?|durante la|(?:en el transcurso|a lo largo|durante el resto|en el curso) de la) (?P<of>mañana|tarde|noche|tardecita)(?: mismo)?)\b"
    r"|(?P<mid>(?:a )?media (?P<midof>mañana|tarde))\b"
    r"|(?P<inthe>(?:por|en|a|de) la (?P<when>mañanita|mañana|tardecita|tarde|noche|madrugada)|de noche|de tarde)\b"
    r"|(?P<lunch>antes de (?:comer|almorzar|la comida|el almuerzo))\b"
)
_HOURS = {"mañana": 12, "tarde": 17, "noche": 21, "madrugada": 8}

_NAMES = "una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
_NAMED = dict(zip(_NAMES.split("|"), range(1, 13), strict=True))
_PAST = {"media": 30, "cuarto": 15, "diez": 10, "veinte": 20, "cinco": 5, "veinticinco": 25}
_TELL = (
    r"(?P<hour{0}>\d{{1,2}}|" + _NAMES + r")(?![\d/])(?:\s?[:.h,]\s?(?P<minute{0}>[0-5]\d)(?!\d))?"
    r"(?P<past{0}> (?:y|menos) (?:media|cuarto|diez|veinte|veinticinco|cinco)\b)?(?: en punto)?(?:\s?(?:horas|hrs|hs|h)\b\.?)?"
)
_HALF = r"(?:\s?(?P<{0}>a\.?\s?m\b\.?|p\.?\s?m\b\.?)|\s(?:de|por|en) la (?P<part{0}>mañana|tarde|noche|madrugada)|\s(?P<noon{0}>del mediod[ií]a))?"
_CLOCK = re.compile(r"(?P<at>(?:a |al |de |tipo |para |por )?las? )?" + _TELL.format("a") + _HALF.format("halfa"))
_TYPE = re.compile(r"(?P<at>(?:tipo|como|a) )(?:las? )?" + _TELL.format("a") + _HALF.format("halfa"))
_CLOCKS = re.compile(
    r"(?:(?:de |desde |entre |a )?(?:las? )?)?" + _TELL.format("a") + _HALF.format("halfa")
    + r"\s?(?P<to>a|y|-|hasta|o)\s?(?:las? )?" + _TELL.format("b") + _HALF.format("halfb")
)

_AT_WHICH = (" a", " de", "hasta", "sobre", "hacia", "para", "por", "tipo", "entre", "desde", "pasadas", " y", "antes", "cerca")
_COUNTED = re.compile(r"\s?(?:horas? |minut|d[íi]a|seman|mes|jornad|años?\b|euros|pesos)")

_DATE = re.compile(
    r"(?P<iso>(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2}))(?!\d)"
    r"|(?:(?:el |del |al )?(?:día )?)(?P<day>\d{1,2}|primero|uno)(?:º|°|ro|er)?(?:\s?(?:-|al|a|y|o|u)\s?(?:el )?(?P<last>\d{1,2}))?"
    r"(?: de(?:l)? |-| )(?P<month>" + _MONTH + r")(?:(?: de| del|,)? (?P<year>20\d\d)\b)?"
    r"|(?P<month2>" + _MONTH + r") (?P<day2>\d{1,2})\b(?![\d:])"
    r"|(?:el )?(?:día )?(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?:(?P=sep)(?P<n3>20\d\d|\d\d))?(?![\d/%]|[.,:]\d)(?! (?:h|hs|hrs|horas|días|hábiles)\b)"
    r"|(?:(?:el )?día|el|del|al) (?P<nth>\d{1,2})(?:\s?(?:-|al|a|y|o|u)\s?(?:el )?(?:día )?(?P<nthlast>\d{1,2}))?(?:º|°)?"
    r"(?![\d:/%]|[.,]\d| ?(?:%|por ciento|euros|pesos|d[íi]as|horas|h\b|hs\b|años|meses|personas|de cada|veces))"
)

_COUNT = re.compile(
    r"(?:(?:el|la|los|las) )?(?:pr[óo]xim[oa]s? |siguientes? |otr[oa]s? |un[oa]s |m[áa]ximo |aproximadamente |como )?"
    r"(?P<low>" + NUMBER + r")(?:\s?(?:-|a|o|y|u|/|hasta|ó)\s?(?P<high>" + NUMBER + r"))? ?"
    r"(?P<unit>" + UNITS + r")(?P<tail> y media| y medio)?"
    r"(?P<adjectives>(?: (?:h[áa]bil(?:es)?|laborables?|laborales?|de trabajo|bancari[oa]s|naturales|natural|corridos|calendario|de calendario|consecutivos|completos|enteros|(?:siguientes|posteriores)(?! a\b)|m[áa]s|máximo)\b){0,3})"
)
_ODD = re.compile(
    r"(?P<h45>(?:en )?tres cuartos de hora)|(?P<h15>(?:un )?cuarto de hora|un cuartito de hora)|(?P<h30>(?:la pr[óo]xima )?media (?:hora|horita))|(?P<h90>(?:una )?hora y media)"
    r"|(?P<h60>la pr[óo]xima hora|la hora siguiente|una hora)\b(?! o)|(?P<d15>(?:una |la pr[óo]xima )?quincena)"
    r"|(?P<bd1>(?:el |al )?(?:(?:pr[óo]ximo|siguiente) )(?:día|jornada) (?:h[áa]bil|laborable|laboral)|(?:el |al )?día (?:h[áa]bil|laborable|laboral) (?:siguiente|pr[óo]ximo))"
    r"|(?P<d1>(?:el|al) día siguiente)"
)
_ODD_COUNTS = {"h15": (15, "m"), "h30": (30, "m"), "h45": (45, "m"), "h60": (60, "m"), "h90": (90, "m"), "d15": (15, "d"), "bd1": (1, "bd")}
_BUSINESS = re.compile(r"h[áa]bil|labora|de trabajo|bancari")

_VAGUE = re.compile(
    r"(?:muy )?(?:pronto|prontito|en breve(?:s momentos)?|brevemente|pr[óo]ximamente|ahorita(?: mismo)?|altiro|al tiro|enseguida|en seguida|ya mismo|inmediatamente"
    r"|de inmediato|en lo inmediato|al instante|cuanto antes|lo (?:antes|m[áa]s pronto|m[áa]s r[áa]pido) (?:que (?:pueda|podamos|sea posible)|posible)|lo antes que se pueda"
    r"|a la (?:mayor |m[áa]xima )?brevedad(?: posible)?|con la mayor (?:brevedad|rapidez|prontitud)(?: posible)?|a la mayor prontitud|en cualquier momento"
    r"|dentro de (?:muy )?poco|en (?:un )?(?:ratito|rato|momento|momentito|segundo|minutito|toque|periquete)|en un abrir y cerrar de ojos"
    r"|(?:en (?:los |las )?|dentro de )?(?:(?:los|las) )?(?:pr[óo]xim[oa]s|siguientes) (?:minutos|horas|d[íi]as|semanas|meses)|en unos (?:pocos )?(?:minutos|d[íi]as|meses)"
    r"|en (?:un[oa]s|algun[oa]s|poc[oa]s|un[oa]s cuant[oa]s|cuesti[óo]n de) (?:minutos|minutitos|horas|d[íi]as|semanas|meses)|dentro de (?:un[oa]s|algun[oa]s|poc[oa]s) (?:minutos|horas|d[íi]as|semanas)"
    r"|(?:tan pronto|apenas|en cuanto)(?: como)? (?:me sea|nos sea|sea|pueda|podamos|se pueda)(?: posible)?|a su debido tiempo|sin (?:m[áa]s )?(?:demora|dilaci[óo]n)(?: alguna)?|cuando (?:pueda|podamos)"
    r"|m[áa]s adelante|m[áa]s tarde(?! del? | el )|al toque|de una vez|a la primera oportunidad|el d[íi]a menos pensado|un d[íi]a de estos|uno de estos d[íi]as)\b"
)


def _first(low: str, at: int, _: bool) -> Piece | None:
    """Periods and days by name."""
    if _PERIOD.match(low, at):
        for name, pattern in _PERIODS:
            inner = pattern.match(low, at)
            if inner:
                if name == "end:":
                    name += str(_month_number(inner["month"]))
                return Piece(kind="period", name=name, leans=name == "weekend", start=at, end=inner.end())
    found = _DAY.match(low, at)
    if not found:
        return None
    end = found.end()
    if found["past"]:
        return Piece(kind="past", start=at, end=end)
    for group, name in (("after", "+2"), ("tomorrow", "+1"), ("same", "today")):
        if found[group]:
            # "por la mañana" is a part of the day, "mañana" alone is tomorrow
            if name == "+1" and low[max(0, at - 3) : at].endswith((" la", "la ", "sta ")) or low[:at].endswith(("esta ", "media ")):
                return None
            return Piece(kind="day", name=name, start=at, end=end)
    if found["weeklater"]:
        return Piece(kind="day", name="+7" if "hoy" in found["weeklater"] else "+8", start=at, end=end)
    name = _WEEKDAYS[found["weekday"][:2]]
    week = found["week"] or ""
    if "semana" in week:
        name = f"this:{name}" if "esta" in week else f"next:{name}"
    return Piece(kind="weekday", name=name, start=at, end=end)


def _part(low: str, at: int, _: bool) -> Piece | None:
    found = _PARTS.match(low, at)
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
    hour = next((hour for name, hour in _HOURS.items() if name in word), 12)
    if kind == "this":
        name = "tonight" if hour == 21 else "this"
        return Piece(kind="part", name=name, clock=Clock(hour=hour), start=at, end=end)
    name = "tomorrow" if kind == "inthe" and hour == 12 else kind
    leans = kind == "inthe" and low.startswith(("de ", "a la noche"), at)
    return Piece(kind="part", name=name, clock=Clock(hour=hour), leans=leans, start=at, end=end)


def _hour(found: re.Match[str], side: str) -> Clock | None:
    word = found[f"hour{side}"]
    hour = _NAMED.get(word) or int(word) if not word.isdigit() else int(word)
    minute = int(found[f"minute{side}"] or 0)
    part = found[f"parthalf{side}"] or ""
    half = (found[f"half{side}"] or "")[:1]
    if part:
        half = "a" if part in ("mañana", "madrugada") else "p"
    clock = on_the_clock(hour, minute, f"{half}m" if half else "")
    if clock and (past := found[f"past{side}"]):
        amount = _PAST[past.split()[-1]]
        if "menos" in past:
            return Clock(hour=(clock.hour - 1) % 24, minute=60 - amount, guessed=clock.guessed)
        return Clock(hour=clock.hour, minute=amount, guessed=clock.guessed)
    return clock


def _clock(low: str, at: int, _: bool) -> Piece | None:
    both = _CLOCKS.match(low, at)
    if both and (piece := _clocks(both, low, at)):
        return piece
    found = _CLOCK.match(low, at) or _TYPE.match(low, at)
    if not found:
        return None
    if found["at"] in ("las ", "la ") and not low[max(0, at - 10) : at].rstrip().endswith(_AT_WHICH):
        return None
    dotted = re.fullmatch(r"\d{1,2}\s?[.,]\s?\d\d", found[0].strip()) is not None
    hours = re.search(r"\d\s?(?:horas|hrs|hs|h)\b\.?$", found[0]) is not None and not found["minutea"]
    typed = (found["at"] or "").startswith(("tipo", "como", "a ")) and "la" not in found["at"]
    sure = found["at"] or found["halfa"] or found["parthalfa"] or (found["minutea"] and not dotted)
    if not sure or (hours and not found["at"]) or (typed and not re.match(r"\s*(?:$|[.,;!\n]|y |te |le |hoy|mañana)", low[found.end() : found.end() + 8])):
        return None
    if low[max(0, at - 1) : at] in ("$", "€", "#"):
        return None
    clock = _hour(found, "a")
    if clock is None:
        return None
    return Piece(kind="clock", clock=clock, start=at if typed else found.start("houra"), end=found.end())


def _clocks(found: re.Match[str], low: str, at: int) -> Piece | None:
    plain = "las" not in found[0] and "la " not in found[0] and not found["minutea"] and not found["halfa"] and not found["halfb"]
    leans = plain and found[0].startswith(("de ", "entre ")) and not _COUNTED.match(low, found.end())
    if plain and not leans:
        return None
    near, far = _hour(found, "a"), _hour(found, "b")
    if near is None or far is None:
        return None
    if (found["halfb"] or found["parthalfb"]) and not (found["halfa"] or found["parthalfa"]) and far.hour >= 12:
        hour = near.hour if near.hour < 12 or near.guessed else near.hour
        near = Clock(hour=hour + 12 if hour < 12 and hour + 12 < far.hour else hour, minute=near.minute)
    if (near.hour, near.minute) > (far.hour, far.minute) and far.hour < 12:
        far = Clock(hour=far.hour + 12, minute=far.minute, guessed=True)
    if (near.hour, near.minute) >= (far.hour, far.minute):
        return None
    return Piece(kind="clock", clock=near, until=far, leans=leans, start=at, end=found.end())


def _month_number(word: str) -> int:
    return _MONTHS.split("|").index(word[:3]) + 1


def _date(low: str, at: int, month_first: bool) -> Piece | None:
    found = _DATE.match(low, at)
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
    odd = _ODD.match(low, at)
    if odd:
        name = next(name for name, value in odd.groupdict().items() if value)
        if name == "d1":
            return Piece(kind="day", name="+1", start=at, end=odd.end())
        amount, unit = _ODD_COUNTS[name]
        if not _BUSINESS.match(low, odd.end() + 1):
            return Piece(kind="count", low=amount, high=amount, unit=unit, start=at, end=odd.end())
    found = _COUNT.match(low, at)
    if not found or (at and low[at - 1] in "$€.,"):
        return None
    business = bool(_BUSINESS.search(found["adjectives"]))
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
    found = _VAGUE.match(low, at)
    return Piece(kind="vague", start=at, end=found.end()) if found else None


TIMES = TimeWords(
    starts=re.compile(
        r"(?<![\w.])(?=\d|" + _NAMES + r"|un|una|dieci|quinc|veint|treint|cuaren|sesent|setent|novent|trece|catorce|media|medio|cuarto|par de|hora|horita"
        r"|el |la |las |los |este|esta|al |del |de |en |por |para |a |antes|entre|desde|dentro|durante|hasta|tipo |como |ayer|ant|pasad|hoy|mañana"
        r"|lun|mar|mi[ée]|jue|vie|s[áa]b|dom|ene|feb|abr|may|jun|jul|ago|sep|oct|nov|dic|primer|d[íi]a|fin|cierre|principio|comienzo|inicio|mediados|mitad"
        r"|semana|mes\b|pr[óo]xim|siguiente|[úu]ltim|muy |bien |tempran|lo |pront|brev|ahorita|altiro|enseguida|ya |inmed|cuanto|con |tan |apenas|sin |m[áa]s "
        r"|luego|uno|cuando |aprox|m[áa]ximo|otr[oa])[\wáéíóúñ]*"
    ),
    readers=(_vague, _date, _count, _clock, _first, _part),
    glue=re.compile(
        r"[\s,(]*(?:(?:a|al|el|la|las|por|en|de|del|día|sobre|hacia|antes|como|eso|tipo|mismo|desde|para|o sea|es decir|y|más tardar|tarde|a más tardar|alrededor|tal vez|en torno)[\s,]+){0,4}"
    ),
    to=re.compile(r"\s?(?:-|a|al|o|u|y|/|hasta)\s?(?:el |al )?|,? o (?:a lo sumo|como (?:muy tarde|mucho)|a más tardar|quizás?)?\s?(?:el )?"),
    both=("y", "y el", "y la", "e"),
    between="entre",
    leads=(
        ("event", re.compile(r"\b(después|luego|a partir de ah[ií]|desde ah[ií]|posteriormente|tras ello|otros|una vez (?:recibid|aprobad|enviad|procesad|abonad|all)\w*,?)\s(?:(?:se )?(?:demora|tarda|lleva|suele tardar|puede tardar|puede demorar|son|toma)n?\s)?(?:de |en |entre |hasta |unos |unas |otros |otras )?$")),
        ("before", re.compile(r"\b(antes del?|previo al?|con anterioridad al?)\s?(?:que (?:sea|llegue) )?(?:el |la |las |los |día )?$")),
        ("until", re.compile(r"\b(hasta)\s(?:el |la |las |que )?$")),
        ("since", re.compile(r"\b(desde hace|hace|desde|hacía|llev[aoó]\w*|con fecha)\s(?:el |la |las |ya |m[áa]s de |casi |unos |unas |como )?$")),
        ("for", re.compile(r"\b(durante|por espacio de|esper(?:ado|ando)|garant[íi]a de|tard[óo]|tardaron|demor[óo]|pas(?:aron|ado))\s(?:el |la |los |las |m[áa]s de |casi |unos |unas )?$")),
        ("by", re.compile(
            r"\b((?:a m[áa]s tardar|como (?:muy tarde|mucho|m[áa]ximo|tope)|a lo (?:sumo|m[áa]s tarde)|no m[áa]s (?:tarde|all[áa]) del?|m[áa]ximo|tope|para|antes o|lo m[áa]s tarde)\s?"
            r"(?:el día |el |la |las |los |a |en |de )?(?:pr[óo]ximo )?)$")),
        ("within", re.compile(
            r"\b((?:en (?:un|el) (?:plazo|lapso|t[ée]rmino|per[íi]odo|tiempo|margen)(?: (?:m[áa]ximo|aproximado|estimado|no mayor|no superior|legal))?(?: de| a)|en un m[áa]ximo de|en menos de|en no m[áa]s de|en m[áa]ximo|dentro de(?: los| las)?"
            r"|antes de(?: los| las)?|en el transcurso de(?: los| las)?|a lo largo de(?: los| las)?|en aproximadamente|en torno a|en cosa de|en cuesti[óo]n de|en|de|entre|hasta|m[áa]ximo|unos|unas|como mucho en"
            r"|plazo de|lapso de|aproximadamente|menos de|no m[áa]s de|aprox\.?|a)\s(?:de |entre |unos |unas |hasta |los |las |m[áa]ximo |como (?:mucho|m[áa]ximo) )?)$")),
        ("of", re.compile(r"(?<!antes )\b(del|de|de fecha)\s(?:el |la |día )?$")),
        ("after", re.compile(r"\b((?:después|luego|pasadas?|a partir|desde) (?:del? )?(?:la |las |el )?)$")),
        ("at", re.compile(r"\b((?:(?:como |más o menos |alrededor )?(?:a eso de |sobre |hacia |alrededor de |a |de |en |cerca de |tipo )?(?:el|la|las|este|esta|los|las) (?:mismo |d[íi]a )?(?:pr[óo]ximo )?|sobre |hacia |a eso de |tipo ))$")),
    ),
    from_event=re.compile(
        r",?(?: (?:como m[áa]ximo|m[áa]s o menos|aproximadamente|contados|a contar|contando|h[áa]biles|posteriores|siguientes|m[áa]s)){0,2},?\s+(?:desde|tras|despu[ée]s|luego|a partir|una vez|cuando|posteriores a|siguientes a|de (?:haber|recib\w+|su|la recepci[óo]n)"
        r"|que (?:nos|recib\w+|tengamos)|al? (?:recibir|recepci[óo]n))\b(?! (?:de )?(?:hoy|ahora|este (?:correo|mensaje)|esta (?:carta|comunicaci[óo]n)|mañana))"
    ),
    ago=re.compile(r"\s+(?:atr[áa]s|antes(?! de)|tarde\b|de (?:retraso|demora|atraso|espera|antig)|(?:esperando|sin))"),
    tail=re.compile(r",? (?:como (?:muy tarde|mucho|m[áa]ximo|tope)|a m[áa]s tardar|m[áa]ximo|a lo sumo|sin falta|tope)\b"),
)  # fmt: skip
