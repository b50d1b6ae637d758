"""What `deploy/` holds fits the program: units systemd understands, settings that exist, paths that are there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from makegood import cli
from makegood.config import SETTINGS
from makegood.customer import typed
from tests.house.reading import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
WHERE = "/opt/makegood/.venv/bin/makegood"
HARDENED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
    "PrivateDevices": "yes", "CapabilityBoundingSet": "", "UMask": "0077", "User": "makegood",
    "StateDirectory": "makegood", "StateDirectoryMode": "0700", "SystemCallFilter": "@system-service",
    "EnvironmentFile": "/etc/makegood/makegood.env",
}  # fmt: skip


def directives(unit: Path) -> dict[str, list[str]]:
    """The lines of a unit: a name may stand several times."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_service_runs_a_command_that_there_is_with_few_rights(unit: Path) -> None:
    lines = directives(unit)
    (command,) = lines["ExecStart"]
    program, name = command.split()
    assert program == WHERE
    assert name in cli.main.commands
    assert {key: lines[key] for key in HARDENED} == {key: [value] for key, value in HARDENED.items()}
    if "backup" not in unit.name:
        assert lines["Restart"] == ["always"]
        # A mail server that is slow to say whether it took a mail is waited for; see watch.loop.
        assert int(lines["TimeoutStopSec"][0]) >= 30


def test_every_setting_named_in_a_unit_or_its_example_exists() -> None:
    known = {setting.name for setting in SETTINGS}
    for file in [*UNITS, DEPLOY / "systemd" / "makegood.env.example", DEPLOY / "Containerfile"]:
        named = set(re.findall(r"MAKEGOOD_[A-Z_]+", file.read_text("utf-8")))
        assert named <= known, file.name


def test_the_target_wants_two_of_each_role() -> None:
    wanted = " ".join(directives(DEPLOY / "systemd" / "makegood.target")["Wants"]).split()
    for role in ("web", "mail", "watch", "deliver"):
        assert sum(name.startswith(f"makegood-{role}@") for name in wanted) == 2
        assert (DEPLOY / "systemd" / f"makegood-{role}@.service").exists()
    assert len(wanted) == 8


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze (Debian's package systemd)")
def test_systemd_itself_finds_nothing_to_say_against_the_units(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("makegood")
    names = []
    for file in (DEPLOY / "systemd").iterdir():
        if file.suffix in (".service", ".target", ".timer"):
            # The program lies elsewhere on this machine.
            text = file.read_text("utf-8").replace(WHERE, str(program))
            name = file.name.replace("@.", "@8001.")
            (tmp_path / file.name).write_text(text, "utf-8")
            (tmp_path / name).write_text(text, "utf-8")
            names.append(str(tmp_path / name))
    # The target's other instances are found by their templates beside it.
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in said.stderr.splitlines() if "makegood" in line]
    assert (said.returncode, ours) == (0, [])


def test_everything_the_container_file_copies_and_runs_is_there() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    copied = [words.split()[1:-1] for words in text.splitlines() if words.startswith("COPY ")]
    assert copied
    assert [path for paths in copied for path in paths if not (ROOT / path).exists()] == []
    scripts = re.findall(r"(scripts/\S+\.sh)", text)
    assert set(scripts) <= {path for paths in copied for path in paths}
    for script in set(scripts):
        # What a copied script reads must be copied, too.
        read = set(re.findall(r"[\w./-]*(?:requirements[\w-]*\.lock|pyproject\.toml|CHANGELOG\.md|scripts/\w+\.sh)",
                              (ROOT / script).read_text("utf-8")))  # fmt: skip
        missing = {path for path in read - {path for paths in copied for path in paths} if (ROOT / path).exists()}
        assert missing <= {"requirements-dev.lock"}, script
    assert 'ENTRYPOINT ["makegood"]' in text
    assert re.search(r'CMD \["(\w+)"\]', text)[1] in cli.main.commands  # type: ignore[index]


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_lets_through_what_the_customers_form_takes(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    (limit,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)", text)
    assert int(limit) * 1_000_000 > typed.BODY_MB * typed.MB
    target = (DEPLOY / "systemd" / "makegood.target").read_text("utf-8")
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) == set(re.findall(r"makegood-web@(\d+)\.service", target))
