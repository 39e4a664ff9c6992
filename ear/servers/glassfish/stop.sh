#!/usr/bin/env bash
# Stops the server in order and returns when its process has ended.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

asadmin stop-domain --domaindir "$SERVER_BASE/domains" "$DOMAIN"
