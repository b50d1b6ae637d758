"""Spanish word classes made ready, with the endings of its verbs."""

import re

from ..signs import Lexicon, lexicon
from .acts import ACTS
from .feelings import FEELINGS
from .things import THINGS

#: Endings of verbs; the first that fits names the form.
_ENDINGS = (
    (".inf", re.compile(r".{2,}(?:ar|er|ir|[áéí]r)(?:me|te|se|le|les|lo|la|los|las|nos|os|[mts]elo|[mts]ela|noslo)?")),
    (".ger", re.compile(r".{2,}(?:[aá]ndo|i[eé]ndo|y[eé]ndo)(?:me|te|se|le|les|lo|la|los|las|nos|[mts]elo)?")),
    (".fut1", re.compile(r".{2,}(?:aré|eré|iré|dré|rré|remos)")),
    (".fut3", re.compile(r".{2,}(?:rá|rán|rás|réis)")),
    (".cond", re.compile(r".{2,}r[ií]a(?:s|n|mos)?")),
    (
        ".part",
        re.compile(r".{2,}(?:[aií]d[oa]s?)|hecho|dicho|puesto|visto|escrito|roto|abierto|resuelto|devuelto|vuelto"),
    ),
    (".we", re.compile(r".{2,}(?:amos|emos|imos)")),
    (".past1", re.compile(r".{2,}[éí]")),
    (".past3", re.compile(r".{2,}(?:ó|aron|ieron|jeron)|hizo|hubo|dijo|puso|vino|tuvo|fue|pudo|quiso")),
    (".past2", re.compile(r".{2,}(?:aste|iste|asteis|isteis)")),
    (".impf", re.compile(r".{2,}(?:aba|aban|ábamos|ía|ían)")),
    (
        ".clit",
        re.compile(r".*[áéíóú].*(?:me|nos|melo|mela|noslo|nosla|lo|la|los|las|le|les)|.{2,}[aein](?:nos|melo|noslo)"),
    ),
    (".clit2", re.compile(r".{2,}[aeiná](?:me|lo|la|los|las|le|les)")),
)


def _form(token: str) -> str:
    if len(token) > 3:
        for name, ending in _ENDINGS:
            if ending.fullmatch(token):
                return name
    if len(token) > 4 and token.endswith(("o", "e", "a", "an", "en", "as", "es")):
        return "." + token[-1]
    return ""


SPANISH: Lexicon = lexicon(
    ACTS,
    THINGS,
    FEELINGS,
    form_of=_form,
    kept="a de en con por para y e o u lo la se al del que como mas muy todo toda todos todas algo alguien mucho poco"
    " tan tanto solo tambien ahi aqui alli asi ya bien hay tengo tiene tenemos hace hacer haga",
    dropped="el los las un una unos unas este esta ese esa esto eso",
)
