package org.tallystick.device;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.tallystick.node.Environment;

/**
 * What a payer may pay without having seen a signed bill, in terms mode: {@code
 * TALLYSTICK_TERMS_LIMIT} minor units, whatever the currency, 0 for never.
 *
 * <p>Source: docs/PROTOCOL.md section 6.2 (D2).
 */
@ApplicationScoped
public class TermsLimit {
  private static final int FALLBACK = 25_00;

  @Inject Environment environment;

  /** Minor units, 0 for never. */
  public int minor() {
    return environment.number("TALLYSTICK_TERMS_LIMIT", FALLBACK, 0, Integer.MAX_VALUE);
  }
}
