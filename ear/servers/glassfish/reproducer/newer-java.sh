#!/usr/bin/env bash
# GlassFish 7.0.21 does not start on Java 24 or later. Makes an empty domain and starts it; nothing of Tallystick
# takes part. Usage: SERVER_HOME=… JAVA_HOME=… newer-java.sh; exits 1 while the fault is there.
#
# First fault: config/osgi.properties has execution environments (eecap-N) up to 23 only, so that no module
# resolves: https://github.com/eclipse-ee4j/glassfish/issues/25437, 7.0.24 has them up to 25.
# Second fault, behind the first (-Deecap-N=… shows it): SecurityAccessValidator asks AccessController for leave,
# and since Java 24 that always refuses (JEP 486); see also issue 26132.
set -euo pipefail
: "${SERVER_HOME:?the unpacked distribution}" "${JAVA_HOME:?the JDK to try}"
umask 077

work="$(mktemp -d)"
server=
trap '[[ -z "$server" ]] || { kill -9 "$server"; wait "$server"; } 2>/dev/null || true; rm -rf -- "$work"' EXIT
export AS_JAVA="$JAVA_HOME"
asadmin() {
  "$JAVA_HOME/bin/java" -Duser.home="$work" -jar "$SERVER_HOME/glassfish/lib/client/appserver-cli.jar" --user admin "$@"
}

asadmin create-domain --domaindir "$work" --portbase "${PORT_BASE:-29000}" --nopassword=true bare >"$work/log" 2>&1
sed -i -e 's/address="0\.0\.0\.0"/address="127.0.0.1"/' \
  -e 's/<network-listener port=/<network-listener address="127.0.0.1" port=/' "$work/bare/config/domain.xml"
mapfile -t command < <(asadmin start-domain --domaindir "$work" --dry-run=true bare | sed -n '/^\//,/^$/{/^$/!p}')
more=()
[[ -z "${ALSO_SECOND:-}" ]] || more=("-Deecap-$ALSO_SECOND=osgi.ee; osgi.ee=JavaSE; version:List<Version>=\"1.5,1.6,1.7,1.8,$(seq -s , 9 "$ALSO_SECOND")\"")
"${command[0]}" ${more[@]+"${more[@]}"} "${command[@]:1}" >"$work/out" 2>&1 </dev/null &
server=$!

echo "expected: the empty domain starts on $("$JAVA_HOME/bin/java" --version | head -n 1)"
for ((second = 0; second < 120; second++)); do
  if grep -q 'startup time' "$work/out"; then
    echo "got: it started"
    exit 0
  fi
  if grep -qE 'Unable to resolve|UnsatisfiedDependencyException' "$work/out" || ! kill -0 "$server" 2>/dev/null; then
    break
  fi
  sleep 1
done
echo "got: $(grep -m1 -E 'Unable to resolve|UnsatisfiedDependencyException' "$work/out" | cut -c1-300 || echo 'no start within two minutes')"
exit 1
