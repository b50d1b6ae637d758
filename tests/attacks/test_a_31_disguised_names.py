"""A-31: reversed, invisible and look-alike names and subjects are stripped and said; the address stays plain."""

import pytest

from makegood.intake.mail.letters import read_letter
from tests.intake.mail.mails import HEAD, mail


@pytest.mark.parametrize(
    ("name", "shown", "code"),
    [
        ("Shop\u202e troppuS", "Shop troppuS", "hidden_characters"),
        ("\u200fShop", "Shop", "hidden_characters"),
        ("Sh\u200bop", "Shop", "hidden_characters"),
        ("Shop\u2066x\u2069", "Shopx", "hidden_characters"),
        ("S\u00adhop", "Shop", "hidden_characters"),
        ("Shop\U000e0053\U000e0054", "Shop", "hidden_characters"),
        ("Ѕhop", "Ѕhop", "mixed_scripts"),
        ("Pаypal", "Pаypal", "mixed_scripts"),
        ("=?utf-8?b?U2jigK5vcA==?=", "Shop", "hidden_characters"),
    ],
)
@pytest.mark.parametrize("place", ["My bag", "Ann Hart"])
def test_a_disguise_is_taken_off_and_said(place: str, name: str, shown: str, code: str) -> None:
    letter = read_letter(mail(head=HEAD.replace(place, name)))
    assert (letter.subject if place == "My bag" else letter.sender.name) == shown
    assert code in letter.trouble
    assert letter.sender.address == "ann@mail.example"


@pytest.mark.parametrize(
    "name", ["Jörg Müller", "Ольга Петрова", "محمد", "می\u200cخواهم", "李雷", "Zoë 👩\u200d💻", "Ольга (Olga)"]
)
def test_honest_names_of_all_alphabets_are_left_alone(name: str) -> None:
    letter = read_letter(mail(head=HEAD.replace("My bag", name)))
    assert letter.subject == name and letter.trouble == ()


def test_a_look_alike_domain_shows_as_what_it_is() -> None:
    letter = read_letter(mail(head=HEAD.replace("mail.example", "mаil.example", 1)))
    assert letter.sender.address == "ann@xn--mil-6cd.example"


def test_a_text_cannot_be_reversed_either() -> None:
    assert read_letter(mail("pay \u202e0001\u202c euros\n")).text == "pay 0001 euros"
