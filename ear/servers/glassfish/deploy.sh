#!/usr/bin/env bash
# deploy.sh EAR: deploys to the running server, or replaces what is deployed. Where a start-up bean fails,
# so does the command.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

(($# == 1)) || fail "usage: deploy.sh EAR"
asadmin deploy --force=true --name tallystick "$1"
asadmin show-component-status tallystick | grep -q enabled || fail "the application is not up"
