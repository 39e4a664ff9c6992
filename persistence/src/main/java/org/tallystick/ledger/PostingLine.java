package org.tallystick.ledger;

/** One line of an entry; a debit is positive, a credit negative. */
record PostingLine(int line, long accountId, long signedMinor, String currency) {
  PostingLine negated() {
    return new PostingLine(line, accountId, -signedMinor, currency);
  }
}
