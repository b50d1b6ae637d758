#!/usr/bin/env bash
# Choose packages anew and write the four lock files: scripts/lock.sh
#
# They are good for every system and for Python 3.11 and newer, carry the hash of every file, and
# name no index: where packages come from is each machine's own business. Commit all four together.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {  # lock FILE UV-ARGUMENTS...
    local file=$1
    shift
    .venv/bin/uv pip compile "$@" --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --quiet --output-file "$file.new" >/dev/null
    { echo "# Written by \`make lock\` from pyproject.toml."; cat "$file.new"; } >"$file"
    rm "$file.new"
    echo "lock: $file, $(grep -c == "$file") packages"
}

trap 'rm -f requirements*.lock.new' EXIT
lock requirements-setup.lock --group setup
lock requirements.lock pyproject.toml --constraints requirements-setup.lock
lock requirements-audit.lock pyproject.toml --extra audit --constraints requirements-setup.lock \
    --constraints requirements.lock
lock requirements-dev.lock pyproject.toml --group dev --constraints requirements-setup.lock \
    --constraints requirements.lock --constraints requirements-audit.lock
