#!/usr/bin/env bash
# Make .venv as the lock files say: scripts/setup.sh [run|audit|dev]
#
# Needs Python 3.11 or newer (PYTHON=... chooses one). pip installs uv and the build backend from
# requirements-setup.lock; uv installs the rest. Every file is checked against its locked hash.
# What you installed into .venv by hand stays; `make clean setup` gives exactly the lock.
set -euo pipefail
cd "$(dirname "$0")/.."

level=${1:-run}
stamp=.venv/makegood-setup
case $level in run | audit | dev) ;; *) echo "usage: scripts/setup.sh [run|audit|dev]" >&2; exit 2 ;; esac
# One set-up at a time in this tree; the lock ends with this process.
if command -v flock >/dev/null; then exec 9<Makefile; flock 9; fi
# Who has the developers' packages keeps them, and who has the audit's keeps those.
if [ -f "$stamp" ]; then
    case "$(head -n 1 "$stamp")-$level" in dev-*) level=dev ;; audit-run) level=audit ;; esac
fi
case $level in run) locked=requirements.lock ;; *) locked=requirements-$level.lock ;; esac

wanted() {  # everything that, when changed, asks for a new set-up
    echo "$level"
    pwd
    { cat requirements-setup.lock "$locked" pyproject.toml; grep -m 1 '^## ' CHANGELOG.md; } | cksum
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3.11 python3 python3.12 python3.13 python3.14}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Makegood needs Python 3.11 or newer, and ${PYTHON:-python3.11} is not one." \
         "On Debian: apt-get install python3 python3-venv" >&2
    return 1
}

make_venv() {
    local python
    python=$(find_python)
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        # Debian keeps the part of Python that makes environments in a package of its own.
        scripts/system_packages.sh setup
    fi
    "$python" -m venv --clear .venv
}

pip_setting() {  # pip_setting NAME: what the environment or pip's files say, the strongest first
    local scope line
    for scope in :env: install global; do
        line=$(sed -n "s/^$scope\.$1='\(.*\)'\$/\1/p" <<<"$pip_settings" | head -n 1)
        if [ -n "$line" ]; then printf '%s' "${line//\\n/ }"; return; fi
    done
}

take_over() {  # take_over VARIABLE NAME: hand pip's setting to uv, unless uv was told already
    local value
    value=$(pip_setting "$2")
    if [ -n "$value" ] && [ -z "${!1:-}" ]; then export "$1=$value"; fi
}

teach_uv() {  # uv doesn't read pip's settings, and a machine that has some needs them
    local pip_settings
    pip_settings=$(.venv/bin/python -m pip config list 2>/dev/null || true)
    take_over UV_DEFAULT_INDEX index-url
    take_over UV_INDEX extra-index-url
    take_over UV_FIND_LINKS find-links
    take_over UV_NO_INDEX no-index
    take_over UV_INSECURE_HOST trusted-host
    take_over SSL_CERT_FILE cert
    take_over HTTPS_PROXY proxy
    # Several indexes may hold one name; the hashes decide which file is the right one.
    export UV_INDEX_STRATEGY=${UV_INDEX_STRATEGY:-unsafe-best-match}
    # A clone on another disk than the cache can't be linked to it, and that is no news.
    export UV_LINK_MODE=${UV_LINK_MODE:-copy}
}

if [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(wanted)" = "$(cat "$stamp")" ]; then exit 0; fi

if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "setup: making .venv"
    make_venv
fi
rm -f "$stamp"
pip=(.venv/bin/python -m pip --disable-pip-version-check --quiet --quiet)
echo "setup: installing the packages of $locked"
"${pip[@]}" install --require-hashes -r requirements-setup.lock
teach_uv
if ! .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$locked"; then
    echo "setup: uv could not install them (see above); trying pip, which takes longer" >&2
    "${pip[@]}" install --require-hashes -r "$locked"
fi
"${pip[@]}" install --no-deps --no-build-isolation --editable .
wanted >"$stamp"
echo "setup: done; the command is .venv/bin/makegood"
