package org.tallystick.code;

import org.tallystick.crypto.Secret;

/**
 * An opened half.
 *
 * @param code as received
 * @param signed terms
 * @param privateMap for the decision alone
 * @param sign1 the COSE_Sign1, evidence
 * @param codeHash 32 bytes
 * @param replyRoot root of the answer's keys
 * @param pinKey key of the PIN proof; to be closed after the check
 * @param numberIsOwn whether the transaction number needs no reservation: it is out("number") of
 *     the payee's n, or the half is a payer's, a cancel or a later step of a purchase
 */
public record OpenedHalf(
    Code code,
    SignedMap signed,
    PrivateMap privateMap,
    byte[] sign1,
    byte[] codeHash,
    Secret replyRoot,
    Secret pinKey,
    boolean numberIsOwn) {
  @Override
  public String toString() {
    return "OpenedHalf[" + signed.role() + ", n=" + signed.n() + "]";
  }
}
