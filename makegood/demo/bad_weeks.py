"""The bad weeks: a dozen cases in every state a newcomer should see, told up to a given moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from makegood.desk import models
from makegood.desk.actions import alarms, cases, handoffs, notes, people
from makegood.desk.actions.promises import Words
from makegood.desk.queries import board
from makegood.rules import refusals

from . import amends
from .cast import Cast
from .weeks import Weeks, Writer

CHICAGO = ZoneInfo("America/Chicago")

ROSALIA = Writer(name="Rosalía Quintero", address="rosalia@quintero.example", zone="America/Denver")
IVO = Writer(name="Ivo Brandt", address="ivo@brandt.example")
ODDNY = Writer(name="Oddny Hauge", address="oddny.hauge@fjell.example", zone="Europe/Oslo")
HANNE = Writer(name="Hanne Lindqvist", address="hanne@lindqvist.example")
MAEVE = Writer(name="Maeve Okonjo", address="maeve@okonjo.example")
BASHIR = Writer(name="Bashir Noorzai", address="bashir@noorzai.example")
FREYA = Writer(name="Freya Whitcombe", address="freya@whitcombe.example", zone="America/New_York")
KWAME = Writer(name="Kwame Asante", address="kwame@asante.example")
PIOTR = Writer(name="Piotr Zając", address="piotr@zajac.example", zone="Europe/Warsaw")
ANNIKA = Writer(name="Annika Thorsen", address="annika@thorsen.example")
DOLORES = Writer(name="Dolores Etxeberria", address="dolores@etxeberria.example", language="es")
YUKI = Writer(name="Yuki Arisawa", address="yuki@arisawa.example")


def tell(cast: Cast, *, now: datetime) -> None:
    """Let the last two weeks happen, up to `now`."""
    weeks = Weeks(cast)

    def at(days_ago: int, hour: int, minute: int = 0) -> datetime:
        day = now.astimezone(CHICAGO).date() - timedelta(days=days_ago)
        return min(datetime.combine(day, time(hour, minute), tzinfo=CHICAGO).astimezone(now.tzinfo), now)

    steps: list[tuple[datetime, Callable[[datetime], None]]] = [
        (at(13, 9, 12), lambda t: _ivo(weeks, t)),
        (at(12, 11, 5), lambda t: _oddny(weeks, t)),
        (at(10, 9, 12), lambda t: _rosalia(weeks, t)),
        (at(7, 14, 20), lambda t: _annika(weeks, t)),
        (at(6, 10, 40), lambda t: _bashir(weeks, t, now)),
        (at(5, 9, 30), lambda t: _kwame(weeks, t)),
        (at(5, 10, 0), lambda t: amends.rosalia_is_promised_a_new_one(weeks, t)),
        (at(4, 15, 5), lambda t: _dolores(weeks, t, now)),
        (at(4, 16, 30), lambda t: amends.kwame_has_a_deposit_with_us(weeks, t)),
        (at(2, 10, 2), lambda t: _hanne(weeks, t)),
        (at(2, 11, 0), lambda t: amends.hanne_has_her_money(weeks, t)),
        (at(1, 10, 40), lambda t: _maeve(weeks, t)),
        (at(1, 11, 20), lambda t: amends.rosalia_chooses_anew(weeks, t)),
        (at(1, 13, 15), lambda t: _freya(weeks, t, now)),
        (at(1, 14, 10), lambda t: amends.freya_chose(weeks, t)),
    ]
    for moment, happen in steps:
        weeks.until(moment)
        happen(moment)
    weeks.until(now - timedelta(hours=2))
    _today(weeks, now)
    weeks.until(now)


def _ivo(weeks: Weeks, at: datetime) -> None:
    case = weeks.letter(
        IVO,
        at=at,
        subject="Boots sent for resoling, not back",
        text="I sent you my boots for resoling in January. You wrote three weeks. Where are they?",
    )
    weeks.reply(
        case,
        weeks.cast.luis,
        at=at + timedelta(hours=3),
        text="Your boots are on the bench. They will be on their way back to you by Tuesday.",
        kinds=["news", "promise"],
        says=[Words(words="Your boots will be on their way back to you by Tuesday.", due_at=at + timedelta(days=4))],
    )


def _oddny(weeks: Weeks, at: datetime) -> None:
    case = weeks.letter(
        ODDNY,
        at=at,
        subject="Refund for a cancelled order, 88-2041",
        text="I cancelled order 88-2041 the same day. The money has not come back.",
    )
    weeks.reply(
        case,
        weeks.cast.adaeze,
        at=at + timedelta(hours=2),
        text="We cancelled it. The money will be back on your card within five working days.",
        kinds=["answer", "promise"],
        says=[
            Words(
                words="The money will be back on your card within five working days.",
                due_at=at + timedelta(days=7),
            )
        ],
    )


def _rosalia(weeks: Weeks, at: datetime) -> None:
    cast = weeks.cast
    case = weeks.letter(
        ROSALIA,
        at=at,
        subject="Hip-belt buckle snapped on the first day",
        text=(
            "The hip-belt buckle on my Fell 45 snapped on the first day out. Minus six degrees, nothing "
            "heavy in it. We leave on the 21st for ten days and I need to be able to trust the thing on my back."
        ),
    )
    weeks.reply(
        case,
        cast.tom,
        at=at + timedelta(days=1),
        text="Hi Rosalía, could you send me your order number?",
        kinds=["ask"],
    )
    weeks.again(case, ROSALIA, at=at + timedelta(days=1, hours=9), text="88-1973. It is also in my first letter.")
    weeks.reply(
        case,
        cast.tom,
        at=at + timedelta(days=2, hours=2),
        text="Thanks! Could you also send a photo of the buckle and the lot label?",
        kinds=["ask"],
    )
    weeks.again(case, ROSALIA, at=at + timedelta(days=2, hours=3), text="Here it is. The label says 25-K.")
    _rosalia_is_answered(weeks, case, at + timedelta(days=4, hours=5))


def _rosalia_is_answered(weeks: Weeks, case: models.Case, later: datetime) -> None:
    cast = weeks.cast
    weeks.until(later)
    case.refresh_from_db()
    if case.owner_id != cast.priya.pk:
        handoffs.offer(case.pk, to=cast.priya, by=cast.marta, note="Two asks, no answer. Please take it.", now=later)
        handoffs.accept(case.pk, by=cast.priya, now=later + timedelta(minutes=14))
    weeks.reply(
        case,
        cast.priya,
        at=later + timedelta(minutes=40),
        text=(
            "I am sorry. We asked you twice for things we already had, and your first answer took four days.\n\n"
            "I have your pack in front of me. The buckle is from a lot that cracks in the cold; you are the "
            "third to tell us this week. You will hear from me by noon in two days with a choice of packs."
        ),
        kinds=["apology", "news", "promise"],
        says=[
            Words(
                words="You will hear from me by noon in two days with a choice of packs.",
                due_at=later + timedelta(days=2),
            )
        ],
    )
    weeks.again(
        case,
        ROSALIA,
        at=later + timedelta(hours=6),
        text=(
            "Thank you for telling me straight. What I would like: a pack I can trust before we leave on the "
            "21st, same size. Is the buckle on your other packs from the same lot?"
        ),
    )
    notes.add(
        case.pk,
        text="Two Fell 48 with the steel buckle came back from the shop floor, unworn. Both set aside for her.",
        by=cast.marta,
        now=later + timedelta(hours=7),
    )


def _annika(weeks: Weeks, at: datetime) -> None:
    case = weeks.letter(
        ANNIKA,
        at=at,
        subject="Exchange, wrong size boots",
        text="The boots are a size too small although I ordered 41. Can I exchange them?",
    )
    weeks.reply(
        case,
        weeks.cast.tom,
        at=at + timedelta(hours=1),
        text="Yes. The label for the return is in this mail, and size 41 leaves here today.",
        kinds=["answer", "offer"],
    )
    weeks.until(at + timedelta(days=2))
    try:
        cases.close(case.pk, by=weeks.cast.tom, now=at + timedelta(days=2))
    except refusals.CannotClose:
        # Where the weekend falls decides whether something is still owed; then it simply stays open.
        return


def _bashir(weeks: Weeks, at: datetime, now: datetime) -> None:
    case = weeks.letter(
        BASHIR,
        at=at,
        subject="Sleeping bag arrived damp and torn",
        text="The parcel was wet and the bag has a tear of a hand's length. We go on Saturday.",
    )
    weeks.reply(
        case,
        weeks.cast.luis,
        at=at + timedelta(hours=4),
        text="I have asked the warehouse for another of the same lot, and you will hear from me either way.",
        kinds=["promise"],
        says=[
            Words(
                words="You will hear from me today, with or without the warehouse.",
                due_at=now + timedelta(minutes=38),
            )
        ],
    )


def _kwame(weeks: Weeks, at: datetime) -> None:
    weeks.letter(
        KWAME,
        at=at,
        subject="Deposit for the rental tent",
        text="I brought the tent back on the 14th. When do I get my deposit?",
    )


def _dolores(weeks: Weeks, at: datetime, now: datetime) -> None:
    case = weeks.letter(
        DOLORES,
        at=at,
        subject="Pedí dos tiendas y llegó una",
        text="Pedí dos tiendas y sólo llegó una. En la caja pone dos.",
    )
    weeks.reply(
        case,
        weeks.cast.priya,
        at=at + timedelta(minutes=50),
        text="La segunda tienda sale mañana; tengo la etiqueta en la mano.",
        kinds=["news", "promise"],
        says=[Words(words="La segunda tienda sale mañana.", due_at=now + timedelta(hours=20))],
    )


def _hanne(weeks: Weeks, at: datetime) -> None:
    weeks.letter(
        HANNE,
        at=at,
        subject="Charged twice for one stove",
        text="My bank shows the stove twice, $89.00 and $89.00, on the same day.",
    )


def _maeve(weeks: Weeks, at: datetime) -> None:
    weeks.letter(
        MAEVE,
        at=at,
        door="executive",
        subject="Order 88-1710 never left",
        text="Dear Ms Larkfield, I have ordered from you since your father ran the shop. Order 88-1710 never left.",
    )


def _freya(weeks: Weeks, at: datetime, now: datetime) -> None:
    case = weeks.letter(
        FREYA,
        at=at,
        subject="Gift arrived without the gift note, twice",
        text="The gift arrived without the note. You sent it again, without the note. Her birthday is on Friday.",
    )
    weeks.reply(
        case,
        weeks.cast.priya,
        at=at + timedelta(minutes=35),
        text="A new one, with your note in my own hand, goes out and reaches her in time.",
        kinds=["offer", "promise"],
        says=[Words(words="A new one, with your note, reaches her in time.", due_at=now + timedelta(days=2))],
    )


def _today(weeks: Weeks, now: datetime) -> None:
    cast = weeks.cast
    early = now - timedelta(minutes=110)
    case = weeks.letter(
        PIOTR,
        at=early,
        subject="Discount code refused at the till",
        text="Your code LARK20 was refused at the till in front of everybody. The mail says any tent.",
    )
    if case.owner_id != cast.luis.pk:
        handoffs.offer(
            case.pk, to=cast.luis, by=cast.marta, note="You know the till.", now=early + timedelta(minutes=20)
        )
    weeks.letter(
        YUKI,
        at=now - timedelta(minutes=55),
        subject="Order stuck “in fulfillment” for six days",
        text="Order 88-2110 has said “in fulfillment” for six days. Is it coming?",
    )
    weeks.until(now - timedelta(minutes=50))
    amends.oddnys_refund_waits_for_a_yes(weeks, now - timedelta(minutes=50))
    amends.piotr_has_a_code(weeks, now - timedelta(minutes=40))
    weeks.until(now - timedelta(minutes=30))
    people.excuse(
        cast.adaeze,
        from_at=now - timedelta(minutes=30),
        to_at=now + timedelta(hours=3),
        cover=cast.tom,
        why="dentist",
        by=cast.adaeze,
        now=now - timedelta(minutes=30),
    )
    weeks.until(now)
    for name in ("ruth", "marta"):
        _answer_what_rings(cast, name, now)


def _answer_what_rings(cast: Cast, name: str, now: datetime) -> None:
    """One of the higher-ups has answered one alarm, so that the demo shows both kinds."""
    for ringing in board.ringing(board.waiting(cast[name]))[-1:]:
        alarms.acknowledge(ringing.case.pk, by=cast[name], now=now)
