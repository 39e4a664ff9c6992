package org.tallystick.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.security.SecureRandom;
import java.time.Clock;

/** The one clock and the one random source of a node; whoever needs either has it injected. */
@ApplicationScoped
public class TimeAndChance {
  private final SecureRandom random = new SecureRandom();

  /** UTC. */
  @Produces
  public Clock clock() {
    return Clock.systemUTC();
  }

  /** The platform's own generator. */
  @Produces
  public SecureRandom random() {
    return random;
  }
}
