"""The yardstick: DuckDB sorts the whole log by case and time into a Parquet file, with its own defaults."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import duckdb

with tempfile.TemporaryDirectory(prefix="sort-", dir=Path(sys.argv[1]).parent) as folder:
    con = duckdb.connect(config={"temp_directory": f"{folder}/spill"})
    con.execute(
        f"""copy (select * from '{sys.argv[1]}' order by case_id, "at") to '{folder}/sorted.parquet' (format parquet)"""
    )
