"""A made-up desk, judged by the demo house's hours and gathered once for all tests that look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from makegood.audit.gather import Facts, Report, gather
from makegood.audit.house_rules import hours_of
from makegood.audit.tables import Tables
from makegood.config import shipped
from makegood.rules import policy_file
from makegood.rules.hours import Hours
from tests.audit import small_log

TEAMS = ("Front desk", "Warehouse", "Repair bench", "Billing", "Carrier")


@pytest.fixture(scope="session")
def hours() -> Hours:
    """Chicago, Monday to Friday, nine to five."""
    return hours_of(policy_file.read(shipped.demo_policy(), version=1, name="house", laws=shipped.law_texts()))


def gathered(folder: Path, hours: Hours, **said: object) -> Report:
    """What is said about the tables in a folder."""
    facts = {
        "source": "export.csv", "as_of": small_log.AS_OF, "written_at": small_log.AS_OF, "policy": "house",
        "hours": hours, "reading": {"rows": 100, "rejected": 2, "ignored": 0},
    } | said  # fmt: skip
    with Tables(folder, as_of=small_log.AS_OF, log=folder / "events.parquet") as tables:
        return gather(tables, Facts(**facts))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of 300 cases of five teams."""
    folder = tmp_path_factory.mktemp("desk")
    small_log.desk(folder, cases=300, teams=TEAMS)
    return folder


@pytest.fixture(scope="session")
def report(desk: Path, hours: Hours) -> Report:
    return gathered(desk, hours)


@pytest.fixture
def tables(desk: Path, hours: Hours) -> Iterator[Tables]:
    from makegood.audit.openings import lay_ruler

    with Tables(desk, as_of=small_log.AS_OF, log=desk / "events.parquet") as opened:
        lay_ruler(opened, hours)
        yield opened
