# shellcheck shell=bash
# What the four scripts share; read with `source`, never run.
#
# SERVER_BASE/
#   domains/tallystick/   the domain: configuration, deployed archives, generated classes
#   admin-password        of the user `admin`, made by configure.sh (mode 0600)
#   home/                 where asadmin keeps what it remembers, instead of in the administrator's home

readonly DOMAIN=tallystick
readonly DOMAINS="$SERVER_BASE/domains"
readonly ADMIN_PORT=$((TALLYSTICK_PORT_BASE + 48)) # as create-domain --portbase counts

# Everything here may hold a secret.
umask 077

# asadmin takes Java from AS_JAVA, the server that it starts from JAVA_HOME.
export JAVA_HOME AS_JAVA="$JAVA_HOME"
export AS_EXTRA_JAVA_OPTS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Duser.home=$SERVER_BASE/home"

# The administrator's password, or where a command needs another one too, both.
passwords="$SERVER_BASE/admin-password"

asadmin() {
  "$SERVER_HOME/glassfish/bin/asadmin" --host 127.0.0.1 --port "$ADMIN_PORT" --user admin \
    --passwordfile "$passwords" --interactive=false --terse "$@"
}

# Works by name on files of the domain, so it needs no running server.
asadmin_local() {
  local command="$1"
  shift
  asadmin "$command" --domaindir "$DOMAINS" "$@" "$DOMAIN"
}
