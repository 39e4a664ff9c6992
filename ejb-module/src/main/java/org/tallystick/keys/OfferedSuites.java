package org.tallystick.keys;

import java.util.Arrays;
import java.util.List;
import org.tallystick.format.Suite;

/**
 * Which suites this bank offers to new devices: those that its keys can serve, from its minimum on.
 *
 * @param minimum lowest that it enrols, as its key set says
 * @param highest that its keys can serve
 */
public record OfferedSuites(Suite minimum, Suite highest) {
  /**
   * As operator and keys have it.
   *
   * @throws IllegalStateException if the minimum is higher than what the keys can serve
   */
  public static OfferedSuites of(Bank bank, KeyVault vault) {
    Suite highest = vault.secondReceiptSigner().isPresent() ? Suite.HYBRID : Suite.CLASSIC;
    if (!highest.atLeast(bank.minimumSuite())) {
      throw new IllegalStateException(
          "TALLYSTICK_MINIMUM_SUITE is 2, and these keys hold no ML-DSA-65 key for receipts: a"
              + " PKCS#11 token has none, nor has a key file from before format 1");
    }
    return new OfferedSuites(bank.minimumSuite(), highest);
  }

  /** Their numbers, ascending. */
  public List<Integer> numbers() {
    return Arrays.stream(Suite.values())
        .filter(suite -> suite.atLeast(minimum) && highest.atLeast(suite))
        .map(Suite::value)
        .toList();
  }
}
