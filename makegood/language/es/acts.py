"""Spanish words of doing, by what is done. A star stands for any ending; an underscore joins words of a phrase."""

ACTS: dict[str, str] = {
    # What a house does for a customer.
    "give": "devolv* devuelv* devuelt* reembols* reintegr* abon* compens* indemniz* regal* obsequi* bonific*"
    " acredit* pag* repon* repus* reposic* repong* cambi* sustitu* reemplaz* mand* envi* remit* despach* expid*"
    " reenvi* entreg* repar* arregl* recog* recoj* retir* descont* descuent* rebaj* condon* anul* extend* ampli*"
    " prolong* ofrec* incluy* invit* asum* cubr* reubic* realoj* reprogram* instal* mont* dar daremos damos doy dare"
    " dimos diste den dé demos dad darle darte darles dando dado poner ponemos pongo pondremos pondre puesto regres*"
    " restitu* reactiv* repet* repit* hacer_llegar hacemos_llegar deposit* transfer* gir* subimos subo bajamos bajo"
    " quito quitamos quitar perdon* otorg* conced* reserv* llev* traer trae traemos acerc* emit* recarg* saldar"
    " resarc* rehac* reimpr* imprim* dejo dejamos meter meto metemos sumar sumamos sumo agreg* añad* eximi* exoner*"
    " cort* acomod* pasarle_al cargar cobrar",
    "handle": "revis* investig* analiz* estudi* mir* gestion* tramit* trabaj* valor* evalu* comprob* verific*"
    " examin* proces* atend* atiend* ocup* seguimiento en_ello en_estudio en_curso en_tramite en_proceso en_revision"
    " rastre* al_tanto consult* averigu* encarg* vemos viendo viéndolo mirándolo chequ* monitor* estamos_con"
    " estoy_con con_ello resolv* solucion* indag* hacemos_cargo manos cotej* valid* priori* escal* insist* recl*"
    " a_la_espera esperando pendiente pendientes cola recopil*",
    "receive": "recib* llego llegado llegó registr* anot* apunt* tom*_nota tomado_nota tomamos_nota tomo_nota nota"
    " constancia abierto abrimos abrio abrió ingres* qued* leid* leimos leí vimos visto ya_vi vi enterad* acuse"
    " recepcion recepcionad* nos_consta cargado recogid* guardad* dado_de_alta asentad* archivad* recibido"
    " tenemos_tu tenemos_su tengo_tu tengo_su apuntad*",
    "contact": "contact* llam* escrib* escrit* contest* respond* respuest* respuesta avis* comunic* inform* confirm*"
    " marc* telefone* pondremos_en_contacto ponemos_en_contacto pondra_en_contacto ponga_en_contacto notific*"
    " al_habla hablar hablo hablamos habla mensaje dirá digo decimos diremos diré cuento contamos contaremos contaré"
    " noticias novedades sabras sabra te_digo le_digo actualiz* mantendr* manten* mantenerle mantenerte chate*"
    " timbr* telefonaz* toque llamada correo whatsapp reporto reportaremos vuelvo volvemos volvere",
    "pass": "pas* deriv* traslad* transfer* remit* reenvi* escal* turn* canaliz* redirig* asign* reasign* elev*"
    " encamin* comunic*_con pongo_con paso_con pasamos_con dirigirse diríjase dirijase dirigete acud* en_manos_de"
    " lo_lleva lo_llevan lleva_el corresponde compete compet* pertenece depende_de depende_del a_cargo_de se_encarga"
    " se_encargan toma_el_relevo conect* enlaz* vincul* delego delegad* mov* devuelto_a remitid* enrut* destin* cedo"
    " copia copiad* copio en_copia lo_ve lo_ven no_los_vemos contacte_con comuniquese comunicarse con_copia"
    " hazte_cargo presento presentarte tu_contacto retoma seguira_con sigue_con",
    "find": "encontr* localiz* descubr* hall* detect* identific* result* causa motivo origen debid* debi* averia"
    " averiguado ya_sabemos sabemos_por_que por_que_paso culpa falla fallo fallos error errores se_trataba se_debe"
    " se_debio problema_era fue_un era_un era_una rastread* ubic* confundi* traspapel* mal_etiquetado equivocad*"
    " equivoc* se_rompio saltó cruz* despist* olvid* quedo_atascad* quedó_en aparec* dimos_con dio_con he_visto"
    " consta se_cayo cayo duplicad* por_error descuido colo provoc* ocasion* origino rompio atasc*",
    "happen": "salio salido llego llegado cancelad* cancelo anulad* cerrad* cerro cerró resuelt* solucionad*"
    " arreglad* reparad* entregad* enviad* despachad* abonad* reembolsad* devuelt* acreditad* emitid* liberad*"
    " aprobad* rechazad* aceptad* corregid* modificad* actualizad* restablecid* restaurad* activad* reactivad*"
    " desbloquead* retrasad* demorad* aplazad* suspendid* desviad* recuperad* recibido en_camino en_reparto"
    " en_transito de_camino listo lista hecho quedo_resuelto ya_esta ya_funciona ya_salio ha_salido ha_llegado se_ha"
    " se_envio se_abono se_hizo fue_enviad* reabiert* eliminad* quitad* borrad* completad* terminad* acabad*"
    " repuest* cambiad* sustituid* retenid* detenid* parad* varad* agotad* disponible despegó aterriz* aduana"
    " confirmad* ejecutad* realizad* efectuad* volvio regreso subieron subio salieron pagad* liquidad* conciliad*"
    " volc* arranc* reprogramad*",
    "do_ask": "envi* mand* pas* adjunt* dig* dime decir* confirm* indiqu* indica* indic* facilit* proporcion*"
    " comparti* compart* rellen* complet* respond* contest* reenvi* escrib* deja dej* da dame denos aport* remit*"
    " describ* cuent* explic* especific* señal* aclar* revis* comprueb* prueb* intent* fij* mir* saque saca sac*"
    " haga haz tom* firm* subi* sub* present* acerc* record* marc* pega pegue hagame haganos",
    "howto": "pulse pulsa pulsar puls* presion* apriet* apret* hag*_clic haz_clic clic click entra entre entr* abre"
    " abra abrir seleccion* elige ve vaya ir va toca toque tocar mantener mantenga manten imprim* descarg* reinici*"
    " apag* encend* enciend* desenchuf* enchuf* desconect* conect* desmarc* marca activa desactiv* borra borre"
    " actualiz* instal* desinstal* introduc* escrib* ingres* inicia inicie cierra cierre desliz* gira gire girar"
    " tira tire empuj* quite quita quitar saque lav* sec* carg* us* utiliz* deje deja dej* lleve lleva presente"
    " solicit* pide pida acud* basta simplemente mueve mueva coloc* pon ponga poner vuelva vuelve espere espera"
    " limpi* aclar* añad* agreg* dirij*",
    "offer": "ofrec* propon* propong* propuest* suger* sugier* gustaria_ofrecer queremos queria quisieramos podemos"
    " puedo podriamos podria encantad* dispuest* con_gusto detalle gesto cortesia sin_coste sin_costo sin_cargo"
    " sin_gastos gratis gratuit* por_nuestra_cuenta corre_por corren_por a_nuestro_cargo a_cargo_nuestro"
    " de_nuestra_parte invita_la_casa invitamos compens* obsequi* regal* le_parece te_parece les_parece le_parecería"
    " que_tal te_va_bien le_va_bien te_viene_bien le_viene_bien si_lo_prefiere si_prefieres si_prefiere si_quieres"
    " si_quiere si_lo_desea si_le_parece si_te_parece si_gusta si_gustas si_querés lo_que_prefiera lo_que_prefieras"
    " como_prefiera usted_dira tu_diras tu_eliges usted_elige tu_decides usted_decide elija elige a_elegir"
    " por_las_molestias por_la_molestia en_compensacion a_modo_de como_disculpa a_cambio sin_preguntas lo_cubrimos"
    " asumimos nos_hacemos_cargo corremos_con ponemos_nosotros yapa ñapa cortesía",
    "choose": "elegir elija elige eliges elegis escoj* escog* prefier* preferi* prefer* opcion opciones alternativa"
    " decid* cualquiera bien_o o_bien",
    "ask_verb": "necesit* requer* requier* falta faltan faltaria precis* hace_falta hacen_falta favor_de por_favor"
    " porfa porfis podria podrias podrian podes puede puedes pueden podeis seria_tan_amable serias_tan amable"
    " me_dice me_dices me_decis me_confirma me_confirmas me_pasas me_pasa nos_pasa nos_pasas me_pasás me_mandas"
    " nos_mandas me_manda nos_manda me_envia nos_envia me_envias nos_envias nos_indica nos_facilita nos_dice"
    " nos_dices nos_confirma nos_confirmas tiene tienes tenes han ha has es_usted que cual cuales cuando donde quien"
    " como cuanto cuantos para_seguir para_poder para_continuar para_avanzar para_tramitar sin_ese sin_eso rogamos"
    " agradeceria agradeceriamos agradecere le_importa te_importa nos_falta me_falta nos_hace urge antes_de_seguir"
    " antes_de_nada",
    "letknow": "no_dude no_dudes no_duden cualquier_duda cualquier_cosa cualquier_consulta quedo_a quedamos_a"
    " disposicion a_las_ordenes estamos_para para_servirle para_servirte aqui_estamos aqui_estoy algo_mas avisanos"
    " avisame aviseme digame si_necesita si_necesitas",
    "rate": "valor* valoracion calific* puntu* puntua encuesta* opinion opinar estrella* reseña* escala satisf*"
    " satisfech* recomend* recomendaria experiencia que_tal_te que_tal_le que_tal_lo como_te_hemos como_le_hemos"
    " como_fue como_te_fue como_le_fue como_valor* minuto minutos minutito segundos ayudanos ayudenos mejorar"
    " cuestionario pregunta_rapida dejanos dejenos nota evalua evalu* del_1_al_5 del_0_al_10 del_1_al_10 pulgar"
    " carita caritas resuelto_tu te_ayudo le_ayudo te_ayudamos te_ha_sido comentarios opina",
    "refuse": "no_podemos no_puedo no_es_posible no_se_puede no_sera_posible no_resulta imposible rechaz* denega*"
    " deneg* desestim* no_procede no_corresponde no_cubre no_aplica no_incluye no_admite no_reembolsable mantenemos"
    " ratific* no_vamos_a no_cabe no_ha_lugar lamentablemente no_accede acceder excluid* fuera_de improcedente"
    " no_da_derecho",
    "know": "significa quiere_decir normal siempre nunca suele suelen porque ya_que puesto_que por_eso de_ahi motivo"
    " razon aplica aplican cuenta cuentan cubre cubren incluye incluyen permite permiten admite admiten vale valen"
    " sirve sirven funciona funcionan requiere hace_falta hay_que tiene_que obligatorio necesario compatible"
    " disponible cuesta dura tarda caduca vence empieza abre cierra contiene lleva depende gratuit* se_puede"
    " se_pueden se_cobra se_paga se_devuelve da_derecho entra entran corresponde corresponden basta va_ligado"
    " consiste equivale rige",
    "decide": "decid* decision conclu* acord* acuerd* aprob* aceptamos aceptad* resolucion dictam* determin* estim*"
    " dar_la_razon tiene_razon tienes_razon tenia_razon tenias_razon resolvimos hemos_resuelto procede",
    "check_plan": "voy_a_ver a_ver_que miro_si veo_si ver_si veremos intentar* tratar* procur*",
    "work": "funciona funcionan funcionando funcionaba anda andan anduvo andando arranca enciende prende prendio"
    " marcha va_bien va_perfecto jala furula conecta sirve sirvio",
    "take": "no_tiene_que no_tienes_que no_hace_falta no_es_necesario no_necesita no_necesitas tranquil*"
    " no_se_preocupe no_te_preocupes",
    # What a customer does.
    "promised": "prometi* prometier* dijer* dijo dijeron dijiste asegur* garantiz* juraron quedaron quedamos quedó"
    " iban_a iba_a tenia_que tenian_que debia debian habia_quedado segun habian aseguró comprometi* supuesta*"
    " supuesto se_supone anunciaron venden prometido",
    "waited": "esper* llevo llevamos lleva sin_respuesta sin_noticias nadie nunca nada no_contest* no_respond*"
    " no_llam* ningun* ignor* cuelgan colgaron colgo cuelga me_tienen pelot* de_un_lado rebot* robot maquina vueltas"
    " dias horas semanas meses silencio sigo_sin seguimos_sin seguimos todavia_no aun_no ni_una ni_un largas"
    " dieron_largas plantad* plantaron hartaron insist* cola contestador",
    "withdraw": "olvid* ignor* caso_omiso hagan_caso haced_caso no_hagan_caso no_me_hagan_caso no_hace_falta"
    " ya_no_hace_falta ya_no_necesito ya_no_es_necesario ya_no_hace dejenlo dejalo dejelo dejemos_lo dejadlo lo_dejo"
    " lo_dejamos retir* desist* anul* anulen cierren cerrar cerrad cierre pueden_cerrar puede_cerrar puedes_cerrar"
    " pueden_dar_por_cerrad* dar_por_cerrad* doy_por_cerrad* caso_cerrado falsa_alarma error_mio culpa_mia fue_mio"
    " era_mio mi_error me_equivoque me_confundi mea_culpa aparecio ya_aparecio lo_encontre la_encontre"
    " ya_lo_encontre lo_tenia la_tenia ya_llego al_final se_arreglo se_soluciono solo_se ya_lo_solucione"
    " ya_lo_arregle ya_lo_resolvi ya_quedo ya_esta_solucionado ya_esta_resuelto no_vale_la_pena no_merece_la_pena"
    " me_rindo renuncio da_igual quede_en_nada sin_efecto dejar_sin_efecto deje_sin_efecto me_precipite despiste"
    " despistad* mandé_a_quien mal_enviado no_era_para era_para_otra empresa_equivocada no_sigan no_busquen"
    " no_la_busquen no_lo_busquen paren dense_por no_procede ya_no no_molest* desestim* tiro_la_toalla paso_de"
    " bolsillo cajon vecino vecina spam falla_mia tontería lei_mal crei_que ya_me_llego ya_pude",
    "escalate": "responsable encargad* gerente gerencia jefe jefa jefes supervisor* director* directiv* dueñ*"
    " superior* presidente presidenta alguien_con alguien_que_mande alguien_que_decida quien_mande mandamas cargo"
    " coordinador* administrador* consejero delegado propietari* cúpula rector decana alto_cargo por_encima escal*"
    " elev* direccion instancia independiente arbitr* mediacion mediador defensor_del_cliente reclamacion_formal"
    " hoja_de_reclamaciones hojas_de_reclamaciones libro_de_reclamaciones libro_de_quejas casa_matriz sede central"
    " persona_de_verdad con_autoridad con_poder_de encargue jefatura",
    "threat": "defensor* ombudsman consumo consumidor consumidores abogad* letrad* denunci* demand* juzgado juicio"
    " tribunal* juez justicia legal legales profeco sernac indecopi ocu facua omic condusef sic procon"
    " oficina_del_consumidor defensa_del_consumidor proteccion_al_consumidor regulador superintendencia"
    " superfinanciera policia fiscalia prensa periodico* diario radio television tele periodista* twitter facebook"
    " instagram tiktok redes redes_sociales reseña public* viral medios abogacia conciliacion notari* burofax"
    " carta_documento autoridad autoridades ministerio inspeccion sanidad agencia_de_proteccion proteccion_de_datos"
    " aesa enacom osiptel cnmc banco_de_españa sindicato defensoria tutela personería acudire acudir querella"
    " contracargo exhib* reporte_ante difund* etiquet* hilo grupo_de_vecinos google tripadvisor trustpilot foro",
    "pending": "sin_novedad sin_novedades sin_noticias aun_nada todavia_nada nada_aun nada_todavia no_han_dicho"
    " no_ha_contestado no_contesta no_contestan no_nos_contesta aun_no todavia_no sigue_en sigue_con sigue_pendiente"
    " siguen_en siguen_sin seguimos_esperando sigo_esperando a_la_espera en_espera pendiente_de no_se_me_ha_olvidado"
    " no_me_he_olvidado no_lo_olvido falta_que en_estudio por_orden una_a_una por_turno desbordados saturados"
    " atrasados",
    "not_ours": "cosa_nuestra no_es_nuestro no_son_nuestras no_son_nuestros no_es_nuestra es_cosa_de es_cosa_del"
    " son_cosa_de asunto_de asunto_del tema_de tema_del no_somos no_es_con_nosotros no_nos_corresponde"
    " no_me_corresponde no_me_toca no_nos_toca se_me_escapa fuera_de_mi mi_alcance en_manos en_manos_de ya_lo_tiene"
    " ya_lo_tienen lo_tiene lo_tienen lo_lleva lo_llevan lo_ve lo_maneja lo_manejan lo_atiende lo_atendera lo_retoma"
    " se_hace_cargo se_haran_cargo se_hara_cargo que_le_escribira que_le_contactara se_pondran le_escribiran"
    " le_respondera cubro_a es_con es_quien son_quienes pregunte_a pregunteselo hablelo vaya_a dirigase_a"
    " tiene_que_ir tramite_se otra_area otro_departamento area_equivocada ventanilla",
    "accept": "escoja escoge elija elige elegi usted_escoge usted_elige vos_elegis usted_manda usted_dira vos_diras"
    " tu_diras como_guste como_gustes como_quiera como_quieras lo_que_guste cual_prefiere cual_prefieres"
    " que_prefiere que_prefieres que_le_parece que_te_parece le_parece_bien te_parece_bien le_va_bien te_va_bien"
    " te_va le_sirve te_sirve de_acuerdo hecho trato digame_cual dime_cual decime_cual avisame_cual"
    " con_cual_se_queda quiere_que queres_que quieres_que desea_que le_ayudaria te_ayudaria le_serviria te_serviria"
    " me_permite me_deja",
}
