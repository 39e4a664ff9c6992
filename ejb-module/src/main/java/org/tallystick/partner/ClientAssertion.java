package org.tallystick.partner;

/**
 * A signed assertion by which a program proves itself, read but not believed.
 *
 * @param kid names the key
 * @param algorithm what the header says it is signed by
 * @param claims what it says
 * @param input the bytes that are signed, RFC 7515, 5.1
 * @param signature as long as it may be
 */
public record ClientAssertion(
    String kid, JwsAlgorithm algorithm, Claims claims, byte[] input, byte[] signature) {
  /** Copies. */
  public ClientAssertion {
    input = input.clone();
    signature = signature.clone();
  }

  @Override
  public byte[] input() {
    return input.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public String toString() {
    return "ClientAssertion";
  }

  /**
   * What an assertion says, RFC 7523, 3; times are seconds of the epoch.
   *
   * @param issuer who made it
   * @param subject who it is about
   * @param audience whom it is meant for
   * @param issuedAt since when
   * @param expiresAt until when
   * @param id unique among the issuer's
   */
  public record Claims(
      String issuer, String subject, String audience, long issuedAt, long expiresAt, String id) {}
}
