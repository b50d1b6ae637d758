"""Exports read from an object store and audits put into one: a real server, on a real socket."""

from __future__ import annotations

import gzip
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from pyarrow import fs

from makegood import readers
from makegood.audit import command
from makegood.cli import main
from makegood.readers import stores
from tests.audit.test_command import MAPPING, SILENT

moto = pytest.importorskip("moto.server", reason="moto, the S3 server of these tests, is not installed")

KEY = "a-secret-that-nobody-may-read"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a store of this machine's own."""
    served = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    served.start()
    host, port = served.get_host_and_port()
    yield f"http://{host}:{port}"
    served.stop()


@pytest.fixture
def store(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[fs.S3FileSystem]:
    """The store with an empty bucket, "desk", as the environment leads to it."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "desk",
        "AWS_SECRET_ACCESS_KEY": KEY,
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    _tell(server, "reset", b"")
    _tell(server, "reset-auth", b"inf")
    opened = fs.S3FileSystem(
        scheme="http", endpoint_override=server.removeprefix("http://"), allow_bucket_creation=True
    )
    opened.create_dir("desk")
    yield opened
    _tell(server, "reset-auth", b"inf")


def _tell(server: str, what: str, said: bytes) -> None:
    told = urllib.request.Request(f"{server}/moto-api/{what}", data=said, headers={"Content-Type": "text/plain"})
    urllib.request.urlopen(told).close()


def put(store: fs.S3FileSystem, name: str, content: bytes) -> str:
    with store.open_output_stream(f"desk/{name}", compression=None) as stream:
        stream.write(content)
    return f"s3://desk/{name}"


def audit(tmp_path: Path, typed: str, *words: str) -> Result:
    (tmp_path / "log.toml").write_text(MAPPING)
    given = ["audit", typed, "--map", str(tmp_path / "log.toml")]
    out = () if "--out" in words else ("--out", str(tmp_path / "out"))
    return CliRunner().invoke(main, [*given, *out, *words])


@pytest.mark.parametrize("name", ["log.csv", "deep/er/log.csv.gz", "log.parquet"])
def test_a_file_comes_as_it_is_packed_or_not(store: fs.S3FileSystem, tmp_path: Path, name: str) -> None:
    content = gzip.compress(SILENT.encode()) if name.endswith(".gz") else bytes(range(256)) * 50_000
    shares: list[float | None] = []
    address = stores.address_of(put(store, name, content))
    file = stores.fetch(address, tmp_path, lambda _bytes, share: shares.append(share))
    assert (file.name, file.read_bytes() == content, shares[-1]) == (name.rpartition("/")[2], True, 1.0)


def test_of_a_folder_come_the_tables_and_nothing_else(store: fs.S3FileSystem, tmp_path: Path) -> None:
    for name in ("tickets.json", "users.csv.gz", "attachments/7.csv", "film.mp4"):
        put(store, f"zendesk/{name}", b"[]")
    folder = stores.fetch(stores.address_of("s3://desk/zendesk/"), tmp_path, readers.quietly)
    assert (folder.name, sorted(each.name for each in folder.rglob("*"))) == (
        "zendesk", ["tickets.json", "users.csv.gz"]
    )  # fmt: skip


def test_a_file_for_which_there_is_no_room_is_not_begun(
    store: fs.S3FileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores.shutil, "disk_usage", lambda _path: SimpleNamespace(free=5 << 20))
    with pytest.raises(readers.NotReadable, match="there is not enough room for it here: 5 MB are free"):
        stores.fetch(stores.address_of(put(store, "log.csv", b"1")), tmp_path / "in", readers.quietly)
    assert list((tmp_path / "in").iterdir()) == []


def test_an_audit_reads_from_one_address_and_writes_to_another_with_its_end_last(
    store: fs.S3FileSystem, tmp_path: Path
) -> None:
    typed = put(store, "exports/log.csv.gz", gzip.compress(SILENT.encode()))
    put(store, "audits/today/facts.json", b"{}")
    put(store, "audits/today/findings.2.csv", b"of an earlier audit, by a second policy")
    put(store, "audits/today/notes.txt", b"somebody's own")
    result = audit(tmp_path, typed, "--out", "s3://desk/audits/today")
    assert result.exit_code == command.SOMEBODY_SLIPPED, result.output
    assert "1 case slipped: 1 of 5" in result.stdout
    assert result.stdout.endswith("s3://desk/audits/today/report.html\n")
    names = {each.base_name for each in store.get_file_info(fs.FileSelector("desk/audits/today"))}
    assert {"cases.parquet", "report.pdf", "plots", "notes.txt"} <= names
    assert names.isdisjoint({"findings.2.csv", "log.csv.gz"})
    assert pq.read_table("desk/audits/today/cases.parquet", filesystem=store).num_rows == 5
    with store.open_input_stream("desk/audits/today/facts.json") as stream:
        assert json.loads(stream.read()) != {}
    with store.open_input_stream("desk/audits/today/report.html") as stream:
        assert KEY not in result.output + stream.read().decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("s3://nobody/log.csv", "There is no bucket nobody."),
        ("s3://desk/none.csv", "There is no export at s3://desk/none.csv."),
        (f"s3://desk:{KEY}@desk/log.csv", "An address names a bucket and what lies in it, and no key"),
        ("s3:///log.csv", "There is no bucket log.csv."),
        ("s3://", "s3:// names nothing in a store"),
    ],
)
def test_an_address_with_nothing_behind_it_is_said_to_be_one(
    store: fs.S3FileSystem, tmp_path: Path, typed: str, said: str
) -> None:
    result = audit(tmp_path, typed)
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (command.WRONG_USE, True), result.output
    assert KEY not in result.output
    assert not (tmp_path / "out").exists()


def test_a_key_that_the_store_does_not_know_is_told_without_the_key(
    store: fs.S3FileSystem, server: str, tmp_path: Path
) -> None:
    typed = put(store, "log.csv", SILENT.encode())
    _tell(server, "reset-auth", b"0")
    result = audit(tmp_path, typed)
    assert result.exit_code == command.WRONG_USE
    assert "The store does not let us at s3://desk/log.csv." in " ".join(result.stderr.split())
    assert KEY not in result.output


def test_a_store_that_is_not_there_is_told(
    store: fs.S3FileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    result = audit(tmp_path, "s3://desk/log.csv")
    assert "No store answers for s3://desk/log.csv." in " ".join(result.stderr.split())


def test_what_is_read_is_not_written_over(store: fs.S3FileSystem, tmp_path: Path) -> None:
    typed = put(store, "audits/cases.csv", SILENT.encode())
    result = audit(tmp_path, typed, "--out", "s3://desk/audits/")
    assert (result.exit_code, "would write over" in result.stderr) == (command.WRONG_USE, True)


def test_the_workers_of_a_cluster_need_a_folder_and_are_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_refuse_without_spark", lambda _asked: None)
    result = audit(
        tmp_path, "s3://desk/log.csv", "--out", "s3://desk/a", "--engine", "spark", "--master", "spark://h:1"
    )
    assert "The workers of a cluster have to see the folder of --out" in " ".join(result.stderr.split())
