package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.money.Money;
import org.tallystick.pin.PinBackOff;
import org.tallystick.pin.PinVerifier;

/**
 * Whether an authentic half is good: steps O10 to O13. Pure.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public final class HalfCheck {
  /** Wrong PINs in a row that suspend a device. */
  public static final int MAX_WRONG_PINS = PinBackOff.SUSPENDING;

  private HalfCheck() {}

  /**
   * What the bank knows of the sender.
   *
   * @param binding as enrolled
   * @param role that the party may take
   * @param deviceActive neither pending nor suspended
   * @param partyActive registration in good standing
   * @param pins what its PIN is checked with
   * @param limit most that each of its halves may pay, or null
   */
  public record Sender(
      DeviceBinding binding,
      Role role,
      boolean deviceActive,
      boolean partyActive,
      Pins pins,
      @Nullable Money limit) {
    /** A device that is not blocked, with one PIN and no limit. */
    public Sender(
        DeviceBinding binding,
        Role role,
        boolean deviceActive,
        boolean partyActive,
        @Nullable PinVerifier pin) {
      this(binding, role, deviceActive, partyActive, new Pins(pin, null, 0), null);
    }
  }

  /**
   * The PINs of a device: the present one, and beside it a new one that no half has proven yet.
   *
   * @param present verifier, or null where the device has none
   * @param pending verifier, or null
   * @param blockedUntilMillis before which no PIN is looked at; 0 where it is not blocked
   */
  public record Pins(
      @Nullable PinVerifier present, @Nullable PinVerifier pending, long blockedUntilMillis) {
    /** Whether a half that was received at a moment has its PIN looked at. */
    public boolean blockedAt(long receivedAtMillis) {
      return receivedAtMillis < blockedUntilMillis;
    }
  }

  /**
   * Checks one half.
   *
   * @param receivedAtMillis bank clock when the code was on disk
   */
  public static Optional<Refusal> check(OpenedHalf half, Sender sender, long receivedAtMillis) {
    SignedMap signed = half.signed();
    DeviceBinding binding = sender.binding();
    if (!Arrays.equals(signed.accountIdentifier(), binding.accountIdentifier())) {
      return Optional.of(Refusal.ACCOUNT_MISMATCH);
    }
    if (!Arrays.equals(signed.contractId(), binding.contractId())) {
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
    if (signed.role() != sender.role()) {
      return Optional.of(Refusal.ROLE_NOT_ALLOWED);
    }
    if (receivedAtMillis > signed.notAfterMillis()) {
      return Optional.of(Refusal.LATE);
    }
    if (signed.role() == Role.PAYEE) {
      return Optional.empty();
    }
    return pin(half, sender.pins(), receivedAtMillis) // O12
        .or(() -> limit(signed.amount(), sender.limit())); // O13
  }

  private static Optional<Refusal> pin(OpenedHalf half, Pins pins, long receivedAtMillis) {
    if (pins.blockedAt(receivedAtMillis)) {
      return Optional.of(Refusal.PIN_BLOCKED);
    }
    if (half.privateMap().pinProof() == null || pins.present() == null) {
      return Optional.of(Refusal.PIN_MISSING);
    }
    return proves(half, pins.present()) || proves(half, pins.pending())
        ? Optional.empty()
        : Optional.of(Refusal.PIN_WRONG);
  }

  /** Whether a half proves a PIN; its key of the PIN proof is still open. */
  public static boolean proves(OpenedHalf half, @Nullable PinVerifier pin) {
    SignedMap signed = half.signed();
    byte[] proof = half.privateMap().pinProof();
    return proof != null
        && pin != null
        && pin.accepts(
            proof,
            half.pinKey(),
            signed.deviceId(),
            signed.epoch(),
            signed.n(),
            signed.role().value(),
            signed.billHash());
  }

  /** An amount in another currency than the limit's cannot be compared, and is not let through. */
  private static Optional<Refusal> limit(Money amount, @Nullable Money limit) {
    boolean within =
        limit == null
            || (amount.currency().equals(limit.currency()) && amount.minor() <= limit.minor());
    return within ? Optional.empty() : Optional.of(Refusal.ABOVE_DEVICE_LIMIT);
  }
}
