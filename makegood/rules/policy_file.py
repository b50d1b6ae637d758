"""A policy read from its TOML file, or every reason why it can't be.

`read` is pure: text in, policy out. A file is accepted whole or not at all,
and what is wrong with it is told in one go: where, what, what to write
instead. `docs/policy.md` explains every table and key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import policy_remedies as making_right
from . import policy_sections as sections
from . import policy_sense as sense
from .money import EXPONENTS
from .policy import Kind, Law, Policy, Span
from .policy_calendars import calendars
from .policy_tables import Complaints, PolicyError, Table, Where, load, one_of

__all__ = ["PolicyError", "PolicyErrors", "format_errors", "law_ids", "read"]


class PolicyErrors(Exception):  # noqa: N818  (several, and each is a PolicyError)
    """This file is no policy. `errors` holds everything that is wrong with it, in the order of the file."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.line or 0))
        super().__init__(format_errors(self.errors))


def read(text: str, *, version: int, name: str, laws: Mapping[str, str] | None = None) -> Policy:
    """Return the policy that `text` states.

    `laws` are the texts of the law files by id; the file's `include` picks
    among them. Raises PolicyErrors with everything that is wrong.
    """
    root = load(text)
    if root.complaints.errors:
        raise PolicyErrors(root.complaints.errors)
    included = _included(root, laws or {})
    policy = _policy(root, included, version=version, name=name)
    errors = [error for table in (root, *included) for error in table.complaints.errors]
    if errors:
        raise PolicyErrors(errors)
    return policy


def format_errors(errors: Iterable[PolicyError]) -> str:
    """Return the errors as a person reads them: where, what, and on the next line what to write instead."""
    told = list(errors)
    lines = []
    for error in told:
        line = f"line {error.line}, " if error.line else ""
        lines.append(f"{line}{error.where}: {error.what}\n    write instead: {error.instead}")
    count = "1 thing" if len(told) == 1 else f"{len(told)} things"
    return "\n".join([*lines, f"{count} to mend."])


def law_ids(text: str) -> tuple[str, ...]:
    """Return which law files a policy includes, so that a door knows what to fetch. Never raises."""
    found: Any = load(text).content.get("include", [])
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _included(root: Table, laws: Mapping[str, str]) -> list[Table]:
    tables = []
    for law_id in dict.fromkeys(root.texts("include", ())):
        if law_id not in laws:
            root.complain("include", f'there is no law "{law_id}"', one_of(law_id, laws))
            continue
        table = load(laws[law_id], within=f"law {law_id}: ")
        if table.complaints.errors:
            root.complaints.errors += table.complaints.errors
            continue
        tables.append(table)
        heading = table.content.get("law")
        if isinstance(heading, dict) and heading.get("id", law_id) != law_id:
            table.complaints.add(("law", "id"), "is not the name of its file", f'"{law_id}"')
    return tables


def _policy(root: Table, included: list[Table], *, version: int, name: str) -> Policy:
    """Return the policy, with stand-ins wherever a complaint was made."""
    house = root.table("house")
    known = _named(root, "calendars"), _named(root, "ladders"), _named(root, "doors")
    meanings = sections.words(root.table("words", required=False))
    hours = calendars(root.table("calendars"))
    ladders = sections.ladders(root.table("ladders"))
    kinds = sections.kinds(root.table("kinds"), calendars=known[0], ladders=known[1], doors=known[2])
    laws = [_add_law(table, kinds, known) for table in included]
    currency = _currency(house)
    policy = Policy(
        name=house.text("name", name),
        version=version,
        currency=currency,
        calendars=hours,
        default_calendar=house.choice("calendar", known[0]),
        kinds=kinds,
        ladders=ladders,
        pauses=sections.pauses(root.table("pauses")),
        doors=sections.doors(root.table("doors"), teams=house.texts("teams", ()), meanings=meanings),
        handoff_budget=house.count("handoff_budget"),
        answered_for=house.span("answered_for"),
        quiet_after=house.span("quiet_after"),
        alarm_limit=house.span("alarm_limit"),
        vague_words=meanings,
        authority=sections.authority(root.table("authority", required=False)),
        laws=tuple(laws),
        remedies=making_right.catalogue(root.table("remedies", required=False), budgets=_named(root, "budgets")),
        budgets=making_right.budgets(root.table("budgets", required=False), currency=currency),
        rates=making_right.rates(root.table("rates", required=False), currency=currency),
        code_reminders=making_right.reminders(root.table("code_reminders", required=False)),
        choice_stands_after=house.span("choice_stands_after") if house.has("choice_stands_after") else None,
        incident_told_within=(
            house.span("incident_told_within") if house.has("incident_told_within") else Policy.incident_told_within
        ),
    )
    house.done()
    root.done()
    _make_sense(policy, root.complaints, included)
    return policy


