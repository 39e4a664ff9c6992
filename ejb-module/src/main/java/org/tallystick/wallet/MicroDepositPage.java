package org.tallystick.wallet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some micro-deposits, oldest first.
 *
 * @param microDeposits the page
 * @param next give this back to get the next page; null on the last
 */
public record MicroDepositPage(List<MicroDepositOrder> microDeposits, @Nullable String next) {
  /** Copies the list. */
  public MicroDepositPage {
    microDeposits = List.copyOf(microDeposits);
  }
}
