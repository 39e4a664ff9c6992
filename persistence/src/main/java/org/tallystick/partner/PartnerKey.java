package org.tallystick.partner;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** A public key of a partner bank's program; it serves for one algorithm. */
@Embeddable
public class PartnerKey {
  @Column(name = "kid", nullable = false)
  private String kid;

  @Enumerated(EnumType.STRING)
  @Column(name = "algorithm", nullable = false)
  private JwsAlgorithm algorithm;

  @Column(name = "public_key", nullable = false)
  private byte[] publicKey;

  /** For JPA. */
  protected PartnerKey() {}

  /**
   * A key.
   *
   * @param kid its name, of the program's own choice
   * @param publicKey X.509 SubjectPublicKeyInfo
   */
  public PartnerKey(String kid, JwsAlgorithm algorithm, byte[] publicKey) {
    this.kid = kid;
    this.algorithm = algorithm;
    this.publicKey = publicKey.clone();
  }

  /** Its name. */
  public String kid() {
    return kid;
  }

  /** What it serves for. */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /** X.509 SubjectPublicKeyInfo. */
  public byte[] publicKey() {
    return publicKey.clone();
  }
}
