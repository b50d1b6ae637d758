"""A log written by somebody who means harm, and a run that ends in the middle: nothing outside is touched or fooled."""

import csv
import gzip
import http.client
import json
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from makegood.audit import command, guards
from makegood.audit.report.markup import LONGEST, tag
from makegood.audit.serving import server_for
from makegood.cli import main

from .test_command import MAPPING, SILENT, run

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\uff1d1+1")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    log = (
        SILENT
        + "0,2026-03-02 11:00,Billing,open\n" * 20
        + "".join(f"{each},2026-03-02 10:00,{each},open\n" for each in FORMULAS)
    )
    log += "=1+1,never,=1+1,open\n"
    assert run(tmp_path, log=log).exit_code == command.SOMEBODY_SLIPPED
    out = tmp_path / "out"
    found = {row["case_id"] for row in rows(out / "cases.csv")}
    assert found == {*"01234", *(f"'{each}" for each in FORMULAS)}
    cells = [
        cell for name in ("cases", "findings", "rejected") for row in rows(out / f"{name}.csv") for cell in row.values()
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d"))] == []
    assert "=cmd" in (out / "report.html").read_text("utf-8")


def test_what_a_team_calls_itself_is_never_markup(tmp_path: Path) -> None:
    hostile = "</script></style><img src=x onerror=alert(1)>"
    log = SILENT.replace("Front desk", hostile).replace("\n3,", "\n<svg onload=alert(3)>,")
    assert run(tmp_path, log=log).exit_code == command.SOMEBODY_SLIPPED
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "<img" not in page
    assert "<svg onload" not in page
    assert "&lt;svg onload=alert(3)&gt;" in page


def test_names_with_nul_and_marks_of_direction_make_a_report_all_the_same(tmp_path: Path) -> None:
    log = SILENT.replace("Front", "Fr\0nt").replace("\n3,", "\n\u202e3\0,")
    assert run(tmp_path, log=log).exit_code == command.SOMEBODY_SLIPPED
    assert (tmp_path / "out" / "report.pdf").stat().st_size > 10_000
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "\0" not in page
    assert "\u202e" not in page


def test_a_text_without_end_is_cut_where_nobody_reads_on() -> None:
    assert len(tag("td", "x" * 5_000_000)) < LONGEST + 20


@pytest.mark.parametrize("name", ["rejected.csv", "cases.csv", "findings.csv"])
def test_a_log_that_the_audit_would_write_over_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SILENT)
    (tmp_path / "log.toml").write_text(MAPPING)
    given = ["audit", str(tmp_path / name), "--map", str(tmp_path / "log.toml"), "--out", str(tmp_path)]
    result = CliRunner().invoke(main, given)
    assert (result.exit_code, (tmp_path / name).read_text()) == (command.WRONG_USE, SILENT)
    assert "would write over" in result.output


def test_a_mapping_that_somebody_edited_is_never_lost(tmp_path: Path) -> None:
    guards.keep_guess(tmp_path, "guessed")
    (tmp_path / "mapping.toml").write_text("edited")
    guards.keep_guess(tmp_path, "guessed")
    guards.keep_guess(tmp_path, "guessed")
    assert (tmp_path / "mapping.toml").read_text() == "guessed"
    assert (tmp_path / "mapping.earlier-1.toml").read_text() == "edited"
    assert not (tmp_path / "mapping.earlier-2.toml").exists()


def test_stopped_in_the_middle_leaves_no_half_table_and_no_older_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(tmp_path).exit_code == command.SOMEBODY_SLIPPED

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("makegood.audit.run._write_findings", stop)
    result = run(tmp_path)
    assert result.exit_code == command.STOPPED
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left <= {"events.parquet", "rejected.csv", "reading.json", "cases.parquet", "cases.csv", "plots"}
    assert list((tmp_path / "out" / "plots").iterdir()) == []


def test_a_fault_of_ours_never_ends_as_somebody_slipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("makegood.audit.run._write_findings", fail)
    result = run(tmp_path)
    assert result.exit_code == command.OUR_FAULT
    assert "ZeroDivisionError: a fault" in result.output
    assert "a fault of Makegood" in result.output
    assert not (tmp_path / "out" / "report.html").exists()


def test_stopped_while_reading_leaves_no_half_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("makegood.readers.tables.translate", stop)
    assert run(tmp_path).exit_code == command.STOPPED
    assert list((tmp_path / "out").iterdir()) == []


def test_too_little_to_conclude_leaves_no_older_report_to_be_believed(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == command.SOMEBODY_SLIPPED
    assert run(tmp_path, log=SILENT + "9,soon,Billing,open\n" * 50).exit_code == command.TOO_LITTLE
    assert not (tmp_path / "out" / "report.html").exists()
    assert not (tmp_path / "out" / "cases.csv").exists()


def test_a_link_in_the_folder_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("precious")
    for name in (
        "cases.csv",
        "rejected.csv",
        "events.parquet",
        "report.html",
        "report.pdf",
        "reading.json",
        "facts.json",
    ):
        (tmp_path / "out" / name).symlink_to(tmp_path / "precious")
    run(tmp_path)
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "out" / "report.html").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--memory", "lots"), "DuckDB gave up"),
        (("--as-of", "9999-12-31"), "--as-of can't be read"),
    ],
)
def test_what_cannot_be_meant_is_told_in_one_sentence(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = run(tmp_path, "--quiet", *words)
    assert result.exit_code == command.WRONG_USE
    assert said in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("option", ["--map", "--policy"])
def test_a_mapping_or_policy_that_is_no_text_is_named(tmp_path: Path, option: str) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    result = run(tmp_path, option, str(tmp_path / "bytes.toml"))
    assert result.exit_code == command.WRONG_USE
    assert "bytes.toml is no text in UTF-8." in result.output


def test_a_header_cannot_command_the_terminal(tmp_path: Path) -> None:
    result = run(tmp_path, log="a\x1b]0;owned\x07\x1b[2J,b\n1,2\n")
    assert result.exit_code == command.WRONG_USE
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


def test_a_packed_log_whose_names_are_json_is_shown_as_text(tmp_path: Path) -> None:
    log = SILENT.replace("Front desk", "{0} {team} %s {{")
    assert run(tmp_path, log=log).exit_code == command.SOMEBODY_SLIPPED
    assert "{0} {team} %s {{" in (tmp_path / "out" / "report.html").read_text("utf-8")
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(log.encode()))
    given = ["audit", str(tmp_path / "log.csv.gz"), "--map", str(tmp_path / "log.toml"), "--out", str(tmp_path / "out")]
    assert json.loads(CliRunner().invoke(main, [*given, "--json"]).stdout)["slipped"] == 1


def test_a_page_elsewhere_cannot_have_its_own_name_lead_to_the_report(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("<p>the report")
    with server_for(tmp_path) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.server_address[1]
        try:
            answers = {}
            for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"evil.example:{port}", "127.0.0.1", ""):
                asked = http.client.HTTPConnection("127.0.0.1", port)
                asked.request("GET", "/", headers={"Host": host})
                answers[host] = asked.getresponse().status
                asked.close()
        finally:
            server.shutdown()
            thread.join()
    assert server.server_address[0] == "127.0.0.1"
    assert list(answers.values()) == [200, 200, 421, 421, 421]
