#!/usr/bin/env bash
# Runs the server in the foreground, log on standard output, until stop.sh or a signal ends it.
#
# Needs: SERVER_HOME, SERVER_BASE, JAVA_HOME, TALLYSTICK_PORT_BASE and the application's own TALLYSTICK_*; TALLYSTICK_JAVA_OPTIONS may add flags.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
source "$HERE/common.sh"

# asadmin would start the server as its child; asking it for the command instead leaves one process, which gets the signals itself. Each
# line of its answer is one argument; a heading may come before them.
mapfile -t command < <(asadmin_local start-domain --verbose --dry-run 2>/dev/null | sed -n '/\/bin\/java$/,/^$/p')
((${#command[@]} > 1)) || { printf 'start: the domain in %s cannot be started\n' "$SERVER_BASE" >&2; exit 1; }
read -ra more <<<"${TALLYSTICK_JAVA_OPTIONS:-}"

# The server reads the password of its key stores from standard input, as asadmin would give it: that of every new domain. They are protected
# by their file mode.
exec "${command[0]}" ${more[@]+"${more[@]}"} "${command[@]:1}" <<<'AS_ADMIN_MASTERPASSWORD=changeit'
