package org.tallystick.ledger;

/** What an account is for; the kind fixes the normal side. */
public enum AccountKind {
  /** What the consortium owes to a party. */
  DEPOSIT(NormalSide.CREDIT),
  /** Cash and central bank money that the consortium holds. */
  CASH(NormalSide.DEBIT),
  /** Money on its way to or from other networks. */
  CLEARING(NormalSide.DEBIT),
  /** What other institutions owe. */
  SETTLEMENT(NormalSide.DEBIT),
  /** What can not be attributed yet. */
  SUSPENSE(NormalSide.CREDIT),
  /** Fees earned. */
  FEE_INCOME(NormalSide.CREDIT),
  /** What it costs to prove that accounts at other banks are the parties' own. */
  VERIFICATION(NormalSide.DEBIT);

  private final NormalSide normalSide;

  AccountKind(NormalSide normalSide) {
    this.normalSide = normalSide;
  }

  /** The side on which accounts of this kind grow. */
  public NormalSide normalSide() {
    return normalSide;
  }

  /** Whether a debit needs covering funds: a party cannot spend what it does not have. */
  public boolean guarded() {
    return this == DEPOSIT;
  }
}
