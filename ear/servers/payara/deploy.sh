#!/usr/bin/env bash
# deploy.sh EAR: deploys the application to the running server, in place of one that is there.
#
# Needs: SERVER_HOME, SERVER_BASE, JAVA_HOME, TALLYSTICK_HTTP_PORT, TALLYSTICK_PORT_BASE. Ends with 0 only if the application answers and finds its
# database and its broker.
set -euo pipefail

(($# == 1)) || { printf 'usage: deploy.sh EAR\n' >&2; exit 2; }
HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
source "$HERE/common.sh"

asadmin deploy --force --name tallystick "$1"

# asadmin calls a deployment done when the archive is loaded; the application says itself whether it is up.
health() {
  exec 3<>"/dev/tcp/127.0.0.1/$TALLYSTICK_HTTP_PORT"
  printf 'GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  head -n 1 <&3
}
for _ in {1..60}; do
  if [[ "$( (health) 2>/dev/null || true)" == 'HTTP/1.1 200'* ]]; then
    exit 0
  fi
  sleep 1
done
printf 'deploy: the application is deployed, but does not say that it is up\n' >&2
exit 1
