"""How a draft of ours would sound: hints that are few and true, and the one rule that stops a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.language import tone

TIED = [
    "If you remove your review, we will refund you in full.",
    "Once the post is down we'll send you a £50 voucher.",
    "We can offer you 20% off in exchange for a five-star review.",
    "Please delete the tweet and we'll process your refund.",
    "Take the video down. Then we will refund you.",
    "We cannot issue the refund until you withdraw your complaint.",
    "Leave us a 5-star review and get $10 off your next order!",
    "Your refund is conditional on removing the comment on Facebook.",
    "We'd be happy to give you a gift card as a thank you for updating your rating.",
    "Before we release the deposit, please change your Google review.",
    "Should you edit your review to four stars, we would be glad to replace the kettle for free.",
    "Refund will be made after you delete the negative feedback.",
    "Would you be willing to take down your review? In return we would refund the delivery charge.",
    "Write a nice review and we'll knock 15% off.",
    "Take down your Trustpilot post and the code is yours.",
    "A gift for you, all we ask is an honest review.",
    "Once you've edited what you wrote online, we'll send it.",
    "Please consider changing your rating after we send the refund.",
    "As soon as your tweet disappears, the money is on its way.",
    "To get your voucher, post a positive comment on Instagram.",
    "We will pay you €100 provided you do not post about this on social media.",
    "As soon as the complaint with the ombudsman is withdrawn we'll transfer the compensation.",
    "If you change your rating to 5 stars I can refund 50%.",
    "Si elimina su reseña, le devolvemos el dinero.",
    "Quite su reseña y el código es suyo.",
    "Un regalo para usted, lo único que pedimos es una reseña sincera.",
    "En cuanto su tuit desaparece, el dinero va de camino.",
    "En cuanto borre el comentario le hacemos el reembolso.",
    "Le ofrecemos un vale de 20 € a cambio de una reseña positiva.",
    "Retire la queja y le reembolsaremos.",
    "Déjanos una valoración de 5 estrellas y recibe un 10 % de descuento.",
    "No podemos tramitar la devolución hasta que retire su reclamación de Consumo.",
    "Por favor, borre el tuit. Después le abonaremos el importe.",
    "El reembolso está sujeto a que modifique su opinión en Google.",
    "Antes de hacerle la devolución necesitamos que quite la publicación.",
    "Te regalamos un cupón por cambiar tu calificación.",
    "Siempre que baje el video de redes, le compensamos con 50 dólares.",
    "Si cambias tu valoración a cinco estrellas te devolvemos 30 €.",
]

FREE = [
    "We have refunded you £20. If you have a moment, please leave us a review.",
    "I'm sorry about the kettle. I have sent a replacement today; it arrives on Thursday.",
    "Thank you for your review. We've refunded the delivery charge to your card.",
    "Your refund does not depend on your review; write whatever you like.",
    "If you're happy with the refund, we would love a review.",
    "Please keep your code; we have changed the complaint to urgent and the post code on it.",
    "Once you have corrected your report, please send it to the insurer.",
    "I have changed the address on your order and refunded the shipping. Let me know if anything is missing.",
    "If the replacement fails too, we'll refund you.",
    "We reviewed your complaint and will refund £40 by Friday.",
    "If you wish to withdraw your complaint, tell us; otherwise we go on.",
    "Your complaint is closed once you tell us that the refund has arrived.",
    "We would like to close the case when the refund is on your account. Is that all right?",
    "Please send us the photo and we'll refund you.",
    "If you post the parcel back, we will refund you.",
    "Post the parcel with the free label and we'll refund you as soon as it is scanned.",
    "Write down the serial number, send it to us and we'll replace the pump.",
    "I read your post on Facebook. I've refunded the £30 and a new cake comes tomorrow at ten.",
    "If you leave the parcel with a neighbour we'll collect it and refund you.",
    "Once we have your report from the police we will refund the stolen bag.",
    "When your claim with the carrier is closed we pay you the difference.",
    "Le hemos devuelto 20 €. Si tiene un minuto, nos encantaría su opinión.",
    "Siento lo de la tetera. Hoy le he enviado otra; llega el jueves.",
    "Su reembolso no depende de su reseña.",
    "Si la nueva también falla, le devolvemos el dinero.",
    "Envíenos la foto y le devolvemos el importe.",
    "Hemos revisado su queja y le reembolsaremos 40 € el viernes.",
    "Deje el paquete en la tienda y le devolvemos el dinero.",
    "Cuando la reparación esté hecha cerraremos su reclamación y le abonaremos los 20 €.",
    "Si desea retirar la queja, díganoslo.",
    "Gracias por tu comentario. Ya te devolvimos los 30 €.",
    "> If you remove your review we will refund you\nNobody may write that to you. I have refunded the £30.",
    "",
]

#: The same said so that a quick reader doesn't see it.
HIDDEN = [
    "We will refund you\nif you delete your review",
    "We will refund you\r\nIf you delete your review",
    "We will refund you\n\nif you delete your review",
    "We will refund you\n> as you asked\nif you delete your review",
    "We will refund you\n- if you delete your review",
    "We will\nrefund you if you\ndelete your\nreview.",
    "Hello Ann\nTake your review\ndown and we refund you.",
    "We will   refund\tyou if you   delete  your \u00a0 review",
    "We will re-fund you if you delete your review.",
    "We will re.fund you if you delete your review.",
    "We will refund you if you de-\nlete your review.",
    "We will refund you if you delete your re\u2011view.",
    "We will re\u200bfund you if you del\u00adete your rev\u2060iew.",
    "We will \uff52\uff45\uff46\uff55\uff4e\uff44 you if you delete your review",
    "We will refund you ... if you delete your review.",
    "We will refund you " + "and so on " * 59 + "if you delete your review",
    "Once you delete your review we refund you.",
    "Please take your review down and we refund you",
    "Take down the post & we'll refund you.",
    "Change your rating to five stars and a refund is yours.",
    "Remove the review: we refund you the same day.",
    "Please delete your comment, then we pay you back.",
    "Edit your review and then we will send you a voucher.",
    "Please remove your post. And we will refund you.",
    "quite su reseña y le devolvemos el dinero",
    "Quite su resen\u0303a y\nle devolvemos el dinero.",
    "Le devolvemos el dinero\nsi elimina su reseña",
    "Le de\u00advolvemos el di-nero si borra su re\u200bseña.",
    "Borre el comentario y reembolsamos el importe.",
    "Elimine la reseña y procederemos al reembolso.",
    "Quita tu reseña y te devolveré el dinero.",
    "Cambie su valoración y luego le devolvemos el dinero.",
    "Retire la reseña. Y le devolvemos el dinero.",
    "Si borra su reseña reembolsamos el importe.",
]

#: Letters whose lines, joined, say nothing that they didn't say apart.
CALM = [
    "Thank you for your review\nWe refund you £20 today",
    "Thank you for changing your review\nWe refunded you £20",
    "We'd like your opinion: please answer our survey.",
    "Please take our survey\nand tell us how we did",
    "I answered your review on Google\nand refunded the £20",
    "Your review was answered on Monday. The replacement leaves tomorrow.",
    "We have refunded you £20.\n\nIf you have a moment, please leave us a review.",
    "Your refund of £20 is on its way.\nOnce the case is closed you may get an invitation to rate us.",
    "We will refund £20 on Friday.\nWhen the case is closed, we ask everyone for a word about how it went.",
    "Hello Ann\nThank you for your review. The refund\nof £30 went out on Tuesday.\n\nKind regards\nMarta",
    "- Refund: £20 on Friday\n- Review: I answered it today",
    "Please send the photo and we refund you.",
    "When we have corrected the report we will refund you.",
    "Gracias por su reseña\nLe devolvemos hoy 20 €",
    "Hemos respondido a su reseña\ny le hemos devuelto 20 €",
    "Le devolvemos los 20 €.\n\nCuando cerremos el caso recibirá una encuesta.",
    "Nos gustaría conocer su opinión: responda a la encuesta, por favor.",
    "Gracias por cambiar su valoración. El reembolso salió el martes.",
    "Envíe la foto y reembolsamos el importe.",
]


def codes(draft: str, *, earlier: tuple[str, ...] = (), customer_text: str = "") -> list[str]:
    given_hints = tone.hints(draft, earlier=earlier, customer_text=customer_text)
    for hint in given_hints:
        assert draft[hint.start : hint.end] == hint.words and hint.code in tone.CODES
    return [hint.code for hint in given_hints]


@pytest.mark.parametrize("text", TIED + HIDDEN)
def test_a_remedy_that_hangs_on_a_review_is_refused(text: str) -> None:
    assert tone.hangs_on_review(text) and "review_for_remedy" in codes(text)


@pytest.mark.parametrize("text", FREE + CALM)
def test_a_review_asked_for_or_mentioned_beside_a_remedy_is_not_refused(text: str) -> None:
    assert not tone.hangs_on_review(text)


@pytest.mark.parametrize("before", [0, 7_900, 7_970, 8_000, 50_000, 99_000])
def test_a_remedy_tied_to_a_review_is_found_wherever_in_a_long_letter_it_stands(before: int) -> None:
    calm = ("The pump is on its way. " * 5_000)[:before].rpartition(". ")[0] + ".\n\n"
    tied = "Please delete your review and we'll refund you."
    letter = calm + tied + "\n\n" + calm
    assert tone.hangs_on_review(letter) and not tone.hangs_on_review(calm)
    hint = next(hint for hint in tone.hints(letter) if hint.code == "review_for_remedy")
    assert (hint.words, hint.start) == (tied, len(calm))


def test_the_place_of_a_hint_is_the_place_in_the_draft_as_it_was_written() -> None:
    draft = (
        "Dear Ann,\r\n\r\nI am\u200b so sorry.  We will re\u00adfund   you\r\nif you delete your review.\r\n\r\nMarta"
    )
    hint = next(hint for hint in tone.hints(draft) if hint.code == "review_for_remedy")
    assert hint.words == "We will re\u00adfund   you\r\nif you delete your review."
    assert draft[hint.start : hint.end] == hint.words


@pytest.mark.parametrize(
    "text",
    [
        "The delay was the courier's fault, not ours. I have sent a new kettle today.",
        "Unfortunately this is outside of our control. Your flight leaves at nine tomorrow.",
        "You will need to contact the manufacturer about the pump. Their line opens at nine.",
        "El retraso es culpa del transportista. Hoy le he enviado otra tetera.",
        "Esto es ajeno a nuestra empresa. Su vuelo sale mañana a las nueve.",
    ],
)
def test_blame_on_somebody_else_is_hinted_at(text: str) -> None:
    assert codes(text) == ["blames_third_party"]


@pytest.mark.parametrize(
    "text",
    [
        "The courier lost it, but you bought it from us and it is ours to mend: a new one leaves today.",
        "The courier will be with you tomorrow between nine and eleven.",
        "La mensajería lo perdió, pero asumimos nosotros el coste: hoy sale otra.",
    ],
)
def test_naming_a_partner_and_owning_the_matter_is_not_blame(text: str) -> None:
    assert codes(text) == []


def test_kind_words_without_any_act_are_hinted_at_and_an_act_beside_them_is_enough() -> None:
    words = "We are truly sorry for the inconvenience and understand how frustrating this must be for you."
    assert codes(words) == ["no_action"]
    assert codes(words + " I have asked the depot to look for the parcel.") == []
    palabras = "Lamentamos mucho las molestias y entendemos su frustración en esta situación tan desagradable."
    assert codes(palabras) == ["no_action"]
    assert codes(palabras + " Hemos pedido al almacén que busque el paquete.") == []


def test_a_second_apology_needs_something_new_beside_it() -> None:
    first = ("I am sorry about the kettle. I have asked the depot.",)
    assert "second_apology" in codes("I am sorry again about the kettle, truly.", earlier=first)
    assert "second_apology" not in codes("I am sorry again. The refund of £30 went out today.", earlier=first)
    assert "second_apology" not in codes("I am sorry about the kettle, truly.", earlier=("Which kettle is it?",))


@pytest.mark.parametrize(
    "text",
    [
        "I have asked the depot and we will be in touch shortly.",
        "The new lid will be on its way as soon as possible.",
        "He preguntado en el almacén y le contactaremos a la brevedad.",
        "La tapa nueva le llegará en breve, ya la he pedido.",
    ],
)
def test_soon_is_no_date(text: str) -> None:
    assert codes(text) == ["undated_assurance"]


@pytest.mark.parametrize(
    "text",
    [
        "The new lid will be with you soon: on Thursday by five.",
        "I have refunded the £30. We hope to see you again soon.",
        "I have refunded the £30. Get well soon!",
        "Please send the photo as soon as you can; I will answer the same day.",
        "Le he devuelto los 30 €. ¡Hasta pronto!",
    ],
)
def test_a_date_or_a_farewell_beside_soon_is_quiet(text: str) -> None:
    assert codes(text) == []


def test_a_letter_that_takes_up_nothing_of_his_is_hinted_at() -> None:
    his = "The zip of my green rucksack broke on the ninth day, in the mountains, with everything inside."
    ours = "Thank you for your message. We have passed it on and we will come back to you on Friday at noon."
    assert codes(ours, customer_text=his) == ["mirrors_nothing"]
    assert codes(ours + " A new zip for the rucksack is on order.", customer_text=his) == []
    assert codes(ours, customer_text="Any news?") == []


def test_a_calm_good_letter_gets_no_hint() -> None:
    letter = (
        "Dear Ann,\n\nyou are right: the zip should not break on day nine. I have ordered a new rucksack for you; it"
        " leaves on"
        " Thursday and I will write to you that day by five with the tracking number. Keep the old one.\n\nMarta"
    )
    assert codes(letter, customer_text="my rucksack's zip broke on day 9, not impressed at all to be honest") == []


@given(st.text(max_size=300), st.text(max_size=100), st.sampled_from([None, "en", "es", "xx"]))
def test_any_draft_is_heard_without_an_error(draft: str, other: str, language: str | None) -> None:
    for hint in tone.hints(draft, language=language, earlier=(other,), customer_text=other):
        assert draft[hint.start : hint.end] == hint.words
    tone.hangs_on_review(draft)
