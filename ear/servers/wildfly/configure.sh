#!/usr/bin/env bash
# Makes an installation of the bank on WildFly under SERVER_BASE. SERVER_HOME is only read.
set -euo pipefail

HERE="$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
readonly HERE
# shellcheck source=environment.sh
source "$HERE/environment.sh"
: "${SERVER_LIBRARIES:?folder with postgresql.jar and eclipselink.jar}"

if [[ -e "$SERVER_BASE" ]]; then
  printf 'configure: %s exists already\n' "$SERVER_BASE" >&2
  exit 1
fi

# module NAME FILE...: a module of the server, described beside this script, with these files.
module() {
  local folder="$SERVER_BASE/modules/${1//.//}/main"
  mkdir -p -- "$folder"
  cp -- "$HERE/$1.module.xml" "$folder/module.xml"
  cp -- "${@:2}" "$folder/"
}

# users, journal and temporary files are nobody else's business
umask 077
mkdir -p -- "$SERVER_BASE/configuration"
cp -- "$SERVER_HOME"/standalone/configuration/{standalone-full.xml,*.properties} "$SERVER_BASE/configuration/"

module org.postgresql "$SERVER_LIBRARIES/postgresql.jar"
# WildFly brings what ties EclipseLink to the server and leaves EclipseLink itself to the administrator. This module
# stands before WildFly's of the same name on the module path.
module org.eclipse.persistence "$SERVER_LIBRARIES/eclipselink.jar"
cp -- "$SERVER_HOME"/modules/system/layers/base/org/eclipse/persistence/main/jipijapa-eclipselink-*.jar \
  "$SERVER_BASE/modules/org/eclipse/persistence/main/jipijapa-eclipselink.jar"

# The configuration itself. WildFly's command line prints every success and ends at the first command that is refused.
log="$SERVER_BASE/configure.log"
if ! JAVA_OPTS="-Djboss.server.base.dir=$SERVER_BASE" cli --file="$HERE/server.cli" >"$log" 2>&1; then
  tail -n 20 -- "$log" >&2
  exit 1
fi
