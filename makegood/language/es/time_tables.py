"""Spanish words of time as patterns: what days, parts of the day, clocks, dates and counts look like."""

import re

from ..time_words import ZONE_LETTERS
from .numbers import NUMBER, UNITS

MONTHS = "ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic"
MONTH = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|feb|mar|abr|may"
    r"|jun|jul|ago|sept?|oct|nov|dic)\b\.?"
)
WEEKDAY = (
    r"(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)\b|(?:lun|mar|mi[ée]|jue|vie|s[áa]b|"
    r"dom)\b\.?(?= ?\d)"
)
WEEKDAYS = {"lu": "mon", "ma": "tue", "mi": "wed", "ju": "thu", "vi": "fri", "sá": "sat", "sa": "sat", "do": "sun"}
COMING = r"(?:que viene|q viene|pr[óo]xima|siguiente|entrante|que entra|que arranca)"
NEXT_WEEK = rf"(?:la )?(?:semana {COMING}|(?:pr[óo]xima|siguiente) semana|otra semana)"
THIS_WEEK = r"(?:la|esta)(?: misma)? semana(?: (?:en curso|actual|laboral))?"
DAY = re.compile(
    r"(?P<past>ayer|anteayer|antes de ayer|antier|anoche|antenoche|el otro día|(?:el |la )?(?:"
    + WEEKDAY
    + r"|semana|mes|año|noche)"
    r" (?:pasad[oa]|anterior)|(?:el |la )?pasad[oa] (?:" + WEEKDAY + r"|semana|mes)"
    r"|(?:(?:en )?(?:los|las) )?[úu]ltim[oa]s [\w ]{1,10}(?:minutos|horas|días|semanas|meses))\b"
    r"|(?P<after>pasado mañana)\b|(?P<tomorrow>(?:el día de )?mañana(?: mismo)?(?! (?:temprano )?de (?:hoy|ayer)))\b"
    r"|(?P<same>hoy(?: mismo| día| por hoy)?|(?:en |durante |dentro de )?el (?:mismo|transcurso del|"
    r"resto del) día(?: de hoy)?|el día de hoy"
    r"|(?:a lo largo|dentro|en el transcurso|en el curso|durante el resto) del (?:mismo )?día(?: de hoy)?|en el día)\b"
    r"|(?:(?:el |este |esta )?(?P<next>pr[óo]ximo |siguiente ))?(?P<weekday>" + WEEKDAY + r")"
    r"(?P<week>,? (?:de|en) "
    + NEXT_WEEK
    + r"|,? de esta (?:misma )?semana| pr[óo]ximo| que viene| que entra| siguiente)?"
    r"|(?P<weeklater>(?:de )?(?:hoy|mañana) en (?:ocho|una semana))"
)

PERIODS = tuple(
    (name, re.compile(words))
    for name, words in (
        ("early", r"(?:a |al )?(?:principios?|comienzos?|inicios?|primeros)(?: días)? de " + NEXT_WEEK),
        ("mid", r"(?:a )?(?:mediados|mitad) de " + NEXT_WEEK),
        ("nextweek", r"(?:a )?(?:finales|fines|final|fin) de " + NEXT_WEEK + "|" + NEXT_WEEK),
        ("eow", r"(?:en |de )?lo que queda de (?:la )?semana|(?:antes (?:de |del )|para (?:antes )?(?:de |del "
            r")?)(?:el |este )?(?:fin de semana|finde)\b"
         r"|antes (?:de )?(?:que )?(?:de )?(?:acab\w+|termin\w+|finali\w+|cierr\w+|cerrar|concluy\w+|sal\w+) "
         + THIS_WEEK
         +
             r"|(?:a(?:l)? |en )?(?:finales|fines|final|fin|cierre|t[ée]rmino) de (?:la |esta )(?:presente )?semana|"
             r"al acabar la semana"
         r"|(?:a lo largo|en el transcurso|en el curso|dentro|durante el resto) de " + THIS_WEEK + r"|"
         + THIS_WEEK.replace("(?:la|esta)", "esta")
         + r"|(?:en|durante) la semana\b(?! que)|la presente semana|entre semana|a finales de semana"),
        ("weekend", r"(?:este |el |al )?(?:fin de semana|finde)\b"),
        ("midweek", r"(?:a )?(?:mediados|mitad) de (?:la |esta )?semana"),
        ("earlymonth",
            r"(?:a )?(?:principios|comienzos|inicios|primeros) (?:del mes|de mes|del (?:mes )?(?:pr[óo]ximo mes|"
            r"que viene|mes que viene|mes pr[óo]ximo))"),
        ("nextmonth",
            r"(?:(?:a )?(?:finales|fines|final|fin) del )?(?:(?:el )?mes (?:que viene|pr[óo]ximo|siguiente|"
            r"entrante)|(?:el )?(?:pr[óo]ximo|siguiente) mes)"),
        ("midmonth", r"(?:a )?(?:mediados|mitad) (?:de|del|de este) mes"),
        ("eom",
            r"(?:antes )?(?:a(?:l)? |de )?(?:finales|fines|final|fin|cierre|t[ée]rmino) (?:de|del|de este|"
            r"de el)(?: presente)? mes(?: en curso)?"
         r"|antes (?:de )?(?:que )?(?:de )?(?:acab\w+|termin\w+|finali\w+|cierr\w+|cerrar) (?:el|este) mes|"
         r"(?:dentro de |en |durante )?este(?: mismo)? mes"
         r"|[úu]ltimo día del mes|(?:a lo largo|en el transcurso|dentro) del mes"),
        ("eoy",
            r"(?:antes de )?(?:finales|fines|final|fin) (?:de|del|de este) año|este año|antes de que (?:acabe|"
            r"termine) el año"),
        ("end:", r"(?:a )?(?:finales|fines|final|fin) de (?P<month>" + MONTH + ")"),
    )
)  # fmt: skip
PERIOD = re.compile("|".join(f"(?:{words.pattern.replace('?P<month>', '?:')})" for _, words in PERIODS))

