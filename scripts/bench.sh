#!/usr/bin/env bash
# Run every benchmark, one after the other: scripts/bench.sh [NAME...]
#
# A benchmark is a file or a package of benchmarks/ that prints its figures when run as a module.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then
    shopt -s nullglob
    for file in benchmarks/[a-z]*.py; do set -- "$@" "$(basename "$file" .py)"; done
    for package in benchmarks/*/__main__.py; do set -- "$@" "$(basename "$(dirname "$package")")"; done
fi
if [ $# -eq 0 ]; then echo "bench: there is no benchmark in benchmarks/ yet"; fi
for name in "$@"; do
    echo "== $name"
    .venv/bin/python -m "benchmarks.$name"
done
