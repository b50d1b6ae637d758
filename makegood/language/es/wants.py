"""How Spanish asks for something to be done. Patterns see text without accents, but with ñ."""

import re

from ..want_words import Opener, WishWords
from . import imperatives as verbs

_ASKED = verbs.asking(verbs.DOING)
_THOU = verbs.asking_thee(verbs.DOING, alone=False)
_THOU_ALONE = verbs.asking_thee(verbs.DOING, alone=True)
_WISHED = verbs.wished(verbs.DOING + verbs.CARING)
_TO_DO = verbs.infinitive(verbs.DOING)
_CARING = rf"(?:{verbs.asking(verbs.CARING)}|{verbs.asking_thee(verbs.CARING, alone=False)})"
_PLEASE = r"(?:por favor|porfa(?:vor|vorcito)?s?|x favor|xfa|pls|plis|por fa|si son tan amables|si es tan amable)"
_PRONOUNS = r"(?:(?:me|nos|te|os|se|le|les|lo|la|los|las) ){0,2}"
_ADVERBS = r"(?:(?:solo|solamente|simplemente|unicamente|al menos|por lo menos|ya|ahora|entonces|tambien|de verdad) )*"
_OBJECT = (
    r"(?=\s+(?:el|la|los|las|un|una|unos|unas|mi|mis|otro|otra|otros|otras|a|al|eso|esto|ese|esa|este|esta|ya|todo|toda"
    r"|lo|de|alguien|algo|por|porfa|nuestro|nuestra|dos|uno|fin|menos|mas|cuanto|lugar|favor|aqui|\d+)\b|\s+[#$€\d])"
)
_WANT = (
    r"(?:quiero|queremos|kiero|quisiera|quisieramos|querria|querriamos|queria|queriamos|exijo|exigimos|pido"
    r"|pedimos|solicito"
    r"|solicitamos|reclamo|reclamamos|demando|requiero|requerimos|ruego|rogamos|rogaria|desearia|deseo|deseamos"
    r"|preferir(?:ia|iamos)|prefiero"
    r"|preferimos|preferiria|agradecer(?:ia|iamos|é|emos)|agradezco|agradecemos|pretendo|insisto en|pediria|solicitaria"
    r"|(?:me|nos) (?:gustaria|encantaria|urge|vendria bien|convendria|interesaria|conformo con|bastaria con|basta con)"
    r"|(?:les|le|os|te) (?:pido|ruego|pedimos|rogamos|agradeceria|agradezco|solicito|exijo|rogaria|pediria"
    r"|agradeceriamos"
    r"|solicitamos|exigimos|suplico|pediriamos)|se (?:ruega|solicita|exige)|suplico)"
)
#: He wants to be told something, or says something else with the same words.
_TELLING = (
    rf"(?:{verbs.asking(verbs.TELLING)}|{verbs.asking_thee(verbs.TELLING, alone=False)}"
    rf"|{verbs.infinitive(verbs.TELLING)}"
    rf"|{verbs.wished(verbs.TELLING)}"
    r"|saber|preguntar(?:les|le|te|os)?|entender|conocer|consultar(?:les|le|te)?|quejarme|quejarnos|felicitar\w*"
    r"|agradecer\w*"
    r"|dar(?:les|le|te|os|me)? (?:las |mil |muchas )?gracias|expresar\w*|denunciar|presentar (?:una|mi) (?:queja"
    r"|reclamacion"
    r"|denuncia)|poner (?:una|mi) (?:queja|reclamacion|denuncia|hoja)|hacer (?:una|mi|constar|saber) ?(?:queja"
    r"|reclamacion"
    r"|reclamo|pregunta|consulta)?|reportar|manifestar|transmitir|trasladar(?:les|le)|dejar (?:constancia|claro)"
    r"|interponer|oir|escuchar|creer|pensar|llorar|pedir(?:les|le|te|os)? (?:perdon|disculpas)|ver (?:que|como|si"
    r"|cuando)"
    r"|una (?:respuesta|explicacion|aclaracion|contestacion)|(?:la|su|alguna) (?:respuesta|explicacion|aclaracion)"
    r"|respuestas?\b|informacion|explicaciones|razones|(?:cerrar|cancelar|anular|retirar|archivar"
    r"|dejar) (?:\w+ )?(?:reclam\w+|queja"
    r"|caso|incidencia|solicitud|ticket|expediente|consulta|mensaje)"
    r"|(?:cierr\w+|cancel\w+|anul\w+|retir\w+|archiv\w+|borr\w+|elimin\w+|dej\w+|descart\w+|den por|olvid\w+"
    r"|ignor\w+|da por|dar por) (?:\w+ ){0,3}(?:reclam\w+|queja|caso"
    r"|incidencia|solicitud|ticket|expediente|consulta|mensaje|correo|cerrad\w+|finalizad\w+|el tema|mi (?:correo"
    r"|mail))"
    r"|(?:den|de|da|dar|darme|denme|deme|dame) ?(?:me |nos )?(?:una |alguna |la )?(?:respuesta|explicacion|razon"
    r"|informacion|noticia)"
    r"|(?:quede|quedara|conste|sepan|sepas|sepa|entiendan|me digan|me expliquen|me aclaren|me informen"
    r"|me confirmen|me respondan"
    r"|me contesten|alguien me (?:explique|diga|responda|conteste|aclare))"
    r"|llam(?:en|e|a) a la policia|miren|mire|mira|oigan|oiga|vean|vea|vaya|venga ya\b|dejen (?:de"
    r"|que)? ?(?:bromear)"
    r"|tengan? en cuenta|tomen? nota|hagan?(?:me)? caso|pasen (?:un )?buen|su (?:opinion|comprension|atencion)"
    r"|de antemano"
    r"|paciencia|un poco de paciencia|caso omiso|(?:ha[gz]\w*|haced) caso|dej\w+lo\W*$|dej\w+lo (?:asi|estar)"
    r"|retirar lo|(?:cerr\w+|cierr\w+) (?:el|la|lo)? ?\W?[a-z]{0,3}-?\d+|la (?:atencion|ayuda|rapidez|gestion)"
    r"|que (?:se )?hayan|su (?:ayuda|tiempo|amabilidad|respuesta|pronta))"
)
_NOUN = (
    r"(?:reembolso|devolucion|dinero|plata|compensacion|indemnizacion|cambio|reposicion|cancelacion|anulacion|baja"
    r"|repuesto"
    r"|reparacion|tecnico|factura|vuelta|descuento|abono|reintegro|solucion|etiqueta|codigo|recogida|entrega|copia"
    r"|otro|otra"
    r"|nuevo|nueva|duplicado|recibo|lana|regreso|supervisor|responsable|encargado|gerente|asiento|habitacion|cupon"
    r"|vale)"
)

