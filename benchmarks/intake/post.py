"""The post of a desk, made from a seed: what strangers write, what people answer, what programs send.

    first_letters   letters of strangers, each of which opens a case
    morning         the mix: new complaints, replies into known threads, further letters of known people, programs

The mix is that of a shop's care address: of a hundred mails 55 are first letters, 30 answer a mail of the
desk, 7 come from a known sender without a thread, 8 were sent by programs. Three in ten have a file.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from . import words

HELP = "help@larkfield.example"


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A case that stands already: who wrote, and how both desks would know his answer."""

    number: int
    """Of the first letter that opened it."""
    message_id: str = ""
    """Of our acknowledgement."""
    tag: str = ""
    """What the peer puts into its subjects, such as [care-17]."""


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    address: str
    language: str


def person(number: int, seed: int) -> Person:
    """Return who wrote first letter `number`; the same person for the same seed."""
    chance = random.Random(seed * 1_000_003 + number)
    first, last = chance.choice(words.FIRST), chance.choice(words.LAST)
    return Person(
        name=f"{first} {last}",
        address=f"{last.lower()}.{seed}.{number}@mail{number % 40}.example",
        language="es" if chance.random() < 0.35 else "en",
    )


def first_letters(numbers: range, *, seed: int) -> Iterator[bytes]:
    """Make the first letters of these numbers."""
    for number in numbers:
        chance = random.Random(f"first {seed} {number}")
        yield _first(person(number, seed), f"{seed}.{number}", chance)


def morning(count: int, threads: list[Thread], *, seed: int, base: int) -> Iterator[bytes]:
    """Make `count` mails of the mix. `threads` are the cases of the first letters that were made with seed `base`.

    Without any, those that would have answered are first letters, too.
    """
    chance = random.Random(f"morning {seed}")
    for number in range(count):
        drawn = chance.random() if threads else 0.0
        thread = chance.choice(threads) if drawn >= 0.55 else None
        name = f"{seed}.{number}"
        if thread is None:
            yield _first(person(number, seed), name, chance)
        elif drawn < 0.85:
            yield _reply(person(thread.number, base), thread, name, chance)
        elif drawn < 0.92:
            yield _first(person(thread.number, base), name, chance)
        else:
            yield _by_program(person(thread.number, base), thread, name, chance)


def _order(chance: random.Random) -> str:
    return f"88-{chance.randint(1000, 9999)}"


def _said(kind: dict[str, tuple[str, ...]], who: Person, chance: random.Random, count: int = 1) -> list[str]:
    return [s.format(order=_order(chance)) for s in chance.sample(kind[who.language], count)]


def _mail(who: Person, subject: str, name: str, chance: random.Random) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["Received"] = (
        f"from mx.{who.address.partition('@')[2]} by mx.larkfield.example; Mon, 02 Mar 2026 15:59:01 +0000"
    )
    mail["From"] = f"{who.name} <{who.address}>"
    mail["To"] = HELP
    mail["Subject"] = subject
    mail["Date"] = f"Mon, 02 Mar 2026 15:{chance.randint(10, 58)}:00 +0000"
    mail["Message-ID"] = f"<{name}.{chance.getrandbits(48):012x}@{who.address.partition('@')[2]}>"
    return mail


def _first(who: Person, name: str, chance: random.Random) -> bytes:
    mail = _mail(who, _said(words.SUBJECTS, who, chance)[0], name, chance)
    body = [
        _said(words.OPENINGS, who, chance)[0],
        " ".join(_said(words.COMPLAINTS, who, chance, chance.randint(1, 2))),
        " ".join(_said(words.MORE, who, chance, chance.randint(1, 5))),
        f"{_said(words.ENDS, who, chance)[0]}\n{who.name}",
    ]
    return _filled(mail, body, "", chance)


def _reply(who: Person, thread: Thread, name: str, chance: random.Random) -> bytes:
    mail = _mail(who, f"Re: {thread.tag} {_said(words.SUBJECTS, who, chance)[0]}", name, chance)
    mail["In-Reply-To"] = thread.message_id
    mail["References"] = thread.message_id
    body = [*_said(words.REPLIES, who, chance, chance.randint(1, 2)), *_said(words.MORE, who, chance, 1), who.name]
    quoted = "\n".join(f"> {line}" for line in _said(words.MORE, who, chance, 4))
    return _filled(mail, body, f"On Mon, 2 Mar 2026 at 15:02, Larkfield Outdoor <{HELP}> wrote:\n\n{quoted}", chance)


def _filled(mail: EmailMessage, body: list[str], quoted: str, chance: random.Random) -> bytes:
    """Fill in the text; two in five with HTML beside it, three in ten with a file."""
    mail.set_content("\n\n".join([*body, *([quoted] if quoted else [])]))
    if chance.random() < 0.4:
        style = "font-family:Calibri,sans-serif;font-size:11pt"
        rows = "".join(f'<p style="{style}"><span>{text}</span></p>' for text in body)
        quote = f"<blockquote>{quoted.replace('> ', '<br>')}</blockquote>" if quoted else ""
        mail.add_alternative(
            f"<html><head><style>p{{margin:0}}</style></head><body>{rows}{quote}</body></html>", "html"
        )
    if chance.random() < 0.3:
        picture = chance.randbytes(chance.randint(2_000, 24_000))
        mail.add_attachment(
            picture, maintype="image", subtype="jpeg", filename=f"IMG_{chance.randint(1, 9999):04d}.jpg"
        )
    return bytes(mail)


def _by_program(who: Person, thread: Thread, name: str, chance: random.Random) -> bytes:
    """An absence note on our acknowledgement, a receipt of a shop, or a newsletter."""
    kind = chance.choice(("absence", "absence", "order", "newsletter"))
    if kind == "absence":
        mail = _mail(who, f"Automatic reply: {thread.tag} We have your letter", name, chance)
        mail["In-Reply-To"] = thread.message_id
        mail["Auto-Submitted"] = "auto-replied"
        mail.set_content("I am out of the office until Monday 9 March and will answer when I am back.")
    elif kind == "order":
        shop = Person(name="Shop", address=f"orders@shop{chance.randint(1, 400)}.example", language="en")
        mail = _mail(shop, f"Order {_order(chance)} was changed", name, chance)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"The order {_order(chance)} of {who.name} was changed by the customer. See the shop's pages.")
    else:
        sender = Person(name="News", address=f"news@list{chance.randint(1, 400)}.example", language="en")
        mail = _mail(sender, "News of the month", name, chance)
        mail["List-Unsubscribe"] = "<https://news.example/leave>"
        mail["Precedence"] = "bulk"
        mail.set_content("\n\n".join(words.MORE["en"]))
    return bytes(mail)
