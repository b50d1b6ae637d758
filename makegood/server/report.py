"""What the doctor found, for people and for programs. Plain values: where there is no desk, they say that, too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from makegood import config


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at. `found` names what is wrong; empty when nothing is."""

    code: str
    title: str
    says: str
    found: tuple[str, ...] = ()
    count: int = 0
    """All that is wrong; `found` may name only the first."""

    @property
    def well(self) -> bool:
        return self.count == 0


@dataclass(frozen=True, kw_only=True)
class Recomputed:
    """How many cases were recomputed one by one, and after how many hourly runs each of them was."""

    cases: int
    of: int
    every_runs: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """All checks, in the order in which they were made."""

    at: datetime
    checks: tuple[Check, ...]
    recomputed: Recomputed | None = None

    @property
    def well(self) -> bool:
        return all(check.well for check in self.checks)

    def as_json(self) -> str:
        """Return the report for programs."""
        part = self.recomputed
        return json.dumps(
            {
                "at": self.at.isoformat(),
                "well": self.well,
                "recomputed": {"cases": part.cases, "of": part.of, "every_runs": part.every_runs} if part else None,
                "checks": [
                    {
                        "code": check.code,
                        "title": check.title,
                        "well": check.well,
                        "says": check.says,
                        "count": check.count,
                        "found": list(check.found),
                    }
                    for check in self.checks
                ],
            },
            indent=2,
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """Return the report for people."""
        lines = [line for check in self.checks for line in _lines(check)]
        wrong = sum(not check.well for check in self.checks)
        lines.append("")
        lines.append("Everything is well." if not wrong else f"{wrong} of {len(self.checks)} checks found something.")
        return "\n".join(lines)


def _lines(check: Check) -> Iterator[str]:
    yield f"{'good ' if check.well else 'FOUND'}  {check.code:<11} {check.title}: {check.says}"
    for what in check.found:
        yield f"{'':20}{what}"
    if check.count > len(check.found) > 0:
        yield f"{'':20}and {check.count - len(check.found)} more"


def where_there_is_no_desk(*, now: datetime) -> Report | None:
    """Return the report on a desk that is not there, or None if it is. Makes nothing, as looking at it would."""
    home = Path(config.get("MAKEGOOD_HOME")).resolve()
    if not home.is_dir():
        missing = f"{home} is not there. Set MAKEGOOD_HOME to the folder of your desk, or start the desk once."
    elif not config.get("MAKEGOOD_DATABASE_URL") and not (home / "makegood.sqlite3").exists():
        missing = f"{home} holds no desk. Set MAKEGOOD_HOME to the folder of your desk, or start the desk once."
    else:
        return None
    return Report(at=now, checks=(Check(code="home", title="Home", says="no desk", found=(missing,), count=1),))
