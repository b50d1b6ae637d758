"""What keeps a Spanish clause with a coming time from being our word, whatever its verb or noun."""

import re

from ..open_words import OpenWords

_STRONG = (
    r"estuv(?:e|o|imos|ieron)|anduv\w+|traj(?:e|o|imos|eron)|condujo|supo|supe|supimos|supieron|hubo|fuimos|fui|"
    r"fueron|fue|qued[óo](?=\b.*\bayer)|dio|vio|vino|puso|hizo|dijo|quiso|pudo|tuvo|cayó|leyó|oyó|creyó|murió|"
    r"(?!pap|mam|dom)\w{2,}[bcdfghjlmnñpqstuvxyz]ó|\w{2,}rró|\w{2,}[aeiou]ró|\w{3,}(?:aron|ieron|eron)|\w{2,}(?:aste|"
    r"iste)|"
    r"\w{2,}(?:aba|aban|ábamos)|(?:ten|sab|pod|deb|quer|hac|dec|ven|sal|viv|segu|ped|serv|exist|recib|escrib)[íi]a"
    r"(?:n|mos)?|era|eran|iba|iban"
)

OPEN = OpenWords(
    which_before=re.compile(
        r"\b(?:su|tu|mi|nuestro|nuestra|buen|feliz|ningún|ni|no|no (?:el|la|a|para el|antes del?)|(?<!antes "
        r")(?<!partir "
        r")(?<!después )(?<!dentro )(?<!a más tardar )(?<!lo largo )(?<!además )(?<!y )del?)\s*(?:el )?$"),
    which_after=re.compile(r"(?!)"),
    lasting_before=re.compile(
        r"\b(?:cada|durante|al menos|por lo menos|mínimo(?: de)?|por|desde hace|más de|exige|exigen|requiere|requieren|"
        r"dura(?:n|rá)?(?: unas?| unos| casi| como)?|aguanta[n]?|cuesta[n]?|llevamos|llevo|"
        r"con|unos|solo|sólo|incluye|guarda[n]?|conserva[n]?|sobre)\s*(?:una?s? |unos |los |las )?$"),
    lasting_after=re.compile(
        r"\s(?:de (?!plazo|espera|recibir|recibid|haber|trabajo|demora|media|esta|este|margen)|antes\b|atrás\b|"
        r"gratis\b|"
        r"al (?:día|mes|año)\b|a la semana\b|por (?:persona|equipo|noche|llamada)\b|en (?:coche|tren|bus|autobús|avión|"
        r"barco|bici|total|cola)\b|a pie\b|tarde\b|más de\b|sin\b|por cabeza\b|previo|de antelación)"),
    tied=re.compile(
        r"\w (?<!tiempo )(?<!lapso )(?<!espera )(?<!máximo )(?<!mínimo )(?<!estimado )(?<!promedio )(?<!alrededor )"
        r"(?<!cerca )(?<!cosa )(?<!menos )(?<!más )(?<!antes )(?<!dentro )(?<!demora )(?<!es )(?<!será )(?<!son )"
        r"(?<!total )(?<!partir )(?<!después )(?<!margen )(?<!término )$"),
    untied=re.compile(r"\bplazo(?: \w+)? $|\ben (?:el|la|su|tu) \w+ $"),
    brief_before=re.compile(
        r"\b(?:tarda[snr]?|lleva|llevan|llevará|toma|quita|dedic\w+|dedíque\w+|regál\w+|son|solo|sólo|tiene)"
        r"(?: solo| sólo| apenas| unos)*\s*$"),
    past=re.compile(r"\b(?:" + _STRONG + r")\b"),
    participle=re.compile(
        r"^\s*(?:(?:su |tu |el |la )?(?!todo|toda|ya|listo|lista|de|por|para|con|va|sale|se|lo|le|te)[^\W\d]+ "
        r")?(?P<verb>(?!estado|lado|sábado|sabado|mercado|cuidado|pedido|cuando|nado|"
        r"vado|grado|abogado|juzgado|empleado|encargado|estrado|helado|pescado|prado|soldado|tornado|apartado|sentido|"
        r"ruido|marido|partido|apellido|medida|salida|comida|bebida|subida|partida|medidas|fluido|tejido|vestido|"
        r"recorrido|sonido|olvido)\w{2,}(?:ad|id)[oa]s?)\b"),
    auxiliary=re.compile(
        r"\b(?:es|son|está|están|queda|quedan|quede|será|serán|sea|ser|va|sale|llega|viene|tiene|tienes|dejo|deja|"
        r"dejamos|"
        r"todo|todos|todas)\b"),
    perfect=re.compile(
        r"\b(?:he|ha|hemos|han|habéis) (?!sido\b|dicho\b|escrito\b|comentado\b|previsto\b|habido\b)\w+(?:ado|ido|to|"
        r"cho|so)\b"),
    towards=re.compile(r"\b(?:para|al)\s(?:el |la |las )?"),
    customer=re.compile(
        r"\b(?:usted|ustedes|ud|uds|tú|vos) (?!lo tiene|la tiene|tiene|recibe|tendrá|recibirá|verá)\w+|\b(?:debe|debes|"
        r"deben|tiene que|tienes que|hay que|habrá que|tendrá que|tendrás que|haga|necesita[nm]?|necesitas|necesitamos|"
        r"necesito|puede|puedes|pueden|podrá|podrás|quiere|quieres|prefiere|prefieres|decide|decides|pide|pidió|vuela|"
        r"vuelas|viaja|viajas)\b|^\s*(?:por favor |ya |entonces )*(?:\w+(?:me|nos|melo|noslo|nosla|mela)|tenga|traiga|"
        r"venga|haga|ponga|vea|sepa|pase|deje|espere|llame|envíe|mande|escriba|suba|firme|pague|abone|rellene|recuerde|"
        r"publique|valore|califique|puntúe|evalúe|elija|escoja|lea|abra|cierre|guarde|marque|pulse|acuda|preséntese|"
        r"aproveche|disfrute|complete|conteste|responda|confirme|revise|consulte|que (?:pase|tenga|vaya|disfrute)|buen|"
        r"buena|feliz|suerte|disculp\w+|perd[óo]n\w*|gracias|saludos|estimad[oa]|hola|querid[oa]|señor[ae]?|don|doña|"
        r"según|vista|visto|dado|dada|dice|dime|dinos|figura|vuestro)\b"
        r"|\b(?:su|tu) (?:plazo|cuota|pago|alquiler|vuelo|tren|viaje|estancia|mesa|examen|boda|mudanza|cumpleaños|"
        r"contrato|garantía|suscripción|carta|mensaje|correo|boleto|billete|reserva|turno)\b"),
    facts=re.compile(
        r"\b(?:cuesta|cuestan|vale|valen|dura|duran|acaba|acaban|termina|terminan|vence|vencen|caduca|caducan|rige|"
        r"abiert[oa]s?|cerrad[oa]s? (?:el|los|hasta|por|desde)|abre|abren|cierra|cierran|abrimos|cerramos|horarios?|"
        r"puertas|"
        r"fiesta|festivo|feriado|vacaciones|turno|cumpleaños|boda|concierto|partido|examen|plazo (?:es|de|para)|tarifa|"
        r"precio|\d (?:euros|pesos)|gratis|alquiler|renta|cuota|antelación|preaviso|ley|derecho|prohíbe|permite|"
        r"admiten|admite|"
        r"(?:los|las) (?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bados|domingos|mañanas|tardes|noches)|nadie|"
        r"nada|"
        r"ningun[oa]|no|nunca|si|quien|quienes|cuando|donde|como|porque|quizás?|tal vez|(?:el |la )?(?:viaje|película|"
        r"función|trayecto|travesía)|dice|dicen|puso|pone que|entra en vigor|por ser)\b"),
    being=re.compile(r"\b(?:es|son|era|fue|sea|será) (?:para |a |el )?\s*$"),
    state=re.compile(r"\b(?:es|son|está|están|estamos|estoy|sigue|siguen|seguimos|anda|andan|andamos|hay|tenemos)\b"),
    hollow=re.compile(
        r"(?:el|la|los|las|lo|un|una|unos|unas|a|al|de|del|en|por|para|con|desde|hasta|antes|después|sobre|hacia|y|o|"
        r"u|e|"
        r"pero|que|como|más|muy|tarde|tardar|máximo|mucho|tope|mejor|sí|no|ya|solo|sólo|también|este|esta|ese|esa|"
        r"mismo|"
        r"misma|día|días|hora|horas|mi|su|tu|me|te|se|le|les|nos|os|es|son|perdón|bueno|vale|ok|gracias|"
        r"aproximadamente|"
        r"unos|pues|entonces|luego|quizá|tal|vez)"),
    leaning=re.compile(
        r"\s*(?:con|para (?!el|las?|los|mañana|hoy)|por (?!la)|de (?!\d)|según|sin|como|entre|durante|incluid[oa]|"
        r"vía|sobre|"
        r"ni|no|y|o|que|siendo)\b"),
    subject=re.compile(
        r"\s*(?:y |e |también |luego )*(?:el (?!lunes|martes|mi[ée]r|jueves|viernes|s[áa]b|dom|\d|día)|la (?!mañana|"
        r"tarde|noche|"
        r"semana|una )|los|las (?!\d|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)|un|una|su|tu|"
        r"nuestr[oa]|mi|"
        r"él|ella|ellos|yo|nosotros|nosotras|alguien|todo|todos|otr[oa]|se|le|te|les|lo)\b"),
    doer=re.compile(r"\s+(?:ya )?(?:le|te|les|os|lo|la|se|nosotros|usted|yo)\b"),
    relative=re.compile(r"\s*(?:quien|quienes|ellos|ellas)\b"),
    indirect=re.compile(r"\s*(?:y |pero |de )?(?:qué|quién|quiénes|cuándo|cómo|dónde|cuál|cuáles|cuánto|cuánta)\b"),
    lone_participle=True,
    activity=re.compile(
        r"\b(?:(?:estamos|estoy|estaremos) en ello|pensaremos|pensaré|pienso en|me siento con|nos sentamos|"
        r"(?:esperamos|espero|quedo|quedamos) (?:saber|tener noticias|recibir noticias|a la espera)|"
        r"le daremos vueltas|damos vueltas|trabaj(?:o|amos|aremos|aré) en (?:ello|eso|esto))\b"),
)  # fmt: skip
