"""Lists of people that somebody uploads: what the columns mean, and whom a row names, or why it names nobody.

Pure: text in, values out. Bytes, encodings and places on disk are the desk's business (`actions.incident_lists`).
A row is refused rather than guessed at; whoever uploaded the list gets it back with the reason.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from . import money

DELIMITERS = (",", ";", "\t", "|")
FIELDS = ("mail", "name", "order", "item", "amount", "currency", "language", "customer", "partner_told_at")
LONGEST_ROW = 20_000
"""Characters of one row; a quote that is never closed would swallow the rest of the list."""
MOST_LINES = 40
"""Lines one row may be broken over, for the same reason."""
MOST_CELLS = 60

_MEANS = {
    "mail": "mail email e-mail emailaddress mailaddress address correo correoelectronico customeremail",
    "name": "name fullname customername nombre cliente customer contact",
    "order": "order ordernumber orderno orderid booking bookingreference reservation pedido numerodepedido reserva",
    "item": "item product article sku producto articulo entry event",
    "amount": "amount price paid total fee importe precio pagado",
    "currency": "currency moneda",
    "language": "language lang idioma",
    "customer": "customerid customernumber customerno numerodecliente",
    "partner_told_at": "partnertoldat partnernotice toldbypartner notifiedat avisadoel",
}
_MEANING = {word: field for field, words in _MEANS.items() for word in words.split()}


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whom one row names."""

    mail: str = ""
    name: str = ""
    order: str = ""
    item: str = ""
    amount: int | None = None
    """Minor units of the incident's currency."""
    language: str = ""
    customer: str = ""
    """Our own number of the customer, as the list says it."""
    partner_told_at: datetime | None = None


class NamesNobody(ValueError):  # noqa: N818  (a row's verdict; it is not an error)
    """This row names nobody we can be sure of. `why` is a sentence for whoever uploaded it."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def delimiter(first_lines: Sequence[str]) -> str:
    """Return what parts the cells: the sign that cuts these lines into the most columns, equally many in each."""
    best, most = ",", 1
    for sign in DELIMITERS:
        try:
            widths = {len(row) for row in csv.reader(first_lines, delimiter=sign) if row}
        except csv.Error:  # A quote that nobody closes makes a cell longer than any is.
            continue
        width = min(widths, default=1)
        # A list in which a cell may hold the sign is wider here and there, never narrower.
        if width > most:
            best, most = sign, width
    return best


def columns(header: Sequence[str]) -> tuple[str, ...]:
    """Return what each column means, by the first row; empty for one that says nothing to us.

    Where no cell is a heading we know and one is a mail address, the first row is a person already, and the
    columns with an address are all that is read: see `is_heading`.
    """
    means = [_MEANING.get(_folded(cell), "") for cell in header[:MOST_CELLS]]
    for at, field in enumerate(means):
        if field in means[:at]:
            means[at] = ""
    if any(means):
        return tuple(means)
    guessed = ["mail" if "@" in cell else "" for cell in header[:MOST_CELLS]]
    return tuple("mail" if field and at == guessed.index("mail") else "" for at, field in enumerate(guessed))


def is_heading(header: Sequence[str]) -> bool:
    """Return whether a first row names columns rather than a person."""
    return not any("@" in cell for cell in header)


def _folded(cell: str) -> str:
    plain = unicodedata.normalize("NFKD", cell).casefold()
    return re.sub(r"[^a-z0-9-]|(?<!e)-|-(?!mail)", "", plain)


# ── cutting a list into rows ─────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it stands in the list: its cells, or why it can't be read, and how far the list is read after it."""

    line: int
    cells: tuple[str, ...]
    why: str = ""
    lines: int = 1
    """Over how many lines it goes."""
    end: int
    """Bytes from the start of what was cut."""


