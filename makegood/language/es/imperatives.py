"""Spanish verbs a house can be asked with, and their forms of asking: imperatives of tú, vos, usted, vosotros, ustedes.

All without accents, as `want_words.level` shows the text. A verb is its infinitive; behind a colon stand its stem
when stressed ("devolver:devuelv") and, behind another, its stem in the subjunctive ("dar:d:d", "poner:pon:pong").
"""

#: To do something.
DOING = """
    reembolsar reintegrar abonar regresar devolver:devuelv enviar mandar reenviar remitir cambiar reemplazar
    sustituir:sustituy:sustituy reponer:repon:repong cancelar anular dar:d:d arreglar reparar
    corregir:corrig:corrij rectificar modificar actualizar quitar eliminar borrar recoger:recog:recoj
    traer:tra:traig llevar entregar llamar contactar pasar comunicar poner:pon:pong transferir:transfier
    ingresar pagar compensar indemnizar descontar:descuent bonificar aplicar respetar cumplir hacer:hac:hag
    solucionar resolver:resuelv desbloquear reactivar activar desactivar reubicar subir sacar meter mover:muev
    reprogramar agendar reagendar buscar conseguir:consig:consig facilitar proporcionar ofrecer:ofrec:ofrezc
    conceder extender:extiend prorrogar ampliar liberar emitir expedir:expid dejar permitir cobrar suspender
    parar detener:detien:deteng limpiar instalar conectar reconectar restablecer:restablec:restablezc reservar
    asignar acreditar depositar extornar restituir:restituy:restituy liquidar saldar condonar exonerar prestar
    venir:vien:veng derivar despachar repetir:repit recalcular revertir:reviert deshacer:deshac:deshag guardar
    adelantar posponer:pospon:pospong aplazar descargar quedar colocar tomar retirar volver:vuelv asumir cubrir
    igualar mantener:mantien:manteng renovar:renuev enmendar:enmiend subsanar ajustar rebajar invertir:inviert
    imprimir reimprimir montar desmontar llenar cerrar:cierr abrir atender:atiend canjear acelerar priorizar
    bajar incluir:incluy:incluy agregar sumar añadir otorgar transportar alojar acomodar sentar:sient
    empezar:empiez seguir:sig:sig usar utilizar destrabar reincorporar inscribir matricular dividir fraccionar
    financiar generar habilitar inhabilitar sellar firmar certificar escalar elevar molestar acercar pintar
    soldar cortar calibrar procesar realizar efectuar responsabilizar encargar comprar vender recibir aceptar
    ayudar
"""

#: To care, without one thing that would be done.
CARING = """
    revisar verificar gestionar tramitar agilizar comprobar investigar estudiar considerar evaluar chequear
    checar procurar tratar asegurar
"""

#: To say something: he wants words.
TELLING = """
    decir:dic:dig explicar informar confirmar responder contestar avisar indicar aclarar contar:cuent disculpar
    perdonar ignorar olvidar leer fijar mirar ver:v:ve imaginar adivinar recordar:recuerd tener:ten:teng
    entender:entiend comprender notar escribir detallar especificar precisar comentar aconsejar
    recomendar:recomiend orientar saber:sab:sep creer suponer:supon:supong
"""

_CLITIC = r"(?:me|nos|te|os|se|le|les|lo|la|los|las)"
CLITICS = rf"(?:{_CLITIC}(?:lo|la|los|las|le|les)?)"
_PLURAL_YOU = {"ar": "ad", "er": "ed", "ir": "id"}


def asking(verbs: str) -> str:
    """A pattern of the forms that ask politely or in the plural, alone or with pronouns: "manden", "mandenmelo"."""
    forms: set[str] = set()
    for verb in verbs.split():
        _, subjunctive, base, vowel, kind = _stems(verb)
        forms |= {subjunctive + vowel, subjunctive + vowel + "n", base + _PLURAL_YOU[kind]}
    return f"(?:{_joined(forms)}){CLITICS}?"


def asking_thee(verbs: str, *, alone: bool) -> str:
    """A pattern of the forms for tú and vos; `alone` those without pronouns, which look like "he sends"."""
    forms: set[str] = set()
    for verb in verbs.split():
        stressed, _, base, _, kind = _stems(verb)
        ending = "a" if kind == "ar" else "e"
        forms |= {stressed + ending, base + ("i" if kind == "ir" and not alone else ending)}
        if kind == "er":
            forms.add(base + "é")

    forms |= {"pon", "da", "haz", "ven"} if "dar:d:d" in verbs else set()
    joined = f"(?:{_joined(forms)})"
    return joined if alone else f"{joined}{CLITICS}"


def wished(verbs: str) -> str:
    """A pattern of the subjunctives behind "que": "devuelvan", "mandes", "recojais", "enviaran"."""
    forms: set[str] = set()
    for verb in verbs.split():
        _, subjunctive, base, vowel, kind = _stems(verb)
        forms |= {subjunctive + vowel + ending for ending in ("", "n", "s", "mos")}
        forms |= {stem + ("eis" if vowel == "e" else "ais") for stem in (subjunctive, _respelt(base, kind))}
        forms |= {base + past for past in (("aran", "ara") if kind == "ar" else ("ieran", "iera"))}
    return f"(?:{_joined(forms)})"


def present(verbs: str) -> str:
    """A pattern of "mandan, manda, mandas, mandais": a question with "me" before it asks for doing."""
    forms: set[str] = set()
    for verb in verbs.split():
        stressed, _, base, _, kind = _stems(verb)
        ending = "a" if kind == "ar" else "e"
        forms |= {stressed + ending + person for person in ("", "n", "s")}
        forms |= {base + ending + "s", base + {"ar": "ais", "er": "eis", "ir": "is"}[kind]}
    return f"(?:{_joined(forms)})"


def infinitive(verbs: str) -> str:
    """A pattern of the infinitives, alone or with pronouns."""
    return f"(?:{_joined({verb.partition(':')[0] for verb in verbs.split()})}){CLITICS}?"


def _stems(verb: str) -> tuple[str, str, str, str, str]:
    """Its stem when stressed, in the subjunctive and else; the subjunctive's vowel; and its kind."""
    name, *others = verb.split(":")
    base, kind = name[:-2], name[-2:]
    stressed = others[0] if others else base
    subjunctive = others[1] if len(others) > 1 else _respelt(stressed, kind)
    return stressed, subjunctive, base, "e" if kind == "ar" else "a", kind


def _respelt(stem: str, kind: str) -> str:
    """The stem as it is written before the other vowel: sac-ar, saqu-e; recog-er, recoj-a."""
    if kind == "ar":
        return stem[:-1] + {"c": "qu", "g": "gu", "z": "c"}.get(stem[-1:], stem[-1:])
    return stem[:-1] + "j" if stem.endswith("g") else stem


def _joined(forms: set[str]) -> str:
    return "|".join(sorted(forms, key=lambda form: (-len(form), form)))
