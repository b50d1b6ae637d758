"""How Spanish names orders, bookings, cases and parcels, and says that it wrote before. Without accents, with ñ."""

import re

from ..reference_words import ReferenceWords

_ORDINAL = (
    r"(?:primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|quint[ao]|sext[ao]"
    r"|septim[ao]|octav[ao]|enesim[ao]|ultim[ao]|\d+[ªºa]\.?)"
)
_CONTACT = (
    r"(?:queja|reclamo|reclamacion|correo|mail|e-?mail|mensaje|carta|llamada|solicitud|ticket|consulta|chat"
    r"|contacto|reporte|caso|incidencia"
    r"|expediente|nota|denuncia|aviso|peticion|escrito|intento|formulario|burofax|conversacion)(?:e?s)?"
)
_SAID = (
    r"(?:escrib[ií]|escribimos|escrito|llam[eé]|llamamos|llamado|contact[eé]|contactamos|contactado|reclam[eé]"
    r"|reclamado|report[eé]|reportado"
    r"|dije|dijimos|dicho|expliqu[eé]|explicado|coment[eé]|comentado|mencion[eé]|mencionado|ped[ií]|pedido"
    r"|solicit[eé]|solicitado|avis[eé]|avisado|mand[eé]"
    r"|mandado|envi[eé]|enviado|puse|puesto|present[eé]|presentado|inform[eé]|informado|indiqu[eé]|indicado"
    r"|habl[eé]|hablado)"
)

