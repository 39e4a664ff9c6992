#!/usr/bin/env bash
# Makes a GlassFish 7 domain for Tallystick in SERVER_BASE, with the server's own broker (OpenMQ) in its
# virtual machine. Run once. SERVER_HOME is only read.
#
# Ports from TALLYSTICK_PORT_BASE: +37 IIOP, +48 administration, +76 broker (and +77, +78), +86 JMX (off).
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
: "${SERVER_LIBRARIES:?}" "${TALLYSTICK_HTTP_PORT:?}" "${TALLYSTICK_PORT_BASE:?}"
: "${TALLYSTICK_DB_HOST:?}" "${TALLYSTICK_DB_PORT:?}" "${TALLYSTICK_DB_NAME:?}" "${TALLYSTICK_DB_USER:?}"
: "${TALLYSTICK_DB_PASSWORD_FILE:?}"

readonly HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
readonly BROKER="$DOMAIN_DIR/imq/instances/imqbroker"

[[ ! -e "$SERVER_BASE" ]] || fail "$SERVER_BASE exists already"
mkdir -p -- "$SERVER_BASE"
printf '%s\n' "$((TALLYSTICK_PORT_BASE + 48))" >"$SERVER_BASE/admin-port"

chance() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# --- the domain ---
printf 'AS_ADMIN_PASSWORD=%s\nAS_ADMIN_MASTERPASSWORD=%s\n' "$(chance)" "$(chance)" >"$PASSWORDS"
asadmin create-domain --domaindir "$SERVER_BASE/domains" --portbase "$TALLYSTICK_PORT_BASE" --checkports=false \
  --usemasterpassword=true "$DOMAIN" >"$SERVER_BASE/create-domain.log" 2>&1 ||
  fail "no domain made, see $SERVER_BASE/create-domain.log"
cp -- "$SERVER_LIBRARIES/postgresql.jar" "$DOMAIN_DIR/lib/"

# --- what the first start would already open to the network ---
# Every listener on loopback; no OSGi shell, which asks for no password; the broker, which the first start
# would otherwise make with a default address.
fill() {
  sed -e "s/@PORT+76@/$((TALLYSTICK_PORT_BASE + 76))/" -e "s/@PORT+77@/$((TALLYSTICK_PORT_BASE + 77))/" \
    -e "s/@PORT+78@/$((TALLYSTICK_PORT_BASE + 78))/" -e "s/@HTTP_PORT@/$TALLYSTICK_HTTP_PORT/" \
    -e "s|@DB_URL@|$DB_URL|" -e "s/@DB_USER@/$TALLYSTICK_DB_USER/" "$1"
}
# asadmin reads = and : inside a property as its own unless they are escaped, twice: for the line and for the list
DB_URL="jdbc:postgresql://$TALLYSTICK_DB_HOST:$TALLYSTICK_DB_PORT/$TALLYSTICK_DB_NAME?options=-c%20lock_timeout=5s&logServerErrorDetail=false"
DB_URL="$(sed -e 's/[:=]/\\\\\\\\&/g' -e 's/&log/\\\&log/' <<<"$DB_URL")"
sed -i -e 's/address="0\.0\.0\.0"/address="127.0.0.1"/' \
  -e 's/<network-listener port=/<network-listener address="127.0.0.1" port=/' \
  -e '/-Dorg\.glassfish\.additionalOSGiBundlesToStart=/d' -e '/-Dosgi\.shell\.telnet\./d' \
  "$DOMAIN_DIR/config/domain.xml"
domain="$(<"$DOMAIN_DIR/config/domain.xml")"
printf '%s\n' "${domain/'<connector-service '/"$(fill "$HERE/broker.xml")"'<connector-service '}" >"$DOMAIN_DIR/config/domain.xml"

