package org.tallystick.ledger;

/** The books could not be read or written: the transaction must roll back. */
public final class LedgerFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerFaultException(Throwable cause) {
    super("the ledger could not be read or written", cause);
  }
}
