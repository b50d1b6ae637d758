#!/usr/bin/env bash
# See that Debian's packages are there: scripts/system_packages.sh setup|test
#
# setup: what it takes to make .venv. test: the mail server, database, browser and letters that some
# tests use for real. Missing ones are installed where that takes no password (as root, or with a
# sudo that asks for none); services among them are neither started nor enabled. Elsewhere this
# prints which tests will be skipped. MAKEGOOD_SYSTEM_PACKAGES=no only looks.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin  # dpkg wants them, and a plain user's path lacks them

#       package          file that shows it is there          what goes without it
setup=("python3-venv     /usr/lib/python3*/ensurepip          making .venv")
tests=("dovecot-imapd    /usr/lib/dovecot/imap                the tests that poll a real IMAP server"
       "postgresql       /usr/lib/postgresql/*/bin/initdb     the second run of the suite, on PostgreSQL"
       "chromium         /usr/bin/chromium                    the tests in a real browser"
       "fonts-noto-core  /usr/share/fonts/truetype/noto/*.ttf the tests in a real browser")

case ${1:-} in
    setup) listed=("${setup[@]}") ;;
    test) listed=("${tests[@]}") ;;
    *) echo "usage: scripts/system_packages.sh setup|test" >&2; exit 2 ;;
esac

missing() {  # the lines of the list whose file is not there
    local line package file what
    for line in "${listed[@]}"; do
        read -r package file what <<<"$line"
        compgen -G "$file" >/dev/null || printf '%s\t%s\n' "$package" "$what"
    done
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

may_install() {
    [ "${MAKEGOOD_SYSTEM_PACKAGES:-yes}" != no ] && command -v apt-get >/dev/null &&
        { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install() {  # install PACKAGE...
    local policy=/usr/sbin/policy-rc.d log
    log=$(mktemp)
    if [ ! -e "$policy" ]; then
        # Debian asks this file before it starts a service; 101 means no.
        trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    echo "system packages: installing $*"
    if ! { as_root apt-get update || true; as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
        tail -n 5 "$log" >&2
    fi
    rm -f "$log"
    keep_off "$@"
}

keep_off() {  # keep_off PACKAGE...: a mail server nobody asked for doesn't come up at the next boot
    local package
    command -v systemctl >/dev/null || return 0
    for package in "$@"; do
        case $package in
            dovecot-imapd) as_root systemctl disable dovecot.service dovecot.socket ;;
            postgresql) as_root systemctl disable postgresql.service ;;
        esac
    done >/dev/null 2>&1 || true
}

lacking=$(missing)
if [ -n "$lacking" ] && may_install; then
    mapfile -t packages < <(cut -f 1 <<<"$lacking")
    install "${packages[@]}"
    lacking=$(missing)
fi
if [ -z "$lacking" ]; then exit 0; fi

while IFS=$'\t' read -r package what; do
    echo "system packages: $package is missing; it is needed for $what" >&2
done <<<"$lacking"
echo "system packages: on Debian, as root: apt-get install $(cut -f 1 <<<"$lacking" | paste -s -d ' ')" >&2
if [ "$1" = setup ]; then exit 1; fi
# On a developer's machine a skipped test is a choice; where the project is judged it is a hole.
if [ "${CI:-}" = true ]; then echo "system packages: CI skips nothing, so this fails" >&2; exit 1; fi
echo "system packages: going on without; the tests that need them are skipped" >&2