# --- the broker's users: its own defaults have known passwords ---
mkdir -p -- "$BROKER/etc"
cp -- "$HERE/accesscontrol.properties" "$BROKER/etc/"
: >"$BROKER/etc/passwd"
# The administrator's password stays, in the form in which imqcmd takes it (-passfile), for who has to look
# into the queues of the dead; the application's goes into the domain's key store.
broker_admin_password="$(chance)"
broker_password="$(chance)"
printf 'imq.imqcmd.password=%s\n' "$broker_admin_password" >"$SERVER_BASE/broker-admin"
broker_user() {
  "$JAVA_HOME/bin/java" -Dimq.home="$SERVER_HOME/mq" -Dimq.varhome="$DOMAIN_DIR/imq" -Dimq.etchome="$SERVER_HOME/mq/etc" \
    -Dimq.libhome="$SERVER_HOME/mq/lib" -cp "$SERVER_HOME/mq/lib/imqbroker.jar" \
    com.sun.messaging.jmq.jmsserver.auth.usermgr.UserMgr add -u "$1" -g "$2" -passfile <(printf '%s\n' "$3") -i imqbroker -s
}
broker_user admin admin "$broker_admin_password"
broker_user tallystick user "$broker_password"

# --- the rest needs the server to run ---
"$HERE/start.sh" >"$SERVER_BASE/configure-server.log" 2>&1 &
readonly SERVER=$!
trap 'kill "$SERVER" 2>/dev/null || true' EXIT
for ((second = 0; ; second++)); do
  asadmin uptime >/dev/null 2>&1 && break
  { kill -0 "$SERVER" 2>/dev/null && ((second < 120)); } || fail "the server did not start, see $SERVER_BASE/configure-server.log"
  sleep 1
done

# Secrets go into the domain's key store; the configuration names them by alias only.
alias_for() {
  PASSWORDS=<(cat -- "$PASSWORDS" && printf 'AS_ADMIN_ALIASPASSWORD=%s\n' "$2") asadmin create-password-alias "$1"
}
alias_for tallystick-db "$(<"$TALLYSTICK_DB_PASSWORD_FILE")"
alias_for tallystick-broker "$broker_password"

# The broker's destinations, each with its bounds: what is beyond them is refused, and the sender hears of it.
# Answers are hints: a node that does not keep up loses the oldest and its devices ask instead.
broker_command() {
  "$JAVA_HOME/bin/java" -Dimq.home="$SERVER_HOME/mq" -Dimq.varhome="$DOMAIN_DIR/imq" -Dimq.etchome="$SERVER_HOME/mq/etc" \
    -cp "$SERVER_HOME/mq/lib/imqadmin.jar" com.sun.messaging.jmq.admin.apps.broker.BrokerCmd -f "$@" \
    -b "127.0.0.1:$((TALLYSTICK_PORT_BASE + 76))" -u admin -passfile "$SERVER_BASE/broker-admin" \
    >>"$SERVER_BASE/broker.log" 2>&1 || fail "the broker did not do '$*', see $SERVER_BASE/broker.log"
}
# OpenMQ counts and delays no deliveries for a session's own transaction; the application waits in its place and
# after the seventh failure moves a message to tallystick.dead.
for queue in tallystick.halves tallystick.paired tallystick.dead; do
  broker_command create dst -t q -n "$queue" -o maxTotalMsgBytes=64m -o maxBytesPerMsg=64k -o maxNumMsgs=-1 \
    -o limitBehavior=REJECT_NEWEST -o maxNumProducers=-1 -o maxNumActiveConsumers=-1 -o consumerFlowLimit=32 -o useDMQ=true
done
broker_command create dst -t t -n tallystick.answers -o maxTotalMsgBytes=8m -o maxBytesPerMsg=1m -o maxNumMsgs=-1 \
  -o limitBehavior=REMOVE_OLDEST -o maxNumProducers=-1 -o useDMQ=false
# where the broker itself puts what it cannot deliver
broker_command update dst -t q -n mq.sys.dmq -o maxTotalMsgBytes=64m -o maxNumMsgs=-1

# The client goes on after a command that failed; its log tells.
fill "$HERE/resources.asadmin" >"$SERVER_BASE/resources.asadmin"
AS_LOGFILE="$SERVER_BASE/resources.log" asadmin multimode --file "$SERVER_BASE/resources.asadmin" --printprompt=false
! grep -v ' EXIT: 0 ' "$SERVER_BASE/resources.log" >&2 || fail "a command failed, see above"

"$HERE/stop.sh"
wait "$SERVER" || true
trap - EXIT
