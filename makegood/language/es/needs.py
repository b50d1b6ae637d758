"""How Spanish says by when something is needed. Patterns see text without accents, but with ñ."""

import re

from ..need_words import NeedWords

NEEDS = NeedWords(
    need=re.compile(
        r"\b(?:necesit\w+|preciso|precisamos|ocupo|ocupamos|(?:tengo|tenemos|tiene|tienen|hay|habria) que"
        r"|teng[ao] que|debo|debemos|debe|deben"
        r"|quier[oe]n?|queremos|quisiera|quisieramos|querria|me gustaria|nos gustaria|exijo|exigimos|pido|solicito"
        r"|ruego|requiero|espero"
        r"|esperamos|por favor|porfa|pueden?|puedes|podrian?|podrias|podemos|puedo|podria|podriamos|se puede"
        r"|es posible|seria posible"
        r"|hay (?:forma|manera|modo|posibilidad)|a tiempo|con tiempo|plazo|fecha limite|tope|a mas tardar"
        r"|como (?:muy tarde|maximo|mucho|tarde)"
        r"|mejor|preferiblemente|de preferencia|idealmente|vence|caduca|expira|se me acaba|se nos acaba|urge"
        r"|imprescindible|indispensable"
        r"|me hace falta|nos hace falta|hace falta|sin falta|no me sirve despues|antes de (?:que|irme|salir|viajar"
        r"|volar|empezar)|para (?:el|la|antes))\b"
    ),
    ultimatum=re.compile(
        r"\b(?:(?:si|como) (?:\w+ ){0,8}?(?:no|siga\w*|sin|nadie|nada|siguen?)\b|si para|(?:tienen|tiene|tienes"
        r"|teneis|les doy|le doy|os doy|te doy|doy) (?:de )?(?:plazo|hasta"
        r"|un plazo|\d+|una|un|dos|tres|24|48)|de lo contrario|en caso contrario|caso contrario|o (?:si no|voy"
        r"|vamos|denuncio|pondre|presento"
        r"|presentare|acudo|acudire|lo (?:llevo|publico))|ultim(?:o|a) (?:aviso|oportunidad|plazo)|a menos que"
        r"|salvo que)\b"
    ),
    event=re.compile(
        r"\b(?:boda|casamiento|matrimonio|casa(?:mos|n)?|me caso|nos casamos|fiesta|cumple(?:años)?|aniversario"
        r"|funeral|entierro|velorio|misa"
        r"|bautizo|bautismo|comunion|confirmacion|quinceañera|quince de|xv años|graduacion|ceremonia|examen"
        r"|examenes|prueba|oposicion|entrevista|cita"
        r"|turno|operacion|operan|cirugia|intervencion|juicio|audiencia|vista|conferencia|congreso|ponencia|charla"
        r"|presentacion|exposicion"
        r"|reunion|junta|se reune|asamblea|lanzamiento|inauguracion|apertura|inaugur\w+|feria|salon|concierto"
        r"|festival|partido|carrera|maraton|torneo"
        r"|campeonato|competicion|ensayo|funcion|estreno|viaje|viaj\w+|vacaciones|luna de miel|crucero|excursion"
        r"|campamento|vuelo|vuelos"
        r"|vuel[oae]n?|volamos|tren|ferry|barco|autobus|bus|micro|colectivo|avion|despeg\w+|aterriz\w+|sal(?:go"
        r"|imos|e|en)|salida|part(?:o|imos|e)|parto"
        r"|me voy|nos vamos|se va|se van|zarp\w+|embarc\w+|lleg(?:o|a|an|amos)|huespedes|invitados|visitas?"
        r"|mis suegros|mis padres|inquilinos|mudanza|mud\w+"
        r"|entrego|entrega de llaves|llaves|visado|visa|curso|clases|colegio|cole|universidad|semestre|empiez\w+"
        r"|empez\w+|comienz\w+|inspeccion|auditoria"
        r"|firma|firm(?:o|amos)|notaria|notario|escritura|subasta|eleccion\w*|navidad|nochebuena|nochevieja|reyes"
        r"|semana santa|pascua|dia de la madre|dia del padre"
        r"|san valentin|dia del niño|comida|cena|almuerzo|asado|parrillada|despedida|baby ?shower|nace|nacimiento"
        r"|jubil\w+|actuacion|recital|rodaje"
        r"|desfile|procesion|gala|baile|me gradu\w+|se gradu\w+|(?:toc(?:o|a|an|amos)|actu(?:a|an|amos|o)|cant(?:a"
        r"|an|amos|o)|jueg(?:a|an|o)|jugamos|compit\w+|competimos|debut\w+|expong?\w+|expon\w+|defiend\w+|reabr\w+"
        r"|abrimos|estren\w+)|(?:contrato|alquiler|arriendo|curso|plazo|estancia) (?:termina|acaba|vence|finaliza)|"
        r"dejamos (?:la|el)|desocup\w+|entregamos|evento|acto|torneo|retiro|peregrinacion|mundial|final)\b"
    ),
    travel=re.compile(
        r"\b(?:vuelo|vuelos|vuel[oae]n?|volamos|tren|ferry|barco|autobus|bus|avion|despeg\w+|aterriz\w+|sal(?:go"
        r"|imos|e|en)|salida|zarp\w+|embarc\w+"
        r"|part(?:o|imos|e)|crucero)\b"
    ),
    told=re.compile(
        r"\b(?:pas|mov|muev|cambi|aplac|aplaz|reprogram|reagend|adelant|pospon|cancel|anul)\w* (?:la|mi|el|nuestra"
        r"|su|nuestro) (?:cita|reserva|turno|visita"
        r"|hora|clase|entrega|vuelo|reunion|sesion)\b"
        r"|\b(?:dij(?:o|eron|iste|e)|dicen|dice|decia|decian|prometi(?:[oó]|eron|ste)|prometen|promet\w+"
        r"|asegur(?:[oó]|aron|aba)|escribi(?:[oó]|eron|ste)|confirm(?:[oó]|aron|aste)"
        r"|indic(?:[oó]|aron)|inform(?:[oó]|aron)|quedar?on|qued[oó]|quedaron en|comunicaron|dieron|segun"
        r"|anunci\w+|ponia|figura|consta|marcaba"
        r"|tenia que|tenian que|debia|debian|iba a|iban a|tendria que haber|deberia haber|estaba previst\w+"
        r"|prevista|previsto|garantiz\w+"
        r"|aplaz(?:[oó]|aron)|cambiaron|pospus\w+|movieron|abren|abierto|horario|cupon|valid[oa]s?|promocion"
        r"|volveria|volvia|llegaria|vendria(?:n)?"
        r"|atenderemos|contestaremos|responderemos)\b"
    ),
    past=re.compile(
        r"\b(?:fue|fui|fueron|era|eran|estaba|estuve|estuvo|tuve|tuvo|hice|hizo|hicieron|vino|vinieron|puse|pude"
        r"|di|dio|vi|compre|llame|pedi|pague"
        r"|desde|hace|ayer|pasad[oa]|anteayer|habia|hubo|\w+(?:aron|ieron|aba|aban|ado el|ido el)|\w{3,}[éíó]"
        r"|he \w+[ai]do|ha \w+[ai]do|han \w+[ai]do)\b"
    ),
    free=re.compile(
        r"\b(?:me (?:viene|va|queda) (?:bien|perfecto)|nos (?:viene|va) bien|estoy (?:libre|en casa|disponible"
        r"|fuera|de vuelta)|estare (?:en casa|disponible|libre|fuera)"
        r"|disponible|cualquier (?:dia|hora|momento)|menos el|excepto|salvo el|en casa|puedo (?:el|los|de|a partir)|"
        r"(?:el|la|los) \w+ (?:puede|pueden) venir"
        r"|vuelvo|regreso el|trabajo hasta"
        r"|ausente|fuera de la oficina)\b"
    ),
    clause=re.compile(r"[,;:()]\s|\s-+\s|\b(?:y|pero|porque|asi que|mientras|aunque|sino)\s"),
    attribute=re.compile(r"\b(?:del|de|de la|mi|su|tu)\s$"),
    onward=re.compile(r"\b(?:despues de|a partir de|desde|pasadas?|luego de)\s"),
    allowed=re.compile(r"\b(?:puedo|podemos|podria|se puede|tengo|hay)\b"),
    from_now=re.compile(r"(?:en|dentro|antes|como maximo|maximo|a mas tardar|proxim\w+)\b"),
)
