package org.tallystick.notice;

import org.tallystick.agreement.AgreementTerms;

/**
 * Kind 5: a version of the agreement waits for the party's signature; said when it is published,
 * and again when it is in force.
 *
 * <p>Source: docs/PROTOCOL.md section 11.
 *
 * @param terms of the version
 */
public record AgreementToSign(AgreementTerms terms) implements NoticeSubject {
  static final int KIND = 5;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public byte[] encode() {
    return terms.toCbor().encode();
  }
}