PARTS = re.compile(
    r"(?P<late>a [úu]ltima hora de la mañana)|(?P<latest>a [úu]ltima hora de la tarde)"
    r"|(?P<firstpm>a primera hora de la tarde)"
    r"|(?P<first>(?:muy )?(?:a |en )?primer[ai]t?a? hora(?: de la mañana)?|(?:bien |muy )?tempranito|(?:bien |"
    r"muy )?temprano"
    r"|a primeras horas(?: de la mañana)?|lo primero que (?:haga|hago))\b"
    r"|(?P<close>(?:antes )?(?:de)?(?:al? |el )?(?:final|finalizar|fin|t[ée]rmino|terminar|cierre|cerrar|"
    r"acabar)(?: de)?(?:l| la| el)"
    r" (?:día|jornada|turno|horario|tarde laboral)(?: (?:laboral|hábil|de trabajo))?|(?:a |"
    r"en )?[úu]ltima hora(?: del día)?"
    r"|(?:antes de )(?:que )?(?:cierre|cerrar|cerremos|termine|terminar|acabe|acabar|finalizar|finalice|salir|"
    r"irme)(?: (?:el día|la jornada|la oficina|mi turno|el turno|la tienda))?"
    r"|al cierre|al cerrar|(?:antes )?(?:al|del|el) (?:cierre|final|t[ée]rmino)(?= del? (?:hoy|ma[ñn]ana|d[íi]a \d|"
    r"\d|lunes|martes|mi[ée]r|jue|vie|s[áa]b|dom)))\b"
    r"|(?P<noon>(?:a |al |el )?medio ?día)\b|(?P<midnight>(?:a )?(?:la )?media ?noche)\b"
    r"|(?P<this>(?:hoy )?(?:(?:en el transcurso|a lo largo|en el curso|durante el resto) de )?(?:esta(?: misma)?|"
    r"durante la|(?:en el transcurso|a lo largo|durante el resto|en el curso) de la) (?P<of>mañana|tarde|noche|"
    r"tardecita)(?: mismo)?)\b"
    r"|(?P<mid>(?:a )?media (?P<midof>mañana|tarde))\b"
    r"|(?P<inthe>(?:por|en|a|de) la (?P<when>mañanita|mañana|tardecita|tarde|noche|madrugada)|de noche|de tarde)\b"
    r"|(?P<lunch>antes de (?:comer|almorzar|la comida|el almuerzo))\b"
)
HOURS = {"mañana": 12, "tarde": 17, "noche": 21, "madrugada": 8}