REFERENCES = ReferenceWords(
    nouns=(
        (
            "none",
            re.compile(
                r"(?:serie|modelo|habitacion|puerta|piso|depto|departamento|pagina|caja|foto|version|telefono|movil"
                r"|celular|tel|codigo postal|cp"
                r"|cupon|vale|promocion|promocional|asiento|talla|iphone|galaxy|pin|imei|articulo"
                r"|linea|canal|error|anden|portal|calle|avenida"
                r"|terminad[ao] en|termina en|acaba en|codigo|autobus|tren|numero de serie)$"
            ),
        ),
        ("parcel", re.compile(r"(?:paquete|guia|rastreo|seguimiento|envio|encomienda|tracking|bulto|albaran)$")),
        ("flight", re.compile(r"(?:vuelo|vlo)$")),
        (
            "booking",
            re.compile(
                r"(?:reserva|reservacion|localizador|pnr|confirmacion|itinerario|billete|boleto|hospedaje|estancia"
                r"|creditos? (?:del|de) vuelo"
                r"|pasaje|hotel|alquiler|renta|alojamiento|conf)$"
            ),
        ),
        (
            "account",
            re.compile(
                r"(?:cuenta|contrato|poliza|cliente|socio|abonado|suscripcion|membresia|suministro|cups|nis|credito"
                r"|prestamo|usuario|plan|afiliado"
                r"|paciente|matricula|padron)$"
            ),
        ),
        (
            "order",
            re.compile(
                r"(?:pedidos?|orden|compra|factura|boleta|presupuesto|transaccion|ticket de compra|operacion"
                r"|pague doble el|direccion del)$"
            ),
        ),
        (
            "case",
            re.compile(
                r"(?:caso|ticket|reclamo|reclamacion|queja|incidencia|expediente|solicitud|reporte|folio|siniestro"
                r"|parte|consulta|tramite|aviso"
                r"|cerraron|cerrar|cierren|radicado|denuncia|requerimiento|atencion|averia)$"
            ),
        ),
    ),
    between=re.compile(
        r"[ ]*(?:[(\"'#:]|\b(?:no\.?|nos?\.?|nº|n°|n\.?|num\.?|numero|numeros|nro\.?|id|codigo|ref\.?|referencia"
        r"|es|era|el|la|los|mi|su|de|con|del|cuyo|siguiente)"
        r"(?=[ :.#]|$)|[-,:º°.]| ){0,10}$"
    ),
    goes=re.compile(r"\s(?:ya )?(?:se )?(?:puede|pueden) (?:irse|cerrar\w*|darse|archivar\w*)\b"),
    reference=re.compile(r"\b(?:ref|referencia|su ref|nuestra ref|s/ref|n/ref|rfa|asunto)$"),
    subjects=(
        (
            "booking",
            re.compile(
                r"\b(?:reserva|reserve|reservamos|hotel|habitacion|suite|coche de alquiler|alquiler|alquile|vuelo"
                r"|volar|vuelan|avion|aeropuerto"
                r"|aterriz\w+|check-?in|estancia|hospedaje|vacaciones|crucero|itinerario|viaje"
                r"|ferry|billetes?|boletos?|hostal|casa rural"
                r"|cabaña|tour|apartamento turistico)\b"
            ),
        ),
        ("parcel", re.compile(r"\b(?:paquete|rastreo|seguimiento|mensajeria|encomienda|guia)\b")),
        (
            "case",
            re.compile(
                r"\b(?:caso|queja|reclamo|reclamacion|incidencia|tecnico|reparacion|fontanero|plomero|gasfiter|caldera"
                r"|medidor|contador|fuga|cerrar"
                r"|cerraron|resuelto|solucionado|agua caliente|averia|sin agua|sin luz)\b"
            ),
        ),
        (
            "account",
            re.compile(
                r"\b(?:cuenta|poliza|contrato|internet|fibra|tarifa|membresia|suscripcion|hipoteca|domiciliacion"
                r"|comision|comisiones|extracto|tarjeta)\b"
            ),
        ),
        ("order", re.compile(r"\b(?:pedido|pedi|compra|compre|entrega|entregar|direccion|comprado|despach\w+)\b")),
    ),
    flying=re.compile(
        r"\b(?:vuelo|vuelos|volar|vuela|avion|aerolinea|aeropuerto|tripulacion|embarque|puerta|cancelaron"
        r"|cancelado|retraso|demora|facturacion|embarcar|tirados|varados|aterriz\w+"
        r"|despeg\w+|equipaje|maleta|conexion|asiento|mostrador|salida)\b"
    ),
    earlier=(
        (
            "as-i-said",
            re.compile(
                rf"\b(?:como|tal como|segun|lo que) (?:ya )?(?:les |le |os |te )?(?:he |habia "
                rf"|hemos )?{_SAID}\b[^,.;\n]{{0,40}}"
            ),
        ),
        (
            "i-already-said",
            re.compile(
                rf"\bya (?:les |le |os |te |lo |se lo |me )?(?:he |habia |hemos )?{_SAID}\b[^,.;\n]{{0,40}}"
                rf"|\b(?:les |le |os |te |lo )?(?:he |habia |hemos )?{_SAID} (?:\w+ ){{0,4}}?(?:dos veces|tres veces"
                rf"|varias veces|muchas veces|\d+ veces|anteriormente"
                r"|antes|la semana pasada|el mes pasado|hace (?:\w+ )?(?:dias|semanas|meses|una semana|un mes)"
                r"|el (?:dia )?\d+|el (?:lunes|martes|miercoles|jueves"
                r"|viernes|sabado|domingo)|en (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
                r"|octubre|noviembre|diciembre)|ayer)"
            ),
        ),
        (
            "further-to",
            re.compile(
                rf"\b(?:en relacion (?:a|con)|con relacion a|respecto (?:a|de)|referente a|en referencia a|tras"
                rf"|despues de|desde|a pesar de|pese a|siguiendo"
                rf"|(?:sin|ninguna) respuesta a|en respuesta a|reitero) (?:mi|mis|nuestra|nuestro|la"
                rf"|el) (?:\w+ ){{0,3}}?{_CONTACT}\b[^,.;\n]{{0,30}}"
            ),
        ),
        (
            "my-last",
            re.compile(
                rf"\b(?:mi|mis|el|la|los|las)? ?(?:{_ORDINAL}|anterior|anteriores|previ[oa]s?|otr[oa]s?|dos|tres"
                rf"|cuatro|cinco|\d+) (?:\w+ )?{_CONTACT}\b"
                rf"|\b(?:mi|mis|una|un|la|el) {_CONTACT} (?:anterior(?:es)?|previ[oa]s?|original|del? (?:dia )?\w+"
                rf"|de la semana pasada|sin responder)"
            ),
        ),
        (
            "again-time",
            re.compile(
                rf"\b(?:es |por |va )?(?:ya )?(?:la )?{_ORDINAL} vez que\b[^,.;\n]{{0,40}}|\b(?:soy yo otra vez"
                rf"|yo de nuevo|otra vez yo|de nuevo yo|aqui otra vez"
                r"|vuelvo a (?:escribir\w*|llamar\w*|reclamar|contactar\w*|insistir|preguntar))\b|\bles? (?:escribo"
                r"|llamo) (?:de nuevo|otra vez|nuevamente)\b"
            ),
        ),
        (
            "you-closed",
            re.compile(
                r"\b(?:cerraron|cerr[oó]|dieron por|marcaron|respondieron|contestaron|rechazaron|me (?:dijo|dijeron"
                r"|escribieron|escribi[oó]|escribiste|contestaste|contest[oó]"
                r"|contestaron|respondieron|respondi[oó]|prometieron|aseguraron))\b[^,.;\n]{0,40}"
            ),
        ),
    ),
)
