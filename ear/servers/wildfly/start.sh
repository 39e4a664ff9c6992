#!/usr/bin/env bash
# Runs the server in the foreground, with its log on stdout, until stop.sh or a signal ends it.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=environment.sh
source "$HERE/environment.sh"
: "${TALLYSTICK_DB_HOST:?}" "${TALLYSTICK_DB_PORT:?}" "${TALLYSTICK_DB_NAME:?}" "${TALLYSTICK_DB_USER:?}"
: "${TALLYSTICK_DB_PASSWORD_FILE:?file with the password of the database user}"

# The password passes through the environment of this one process: it is in no command line and in no other file.
TALLYSTICK_DB_PASSWORD="$(<"$TALLYSTICK_DB_PASSWORD_FILE")"
export TALLYSTICK_DB_PASSWORD

# what the operator sets comes last and so wins
export JBOSS_JAVA_SIZING="-Xms64m -Xmx768m ${TALLYSTICK_JAVA_OPTIONS:-}"
# lets WildFly's script pass signals on to the virtual machine
export LAUNCH_JBOSS_IN_BACKGROUND=true JBOSS_PIDFILE="$SERVER_BASE/server.pid"

umask 077
exec "$SERVER_HOME/bin/standalone.sh" --server-config=standalone-full.xml -Djboss.server.base.dir="$SERVER_BASE"
