"""The new words of a mail, in the languages customers' programs speak."""

import json

import pytest

from makegood.language.replies import LINE_SEEN, REPLY_ABOVE, Reply, new_words
from tests.intake.mail.mails import corpus

QUOTE = "> Shall we send the green one?\n> Care"


@pytest.mark.parametrize(
    "introduction",
    [
        "On Tue, 3 Mar 2026 at 10:12, Care <care@shop.example> wrote:",
        "On Tue, 3 Mar 2026 at 10:12, Care of Larkfield Outdoor <\ncare+c40917@shop.example> wrote:",
        "El mar, 3 mar 2026 a las 10:12, Care (<care@shop.example>) escribió:",
        "Am Di., 3. März 2026 um 10:12 Uhr schrieb Care <care@shop.example>:",
        "Care <care@shop.example> schrieb am Di., 3. März 2026,\n10:12:",
        "Le mar. 3 mars 2026 à 10:12, Care <care@shop.example> a écrit :",
        "Il giorno mar 3 mar 2026 alle 10:12 Care <care@shop.example> ha scritto:",
        "Em ter., 3 de mar. de 2026 às 10:12, Care <care@shop.example> escreveu:",
        "Op di 3 mrt 2026 om 10:12 schreef Care <care@shop.example>:",
        "wt., 3 mar 2026 o 10:12 Care <care@shop.example> napisał(a):",
    ],
)
@pytest.mark.parametrize("quote", [QUOTE, "Shall we send the green one?"])
def test_what_a_program_quotes_is_not_new(introduction: str, quote: str) -> None:
    reply = new_words(f"Yes please.\n\n{introduction}\n\n{quote}\n")
    assert reply.new == "Yes please."
    assert "green one" in reply.folded and introduction.split("\n")[0] in reply.folded


@pytest.mark.parametrize(
    "block",
    [
        "From: Care <care@shop.example>\nSent: Tuesday, 3 March 2026 10:12\nTo: Ann\nSubject: RE: Bag",
        "*De:* Care\n*Enviado el:* martes, 3 de marzo de 2026 10:12\n*Para:* Ann\n*Asunto:* RE: Bolso",
        "Von: Care\nGesendet: Dienstag, 3. März 2026 10:12\nAn: Ann\nBetreff: AW: Tasche",
        "De : Care\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Ann\nObjet : RE: Sac",
        "-----Original Message-----\nFrom: Care",
        "________________________________\nFrom: Care <care@shop.example>\nSubject: Bag",
        "---------- Forwarded message ---------\nFrom: Care",
        REPLY_ABOVE["en"],
        REPLY_ABOVE["es"],
        "> " + REPLY_ABOVE["en"],
    ],
)
def test_everything_below_a_header_block_or_our_own_line_is_folded(block: str) -> None:
    assert new_words(f"It is the left hinge.\n\n{block}\n\nLeft or right?\n").new == "It is the left hinge."


def test_answers_between_the_quotes_stay_in_order() -> None:
    body = "On 4 Mar 2026 at 09:00, Sunil wrote:\n> Which size?\nForty.\n> Which colour?\n\nBlue.\n"
    assert new_words(body).new == "Forty.\n\nBlue."


@pytest.mark.parametrize(
    "text",
    [
        'on Monday your colleague wrote: "a van comes on Wednesday". No van came.',
        "Please call me:\n\nDate: Wednesday\nTime: 7 am\nAddress: 130 Fox St",
        "Sent the bag back on Monday, by post.",
        "- one\n- two\n\n  indented",
        "I paid 30 > 20, why?",
        "Best of luck with that.",
        "PS: thanks",
    ],
)
def test_what_only_looks_like_a_quote_is_new(text: str) -> None:
    assert new_words(text) == Reply(new=text, folded="")


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Enviado desde mi iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for iOS<https://x.example>",
    ],
)
def test_what_an_app_adds_is_folded_and_what_follows_it_is_not(line: str) -> None:
    reply = new_words(f"Blue, size 40\n\n{line}\n\nPS: or navy\n")
    assert reply == Reply(new="Blue, size 40\n\nPS: or navy", folded=line)


def test_a_signature_is_folded_and_a_bare_name_is_not() -> None:
    assert new_words("Yes.\n\nAnn\n\n-- \nAnn Hart\nUferweg 4\n").new == "Yes.\n\nAnn"
    card = "Kind regards,\n\nAnn Hart\nFacilities Manager\nQuayside Ltd | T: +44 117 496 0102\n"
    assert new_words("Yes.\n\n" + card).new == "Yes.\n\nKind regards,"


@pytest.mark.parametrize("body", ["", "\n\n", "> only a quote\n", "-- \nAnn\n", "Sent from my Galaxy\n"])
def test_a_body_without_new_words_has_none(body: str) -> None:
    assert new_words(body).new == ""


def test_no_word_is_lost_between_the_new_and_the_folded() -> None:
    body = "a\n> b\nc\n\nOn 4 Mar 2026 at 09:00, Sunil <s@x.example> wrote:\n\nd\n-- \ne\nSent from my phone\nf"
    reply = new_words(body)
    assert sorted((reply.new + "\n" + reply.folded).split()) == sorted(body.split())


def test_a_line_longer_than_any_mail_may_have_is_judged_by_its_beginning() -> None:
    long = "a " * LINE_SEEN
    assert new_words(f"Hello\n> {long}\n{long}").new == f"Hello\n\n{long.strip()}"


@pytest.mark.parametrize(
    ("name", "least"),
    [("mail/reply-trimmer", 50), ("language/reply_text.jsonl", 36)],
)
def test_other_peoples_mails_are_cut_as_they_expect(name: str, least: int) -> None:
    path = corpus(name)
    if path.is_dir():
        pairs = [
            ((path / "emails" / file.name).read_bytes().decode("utf-8"), file.read_bytes().decode("utf-8"))
            for file in sorted((path / "trimmed").iterdir())
        ]
    else:
        cases = map(json.loads, path.read_text("utf-8").splitlines())
        pairs = [(case["body"], case["reply"]) for case in cases]

    def lines(text: str) -> list[str]:
        return [line.rstrip() for line in text.splitlines() if line.strip()]

    assert sum(lines(new_words(body).new) == lines(expected) for body, expected in pairs) >= least