WISHES = WishWords(
    clauses=re.compile(
        r"[,:(¿¡]\s*|\s-+\s*|\.{2,}\s*|\b(?:asi que|asi k|entonces|por tanto|por lo tanto|por favor|porfa|porfavor"
        r"|hola|o|mejor)\s+"
        r"|\b(?:y|pero|pues|bueno|ok|vale)[,]?\s+",
    ),
    openers=(
        Opener(
            rule="imperative",
            rank=3.0,
            clause=True,
            pattern=re.compile(
                rf"(?:{_PLEASE},? )?{_ADVERBS}(?=(?:{_ASKED}|{_THOU}|[a-zñ]{{2,14}}(?:en|an)(?:me|nos|se(?:lo|la"
                rf"|los|las)|le|les|lo|la|los|las)(?:lo|la|los|las)?|[a-zñ]{{3,14}}[ae](?:me|nos)(?:lo|la|los"
                rf"|las))\b)"
                r"(?!(?:de|cobre|parte|nada|pase|suba|baje|haga|reserve|ponga|vuelva|deje|siga|tome|use|abre"
                r"|cierre|corte|entregas?"
                r"|cambie|mande|pague|traiga|venga|llame|usen) (?:lo que|quien)\b|de (?!(?:baja|alta)\b)|dese"
                r"|cobres?\b(?! )|venganza"
                r"|recibos?\b|abones?\b|haganme reir|llamenme loc|dejense|dejate|dejese)"
            ),
        ),
        Opener(
            rule="imperative-thou",
            rank=2.4,
            clause=True,
            pattern=re.compile(
                rf"(?<![,:.(] )(?<!y )(?:{_PLEASE},? )?{_ADVERBS}(?=(?:{_THOU_ALONE}){_OBJECT})(?!(?:para|sobre"
                rf"|nada|entrega|reserva|compra|factura) )"
            ),
        ),
        Opener(
            rule="please-do",
            rank=3.0,
            pattern=re.compile(
                rf"\b{_PLEASE},? {_ADVERBS}(?:que )?(?:no )?{_PRONOUNS}(?=(?:{_ASKED}|{_THOU}|{_WISHED})\b"
                rf"|{_THOU_ALONE}{_OBJECT})"
            ),
        ),
        Opener(
            rule="kindly-do",
            rank=3.0,
            pattern=re.compile(
                rf"\b(?:favor de|sirvanse|sirvase|(?:hagan|haga|haz|hagan?me|hazme|haced|hacedme|haganos)(?:me"
                rf"|nos)? el favor de"
                rf"|tengan? (?:la bondad|la amabilidad|a bien) de|tengan? a bien) (?={_TO_DO}\b)"
            ),
        ),
        Opener(
            rule="i-want",
            rank=3.0,
            pattern=re.compile(
                rf"\b(?:lo (?:unico|minimo|menos) que )?{_WANT}(?: es)? {_ADVERBS}(?:(?:a ustedes|encarecidamente"
                rf"|formalmente"
                r"|por favor|urgentemente|inmediatamente|muchisimo|mucho|si pudieran|si pueden)[ ,]+)*"
                r"(?=(?:que\b|[a-zñ\"\d$€#]))(?!que (?:se )?(?:quede|quedara|conste|sepan|hayan|no haya)|no\b|si\b"
                r"|y\b|pero\b|como\b"
                r"|mucho\b|a (?:mi|mis|su|los)\b|creer|por\b|tanto\b)"
            ),
        ),
        Opener(
            rule="all-i-want-is",
            rank=3.0,
            pattern=re.compile(
                r"\b(?:lo (?:unico|minimo|menos|que)|todo lo que)(?: que)?(?: yo)?(?: les| le| te| os)? (?:quiero"
                r"|pido|queremos|pedimos"
                r"|necesito|espero|solicito|exijo|quisiera) es (?:que )?|\bmi (?:peticion|pedido|solicitud"
                r"|preferencia) es (?:que )?"
            ),
        ),
        Opener(
            rule="i-need-that",
            rank=3.0,
            pattern=re.compile(
                r"\b(?:necesito|necesitamos|ocupo|ocupamos|espero|esperamos|preciso|precisamos) (?:ya "
                r"|urgentemente |urgente )?que "
                r"(?!(?:me |nos )?(?:lo |la )?(?:esten|este|todo|se encuentren|les|haya|sigan|tengan un)\b)"
            ),
        ),
        Opener(
            rule="i-need",
            rank=2.0,
            pattern=re.compile(
                r"\b(?:necesito|necesitamos|ocupo|ocupamos|preciso|precisamos|me hace falta|me hacen falta) "
                rf"(?:{_TO_DO}\b|hablar\b|(?!que\b|saber|[a-z]+(?:ar|er|ir)(?:me|nos|lo|la|los|las"
                rf"|se)?\b)(?=[a-zñ\"\d$€#]))"
            ),
        ),
        Opener(
            rule="that-they-may",
            rank=3.0,
            clause=True,
            pattern=re.compile(
                rf"(?:al menos |por lo menos |solo )?(?=que (?:(?:no|ya|por favor|alguien|la|el|los|las|mi|un|una"
                rf"|de una vez|por lo menos|al menos|"
                rf"su|esto|este|\w+) ){{0,3}}?{_PRONOUNS}(?:{_WISHED}|esté|este|esten|llegue|lleguen|venga|vengan"
                rf"|sea|sean|haya|vaya|hable)\b)"
                r"(?!que (?:te|le|les|os) (?:vaya|vayan|vaya|aproveche)|que (?:tengan?|pasen?) (?:un "
                r"|una )?(?:buen|feliz|lindo)"
                r"|que (?:es|no es|son|sea lo que))"
            ),
        ),
        Opener(
            rule="can-you",
            rank=3.0,
            bare=True,
            clause=True,
            pattern=re.compile(
                rf"(?:(?:me|nos|lo|la|se|le) (?:lo |la |los |las )?)?(?:pueden|podrian|puede|podria|puedes|podes"
                rf"|podrias|podeis|podriais|pudieran|pudiera"
                rf"|pueda)(?: ustedes| usted| alguien| por favor| porfa| al menos| por lo menos| ya|,)* (?={_TO_DO}\b)"
            ),
        ),
        Opener(
            rule="will-you-for-me",
            rank=2.6,
            clause=True,
            bare=False,
            pattern=re.compile(
                rf"(?:por favor,? |porfa,? |y |entonces )?(?=(?:me|nos|se) (?:lo |la |los |las |le "
                rf"|les )?{verbs.present(verbs.DOING)}\b[^.!]*\?)"
                r"(?!(?:me|nos|se) (?:lo |la )?(?:queda|hace|deja|cobra|cobran|paga|acerca|responsabiliz|pasa|pone"
                r"|toma|vuelve|viene"
                r"|trata|sigue|recibe|cierra|abre|usa|vende|realiza|aplica|hacen|dejan|emplea)\w* )"
            ),
        ),
        Opener(
            rule="let-us-see-if",
            rank=2.2,
            pattern=re.compile(
                rf"\b(?:a ver si|ojala|espero) (?:de una vez |por fin |ya "
                rf"|alguien )*{_PRONOUNS}(?=(?:{verbs.present(verbs.DOING)}|{_WISHED})\b)"
            ),
        ),
        Opener(
            rule="please-look",
            rank=1.5,
            clause=True,
            pattern=re.compile(rf"(?:{_PLEASE},? )?(?={_CARING}\b)"),
        ),
        Opener(
            rule="is-it-possible-that",
            rank=2.8,
            bare=True,
            pattern=re.compile(
                rf"\b(?:seria|es|habria) (?:posible|factible"
                rf"|posibilidad) (?=que (?:\w+ ){{0,6}}?{_PRONOUNS}(?:{_WISHED})\b)"
            ),
        ),
        Opener(
            rule="is-there-another",
            rank=1.3,
            bare=True,
            clause=True,
            pattern=re.compile(
                r"(?:hay|habra|va a haber|tienen|tendran|existe) (?=(?:otr[oa]s?|algun otro|alguna otra)\b)"
            ),
        ),
        Opener(
            rule="do-not",
            rank=2.6,
            clause=True,
            pattern=re.compile(
                rf"(?:por favor,? |ya )?(?=no (?:me |nos |se )?(?:lo |la |los |las |le |les )?(?!de\b|busquen mas|"
                rf"se preocup)(?:vuelvan a \w+|"
                rf"{_WISHED})\b)"
            ),
        ),
        Opener(
            rule="ask-them-to",
            rank=2.7,
            bare=True,
            clause=True,
            pattern=re.compile(
                r"(?:(?:me|nos) )?(?:pueden|podrian|puede|podria|puedes|podrias|podes)(?: por favor)? (?=(?:pedir|"
                r"decir)(?:le|les)? (?:a(?:l)? )?"
                r"(?:\w+ ){1,6}?que \w)"
            ),
        ),
        Opener(
            rule="it-would-be-good-if",
            rank=2.6,
            pattern=re.compile(
                rf"\b(?:estaria bien|seria (?:bueno|ideal|genial|de agradecer|lo (?:justo|suyo|minimo|correcto))|"
                rf"(?:me|nos) vendria (?:bien|genial)|lo (?:justo"
                rf"|logico|suyo|minimo) (?:es|seria)) (?=(?:que (?:\w+ ){{0,4}}?{_PRONOUNS}(?:{_WISHED})|{_TO_DO})\b)"
            ),
        ),
        Opener(
            rule="you-owe-me",
            rank=1.9,
            pattern=re.compile(
                r"\b(?:me|nos) (?:deben|debe|debes|adeudan|adeuda) (?=[a-z\d€$])(?!que\b|haber\b)|"
                r"\bcon [a-zñ ]{3,30} (?:me|nos) conform\w+"
            ),
        ),
        Opener(
            rule="would-you-mind",
            rank=2.8,
            bare=True,
            pattern=re.compile(
                rf"\b(?:(?:le|les|te|os) importa(?:ria)?|seri?an? tan amables? de|"
                rf"tendri?an? la amabilidad de) (?={_TO_DO}\b)"
            ),
        ),
        Opener(
            rule="can-you-look",
            rank=1.9,
            bare=True,
            clause=True,
            pattern=re.compile(
                rf"(?:(?:me|nos|lo|la|los|las) )?(?:pueden|podrian|puede|podria|puedes|podrias|podes|"
                rf"podeis)(?: ustedes| alguien| por favor)* (?={verbs.infinitive(verbs.CARING)}\b)"
            ),
        ),
        Opener(
            rule="tell-them-to",
            rank=2.6,
            clause=True,
            certain=True,
            pattern=re.compile(
                r"(?:por favor,? )?(?=(?:digan?|di|decid|pidan?|pide|pedid|avisen?|avisa)(?:le|les) (?:a |"
                r"al )?(?:\w+ ){1,6}?que (?!el |la |los |las |su |mi |un |una |todo |muchas |gracias)(?:no )?\w)"
            ),
        ),
        Opener(
            rule="you-must",
            rank=1.9,
            pattern=re.compile(
                rf"\b(?:me |nos )?(?:tienen|tiene|tienes|tenes|teneis|deben|debe|debes|deberian|deberia"
                rf"|habria) (?:que )?(?={_TO_DO}\b)"
            ),
        ),
        Opener(
            rule="remedy-please",
            rank=2.5,
            clause=True,
            pattern=re.compile(
                rf"(?=(?:[\w%€$.'-]+ ){{0,5}}?{_NOUN}\b(?: [\w%€$.'-]+){{0,6}}?,? (?:ya|{_PLEASE}|cuanto antes"
                rf"|o (?:voy|denuncio|les))\b)"
                r"(?!(?:no|si|es|gracias|que|como|cuando|donde|ya|hay|yo|me|nos|les|le|ni|sigo|llevo|el|la|esta"
                r"|estoy|tengo|porque|para)\b)"
            ),
        ),
    ),
    not_wanted=re.compile(rf"(?:(?:que|por favor|me|nos|lo|la|le|les|al menos|solo|alguien) )*{_TELLING}(?!\w)"),
    undone=re.compile(
        r"(?:\b(?:mi|su|tu|el|un|este|ese|del|al|nuestro|primer|segundo|otro|cada|si|cuando|no|nunca|tampoco|ni"
        r"|por que|como|para que|sin que|aunque|mientras|hasta que|donde|quien|antes de que"
        r"|dicen que|dijeron que|pidieron que|piden que|segun|nadie)\s*|\b(?:dijeron|pidieron|dicen)[^,.]{0,20})$"
    ),
    over=re.compile(
        r",?\s+(?:y (?:listo|punto|ya|se acabo|santas pascuas|todos contentos)|porque|ya que|pues|puesto que|"
        r"dado que|pero|aunque(?! sea)|sino|si no|de lo contrario|de no ser"
        r"|caso contrario|en caso"
        r" contrario|para (?:que )?(?:yo|no |asi|poder)|mientras|o si no|o (?:voy|vamos|les|los|me|nos|te|doy|"
        r"cancelo|pondre"
        r"|presentare|denuncio|hago)"
        r"|y (?:yo|que se|es|no|si|ya|me|les|nos)\b(?! (?:\w+[ae]n|manden|devuelvan)\b)|y (?:estoy|quiero|quisiera"
        r"|necesito|tengo|luego))\b"
        rf"|,?\s+[yo](?: por favor)? (?:que )?(?:{verbs.asking(verbs.TELLING)}|{verbs.infinitive(verbs.TELLING)}"
        rf"|pregunt\w+)\b"
        rf"|,?\s+o (?=(?:{_ASKED}|{_THOU})\b)(?!otr)"
        r"|,\s+(?:de preferencia|preferentemente|preferiblemente|idealmente|si es posible|si puede ser"
        r"|a ser posible|yo|me|lo|la|el|nos|se|es|no|ya|pues|porque|pedido|orden|ref|referencia|reserva|contrato"
        r"|cuenta|expediente|caso"
        r"|factura|poliza|numero|num|localizador|guia|gracias|saludos|que|quien|cuando|donde|como|esto|eso|ese|esa"
        r"|este|esta"
        r"|mi|mis|tengo|llevo|estoy|estamos|soy|son|si|y|o|ni|hay|ha|han|he|despues|entonces|aqui|todavia|aun|asi"
        r"|para|desde|antes|los"
        r"|las|un|una|le|les|muchas|mil|hoy|mañana|ayer|sin|tambien|tampoco|nada)\b(?! (?:favor|menos))"
        r"|,\s+\w{2,}[éíó]\b|,\s*#?\d{4,}|\s\(|\s-+\s|\s-+$|\s*\?|\.{2,}|\s+(?:ref|referencia|n[uº°]m?)\b|\s#\d|"
        r", (?=[a-z]*-?\d{3,})"
    ),
    tail=re.compile(
        r"[\s,]+(?:(?:lo (?:antes|mas pronto|mas rapido) (?:posible|que puedan))|cuanto antes"
        r"|a la (?:mayor )?brevedad(?: posible)?"
        r"|con (?:la mayor )?(?:urgencia|brevedad|celeridad)(?: posible)?|urgente(?:mente)?|de inmediato"
        r"|inmediatamente|o no|ya mismo"
        r"|ahora mismo|a la voz de ya|de antemano|(?:muchas |mil )?gracias|saludos|sin (?:mas|mayor) demora|enseguida"
        r"|en cuanto puedan|de una (?:buena )?vez(?: por todas)?|asap|eh|che|oye|po|pues)\W*$"
    ),
    contrast=re.compile(
        r"(?:no (?:quiero|queremos|necesito|me interesa|pido)\b[^,]{2,60}|(?:el|la|un|una|su|otro|otra|los"
        r"|las) [^,]{2,40} no (?:me|nos)"
        r" (?:sirve|sirven|vale|valen|arregla|soluciona|interesa|ayuda|alcanza|basta)[^,]{0,30}|nada de [^,]{2,40}"
        r"|ni [^,]{2,40}),\s*"
        r"(?:sino |solo |pero )?"
    ),
    machine=re.compile(
        r"\b(?:(?:respuesta|mensaje|correo|confirmacion|aviso)(?: \w+)? automatic[oa]|generad[oa] automaticamente"
        r"|automaticamente|(?:aviso|mensaje) de vacaciones|ha recibido su (?:solicitud|mensaje|correo|consulta)"
        r"|(?:ticket|tique|caso|solicitud) \W{0,3}[\w-]{3,20} "
        r"(?:ha sido |fue )?(?:cread[oa]|abiert[oa]|recibid[oa]|registrad[oa])|(?:linea|campo) (?:del|de) asunto"
        r"|se ha creado (?:el|un|su) (?:ticket|tique|caso)|estoy de (?:vacaciones|baja)"
        r"|no respond(?:a|as|an|er) a este|fuera de la oficina|no se pudo entregar|este buzon no|auto-?respuesta"
        r"|no-?reply@)"
    ),
    either=re.compile(r"o bien\b"),
    please=re.compile(rf"\b{_PLEASE}\b"),
)
