#!/usr/bin/env bash
# Run a command beside a throw-away PostgreSQL: scripts/postgres.sh COMMAND...
#
# The server lives in a new folder, on a free port of this machine only, under a password made for
# it, as a user without privileges; it stops and goes when the command ends. The command finds it in
# MAKEGOOD_DATABASE_URL. Nothing survives, so nothing is made durable, unless DURABLE=yes asks for it: a figure
# of speed must pay for what it promises. Exits as the command did.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin  # a plain user's path lacks what becomes another user

if [ $# -eq 0 ]; then echo "usage: scripts/postgres.sh COMMAND..." >&2; exit 2; fi
bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)" 2>/dev/null || true)
if [ ! -x "$bin/initdb" ]; then bin=$(pg_config --bindir 2>/dev/null || true); fi
if [ ! -x "$bin/initdb" ]; then
    echo "postgres: not installed, so this was not run: $*" >&2
    if [ "${CI:-}" = true ]; then exit 1; else exit 0; fi
fi

as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    owner=$(id -un postgres 2>/dev/null || echo nobody)
    as_owner() { runuser -u "$owner" -- "$@"; }
fi
home=$(mktemp -d "${TMPDIR:-/tmp}/makegood-postgres.XXXXXX")
if [ -n "${owner:-}" ]; then chown "$owner" "$home"; fi

stop() {
    (cd "$home" && as_owner "$bin/pg_ctl" -D "$home/cluster" -m immediate -w stop) >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -A n -N 16 -t x1 /dev/urandom | tr -d ' \n')
python=$(dirname "$0")/../.venv/bin/python
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
if [ "${DURABLE:-}" = yes ]; then quick=""; fi
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
start() {  # chained, since bash forgets `set -e` in what an `if` asks
    cd "$home" &&
        printf '%s\n' "$password" >password && chmod 644 password &&
        as_owner "$bin/initdb" -D "$home/cluster" -U makegood --pwfile="$home/password" \
            --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
        rm password &&
        as_owner "$bin/pg_ctl" -D "$home/cluster" -l "$home/log" -w start -o "-p $port -k '$home' \
            -c listen_addresses=127.0.0.1 $quick" &&
        PGPASSWORD=$password "$bin/createdb" -h 127.0.0.1 -p "$port" -U makegood makegood
}
if ! (start) >"$home/start.log" 2>&1 </dev/null; then
    echo "postgres: it did not start" >&2
    cat "$home/start.log" "$home/log" >&2 2>/dev/null || true
    exit 1
fi

export MAKEGOOD_DATABASE_URL="postgresql://makegood:$password@127.0.0.1:$port/makegood"
"$@"
