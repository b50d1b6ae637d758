"""Spanish verbs with which one promises, and the forms they take in a promise."""

import re

#: Infinitive: first person singular, third person singular of the present. Deeds that give the customer something.
_GIVING = """
llamar llamo llama; enviar envío envía; mandar mando manda;
devolver devuelvo devuelve; reembolsar reembolso reembolsa;
reintegrar reintegro reintegra; abonar abono abona; acreditar acredito acredita; bonificar bonifico bonifica;
descontar descuento descuenta; compensar compenso compensa; indemnizar indemnizo indemniza; pagar pago paga;
ingresar ingreso ingresa; transferir transfiero transfiere; girar giro gira; depositar deposito deposita;
reponer repongo repone; reemplazar reemplazo reemplaza; sustituir sustituyo sustituye; cambiar cambio cambia;
reparar reparo repara; arreglar arreglo arregla; solucionar soluciono soluciona; resolver resuelvo resuelve;
subsanar subsano subsana; corregir corrijo corrige; rectificar rectifico rectifica; entregar entrego entrega;
despachar despacho despacha; expedir expido expide; contestar contesto contesta; responder respondo responde;
escribir escribo escribe; avisar aviso avisa; informar informo informa; confirmar confirmo confirma;
contactar contacto contacta; comunicar comunico comunica; notificar notifico notifica; decir digo dice;
contar cuento cuenta; dar doy da; pasar paso pasa; traer traigo trae; llevar llevo lleva; dejar dejo deja;
anular anulo anula; cancelar cancelo cancela; quitar quito quita; retirar retiro retira; eliminar elimino elimina;
activar activo activa; reactivar reactivo reactiva; desbloquear desbloqueo desbloquea;
restablecer restablezco restablece;
instalar instalo instala; montar monto monta; visitar visito visita; recoger recojo recoge; atender atiendo atiende;
facilitar facilito facilita; proporcionar proporciono proporciona; remitir remito remite; hacer hago hace;
adjuntar adjunto adjunta; emitir emito emite; gestionar gestiono gestiona; tramitar tramito tramita;
poner pongo pone; colocar coloco coloca; agendar agendo agenda; reprogramar reprogramo reprograma;
condonar condono condona; regalar regalo regala; ofrecer ofrezco ofrece; surtir surto surte; echar echo echa;
tener tengo tiene; actualizar actualizo actualiza; marcar marco marca; aplicar aplico aplica; cargar cargo carga;
reenviar reenvío reenvía; reexpedir reexpido reexpide; reservar reservo reserva; presentar presento presenta;
completar completo completa; terminar termino termina; dictar dicto dicta; decidir decido decide;
comentar comento comenta;
explicar explico explica; mostrar muestro muestra; habilitar habilito habilita; liberar libero libera;
asignar asigno asigna;
procesar proceso procesa; firmar firmo firma; concretar concreto concreta; acercar acerco acerca; subir subo sube;
regresar regreso regresa; retornar retorno retorna; reintentar reintento reintenta; limpiar limpio limpia;
cobrar cobro cobra; ajustar ajusto ajusta; normalizar normalizo normaliza; reanudar reanudo reanuda;
asegurar aseguro asegura
"""
#: Movements and states of things, and work of ours; promises only beside a time.
_MOVING = """
llegar llego llega; salir salgo sale; venir vengo viene; ir voy va; volver vuelvo vuelve; partir parto parte;
quedar quedo queda; estar estoy está; ver veo ve; reflejar reflejo refleja; aparecer aparezco aparece;
tardar tardo tarda; demorar demoro demora; empezar empiezo empieza; comenzar comienzo comienza; revisar reviso revisa;
mirar miro mira; preguntar pregunto pregunta; consultar consulto consulta; hablar hablo habla; leer leo lee;
reclamar reclamo reclama; abrir abro abre; pedir pido pide; solicitar solicito solicita; comprobar compruebo comprueba;
verificar verifico verifica; estudiar estudio estudia; analizar analizo analiza; preparar preparo prepara;
recibir recibo recibe; embarcar embarco embarca; zarpar zarpo zarpa; aterrizar aterrizo aterriza; caer caigo cae;
retomar retomo retoma; seguir sigo sigue; soler suelo suele; producir produzco produce; efectuar efectúo efectúa;
realizar realizo realiza; concluir concluyo concluye; cerrar cierro cierra; acudir acudo acude;
presentarse presento presenta;
figurar figuro figura; disponer dispongo dispone; regresar regreso regresa; funcionar funciono funciona;
ejecutar ejecuto ejecuta;
"""
_IRREGULAR_FUTURE = (
    *("dir", "har", "podr", "tendr", "vendr", "saldr", "pondr", "sabr", "querr", "valdr", "habr", "cabr"),
    *("repondr", "mantendr", "obtendr"),
)


def _forms(table: str) -> tuple[str, str, str]:
    """Regex alternatives: present forms, infinitives, stems of the future."""
    present: set[str] = set()
    infinitives: set[str] = set()
    for entry in table.replace("\n", " ").split(";"):
        words = entry.split()
        if len(words) != 3:
            continue
        infinitive, first, third = words
        infinitive = infinitive.removesuffix("se")
        plural = {"a": "amos", "e": "emos", "i": "imos"}[infinitive[-2]]
        present |= {first, third, third + "n" if third != "está" else "están", infinitive[:-2] + plural}
        infinitives.add(infinitive)
    present -= {"imos", "uso", "pago", "cambio", "proceso"}
    present |= {"vamos", "damos", "estamos"} if "vamos" in table or "voy" in present else {"damos"}
    return _either(present), _either(infinitives), _either(infinitives)


def _either(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


GIVING, GIVING_INFINITIVES, _ = _forms(_GIVING)
MOVING, MOVING_INFINITIVES, _ = _forms(_MOVING)
_STEMS = GIVING_INFINITIVES + "|" + MOVING_INFINITIVES + "|" + "|".join(_IRREGULAR_FUTURE)

#: Forms that are nouns too; verbs only behind a pronoun.
NOUNS = (
    "visita|cambio|pago|abono|retiro|deposito|reembolso|reintegro|ingreso|proceso|recibo|cuenta|reserva|regalo|marca|"
    "cargo|"
    "firma|entrega|reclamo|consulta|pregunta|giro|carga|nota|presente|presento|envío|despacho|descuento|compra|"
    "cobro|traslado|"
    "paso|visito|uso|estudio|cuento|completo|completa|lista|vista|monto|cierre|caja|subo|hecho|dicta"
)

#: Pronouns before a verb: "se lo", "te", "le".
CLITICS = r"(?:(?:me|te|se|le|les|nos|os|lo|la|los|las) ){0,3}"
#: Any future tense, by its ending; the preterites that look like one are left out.
FUTURE = (
    r"(?!(?:mir|retir|tir|gir|esper|prepar|compar|repar|declar|separ|aclar|gener|recuper|super|entr|compr|cobr|"
    r"mostr|encontr|"
    r"logr|registr|demostr|consider|ingres|administr|ahorr|borr|cerr|narr|pein|par|dispar)[eé]\b|quer?remos\b|"
    r"corremos\b|atr[áa]s\b|detr[áa]s\b|jam[áa]s\b|"
    r"adem[áa]s\b|qui[zs][áa]s\b|pap[áa]s\b)\w*(?:[aeií]|d|b|r)r(?:é|emos|á|án|ás|éis)\b(?<!aremos los)"
)
#: The same without their accents, as people type on a telephone, for the verbs we know.
BARE_FUTURE = rf"(?:{_STEMS})(?:a|an|as)(?<!para)\b"
