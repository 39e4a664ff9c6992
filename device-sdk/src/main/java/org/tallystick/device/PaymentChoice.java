package org.tallystick.device;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a payer chooses for one payment, beside the PIN. Hold, charges and documents are the bill's:
 * who does not agree to them does not pay.
 *
 * <p>Source: docs/PROTOCOL.md sections 5, 5.3, 6 and 8.1.
 *
 * @param shorthand of the instrument, or null for the first
 * @param tipMinor on top of the bill's total, minor units; at most what the bill allows
 * @param consent bits, of those that the bill asks for
 * @param loyaltyId on both receipts, 1 to 32 characters, or null
 * @param levelPins PINs of levels that are to be proven, at most three; wiped when the half is made
 * @param compact whether the code has to fit into 612 characters
 * @param progress whether the bank is to tell that the half waits
 */
public record PaymentChoice(
    @Nullable String shorthand,
    long tipMinor,
    int consent,
    @Nullable String loyaltyId,
    Map<Integer, char[]> levelPins,
    boolean compact,
    boolean progress) {
  /** The first instrument and nothing else. */
  public static final PaymentChoice PLAIN = of(null);

  /** Copies the map; the PINs in it stay the caller's, to be wiped. */
  public PaymentChoice {
    levelPins = Map.copyOf(levelPins);
  }

  /** An instrument and nothing else. */
  public static PaymentChoice of(@Nullable String shorthand) {
    return new PaymentChoice(shorthand, 0, 0, null, Map.of(), false, false);
  }

  /** The same with a tip. */
  public PaymentChoice withTip(long minor) {
    return new PaymentChoice(shorthand, minor, consent, loyaltyId, levelPins, compact, progress);
  }

  /** The same with consent. */
  public PaymentChoice withConsent(int bits) {
    return new PaymentChoice(shorthand, tipMinor, bits, loyaltyId, levelPins, compact, progress);
  }

  /** The same with a loyalty id. */
  public PaymentChoice withLoyaltyId(String id) {
    return new PaymentChoice(shorthand, tipMinor, consent, id, levelPins, compact, progress);
  }

  /** The same with PINs of levels. */
  public PaymentChoice withLevelPins(Map<Integer, char[]> pins) {
    return new PaymentChoice(shorthand, tipMinor, consent, loyaltyId, pins, compact, progress);
  }

  /** The same in the compact profile. */
  public PaymentChoice inCompactProfile() {
    return new PaymentChoice(shorthand, tipMinor, consent, loyaltyId, levelPins, true, progress);
  }

  /** The same with progress asked for. */
  public PaymentChoice withProgress() {
    return new PaymentChoice(shorthand, tipMinor, consent, loyaltyId, levelPins, compact, true);
  }

  void wipe() {
    levelPins.values().forEach(pin -> Arrays.fill(pin, '\0'));
  }

  @Override
  public String toString() {
    return "PaymentChoice[levels=" + levelPins.keySet() + "]";
  }
}
