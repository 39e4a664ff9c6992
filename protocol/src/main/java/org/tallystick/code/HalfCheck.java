package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.pin.PinVerifier;

/**
 * Whether an authentic half is good: steps O10 to O12. Pure.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public final class HalfCheck {
  /** Wrong PINs in a row that suspend a device. */
  public static final int MAX_WRONG_PINS = 5;

  private HalfCheck() {}

  /**
   * What the bank knows of the sender.
   *
   * @param binding as enrolled
   * @param role that the party may take
   * @param deviceActive neither pending nor suspended
   * @param partyActive registration in good standing
   * @param pin verifier, or null where the device has none
   */
  public record Sender(
      DeviceBinding binding,
      Role role,
      boolean deviceActive,
      boolean partyActive,
      @Nullable PinVerifier pin) {}

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
    return pin(half, sender);
  }

  private static Optional<Refusal> pin(OpenedHalf half, Sender sender) {
    SignedMap signed = half.signed();
    if (signed.role() == Role.PAYEE) {
      return Optional.empty();
    }
    byte[] proof = half.privateMap().pinProof();
    if (proof == null || sender.pin() == null) {
      return Optional.of(Refusal.PIN_MISSING);
    }
    boolean right =
        sender
            .pin()
            .accepts(
                proof,
                half.pinKey(),
                signed.deviceId(),
                signed.epoch(),
                signed.n(),
                signed.role().value(),
                signed.billHash());
    return right ? Optional.empty() : Optional.of(Refusal.PIN_WRONG);
  }
}
