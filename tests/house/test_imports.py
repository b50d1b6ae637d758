"""The arrows all point one way, and a broken arrow is seen."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.reading import ROOT, modules

#: Rooms that the contracts name without brackets, so import-linter wants to find them.
FOUNDATION = ("rules", "language", "notify", "second_reader", "connectors", "desk", "intake", "audit", "readers")

#: A house in which every contract is broken once, and what import-linter must say of it.
BROKEN_HOUSE = {
    "rules/__init__.py": "",
    "rules/reach.py": "",
    "rules/clocks.py": "import time",
    "rules/remedies.py": "from makegood.rules import reach",
    "language/__init__.py": "import django",
    "config/__init__.py": "",
    "notify/__init__.py": "",
    "notify/email/__init__.py": "from makegood.notify import webhook",
    "notify/webhook/__init__.py": "",
    "second_reader/__init__.py": "import makegood.desk\nimport django",
    "connectors/__init__.py": "",
    "connectors/stripe/__init__.py": "import makegood.connectors.shopify\nimport django",
    "connectors/shopify/__init__.py": "",
    "ui/__init__.py": "import makegood.desk.models",
    "desk/__init__.py": "",
    "desk/models/__init__.py": "from makegood.desk import facts",
    "desk/facts.py": "from makegood.desk import queries",
    "desk/queries/__init__.py": "from makegood.desk import actions",
    "desk/actions/__init__.py": "import makegood.notify",
    "audit/__init__.py": "",
    "audit/report.py": "import django",
    "intake/__init__.py": "",
    "intake/ledger.py": "",
    "intake/mail/__init__.py": "import makegood.intake.form",
    "intake/form/__init__.py": "import makegood.intake.ledger",
    "staff/__init__.py": "import makegood.customer",
    "customer/__init__.py": "import makegood.server",
    "server/__init__.py": "",
    "attic/__init__.py": "",
    "readers/__init__.py": "",
}
EXPECTED = (
    "makegood.ui is not allowed to import makegood.desk",
    "makegood.staff is not allowed to import makegood.customer",
    "makegood.customer is not allowed to import makegood.server",
    "makegood.attic",
    "makegood.desk.models is not allowed to import makegood.desk.facts",
    "makegood.desk.facts is not allowed to import makegood.desk.queries",
    "makegood.desk.queries is not allowed to import makegood.desk.actions",
    "makegood.intake.mail is not allowed to import makegood.intake.form",
    "makegood.notify.email is not allowed to import makegood.notify.webhook",
    "makegood.second_reader is not allowed to import makegood.desk",
    "makegood.second_reader is not allowed to import django",
    "makegood.connectors.stripe is not allowed to import makegood.connectors.shopify",
    "makegood.connectors is not allowed to import django",
    "makegood.rules is not allowed to import time",
    "makegood.language is not allowed to import django",
    "makegood.audit.report is not allowed to import django",
    "makegood.rules.remedies",
)
SOUND_HOUSE = {
    **{f"{room}/__init__.py": "" for room in FOUNDATION},
    "rules/reach.py": "",
    "desk/models/__init__.py": "from makegood.rules import reach",
    "desk/actions/__init__.py": "import django\nfrom makegood.desk import models",
    "staff/__init__.py": "from makegood.desk import actions",
    "desk/access.py": "from makegood.desk import facts",
    "intake/ledger.py": "from makegood.desk import actions",
    "intake/mail/__init__.py": "from makegood.intake import ledger\nimport aiosmtpd",
    "story/__init__.py": "import makegood.server, makegood.staff",
    "server/__init__.py": "import makegood.staff",
    "cli.py": "from makegood import story",
}


def _judge(folder: Path) -> subprocess.CompletedProcess[str]:
    """Let import-linter judge the package in a folder by the project's contracts."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()",
         "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=folder, env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def _build(folder: Path, house: dict[str, str]) -> Path:
    for name, text in {"__init__.py": "", **house}.items():
        path = folder / "makegood" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def _contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_is_broken_by_a_house_that_breaks_it(tmp_path: Path) -> None:
    judged = _judge(_build(tmp_path, BROKEN_HOUSE))
    assert judged.returncode == 1, judged.stdout + judged.stderr
    words = " ".join(judged.stdout.split())
    assert [line for line in EXPECTED if line not in words] == []
    assert f"Contracts: 0 kept, {len(_contracts())} broken" in words


def test_a_sound_house_keeps_every_contract(tmp_path: Path) -> None:
    judged = _judge(_build(tmp_path, SOUND_HOUSE))
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_this_house_keeps_every_contract() -> None:
    missing = [room for room in FOUNDATION if not (ROOT / "makegood" / room / "__init__.py").exists()]
    if missing:
        pytest.skip(f"not built yet: {', '.join(missing)}")
    judged = _judge(ROOT)
    assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize(("room", "contract"), [("intake", "intake-doors"), ("notify", "channels")])
def test_every_leaf_is_named_by_the_contract_that_keeps_it_apart(room: str, contract: str) -> None:
    named = str(_contracts()[contract]["layers"])
    leaves = {m.path.split("/")[2] for m in modules(f"makegood/{room}") if m.path.count("/") > 2}
    assert {leaf for leaf in leaves if f"({leaf})" not in named} == set()


@pytest.mark.parametrize("room", ["audit", "readers"])
def test_a_room_without_a_desk_is_named_whole_once_it_stands(room: str) -> None:
    if not (ROOT / "makegood" / room).exists():
        pytest.skip(f"makegood/{room} is not built yet")
    assert f"makegood.{room}" in _contracts()["audit"]["source_modules"]  # type: ignore[operator]
