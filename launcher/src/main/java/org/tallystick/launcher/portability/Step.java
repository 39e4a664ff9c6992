package org.tallystick.launcher.portability;

import org.jspecify.annotations.Nullable;

/** What is tried on each server, in this order. */
enum Step {
  /** The distribution is there, unpacked. */
  FETCH("fetch", null),
  /** configure.sh made an installation. */
  CONFIGURE("configure", FETCH),
  /** start.sh runs and the server listens. */
  START("start", CONFIGURE),
  /** deploy.sh says that the application is up, and so does the application. */
  DEPLOY("deploy", START),
  /** Two purchases between two device processes, evidence verified off line. */
  MAIN_JOB("main job", DEPLOY),
  /** Every request of {@link BadInput} is refused as it should be. */
  BAD_INPUT("bad input", DEPLOY),
  /** Both answers of a payment arrive on a web socket. */
  PUSH("push", MAIN_JOB),
  /** Both answers of a payment arrive on requests that wait for them. */
  LONG_POLL("long poll", MAIN_JOB),
  /** After stop and start, devices of before pay. */
  RESTART("restart", MAIN_JOB),
  /** stop.sh ends it; no process and no port is left. */
  STOP("stop", START);

  private final String title;
  private final @Nullable Step needed;

  Step(String title, @Nullable Step needed) {
    this.title = title;
    this.needed = needed;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** The step without which this one cannot be reached, or null. */
  @Nullable Step needed() {
    return needed;
  }
}
