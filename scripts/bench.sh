#!/usr/bin/env bash
# Run every benchmark, one after the other: scripts/bench.sh [NAME...]
#
# A benchmark is a file or a package of benchmarks/ that prints its figures when run as a module.
set -euo pipefail
cd "$(dirname "$0")/.."

ON_BOTH="codes intake watch"  # measured a second time, on a PostgreSQL that makes durable what it commits

if [ $# -eq 0 ]; then
    shopt -s nullglob
    for file in benchmarks/[a-z]*.py; do set -- "$@" "$(basename "$file" .py)"; done
    for package in benchmarks/*/__main__.py; do
        name=$(basename "$(dirname "$package")")
        # It measures nothing: it makes what others measure on.
        if [ "$name" != large_desk ]; then set -- "$@" "$name"; fi
    done
fi
if [ $# -eq 0 ]; then echo "bench: there is no benchmark in benchmarks/ yet"; fi
for name in "$@"; do
    echo "== $name"
    .venv/bin/python -m "benchmarks.$name"
    case " $ON_BOTH " in *" $name "*)
        echo "== $name, on PostgreSQL"
        DURABLE=yes scripts/postgres.sh .venv/bin/python -m "benchmarks.$name" ;;
    esac
done