NAMES = "una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
NAMED = dict(zip(NAMES.split("|"), range(1, 13), strict=True))
PAST = {"media": 30, "cuarto": 15, "diez": 10, "veinte": 20, "cinco": 5, "veinticinco": 25}
TELL = (
    r"(?P<hour{0}>\d{{1,2}}|" + NAMES + r")(?![\d/])(?:\s?[:.h,]\s?(?P<minute{0}>[0-5]\d)(?!\d))?"
    r"(?P<past{0}> (?:y|menos) (?:media|cuarto|diez|veinte|veinticinco|cinco)\b)?(?: en punto)?(?:\s?(?:horas|hrs|"
    r"hs|h)\b\.?)?"
)
HALF = (
    r"(?:\s?(?P<{0}>a\.?\s?m\b\.?|p\.?\s?m\b\.?)|\s(?:de|por|en) la (?P<part{0}>mañana|tarde|noche|madrugada)|"
    r"\s(?P<noon{0}>del mediod[ií]a))?"
)
CLOCK = re.compile(r"(?P<at>(?:a |al |de |tipo |para )?las? )?" + TELL.format("a") + HALF.format("halfa"))
TYPE = re.compile(r"(?P<at>(?:tipo|como|a) )(?:las? )?" + TELL.format("a") + HALF.format("halfa"))
CLOCKS = re.compile(
    r"(?:(?:de |desde |entre |a )?(?:las? )?)?"
    + TELL.format("a")
    + HALF.format("halfa")
    + r"\s?(?P<to>a|y|-|hasta|o)\s?(?:las? )?"
    + TELL.format("b")
    + HALF.format("halfb")
)

AT_WHICH = (
    " y", "antes", "cerca", " a", " de", "hasta",
    "sobre", "hacia", "para", "tipo", "entre", "desde", "pasadas",
)  # fmt: skip
COUNTED = re.compile(r"\s?(?:horas? |minut|d[íi]a|seman|mes|jornad|años?\b|euros|pesos)")

DATE = re.compile(
    r"(?P<iso>(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2}))(?!\d)"
    r"|(?:(?:el |del |al )?(?:día )?)(?P<day>\d{1,2}|primero|uno)(?:º|°|ro|er)?(?:\s?(?:-|al|a|y|o|"
    r"u)\s?(?:el )?(?P<last>\d{1,2}))?"
    r"(?: de(?:l)? |-| )(?P<month>" + MONTH + r")(?:(?: de| del|,)? (?P<year>20\d\d)\b)?"
    r"|(?P<month2>" + MONTH + r") (?P<day2>\d{1,2})\b(?![\d:])"
    r"|(?:el )?(?:día )?(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?:(?P=sep)(?P<n3>20\d\d|\d\d))?(?![\d/%]|"
    r"[.,:]\d)(?! (?:h|hs|hrs|horas|días|hábiles)\b)"
    r"|(?:(?:el )?día|el|del|al) (?P<nth>\d{1,2})(?:\s?(?:-|al|a|y|o|"
    r"u)\s?(?:el )?(?:día )?(?P<nthlast>\d{1,2}))?(?:º|°)?"
    r"(?![\d:/%]|[.,]\d| ?(?:%|por ciento|euros|pesos|d[íi]as|horas|h\b|hs\b|años|meses|personas|de cada|veces))"
)

#: Whose clock it is, where that is not plainly the writer's.
ZONE = re.compile(
    r"[ ,]{0,2}\(?(?:en )?(?:(?:su|tu|vuestr[ao]) (?:zona horaria|hora(?:rio)?(?: local)?)\b(?! (?:de|es|ser[áa])\b)"
    r"|(?:la )?hora(?:rio)? (?!(?:y|o|u|a|al|del?|en|que|por|con|si|no|nuestr[ao]|punta|exacta|fij[ao]|l[íi]mite|tope|"
    r"m[áa]xim[ao]|prevista|acordada|aproximada|estimada|habitual|concertada|pactada|indicada|convenida|comercial|"
    r"laboral|seguido)\b)\w+(?: (?:del?) (?!la\b|el\b|los\b|este\b|lunes|martes|mi[ée]rcoles|jueves|viernes)\w+)?"
    r"|(?:la )?hora(?:rio)? (?:de(?:l)?|en) (?!que\b|lunes|martes|mi[ée]rc|jueves|viernes|s[áa]bado|domingo|hoy\b|"
    r"mañana|cierre|apertura|entrega|comer|comida|almuerzo|cena|trabajo|oficina|"
    r"atenci[óo]n|visita|llegada|salida|la (?:comida|cena|cita|entrega|visita|siesta))(?:la |el |los |las |su |tu )?"
    r"[\w.]+(?: (?:de )?(?:m[ée]xico|york|aires|[áa]ngeles|chile|unido|unidos|este|centro))?"
    r"|(?:utc|gmt)\s?(?:[+-]\s?\d{1,2}(?::?\d\d)?)?(?!\w)|(?<=\d)z\b"
    r"|(?:" + ZONE_LETTERS + r"|art)\b)\)?"
)
NO_YEAR = re.compile(r"(?:,| del?| de)? \d{4,}\b(?! ?(?:hrs?|hs|horas|h|euros|pesos)\b)(?![:.,]\d)")

