"""How Spanish blames, soothes, apologises, puts off, and ties a remedy to a review. Without accents, with ñ."""

import re

from ..tone_words import ReviewWords, ToneWords

_OTHERS = (
    r"(?:transportista|transportistas|mensajeria|mensajero|repartidor|courier|paqueteria|empresa de (?:transporte"
    r"|envios|reparto|mensajeria)|correos|proveedor|proveedores|fabricante"
    r"|fabrica|vendedor|comercio|tercer[oa]s?|socio|socios|aerolinea|aeropuerto|compañia aerea|agente de tierra"
    r"|contratista|subcontrat\w+|instalador|tecnico externo|aduanas?|banco"
    r"|emisor de la tarjeta|pasarela|procesador|almacen|operador logistico|operador|operadora|anfitrion|casero"
    r"|agencia|franquicia|tienda|sucursal|otro departamento|otra area|clima|mal tiempo|sistema)"
)
_REVIEW = (
    r"(?:reseñas?|resenas?|valoracion(?:es)?|opinion(?:es)?|calificacion(?:es)?|puntuacion(?:es)?|comentarios?"
    r"|publicacion(?:es)?|posts?|posteos?|tuits?|tweets?|trinos?|estrellas?|videos?|historias?"
    r"|hilos?|quejas?|reclamos?|reclamacion(?:es)?|denuncias?|criticas?|feedback|encuesta|contracargo|disputa"
    r"|trustpilot|tripadvisor|google|facebook|instagram|redes(?: sociales)?|tiktok)"
)
_SWAY = (
    r"(?:elimin\w+|borr\w+|retir\w+|quit\w+|baj(?:a|e|en|ar|as|es|ara|arla|arlo|an)\w*|edit\w+|cambi\w+|modific\w+"
    r"|modifiqu\w+|actualiz\w+|actualic\w+|correg\w+|corrij\w+|rectific\w+|rectifiqu\w+|suaviz\w+|mejor[ae]\w*"
    r"|sub(?:e|a|an|ir)\w*|dej(?:a|e|en|ar|as|es|an|ando|arnos|enos|anos|ennos)\w*|escrib\w+|public(?:a|ar|an"
    r"|as)\w*|publiqu\w+|pon(?:e|ga|gan|er|gas)\w*|d(?:a|e|en|ar|es|as)(?:nos)?|hac(?:er|e)\w*|hag(?:a|an|as)\w*"
    r"|compart\w+"
    r"|desist\w+|cierr\w+|cerr\w+|cancel\w+|anul\w+|no (?:publicar|publique\w*|difundir|compartir|comentar)"
    r"|oculta\w*|oculte\w*|reconsider\w+|abstener\w*|abstenga\w*|califiqu\w+|calific\w+|valor(?:a|e|ar|en)\w*"
    r"|puntu\w+|recomiend\w+|etiquet\w+)"
)
_REMEDY = (
    r"(?:reembols\w+|devoluci\w+|devolver\w*|devolvemos|devolvere?mos|devuelv\w+|reintegr\w+|abon(?:o|ar\w*|amos"
    r"|aremos|aríamos)|compens\w+|indemniz\w+|vales?|cupon(?:es)?|bono|descuentos?|dinero|plata|lana|credito|saldo"
    r"|regal\w+|obsequi\w+"
    r"|gratis|gratuit\w+|\d+ ?%|\d+ ?(?:€|\$|euros?|pesos|dolares|soles)|[€$] ?\d+|reposici\w+|reempla\w+"
    r"|repondremos|cambiar(?:e|emos|le|te)|upgrade|mejora de categoria|puntos|millas|sorteo|premio|recompensa"
    r"|pag(?:o|ar\w*|amos|aremos|aremos)"
    r"|codigos?(?! (?:postal|de (?:seguimiento|error|acceso)))|detalle|gesto|tarjeta de regalo"
    r"|reparaci\w+|repararemos|enviaremos (?:uno|otro|una|otra)|solucionamos"
    r"|solucionaremos|arreglamos|arreglaremos|condon\w+|liberar\w*|liberamos|liberaremos|bonific\w+|deposito"
    r"|cashback)"
)

