"""How Spanish promises: the verbs that give one's word, and the turns that take it back."""

import re

from ..promise_words import PromiseWords
from .open_clauses import OPEN
from .partners import PARTNER, PARTNER_AFTER
from .promise_verbs import BARE_FUTURE, CLITICS, FUTURE, GIVING, GIVING_INFINITIVES, MOVING, NOUNS

_GOING = r"(?:voy|vamos|va|van|vas) a "
_INFINITIVE = r"\w+r(?:me|te|se|le|les|nos|os|lo|la|los|las|selo|sela|selos|selas|telo|tela|telos|telas)?"

PROMISES = PromiseWords(
    cut=re.compile(
        r"(?P<mark>[,:()¿¡]|\s--?\s|\.\.\.|…)|\b(?:y|e|pero|as[íi] que|porque|aunque|si|cuando|en cuanto|una vez|"
        r"apenas|(?<!tendría )(?<!tendrían )(?<!tiene )(?<!tienen )(?<!tienes )(?<!tendrá )(?<!tendrás )(?<!hay "
        r")(?<!habrá )que|o|ni|mientras|pues|sino|en vez de|en lugar de|"
        r"ya que|como|donde|por lo que|de modo que|tan pronto|siempre que|despu[ée]s de que|para que|luego|"
        r"con lo cual)\b"
    ),
    opening=re.compile(
        r"\s*(?:(?:y|e|pero|as[íi] que|porque|aunque|que|o|pues|sino|ya que|por lo que|de modo que|luego|por eso|"
        r"por tanto|con lo cual|tambi[ée]n|adem[áa]s)\b\s*)*"
        r"(?:(?:s[íi](?=,)|sí|ok|okay|vale|dale|listo|claro|bueno|bien|mire|mira|hola|buenas|buenos d[íi]as|"
        r"buenas tardes|perd[óo]n|auto|tranquil[oa]|descuid[ea]|por supuesto|"
        r"desde luego|sin problema|perfecto|gracias|ya|le informo|te informo|le informamos|les informamos|"
        r"te informamos|(?:[lt]e (?:confirmo|confirmamos|comento|comentamos|aseguro|aseguramos|prometo|prometemos|"
        r"garantizo|garantizamos))(?=\s*(?:que\b|:))|me comprometo a)\b[\s,:)\]]*)*(?:que\b\s*)?"
    ),
    turning=re.compile(
        r"\s*(?:pero|sin embargo|as[íi] que|por eso|por lo que|y (?:le|te|les|os) (?:aseguro|aseguramos|prometo|"
        r"prometemos|"
        r"confirmo|confirmamos|garantizo|garantizamos))\b"),
    joining=re.compile(r"\s*(?:y|e|o|luego)\b"),
    same_doer=re.compile(
        r"\s*" + CLITICS + r"(?:(?:" + GIVING + "|" + MOVING + r")(?<=o)|(?:" + GIVING + "|" + MOVING +
            r")(?<=mos)|\w+ré|\w+remos|doy|voy)\b|\s*(?:el|la|ma[ñn]ana|hoy|en|antes|dentro|esta|pasado|a)\b"
    ),
    condition=re.compile(
        r"\s*(?:(?:pero|y|solo|s[óo]lo|que|o)\s+)*(?:si\b|cuando\b|en cuanto\b|una vez\b|apenas\b|tan pronto\b|"
        r"siempre que\b|siempre y cuando\b|a menos que\b|salvo que\b|en caso de\b|"
        r"despu[ée]s de que\b|luego de que\b|tras (?:recibir|su|la|el)\b|al (?:recibir|tener|llegar)\b|"
        r"a partir de que\b|mientras\b|hasta que\b|con que\b|de (?:no|haber)\b|nada m[áa]s (?:recibir|tener|"
        r"llegar)\b)"
    ),
    courtesy=re.compile(
        r"\s*(?:(?:pero|y|solo|o)\s+)*(?:si|cuando) (?:le|te|lo|la|les|usted|ud\.?|as[íi]|t[úu]|vos|"
        r"nos)? ?(?:lo )?(?:parece|prefiere|prefieres|prefer[íi]s|quiere|quieres|quer[ée]s|desea|deseas|gusta|"
        r"conviene|viene (?:bien|mejor|m[áa]s)|va (?:bien|mejor)|acomoda|gustas|prefieren|quieren|sirve|"
        r"tiene (?:alguna )?duda|necesita|necesitas|tienes (?:alguna )?duda|tiene cualquier)"
    ),
    main_after=re.compile(
        r"\b(?:te|le|les|os|se (?:lo|la|los|las)|te (?:lo|la|los|las)|lo|la|los|las|nos) (?:"
        + GIVING + r")\b|\b" + FUTURE + r"|\b" + _GOING),
    future=re.compile(
        r"\b" + FUTURE + r"|\b" + BARE_FUTURE + r"|\b" + _GOING + _INFINITIVE +
            r"\b|\b(?:puedo|podemos) (?!prometer|asegurar|garantizar|confirmar|decir)" + _INFINITIVE
        +
            r"\b|\b(?:pued[eo]n? (?:ir|pasar|llegar|acudir|venir|llamar\w*|estar|salir) (?:alguien|un|una|el|la|"
            r"nuestro|nuestra)|(?:alguien|t[ée]cnico|repartidor|compa[ñn]er[oa]|equipo|operario) puede " + _INFINITIVE
        +
            r")\b|\b(?:debe|deben|deber[íi]a|deber[íi]an|deber[íi]amos|debo|debemos) (?:de )?"
            + CLITICS +
                r"(?:tener|llegar|estar|recibir|ver|salir|quedar|haber|ser|verse|aparecer|reflejar\w*|entrar|poder|"
                r"caer)\w*\b|\bse estar[íi]an? \w+ndo\b"
        r"|\b(?:espero|esperamos|preveo|prevemos|pensamos|pienso|calculo|calculamos|intento|intentamos|intentar[ée]|"
        r"procuro|procuramos|tratamos de|trato de|conf[íi]o en|confiamos en|quedo en|quedamos en|me comprometo a|"
        r"nos comprometemos a|prometo|prometemos|garantizo|garantizamos|aseguro|aseguramos|tengo previsto|"
        r"tenemos previsto|acabo de programar|hemos programado) "
        r"(?:que )?(?:en )?" + CLITICS + _INFINITIVE +
            r"\b|\b(?:est[áa]n?|queda(?:n|r[áa]n?)?) (?:previst[oa]s?|programad[oa]s?|agendad[oa]s?|list[oa]s?|"
            r"resuelt[oa]s?|aplicad[oa]s?|confirmad[oa]s?|reservad[oa]s?|prepar\w+|por \w+r)\b|\bse (?:espera|"
            r"prev[ée]|estima|calcula)\b"
        r"|\bdebiera\b|\b(?:el|la|un|una|nuestr[oa]) (?!cliente)[\w ]{2,24}? pueden? \w+[aei]r(?:le|te|se|lo|la|"
        r"les)*\b|\btendr[íi]an? que (?:estar|llegar|tener|salir|quedar|ser|entrar|aparecer|verse)\w*\b|"
        r"\b(?:intenci[óo]n|objetivo|idea|plan|compromiso|previsi[óo]n|meta) es\b|\b(?:estoy|estamos|"
        r"est[áa]n?) (?:envi|mand|sal|lleg|despach|entreg|devolv|reembols|abon)(?:ando|iendo)\b"
    ),
    present=re.compile(
        r"\b(?!(?:" + NOUNS + r")\b)(?:" + GIVING + "|" + MOVING +
            r")\b(?!')|\b(?:me|te|se|le|les|nos|os|lo|los|las) (?:"
            + NOUNS +
                r")\b|\b(?:tiene|tienes|ten[ée]s|recibe|recibes|recib[íi]s|ves|dispone|dispones|cuenta|cuentas|"
                r"est[áa]|est[áa]n) \w+|\b(?:te|le|les|os|se|nos|me) (?!(?:de|que|el|la|lo|en|para|antes|este|esta|"
                r"mañana|hora|noche|tarde|parte|semana|fecha|otra|una|próxima|siguiente)\b)\w{2,}(?:o|a|e|an|en)\b|"
                r"\b\w{3,}(?:amos|emos|imos)\b(?<!últimos)(?<!próximos)(?<!mismos)|\bsab(?:es|e|r[áa]s?|"
                r"r[ée]is) (?:algo )?de (?:m[íi]|nosotros)\b|\bsaco\b|\bconsigo\b|\bme pongo\b|\blo vemos\b|"
                r"\bdeme\b|\bd[ée]me\b|\bdame\b|\bdenos\b|\bd[ée]nos\b|\bdanos\b"
    ),
    gives=re.compile(
        r"\b(?:" + GIVING_INFINITIVES +
            r"|dir|har|tendr|pondr|repondr|podr[áa] recoger)(?:é|emos|á|án)\b|\b"
            + _GOING + CLITICS + r"(?:" + GIVING_INFINITIVES +
                r")(?:me|te|se|le|les|nos|os|lo|la|los|las|selo|sela|telo|tela|selos|selas)?\b"
        r"|\b(?:te|le|les|os|se (?:lo|la|los|las)|te (?:lo|la|los|las)) (?:" + GIVING +
            r")\b|\b(?:te|le|les|os|se) (?:lo|la|los|las) (?!hemos)\w+(?:amos|emos|imos|o)\b|\b(?:(?:"
            + GIVING + r")(?<=[oy])|(?:" + GIVING + r")(?<=mos)) (?:a |con |la |el |los |las |un|su|tu|todo|de vuelta)"
        r"|\b(?:recibir[áa]s?|tendr[áa]s?|ver[áa]s?|obtendr[áa]s?) |\b(?:lo|la|los|las) (?:(?:"
            + GIVING + r")(?<=o)|(?:" + GIVING +
            r")(?<=mos))\b|\bser[áa]n? (?:\w+ad[oa]s?|\w+id[oa]s?)\b|\bse le[s]? \w+(?:r[áa]|r[áa]n)\b|"
            r"\bnos (?:ponemos|pondremos|comunicamos|comunicaremos|vemos|hacemos cargo|encargamos de (?:devolver|"
            r"enviar|pagar))"
        r"|\bestaremos en contacto\b|\bme (?:encargo|ocupo|aseguro|encargar[ée]|ocupar[ée]|"
        r"asegurar[ée]) (?:personalmente |yo )?de\s*$|\bme (?:comunico|comunicar[ée]|contacto|pongo en contacto|"
        r"hago cargo)\b|\b(?:alguien|compa[ñn]er[oa]|asesor[a]?|agente|ejecutiv[oa]|t[ée]cnico|encargad[oa]|"
        r"responsable|equipo) (?:le|te|lo|la|se) "
    ),
    short=re.compile(
        r"\s*(?:(?:su|tu|la|el|un|una|nuestra|nuestro|nuevo|nueva|pr[óo]xima|pr[óo]ximo|primera) )*(?:reembolso|"
        r"reposici[óo]n|devoluci[óo]n|env[íi]o|entrega|respuesta|llamada|visita|cambio|abono|pago|dep[óo]sito|"
        r"reintegro|"
        r"soluci[óo]n|resoluci[óo]n|reparaci[óo]n|confirmaci[óo]n|todo (?:\w+[aiu]do|listo|resuelto)|noticias|"
        r"novedades|sustituci[óo]n|reemplazo|cr[ée]dito|nota de cr[ée]dito|despacho|recogida|recolecci[óo]n|"
        r"instalaci[óo]n|montaje|decisi[óo]n|dictamen|plazo|tiempo|"
        r"cheque|carta|paquete|pedido|acreditaci[óo]n|ingreso|transferencia|factura|correcci[óo]n|t[ée]cnico|listo|"
        r"lista|resuelto|solucionado|digamos|pongamos|p[óo]ngale|ponle|[ée]ch[ae]le|calc[úu]lale|mejor|hablamos|"
        r"nos vemos|espere (?:mi|nuestra|la|una)|espera (?:mi|nuestra|la|una)|"
        r"cuente con|cuenta con|calcule|calcula|deme|d[ée]me|dame|denos|d[ée]nos|danos|perm[íi]tame|permita|"
        r"en camino|en su (?:casa|cuenta|domicilio|correo)|en tu (?:casa|cuenta|domicilio|correo)|con usted|"
        r"contigo)\b"
    ),
    closing=re.compile(
        r"\s*(?:(?:tal )?(?:y )?como (?:usted |nos |me )?(?:pid|quedamos|acord|solicit|hablamos|quer)\w*|"
        r"antes de (?:su|tu|que)\b|a tiempo\b|sin falta|sin fallo|sí\b|garantizado)"),
    linking=re.compile(r"\bque\s*$"),
    patience=re.compile(
        r"\s*(?:por favor )?(?:d[ée]me|dame|d[ée]nos|danos|perm[íi]ta(?:me|nos)|perm[íi]teme|reg[áa]leme|me da|"
        r"me das)\b"),
    bare=re.compile(r"\s*(?:y |e |o |luego )+" + CLITICS + r"(?:(?:" + GIVING + r")\b|\w+r[ée]\b|\w+remos\b)"),
    activity=re.compile(
        r"\b(?:revis(?:o|amos|ando|ar\w*)|investig\w+|mir(?:o|amos|ando|ar\w*)|verific\w+|compr[ou]\w*b(?:o|amos|"
        r"ar\w*)|analiz\w+|estudi(?:o|amos|ando|ar\w*)|"
        r"chec(?:o|amos|ando|ar\w*)|vi[ée]ndolo|ver qu[ée]|traslad\w+|escal\w+|deriv(?:o|amos|ar\w*|ado)|pas(?:o|"
        r"amos|ar[ée]|aremos) (?:su|tu|el|la) (?:caso|queja|comentario|nota|mensaje|reclamo|solicitud)|lo comparto|"
        r"sigo|seguimos|seguir(?:é|emos|á)|tom(?:o|amos|ar\w+) nota|"
        r"trabajando|trabajamos|haciendo lo posible|haremos lo posible|har[ée] lo posible|ocup\w+|mejor\w+|"
        r"tendremos en cuenta|tengo en cuenta|tenemos en cuenta|preguntar\w*|consult\w+|hablar[ée]|hablaremos)\b"
    ),
    past=re.compile(
        r"\b(?:he|ha|has|hemos|han|hab[íi]a|hab[íi]an|hab[íi]amos|haya|hayan|hubo|hubiera|hubiese) (?:\w+(?:ado|ido|"
        r"to|cho|so)|\w+ \w+(?:ado|ido))\b|\b\w{2,}(?:aron|ieron|[^r]ó|aste|iste)\b|\b\w*ró\b|\b(?:fue|fueron|era|"
        r"eran|estaba|estaban|ten[íi]a|ten[íi]amos|dije|dijo|dijeron|"
        r"hice|hizo|hicimos|hicieron|puse|puso|pusimos|tuve|tuvo|tuvimos|vino|vinieron|pude|pudo|pudimos|sali[óo]|"
        r"lleg[óo]|quiso|supo|di|dio|dimos|vi|vio|vimos|iba|iban|[íi]bamos|prometimos|dijimos|escrib[íi]|recib[íi]|"
        r"recibimos|llam[ée]|habl[ée]|envi[ée]|mand[ée]|mir[ée]|pregunt[ée]|revis[ée])\b|\b\w+(?:aba|abas|aban|"
        r"ábamos)\b"
    ),
    negated=re.compile(
        r"\bno (?!(?:m[áa]s (?:tarde|all[áa])|obstante|solo|s[óo]lo|hay (?:problema|drama)|te preocupes|se preocupe|"
        r"m[áa]s de|mayor|superior|menos|laborable|h[áa]bil|quede|habr[áa] problema)\b)(?:"
        + CLITICS + r")\w+|\b(?:nunca|jam[áa]s|tampoco|nadie|ning[úu]n\w*|ya no|ni siquiera|imposible|sin poder|ni)\b"
    ),
    unreal=re.compile(
        r"\b(?<!\bla )(?<!\bde )(?<!\ben )(?<!\buna )(?<!\bsu )(?<!\btu )(?<!nuestra )(?<!\bel )(?<!\bpor )\b"
        r"(?!deber[íi]a|"
        r"estar[íi]an? \w+ndo|mar[íi]a\b)\w+[^\Wo]ría(?:n|mos|"
        r"s)?\b(?<!mensajería)(?<!paquetería)(?<!tubería)(?<!batería)(?<!galería)"
        r"(?<!secretaría)(?<!fontanería)(?<!carpintería)(?<!panadería)(?<!librería)(?<!cafetería)(?<!jardinería)"
        r"(?<!ingeniería)(?<!avería)|\b(?:pod|tend|vend|sald|pond|hab|quer|ha|di|se|esta|llega|gusta|i|debe)ria(?:n"
        r"|mos|s)?\b|\b(?!cualquiera\b)\w+(?:iera|iese)(?:n|s)?\b|\bojal[áa]\b"),
    customer=re.compile(
        r"\b(?:me|nos) (?:lo |la |los |las )?(?!ver|ten|encontrar|oir|oír)\w+r[áa]s\b|\b(?:me|nos) vas a (?!ver|tener|"
        r"encontrar)\w+r\b|\busted(?:es)? (?:ya )?(?:me|nos) (?:lo |la |los |las )?(?:va a |van a )?(?!ver|ten|"
        r"encontrar)\w+r(?:á|án)?\b|\b(?:usted(?:es)?|t[úu]|vos) (?:lo |la |los |las )?(?:llamar|pagar|abonar|enviar|"
        r"mandar|devolver|firmar|rellenar|entregar|traer|responder|contestar|confirmar)(?:á|án|ás)\b|"
        r"^\s*(?:por favor |ya |entonces )*(?!p[óo]ngale|ponle|[ée]ch[ae]le|\w*(?:culo|cula|ulo|ula|fonos|minos|"
        r"danos)s?\b)\w*[áéíóú]\w*(?:me|nos|lo|la|los|las|le|melo|noslo)\b|\b(?:lo|la|los|las|me|nos) (?:necesita|"
        r"quiere|desea|requiere|precisa)s?\b"
        r"|\b(?:puede|puedes|pod[ée]s|pueden) (?:usted )?(?!ir\b|llegar|tardar|demorar|ser\b|estar)\w+r(?:se|te|lo|"
        r"la|nos|me)?\b(?! (?:alguien|un |una |el t|nuestro))|"
        r"\b(?:escr[íi]b[ae](?:me|nos|le|la|lo)\w*|ll[áa]m(?:eme|enos|ame|anos|ala|alo)|av[íi]s(?:eme|enos|ame|anos|"
        r"e)|env[íi](?:e|enos|eme|anos|ame|elo|ela)|m[áa]nd(?:e|eme|enos|ame|anos|elo)|u?s[ée](?:lo|la)|[úu]sel[oa]|"
        r"t[ée]ngal[oa]|resp[óo]nd(?:a|anos|ame|enos|eme)|"
        r"conteste|cont[ée]ste\w+|conf[íi]rm(?:e|eme|enos|ame|anos)|ind[íi]que\w*|facil[íi]te\w*|adjunte|"
        r"adj[úu]nte\w+|guarde|gu[áa]rde\w+|traiga\w*|tr[áa]iga\w+|pase (?:a|por)|p[áa]sese|ac[ée]rquese|recuerde|"
        r"recu[ée]rde|elija|elige|rellene|complete|presente(?! \w+ndo)|aproveche|"
        r"d[íi]ga(?:me|nos)|dime|haga|firme|pague|abone|devu[ée]lva\w*|entregue|revise(?! el)|consulte|compruebe|"
        r"espere(?! (?:mi|nuestra|la|una|el|un|su|tu))|qu[ée]dese|t[óo]mese|cu[ée]nt(?:eme|ame|enos)|av[íi]senos|por "
        r"favor)\b"
        r"|\b(?:tiene|tienes|ten[ée]s|tienen|tendr[áa]s?|tendr[áa]n|hay|habr[áa]) que\b|\b(?:debe|debes|deb[ée]s|"
        r"deben|necesita|"
        r"necesitas) (?:usted )?(?:enviar|mandar|presentar|pagar|abonar|devolver|llamar|entregar|confirmar|"
        r"responder|traer|pasar|acudir|hacer|solicitar|pedir|firmar)\w*\b|\bnecesit(?:o|amos) l[oa]s\b|"
        r"\b(?:necesitamos|necesito|pedimos|rogamos|"
        r"ruego|agradecemos|agradecer[íi]amos|pido|agradezco) (?:que (?:nos|me|usted|lo|la|env|mand)|nos|me|su|tu|"
        r"la|el)\b"
        r"|\b(?:puede|puedes|pod[ée]s|pueden|podr[áa]s?) (?:usted )?(?:pasar(?! alguien)|recoger\w*|llamar(?:nos|"
        r"me)|enviar(?:nos|me)|escribir(?:nos|me)|devolver\w*|cambiar\w*|consultar\w*|usar\w*|solicitar\w*|pedir\w*|"
        r"acudir(?! (?:alguien|un|el))|venir(?! (?:alguien|un|el))|comprar|retirar\w*|hacer\w*|elegir\w*|"
        r"reclamar\w*|presentar\w*|acercarse)\b|\bsu (?:plazo|pago) vence\b"
    ),
    standing_facts=re.compile(
        r"^\s*(?:buen[oa]?|feliz|(?:mucha )?suerte|que (?:pase|tenga|vaya|disfrute|descanse)s?)\b|\ben nuestr[ao]s? "
        r"(?:manos|poder|oficinas?|tienda)\b|\b(?:vence|vencen|vencer[áa]|caduca|caducan|caducar[áa]|expira|expiran|"
        r"expirar[áa]|v[áa]lid[oa]s?|abre|"
        r"abren|abrimos(?! (?:su|tu|un|el|la|una) )|abriremos(?! (?:su|tu|un|el|la|una) )|cierra|cierran|cerramos|"
        r"cerraremos|abierto|abierta|abiertos|(?<!queda )(?<!quedará )cerrad[oa]|"
        r"cerrados|(?:est[áa]|estar[áa]|estoy|estar[ée]|estaremos|estamos) (?:fuera|de vacaciones|de baja|"
        r"cerrad[oa]s?|abiert[oa]s?|ausente|de permiso|libre)|"
        r"libro|libra|festivo|feriado|es fiesta|fiesta nacional|puente|cup[óo]n|promoci[óo]n|horario|"
        r"fecha l[íi]mite|su plazo|cumplea[ñn]os|(?:garant[íi]a|oferta|contrato|plazo|curso|evento|suscripci[óo]n|"
        r"concierto|boda)\b.{0,30}\b(?:termina|acaba|finaliza|empieza|comienza)|vuelve (?:de |el (?:lunes|martes|mi|"
        r"jue|vie|s[áa]b|dom|d[íi]a|\d)|a la oficina)|"
        r"regresa (?:de |el (?:lunes|martes|mi|jue|vie|s[áa]b|dom|d[íi]a|\d))|de vacaciones|atendemos (?:de|hasta|"
        r"los|al p[úu]blico)|atenci[óo]n (?:es|de lunes)|"
        r"(?:la|el) (?:cita|boda|vuelo|viaje|evento) es)\b"
    ),
    told=re.compile(
        r"\b(?:entiendo|entendemos|comprendo|comprendemos|veo|vemos|s[ée]|sabemos|me consta|lamento|lamentamos|"
        r"siento|sentimos|ojal[áa]\b.*)\s*$|\b(?:le|te|les|os) (?:pido|pedimos|ruego|rogamos|solicito|solicitamos|"
        r"recuerdo|recordamos|agradezco|agradecemos|recomiendo|recomendamos|sugiero|sugerimos)\b(?! a )|"
        r"\b(?:usted|t[úu]|vos|ud\.?|el cliente|nos|me|su (?:correo|mensaje|carta)|tu (?:correo|mensaje)) (?:nos |"
        r"me |le |te )?(?:dijo|dijiste|escribi[óo]|escribiste|pidi[óo]|pediste|pregunt[óo]|preguntaste|coment[óo]|"
        r"comentaste|mencion[óo]|indic[óo]|solicit[óo]|dec[íi]a|escrib[íi]a|quer[íi]a|cont[óo]|dice usted|"
        r"indica(?:s)?|coment[áa]s)\b(?! (?:el|la|los|su) \w+ que)"
        r"|\b(?:le|te|les|se lo|os) (?:jur(?:aron|ó|amos|é)|garantizaron|garantizó|prometimos|promet[íi]|"
        r"prometieron|prometi[óo]|dijimos|dije|dijeron|dijo|aseguramos ayer|aseguraron|aseguró|hab[íi]amos|"
        r"hab[íi]a|hab[íi]an|escribimos|escrib[íi]|quise|quisimos|ofrec[íi]|ofrecimos|avisamos que|indic[óo]|"
        r"indicaron|ten[íi]amos)\b"
        r"|\b(?:quer[íi]amos|quer[íi]a|pens[áa]bamos|pensaba|esper[áa]bamos|esperaba|[íi]bamos a|iba a|"
        r"quedamos en \w+r(?:le|te|lo|la|les|los|se)?\b|iban a|deb[íi]a|deb[íi]amos|ten[íi]amos previsto|"
        r"ten[íi]a previsto|estaba previst[oa]|qued[óoée] en|quedaron en|quedamos en que|habr[íi]a|"
        r"normalmente dir[íi]amos|promet[íi]an?|ten[íi]a que|ten[íi]an que|deber[íi]a haber|(?:la (?:web|p[áa]gina|"
        r"app)|el (?:sistema|bot|folleto|anuncio|formulario|tablero|cartel|letrero|reloj)|la "
        r"pantalla)\b.{0,30}\b(?:dice|dec[íi]a|habla|hablaba|promete|"
        r"promet[íi]a|anuncia|manda)|el mensaje dec[íi]a|dijimos)\b"
        r"|\bescrib[íi]a usted\b|\b(?:espero|esperamos|esperando|ojal[áa]|conf[íi]o en|confiamos en)\s*$|"
        r"\besper[oa]m?o?s? que (?:la|el|los|las|nos|su)\b"
    ),
    says=re.compile(
        r"\b(?:dice|dicen|dijo|dijeron|nos (?:notific[óoa]n?|notificaron|respond(?:e|en|ió|ieron)|contest(?:a|an|ó|"
        r"aron)|explic(?:a|an|ó|aron)|manifest(?:ó|aron)|garantiz(?:a|an|ó|aron)|adelant(?:a|an|ó|aron)|anunci(?:a|"
        r"an|ó|aron)|señal(?:a|an|ó|aron)|cuent(?:a|an)|promet(?:e|en|ió|ieron)|dice|dicen|dijo|dijeron|informa|"
        r"informan|inform[óo]|informaron|confirma|confirman|confirm[óo]|confirmaron|asegura|aseguran|asegur[óo]|"
        r"aseguraron|indica|indican|indic[óo]|indicaron|escribi[óo]|escribieron|escriben|escribe|avisa|avisan|"
        r"avis[óo]|avisaron|promete|prometen|prometi[óo]|prometieron|comenta|comentan|coment[óo]|comunica|comunican|"
        r"comunic[óo]|ha (?:dicho|confirmado|asegurado|informado|prometido|indicado|comunicado|avisado)|"
        r"han (?:dicho|confirmado|asegurado|informado|prometido|indicado|comunicado|avisado|dado)|da|dan|dio|"
        r"dieron)|"
        r"me (?:dice|dicen|dijo|dijeron|informa|informan|inform[óo]|confirma|confirman|confirm[óo]|confirmaron|"
        r"asegura|aseguran|asegur[óo]|aseguraron|indica|indican|indic[óo]|promete|prometen|avisa|avisan|ha (?:dicho|"
        r"confirmado|asegurado)|han (?:dicho|confirmado|asegurado|dado)|da|dan|dio|dieron)|"
        r"(?<!le )(?<!te )(?<!lo )(?<!les )(?<!se )(?:asegura|confirma|promete|calcula|estima|prevé|prevee|indica|"
        r"avisa|informa|comunica|anuncia|señala|cree|espera)n?(?=\s*$| (?:la|el|una|entrega|para|que|entre|"
        r"ma[ñn]ana)\b)|ha (?:confirmado|asegurado|prometido|informado|comunicado|anunciado|dicho)|"
        r"han (?:confirmado|asegurado|prometido|informado|comunicado|anunciado|dicho)|"
        r"confirmó|aseguró|informó|prometió|anunció|anuncia|(?<!le )(?<!te )(?<!lo )marca(?= (?:que|entrega|el|"
        r"ma[ñn]ana|hoy|para|entre))|(?<!le )(?<!se )(?<!lo )(?<!te )pone(?= (?:que|ma[ñn]ana|el|entre))|pone que|"
        r"cree(?:n)? que|se compromete(?:n)? a)\b"
    ),
    reported=re.compile(r"\b\w{2,}r[íi]an?\b"),
    according=re.compile(
        r"\b(?:seg[úu]n|de acuerdo con|por lo que (?:dice|dicen)|conforme a lo que|como (?:nos )?(?:informa|indica|"
        r"inform[óo]|indic[óo]))\b"),
    partner=PARTNER,
    partner_after=PARTNER_AFTER,
    ours=re.compile(
        r"\s*(?:ya |yo |nosotros )?\b(?:mi (?:compa[ñn]er\w+|jef\w+|supervis\w+|encargad\w+)|mis|yo|nosotros|"
        r"nuestr[oa]s? (?!colaborador|socio|transportista|proveedor|aliado|banco|mensajer|operador|aseguradora|"
        r"partner|courier|paqueter)\w+|(?:el|la|los|las) (?:taller|dep[óo]sito|almac[ée]n|encargad[oa]|jef[ea]|"
        r"compa[ñn]er[oa]|equipo|cocina|contabilidad|t[ée]cnico|tienda|bodega|sucursal|departamento|gerente|"
        r"supervisor\w*|conductor|repartidor)|contabilidad|almac[ée]n|bodega)\b"),
    they=re.compile(
        r"\s*(?:ellos|ellas|[ée]l|ella|lo|se|me|nos|le|te)?\s*(?:dicen|llegan|pasan|entregan|traen|entregar[áa]n|"
        r"pasar[áa]n|llamar[áa]n|ellos)\b"),
    hedge=re.compile(
        r"\b(?:tendr[íi]an? que|deber[íi]an?|deber[íi]amos|debe(?:n)? (?:de )?(?:llegar|estar|tener|salir|quedar)|"
        r"espero|esperamos|esper[ao]ndo|ojal[áa]|probablemente|seguramente llegue|posiblemente|quiz[áa]s?|tal vez|"
        r"intent\w+|procur\w+|trat(?:o|amos|ar[ée]|aremos) de|se espera|se prev[ée]|se estima|se calcula|"
        r"se estar[íi]a|previsto|prevista|prevemos|aproximad\w+|estimad[oa]|calculo|calculamos|si todo va|"
        r"si no hay contratiempos|crucemos|cruzo los dedos|normalmente|suele|creo que|en principio|a lo mejor|"
        r"pienso|pensamos|conf[íi]\w+ en|Dios mediante|dios mediante|primero dios)\b"),
    automatic=re.compile(
        r"\bauto(?:m[áa]tic[oa])?\b|\bno responda\b|\bno responder\b|\bbuz[óo]n\b|\b(?:damos respuesta|"
        r"respondemos a tod|contestamos (?:a )?tod|respondemos (?:tod|cada)|le devolvemos la llamada|"
        r"devolvemos las llamadas|contestamos (?:cada|las|los)|(?:todas|todos) (?:las|los) \w+ se|atendemos (?:su|"
        r"cada|tod)|el (?:segundo|primer) nivel|un (?:agente|asesor|ejecutivo) (?:le|te|se)|nuestro (?:plazo|"
        r"tiempo) de respuesta|solemos|respondemos (?:en|dentro)|tramitamos (?:cada|tod|las|los))\b"
    ),
    correction=re.compile(
        r"\b(?:(?:no|perd[óo]n|digo|mejor dicho|mejor|rectifico|corrijo|miento|espera|espere|bueno|o sea|disculpa|"
        r"disculpe|quiero decir|me corrijo|me equivoqu[ée]|m[áa]s bien|en realidad)[ ,]+(?:no[ ,]+|mejor |digo |"
        r"perd[óo]n[ ,]+|mejor dicho[ ,]+|que sea |digamos |pongamos |para )*(?:el |a |las |la |para el |en |hasta |"
        r"antes |de |del )*(?=lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|ma[ñn]ana|pasado|hoy|\d|"
        r"pr[óo]xim|semana|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|primera|mediod)|digamos|"
        r"pongamos|dej[ée]moslo en|que sea(?:n)? (?:el|a|ma)|quise decir|quiero decir|mejor (?:el|ma[ñn]ana|a las|"
        r"pasado|en))"
    ),
    retraction=re.compile(
        r"\s*(?:no|perd[óo]n|digo|mejor dicho|rectifico|corrijo|miento|espera|espere|disculp[ae]|quiero decir|"
        r"me corrijo|me equivoqu[ée]|m[áa]s bien|en realidad|uy|ay|ojo|error m[íi]o|fe de erratas|no no|borra eso|"
        r"olv[íi]d[ea]lo)[\s,!]*(?:no|perd[óo]n|digo)?\s*$"),
    stating=re.compile(
        r"\b(?:es|son|era|fue|est[áa]|hay|su (?:correo|mensaje|carta|pedido|factura)|tu (?:correo|mensaje|pedido)|"
        r"pedido|factura|recibo|ref|caso|estimad[oa]|saludos?|asunto|dice|habla|fecha)\b"),
    kept=re.compile(
        r"\b(?:como|tal como|seg[úu]n) (?:te |le |les |os |se lo )?(?:promet[íi]|prometimos|prometido|quedamos|"
        r"acordado|dije|dijimos)\b(?!.*\b\w+r(?:é|emos|á)\b)"),
    assent=re.compile(
        r"¿?\s*(?:vale|ok|okay|s[íi]|bien|de acuerdo|(?:le|te) parece(?: bien)?|(?:le|te) (?:viene|va) bien|"
        r"est[áa] bien|(?:le|te) sirve|(?:le|te) late|dale|correcto|estamos|va|sale|(?:le|te) va|(?:le|te) cuadra|"
        r"no)\s*\?\s*$"),
    asks=re.compile(
        r"\s*(?:y |o |pero )*(?:puede|puedes|pod[ée]s|podr[íi]a|qu[ée]|cu[áa]ndo|c[óo]mo|d[óo]nde|qui[ée]n|cu[áa]l|"
        r"le llamo|quiere|quieres|prefiere|prefieres|prefer[íi]s|no )\b"),
    trailing=re.compile(r"(?!)"),
    afterwards=re.compile(
        r"\b(?:despu[ée]s|a partir de ah[ií]|desde ah[ií]|desde (?:que|la|su)|tras|posteriores? a|"
        r"siguientes? a (?:que|la|su)|una vez|luego de|a contar desde|de (?:haber|recibir|"
        r"recibid)\w*)\b(?! de (?:las|la) )"),
    open=OPEN,
)  # fmt: skip
