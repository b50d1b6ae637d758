"""The common words of languages we do not read: enough to know that a person has to.

A tag gets words, and a pattern of spellings that its neighbours have not.
"""

OTHERS: dict[str, tuple[str, str]] = {
    "de": (
        """der die das den dem des ein eine einen einem einer eines und oder aber wenn weil dass daß als wie was wer
        wo wann warum ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihn ihnen mein meine meinen
        meiner dein sein seine unser unsere ist bin bist sind seid war waren wird werden wurde wurden worden habe hat
        haben hatte hätte kann können könnte muss müssen soll sollte will wollen möchte darf nicht kein keine nichts
        nie niemand von vom zu zum zur mit ohne für auf aus an am in im bei nach vor seit bis über unter zwischen
        durch gegen um auch noch schon nur sehr mehr wieder immer jetzt heute morgen gestern hier dort dann also
        doch mal bitte danke vielen dank hallo guten tag sehr geehrte damen herren grüße grüßen gruß freundlichen
        herzliche ja nein hatten diese dieser dieses diesen alle alles etwas man bestellung lieferung paket rechnung
        geld erstattung konto woche tage tagen monat uhr montag dienstag mittwoch donnerstag freitag samstag
        sonntag euch ihre ihren ihrem ihrer bekommen gekommen angekommen""",
        r"\w*ß\w*|\w+(?:ung|ungen|lich|keit|heit|isch|schaft)|\w*(?:sch|tz|pf|äu)\w*|ge\w{3,}t",
    ),
    "fr": (
        """le la les un une des du de et ou mais si parce que qui quoi dont où quand comment pourquoi je tu il elle
        on nous vous ils elles me te se lui leur moi toi mon ma mes ton ta tes son sa ses notre nos votre vos leurs
        est suis es sommes êtes sont était étaient sera serait être été ai as a avons avez ont avait avoir aurait eu
        fait faire fais peut peux pouvez pouvons pourriez pourrait voudrais voulez dois doit devez ne pas plus
        jamais rien personne aucun aucune dans en sur sous avec sans pour par chez vers depuis entre avant après
        pendant jusqu au aux ce cet cette ces cela ça c'est j'ai n'est n'ai qu'il d'un d'une l'on aussi encore déjà
        très trop bien mal toujours alors donc ici là bonjour bonsoir merci madame monsieur cordialement salutations
        svp s'il plaît oui non aujourd'hui demain hier lundi mardi mercredi jeudi vendredi samedi dimanche commande
        livraison colis facture argent remboursement compte semaine jours mois heures reçu reçois tout tous toute
        toutes autre même comme votre""",
        r"(?:[ldjnmtsc]|qu)'[aeéèêhiouy]\w*|\w+(?:eux|euse|ement|ez|ois|ait|aient|é[es]?|ère)|\w*[œêèûîë]\w*",
    ),
    "pt": (
        """o a os as um uma uns umas e ou mas se porque que quem qual quando onde como quanto eu tu ele ela nós eles
        elas você vocês me te lhe nos meu minha meus minhas seu sua seus suas nosso nossa é sou são foi era eram ser
        sido está estou estão estava esteve estar seja há houve tem tenho temos têm tinha ter tive pode posso podem
        podia poderia quero quer queria gostaria preciso não nem nada ninguém nunca de do da dos das em no na nos
        nas por pelo pela pelos para com sem sobre entre desde até ao aos à às já ainda também muito muita mais
        menos só isso isto este esta esse essa aquele num numa depois antes agora sempre então assim olá bom boa dia
        tarde noite obrigado obrigada atenciosamente cumprimentos favor por sim hoje amanhã ontem segunda terça
        quarta quinta sexta sábado domingo encomenda entrega fatura dinheiro reembolso conta semana dias mês horas
        recebi pedido chegou vocês estou meu foram fazer fiz""",
        r"\w*(?:ção|ções|ão|ões|ã|õ|nh|lh)\w*|\w+(?:eiro|eira|ou)",
    ),
    "it": (
        """il lo la i gli le un uno una e ed o ma se perché che chi cui quando dove come quanto quale io tu lui lei
        noi voi loro mi ti si ci vi ne mio mia miei mie tuo tua suo sua nostro nostra vostro vostra è sono sei siamo
        siete era erano sarà essere stato stata stati ho hai ha abbiamo avete hanno avevo aveva avere fatto fare
        posso può potete possiamo potrebbe vorrei voglio devo deve non né niente nulla nessuno mai di del dello
        della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nello nella nei nelle su sul sulla
        con senza per tra fra già ancora anche molto molta più meno solo questo questa questi queste quello quella
        dopo prima ora adesso sempre allora così qui ciao buongiorno buonasera salve grazie cordiali saluti
        distinti prego oggi domani ieri lunedì martedì mercoledì giovedì venerdì sabato domenica ordine consegna
        pacco fattura soldi rimborso conto settimana giorni mese ore ricevuto arrivato ogni tutto tutti altro però
        c'è dell'ordine l'ho""",
        r"\w+(?:zione|zioni|aggio|ità|ezza|endo|ato|ata|iamo|gli|cchi\w)|(?:dell|all|nell|dall|un|quest)'\w+|\w*zz\w*",
    ),
    "nl": (
        """de het een en of maar als omdat dat die wat wie waar wanneer waarom hoe ik jij je u hij zij ze wij we
        jullie mij me jou hem haar ons hun mijn jouw uw zijn onze is ben bent was waren wordt worden werd geworden
        heb hebt heeft hebben had hadden kan kunt kunnen kon moet moeten zal zou zullen wil willen mag niet geen
        niets niemand nooit van voor met zonder op aan in uit bij naar na sinds tot over onder tussen door tegen om
        te ook nog al alleen zeer heel meer weer altijd nu vandaag morgen gisteren hier daar dan dus toch wel graag
        dank bedankt hallo beste geachte groet groeten vriendelijke ja nee deze dit alle alles iets men bestelling
        levering pakket factuur geld terugbetaling rekening week dagen maand uur maandag dinsdag woensdag donderdag
        vrijdag zaterdag zondag goed mijn er zo""",
        r"\w*(?:ij|aa|uu|oe|eeu|sch)\w*|\w+(?:heid|lijk|lijke|tje|ing|en)|ge\w{3,}[dt]",
    ),
    "ca": (
        """el la els les un una uns unes i o però si perquè que qui què quan on com quant jo tu ell ella nosaltres
        vosaltres ells elles vostè vostès em et es ens us li meu meva meus meves teu seva seu seus nostre nostra és
        sóc soc són va vaig era eren serà ser estat està estic estan estava sigui hi ha hem han havia tinc té tenim
        tenen puc pot podeu poden podria vull vol voldria necessito no ni res ningú mai de del dels d'un d'una en a
        al als per pel amb sense sobre entre des fins cap ja encara també molt molta més menys només aquest aquesta
        això aquests aquell allà aquí així llavors després abans ara sempre hola bon bona dia tarda gràcies salutacions
        atentament si us plau sisplau avui demà ahir dilluns dimarts dimecres dijous divendres dissabte diumenge
        comanda lliurament paquet factura diners reemborsament compte setmana dies mes hores rebut arribat fer fet
        tot tots""",
        r"\w+(?:ció|cions|itat|ment|ts)|\w*(?:l·l|ny|ï|tj|tx)\w*|[ldnms]'\w+",
    ),
}
