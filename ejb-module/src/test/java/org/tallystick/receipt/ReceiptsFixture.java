package org.tallystick.receipt;

import org.tallystick.party.BackOffice;

/** Receipts wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class ReceiptsFixture {
  private ReceiptsFixture() {}

  public static Receipts over(BackOffice office) {
    Receipts receipts = new Receipts();
    receipts.entities = office.entities;
    return receipts;
  }
}
