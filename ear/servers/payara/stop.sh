#!/usr/bin/env bash
# Stops the server in an orderly way and returns when it has ended.
#
# Needs: SERVER_HOME, SERVER_BASE, JAVA_HOME, TALLYSTICK_PORT_BASE.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=common.sh
source "$HERE/common.sh"

asadmin_local stop-domain
