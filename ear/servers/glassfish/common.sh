# What the four scripts share; sourced by them.

: "${SERVER_HOME:?the unpacked distribution}" "${SERVER_BASE:?the folder of this installation}" "${JAVA_HOME:?the JDK that runs the server}"

readonly DOMAIN=tallystick
readonly DOMAIN_DIR="$SERVER_BASE/domains/$DOMAIN"
# the administrator's password and the one that opens the domain's key stores
PASSWORDS="$SERVER_BASE/passwords"

# whatever is written below SERVER_BASE is its owner's alone
umask 077

# the launcher takes the JDK for the server from here
export AS_JAVA="$JAVA_HOME"

# The administration client without its shell script, so that its memory of servers (~/.gfclient)
# stays in SERVER_BASE too.
asadmin() {
  "$JAVA_HOME/bin/java" -Duser.home="$SERVER_BASE" -jar "$SERVER_HOME/glassfish/lib/client/appserver-cli.jar" \
    --port "$(<"$SERVER_BASE/admin-port")" --user admin --passwordfile "$PASSWORDS" \
    --interactive=false "$@"
}

fail() {
  printf 'glassfish: %s\n' "$1" >&2
  exit 1
}
