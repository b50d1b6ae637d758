"""The audit of a large log, beside what it costs DuckDB to sort it."""
