"""Whole mails as the programs of many countries send them, and the words in them that are new.

One mail a row: what is special about it, the body, the new words. All people, houses and numbers are invented.
"""

import pytest

from makegood.language.replies import new_words

MAILS = [
    pytest.param(
        "Fine by me.\n\n"
        "On Wed, Apr 8, 2026 at 4:02 PM Tilda (Harbour Gas) <tilda@harbour.example> wrote:\n\n> Hello\n"
        "> When?\n",
        "Fine by me.",
        id="gmail weekday first no comma",
    ),
    pytest.param(
        "Fine.\n\nOn Wed, Apr 8, 2026 at 4:02 PM Tilda from Harbour Gas Customer\n"
        "Care Department North <\ntilda+c881@harbour.example> wrote:\n\n> Hello\n",
        "Fine.",
        id="gmail three line wrap",
    ),
    pytest.param(
        "Yes, the blue one.\n\nGet Outlook for Android\n________________________________\n"
        "From: Harbour Gas <care@harbour.example>\nSent: Wednesday, April 8, 2026 4:02:11 PM\n"
        "To: Jo <jo@mail.example>\nSubject: Re: Your boiler\n\nWhich one?\n",
        "Yes, the blue one.",
        id="outlook mobile en",
    ),
    pytest.param(
        "Ja, die blaue.\n\nOutlook für iOS beziehen\n________________________________\n"
        "Von: Harbour Gas <care@harbour.example>\nGesendet: Mittwoch, 8. April 2026 16:02\nAn: Jo\n"
        "Betreff: Re: Therme\n\nWelche?\n",
        "Ja, die blaue.",
        id="outlook mobile de",
    ),
    pytest.param(
        "ok thanks\n\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n"
        "From: Harbour Gas <care@harbour.example>\nDate: 08/04/2026 16:02 (GMT+00:00)\n"
        "To: jo@mail.example\nSubject: Your boiler\n\nHello\n",
        "ok thanks",
        id="samsung",
    ),
    pytest.param(
        "vale gracias\n\nEnviado desde mi Galaxy\n\n-------- Mensaje original --------\n"
        "De: Gas Puerto <hola@gas.example>\nFecha: 8/4/26 16:02 (GMT+01:00)\nA: jo@mail.example\n"
        "Asunto: Su caldera\n\nHola\n",
        "vale gracias",
        id="samsung es",
    ),
    pytest.param(
        "Sí, el martes.\n\n"
        "    En miércoles, 8 de abril de 2026, 16:02:11 CEST, Gas Puerto <hola@gas.example> escribió:\n"
        "\n Hola\n ¿Qué día?\n",
        "Sí, el martes.",
        id="yahoo es",
    ),
    pytest.param(
        "Ja, Dienstag.\n\n"
        "    Am Mittwoch, 8. April 2026 um 16:02:11 MESZ hat Gas <hallo@gas.example> Folgendes geschrieben:\n"
        "\n Hallo\n Wann?\n",
        "Ja, Dienstag.",
        id="yahoo de",
    ),
    pytest.param(
        "Oui, mardi.\n\n"
        "    Le mercredi 8 avril 2026 à 16:02:11 UTC+2, Gaz <bonjour@gaz.example> a écrit :\n\n"
        " Bonjour\n",
        "Oui, mardi.",
        id="yahoo fr",
    ),
    pytest.param(
        "Tuesday please\n\nSent from Yahoo Mail on Android\n\n"
        "  On Wed, 8 Apr 2026 at 16:02, Harbour Gas<care@harbour.example> wrote:   Hello, which day?\n",
        "Tuesday please",
        id="yahoo mobile",
    ),
    pytest.param(
        "El martes.\n\nEnviado desde mi iPhone\n\n"
        "> El 8 abr 2026, a las 16:02, Gas Puerto <hola@gas.example> escribió:\n> \n> Hola\n",
        "El martes.",
        id="apple es",
    ),
    pytest.param(
        "Dienstag.\n\nVon meinem iPad gesendet\n\n"
        "> Am 08.04.2026 um 16:02 schrieb Gas <hallo@gas.example>:\n> \n> Hallo\n",
        "Dienstag.",
        id="apple de",
    ),
    pytest.param(
        "Mardi.\n\nEnvoyé de mon iPad\n\n"
        "> Le 8 avr. 2026 à 16:02, Gaz <bonjour@gaz.example> a écrit :\n> \n> Bonjour\n",
        "Mardi.",
        id="apple fr",
    ),
    pytest.param(
        "Am 08.04.26 um 16:02 schrieb Gas Kundendienst:\n> Hallo\n> Wann passt es?\n\nDienstag ab neun.\n\nGruß\nUlf\n",
        "Dienstag ab neun.\n\nGruß\nUlf",
        id="thunderbird de bottom",
    ),
    pytest.param(
        "Le 08/04/2026 à 16:02, Gaz a écrit :\n> Quel jour ?\nMardi.\n> À quelle heure ?\nVers neuf heures.\n",
        "Mardi.\n\nVers neuf heures.",
        id="thunderbird fr inline",
    ),
    pytest.param(
        "Terça.\n\nEm 08/04/2026 16:02, Gás escreveu:\n> Olá\n",
        "Terça.",
        id="thunderbird pt",
    ),
    pytest.param(
        "Martedì.\n\nIl 08/04/2026 16:02, Gas ha scritto:\n> Ciao\n",
        "Martedì.",
        id="thunderbird it",
    ),
    pytest.param(
        "Martedì.\n\nDa: Gas <ciao@gas.example>\nInviato: mercoledì 8 aprile 2026 16:02\nA: Jo\n"
        "Oggetto: R: Caldaia\n\nCiao\n",
        "Martedì.",
        id="outlook it",
    ),
    pytest.param(
        "Dienstag geht.\n\nGesendet: Mittwoch, 08. April 2026 um 16:02 Uhr\n"
        'Von: "Gas" <hallo@gas.example>\nAn: jo@mail.example\nBetreff: Therme\n\nHallo\n',
        "Dienstag geht.",
        id="gmx de",
    ),
    pytest.param(
        "Tuesday.\n\nSent with Proton Mail secure email.\n\n"
        "On Wednesday, April 8th, 2026 at 4:02 PM, Harbour Gas <care@harbour.example> wrote:\n\n"
        "> Hello\n",
        "Tuesday.",
        id="proton",
    ),
    pytest.param(
        "No, still cold.\n\nBest wishes\n\nPriya Nair\nOffice Manager, Fenwick & Low Ltd\n"
        "14 Canal Wharf, Leeds LS1 4AB\nM: 07700 900123\n\n"
        "On Wed, 8 Apr 2026 at 16:02, Harbour Gas <care@harbour.example> wrote:\n> Warm?\n",
        "No, still cold.\n\nBest wishes",
        id="contact block en",
    ),
    pytest.param(
        "Sigue igual.\n\nUn saludo,\n\nRamón Ferrer\nJefe de compras\nTalleres Ferrer, S.L.\n"
        "Tel. 961 234 567\n\nEl mié, 8 abr 2026 a las 16:02, Gas (<hola@gas.example>) escribió:\n\n"
        "> ¿Ya va?\n",
        "Sigue igual.\n\nUn saludo,",
        id="contact block es",
    ),
    pytest.param(
        "Noch kalt.\n\nMit freundlichen Grüßen\n\nUlf Brandt\nLeiter Einkauf\nBrandt Metallbau GmbH\n"
        "Telefon +49 441 123456\n\nVon: Gas\nGesendet: Mittwoch, 8. April 2026 16:02\nAn: Ulf\n"
        "Betreff: Therme\n\nWarm?\n",
        "Noch kalt.\n\nMit freundlichen Grüßen",
        id="contact block de",
    ),
    pytest.param(
        "Toujours froid.\n\nCordialement,\n\nLucie Morel\nDirectrice administrative\n"
        "Morel & Fils SARL\nTél. : 01 99 00 12 34\n",
        "Toujours froid.\n\nCordialement,",
        id="contact block fr",
    ),
    pytest.param(
        "Still cold.\n\nKind regards,\nPriya\n\n"
        "On Wed, 8 Apr 2026 at 16:02, Harbour Gas <care@harbour.example> wrote:\n> Warm?\n",
        "Still cold.\n\nKind regards,\nPriya",
        id="bare name kept",
    ),
    pytest.param(
        "Adjunto la foto.\n\n"
        "AVISO DE CONFIDENCIALIDAD: Este mensaje y sus adjuntos se dirigen a su destinatario.\n"
        "Si lo recibe por error, bórrelo.\n",
        "Adjunto la foto.",
        id="disclaimer es",
    ),
    pytest.param(
        "Photo attached.\n\n"
        "This email and any files transmitted with it are confidential and intended solely for the addressee.\n"
        "If you received it in error, delete it.\n",
        "Photo attached.",
        id="disclaimer en lower",
    ),
    pytest.param(
        "Photo jointe.\n\n"
        "Ce message et toutes les pièces jointes sont confidentiels, à l'intention de ses seuls destinataires.\n"
        "",
        "Photo jointe.",
        id="disclaimer fr",
    ),
    pytest.param(
        "Foto anbei.\n\nDiese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen.\n",
        "Foto anbei.",
        id="disclaimer de",
    ),
    pytest.param(
        "Photo attached.\n\n--\nThis email has been checked for viruses by Avast antivirus software.\n"
        "www.avast.example\n",
        "Photo attached.",
        id="virus note",
    ),
    pytest.param(
        "Adjunto foto.\n\nLibre de virus. www.avast.example\n",
        "Adjunto foto.",
        id="virus note es",
    ),
    pytest.param(
        "Please see what your driver wrote.\n\n---------- Forwarded message ---------\n"
        "From: Driver <d@van.example>\nDate: Wed, 8 Apr 2026 at 16:02\nSubject: parcel\nTo: Jo\n\n"
        "Left it.\n",
        "Please see what your driver wrote.",
        id="forward en",
    ),
    pytest.param(
        "Please see below.\n\nBegin forwarded message:\n\nFrom: Driver <d@van.example>\n"
        "Subject: parcel\nDate: 8 April 2026 at 16:02:11 BST\nTo: Jo\n\nLeft it.\n",
        "Please see below.",
        id="forward apple",
    ),
    pytest.param(
        "Siehe unten.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Paket\n"
        "Datum: Wed, 8 Apr 2026 16:02:11 +0200\nVon: Fahrer <d@van.example>\nAn: Jo\n\nAbgelegt.\n",
        "Siehe unten.",
        id="forward de",
    ),
    pytest.param(
        "Miren esto.\n\n-------- Mensaje reenviado --------\nAsunto: 	paquete\n"
        "Fecha: 	Wed, 8 Apr 2026 16:02:11 +0200\nDe: 	Chofer <d@van.example>\nPara: 	Jo\n\nDejado.\n",
        "Miren esto.",
        id="forward es thunderbird",
    ),
    pytest.param(
        "Voyez ceci.\n\nDébut du message transféré :\n\nDe: Chauffeur <d@van.example>\nObjet: colis\n"
        "Date: 8 avril 2026 à 16:02:11 UTC+2\nÀ: Jo\n\nDéposé.\n",
        "Voyez ceci.",
        id="forward fr",
    ),
    pytest.param(
        "Tuesday.\n\nOn Wed, 8 Apr 2026 at 16:02, Harbour Gas <care@harbour.example> wrote:\n\n"
        "> --- reply above this line ---\n>\n> Hello\n",
        "Tuesday.",
        id="delimiter gmail quoted",
    ),
    pytest.param(
        "Martes.\n\n--- responda por encima de esta línea ---\n\nHola, ¿qué día le viene bien?\nGas Puerto\n",
        "Martes.",
        id="delimiter with text below unquoted",
    ),
    pytest.param(
        "Tuesday.\n\n—- Reply above this line —-\n\nHello\n",
        "Tuesday.",
        id="delimiter dashes changed",
    ),
    pytest.param(
        "Both.\n\nOn Wed, 8 Apr 2026 at 16:02, Harbour Gas <care@harbour.example> wrote:\n> Which?\n"
        ">> On Tue, Jo wrote:\n>> It is cold\n",
        "Both.",
        id="nested quotes",
    ),
    pytest.param(
        "Hi Tilda,\n\nsee below.\n\nOn 08/04/2026 16:02, Harbour Gas wrote:\n> Which day?\n\nTuesday.\n"
        "\n> Which floor?\n\nThird, no lift.\n\nJo\n",
        "Hi Tilda,\n\nsee below.\n\nTuesday.\n\nThird, no lift.\n\nJo",
        id="inline with greeting",
    ),
    pytest.param(
        "Tuesday is fine.\n\nJo\n\nPS: the bell is broken.\n\nSent from my iPhone\n",
        "Tuesday is fine.\n\nJo\n\nPS: the bell is broken.",
        id="ps kept",
    ),
    pytest.param(
        "Your colleague wrote on 8 April that it would be warm:\n\nit is not.\n",
        "Your colleague wrote on 8 April that it would be warm:\n\nit is not.",
        id="wrote inside text",
    ),
    pytest.param(
        "El 8 de abril su compañera me escribió que vendrían:\nno vino nadie.\n",
        "El 8 de abril su compañera me escribió que vendrían:\nno vino nadie.",
        id="escribió inside",
    ),
    pytest.param(
        "On Wed, 8 Apr 2026 at 16:02, Harbour Gas <care@harbour.example> wrote:\n> Hello\n",
        "",
        id="only quote",
    ),
    pytest.param(
        "Gesendet von Mail für Windows\n",
        "",
        id="only app line de",
    ),
    pytest.param(
        "Tuesday\n\nSent from Mail for Windows\n\nFrom: Harbour Gas\nSent: 08 April 2026 16:02\n"
        "To: Jo\nSubject: Boiler\n\nHello\n",
        "Tuesday",
        id="windows mail",
    ),
    pytest.param(
        "Tuesday.\n\n-- \nJo March\n12 Quay St\n",
        "Tuesday.",
        id="signature dashes",
    ),
    pytest.param(
        "Tuesday.\n\n*From:* Harbour Gas <care@harbour.example>\n*Sent:* 08 April 2026 16:02\n"
        "*To:* Jo\n*Subject:* RE: Boiler\n\nHello\n",
        "Tuesday.",
        id="bold header",
    ),
    pytest.param(
        "Tuesday.\n\n8 Apr 2026 16:02 Harbour Gas <care@harbour.example>:\n> Hello\n",
        "Tuesday.",
        id="date person attribution",
    ),
    pytest.param(
        "Mardi.\n\nLe mer. 8 avr. 2026 à 16:02, Gaz Service <\nbonjour@gaz.example> a écrit :\n\n> Bonjour\n",
        "Mardi.",
        id="ios mail odd comma fr",
    ),
    pytest.param(
        "Tuesday\n\nSent from my BlackBerry 10 smartphone on the EE network.\n\nFrom: Harbour Gas\n"
        "Sent: Wednesday, 8 April 2026 16:02\nTo: Jo\nSubject: Boiler\n\nHello\n",
        "Tuesday",
        id="blackberry",
    ),
    pytest.param(
        "tuesday\n\nSent from my phone, please excuse brevity and typos\n",
        "tuesday",
        id="sent from my phone sorry typos",
    ),
    pytest.param(
        "Tuesday.\n\nRegards,\nJo March | Head of Facilities | Fenwick Ltd | 0113 496 0101\n",
        "Tuesday.\n\nRegards,",
        id="regards line contact one line",
    ),
    pytest.param(
        "Dear Tilda,\n\nTuesday.\n\nMany thanks,\nJo\n",
        "Dear Tilda,\n\nTuesday.\n\nMany thanks,\nJo",
        id="greeting kept",
    ),
    pytest.param(
        "El martes.\n\nSaludos,\nInma Robles\nPresidenta de la comunidad\nC/ Mayor 4, 28013 Madrid\n",
        "El martes.\n\nSaludos,",
        id="saludos name with role no contact",
    ),
    pytest.param(
        "Tuesday.\n\nKind regards,\nJo March\nFacilities Manager\nFenwick & Low\n",
        "Tuesday.\n\nKind regards,",
        id="name title company only",
    ),
    pytest.param(
        "Tuesday.\n\nPlease consider the environment before printing this email.\n",
        "Tuesday.",
        id="environment note",
    ),
    pytest.param(
        "CAUTION: This email originated from outside of the organization.\n\nTuesday.\n",
        "Tuesday.",
        id="external banner",
    ),
    pytest.param(
        "El martes.\n\nEl mié., 8 abr. 2026 16:02, Gas <hola@gas.example> escribió:\nHola\n¿Qué día?\n",
        "El martes.",
        id="attribution es outlook web",
    ),
    pytest.param(
        "El martes.\n\nEl mié, 8 abr 2026 a las 16:02, Atención al cliente de Gas Puerto (<\n"
        "hola+c40@gas.example>) escribió:\n\n> Hola\n",
        "El martes.",
        id="gmail es wrapped",
    ),
    pytest.param(
        "Dimarts.\n\nEl dc., 8 d’abr. 2026, 16:02, Gas <hola@gas.example> va escriure:\n> Hola\n",
        "Dimarts.",
        id="ca",
    ),
    pytest.param(
        "Terça.\n\nEm qua., 8 de abr. de 2026 às 16:02, Gás <ola@gas.example> escreveu:\n\n> Olá\n",
        "Terça.",
        id="pt br",
    ),
]


@pytest.mark.parametrize(("body", "expected"), MAILS)
def test_of_a_whole_mail_only_the_new_words_stay(body: str, expected: str) -> None:
    assert _lines(new_words(body).new) == _lines(expected)


@pytest.mark.parametrize(("body", "expected"), MAILS)
def test_no_word_of_a_mail_is_lost(body: str, expected: str) -> None:
    reply = new_words(body)
    assert sorted(f"{reply.new}\n{reply.folded}".split()) == sorted(body.split()), expected


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]
