"""Spanish words for how something was, by what they say of it. Stars and underscores as in `acts`."""

FEELINGS: dict[str, str] = {
    "broken": "rot* romp* dañad* dañ* averi* estrope* fall* defectuos* mal malo mala faltan falta falto faltaba"
    " faltaban tarde retras* demor* suci* fri* frio fria huele olia olor moho humedad mancha* rasg* rayad* abollad*"
    " equivocad* perdid* perdi* robad* rob* cay* colg* atasc* bloque* quem* humo chispa* inund* gotea goter* mojad*"
    " crud* podrid* caducad* vencid* cucaracha* raton* chinches pelo pelos floj* suelt* pequeñ* grande incomplet*"
    " vacio vacia cobr*_de_mas cobr*_dos doble duplicad* cancel* sobreventa tirad* varad* sin_luz sin_agua"
    " sin_internet sin_servicio sin_calefaccion no_funciona no_anda no_sirve no_enciende no_prende no_llego no_llega"
    " no_ha_llegado no_vino no_aparecio no_apareci* ni_rastro enferm* intoxic* alergi* herid* lesion* sangr*"
    " hospital urgencias llor* arruin* ruina destroz* pudr* ruido parpade* se_corta corta cortan corto cuelga"
    " mentira* mient* engañ* enga* ocult* sin_autorizacion sin_avisar negaron niegan se_niegan inservible oxidad*"
    " torcid* descosid* desteñ* encogi* astill* fuga pierde perdiendo apest* asquer* asco plantad* anul*",
    "bad": "decepcion* inacepta* indign* vergüenza vergonz* lamentable pesim* horrible horror terrible fatal nefast*"
    " desastr* asco basura porqueria burla ridicul* tomadura tomando_el_pelo pelo hart* cansad* enfad* enoj* molest*"
    " furios* rabia indignante incompet* inepto* ineptitud ladron* estafa* estaf* timo tim* robo abuso abusiv*"
    " fraude mentiros* mierda carajo pinche maldit* intolerable inadmisible insult* desconsider* falta_de_respeto"
    " respeto descontent* insatisf* disgust* trist* impresentable* chapuza chapucer* penoso penosa deja_mucho"
    " dejan_mucho desear nunca_mas jamas_vuelvo peor queja quejas quejarme quejo reclamo desastre pesadilla colmo"
    " ya_basta basta de_mal preocup* preocupante estres angusti* harta tarda triste deplorable malisim* chasco"
    " payas* sinverguenza* caradura* morro jeta cachond* verguenza colmad* perjuic* perjudic* daño_moral negligen*"
    " dejadez desidia maltrato grosero grosera maleducad* prepotente carisim* feo fea cutre bronca lata joder",
    "good": "excelente* genial fantastic* estupend* maravill* perfect* encant* encantad* amable* amabilidad rapid*"
    " eficaz eficient* profesional* buenisim* buen bueno buena mejor mejores feliz felices content* satisfech*"
    " impecable* espectacular increible lujo crack maquina* genio* idolo* groso* padrisim* chido chevere bacan bakan"
    " barbaro joya divino divina salvaron salvo salvaste delicios* ric* lind* bell* precios* hermos* atent*"
    " atencion_de_10 un_10 de_diez diez_puntos ejemplar trato cariño paciencia sonri* alegr* funciona_perfecto"
    " ya_funciona ya_anda quedo_perfecto como_nuevo de_maravilla de_lujo angel angeles humano humanidad recomiendo"
    " recomendare gran",
    "irony": "ah vaya bravo enhorabuena felicidades felicitaciones genial fantastico maravilloso precioso que_bonito"
    " que_bien menudo menuda vaya_servicio claro por_supuesto sera gracias_por_nada justo_lo_que que_detalle"
    " que_gracia chiste curioso curiosamente imagino supongo se_ve milagro novedad aplausos impresionante que_raro"
    " muy_bonito los_felicito te_felicito",
    "fixed": "arregl* repar* cambi* repuesto nuevo nueva nuevos nuevas solucion* resuelt* resolv* cerrad* cerr*"
    " devuelt* reembols* abon* correg* instal* reinici* reinstal* actualiz* limpi* sustitu* reemplaz* parche apañ*"
    " compostur*",
    "followed": "como_me_dijo como_dijo como_me_dijeron como_dijeron como_me_indico como_indico como_indicaron"
    " como_me_dijiste como_me_explico seguí segui_los seguí_sus sus_pasos los_pasos sus_instrucciones"
    " las_instrucciones hice_lo probe probé ya_probe lo_intente intente nada_cambio ni_asi no_sirvio no_funciono"
    " no_hubo_caso no_resulto sin_exito en_vano no_ha_servido no_ha_funcionado no_soluciona no_solucion* no_resuelve"
    " no_resolv* no_esta_resuelto no_esta_solucionado no_esta_arreglado sigue_igual sigo_igual seguimos_igual"
    " todo_igual reabr* reabran no_responde_a no_contesta_a no_era_mi_pregunta no_pregunte no_es_lo_que mi_pregunta"
    " volvio_a vuelve_a ha_vuelto otra_vez el_enlace el_codigo el_nuevo la_nueva el_repuesto que_me_dio"
    " que_me_mandaron que_me_mando que_me_enviaron que_mandaron que_enviaron su_tecnico el_tecnico su_respuesta"
    " la_respuesta su_solucion dieron_por dan_por figura_como aparece_como pone_que dice_que lo_cerraron cerraron"
    " consejo truco remedio lo_que_me_dijo",
    "please": "por_favor porfavor porfa quiero quisiera deseo necesito exijo pido solicito ruego me_gustaria espero"
    " que_me que_se devuelvanme mandenme denme quería pretendo reclamo",
    "yes": "si claro correcto exacto efectivamente por_supuesto vale ok dale listo bueno buena_noticia"
    " buenas_noticias afirmativo asi_es desde_luego",
    "no": "no nones lamentablemente desgraciadamente desafortunadamente negativo",
    "greet": "hola buenas buenos_dias buenas_tardes buenas_noches estimad* apreciad* querid* saludos saludo cordial"
    " atte atentamente cordialmente señores don doña abrazo muy_señores buen_dia qué_tal",
    "wish": "espero esperamos feliz disfrut* buen_finde buen_fin buen_viaje suerte felices bienvenid* que_tenga"
    " que_tengas cuidate pasalo felicidades animo",
}
