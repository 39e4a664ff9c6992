#!/usr/bin/env bash
# deploy.sh EAR: deploys to the running server, instead of what was deployed before. Succeeds only if the application is
# up, with all that it does at its start: migrations, keys, subscriptions.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=environment.sh
source "$HERE/environment.sh"

EAR="$(cd -P -- "$(dirname -- "${1:?usage: deploy.sh EAR}")" && pwd)/$(basename -- "$1")"
[[ -f "$EAR" ]] || {
  printf 'deploy: there is no %s\n' "$EAR" >&2
  exit 1
}

# a server that was started a moment ago
for ((attempt = 0; ; attempt++)); do
  state="$(connected --command=':read-attribute(name=server-state)' 2>&1 || true)"
  [[ "$state" != *'"running"'* ]] || break
  ((attempt < 60)) || {
    printf 'deploy: the server is not running\n' >&2
    exit 1
  }
  sleep 1
done

connected --command="deploy --force --name=tallystick.ear --runtime-name=tallystick.ear \"$EAR\""
status="$(connected --command='/deployment=tallystick.ear:read-attribute(name=status)')"
[[ "$status" == *'"OK"'* ]] || {
  printf 'deploy: the application is not up: %s\n' "$status" >&2
  exit 1
}