COUNT = re.compile(
    r"(?:(?:el|la|los|las) )?(?:pr[óo]xim[oa]s? |siguientes? |otr[oa]s? |un[oa]s |m[áa]ximo |aproximadamente |como )?"
    r"(?P<low>" + NUMBER + r")(?:\s?(?:-|a|o|y|u|/|hasta|ó)\s?(?P<high>" + NUMBER + r"))? ?"
    r"(?P<unit>" + UNITS + r")(?P<tail> y media| y medio)?"
    r"(?P<adjectives>(?: (?:h[áa]bil(?:es)?|laborables?|laborales?|de trabajo|bancari[oa]s|naturales|natural|"
    r"corridos|calendario|de calendario|consecutivos|completos|enteros|(?:siguientes|posteriores)(?! a\b)|m[áa]s|"
    r"máximo)\b){0,3})"
)
ODD = re.compile(
    r"(?P<h45>(?:en )?tres cuartos de hora)|(?P<h15>(?:un )?cuarto de hora|un cuartito de hora)|"
    r"(?P<h30>(?:la pr[óo]xima )?media (?:hora|horita))|(?P<h90>(?:una )?hora y media)"
    r"|(?P<h60>la pr[óo]xima hora|la hora siguiente|una hora)\b(?! o)|(?P<d15>(?:una |la pr[óo]xima )?quincena)"
    r"|(?P<bd1>(?:el |al )?día siguiente (?:h[áa]bil|laborable|laboral)|"
    r"(?:el |al )?(?:(?:pr[óo]ximo|siguiente) )(?:día|jornada) (?:h[áa]bil|laborable|laboral)|(?:el |"
    r"al )?día (?:h[áa]bil|laborable|laboral) (?:siguiente|pr[óo]ximo))"
    r"|(?P<d1>(?:el|al) día siguiente)"
)
ODD_COUNTS = {
    "h15": (15, "m"), "h30": (30, "m"), "h45": (45, "m"), "h60": (60, "m"), "h90": (90, "m"), "d15": (15, "d"),
    "bd1": (1, "bd"),
}  # fmt: skip
BUSINESS = re.compile(r"h[áa]bil|labora|de trabajo|bancari")

VAGUE = re.compile(
    r"(?:muy )?(?:pronto|prontito|en breve(?:s momentos)?|brevemente|pr[óo]ximamente|ahorita(?: mismo)?|altiro|"
    r"al tiro|enseguida|en seguida|ya mismo|inmediatamente"
    r"|de inmediato|en lo inmediato|al instante|cuanto antes|lo (?:antes|m[áa]s pronto|"
    r"m[áa]s r[áa]pido) (?:que (?:pueda|podamos|sea posible)|posible)|lo antes que se pueda"
    r"|a la (?:mayor |m[áa]xima )?brevedad(?: posible)?|con la mayor (?:brevedad|rapidez|prontitud)(?: posible)?|"
    r"a la mayor prontitud|en cualquier momento"
    r"|dentro de (?:muy )?poco|en (?:un )?(?:ratito|rato|momento|momentito|segundo|minutito|toque|periquete)|"
    r"en un abrir y cerrar de ojos"
    r"|(?:en (?:los |las )?|dentro de )?(?:(?:los|las) )?(?:pr[óo]xim[oa]s|siguientes) (?:minutos|horas|d[íi]as|"
    r"semanas|meses)|en unos (?:pocos )?(?:minutos|d[íi]as|meses)"
    r"|en (?:un[oa]s|algun[oa]s|poc[oa]s|un[oa]s cuant[oa]s|cuesti[óo]n de) (?:minutos|minutitos|horas|d[íi]as|"
    r"semanas|meses)|dentro de (?:un[oa]s|algun[oa]s|poc[oa]s) (?:minutos|horas|d[íi]as|semanas)"
    r"|(?:tan pronto|apenas|en cuanto)(?: como)? (?:me sea|nos sea|sea|pueda|podamos|se pueda)(?: posible)?|"
    r"a su debido tiempo|sin (?:m[áa]s )?(?:demora|dilaci[óo]n)(?: alguna)?|cuando (?:pueda|podamos)"
    r"|m[áa]s adelante|m[áa]s tarde(?! del? | el )|al toque|de una vez|a la primera oportunidad|"
    r"el d[íi]a menos pensado|un d[íi]a de estos|uno de estos d[íi]as)\b"
)
