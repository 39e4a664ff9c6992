#!/usr/bin/env bash
# Runs the server in the foreground; what the application reads (TALLYSTICK_*) it finds in the environment.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

[[ -d "$DOMAIN_DIR" ]] || fail "there is no domain in $SERVER_BASE: run configure.sh first"

# 'asadmin start-domain' would stay as a second virtual machine between the caller and the server, and whoever
# killed the one would leave the other. So it only says what it would run, one word a line.
mapfile -t command < <(asadmin start-domain --domaindir "$SERVER_BASE/domains" --dry-run=true "$DOMAIN" |
  sed -n '/^\//,/^$/{/^$/!p}')
((${#command[@]} > 10)) || fail "start-domain did not say what to run"
cd -- "$DOMAIN_DIR/config"
# the password that opens the domain's key stores comes in as start-domain would hand it over
exec "${command[@]}" -read-stdin true < <(grep '^AS_ADMIN_MASTERPASSWORD=' "$PASSWORDS")
