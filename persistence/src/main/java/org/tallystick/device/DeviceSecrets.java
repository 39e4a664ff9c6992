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

  @Column(name = "root_wrapped", nullable = false)
  private byte[] rootWrapped;

  @Column(name = "footprint_sealed", nullable = false, updatable = false)
  private byte[] footprintSealed;

  /** For JPA. */
  protected DeviceSecrets() {}

  /**
   * Takes copies.
   *
   * @param pinVerifierWrapped what proofs of the PIN are checked with; a till may have none
   * @param rootWrapped kept for the rekey
   * @param footprintSealed what the device told of itself, under the personal key
   */
  public DeviceSecrets(
      byte @Nullable [] pinVerifierWrapped, byte[] rootWrapped, byte[] footprintSealed) {
    this.pinVerifierWrapped = pinVerifierWrapped == null ? null : pinVerifierWrapped.clone();
    this.rootWrapped = rootWrapped.clone();
    this.footprintSealed = footprintSealed.clone();
  }

  /** The wrapped PIN verifier, where the device has one. */
  public Optional<byte[]> pinVerifierWrapped() {
    return Optional.ofNullable(pinVerifierWrapped).map(byte[]::clone);
  }

  /** The wrapped root. */
  public byte[] rootWrapped() {
    return rootWrapped.clone();
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
