#!/usr/bin/env bash
# Stops the server in an orderly way: requests that are under way may end first. Returns when the process is gone.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=environment.sh
source "$HERE/environment.sh"

readonly PATIENCE_SECONDS=20 END_SECONDS=90

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
