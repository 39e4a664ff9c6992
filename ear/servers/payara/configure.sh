#!/usr/bin/env bash
# Makes a Payara Server domain in SERVER_BASE that is ready for the application. The distribution in SERVER_HOME stays as it is.
#
# Needs: SERVER_HOME, SERVER_BASE, SERVER_LIBRARIES, JAVA_HOME, TALLYSTICK_HTTP_PORT, TALLYSTICK_PORT_BASE, TALLYSTICK_DB_HOST, _PORT,
# _NAME, _USER, _PASSWORD_FILE; TALLYSTICK_MQ_DATA or TALLYSTICK_MQ_HOST, because deploying the resource adapter starts it.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
[[ ! -e "$SERVER_BASE" ]] || { printf 'configure: %s is there already\n' "$SERVER_BASE" >&2; exit 2; }
# shellcheck source=common.sh
source "$HERE/common.sh"
mkdir -p -- "$SERVER_BASE/home" "$DOMAINS"

# The administrator's password goes from the random source into a file, and from there to asadmin; no command line sees it.
printf 'AS_ADMIN_PASSWORD=%s\n' "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')" >"$SERVER_BASE/admin-password"

# All ports but that of HTTP lie in the hundred from TALLYSTICK_PORT_BASE.
asadmin_local create-domain --portbase "$TALLYSTICK_PORT_BASE" --nopassword=false --savelogin=false

# A driver in the domain's own lib is seen by the pools and not by other domains.
cp -- "$SERVER_LIBRARIES/postgresql.jar" "$DOMAINS/$DOMAIN/lib/"

# The server does not call its maker, and its own broker is not the one in use. Neither has an element in a new domain.xml yet, and a command
# before the first boot passes over what has none, so they are written there.
sed -i '/<config name="server-config">/a \
            <phone-home-runtime-configuration enabled="false"/>\
            <jms-service type="DISABLED" default-jms-host="default_JMS_host"><jms-host name="default_JMS_host"/></jms-service>' \
  "$DOMAINS/$DOMAIN/config/domain.xml"

# What else must hold before the first port is opened is set before the first boot; the domain remembers it.
fill() { # TEMPLATE NAME=VALUE…: a command file with each @NAME@ replaced
  local text pair
  text="$(<"$HERE/$1")"
  shift
  for pair in "$@"; do
    text="${text//"@${pair%%=*}@"/"${pair#*=}"}"
  done
  printf '%s\n' "$text"
}
fill pre-boot.asadmin HTTP_PORT="$TALLYSTICK_HTTP_PORT" >"$SERVER_BASE/pre-boot.asadmin"
asadmin_local start-domain --prebootcommandfile "$SERVER_BASE/pre-boot.asadmin"
stop_after_failure() {
  asadmin_local stop-domain >/dev/null 2>&1 || true
}
trap stop_after_failure EXIT

# The database's password goes into the domain's encrypted store under an alias; the configuration names only the alias.
(
  passwords="$SERVER_BASE/both-passwords"
  trap 'rm -f -- "$passwords"' EXIT
  cat -- "$SERVER_BASE/admin-password" >"$passwords"
  printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$(<"$TALLYSTICK_DB_PASSWORD_FILE")" >>"$passwords"
  asadmin create-password-alias tallystick-db
)

# asadmin splits properties at colons and equals signs.
escaped() {
  sed 's/[:=]/\\&/g' <<<"$1"
}
url="jdbc:postgresql://$TALLYSTICK_DB_HOST:$TALLYSTICK_DB_PORT/$TALLYSTICK_DB_NAME"
# No lock is waited for longer than five seconds, and the database's errors do not quote rows into the log.
url+="?options=-c%20lock_timeout=5s&logServerErrorDetail=false"
fill resources.asadmin LIBRARIES="$SERVER_LIBRARIES" DB_URL="$(escaped "$url")" DB_USER="$(escaped "$TALLYSTICK_DB_USER")" \
  >"$SERVER_BASE/resources.asadmin"
# One command after the other: asadmin's own way to run a file ends with 0 whatever failed in it.
while read -ra words; do
  if ((${#words[@]} > 0)) && [[ "${words[0]}" != '#'* ]]; then
    asadmin "${words[@]}" </dev/null
  fi
done <"$SERVER_BASE/resources.asadmin"

trap - EXIT
asadmin_local stop-domain
