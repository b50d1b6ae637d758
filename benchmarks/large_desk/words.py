"""Names, subjects and sentences for cloned cases: many different ones, the same for the same number."""
# ruff: noqa: SIM905  (words are read as words)

from __future__ import annotations

import random
from base64 import b64encode

_FIRST = (
    "Ada Aino Alma Amara Anouk Anton Arne Astrid Bashir Beatriz Bela Bruno Carmen Cedric Chiara Clara Dalia "
    "Dario Desta Edda Elif Emil Enzo Esme Farid Faye Felix Flora Gita Goran Greta Hana Hugo Ida Ilse Imran Ines "
    "Ivo Jana Jorge José Juno Kaia Karim Kofi Lars Leila Liv Lucía Luis Mabel Magnus Malik Marit Mateo Mira "
    "Nadia Nils Nora Odile Olga Omar Oskar Paloma Pavel Petra Pilar Quentin Rafael Ragna Reza Rosa Ruben Saga "
    "Samir Selma Sofía Stellan Tariq Tessa Thora Tomás Ulla Umar Vera Viggo Wanda Xenia Yara Yusuf Zadie Zoran"
).split()
_LAST_BEGIN = (
    "Ack Bel Bran Cor Dal Ek Fal Gar Hal Ing Jar Kel Lin Mar Nor Ost Pel Quin Ros Sal Tal Ul Var Wes Yar"
).split()
_LAST_END = (
    "aby adal agard ander ardo berg bridge by court dahl dale den eira ell enko erman feld ford gate gren ham "
    "hurst ison ivar kvist land lein ley lund man mark mond mora more nes ney ova owe quist rand rik rock "
    "sen shaw sley son stad stam stead stone strand sund tero thal thorpe ton torp vall vik way well wood worth yard"
).split()
_THINGS = (
    "buckle tent stove boots rucksack poles bag zip lamp filter rope harness mat parka gloves flask compass axe "
    "canopy hammock kettle map helmet crampons gaiters sledge paddle visor strap sole lining hood cuff seam grip "
    "valve burner pan lid cord peg tarp socks fleece shell bib whistle cup trowel pump bladder hose clip"
).split()
_TROUBLES = (
    "snapped on the first day,arrived damp,never came,came twice,is the wrong size,leaks,was charged twice,"
    "lost its colour,does not close,broke in the cold,came without its parts,was sent to another town,"
    "still not refunded,is not what the page shows,smells of smoke,lost in the post,torn at the seam,"
    "rusts after a week,code refused at the till,came back unrepaired"
).split(",")
_BEGIN = "bra cle dro fen gul hes jor kli lom mur nev ost pra quo res sli tor ung vel wis yar zem".split()
_MIDDLE = "ba cu de fi go ha ji ku la me no pi ra so tu vo wi ze".split()
_END = "bel dron fex gan hild jam kus lor min nock per ric sten tan vex wold".split()


def name_of(number: int) -> str:
    """Return a name; some 150,000 different ones."""
    first = _FIRST[number % len(_FIRST)]
    rest = number // len(_FIRST) * 7919 + number
    return f"{first} {_LAST_BEGIN[rest % len(_LAST_BEGIN)]}{_LAST_END[rest // len(_LAST_BEGIN) % len(_LAST_END)]}"


def address_of(number: int, name: str) -> str:
    """Return this customer's own address: no two customers share one."""
    letters = "".join(sign for sign in name.lower().replace(" ", ".") if sign.isascii())
    return f"{letters}.{number}@post{number % 97}.example"


def quoted(name: str) -> str:
    """Return a name as it stands in a mail's header (RFC 2047 where it is not ASCII)."""
    return f'"{name}"' if name.isascii() else f"=?utf-8?b?{b64encode(name.encode()).decode()}?="


def subject(rng: random.Random) -> str:
    """Return a subject: a thing, its trouble, and often an order's number."""
    text = f"{rng.choice(_THINGS).capitalize()} {rng.choice(_TROUBLES)}"
    return f"{text}, order {rng.randrange(10, 99)}-{rng.randrange(1000, 99999)}" if rng.random() < 0.5 else text


def sentence(rng: random.Random) -> str:
    """Return some fifteen words, common ones and, now and then, one of 6,300 rare ones."""
    words = rng.choices(_THINGS, k=9) + [rare(rng.randrange(6336)) for _ in range(rng.randrange(1, 6))]
    rng.shuffle(words)
    return " ".join(words)


def rare(number: int) -> str:
    """Return one of 6,336 invented words."""
    begin, rest = number % len(_BEGIN), number // len(_BEGIN)
    return _BEGIN[begin] + _MIDDLE[rest % len(_MIDDLE)] + _END[rest // len(_MIDDLE) % len(_END)]
