package org.tallystick.code;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallystick.pin.PinVerifier;

/**
 * What only some halves have beside their terms.
 *
 * <p>Source: docs/PROTOCOL.md section 5, signed map 29 and 30, private map 5 and 6.
 *
 * @param belongsTo exactly with purposes COMPLETE and CHARGE: hash of the code that held the
 *     payee's half of the purchase, 32 bytes
 * @param loyaltyId or null
 * @param levelPins what the person typed for each level to be proven, by level; not closed here
 * @param compact whether it has to fit into 612 characters
 */
public record HalfOptions(
    byte @Nullable [] belongsTo,
    @Nullable String loyaltyId,
    Map<Integer, PinVerifier> levelPins,
    boolean compact) {
  /** None of them. */
  public static final HalfOptions NONE = new HalfOptions(null, null, Map.of(), false);

  /** The compact profile and nothing else. */
  public static final HalfOptions COMPACT = new HalfOptions(null, null, Map.of(), true);

  /** Copies the map. */
  public HalfOptions(
      byte @Nullable [] belongsTo,
      @Nullable String loyaltyId,
      Map<Integer, PinVerifier> levelPins,
      boolean compact) {
    this.belongsTo = belongsTo;
    this.loyaltyId = loyaltyId;
    this.levelPins = Map.copyOf(levelPins);
    this.compact = compact;
  }

  /** A later step of a purchase with limits. */
  public static HalfOptions belongingTo(byte[] payeeCodeHash) {
    return new HalfOptions(payeeCodeHash, null, Map.of(), false);
  }

  @Override
  public String toString() {
    return "HalfOptions[levels=" + levelPins.keySet() + ", compact=" + compact + "]";
  }
}
