"""Where the audit computes: DuckDB on this machine, or Spark on a cluster.

The audit is written once, in Ibis. An engine reads and writes its tables; inside, a moment is a whole number of
microseconds since 1970, which means the same everywhere. Tables in and out are Parquet with naive UTC times.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from makegood.readers.arrow import FORMULA
from makegood.rules.logs import COLUMNS

from . import spark_session

if TYPE_CHECKING:
    import ibis.expr.types as ir

Row = dict[str, Any]
MOMENTS_READ = {"at": "t", "due_at": "due"}
"""Columns of a log that are moments, and what they are called as whole numbers."""

_CSV_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Engine(Protocol):
    """What the audit asks of an engine."""

    name: str

    def log(self, source: str) -> ir.Table:
        """Return the log at a path, a glob or a URL, its moments as whole numbers."""

    def keep(self, table: ir.Table, name: str) -> ir.Table:
        """Compute a table once, and return it for others to be made from."""

    def ask(self, sql: str, table: ir.Table, name: str) -> ir.Table:
        """Return the answer to a question in DuckDB's SQL about a table, which it calls so. Nothing is kept."""

    def number(self, table: ir.Table, name: str) -> ir.Table:
        """Keep a table whose rows are numbered in a column `k`, in no order: names made into whole numbers."""

    def drop(self, name: str) -> None:
        """Forget a table that was kept: nothing will be made from it any more."""

    def rows(self, table: ir.Table) -> list[Row]:
        """Return a small table's rows."""

    def table(self, rows: Sequence[tuple[int, ...]], columns: Sequence[str], name: str) -> ir.Table:
        """Return rows of whole numbers as a table."""

    def write(self, table: ir.Table, folder: str, name: str, *, moments: Sequence[str]) -> None:
        """Write a table as `name.parquet` and `name.csv`, with these columns as times."""

    def close(self) -> None:
        """Give back everything that was held."""