def cut(lines: Iterator[bytes], *, sign: str, line: int) -> Iterator[Row]:
    """Yield the rows of lines of UTF-8, the first of which is number `line`.

    A quote may hold line ends. One that is not closed within `MOST_LINES` lines spoils its own line only.
    """
    waiting: list[bytes] = []
    end = 0
    while True:
        first = waiting.pop(0) if waiting else next(lines, b"")
        if not first:
            return
        held = [first]
        while _is_open(held) and len(held) < MOST_LINES and sum(map(len, held)) < LONGEST_ROW:
            more = waiting.pop(0) if waiting else next(lines, b"")
            if not more:
                break
            held.append(more)
        why = ""
        if _is_open(held):
            why = "A quotation mark is opened and not closed."
            held, waiting = held[:1], held[1:] + waiting
        end += sum(map(len, held))
        text = b"".join(held).decode("utf-8", "replace").rstrip("\r\n")
        if text.strip(f"{sign} \t\ufeff"):
            yield _row(text, sign=sign, line=line, lines=len(held), why=why, end=end)
        line += len(held)


def _is_open(held: Sequence[bytes]) -> bool:
    return sum(piece.count(b'"') for piece in held) % 2 == 1


def _row(text: str, *, sign: str, line: int, lines: int, why: str, end: int) -> Row:
    if why or len(text) > LONGEST_ROW:
        return Row(line=line, lines=lines, cells=(text[:500],), why=why or "The row is too long.", end=end)
    # Not `splitlines`: it also parts at signs that end no line of a list.
    cells = next(csv.reader([f"{piece}\n" for piece in text.split("\n")], delimiter=sign), [])
    if len(cells) > MOST_CELLS:
        cells = cells[:MOST_CELLS]
        return Row(line=line, lines=lines, cells=tuple(cells), why="The row has too many cells.", end=end)
    return Row(line=line, lines=lines, cells=tuple(cell.strip() for cell in cells), end=end)


# ── what a row says ──────────────────────────────────────────────────────────


def named(row: Row, means: Sequence[str], *, currency: str, address: Callable[[str], str]) -> Named:
    """Return whom a row names. `address` reads a mail address, or returns an empty string. Raises NamesNobody."""
    if row.why:
        raise NamesNobody(row.why)
    said = {field: cell for field, cell in zip(means, row.cells, strict=False) if field and cell}
    typed = said.get("mail", "")
    mail = address(typed)
    if typed and not mail:
        raise NamesNobody("That is no mail address we could write to.")
    if not (mail or said.get("order") or said.get("customer")):
        raise NamesNobody("It has no mail address, no order and no customer number: a name alone may be two people.")
    return Named(
        mail=mail,
        name=said.get("name", "")[:200],
        order=said.get("order", "")[:60],
        item=said.get("item", "")[:120],
        amount=_amount(said.get("amount", ""), said.get("currency", ""), currency),
        language=said.get("language", "")[:2].lower(),
        customer=said.get("customer", "")[:40],
        partner_told_at=_moment(said.get("partner_told_at", "")),
    )


def _amount(typed: str, its: str, currency: str) -> int | None:
    if not typed:
        return None
    if its and its.upper() != currency:
        raise NamesNobody("The amount is in another currency than the incident's.")
    try:
        found = money.read(typed.strip(" $€£"), currency)
    except money.NotMoney as wrong:
        raise NamesNobody(wrong.why) from None
    if found.minor < 0:
        raise NamesNobody("The amount is below zero.")
    return found.minor


def _moment(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        raise NamesNobody("The partner's moment is none: write it as 2026-03-02T09:00-06:00.") from None
    if at.tzinfo is None:
        raise NamesNobody("The partner's moment has no time zone: write it as 2026-03-02T09:00-06:00.")
    return at.astimezone(UTC)


# ── giving rows back ─────────────────────────────────────────────────────────

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (A-46): full-width signs and signs after quotes too."""
    seen = unicodedata.normalize("NFKC", cell).lstrip(" \u00a0'\"\u200b\ufeff")
    begins = cell[:1] in ("\t", "\r", "\n") or seen.startswith(_FORMULA)
    return f"'{cell}" if begins else cell
