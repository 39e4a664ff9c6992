package org.tallystick.device.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bank that a device belongs to.
 *
 * @param rootFingerprint hash of the bank's root public key, 32 bytes, pinned
 * @param baseUrl where its interface is; no secret and no anchor, so it may change
 */
public record BankPin(byte[] rootFingerprint, String baseUrl) {
  /** Longest base URL, characters. */
  public static final int MAX_URL = 512;

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BankPin pin
        && Arrays.equals(rootFingerprint, pin.rootFingerprint)
        && baseUrl.equals(pin.baseUrl);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rootFingerprint);
  }
}
