#!/usr/bin/env bash
# Stops the server in an orderly way: new requests hear 503, those under way may end first. Returns when the process is
# gone. Only devices that wait for an answer take longer than that; they ask again, here or at another node.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=environment.sh
source "$HERE/environment.sh"

readonly PATIENCE_SECONDS=5 END_SECONDS=90

pid="$(cat -- "$SERVER_BASE/server.pid" 2>/dev/null || true)"
connected --command="shutdown --suspend-timeout=$PATIENCE_SECONDS"
for ((waited = 0; waited < END_SECONDS; waited++)); do
  if [[ -z "$pid" ]] || ! kill -0 "$pid" 2>/dev/null; then
    exit 0
  fi
  sleep 1
done
printf 'stop: process %s does not end\n' "$pid" >&2
exit 1
