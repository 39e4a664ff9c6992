package org.tallystick.code;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.pin.PinVerifier;

/**
 * Whether an authentic half is good: steps O10 to O13. Pure.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public final class HalfCheck {
  /** Wrong PINs in a row that suspend a device. */
  public static final int MAX_WRONG_PINS = 5;

  private static final long[] BLOCK_MILLIS = {0, 0, 30_000, 2 * 60_000, 10 * 60_000};

  private HalfCheck() {}

  /**
   * What the bank knows of the sender.
   *
   * @param binding as enrolled
   * @param role that the party may take
   * @param deviceActive neither pending nor suspended
   * @param partyActive registration in good standing
   * @param pin verifier, or null where the device has none
   * @param newPin one that waits to be proven, or null
   * @param blockedUntilMillis PINs of codes that came before are not looked at
   * @param numberReserved whether the half's transaction number is reserved for the account; asked
   *     only where {@link OpenedHalf#numberIsOwn} says no
   * @param limitMinor what the device may pay with one half while it is new, minor units; 0 for no
   *     limit
   * @param levels verifiers of the levels that have a PIN
   * @param termsLimitMinor what the bank takes from a payer who did not have the bill, minor units;
   *     0 for nothing
   * @param authorities what later steps of a purchase may belong to
   * @param hasAgreed whether the party has agreed to the version of the agreement that is in force
   */
  public record Sender(
      DeviceBinding binding,
      Role role,
      boolean deviceActive,
      boolean partyActive,
      @Nullable PinVerifier pin,
      @Nullable PinVerifier newPin,
      long blockedUntilMillis,
      boolean numberReserved,
      long limitMinor,
      Map<Integer, PinVerifier> levels,
      long termsLimitMinor,
      Authorities authorities,
      boolean hasAgreed) {
    /**
     * A sender who has agreed, whose PIN is neither changing nor blocked, without reservation,
     * limit, levels, terms mode or authority.
     */
    public Sender(
        DeviceBinding binding,
        Role role,
        boolean deviceActive,
        boolean partyActive,
        @Nullable PinVerifier pin) {
      this(
          binding,
          role,
          deviceActive,
          partyActive,
          pin,
          null,
          0,
          false,
          0,
          Map.of(),
          0,
          Authorities.NONE,
          true);
    }
  }

  /**
   * How long PINs are not looked at after so many wrong ones in a row, milliseconds; at {@link
   * #MAX_WRONG_PINS} the device is suspended instead.
   */
  public static long blockMillis(int wrongPins) {
    return BLOCK_MILLIS[wrongPins];
  }

  /**
   * Checks one half.
   *
   * @param receivedAtMillis bank clock when the code was on disk
   */
  public static Optional<Refusal> check(OpenedHalf half, Sender sender, long receivedAtMillis) {
    return belongs(half, sender)
        .or(() -> late(half, receivedAtMillis))
        .or(() -> pin(half, sender, receivedAtMillis))
        .or(() -> limit(half, sender));
  }

  /** Whether a half that was found good proves the PIN that waits, so that the old one is gone. */
  public static boolean provesNewPin(OpenedHalf half, Sender sender) {
    return half.signed().role() == Role.PAYER && accepts(sender.newPin(), half, sender);
  }

  /** O10. */
  private static Optional<Refusal> belongs(OpenedHalf half, Sender sender) {
    SignedMap signed = half.signed();
    DeviceBinding binding = sender.binding();
    boolean saysItsAccount = !signed.compact();
    if (saysItsAccount && !Arrays.equals(signed.accountIdentifier(), binding.accountIdentifier())) {
      return Optional.of(Refusal.ACCOUNT_MISMATCH);
    }
    if (saysItsAccount && !Arrays.equals(signed.contractId(), binding.contractId())) {
      return Optional.of(Refusal.CONTRACT_MISMATCH);
    }
    if (!ConstantTime.equal(half.privateMap().bindingValue(), binding.bindingValue())) {
      return Optional.of(Refusal.BINDING_VALUE_MISMATCH);
    }
    if (!sender.deviceActive()) {
      return Optional.of(Refusal.DEVICE_NOT_ACTIVE);
    }
    if (!sender.partyActive()) {
      return Optional.of(Refusal.PARTY_NOT_ACTIVE);
    }
    if (!sender.hasAgreed()) {
      return Optional.of(Refusal.AGREEMENT_NOT_SIGNED);
    }
    if (signed.role() != sender.role()) {
      return Optional.of(Refusal.ROLE_NOT_ALLOWED);
    }
    if (!signed.extensions().critical().isEmpty()) {
      return Optional.of(Refusal.UNKNOWN_EXTENSION); // format 1 defines none
    }
    if (!half.numberIsOwn() && !sender.numberReserved()) {
      return Optional.of(Refusal.NUMBER_NOT_RESERVED); // O8b
    }
    byte[] belongsTo = signed.belongsTo();
    if (belongsTo != null && !sender.authorities().isOpen(half, belongsTo)) {
      return Optional.of(Refusal.NO_AUTHORITY); // O8c
    }
    return Optional.empty();
  }

  /** O11. */
  private static Optional<Refusal> late(OpenedHalf half, long receivedAtMillis) {
    return receivedAtMillis > half.signed().notAfterMillis()
        ? Optional.of(Refusal.LATE)
        : Optional.empty();
  }

  /** O12. */
  private static Optional<Refusal> pin(OpenedHalf half, Sender sender, long receivedAtMillis) {
    boolean payer = half.signed().role() == Role.PAYER;
    if (!payer && half.privateMap().levelProofs().isEmpty()) {
      return Optional.empty();
    }
    if (receivedAtMillis < sender.blockedUntilMillis()) {
      return Optional.of(Refusal.BLOCKED);
    }
    if (payer && (half.privateMap().pinProof() == null || sender.pin() == null)) {
      return Optional.of(Refusal.PIN_MISSING);
    }
    if (payer && !accepts(sender.pin(), half, sender) && !accepts(sender.newPin(), half, sender)) {
      return Optional.of(Refusal.PIN_WRONG);
    }
    return provesLevels(half, sender) ? Optional.empty() : Optional.of(Refusal.LEVEL_PIN_WRONG);
  }

  /** Every level proof is looked at, so that the time tells nothing of the first wrong one. */
  private static boolean provesLevels(OpenedHalf half, Sender sender) {
    SignedMap signed = half.signed();
    boolean all = true;
    for (Map.Entry<Integer, byte[]> level : half.privateMap().levelProofs().entrySet()) {
      PinVerifier verifier = sender.levels().get(level.getKey());
      all &=
          verifier != null
              && verifier.acceptsLevel(
                  level.getValue(),
                  half.pinKey(),
                  level.getKey(),
                  sender.binding().deviceId(),
                  signed.epoch(),
                  signed.n(),
                  signed.role().value(),
                  signed.billHash());
    }
    return all;
  }

  /** O13, for the highest amount that may move at once under the half; and D2. */
  private static Optional<Refusal> limit(OpenedHalf half, Sender sender) {
    SignedMap signed = half.signed();
    if (signed.role() != Role.PAYER) {
      return Optional.empty();
    }
    long amount = signed.amount().minor();
    Limits limits = signed.conditions().limits();
    long highest = limits == null ? amount : limits.highest(amount);
    if (sender.limitMinor() > 0 && highest > sender.limitMinor()) {
      return Optional.of(Refusal.ABOVE_DEVICE_LIMIT);
    }
    boolean aboveTerms =
        signed.conditions().terms()
            && (sender.termsLimitMinor() == 0 || amount > sender.termsLimitMinor());
    return aboveTerms ? Optional.of(Refusal.ABOVE_TERMS_LIMIT) : Optional.empty();
  }

  private static boolean accepts(@Nullable PinVerifier pin, OpenedHalf half, Sender sender) {
    SignedMap signed = half.signed();
    byte[] proof = half.privateMap().pinProof();
    return pin != null
        && proof != null
        && pin.accepts(
            proof,
            half.pinKey(),
            sender.binding().deviceId(),
            signed.epoch(),
            signed.n(),
            signed.role().value(),
            signed.billHash());
  }
}
