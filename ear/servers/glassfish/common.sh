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

# A release names the Java versions that its modules fit (7.0.21: up to 23). With a newer one it would not end
# with a message but with a thousand lines about modules (reproducer/newer-java.sh).
java_version="$("$JAVA_HOME/bin/java" -XshowSettings:properties -version 2>&1 |
  sed -n 's/^ *java\.vm\.specification\.version = //p')"
grep -q "^eecap-$java_version=" "$SERVER_HOME/glassfish/config/osgi.properties" ||
  fail "this release of GlassFish does not run on Java $java_version: set JAVA_HOME to an older one"
