# Sourced by the scripts beside it: what they share.
: "${SERVER_HOME:?where WildFly was unpacked}"
: "${SERVER_BASE:?folder of this installation}"
: "${JAVA_HOME:?the JDK that runs the server}"
: "${TALLYSTICK_HTTP_PORT:?}" "${TALLYSTICK_PORT_BASE:?first of 100 free ports}"

# WildFly's scripts listen to these; what the caller has set for other Java programs is not for them.
unset JAVA_OPTS PREPEND_JAVA_OPTS MODULE_OPTS
export JAVA_HOME JBOSS_HOME="$SERVER_HOME"
# own modules first, then WildFly's
export JBOSS_MODULEPATH="$SERVER_BASE/modules:$SERVER_HOME/modules"

# WildFly's command line; whoever may read SERVER_BASE is let in without a password.
cli() {
  "$SERVER_HOME/bin/jboss-cli.sh" --no-color-output --timeout=30000 "$@" </dev/null
}

# The same, for the running server.
connected() {
  cli --connect --controller="127.0.0.1:$TALLYSTICK_PORT_BASE" "$@"
}
