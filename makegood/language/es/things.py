"""Spanish words for people, things and times, by what they are. Stars and underscores as in `acts`."""

THINGS: dict[str, str] = {
    "p1": "yo nos nosotros nosotras nuestro nuestra nuestros nuestras me mi mis mio mia conmigo",
    "p2": "tu tus te ti vos usted ustedes su sus le les vosotros vosotras os vuestro vuestra suyo suya contigo uds"
    " ud tuyo tuya",
    "fut": "voy_a vamos_a va_a van_a ire iremos",
    "modal": "puede puedo podemos pueden podria podrian podriamos debe deben debo",
    "neg": "no ni nunca jamas nada nadie ningun* tampoco sin apenas",
    "perf": "he hemos ha han has habia habian haber haya hayan habiendo hayamos hayas",
    "be": "es son era eran fue fueron esta estan estoy estamos estaba estaban sea ser siendo sigue siguen sido",
    "cond": "si cuando en_cuanto hasta_que una_vez siempre_que apenas salvo mientras antes_de despues_de tras",
    "but": "pero sin_embargo aunque no_obstante sino salvo excepto lastima lamentablemente desgraciadamente pena"
    " solo_que lo_malo el_problema pese a_pesar por_desgracia",
    "wh": "que cual cuales cuando donde adonde quien quienes como cuanto cuanta cuantos cuantas por_que pq xq",
    "sorry": "siento sentimos lament* disculp* perdon* perdon apen* avergonz* vergüenz* excus* mil_perdones"
    " mil_disculpas que_pena_con lo_sentimos sorry arrepent* mea_culpa pesar abochorn*",
    "thanks": "gracias agrade* agradec* agradezc* graciass grax thanks felicit* enhorabuena mil_gracias muy_amable"
    " un_sol genial_trato olé chapó chapo bravo reconoc* bendiciones saludo_especial quitarse_el_sombrero aplauso"
    " dios_los_bendiga dios_le_pague se_agradece se_pasaron grosos cracks crack genios maquinas",
    "advance": "de_antemano por_adelantado gracias_de_antemano atentamente cordialmente",
    "remedy": "reembolso* reintegro* vale vales bono cupon cupon* descuento* abono devolucion compensacion"
    " indemnizacion bonificacion credito saldo regalo detalle gesto cambio reposicion reemplazo sustitucion repuesto"
    " gratis gratuit* mes_gratis mejora upgrade puntos millas dinero importe diferencia portes gastos tarifa cuota"
    " mitad porciento noche desayuno cena entrada entradas botella cesta ramo cheque tarjeta_regalo reparacion"
    " prorroga sin_coste sin_costo sin_cargo pase clase sesion mensualidad recarga comision cargo devolverle"
    " devolverte coche_de_sustitucion",
    "desk": "equipo area departamento depto compañer* oficina sucursal seccion central almacen bodega facturacion"
    " cobros cobranza contabilidad administracion reservas ventas finanzas juridico legal mantenimiento soporte"
    " tecnicos segundo_nivel nivel especialista* experto* franquicia proveedor fabricante aseguradora seguro"
    " compañia transportista mensajeria paqueteria naviera operador concesionari* taller garantias calidad seguridad"
    " fraude logistica trafico despacho atencion posventa postventa servicio_tecnico servicio cocina farmacia"
    " laboratorio clinica banco socio aliado colaborador* agencia distribuidor* gestor* ejecutivo asesor*"
    " objetos_perdidos equipaje siniestros matriculas admision* secretaria ayuntamiento consulado perito bandeja"
    " turno delegacion mesa ventanilla unidad direccion responsable encargad* caja tesoreria riesgos bajas"
    " fidelizacion desarrollo informatica sistemas",
    "proof": "foto* fotografia* captura* pantallazo* numero num n.º referencia datos dato direccion recibo nombre"
    " nombres fecha comprobante justificante copia iban correo telefono celular movil serie modelo factura* dni nie"
    " rut cedula curp nit cuit pasaporte video codigo localizador estado_de_cuenta cuenta tarjeta digitos documento*"
    " formulario firma certificado carnet matricula placa talla color version navegador dispositivo lectura contador"
    " poliza etiqueta ticket boleta folio contrato titular pedido reserva cita codigo_postal usuario marca ubicacion",
    "question_noun": "pregunta duda consulta queria_saber quisiera_saber me_gustaria_saber quiero_saber saber"
    " posible preguntar sabe saben me_interesa",
    "policy": "politica politicas condiciones terminos garantia contrato norma normas normativa regla reglas"
    " reglamento ley leyes clausula apartado articulo letra_pequeña franquicia tarifa tarifas tasa tasas iva"
    " impuesto* cargo cargos limite minimo maximo plazo permanencia requisito* exclusion cobertura cuota recargo"
    " suplemento penalizacion peaje fianza vigencia estatuto legislacion legalmente tope comision edad horario",
    "ui": "ajustes configuracion menu boton app aplicacion web pagina enlace link cuenta contraseña clave pestaña"
    " icono pantalla portal navegador perfil bandeja spam carpeta cache palanca mando interruptor valvula filtro"
    " cable enchufe sesion opciones correo_no_deseado equipo modem router rueda tapa bateria",
    "case": "caso ticket queja reclamo reclamacion incidencia solicitud peticion consulta expediente mensaje correo"
    " carta comentario comentarios sugerencia* gestion tramite asunto reporte folio radicado pqr denuncia escrito"
    " formulario tema observaciones email mail",
    "thing": "paquete* pedido* encomienda envio maleta* equipaje vuelo* tren bus autobus colectivo barco ferry"
    " habitacion* reserva cita sofa silla mesa cama colchon armario ropero nevera heladera refri* frigorifico horno"
    " lavadora lavarropas secadora lavavajillas caldera calefon calentador router modem internet wifi telefono"
    " celular movil portatil laptop computadora ordenador tableta pantalla bateria cargador coche carro auto"
    " furgoneta moto bici* llanta neumatico motor ascensor elevador llave* tarjeta pizza comida torta pastel sopa"
    " bebida libro zapato* botas vestido abrigo chaqueta campera camisa anillo reloj lentes gafas medicina"
    " medicamento receta vacuna perro gato mascota boleto* billete* entrada* concierto obra curso clase gimnasio"
    " piscina pileta contador medidor tuberia caño techo gotera ventana puerta cerradura pieza piezas juguete juego"
    " cochecito cuna hotel departamento piso casa jardin hervidor tostadora licuadora camara impresora tele"
    " televisor linea señal servicio pago transferencia factura recibo luz agua gas seguro poliza aspiradora"
    " ventilador bombona garrafa",
    "money": "dinero plata pago pagos euros euro pesos peso soles sol dolares dolar importe monto saldo efectivo"
    " adeudo domiciliacion recibo banco tarjeta cuenta nomina sueldo cuota lana guita pasta lucas",
    "doer": "tecnico chofer repartidor cartero fontanero plomero gasfiter electricista cerrajero instalador"
    " conductor mensajero enfermer* doctor* veterinari* guia agente operador* recepcionista camarero mozo mesero"
    " personal dependient* chico chica señor señora persona muchacho joven asesor* mecanico perito albañil pintor"
    " montador empleado empleada cajera cajero vendedor* teleoperador*",
    "event": "boda cumpleaños fiesta funeral entierro examen examenes navidad reyes bautizo comunion graduacion"
    " aniversario vacaciones viaje entrevista reunion concierto operacion cirugia semana_santa casamiento quinceaños"
    " mudanza luna_de_miel curso colegio parto feria puente",
    "day": "lunes martes miercoles jueves viernes sabado domingo",
    "month": "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
    "now": "hoy ahora ahorita actualmente ahora_mismo enseguida inmediatamente al_momento esta_mañana esta_tarde"
    " esta_noche al_instante ya altiro recien ya_mismo de_inmediato hoy_mismo",
    "tomorrow": "mañana pasado_mañana semana_que_viene proxima_semana semana_proxima mes_que_viene fin_de_semana"
    " finde final_del_dia esta_semana este_mes fin_de_mes a_primera_hora quincena proximo",
    "past": "ayer anteayer antier anoche hace pasado pasada anterior anteriormente antes desde la_semana_pasada"
    " el_mes_pasado ya",
    "part": "tarde noche mediodia madrugada am pm hs h",
    "unit": "hora horas hrs minuto minutos min dia dias semana semanas mes meses año años habiles laborables naturales",
    "deadline": "antes plazo maximo a_mas_tardar como_maximo como_muy_tarde dentro hasta entre no_mas_tarde"
    " en_menos_de plazo_maximo tope al_cabo en_un_plazo a_partir",
    "soon": "pronto breve en_breve brevedad a_la_brevedad lo_antes_posible cuanto_antes en_cuanto tan_pronto"
    " proximamente enseguida rapido rapidamente en_seguida ratito un_momento un_momentito rato unos_dias"
    " lo_mas_rapido a_la_mayor en_su_momento oportunamente en_cuanto_podamos dentro_de_poco prontito lo_mas_pronto"
    " a_toda_maquina",
    "patience": "paciencia paciente comprension comprensivo tranquil* confianza prioridad priorit* importa"
    " importante importantes valor valoramos valiosa seriamente serio en_cuenta olvidado manos espera compromiso"
    " seguro",
    "still": "sigue siguen sigo seguimos todavia aun otra_vez de_nuevo nuevamente otro otra mismo misma igual"
    " continua continuan vuelve volvio vuelven volver volvió repite idem lo_mismo en_las_mismas peor persiste"
    " persisten",
    "count": "primer primera segundo segunda tercer tercera tercero cuarta cuarto quinta quinto sexta sexto dos tres"
    " cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta vez veces par mitad doble ambos"
    " enesima cada medio",
    "auto": "asistente nadie_lee no_se_leen estamos_cerrados hemos_cerrado guardamos_su automatic* automatico auto"
    " buzon no_responda no_responder no_conteste no_contestar no_respondas horario bot chatbot asistente_virtual"
    " desatendido no_supervisado no_monitoreado generado respuesta_automatica fuera_de_horario cola sistema estado"
    " noreply mensaje_automatico no_se_lee cerrado",
    "ooo": "fuera_de_la_oficina fuera_de_oficina ausente ausencia de_vacaciones vacaciones permiso baja_medica"
    " baja_maternal licencia sin_acceso acceso_limitado regreso vuelvo reincorpor* respuesta_automatica"
    " mensaje_automatico correo_automatico automatic* no_se_ha_podido_entregar no_se_pudo_entregar no_entregado"
    " no_pudo_ser_entregado entrega rebotado devuelto_al_remitente usuario_desconocido buzon_lleno cuota_excedida"
    " no_responda no_conteste postmaster mailer-daemon servidor fallo_de_entrega error_de_entrega destinatario"
    " direccion_no direccion_inexistente fax acuse_de_recibo confirmacion_de_lectura fue_leido ya_no_trabaja"
    " ya_no_forma autorespuesta desatendido pasarela notificacion_automatica ha_sido_registrada ticket_creado"
    " transmision estare_fuera estoy_fuera hasta sms delivery_status no_existe",
    "attach": "adjunt* adjunto adjunta adjuntos aqui_tiene aqui_tienen aqui_esta aqui_van aqui_va ahi_va ahi_van"
    " ahi_tienen ahi_te le_paso les_paso te_paso os_paso le_mando les_mando te_mando os_mando les_envio le_envio"
    " te_envio os_envio como_me_pidio como_me_pidieron como_pidio como_pidieron me_pidieron me_pidio me_pediste"
    " me_pedian me_pidio_usted lo_que_me solicitado solicitada solicitados solicitaron pediste pidieron va_adjunto"
    " van_adjuntas anexo anex* anexa tal_como segun_lo_solicitado respondo_a respondiendo en_respuesta contesto_a"
    " los_datos siguientes dejo_los les_dejo le_dejo te_dejo le_confirmo les_confirmo confirmo acompaño remito",
}