def _named(root: Table, section: str) -> list[str]:
    """Return the names a section declares, readable or not: a faulty door is still a door."""
    content = root.content.get(section)
    return list(content) if isinstance(content, dict) else []


def _currency(house: Table) -> str:
    found = house.text("currency")
    if found not in EXPONENTS and not house.complaints.about((*house.where, "currency")):
        house.complain("currency", f'"{found}" is no currency', 'its ISO 4217 code, such as "USD"')
    return found


def _add_law(table: Table, kinds: dict[str, Kind], known: tuple[list[str], list[str], list[str]]) -> Law:
    """Add the law's kinds to the house's."""
    law = sections.law(table.table("law"))
    calendar_names, ladder_names, door_names = known
    found = sections.kinds(
        table.table("kinds"), calendars=calendar_names, ladders=ladder_names, doors=door_names, law=law.id
    )
    table.done()
    for name, kind in found.items():
        if name in kinds:
            instead = "another name for the house's own kind; a law's clock runs beside it"
            table.complaints.add(("kinds", name), "is a kind of this policy already", instead)
        else:
            kinds[name] = kind
    return law


def _make_sense(policy: Policy, complaints: Complaints, included: list[Table]) -> None:
    own = {name: kind for name, kind in policy.kinds.items() if not kind.law}
    hours = policy.calendars.get(policy.default_calendar)
    sense.core_is_whole(own, complaints)
    sense.addresses_are_one_doors_each(policy.doors, complaints)
    sense.authority_rises(policy.authority, complaints)
    making_right.rates_are_there(policy.budgets, policy.rates, policy.currency, complaints)
    if policy.remedies:
        making_right.clocks_are_whole(own, complaints)
    sense.ladders_climb(policy.ladders, policy.calendars.values(), complaints)
    sense.nothing_ends_at_midnight(_distances(policy), complaints)
    if "house" not in policy.ladders:
        what = "is missing; an alarm that names no ladder climbs this one"
        complaints.add(("ladders", "house"), what, "[ladders.house]")
    if hours is None:
        return
    sense.ranges_are_the_right_way_round(policy.doors, hours, complaints)
    sense.warnings_come_in_time(own, hours, complaints)
    for table, law in zip(included, policy.laws, strict=True):
        theirs = {name: kind for name, kind in policy.kinds.items() if kind.law == law.id}
        sense.warnings_come_in_time(theirs, hours, table.complaints)


def _distances(policy: Policy) -> dict[Where, Span]:
    """Return the spans that are distances, by place."""
    found: dict[Where, Span] = {
        ("pauses", "limit"): policy.pauses.limit,
        ("house", "answered_for"): policy.answered_for,
        ("house", "quiet_after"): policy.quiet_after,
        ("house", "alarm_limit"): policy.alarm_limit,
        ("house", "incident_told_within"): policy.incident_told_within,
    }
    if policy.choice_stands_after is not None:
        found[("house", "choice_stands_after")] = policy.choice_stands_after
    for name, ladder in policy.ladders.items():
        found[("ladders", name, "repeat")] = ladder.repeat
        found[("ladders", name, "grace")] = ladder.grace
    return found