class DuckDB:
    """DuckDB in this process. What doesn't fit into its memory waits on disk, in `work`."""

    name = "duckdb"

    def __init__(self, work: Path, *, memory: str = "1400MB", threads: int | None = None) -> None:
        import ibis

        self._work = work
        self._spill = work / "spill"
        settings: dict[str, Any] = {
            "memory_limit": memory,
            "temp_directory": str(self._spill),
            # Rows of a result are in no order, which saves a third of the memory.
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        if threads:
            settings["threads"] = threads
        self._ibis = ibis.duckdb.connect(**settings)
        self._sql = self._ibis.con

    def log(self, source: str) -> ir.Table:
        self._sql.execute(
            f"create or replace temp view log as {_select_log(source, read=_duckdb_read, ticks='epoch_us({})')}"
        )
        return self._ibis.table("log")

    def keep(self, table: ir.Table, name: str) -> ir.Table:
        self._ibis.create_table(name, table, temp=True, overwrite=True)
        return self._ibis.table(name)

    def ask(self, sql: str, table: ir.Table, name: str) -> ir.Table:
        self._sql.execute(f"create or replace temp view {name}_asked as {_with(name, self._ibis.compile(table), sql)}")
        return self._ibis.table(f"{name}_asked")

    def number(self, table: ir.Table, name: str) -> ir.Table:
        numbered = f"select *, cast(row_number() over () as int) as k from ({self._ibis.compile(table)})"
        self._sql.execute(f"create or replace temp table {name} as {numbered}")
        return self._ibis.table(name)

    def drop(self, name: str) -> None:
        self._ibis.drop_table(name, force=True)

    def rows(self, table: ir.Table) -> list[Row]:
        found = self._sql.execute(self._ibis.compile(table))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def table(self, rows: Sequence[tuple[int, ...]], columns: Sequence[str], name: str) -> ir.Table:
        # By way of a file: to take objects of Python, DuckDB loads pandas first, for a third of a second.
        self._work.mkdir(parents=True, exist_ok=True)
        laid = self._work / f"{name}.csv"
        laid.write_text("".join(f"{','.join(map(str, row))}\n" for row in rows), encoding="ascii")
        types = ", ".join(f"{_quoted(column)}: 'bigint'" for column in columns)
        read = f"read_csv({_quoted(str(laid))}, header = false, auto_detect = false, columns = {{{types}}})"
        self._sql.execute(f"create or replace temp table {name} as from {read}")
        laid.unlink()
        return self._ibis.table(name)

    def write(self, table: ir.Table, folder: str, name: str, *, moments: Sequence[str]) -> None:
        Path(folder).mkdir(parents=True, exist_ok=True)
        shown = ", ".join(f"make_timestamp({c}) as {c}" if c in moments else c for c in table.columns)
        path = f"{folder}/{name}"
        _copy(self._sql, f"select {shown} from ({self._ibis.compile(table)})", f"{path}.parquet", "format parquet")
        _write_csv(self._sql, path)

    def close(self) -> None:
        self._ibis.disconnect()
        shutil.rmtree(self._spill, ignore_errors=True)


class Spark:
    """A Spark cluster, or `local[2]`. What is kept waits as Parquet in `work`, which every worker must reach.

    What Spark itself says goes to the file `log`. Raises spark_session.NoSpark.
    """

    name = "spark"

    def __init__(
        self, work: str, *, master: str = "local[2]", settings: dict[str, str] | None = None, log: Path | None = None
    ) -> None:
        import ibis

        self.session = spark_session.start(master, settings or {}, log=log)
        self._ibis = ibis.pyspark.connect(self.session)
        self._work = _everywhere(work)

    def log(self, source: str) -> ir.Table:
        self.session.read.parquet(_everywhere(source)).createOrReplaceTempView("log_as_written")
        ticks = "unix_micros(cast({} as timestamp))"
        self.session.sql(_select_log("log_as_written", read=str, ticks=ticks, quote="`")).createOrReplaceTempView("log")
        return self._ibis.table("log")

    def keep(self, table: ir.Table, name: str) -> ir.Table:
        return self._keep(self._ibis.compile(table), name)

    def ask(self, sql: str, table: ir.Table, name: str) -> ir.Table:
        import sqlglot

        query = _with(name, self._ibis.compile(table), sqlglot.transpile(sql, read="duckdb", write="spark")[0])
        self.session.sql(query).createOrReplaceTempView(f"{name}_asked")
        return self._ibis.table(f"{name}_asked")

    def number(self, table: ir.Table, name: str) -> ir.Table:
        # Numbers with holes, but given by every worker at once.
        return self._keep(f"select *, monotonically_increasing_id() as k from ({self._ibis.compile(table)})", name)

    def _keep(self, query: str, name: str) -> ir.Table:
        path = f"{self._work}/{name}.kept"
        self.session.sql(query).write.mode("overwrite").parquet(path)
        self.session.read.parquet(path).createOrReplaceTempView(name)
        return self._ibis.table(name)

    def drop(self, name: str) -> None:
        self.session.catalog.dropTempView(name)

    def rows(self, table: ir.Table) -> list[Row]:
        return [row.asDict() for row in self.session.sql(self._ibis.compile(table)).collect()]

    def table(self, rows: Sequence[tuple[int, ...]], columns: Sequence[str], name: str) -> ir.Table:
        told = ", ".join(f"{column} bigint" for column in columns)
        self.session.createDataFrame(list(rows), told).createOrReplaceTempView(name)
        return self._ibis.table(name)

    def write(self, table: ir.Table, folder: str, name: str, *, moments: Sequence[str]) -> None:
        naive = "cast(timestamp_micros({0}) as timestamp_ntz) as {0}"
        shown = ", ".join(naive.format(c) if c in moments else c for c in table.columns)
        frame = self.session.sql(f"select {shown} from ({self._ibis.compile(table)})")
        if "://" in folder:
            self._write_parts(frame, f"{folder}/{name}")
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        parts = Path(folder).absolute() / f"{name}.parts"
        frame.write.mode("overwrite").parquet(_everywhere(str(parts)))
        _join_parts(parts, f"{folder}/{name}")
        shutil.rmtree(parts)

    def _write_parts(self, frame: Any, path: str) -> None:
        """Write into an object store, where each table is a folder of files."""
        frame.write.mode("overwrite").parquet(f"{path}.parquet")
        written = self.session.read.parquet(f"{path}.parquet")
        written.write.mode("overwrite").csv(
            f"{path}.csv", header=True, timestampNTZFormat="yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'"
        )

    def close(self) -> None:
        spark_session.end(self.session)


def _everywhere(path: str) -> str:
    """Return a path as every worker understands it, whatever it runs in; a URL stays what it is."""
    return path if "://" in path else f"file://{Path(path).absolute()}"


def _join_parts(parts: Path, path: str) -> None:
    """Make the many files that workers wrote into one Parquet file, and a CSV file."""
    import duckdb

    with duckdb.connect(config={"preserve_insertion_order": False}) as sql:
        sql.execute(
            f"copy (from read_parquet({_quoted(f'{parts}/*.parquet')})) to {_quoted(path + '.parquet')}"
            " (format parquet)"
        )
        _write_csv(sql, path)


def _write_csv(sql: Any, path: str) -> None:
    """Write `path.csv` from `path.parquet`. A text that a spreadsheet would compute gets an apostrophe in front."""
    source = _duckdb_read(path + ".parquet")
    begins = ", ".join(_quoted(each) for each in FORMULA)
    shown = []
    for column, kind, *_ in sql.execute(f"describe select * from {source}").fetchall():
        name = f'"{column}"'
        told = {
            "VARCHAR": f"case when left({name}, 1) in ({begins}) then chr(39) || {name} else {name} end",
            "TIMESTAMP": f"strftime({name}, '{_CSV_MOMENT}')",
        }
        shown.append(f"{told.get(kind, name)} as {name}")
    _copy(sql, f"select {', '.join(shown)} from {source}", f"{path}.csv", "format csv, header")


def _copy(sql: Any, query: str, path: str, form: str) -> None:
    """Write a file under another name until it is whole: half a table must never be taken for the table."""
    part = Path(f"{path}.part")
    try:
        sql.execute(f"copy ({query}) to {_quoted(str(part))} ({form})")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _select_log(source: str, *, read: Any, ticks: str, quote: str = '"') -> str:
    """Return the query that reads a log; `ticks` turns a time into whole microseconds."""
    shown = []
    for column in COLUMNS:
        name = f"{quote}{column}{quote}"
        moment = MOMENTS_READ.get(column)
        shown.append(f"{ticks.format(name)} as {moment}" if moment else f"{name}")
    return f"select {', '.join(shown)} from {read(source)}"


def _duckdb_read(source: str) -> str:
    return f"read_parquet({_quoted(source)})"


def _with(name: str, query: str, sql: str) -> str:
    return f"with {name} as ({query}) {sql}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
