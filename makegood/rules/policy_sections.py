"""The sections of a policy file, each turned into its values.

One function a section. Each complains about what it can't read and goes on,
so a file's mistakes are told together (see `policy_tables`). Whether the
sections make sense with each other is `policy_sense`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .policy import (
    Authority,
    Door,
    Kind,
    Ladder,
    Law,
    Pauses,
    Role,
    Rung,
    Signal,
    Source,
    Span,
    Standing,
)
from .policy_tables import Table, one_of
from .vague_words import is_vague, meaning, vague_words

DOOR_KINDS = ("mail", "form", "phone", "post", "social", "order")
CONFIDENCE = ("high", "medium", "low", "draft")

# ── promises and who hears ───────────────────────────────────────────────────


def kinds(
    table: Table, *, ladders: Iterable[str], doors: Iterable[str], calendars: Iterable[str], law: str = ""
) -> dict[str, Kind]:
    """Return the kinds of promises by name. With `law`, they are that law's."""
    return {
        name: _kind(each, name, list(ladders), list(doors), ["owner", "customer", *calendars], law)
        for name, each in table.named()
    }


def _kind(table: Table, name: str, ladders: list[str], doors: list[str], calendars: list[str], law: str) -> Kind:
    by_door = table.table("by_door", required=False)
    for door in by_door.content:
        if door not in doors:
            by_door.complain(door, f'there is no door "{door}"', one_of(door, doors))
    kind = Kind(
        name=name,
        title=table.text("title"),
        opens_on=tuple(Signal(each) for each in table.choices("opens_on", list(Signal))),
        kept_by=tuple(Signal(each) for each in table.choices("kept_by", list(Signal))),
        within=table.span("within"),
        by_door={door: by_door.span(door) for door in by_door.content},
        warn=table.spans("warn"),
        # A law's business days are its own: a house closed at will, or open on Saturdays, doesn't move them.
        calendar=table.choice("calendar", calendars, "law" if law and "law" in calendars else "owner"),
        pausable=table.yes("pausable", False),
        shown=table.yes("shown", True),
        ladder=table.choice("ladder", ladders, "house"),
        restarts=table.yes("restarts", False),
        only_our_turn=table.yes("only_our_turn", False),
        source=Source.LAW if law else Source.POLICY,
        law=law,
    )
    table.done()
    return kind


def ladders(table: Table) -> dict[str, Ladder]:
    """Return the ladders by name."""
    return {name: _ladder(each, name) for name, each in table.named()}


def _ladder(table: Table, name: str) -> Ladder:
    rungs = table.tables("rungs")
    if not rungs and not table.complaints.about((*table.where, "rungs")):
        table.complain("rungs", "names nobody who hears", 'rungs = [{role = "owner", after = "0 …"}, …]')
    ladder = Ladder(
        name=name,
        rungs=tuple(_rung(each) for each in rungs),
        repeat=table.span("repeat"),
        grace=table.span("grace"),
    )
    table.done()
    return ladder


def _rung(table: Table) -> Rung:
    # An administrator looks after the program; a rung is somebody who can act for the customer.
    role = table.choice("role", ["owner", *(role for role in Role if role is not Role.ADMIN)])
    rung = Rung(role=None if role == "owner" else Role(role), after=table.span("after", least=0))
    table.done()
    return rung


def pauses(table: Table) -> Pauses:
    """Return what an ask may pause."""
    found = Pauses(limit=table.span("limit"), per_reply=table.count("per_reply", 1))
    table.done()
    return found


def authority(table: Table) -> dict[Role, Authority]:
    """Return how much each role may give, in minor units of the currency."""
    found = {}
    givers = [role for role in Role if role is not Role.ADMIN]
    for name, each in table.named():
        if name not in givers:
            table.complain(name, f'no "{name}" gives anything', one_of(name, givers))
            continue
        found[Role(name)] = Authority(
            role=Role(name),
            per_case=each.count("per_case"),
            per_customer=each.count("per_customer"),
            per_day=each.count("per_day"),
            per_30_days=each.count("per_30_days") if each.has("per_30_days") else 0,
        )
        each.done()
    return found


# ── doors and words ──────────────────────────────────────────────────────────


def words(table: Table) -> dict[str, Span]:
    """Return what the house means by vague words."""
    found = {}
    for word in table.content:
        known = word.lower()
        if not is_vague(known):
            table.text(word)
            table.complain(word, f'"{word}" needs no number', 'a vague word, such as prompt or "en breve"')
            continue
        found[known] = table.span(word)
    return found


def doors(table: Table, *, teams: Iterable[str], meanings: dict[str, Span]) -> dict[str, Door]:
    """Return the ways in by name."""
    known = list(teams)
    return {name: _door(each, name, known, meanings) for name, each in table.named()}


def _door(table: Table, name: str, teams: list[str], meanings: dict[str, Span]) -> Door:
    door = Door(
        name=name,
        kind=table.choice("kind", DOOR_KINDS),
        title=table.text("title"),
        addresses=table.texts("addresses", ()),
        team=table.choice("team", teams, ""),
        executive=table.yes("executive", False),
        public=table.yes("public", False),
        standing=tuple(_standing(each, meanings) for each in table.tables("standing")),
    )
    table.done()
    return door


def _standing(table: Table, meanings: dict[str, Span]) -> Standing:
    said = table.text("words")
    found = Standing(
        words=said,
        near=table.span("near") if table.has("near") else None,
        due=_due(table, said, meanings),
        source=Source(table.choice("source", list(Source), Source.AUTOMATIC)),
        language=table.text("language", "en"),
    )
    table.done()
    return found


def _due(table: Table, said: str, meanings: dict[str, Span]) -> Span:
    """Return when the words fall due: as the file says, or as the house means its own vague word."""
    vague = vague_words(said)
    meant = [span for word in vague if (span := meaning(word, meanings))]
    for word in vague:
        if meaning(word, meanings) is None:
            instead = f'a number in the text, or {_quoted(word)} = "8 business hours" under [words]'
            table.complain("words", f'"{word}" promises without saying when', instead)
    if not table.has("due") and meant:
        return meant[0]
    due = table.span("due")
    if meant and due not in meant and not table.complaints.about((*table.where, "due")):
        table.complain("due", f'"{vague[0]}" means {meant[0]} in this house, not {due}', f'"{meant[0]}"')
    return due


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[a-z]+", word) else f'"{word}"'


def law(table: Table) -> Law:
    """Return where a shipped legal policy was read."""
    found = Law(
        id=table.text("id"),
        title=table.text("title"),
        jurisdiction=table.text("jurisdiction"),
        source=table.text("source"),
        verified_on=_date(table, "verified_on"),
        confidence=table.choice("confidence", CONFIDENCE),
    )
    table.done()
    return found


def _date(table: Table, key: str) -> str:
    written = table.content.get(key)
    if type(written) is date:
        table.days(key)
        return written.isoformat()
    found = table.text(key)
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", found) and not table.complaints.about((*table.where, key)):
        table.complain(key, f'"{found}" is no date', "a date such as 2026-11-22")
    return found
