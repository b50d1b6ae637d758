"""The Spanish words that stand in almost every Spanish text: by them the language is known."""

COMMON = """
el la los las lo un una unos unas y e o u pero si sí porque pues que qué quien quién quienes cual cuál cuales
cuando cuándo donde dónde como cómo cuanto cuánto cuánta cuántos yo tú vos usted ustedes él ella ellos ellas
nosotros vosotros me te se le les nos os mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra
mío mía suyo es soy eres somos son fue fui era eran será sería ser sido está estoy estás están estamos estaba
estuvo estar estado sea sean hay había hubo habrá haya he has ha hemos han haber hice hizo hace hacen hacer hecho
haga hagan tengo tiene tienes tenemos tienen tenía tuve tener tenga puedo puede puedes podemos pueden podría
podrían podrías poder pueda quiero quiere quieres queremos quieren quisiera querría quería no ni nada nadie nunca
jamás ningún ninguna ninguno de del en a al por para con sin sobre entre desde hasta hacia según contra tras
durante ante bajo ya aún aun todavía también tampoco muy más menos mucho mucha muchos muchas poco poca algo
alguien algún alguna algunos otro otra otros otras mismo misma cada todo toda todos todas este esta esto estos
estas ese esa eso esos esas aquel aquella ahí allí aquí acá allá así solo sólo entonces después antes luego
ahora siempre además aunque mientras hola buenos buenas días tardes noches gracias saludos saludo cordial
atentamente favor estimado estimada estimados señor señora disculpe perdón lamento siento hoy mañana ayer lunes
martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre
octubre noviembre diciembre día semana semanas mes meses año años hora horas vez veces primero primera segundo
tercera dos tres cuatro cinco seis siete ocho nueve diez pedido pedí compra compré envío envié enviar enviaron
envíen manden mandar mandé llegó llega llegado llegar recibí recibido recibir paquete reembolso devolución
devolver devuelvan dinero pago pagué pagar cobro cobraron cobrar factura cuenta tarjeta banco correo mensaje
teléfono dirección número reserva vuelo habitación cliente clientes servicio atención queja reclamo reclamación
problema respuesta responder responden espera esperando esperar necesito necesita necesitamos gustaría dijeron
dijo dicen dice decir saber sé sabe pasa pasó ver visto voy va vamos van ir nuevo nueva bueno buena bien mal mejor
peor gran mientras casa nombre tienda equipo solución técnico porfa porfavor pq xq q tmb toy aca
"""

#: Endings and spellings that Spanish has and its neighbours have not.
SPELLINGS = r"\w+(?:ción|ciones|ñ\w+|eron|aron|ería|aje|idad|iendo|ando|ísimo|illo|illa|uelv\w+|ue[nrs]t\w+)"
