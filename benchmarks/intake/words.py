"""Sentences that customers write, in two languages. All of them invented; so are the house and its goods."""

OPENINGS = {
    "en": ("Hello,", "Hi there,", "Dear team,", "Good morning,", "To whom it may concern,"),
    "es": ("Hola:", "Buenos días:", "Estimado equipo:", "Buenas tardes:"),
}
COMPLAINTS = {
    "en": (
        "The buckle of my bag snapped on the second day.",
        "My order {order} was due last Friday and the tracking page has not moved since.",
        "I was promised a call back within 24 to 48 hours, and nobody called.",
        "The tent I received is green, and I had ordered the grey one.",
        "Your shop charged my account twice for order {order}.",
        "The zip of the jacket broke again, although you repaired it in March.",
        "I sent the watch in four weeks ago and have heard nothing.",
        "The discount code in your letter is refused at the checkout.",
        "The stove leaks gas at the valve, so I do not dare to use it.",
        "Only one of the two boots was in the parcel.",
    ),
    "es": (
        "La hebilla de mi mochila se rompió el segundo día.",
        "Mi pedido {order} tenía que llegar el viernes pasado y el seguimiento no se ha movido desde entonces.",
        "Me prometieron una llamada en 24 o 48 horas y nadie me llamó.",
        "La tienda de campaña que recibí es verde, y yo había pedido la gris.",
        "Me han cobrado dos veces el pedido {order}.",
        "La cremallera de la chaqueta se ha vuelto a romper, aunque la repararon en marzo.",
        "Envié el reloj hace cuatro semanas y no sé nada de ustedes.",
        "El código de descuento de su carta no funciona en la caja.",
        "El hornillo pierde gas por la válvula y no me atrevo a usarlo.",
        "En el paquete solo venía una de las dos botas.",
    ),
}
MORE = {
    "en": (
        "I have been a customer for eleven years and this has never happened before.",
        "I wrote to you twice already and got the same automatic answer each time.",
        "We leave for the mountains on the 14th, so I need it by then.",
        "Could you please tell me who looks after this?",
        "I would rather have a replacement than my money back.",
        "The shop in town told me to write to you, and you sent me back to the shop.",
        "I paid 129.90 for it.",
        "There is a photograph of the damage below.",
        "If this cannot be settled this week I would like to speak with a manager.",
        "It was meant as a birthday present for my daughter.",
    ),
    "es": (
        "Soy cliente desde hace once años y nunca me había pasado algo así.",
        "Ya les escribí dos veces y recibí siempre la misma respuesta automática.",
        "Salimos de viaje el día 14, así que lo necesito antes.",
        "¿Podrían decirme quién se ocupa de esto?",
        "Prefiero que me envíen otro a que me devuelvan el dinero.",
        "En la tienda me dijeron que les escribiera, y ustedes me mandaron a la tienda.",
        "Pagué 129,90 por ella.",
        "Abajo hay una foto del daño.",
        "Si no se resuelve esta semana, quiero hablar con un responsable.",
        "Era un regalo de cumpleaños para mi hija.",
    ),
}
REPLIES = {
    "en": (
        "Thank you, but that does not answer my question: when will it arrive?",
        "Here is the order number you asked for: {order}.",
        "It still has not come. What happens now?",
        "Yes, the address is right. Please send it there.",
        "I tried what you wrote and it makes no difference.",
        "Thanks a lot!",
    ),
    "es": (
        "Gracias, pero eso no responde a mi pregunta: ¿cuándo llegará?",
        "Este es el número de pedido que me pidió: {order}.",
        "Sigue sin llegar. ¿Qué pasa ahora?",
        "Sí, la dirección es correcta. Envíenlo allí, por favor.",
        "Probé lo que me escribió y no cambia nada.",
        "¡Muchas gracias!",
    ),
}
ENDS = {"en": ("Kind regards,", "Regards,", "Best wishes,"), "es": ("Un saludo,", "Saludos,", "Atentamente,")}
SUBJECTS = {
    "en": (
        "Broken buckle",
        "Order {order}",
        "Where is my order {order}?",
        "Wrong colour",
        "Charged twice",
        "No answer",
    ),
    "es": ("Hebilla rota", "Pedido {order}", "¿Dónde está mi pedido {order}?", "Color equivocado", "Sin respuesta"),
}
FIRST = str.split("Ana Luis Rosa Ivo Nuria Pablo Emma Owen Clara Jonas Inés Mateo Hana Piet Lucía Tessa Hugo Maren")
LAST = str.split("Quist Ferrer Brandt Olmedo Sands Paredes Holm Vega Lund Casals Moor Iglesias Reyes Winter")
