"""`makegood audit FILE`, from the outside: what it writes, what it says, what it ends with."""

import json
import threading
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner, Result

from makegood.audit import command, house_rules, places
from makegood.audit.serving import server_for
from makegood.cli import main

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
MAPPING = """
[columns]
case = "case"
team = "team"

[time]
column = "at"
format = "%Y-%m-%d %H:%M"
zone = "America/Chicago"

[state]
column = "state"
open = ["open"]
done = ["done"]
"""
SILENT = "case,at,team,state\n" + "".join(
    f"{n},2026-03-02 10:00,Front desk,open\n{n},2026-03-{'12' if n == 3 else '02'} 12:00,Billing,done\n"
    for n in range(5)
)
QUICK = SILENT.replace("2026-03-12", "2026-03-02")


def run(folder: Path, *words: str, log: str = SILENT) -> Result:
    (folder / "log.csv").write_text(log)
    (folder / "log.toml").write_text(MAPPING)
    given = [str(folder / "log.csv"), "--map", str(folder / "log.toml"), "--out", str(folder / "out")]
    return CliRunner().invoke(main, ["audit", *given, *words])


def test_somebody_slipped_ends_with_one_and_everything_is_written(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == command.SOMEBODY_SLIPPED, result.output
    assert "1 case slipped: 1 of 5 waited past the silence limit." in result.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {
        "cases.parquet", "cases.csv", "findings.parquet", "findings.csv", "rejected.csv", "report.html", "report.pdf",
        "report.json", "plots",
    }  # fmt: skip
    assert not (tmp_path / "out" / ".work").exists()


def test_nobody_slipped_ends_with_zero(tmp_path: Path) -> None:
    result = run(tmp_path, log=QUICK)
    assert result.exit_code == command.NOBODY_SLIPPED, result.output
    assert "Nobody slipped: none of 5 cases" in result.output


def test_json_is_all_that_stands_on_standard_output(tmp_path: Path) -> None:
    result = run(tmp_path, "--json")
    assert json.loads(result.stdout)["slipped"] == 1


def test_quiet_says_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "--quiet").output == ""


def test_as_of_an_earlier_day_the_later_silence_has_not_happened(tmp_path: Path) -> None:
    result = run(tmp_path, "--as-of", "2026-03-02", "--json")
    told = json.loads(result.stdout)
    assert (told["slipped"], told["as_of"]) == (0, "2026-03-03T06:00:00+00:00")


def test_two_policies_stand_beside_each_other(tmp_path: Path) -> None:
    from makegood.config import shipped

    mild = shipped.demo_policy().replace('within = "1 business day"\npausable', 'within = "20 business days"\npausable')
    for name, text in (("strict", shipped.demo_policy()), ("mild", mild)):
        (tmp_path / f"{name}.toml").write_text(text.replace('"Larkfield Outdoor"', f'"{name}"', 1))
    result = run(tmp_path, "--policy", str(tmp_path / "strict.toml"), "--policy", str(tmp_path / "mild.toml"), "--json")
    told = json.loads(result.stdout)["what_if"]
    assert [(one["policy"], one["slipped"]["hits"]) for one in told] == [("strict", 1), ("mild", 0)]
    assert "What if" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_too_little_that_can_be_read_is_no_audit(tmp_path: Path) -> None:
    result = run(tmp_path, log=SILENT + "9,soon,Billing,open\n" * 50)
    assert result.exit_code == command.TOO_LITTLE
    assert "rejected.csv" in result.output
    assert not (tmp_path / "out" / "report.html").exists()
    assert (tmp_path / "out" / "rejected.csv").exists()


def test_a_guessed_mapping_is_kept_for_editing(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(SILENT.replace("2026-03-02 1", "2026-03-13 1"))
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "log.csv"), "--out", str(out)])
    assert result.exit_code in (command.NOBODY_SLIPPED, command.SOMEBODY_SLIPPED), result.output
    assert "[columns]" in (out / "mapping.toml").read_text("utf-8")
    assert f"run again with --map {out / 'mapping.toml'}" in result.output
    assert "How to read the columns was guessed" in (out / "report.html").read_text("utf-8")


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["audit", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out")])
    assert result.exit_code == command.WRONG_USE
    assert "none.csv" in result.output


def test_an_as_of_that_is_no_day_is_wrong_use(tmp_path: Path) -> None:
    result = run(tmp_path, "--as-of", "soon")
    assert result.exit_code == command.WRONG_USE
    assert "--as-of can't be read: soon." in result.output


def test_without_its_packages_it_names_the_command_that_installs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "duckdb" else object())
    result = run(tmp_path)
    assert result.exit_code == command.WRONG_USE
    assert result.output.count("\n") == 1
    assert "pip install 'makegood[audit]'" in result.output