_REVIEWS = ReviewWords(
    swayed=re.compile(
        rf"\b{_SWAY}\b[^.!?\n]{{0,50}}?\b{_REVIEW}\b|\b{_REVIEW}\b (?:sea|esta|esté|fue|ha sido|haya sido"
        rf"|desaparezca|desaparece|quede|siga|ya no|deje de)(?: \w+)? ?\w*\b"
        r"|\b(?:5|cinco|4|cuatro) estrellas\b|\b(?:buena|positiva|favorable|mejor|bonita|linda|honesta|sincera)"
        r" (?:reseña|valoracion|opinion|calificacion|puntuacion|critica)\b"
        r"|\b(?:reseña|valoracion|opinion|calificacion|comentario) (?:positiv[oa]|favorable|buen[oa]"
        r"|honest[oa]|sincer[oa]|de (?:5|cinco))"
        r"|\b(?:valor[ea]\w*nos|calif\w+nos|recomiend\w+nos|punt\w+nos|etiqu\w+nos)\b"
        r"|\b(?:eliminacion|retirada|retiro|borrado|desistimiento|modificacion) de (?:\w+ ){0,3}(?:reseña"
        r"|comentario|queja|publicacion|reclamo|reclamacion|opinion|valoracion)"
    ),
    remedy=re.compile(rf"(?<![\w€$]){_REMEDY}(?!\w)|[€$] ?\d|\d ?(?:€|%)"),
    given=re.compile(r"\b(?:hemos|he|ha|han|fue|ya)(?: \w+){0,2} $"),
    condition=re.compile(
        r"\b(?:si|cuando|una vez(?: que)?|en cuanto|tan pronto(?: como)?|apenas|despues de(?: que)?|siempre (?:que"
        r"|y cuando)|con tal de que|a condicion de|en caso de que|salvo que|a menos que|hasta que|mientras"
        r"|al (?=\w+r\b)"
        r"|luego de(?: que)?|solo si|unicamente si|de (?=(?:eliminar|borrar|retirar)\b))"
    ),
    condition_ends=re.compile(
        r",|;|\bentonces\b|\b(?:reembols|abon|compens|regal|pag|envi)amos\b|\bdevolvemos\b"
        r"|\b\w{3,}(?:remos|ré)\b|\b(?:le|les|te|os|nos|lo|la|se lo|procede\w+|haremos|podremos"
        r"|podemos|recibir\w+|tendr\w+|obtendr\w+|emitimos|emitiremos|hacemos|gestionamos|tramitamos"
        r"|ofrec\w+) (?=\w*(?:mos|remos|rá|ra|ría|ria|s)\b)|$"
    ),
    before=re.compile(r"\bantes de (?:que )?(?:\w+)"),
    earns=re.compile(
        r"(?:,|\by|\basi|\bentonces|-|\be) ?(?:entonces |a cambio |asi |luego |despues )?(?:le|les|te|os|nosotros"
        r"|nos|podemos"
        r"|podremos|recib\w+|obt\w+|ganar?\w*|llev\w+|tendr\w+|hacemos|haremos|su|tu|el|la|emit\w+|consigu\w+"
        r"|disfrut\w+|participa\w*|\w{3,}(?:mos|ré)|reembolso|devolucion)\b[^.!?\n]{0,80}"
        r"|\bpara (?:recibir|obtener|ganar|conseguir|poder|que (?:podamos|le|te|les)|participar|acceder|tener"
        r"|liberar)\b"
    ),
    exchange=re.compile(
        r"^\W*para (?:recibir|obtener|conseguir|cobrar|tener)\b|\b(?:a cambio(?: de(?:l)?)?|con la condicion"
        r"|a condicion|condicionad[oa]s? a|sujet[oa]s? a|depende(?:ra)? de|como (?:agradecimiento|recompensa"
        r"|premio) (?:por|a)|por (?=(?:eliminar|borrar|retirar|dejar\w*|escribir|publicar|cambiar"
        r"|modificar|quitar|cada|tu|su|una|no publicar)\b)|requiere|vinculad[oa]s? a|requisito"
        r"|contra (?:la )?(?:eliminacion|retirada)|(?:lo unico|todo lo) que (?:le |te )?(?:pedimos|pido) es)\b"
    ),
    then=re.compile(
        r"^\W*(?:entonces|despues|luego|a cambio|una vez (?:hecho|eliminad\w+|borrad\w+|que)|hecho eso"
        r"|cuando (?:lo|la|este|esté)|en cuanto (?:lo|la|este|esté)|solo (?:entonces|asi)|asi (?:podremos|podemos"
        r"|le|te)|y (?:le|te|entonces)|acto seguido)"
    ),
    asked=re.compile(
        rf"(?:^|[,:;-]\s*)\W*(?:primero,? |solo |por favor,? |asi que |ahora )*(?:{_SWAY})\b|\bpor favor\b"
        rf"|\b(?:podria|podrias|puede|puedes|podrian|pueden|podes)\b|\b(?:le|te|les|os) (?:pedimos|pido|rogamos"
        rf"|ruego|agradeceriamos|solicitamos)\b"
        r"|\b(?:necesitamos|queremos|quisieramos|nos gustaria|basta con) que\b|\b(?:debe|debes|deberia|tiene que"
        r"|tienes que|tendria que)\b"
    ),
    free=re.compile(
        r"\b(?:no (?:depende|esta (?:condicionad|sujet|vinculad)\w+|tiene (?:nada )?que ver|hace falta"
        r"|es necesario|le pedimos|te pedimos|pedimos|condicionamos|exigimos)|independientemente"
        r"|sin (?:ninguna )?condicion(?:es)?|sin compromiso"
        r"|tanto si|con independencia|nunca (?:pedimos|condicionamos|pediriamos)|jamas|aunque"
        r"|escriba lo que escriba|publique lo que|en cualquier caso|de todas formas|de todos modos|incondicional)\b"
    ),
    greets=re.compile(
        r"(?:hola|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|buen[oa]s? (?:dias?|días?|tardes?|noches?))"
        r"(?: [\w'-]+\.?){0,3}[ ,!]*"
    ),
)

