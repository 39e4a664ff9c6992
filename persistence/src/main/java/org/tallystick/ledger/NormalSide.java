package org.tallystick.ledger;

/**
 * The side on which an account grows.
 *
 * <p>Postings are signed: a debit is positive, a credit negative. A customer's deposit is what the
 * consortium owes, so it grows on the credit side; cash grows on the debit side.
 */
public enum NormalSide {
  DEBIT(1),
  CREDIT(-1);

  private final int sign;

  NormalSide(int sign) {
    this.sign = sign;
  }

  /** Turns a sum of signed postings into a balance, positive on this side. */
  public long balanceOf(long signedMinor) {
    return Math.multiplyExact(signedMinor, (long) sign);
  }
}