@pytest.mark.parametrize(
    ("path", "master", "said"),
    [
        ("", "local[2]", "Spark needs Java 17, and there is none here"),
        ("java", "spark://127.0.0.1:1", "No Spark master answers at spark://127.0.0.1:1."),
        ("java", "spark://127.0.0.1:soon,127.0.0.1:1", "No Spark master answers at spark://127.0.0.1:soon,"),
    ],
)
def test_spark_that_cannot_be_had_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, master: str, said: str
) -> None:
    (tmp_path / "java").touch(mode=0o755)
    monkeypatch.setattr(command, "find_spec", str)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path) if path else str(tmp_path / "empty"))
    result = run(tmp_path, "--engine", "spark", "--master", master)
    assert result.exit_code == command.WRONG_USE
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_a_day_means_until_its_end_where_the_house_is() -> None:
    assert house_rules.moment("2026-03-02", zone="America/Chicago").isoformat() == "2026-03-03T06:00:00+00:00"
    assert house_rules.moment("2026-03-02T10:00-06:00", zone="UTC").isoformat() == "2026-03-02T16:00:00+00:00"
    assert house_rules.moment("2026-03-02T10:00", zone="America/Chicago").isoformat() == "2026-03-02T16:00:00+00:00"


def test_served_is_the_report_and_nothing_else_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("<p>the report")
    (tmp_path / "secret.txt").write_text("not for a browser")
    with server_for(tmp_path) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        here = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            with urllib.request.urlopen(f"{here}/") as answer:
                assert answer.read() == b"<p>the report"
            for path in ("/secret.txt", "/../secret.txt", "/plots/../secret.txt", "/plots/"):
                with pytest.raises(HTTPError, match="404"):
                    urllib.request.urlopen(f"{here}{path}")
        finally:
            server.shutdown()
            thread.join()


def test_seven_hundred_real_incidents_are_audited(tmp_path: Path) -> None:
    source = DATA / "uci_incident_700.csv"
    if not source.exists():
        pytest.skip(f"{source} is not on this machine")
    mapping = Path(__file__).resolve().parents[2] / "examples" / "mappings" / "uci_incident.toml"
    given = ["audit", str(source), "--map", str(mapping), "--out", str(tmp_path), "--json"]
    result = CliRunner().invoke(main, given)
    told = json.loads(result.stdout)
    assert (told["cases"], told["reading"]["rejected"]) == (700, 0)
    assert 0 < told["slipped"] < 700
    assert (tmp_path / "report.pdf").stat().st_size > 20_000


@pytest.mark.parametrize("typed", ["gs://bucket/export.parquet", "https://example.com/export.csv"])
def test_an_address_of_a_kind_that_is_not_known_is_refused_in_one_sentence(typed: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["audit", typed, "--out", str(tmp_path / "out")])
    assert result.exit_code == command.WRONG_USE
    told = " ".join(result.stderr.split())
    assert told.startswith(f"{typed} is an address of a kind that the audit does not know")
    assert not (tmp_path / "out").exists()


def test_such_an_address_is_no_place_to_write_to(tmp_path: Path) -> None:
    result = run(tmp_path, "--out", "gs://bucket/audit")
    assert (result.exit_code, "does not know" in " ".join(result.stderr.split())) == (command.WRONG_USE, True)


def test_our_own_database_keeps_its_address_and_no_report_names_its_password() -> None:
    typed = "postgresql://desk:secret@127.0.0.1/house?sslmode=require"
    assert places.named(typed) == {"file": Path("house"), "address": typed}
    assert places.named("postgresql:///house") == {"file": Path("house"), "address": "postgresql:///house"}
    assert places.named("exports/today.csv") == {"file": Path("exports/today.csv")}