TONE = ToneWords(
    blames=re.compile(
        rf"\b(?:debido a|a causa de|por culpa de|causad[oa] por|provocad[oa] por|por (?:un|una) (?:error|fallo"
        rf"|falla|descuido|problema|retraso) de) ?(?:el |la |los |las |l |un |una |nuestr[oa] "
        rf"|su )?(?:\w+ ){{0,2}}?{_OTHERS}\b"
        rf"|\b(?:debido al|culpa del|error del|fallo del|responsabilidad del|responsabilidad de la|culpa de la"
        rf"|error de la|fallo de la|falla de la|falla del) (?:\w+ ){{0,2}}?{_OTHERS}\b"
        rf"|\b(?:el|la|los|nuestro|nuestra) (?:\w+ ){{0,2}}?{_OTHERS} (?:es|fue|son|tiene|tuvo|tienen) (?:el |la "
        rf"|los |las )?(?:unic[oa] |total )?(?:responsables?|culpables?|culpa|responsabilidad)"
        rf"|\b(?:el|la|nuestro|nuestra) (?:\w+ ){{0,2}}?{_OTHERS} (?:nos |le |les )?(?:fallo|falló|ha fallado|dejo"
        rf"|dejó|incumplio|incumplió)\b"
        r"|\b(?:no (?:es|fue|ha sido) (?:culpa|responsabilidad|error|problema|cosa) (?:nuestra|nuestro|de nosotros"
        r"|mia)|no es (?:nuestra|nuestro) (?:culpa|responsabilidad|error|problema)|(?:ajen[oa]s?) a (?:nuestra"
        r"|nuestro|nosotros|la empresa)"
        r"|fuera de nuestr[oa]s? (?:control|alcance|manos)|escapa\w* (?:a|de) nuestr[oa] (?:control|manos)"
        r"|no (?:depende|dependia) de nosotros|no (?:somos|nos hacemos) responsables|no (?:podemos"
        r"|puedo) (?:hacernos|asumir|aceptar)"
        r" (?:cargo|responsables|la responsabilidad|responsabilidad)|no tenemos (?:la culpa|nada que ver))\b"
        rf"|\b(?:debe|debera|deberá|tiene que|tendra que|tendrá que|debes|tienes que) (?:contactar|dirigirse"
        rf"|dirigirte|reclamar\w*|llamar|hablar|ponerse en contacto|acudir) (?:a|al|con|con el|con la"
        rf"|a la)? ?(?:el |la |su )?(?:\w+ ){{0,2}}?{_OTHERS}\b"
    ),
    owns=re.compile(
        r"\b(?:nos (?:corresponde|toca|hacemos cargo)|es (?:cosa|responsabilidad|culpa|error|tarea) nuestr[oa]"
        r"|nuestra (?:culpa|responsabilidad)|asumimos|(?:el )?error (?:es|fue) nuestro|respondemos nosotros"
        r"|respondemos de|nos encargamos"
        r"|(?:usted|tu) (?:nos )?compr(?:o|ó|aste)|su contrato es con nosotros|nosotros (?:lo|la)? ?(?:reclam\w+"
        r"|arregl\w+|elegimos)|no es (?:su|tu) problema|debimos|deberiamos haber)\b"
    ),
    apology=re.compile(
        r"\b(?:disculp\w+|perdon\w*|lo siento|lo sentimos|sentimos (?:mucho|lo|que|las|los)|siento (?:mucho|lo"
        r"|que)|lament\w+|mil perdones|me averguenza|nos averguenza|me avergüenza|nos avergüenza|pido perdon)\b"
    ),
    soothing=re.compile(
        r"\b(?:disculp\w+|perdon\w*|sentimos|siento|lament\w+|entend(?:emos|o) (?:su|tu|la|el|lo|que)"
        r"|comprend(?:emos|o) (?:su|tu|la|el|lo|que)|entiendo (?:su|tu|la|el|que|lo)|comprendo (?:su|tu|la|el|que"
        r"|lo)|agradec\w+|gracias por|valoramos"
        r"|molestias?|inconvenientes?|frustracion|malestar|paciencia|comprension|comentarios"
        r"|importante para nosotros|compromiso|comprometid\w+|calidad|experiencia|esforzamos|muy en serio|de ayuda"
        r"|preocupacion)\b"
    ),
    action=re.compile(
        r"\?|\d|\b(?:h(?:e|emos) \w+[aistd]o|\w{3,}(?:é|amos|emos|imos|aremos|eremos|iremos|aré|eré"
        r"|iré)\b(?<!lamentamos)(?<!sentimos)(?<!valoramos)(?<!entendemos)(?<!comprendemos)(?<!agradecemos)(?<!esforzamos)(?<!esperamos)(?<!queremos)"
        r"(?<!estamos)(?<!somos)(?<!tenemos)(?<!trabajamos)(?<!podemos)(?<!sabemos)(?<!hemos)(?<!tomamos)|(?:voy"
        r"|vamos) a \w+r|le (?:llamo|envio|mando|devuelvo|reembolso|abono|propongo|ofrezco|cambio|confirmo|paso"
        r"|escribo|adjunto)|te (?:llamo|envio|mando"
        r"|devuelvo|propongo|ofrezco|cambio|confirmo|paso|escribo|adjunto)|(?:ha|han) sido \w+|(?:esta|estan"
        r"|está) (?:en camino|reservad\w+|pagad\w+|enviad\w+|resuelt\w+|cancelad\w+|corregid\w+|list\w+)"
        r"|(?:no )?(?:puede|puedes|podemos|puedo|podra|podrá|podrás) \w+r(?:l[oae]s?|se|nos|me)?"
        r"|por nuestra cuenta|invitamos|invita la casa|cortesia|te dejo con|le dejo con|veo yo|por favor|adjunt\w+"
        r"|aqui (?:tiene|tienes)"
        r"|envienos|enviame|enviennos|diganos|digame|dime|pulse|pulsa|abra|abre|entre en|entra en|vaya a|llame"
        r"|llama(?:nos)?|porque|se debe a|el motivo|la causa|recibira|recibirás|recibiras|tendra|tendrás|tendras"
        r"|propongo|ofrezco|encontr\w+)\b"
    ),
    undated=re.compile(
        r"\b(?:en breve|brevemente|pronto|proximamente|a la (?:mayor )?brevedad(?: posible)?|lo antes posible"
        r"|cuanto antes|lo mas pronto posible|en cuanto (?:podamos|pueda|sea posible|tengamos|tenga)"
        r"|en los proximos dias|en unos dias|dentro de unos dias"
        r"|con la mayor (?:brevedad|celeridad|rapidez)|en su momento|oportunamente|tan pronto como (?:podamos"
        r"|sea posible|tengamos)|ahorita|altiro|al tiro|enseguida|en seguida|rapidamente|a corto plazo"
        r"|en poco tiempo|en un rato|mas adelante|ya mero)\b"
    ),
    coming=re.compile(
        r"\b(?:\w+(?:aremos|eremos|iremos|dremos|aré|eré|iré|dré|ará|erá|irá|drá|arán|erán|irán|drán)|(?:voy|va"
        r"|vamos|van) a \w+|estamos \w+ndo|estoy \w+ndo|esperamos \w+r|procuraremos|(?:le|te|les|lo|la|se|os|nos"
        r"|me) \w+(?:o|amos|emos|an|en|a|e))\b"
    ),
    dated=re.compile(
        r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|esta (?:mañana|tarde|noche|semana)|mañana"
        r"|pasado mañana|mediodia|fin de (?:semana|mes)|final del dia|proxima semana|semana que viene"
        r"|mes que viene|enero|febrero|marzo|abril|mayo|junio|julio"
        r"|agosto|septiembre|setiembre|octubre|noviembre|diciembre|(?:\d+|una|un|dos|tres|cuatro|cinco|seis|siete"
        r"|ocho|diez|quince)(?: (?:a|o|y|-) ?\w+)? (?:horas?|dias?|semanas?|minutos?|meses|mes)|a las \d+"
        r"|el \d+)\b|\d{1,2}[:.]\d\d|\d ?h\b|\d/\d"
    ),
    not_undated=re.compile(
        r"\b(?:hasta (?:muy )?pronto|(?:nos vemos|verle|verte|verlos|saludarle|recibirle|mejor\w*|recupere\w*"
        r"|volver a \w+) (?:\w+ ){0,2}pronto|que se mejore|tan pronto(?! como (?:podamos|sea|tengamos))"
        r"|demasiado pronto|mas pronto de|"
        r"(?:responda|respondanos|envienos|escribanos|llamenos|diganos|avisenos|avisanos"
        r"|mandanos) (?:\w+ ){0,5}(?:lo antes posible|cuanto antes|en cuanto)|pronto (?:despues|como)"
        r"|no (?:\w+ ){0,3}(?:pronto|rapidamente))"
    ),
    courtesy="""
        ademas agradecemos ahora alguna alguno antes atencion atender atentamente ayuda buena buenas
        bueno buenos cada caso cliente clientes como comprendemos comprension comunicarse con
        contactar contactarnos contacto cordial cordialmente cosa cualquier cuando decir dejar desde
        despues dias disculpa disculpas disculpe donde entendemos entiendo entonces equipo
        escribirnos espera esperamos esta estamos estar este estimada estimado esto experiencia
        favor forma frustracion gracias haber hablar hace hacer hacia hasta hemos hola horas
        importante inconveniente inconvenientes lamentamos lamento llevo mandar manera mas mejor
        mensaje mientras mismo molestia molestias momento mucha muchas mucho muchos nada nadie
        nosotros nuestra nuestras nuestro nuestros nunca otra otro paciencia pasa pero podemos poder
        porque posible preocupacion problema puede pueden puedo queremos quiere quiero respecto
        responder respuesta saber saludo saludos segun semana semanas sentimos servicio siempre
        siento sigue situacion sobre solo solucion tambien tarde tener tengo tiempo tiene tienen
        todas todavia todo todos tomamos trabajando tratar una usted ustedes valoramos veces verdad
        vez viene vuelta
    """,
    review=_REVIEWS,
)
