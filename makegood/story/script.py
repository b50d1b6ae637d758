"""The form of a story file, read and checked. Every mistake is reported at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

VERBS = frozenset(
    {
        "letter",
        "writes",
        "page_writes",
        "not_resolved",
        "ask_for_manager",
        "release",
        "answers",
        "answers_by_mail",
        "offers",
        "accepts",
        "returns",
        "notes",
        "has_it",
        "keeps",
        "closes",
        "away",
        "back",
        "leaves",
        "server_down",
        "server_up",
        "bounces",
        "needs_no_answer",
        "needs_it_by",
        "looks",
        # To make it right:
        "asks_wish",
        "wishes",
        "hears_wish",
        "passes_wish",
        "names_item",
        "settles_item",
        "proposes",
        "approves",
        "denies",
        "makes_offer",
        "orders",
        "ships",
        "delivers",
        "fails",
        "chooses",
        "declines",
        "confirms",
        "not_right",
        "takes_in",
        "gives_back",
        # Programmes and codes:
        "starts_programme",
        "publishes",
        "enters",
        "grants",
        "redeems",
        "extends",
        "ends_programme",
        # Incidents:
        "opens_incident",
        "lists_affected",
        "writes_to_all",
        "tells_all",
        "counts_cost",
        "approves_sum",
        "gives_all",
        "told_by_hand",
        "offers_to_all",
    }
)
CHECKS = frozenset(
    {
        "alarm",
        "no_alarm",
        "warned",
        "cases",
        "contacts",
        "owner",
        "open",
        "promise",
        "finding",
        "no_finding",
        "handoffs",
        "mail",
        "page_shows",
        "page_lacks",
        "refused",
        "event",
        "never",
        "head_start",
        "ball",
        "same_dates",
        "policy_refuses",
        "attachments",
        "slipped",
        "remedy",
        "wish",
        "items",
        "tenure",
        "books",
        "gap",
        "catalogue_lacks",
        "told",
        "holds",
        "pinned",
        "stopped",
        "order_came_from",
        "warned_of",
        "incident",
    }
)
_SPAN = re.compile(r"(\d+)\s*(w|d|h|m|s)")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class StoryErrors(Exception):  # noqa: N818  (they are several)
    """The story file can't be told. `errors` are sentences: where, what, what to write instead."""

    def __init__(self, errors: list[str]) -> None:
        self.errors = errors
        super().__init__("\n".join(errors))


@dataclass(frozen=True, kw_only=True)
class Step:
    """Somebody does something at a moment, or after the first alarm."""

    at: datetime | None
    after_alarm: timedelta | None
    verb: str
    details: dict[str, Any]
    where: str


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What must be true by then; at the end, if no moment is given."""

    at: datetime | None
    check: str
    wanted: Any
    names: tuple[str, ...]
    where: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Script:
    """A story, ready to be told in one mode."""

    title: str
    zone: str
    start: datetime
    until: datetime
    steps: tuple[Step, ...]
    expectations: tuple[Expectation, ...]
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """The capabilities that some expectation of this mode names."""
        return frozenset(name for expected in self.expectations for name in expected.names)


def read(path: Path, *, mode: str) -> Script:
    """Return the story in one mode. Raises StoryErrors."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StoryErrors([f"{path}: not readable as YAML: {error}"]) from None
    return _Reader(path, told, mode).script()


class _Reader:
    def __init__(self, path: Path, told: Any, mode: str) -> None:
        self.path, self.mode = path, mode
        self.told: dict[str, Any] = told if isinstance(told, dict) else {}
        self.errors: list[str] = []
        self.zone = "UTC"
        self.start = datetime(2026, 1, 1, tzinfo=UTC)

    def script(self) -> Script:
        self._frame()
        steps = [*self._steps("events"), *self._steps(self.mode)]
        expectations = [*self._expectations("expect"), *self._expectations(f"expect_{self.mode}")]
        until = self.moment(self.told.get("until", "+20d"), "until") or self.start
        if self.errors:
            raise StoryErrors(self.errors)
        return Script(
            title=str(self.told.get("story", self.path.stem)),
            zone=self.zone,
            start=self.start,
            until=until,
            steps=tuple(steps),
            expectations=tuple(expectations),
            people=dict(self.told.get("people") or {}),
            policy=dict(self.told.get("policy") or {}),
        )

    def wrong(self, where: str, what: str, instead: str) -> None:
        self.errors.append(f"{self.path.name}, {where}: {what}. {instead}")

    def _frame(self) -> None:
        known = {"story", "says", "clock", "until", "people", "policy", "events", "history", "makegood"}
        known |= {"expect", "expect_history", "expect_makegood", "source"}
        for key in self.told.keys() - known:
            self.wrong(str(key), "this part of a story is not known", f"Known are: {', '.join(sorted(known))}.")
        clock = self.told.get("clock") or {}
        try:
            self.zone = str(clock["zone"])
            naive = datetime.fromisoformat(str(clock["start"]))
            self.start = naive.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        except (KeyError, ValueError, OSError):
            self.wrong(
                "clock", "needs a zone and a start", "Write clock: {zone: America/New_York, start: 2026-03-02 10:00}."
            )

    def moment(self, given: Any, where: str) -> datetime | None:
        """Return a moment: `+3d 4h` after the start, or a date and time in the story's zone."""
        text = str(given)
        if text.startswith("+"):
            span = self.span(text[1:], where)
            return self.start + span if span is not None else None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
        except ValueError:
            self.wrong(where, f"“{text}” is no moment", "Write +3d 4h, or 2026-03-05 10:00.")
            return None

    def span(self, text: str, where: str) -> timedelta | None:
        found = _SPAN.findall(text)
        if "".join(f"{n}{u}" for n, u in found) != text.replace(" ", ""):
            self.wrong(where, f"“{text}” is no length of time", "Write it as 2w, 3d 4h, 30m.")
            return None
        return sum((timedelta(**{_UNITS[u]: int(n)}) for n, u in found), timedelta())

    def _steps(self, part: str) -> list[Step]:
        steps = []
        for index, told in enumerate(self.told.get(part) or [], start=1):
            where = f"{part} no. {index}"
            verbs = sorted(VERBS & set(told)) if isinstance(told, dict) else []
            if len(verbs) != 1:
                self.wrong(where, "needs exactly one verb", f"One of: {', '.join(sorted(VERBS))}.")
                continue
            verb = verbs.pop()
            after = told.get("after_alarm")
            at = None if after is not None else self.moment(told.get("at", "+0m"), where)
            details = told[verb] if isinstance(told[verb], dict) else {"who": told[verb]}
            waits = self.span(str(after), where) if after is not None else None
            steps.append(Step(at=at, after_alarm=waits, verb=verb, details=details, where=where))
        return steps

    def _expectations(self, part: str) -> list[Expectation]:
        expected = []
        for index, told in enumerate(self.told.get(part) or [], start=1):
            where = f"{part} no. {index}"
            checks = sorted(CHECKS & set(told)) if isinstance(told, dict) else []
            if len(checks) != 1:
                self.wrong(where, "needs exactly one check", f"One of: {', '.join(sorted(CHECKS))}.")
                continue
            check = checks.pop()
            names = told.get("names") or ()
            expected.append(
                Expectation(
                    at=self.moment(told["at"], where) if "at" in told else None,
                    check=check,
                    wanted=told[check],
                    names=(names,) if isinstance(names, str) else tuple(names),
                    where=where,
                    words=str(told.get("says", "")),
                )
            )
        return expected
