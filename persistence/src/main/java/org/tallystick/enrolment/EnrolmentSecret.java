package org.tallystick.enrolment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** The bank's two secrets of one enrolment, wrapped; this class cannot open them. */
@Embeddable
public class EnrolmentSecret {
  @Column(name = "code_wrapped")
  private byte[] codeWrapped;

  @Column(name = "hpke_scalar_wrapped")
  private byte[] scalarWrapped;

  /** For JPA. */
  protected EnrolmentSecret() {}

  /**
   * Takes copies.
   *
   * @param codeWrapped the activation code
   * @param scalarWrapped the HPKE private key
   */
  public EnrolmentSecret(byte[] codeWrapped, byte[] scalarWrapped) {
    this.codeWrapped = codeWrapped.clone();
    this.scalarWrapped = scalarWrapped.clone();
  }

  /** The wrapped activation code. */
  public byte[] codeWrapped() {
    return codeWrapped.clone();
  }

  /** The wrapped HPKE private key. */
  public byte[] scalarWrapped() {
    return scalarWrapped.clone();
  }

  @Override
  public String toString() {
    return "EnrolmentSecret";
  }
}
