package org.tallystick.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bank's two secrets of one enrolment, wrapped; this class cannot open them. */
@Embeddable
public class EnrolmentSecret {
  @Column(name = "code_wrapped")
  private byte[] codeWrapped;

  @Column(name = "hpke_scalar_wrapped")
  private byte[] scalarWrapped;

  @Column(name = "kem_seed_wrapped")
  private byte @Nullable [] kemSeedWrapped;

  /** For JPA. */
  protected EnrolmentSecret() {}

  /**
   * Takes copies.
   *
   * @param codeWrapped the activation code
   * @param scalarWrapped the HPKE private key
   * @param kemSeedWrapped the ML-KEM seed, or null where suite 2 is not offered
   */
  public EnrolmentSecret(
      byte[] codeWrapped, byte[] scalarWrapped, byte @Nullable [] kemSeedWrapped) {
    this.codeWrapped = codeWrapped.clone();
    this.scalarWrapped = scalarWrapped.clone();
    this.kemSeedWrapped = kemSeedWrapped == null ? null : kemSeedWrapped.clone();
  }

  /** The wrapped activation code. */
  public byte[] codeWrapped() {
    return codeWrapped.clone();
  }

  /** The wrapped HPKE private key. */
  public byte[] scalarWrapped() {
    return scalarWrapped.clone();
  }

  /** The wrapped ML-KEM seed, where suite 2 is offered. */
  public Optional<byte[]> kemSeedWrapped() {
    return Optional.ofNullable(kemSeedWrapped).map(byte[]::clone);
  }

  @Override
  public String toString() {
    return "EnrolmentSecret";
  }
}
