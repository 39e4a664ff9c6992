package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ciphertexts that belong to a device; this class cannot open them. */
@Embeddable
public class DeviceSecrets {
  @Column(name = "pin_verifier_wrapped")
  private byte @Nullable [] pinVerifierWrapped;

  @Column(name = "pin_pending_wrapped")
  private byte @Nullable [] pinPendingWrapped;

  @Column(name = "footprint_sealed", nullable = false, updatable = false)
  private byte[] footprintSealed;

  /** For JPA. */
  protected DeviceSecrets() {}

  /**
   * Takes copies.
   *
   * @param pinVerifierWrapped what proofs of the PIN are checked with; a till may have none
   * @param footprintSealed what the device told of itself, under the personal key
   */
  public DeviceSecrets(byte @Nullable [] pinVerifierWrapped, byte[] footprintSealed) {
    this.pinVerifierWrapped = pinVerifierWrapped == null ? null : pinVerifierWrapped.clone();
    this.footprintSealed = footprintSealed.clone();
  }

  void changePin(byte[] verifierWrapped) {
    if (pinVerifierWrapped == null) {
      throw new IllegalStateException("a device without a PIN has none to change");
    }
    pinPendingWrapped = verifierWrapped.clone();
  }

  void pendingPinProven() {
    if (pinPendingWrapped == null) {
      throw new IllegalStateException("no PIN is pending");
    }
    pinVerifierWrapped = pinPendingWrapped;
    pinPendingWrapped = null;
  }

  /** The wrapped PIN verifier, where the device has one. */
  public Optional<byte[]> pinVerifierWrapped() {
    return Optional.ofNullable(pinVerifierWrapped).map(byte[]::clone);
  }

  /** The wrapped verifier of a PIN that is not proven yet, where there is one. */
  public Optional<byte[]> pinPendingWrapped() {
    return Optional.ofNullable(pinPendingWrapped).map(byte[]::clone);
  }

  /** The sealed footprint. */
  public byte[] footprintSealed() {
    return footprintSealed.clone();
  }

  @Override
  public String toString() {
    return "DeviceSecrets";
  }
}
